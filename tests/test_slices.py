"""Four weeks see everything, each day some of it, and `make test` a little that changes."""

from __future__ import annotations

import pytest

from tests.attacks.suite import teams
from tests.slices import DAYS, by_turns, part_of, takes_few

pytest_plugins = ["pytester"]
ITEMS = list(range(23))


@pytest.fixture(autouse=True)
def run(monkeypatch):
    """A run without settings; gives what makes another day or another setting."""
    for name in ("AUTOGRADER_TEST_ALL", "AUTOGRADER_TEST_SLICE", "AUTOGRADER_TEST_DAY"):
        monkeypatch.delenv(name, raising=False)
    return lambda **settings: [monkeypatch.setenv(f"AUTOGRADER_TEST_{name}", str(settings[name])) for name in settings]


def test_few_change_with_the_day_and_come_round(run):
    seen = []
    for day in range(738000, 738008):
        run(DAY=day)
        assert takes_few() and part_of(ITEMS, 3) == part_of(ITEMS, 3)
        assert len(part_of(ITEMS, 3)) == 3 and part_of(ITEMS, 99) != []
        seen += part_of(ITEMS, 3)
    assert set(seen) == set(ITEMS)


def test_four_weeks_see_everything_once(run):
    seen = []
    for day in range(738000, 738000 + DAYS):
        run(DAY=day, SLICE="today")
        seen += part_of(ITEMS, 3)
    assert sorted(seen) == ITEMS and not takes_few()


LISTS = {"a": [1, 2, 3], "b": [4, 5, 6, 7], "c": [8]}


def test_lists_take_turns_as_a_whole(run):
    seen = []
    for day in range(738000, 738000 + DAYS):
        run(DAY=day, SLICE="today")
        taken = by_turns(LISTS, 1, 1)
        assert all(part == LISTS[name] for name, part in taken.items())
        seen += taken
    assert sorted(seen) == ["a", "b", "c"]
    run(ALL=1)
    assert by_turns(LISTS, 1, 1) == LISTS


def test_a_few_of_one_list_a_day_come_round(run):
    seen = set()
    for day in range(738000, 738000 + 12):
        run(DAY=day)
        ((name, part),) = by_turns(LISTS, 1, 2).items()
        assert len(part) == min(2, len(LISTS[name]))
        seen |= {(name, one) for one in part}
    assert seen >= {("a", 1), ("b", 4), ("c", 8)}


def test_slice_and_all_are_asked_for(run):
    run(SLICE="3/7")
    assert part_of(ITEMS, 1) == [2, 9, 16]
    run(ALL=1)
    assert part_of(ITEMS, 1) == ITEMS


@pytest.mark.parametrize("wrong", ["0/7", "8/7", "tomorrow"])
def test_other_slices_are_refused(run, wrong):
    run(SLICE=wrong)
    with pytest.raises(ValueError, match="expected AUTOGRADER_TEST_SLICE"):
        part_of(ITEMS, 1)


def test_tests_of_a_file_take_turns_unless_it_is_named(run, pytester):
    pytester.makeconftest("from tests.conftest import pytest_collection_modifyitems")
    marked = "import pytest\npytestmark = pytest.mark.turns(3)\n"
    tests = "@pytest.mark.parametrize('n', range(7))\ndef test_it(n):\n    pass\n"
    pytester.makepyfile(test_dear=marked + tests, test_other="def test_other():\n    pass\n")
    pytester.makeini("[pytest]\nmarkers =\n    turns(days):")

    def taken(day, *arguments, **settings):
        run(DAY=day, **settings)
        lines = pytester.runpytest_inprocess("--collect-only", "-q", *arguments).outlines
        return [line.partition("::")[2] for line in lines if "::" in line]

    everything = [f"test_it[{n}]" for n in range(7)]
    days = [taken(738000 + day) for day in range(3)]
    assert sorted(test for day in days for test in day) == sorted([*everything, *["test_other"] * 3])
    assert min(len(day) for day in days) == 3
    assert taken(738000, "test_dear.py") == taken(738000, "test_dear.py::test_it") == everything
    assert taken(738000, ALL=1) == [*everything, "test_other"]


def test_teams_stay_together():
    assert teams(["a_b", "team_x_a", "team_x_b", "z"]) == [["a_b"], ["team_x_a", "team_x_b"], ["z"]]
