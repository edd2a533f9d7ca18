"""How much of the long tests a run takes: a few of them, a part that changes with the date, or all.

Tests marked `slow` ask here. `make test` takes a few, other ones each day. `make test-today` takes a 28th of all,
so that four weeks see everything; which part is a matter of the date, or of AUTOGRADER_TEST_SLICE, such as 3/7.
`make test-all` sets AUTOGRADER_TEST_ALL and takes all. Two runs of one day take the same, and so do all processes of a
run. Of a file marked `turns(4)`, `make test` takes each fourth test, another fourth the next day; who names the file
runs all of it.
"""

from __future__ import annotations

import datetime
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

DAYS = 28


def today() -> int:
    """The number of this day, the same for all processes of a run that goes past midnight."""
    return int(os.environ.setdefault("AUTOGRADER_TEST_DAY", str(datetime.date.today().toordinal())))


def part_of(items: Sequence[T], few: int) -> list[T]:
    """What this run takes of a long list.

    Args:
        items: All of them, in an order that is the same in each run.
        few: How many `make test` takes.

    Example:
        >>> part_of(range(14), 2)  # on a day, with AUTOGRADER_TEST_SLICE=3/7, with AUTOGRADER_TEST_ALL=1
        [4, 5]  # [2, 9]  # [0, 1, …, 13]
    """
    if os.environ.get("AUTOGRADER_TEST_ALL"):
        return list(items)
    if chosen := os.environ.get("AUTOGRADER_TEST_SLICE"):
        number, parts = _parsed(chosen)
        return list(items[number - 1 :: parts])
    first = today() * few
    return [items[(first + offset) % len(items)] for offset in range(min(few, len(items)))]


def by_turns(cases: Mapping[str, Sequence[T]], names: int, few: int) -> dict[str, list[T]]:
    """What this run takes of lists that each need something dear made first, such as an assignment's bank.

    Whole lists take turns: a slice takes all of some, and `make test` a few of some.

    Args:
        cases: The lists by name, in an order that is the same in each run.
        names: How many lists `make test` takes.
        few: How many of each it takes.

    Example:
        >>> by_turns({"a": [1, 2, 3], "b": [4, 5, 6]}, 1, 2)  # on a day, with AUTOGRADER_TEST_SLICE=1/2
        {'b': [5, 6]}  # {'a': [1, 2, 3]}
    """
    return {
        name: part_of(cases[name], few) if takes_few() else list(cases[name]) for name in part_of(list(cases), names)
    }


def taking_turns(items: list[pytest.Item], named: set[Path]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Tests that this run takes, and those whose turn comes another day.

    Args:
        items: All that were found. Of a file marked `turns(days)`, `make test` takes each of that many in turn.
        named: Files that the command names: all of their tests are taken.
    """
    taken, left, seen = [], [], Counter[Path]()
    for item in items:
        turns = item.get_closest_marker("turns")
        seen[item.path] += 1
        waits = turns and takes_few() and item.path not in named and (seen[item.path] + today()) % turns.args[0]
        (left if waits else taken).append(item)
    return taken, left


def takes_few() -> bool:
    """Whether this is `make test`, which takes a few."""
    return not os.environ.get("AUTOGRADER_TEST_ALL") and not os.environ.get("AUTOGRADER_TEST_SLICE")


def _parsed(chosen: str) -> tuple[int, int]:
    if chosen == "today":
        return today() % DAYS + 1, DAYS
    found = re.fullmatch(r"(\d+)/(\d+)", chosen)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise ValueError(f"expected AUTOGRADER_TEST_SLICE=today, or such as 3/7, received {chosen}")
    return int(found[1]), int(found[2])
