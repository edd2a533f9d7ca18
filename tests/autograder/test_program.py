"""The command line itself: help, seeds, and what it does not import."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys

import pytest
from click.testing import CliRunner

from autograder.cli import _COMMANDS, program
from autograder.commands import options
from autograder.engine import grading

DOCUMENTED = [
    "autograder.archives",
    "autograder.assertions.scores",
    "autograder.assertions.tolerance",
    "autograder.authoring.starter",
    "autograder.engine.questions",
    "autograder.assertions.compare",
    "autograder.engine.pictures",
    "autograder.explain.explainer",
    "autograder.explain.factors",
    "autograder.explain.leaves",
    "autograder.explain.mutants",
    "autograder.explain.operators.registry",
    "autograder.explain.rehearsal",
    "autograder.explain.shapes",
    "autograder.fingerprint",
    "autograder.isolation.settings",
    "autograder.records.exports",
    "autograder.records.files",
    "autograder.records.keys",
    "autograder.records.marks_alone",
    "autograder.records.text",
    "autograder.sources",
    "autograder.submissions",
    "autograder.wire.codec",
    "autograder.wire.types",
]


@pytest.mark.parametrize("command", _COMMANDS)
def test_help_has_an_example(command):
    result = CliRunner().invoke(program, [command, "--help"])
    assert result.exit_code == 0 and f"Example: autograder {command}" in result.output


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom autograder.cli import program\n"
        "try: program(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'numpy', 'pytest', 'tensorflow', 'rich', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_grader_never_imports_tensorflow():
    code = (
        "import sys\nimport autograder.engine.pool, autograder.testing, autograder.commands.grade, autograder.records\n"
        "print(sorted({'tensorflow', 'keras', 'pandas', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_seed_is_the_same_everywhere():
    assert options.DEFAULT_SEED == grading.DEFAULT_SEED


@pytest.mark.parametrize("name", DOCUMENTED)
def test_examples_in_docstrings(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0 and found.failed == 0
