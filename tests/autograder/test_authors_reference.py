"""The reference page for authors is made from the code, holds all of it, and is up to date."""

from __future__ import annotations

import re

import pytest

from autograder import testing
from autograder.assignment.definition import types_of_settings
from autograder.authoring.reference import PAGE, main, page, sections_of, told_first

TEXT = PAGE.read_text("utf-8")


def test_page_is_up_to_date():
    assert main(["--check"]) == 0, "run `python -m autograder.authoring.reference`"


# what `problem` is called in the code
NAMES = [name for name in testing.__all__ if name != "Problems"]


@pytest.mark.parametrize("name", [*NAMES, "student", "reference", "problem", "rules", "Operator"])
def test_every_name_that_authors_import_or_are_given_is_there(name):
    assert f"### `{name}`" in TEXT


@pytest.mark.parametrize("name", types_of_settings())
def test_every_setting_is_there_with_a_type_and_a_default(name):
    (row,) = re.findall(rf"^\| `{name}` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)
    assert all(cell.strip() for cell in row)


def test_no_row_says_nothing():
    rows = [line for line in TEXT.splitlines() if line.startswith("| `")]
    assert len(rows) > 150
    assert not [row for row in rows if not row.rstrip(" |").endswith((".", "`", ")", "!", "?"))]


def test_what_has_no_docstring_is_told():
    def bare():
        pass

    with pytest.raises(ValueError, match="has no docstring"):
        told_first(bare)
    with pytest.raises(ValueError, match=r"expected one <!-- settings: made by reference.py -->, found 0"):
        page("# A page without places\n")
    assert sections_of("Only a line.") == {}
