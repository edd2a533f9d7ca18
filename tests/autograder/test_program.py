"""The command line itself: help, seeds, and what it does not import."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli.program import _COMMANDS, program

ROOT = Path(__file__).parents[2]
# every module with an example in a docstring
DOCUMENTED = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "autograder").rglob("*.py")
    if re.search(r"^ *>>> ", path.read_text("utf-8"), re.MULTILINE)
)


@pytest.mark.parametrize("command", _COMMANDS)
def test_help_has_an_example(command):
    result = CliRunner().invoke(program, [command, "--help"])
    assert result.exit_code == 0 and f"Example: autograder {command}" in result.output


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom autograder.cli.program import program\n"
        "try: program(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'numpy', 'pytest', 'tensorflow', 'rich', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_grader_never_imports_tensorflow():
    code = (
        "import sys\nimport autograder.engine.classes, autograder.testing\n"
        "import autograder.cli.commands.grade, autograder.records\n"
        "print(sorted({'tensorflow', 'keras', 'pandas', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", DOCUMENTED)
def test_examples_in_docstrings(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0 and found.failed == 0


def test_layouts_are_all_told_in_the_help():
    from autograder.handin.layouts.registry import AUTO, LAYOUTS

    told = CliRunner().invoke(program, ["grade", "--help"]).output
    assert all(name in told for name in (AUTO, *LAYOUTS))
