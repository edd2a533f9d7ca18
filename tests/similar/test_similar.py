"""Pairs that share code are found, others are not, and no mark depends on it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.cli.program import main
from autograder.handin.sources import source_of
from autograder.similar.comparing import Comparison, compare
from autograder.similar.page import lines_of, write_page
from autograder.similar.texts import Written, starters
from tests.records.conftest import HOSTILE

pytestmark = pytest.mark.turns(3)
pytest.importorskip("copydetect")

ROOT = Path(__file__).parents[2]
STRANGERS = sorted((ROOT / "tests" / "strangers" / "03_numpy_net").glob("*.py"))
STARTER = find_assignment("03")
REWRITES = sorted((ROOT / "tests" / "rewrites" / "03_numpy_net").glob("*.py"))
SHARES = "expected --share above 0 and at most 1, such as 0.6; received "
NAMES = re.compile(r"\b(grads|cache|loss|delta|dz|total|out|M|m|a1|W|b|x|y|h|z|order|start)\b")


def written(name: str, text: str) -> Written:
    return Written.of(name, name, source_of(f"{name}.py", text.encode()))


def compared(texts: list[Written], share: float = 0.6) -> Comparison:
    return compare(texts, starters(STARTER), share, lambda: None)


def renamed(text: str) -> str:
    """The same with other names, other comments, other spaces and without empty lines."""
    other = NAMES.sub(lambda match: f"my_{match[0]}", text)
    lines = [line for line in other.splitlines() if line.strip()]
    return "# all my own work\n\n\n" + "\n".join(re.sub(r" ([-+*/=]) ", r"  \1  ", line) for line in lines)


def plain(line: str) -> str:
    """A line without what the other changes."""
    return re.sub(r"my_|\s", "", line)


def reordered(text: str) -> str:
    """The same with its functions in reverse order."""
    parts = re.split(r"^(?=def )", text, flags=re.M)
    return parts[0] + "\n\n".join(parts[:0:-1])


def notebook(text: str) -> str:
    """The same as a notebook, a cell a function."""
    cells = [
        {"cell_type": "code", "source": part, "metadata": {}, "outputs": [], "execution_count": None}
        for part in ["!pip install numpy\n%matplotlib inline", *re.split(r"^(?=def )", text, flags=re.M)]
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def independent() -> list[Written]:
    """Right answers by people who wrote them their own way."""
    return [written(path.stem, path.read_text("utf-8")) for path in REWRITES]


@pytest.mark.parametrize("change", [renamed, reordered])
def test_a_copy_in_disguise_is_first_and_far_from_the_rest(independent, change):
    victim = independent[2]
    comparison = compared([*independent, written("copy", change(victim.code))])
    (first,) = comparison.pairs
    assert (first.first.student, first.second.student) == (victim.student, "copy")
    assert min(first.shares) > 0.9
    assert max(pair.share for pair in compared(independent, 0.01).pairs) < 0.2
    assert comparison.compared == len(independent) + 1


def test_who_copied_half_has_all_of_it_from_the_other(independent):
    victim = independent[2]
    half = victim.code[: victim.code.index("\ndef backward")]
    pair = next(pair for pair in compared([*independent, written("copy", half)]).pairs if pair.second.student == "copy")
    assert pair.first is victim and pair.shares[1] > 0.9 and pair.shares[0] < 0.7


def test_lines_stand_beside_those_that_say_the_same(independent):
    victim = independent[2]
    copy = written("copy", renamed(victim.code))
    (pair,) = [pair for pair in compared([victim, copy]).pairs]
    lines = lines_of(pair)
    assert len(lines) > 30
    assert all(plain(line.first_code) == plain(line.second_code) for line in lines)
    assert all(victim.code.split("\n")[int(line.first) - 1] == line.first_code for line in lines)


def test_a_class_between_functions_moves_no_line():
    text = "\n".join(
        f"class AnUncommonlyLongNameOfAClass{number}:\n    def step(self, value):\n        return value + {number}"
        for number in range(40)
    )
    (pair,) = compared([written("ada", text), written("bob", text)]).pairs
    assert len(pair.lines) > 100 and all(ours == theirs for ours, theirs in pair.lines)


def test_what_was_handed_out_counts_for_nobody():
    starter = STARTER.starter().read_text("utf-8")
    as_notebook = Written.of("cy", "cy", source_of("cy.ipynb", STARTER.starter(".ipynb").read_bytes()))
    comparison = compared([written("ada", starter), written("bob", starter), as_notebook])
    assert comparison.pairs == () and len(comparison.short) == 3


def test_what_many_wrote_alike_counts_for_nobody():
    # one person's, who wrote most functions the same way each time
    texts = [written(path.stem, path.read_text("utf-8")) for path in STRANGERS]
    alike = compared(texts[:12], 0.3)
    discounted = compared(texts, 0.3)
    assert alike.usual > 0.2 and discounted.usual < 0.05
    assert (alike.common, discounted.common) == (10, 10)


def test_two_runs_find_the_same(independent):
    script = (
        "import sys; from pathlib import Path; from tests.similar.test_similar import *\n"
        "texts = [written(path.stem, path.read_text('utf-8')) for path in STRANGERS[:15]]\n"
        "print([(p.first.student, p.second.student, p.shares, p.lines) for p in compared(texts, 0.3).pairs])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] and runs[0].count("(") > 3


class _Balanced(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)


def test_hostile_names_and_code_are_shown_and_inert(tmp_path, independent):
    code = independent[2].code + "\ntext = '<script>alert(1)</script>' + '\u202e' + '\x1b[2J'\n"
    texts = [Written.of(name or "nobody", name, source_of("x.py", code.encode())) for name in HOSTILE[:6]]
    path = write_page(compared(texts), "<script>alert(2)</script>", 0.6, tmp_path / "similar.html")
    page = path.read_text("utf-8")
    assert "\x1b" not in page and "\u202e" not in page
    assert {"script", "img", "iframe"}.isdisjoint(_Balanced(page).tags)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_empty_class_and_odd_texts_have_a_page(tmp_path):
    texts = [written("ada", "x = 1\n"), written("bob", "\n\n\n\n#\n"), written("cy", "class A: pass\r\nx\t=\r1")]
    comparison = compared(texts)
    assert comparison.pairs == ()
    page = write_page(comparison, "Title", 0.6, tmp_path / "similar.html").read_text("utf-8")
    assert "No two submissions share that much." in page


def run(capsys, *arguments) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments)])
    captured = capsys.readouterr()
    return int(end.value.code or 0), captured.out, captured.err


@pytest.fixture
def handed_in(tmp_path, independent):
    """A script, a notebook, a folder and an archive, two of them one person's work."""
    folder = tmp_path / "in"
    (folder / "Folder Person").mkdir(parents=True)
    (folder / "Åsa Öberg.py").write_text(independent[2].code, "utf-8")
    (folder / "Notebook Person.ipynb").write_text(notebook(renamed(independent[2].code)), "utf-8")
    (folder / "Folder Person" / "03_numpy_net.py").write_text(independent[3].code, "utf-8")
    with zipfile.ZipFile(folder / "Zip Person.zip", "w") as archive:
        archive.writestr("03_numpy_net.py", independent[3].code)
    (folder / "Empty Person.py").write_text("")
    (folder / "One.py").write_text(independent[4].code, "utf-8")
    return folder


def test_scripts_notebooks_folders_and_archives_of_a_class(capsys, tmp_path, handed_in):
    output = tmp_path / "grades"
    output.mkdir()
    (output / "gradebook.sqlite").write_bytes(b"not touched")
    status, out, error = run(capsys, "similar", "03", handed_in, "--output", output, "--share", "0.9")
    assert (status, error) == (0, "")
    assert "100 %  Notebook Person and Åsa Öberg" in out and "100 %  Folder Person and Zip Person" in out
    assert "2 pairs from 90 % on, of 5 submissions compared; no mark is touched" in out
    assert "\n1 could not be read: Empty Person\n" in out and "too little code" not in out
    assert sorted(path.name for path in output.iterdir()) == ["gradebook.sqlite", "similar.html"]
    assert (output / "gradebook.sqlite").read_bytes() == b"not touched"
    page = (output / "similar.html").read_text("utf-8")
    assert "This costs nobody a mark." in page and "[3] 1" in page
    assert "1 could not be read." in page and "<bdi>Empty Person</bdi>" in page


def test_who_was_not_compared_is_named_ten_in_the_terminal_and_all_in_the_page(capsys, tmp_path, handed_in):
    for number in range(1, 13):
        (handed_in / f"Empty {number}.py").write_text("")
        (handed_in / f"Little {number}.py").write_text(f"x = {number}\n")
    status, out, _ = run(capsys, "similar", "03", handed_in, "--output", tmp_path, "--share", "0.9")
    lines = out.splitlines()
    assert status == 0 and "12 have too little code of their own to be compared" in lines
    named = "; ".join(f"Empty {number}" for number in range(1, 11))
    assert f"13 could not be read: {named} and 3 more; the page names all" in lines
    page = (tmp_path / "similar.html").read_text("utf-8")
    assert "12 wrote too little of their own" in page and "13 could not be read." in page
    names = [f"{who} {number}" for who in ("Empty", "Little") for number in range(1, 13)]
    assert all(f"<bdi>{name}</bdi>" in page for name in [*names, "Empty Person"])


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["03", "{in}", "--output", "{out}", "--share", "70"],
            "expected --share above 0 and at most 1, such as 0.6; received 70",
        ),
        (
            ["03", "{in}", "--output", "{out}", "--share", "0"],
            "expected --share above 0 and at most 1, such as 0.6; received 0",
        ),
        (
            ["03", "{in}", "--output", "{out}", "--share", "nan"],
            "expected --share above 0 and at most 1, such as 0.6; received nan",
        ),
        (["03", "{in}/nowhere", "--output", "{out}"], "expected a folder of submissions, {in}/nowhere is missing"),
        (["03", "{in}/alone", "--output", "{out}"], "expected two submissions that can be read, {in}/alone has 1"),
        (["03", "{in}", "--output", "{in}/One.py"], "cannot write {in}/One.py/similar.html: "),
    ],
)
def test_bad_usage_is_one_line(capsys, tmp_path, handed_in, arguments, line):
    (handed_in / "alone").mkdir()
    (handed_in / "alone" / "ada.py").write_text("x = 1")
    places = {"in": str(handed_in), "out": str(tmp_path / "out")}
    filled = [text.replace("{in}", places["in"]).replace("{out}", places["out"]) for text in arguments]
    status, _, error = run(capsys, "similar", *filled)
    assert status == 2 and len(error.splitlines()) == 1
    assert error.startswith(f"autograder: {line.replace('{in}', places['in'])}")
    assert not (tmp_path / "out").exists()


def test_without_the_extra_a_line_says_how_to_install_it(tmp_path, handed_in):
    (tmp_path / "copydetect.py").write_text("raise ImportError('not here')")
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "autograder", "similar", "03", str(handed_in), "--output", str(tmp_path / "out")]
    end = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert end.returncode == 2
    assert end.stderr == (
        "autograder: comparing submissions needs copydetect, which is not installed: "
        "pip install 'tfkit-autograder[similar]'\n"
    )
