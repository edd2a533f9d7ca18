"""The tables of submissions that other tests grade: what a patch does, and what is said of one that does not fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.authoring.tables import TableError, read_sections, read_table

BASE = """What this is about.

=== 03.4 mse_loss
def mse_loss(Y_hat, Y):
    errors = Y_hat - Y
    squares = errors**2
    return float(np.sum(squares) / len(Y))

"""


@pytest.fixture
def read(tmp_path: Path):
    def of(*cases: str) -> list:
        path = tmp_path / "03.txt"
        path.write_text(BASE + "\n\n".join(cases) + "\n", "utf-8")
        return read_table(path)

    return of


def test_case_is_the_base_with_its_lines_changed(read, tmp_path):
    (case,) = read("--- half: a half too much.\ncause: half, sign\n- squares = errors**2\n+ squares = errors**2 / 2")
    assert (case.name, case.sentence, case.question, case.causes) == (
        "half",
        "a half too much.",
        "03.4",
        ["half", "sign"],
    )
    (section,) = read_sections(tmp_path / "03.txt")
    assert case.code == section.base.replace("errors**2", "errors**2 / 2")
    assert case.text == f'"""a half too much."""\n\n\n{case.code}'


def test_facts_of_a_section_hold_for_its_cases_that_do_not_say_otherwise(tmp_path):
    path = tmp_path / "03.txt"
    base = BASE.replace("=== 03.4 mse_loss\n", "=== 03.4 mse_loss\nnamed: by its check\n")
    patch = "- squares = errors**2\n+ squares = errors"
    path.write_text(f"{base}--- one: a sentence.\n{patch}\n\n--- two: a sentence.\nnamed: no\n{patch}\n", "utf-8")
    (section,) = read_sections(path)
    assert [case.facts for case in section.cases] == [{"named": "by its check"}, {"named": "no"}]
    assert section.base.startswith("def mse_loss")


def test_lines_are_inserted_and_removed_in_several_places(read):
    (case,) = read(
        "--- many: several.\n- errors = Y_hat - Y\n+ for _ in Y:\n+     errors = Y_hat - Y\n+\n+ M = len(Y)\n"
        "- squares = errors**2\n\n- return float(np.sum(squares) / len(Y))\n+ return errors"
    )
    assert case.code.splitlines()[1:] == [
        "    for _ in Y:",
        "        errors = Y_hat - Y",
        "",
        "    M = len(Y)",
        "    return errors",
    ]


def test_case_without_signs_is_whole(read):
    (case,) = read("--- whole: all of it.\nSEEN = []\n\n\ndef mse_loss(Y_hat, Y):\n    return SEEN")
    assert case.code == "SEEN = []\n\n\ndef mse_loss(Y_hat, Y):\n    return SEEN\n"


@pytest.mark.parametrize(
    "patch, line",
    [
        (
            "- errors = Y - Y_hat\n+ pass",
            r"03.txt:11: x: expected once in the base, found nowhere: `errors = Y - Y_hat`",
        ),
        ("- errors = Y_hat - Y\n- return 3\n+ pass", "found nowhere: `errors = Y_hat - Y` and 1 more"),
        ("+ pass", "a patch begins with a line of the base, received `pass`"),
        ("- errors = Y_hat - Y\npass", "some lines of the patch have a sign and some have none"),
        ("def other():\n    pass", r"the base has nothing of this name: `def other\(\):`"),
        ("", "expected `--- name: sentence`, facts, and a patch"),
    ],
)
def test_patch_that_does_not_fit_is_named_in_one_line(read, patch, line):
    with pytest.raises(TableError, match=line) as caught:
        read(f"--- x: a sentence.\ncause: sign\n{patch}")
    assert re.search(r"/03\.txt:(9|11|12): x: ", str(caught.value)) and "\n" not in str(caught.value)


def test_name_is_given_once(read):
    whole = "--- x: a sentence.\ndef mse_loss(Y_hat, Y):\n    return 0"
    with pytest.raises(TableError, match=r"03\.txt:13: x: two cases have this name"):
        read(whole, whole)


def test_case_may_be_like_another(read):
    changed = "- squares = errors**2\n+ squares = abs(errors)"
    _, both = read(f"--- one: a sentence.\n{changed}", "--- both: more.\nlike: one\n- errors = Y_hat - Y\n+ errors = Y")
    assert "errors = Y\n" in both.code and "abs(errors)" in both.code and both.facts == {}
    with pytest.raises(TableError, match=r"03\.txt:10: x: no case above has the name y"):
        read(f"--- x: a sentence.\nlike: y\n{changed}")


TABLES = sorted(Path(__file__).parent.glob("*/*.txt"))


@pytest.mark.parametrize("path", TABLES, ids=[f"{path.parent.name}-{path.stem}" for path in TABLES])
def test_every_case_is_another(path):
    for section in read_sections(path):
        assert section.cases, section.name
        assert len({case.code for case in section.cases}) == len(section.cases)
        # a right answer may be the base itself
        assert path.parent.name == "rewrites" or all(case.code != section.base for case in section.cases)
