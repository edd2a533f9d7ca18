"""The form of a hand-out: what a student reads, in every assignment."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from autograder.assignment.toml import read_toml
from tests.course import ASSIGNMENTS

pytestmark = pytest.mark.turns(3)
FOLDER = Path(__file__).parents[2] / "assignments"
#: The order of Keras's docstrings.
SECTIONS = ["Example:", "Args:", "Returns:", "Raises:", "Reference:"]

# run with a solution's path: the examples of its docstrings
EXAMPLES = """
import doctest, importlib.util, sys
spec = importlib.util.spec_from_file_location("solution", sys.argv[1])
solution = sys.modules["solution"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(solution)
found = doctest.testmod(solution, optionflags=doctest.NORMALIZE_WHITESPACE)
print(f"attempted {found.attempted}, failed {found.failed}")
"""


def text_of(name: str, file: str) -> str:
    return (FOLDER / name / file).read_text("utf-8")


@cache
def asked(name: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    """What is to be written: the function or class of each question, by its id."""
    solution = text_of(name, "solution.py")
    lines = solution.splitlines()
    found = {}
    for node in ast.parse(solution).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for line in lines[node.lineno - 1 : node.end_lineno]:
                if match := re.match(r"\s*# BEGIN SOLUTION (\d+\.\d+)$", line):
                    found[match[1]] = node
    return found


def questions(name: str) -> list[str]:
    return re.findall(r"^# ## (\d+\.\d+) · ", text_of(name, "solution.py"), re.MULTILINE)


def answer(name: str, id: str) -> list[str]:
    """The lines between a question's markers, without indentation."""
    regions = re.findall(
        rf"# BEGIN SOLUTION {re.escape(id)}\n(.*?)# END SOLUTION", text_of(name, "solution.py"), re.DOTALL
    )
    return [line.strip() for region in regions for line in region.splitlines()]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_examples_of_docstrings_run(name, tmp_path):
    command = [sys.executable, "-c", EXAMPLES, str(FOLDER / name / "solution.py")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert re.search(r"attempted [1-9]\d*, failed 0$", done.stdout.strip()), done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_docstrings_have_kerass_form_and_types_everywhere(name):
    assert sorted(asked(name)) == sorted(questions(name))
    for id, node in asked(name).items():
        text = inspect.cleandoc(ast.get_docstring(node) or "")
        first = text.split("\n\n")[0]
        assert "\n" not in first and first.endswith("."), f"{id}: the first paragraph is one line"
        assert not re.match(r"\w+s\b", first), f"{id}: the first line is an imperative: {first}"
        sections = [line for line in text.splitlines() if line in SECTIONS]
        assert sections == [one for one in SECTIONS if one in sections], f"{id}: {sections}"
        assert ">>>" in text, f"{id} has no example"
        for function in [node] if isinstance(node, ast.FunctionDef) else []:
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            bare = [one.arg for one in arguments if one.annotation is None]
            assert not bare and function.returns is not None, f"{id}: no type for {bare or 'what is returned'}"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_formula_stands_once(name):
    solution = text_of(name, "solution.py")
    formulas = [re.sub(r"[\s#]", "", one) for one in re.findall(r"\$\$(.+?)\$\$", solution, re.DOTALL)]
    assert [one for one, count in Counter(formulas).items() if count > 1] == []
    for id, node in asked(name).items():
        assert "$" not in (ast.get_docstring(node) or ""), id
    assert "$" not in re.sub(r"\$\d+s?\b", "", text_of(name, "README.md")), "no formula in the README"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_pause_and_a_picture_end_each_section(name):
    solution = text_of(name, "solution.py")
    pauses = re.findall(r"^# \*\*Pause\.\*\* .+?^# </details>$", solution, re.MULTILINE | re.DOTALL)
    assert all("<details><summary>Answer</summary>" in pause for pause in pauses)
    # two or three questions each
    assert len(questions(name)) / 4 <= len(pauses) <= len(questions(name))
    shown = re.findall(r"^def (show_\w+)\(", solution, re.MULTILINE)
    assert len(shown) >= 2
    called = re.findall(r'^if __name__ == "__main__":\n    (show_\w+)\(', solution, re.MULTILINE)
    assert set(called) == set(shown)
    decorated = re.findall(r"^@(?:tfkit\.)?picture\ndef (show_\w+)\(", solution, re.MULTILINE)
    assert decorated == shown


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_hints_come_in_three_steps_and_never_say_the_line(name):
    _, hints = read_toml(FOLDER / name / "hints.toml")
    assert list(hints) == questions(name)
    for id, steps in hints.items():
        assert len(steps) == 3 and len(set(steps)) == 3, id
        assert steps[0].rstrip().endswith("?"), f"{id}: the first step asks something back"
        told = re.sub(r"\s", "", " ".join(steps))
        said = [line for line in answer(name, id) if len(line) > 15 and re.sub(r"\s", "", line) in told]
        assert not said, f"{id}: {said}"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_page_is_one_page_and_has_a_picture(name):
    page = text_of(name, "README.md")
    assert len(page.splitlines()) <= 100
    for id in questions(name):
        assert re.search(rf"^\| {re.escape(id)} \| ", page, re.MULTILINE), id
    assert f"autograder start {name} " in page
    assert f"autograder check {name}" in page
    (alt, file) = re.search(r"!\[([^]]+)\]\(([^)]+\.png)\)", page).groups()
    assert len(alt) > 40, "the picture's text says what is to be seen"
    assert (FOLDER / name / file).stat().st_size < 60_000
