"""The course's page says what its assignments say, and no topic of the lectures is forgotten."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shutil
import sys
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.authoring.build import stale_travelling
from autograder.explain.mutation.kept import is_shipped
from tests.course import ASSIGNMENTS

FOLDER = Path(__file__).parents[2] / "assignments"
SPEC = importlib.util.spec_from_file_location("course_tables", FOLDER / "course.py")
course = sys.modules["course_tables"] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(course)

ENTRIES = course.assignments()


def test_the_page_is_up_to_date():
    text = (FOLDER / "README.md").read_text("utf-8")
    assert course.page(text) == text, "run `python assignments/course.py`"


def test_the_readme_has_the_solutions_of_all_twelve_and_all_their_points():
    text = (FOLDER.parent / "README.md").read_text("utf-8")
    table = text.partition("<!-- course: made by assignments/solutions.py --write -->")[2].partition("<!-- end")[0]
    rows = re.findall(r"^\| \[(\w+)\]\(assignments/\1/README\.md\) \| (\d+) \| (\S+) of (\S+) \|", table, re.MULTILINE)
    points = {entry.name: f"{sum(entry.points.values()):g}" for entry in ENTRIES}
    told = "run `python assignments/solutions.py --write`"
    assert rows == [(one.name, f"{len(one.points)}", points[one.name], points[one.name]) for one in ENTRIES], told


def test_all_twelve_are_on_it():
    assert [entry.name[:2] for entry in ENTRIES] == [f"{number:02}" for number in range(1, 13)]
    assert [entry.name for entry in ENTRIES] == list(ASSIGNMENTS)


@pytest.mark.parametrize("title", course.topics_of_lectures(ENTRIES))
def test_no_topic_is_without_a_question(title):
    rows = course.topics_of_lectures(ENTRIES)[title]
    assert not [topic for topic, ids in rows if not ids]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_an_assignment_has_its_place(entry):
    assert entry.hours and entry.topics and entry.lectures
    assert set(entry.builds_on) <= {other.name for other in ENTRIES if other.name < entry.name}
    assert set(entry.slides) <= set(entry.points)
    assert 20 <= sum(entry.points.values()) <= 40


def test_a_slide_that_no_topic_has_words_for_is_told(tmp_path):
    kit = tmp_path / "03_numpy_net"
    kit.mkdir()
    shutil.copy(FOLDER / "lectures.toml", tmp_path)
    shutil.copy(FOLDER / "03_numpy_net" / "starter.py", kit)
    settings = kit / "assignment.toml"
    settings.write_text('[lectures]\n"03.1" = "Review: deep learning, a slide on zebras"\n', "utf-8")
    with pytest.raises(course.CourseError, match=r"Review: deep learning: no topic has words for 03\.1; add"):
        course.topics_of_lectures(course.assignments(tmp_path), tmp_path)
    settings.write_text('[lectures]\n"03.1" = "Zebras: one"\n', "utf-8")
    with pytest.raises(
        course.CourseError, match=r"03_numpy_net/assignment\.toml: expected 'Zebras: one' to begin with"
    ):
        course.assignments(tmp_path)


def test_examples():
    found = doctest.testmod(course)
    assert found.attempted and not found.failed


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_first_class_and_no_student_waits_for_what_mistakes_return(name):
    assignment = find_assignment(name)
    told = f"run `autograder build {name}`"
    assert stale_travelling(assignment) == [] and is_shipped(assignment), told
