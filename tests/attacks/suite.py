"""Lets every attacker loose at every level of the sandbox, and says what each achieved.

`python tests/attacks/suite.py` prints the table of all levels that is in `autograder/isolation/README.md`; the tests
run one level at a time. At `strict` the attackers are graded as a class, two at a time, with honest submissions before,
beside and after each of them (`classroom.py`); at weaker levels, where some achieve something, one after the other, so
that it is known who. An attacker achieves something when it

* scores: has a point,
* reads: prints a secret that was planted where only others may read,
* changes: leaves a file, or changes one, outside its scratch folder, or changes another's result, page or time,
* reaches: is heard by a listener on loopback or on a UNIX socket outside,
* stays: has a process after its verdict,
* exhausts: is not stopped inside its limits of time, ends the grader, or makes it or a keeper use too much,
* escapes: says that it was given a privilege.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from autograder.assignment.definition import Assignment  # noqa: E402
from autograder.cli.banks import bank_of  # noqa: E402
from autograder.defaults import DEFAULT_SEED  # noqa: E402
from autograder.engine.grader import Grader  # noqa: E402
from autograder.explain.mutation.kept import from_json, keep, path_of_bank  # noqa: E402
from autograder.isolation.sandbox import linux  # noqa: E402
from autograder.isolation.settings import SandboxPolicy  # noqa: E402
from autograder.isolation.host.choice import new_template  # noqa: E402
from autograder.isolation.host.users import student_user  # noqa: E402
from autograder.handin.submissions import Submission  # noqa: E402
from tests.attacks.arena import UNSHARE, enter_arena  # noqa: E402
from tests.attacks.classroom import fight_as_class  # noqa: E402
from tests.attacks.stage import (  # noqa: E402
    LEVELS,
    LIMITS,
    SEED,
    USERS,
    Listeners,
    Outcome,
    Stage,
    as_text,
    digest,
    judge_result,
)

RECORD = Path(__file__).with_name("let_through.json")


def fight_alone(name: str, layers: tuple[str, ...], attackers: list[Path]) -> Iterator[Outcome | dict[str, object]]:
    """Grades attackers one by one, honest submissions between them; gives each outcome, and what became of the honest."""
    stage, listeners = Stage(name), Listeners()
    assignment = Assignment.load(stage.assignment)
    template = new_template(assignment.framework, warm=True)
    spawner = template.control()
    grader = Grader(
        assignment,
        spawner,  # type: ignore[arg-type]
        seed=SEED,
        user=student_user(),
        policy=SandboxPolicy(layers, hidden=(str(stage.folder),)),
        versions=template.versions,
    )

    def grade(path: Path) -> Any:
        return grader.grade(Submission(path.stem, stage.hand_in(path))).result

    honest = stage.honest()
    alone = {path.stem: as_text(grade(path)) for path in honest}
    sandbox = json.loads(next(iter(alone.values())))["sandbox"]
    time.sleep(0.5)
    before, trusted = stage.snapshot(), set(psutil.pids())
    harmed: dict[str, str] = {}
    # room for starting a process again for each question, on a busy machine
    allowed = LIMITS[name].seconds_per_submission + 3.0 * len(json.loads(next(iter(alone.values())))["questions"])
    for number, path in enumerate(attackers):
        print(json.dumps({"begins": path.stem}), flush=True)
        listeners.heard.clear()
        # it lies among the others from the beginning: that is not its doing
        before |= {str(stage.hand_in(path)): digest(stage.hand_in(path))}
        result = grade(path)
        outcome = Outcome(path.stem, result.status, seconds=round(result.seconds, 2))
        judge_result(outcome, result, allowed, stage)
        for heard in sorted(set(listeners.heard)):
            outcome.note("reaches", heard)
        _judge_what_stays(outcome, trusted)
        before = _compare(outcome, before, stage)
        if number % 8 == 7 or path == attackers[-1]:
            for one in honest:
                now = as_text(grade(one))
                if now != alone[one.stem]:
                    harmed[one.stem] = f"after {path.stem} or one of the seven before it: {now}"
        yield outcome
    grader.close()
    spawner.close()
    template.close()
    leftover = [path for path in stage.snapshot() if path not in before]
    leftover += [str(path) for path in Path("/tmp").glob("autograder-*") if path.is_dir() and path != stage.folder]
    shutil.rmtree(stage.folder, ignore_errors=True)
    yield {"harmed": harmed, "leftover": leftover, "sandbox": sandbox}


def _judge_what_stays(outcome: Outcome, trusted: set[int]) -> None:
    # the keeper, which ends with its report, takes a moment
    deadline = time.monotonic() + 3
    while _left(trusted) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in _left(trusted):
        outcome.note("stays", repr(process))
        process.kill()


def _left(trusted: set[int]) -> list[psutil.Process]:
    """Processes that are neither the grader's nor its template's nor its reference's: nobody else is in the arena."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid not in trusted and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def _compare(outcome: Outcome, before: dict[str, str], stage: Stage) -> dict[str, str]:
    after = stage.snapshot()
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            outcome.note("changes", path)
    return after


# one level, in a process of its own


def run_level(
    level: str, user: str, name: str, who: list[str] | None = None
) -> tuple[list[Outcome], dict[str, object]]:
    """Runs the suite at a level; an attacker that ends the grader is noted, and the others go on after it.

    Args:
        level: One of `LEVELS`.
        user: Who runs the grader: one of `USERS`.
        name: The assignment.
        who: Attackers that take part; all of them when it is None.

    Returns:
        The outcomes, and what became of the honest.
    """
    waiting = attackers(name, level) if who is None else list(who)
    outcomes: list[Outcome] = []
    while True:
        command = [sys.executable, __file__, "--level", level, "--user", user, "--assignment", name, *waiting]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": "/tmp", "PYTHONDONTWRITEBYTECODE": "1"}
        with tempfile.TemporaryFile("w+") as errors, _bank(name, level) as bank:
            done = subprocess.run(
                [*UNSHARE, *command],
                env=environment,
                stdin=bank,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                timeout=1500,
                # whoever ends the tests ends the arena, and with it all that is in it
                preexec_fn=linux.die_with_parent,
            )
            errors.seek(0)
            said = errors.read()
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        outcomes += [Outcome(**line) for line in lines if "achieved" in line]
        if lines and "harmed" in lines[-1]:
            return outcomes, lines[-1]
        began = [line["begins"] for line in lines if "begins" in line]
        finished = {outcome.name for outcome in outcomes}
        if not began or began[-1] in finished:
            raise RuntimeError(f"the suite ended by itself at {level}, {user}, {name}: {said[-2000:]}")
        outcomes.append(Outcome(began[-1], "ended the grader", ["exhausts"], [said[-300:]]))
        waiting = [one for one in waiting if one not in finished and one != began[-1]]


@contextmanager
def _bank(name: str, level: str) -> Iterator[IO[bytes] | int]:
    """The bank of mistakes, where it is needed: made outside and kept, as the arena sees no cache."""
    if level != "strict":
        yield subprocess.DEVNULL
        return
    assignment = Assignment.load(ROOT / "assignments" / name)
    path = path_of_bank(assignment, DEFAULT_SEED)
    if not path.is_file():
        template = new_template(assignment.framework, warm=True)
        keep(bank_of(assignment, template, DEFAULT_SEED), assignment, DEFAULT_SEED)
        template.close()
    with path.open("rb") as bank:
        yield bank


def attackers(name: str, level: str) -> list[str]:
    """Who takes part: everybody at `strict`, at weaker levels not those who only use up their limits again."""
    paths = sorted((ROOT / "tests" / "attacks" / name).glob("[!_]*.py"))
    return [path.stem for path in paths if level == "strict" or "aims: exhaust" not in path.read_text("utf-8")]


def teams(who: list[str]) -> list[list[str]]:
    """Attackers that take part together or not at all: `team_x_a` and `team_x_b` side by side, the others alone."""
    found: list[list[str]] = []
    for one in who:
        if one.endswith("_b") and found and found[-1] == [one[:-1] + "a"]:
            found[-1].append(one)
        else:
            found.append([one])
    return found


Record = dict[str, dict[str, Any]]


def record_of(outcomes: list[Outcome]) -> dict[str, Any]:
    """What is kept of one level: how many attackers were tried, and what those achieved who achieved something."""
    return {"tried": len(outcomes), "achieved": {one.name: one.achieved for one in outcomes if one.achieved}}


def table(record: Record) -> str:
    """What each level lets through, as the text of a page."""
    lines = ["| level | assignment | started by | stopped | what the others achieved |", "|---|---|---|---|---|"]
    for level in LEVELS:
        for key, kept in sorted(record.items(), key=lambda item: list(reversed(item[0].split(" / ")))):
            of_level, user, name = key.split(" / ")
            if of_level != level:
                continue
            tried, achieved = kept["tried"], kept["achieved"]
            words = sorted({word for found in achieved.values() for word in found})
            told = [f"{word}: {', '.join(sorted(who for who in achieved if word in achieved[who]))}" for word in words]
            stopped = f"{tried - len(achieved)} of {tried}"
            lines.append(f"| {level} | {name} | {user} | {stopped} | {'; '.join(told) or 'nothing'} |")
    return "\n".join(lines)


def main() -> None:
    """Runs one level in the arena; or, without attackers, all levels, and prints what each lets through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", choices=LEVELS)
    parser.add_argument("--user", choices=USERS, default="root")
    parser.add_argument("--assignment", choices=LIMITS, default="03_numpy_net")
    parser.add_argument("attackers", nargs="*")
    options = parser.parse_args()
    if options.attackers:
        enter_arena(USERS[options.user])
        folder = ROOT / "tests" / "attacks" / options.assignment
        paths = [folder / f"{name}.py" for name in options.attackers]
        if options.level == "strict":
            bank = from_json(json.loads(gzip.decompress(sys.stdin.buffer.read())))
            outcomes = fight_as_class(options.assignment, paths, bank)
        else:
            outcomes = fight_alone(options.assignment, LEVELS[options.level], paths)
        for outcome in outcomes:
            print(json.dumps(outcome.__dict__ if isinstance(outcome, Outcome) else outcome), flush=True)
        return
    record: Record = {}
    for level in [options.level] if options.level else LEVELS:
        for user in USERS:
            outcomes, rest = run_level(level, user, options.assignment)
            print(f"{level}, started by {user}: {rest}")
            for outcome in outcomes:
                if outcome.achieved:
                    print(
                        f"  {outcome.name} ({outcome.status}, {outcome.seconds} s): {'; '.join(outcome.details)[:300]}"
                    )
            record[f"{level} / {user} / {options.assignment}"] = record_of(outcomes)
            print(table(record), flush=True)
    RECORD.write_text(json.dumps(recorded() | record, indent=1) + "\n")


def recorded() -> Record:
    """What each level let through when the page was written."""
    return json.loads(RECORD.read_text()) if RECORD.is_file() else {}


if __name__ == "__main__":
    main()
