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

from autograder.cli.program import _COMMANDS, program, run

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


def test_without_a_command_the_help_is_shown(capsys):
    assert run(lambda: program.main([], standalone_mode=False)) == 2
    assert capsys.readouterr().err.startswith("Usage: ")


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["release"], "autograder: missing argument 'ASSIGNMENT'; see `autograder release --help`\n"),
        (["hint", "a", "b", "c"], "autograder: expected an assignment and a question's id, received a b c; see "),
        (["check", "03", "--jsn"], "autograder: no such option '--jsn'. Did you mean '--json'?\n"),
    ],
)
def test_wrong_usage_is_one_line(capsys, arguments, told):
    assert run(lambda: program.main(arguments, prog_name="autograder", standalone_mode=False)) == 2
    said = capsys.readouterr().err
    assert said.startswith(told) and said.count("\n") == 1


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
