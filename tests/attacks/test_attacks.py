"""Every hostile submission among honest ones, at every level of the sandbox, graded by root and by an ordinary user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.attacks.classroom import KEEPER_SHARE, MEGABYTES
from tests.attacks.stage import LEVELS, LIMITS, USERS
from tests.attacks.suite import attackers, recorded, run_level, table, teams
from tests.slices import part_of, takes_few

ROOT = Path(__file__).parents[2]
STRICT = [("strict", user, name) for name in LIMITS for user in USERS]
WEAKER = [(level, user, "03_numpy_net") for level in LEVELS if level != "strict" for user in USERS]
# two who are graded at the same time can wake each other; the page says so among what is not promised
SIGNS = {"team_futex_a", "team_futex_b"}
# and where all submissions run as the one user who started the grader, that user's descriptors in flight are counted
# together; whether the two meet is chance
COUNTED = {"root": set(), "ordinary user": {"team_counts_b"}}
# of each class, when the run takes a few
FEW = 4


def of_this_run() -> list[object]:
    """Who attacks at which level; a run that takes a few takes one quick class at `strict` and one at a weaker level."""
    quick = [one for one in STRICT if one[2] == "03_numpy_net"]
    chosen = part_of(quick, few=1) + part_of(WEAKER, few=1) if takes_few() else STRICT + WEAKER
    found = []
    for level, user, name in chosen:
        who = [one for team in part_of(teams(attackers(name, level)), FEW) for one in team]
        found.append(pytest.param(level, user, name, who, id=f"{level}-{user}-{name}"))
    return found


@pytest.mark.slow
@pytest.mark.skipif(
    os.geteuid() != 0, reason="needs root, to make the namespaces that keep the attackers from this machine"
)
@pytest.mark.parametrize("level, user, assignment, who", of_this_run())
def test_class_with_attackers(level, user, assignment, who):
    outcomes, rest = run_level(level, user, assignment, who)
    print(f"{level}, started by {user}: {rest['sandbox']}")
    assert sorted(outcome.name for outcome in outcomes) == sorted(who)
    told = {outcome.name: outcome.details for outcome in outcomes if outcome.achieved}
    print(told)
    # at any level nobody else's result changes by a byte, and who scores has read the solution, as `none` lets him
    assert not rest["harmed"]
    folder = ROOT / "tests" / "attacks" / assignment
    for outcome in outcomes:
        if "scores" in outcome.achieved:
            assert level == "none" and "aims: read" in (folder / f"{outcome.name}.py").read_text("utf-8"), told
    if level == "strict":
        assert rest["sandbox"] == "strict", "this machine lacks a layer; see `autograder doctor`"
        assert told.keys() <= SIGNS | COUNTED[user] and not rest["leftover"]
        assert all("in flight" in detail for detail in told.get("team_counts_b", [])), told
        measured = rest["measured"]
        assert measured["grader MB"] < MEGABYTES and measured["keeper MB"] < MEGABYTES, measured
        assert measured["keeper share of a core"] < KEEPER_SHARE and measured["open files more"] <= 0, measured
    else:
        known = recorded()[f"{level} / {user} / {assignment}"]["achieved"]
        new = {name: details for name, details in told.items() if not known.get(name)}
        assert not new, "stopped when the page was written; run tests/attacks/suite.py and read it again"


def test_page_tells_what_each_level_lets_through():
    page = (ROOT / "autograder" / "isolation" / "README.md").read_text("utf-8")
    assert table(recorded()) in page
    assert {tuple(key.split(" / ")) for key in recorded()} == {*STRICT, *WEAKER}
    for level, user, assignment in (*STRICT, *WEAKER):
        tried = recorded()[f"{level} / {user} / {assignment}"]["tried"]
        assert tried == len(attackers(assignment, level)), "there are new attacks: run tests/attacks/suite.py"


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("0*/[!_]*.py")), ids=lambda path: path.stem)
def test_attack_says_what_it_aims_at(path):
    head = path.read_text("utf-8").split('"""')[1].strip().splitlines()
    assert head[0].endswith(".") and len(head[0]) < 130
    aims = [line.removeprefix("aims: ") for line in head if line.startswith("aims: ")]
    assert len(aims) == 1 and aims[0] in ("score", "read", "change", "reach", "stay", "exhaust", "escape")
