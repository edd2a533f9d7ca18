"""Banks of wrong answers as files: in this user's cache, and beside the assignment that was built.

`expected/whole_bank.json.gz` holds what mistakes return in all tests, hidden ones included: whoever has the solution
may have it, and no student's copy does. With it, the first class costs no learning.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.explain.leaves import Leaf, same
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant
from autograder.explain.mutation.operators.table import PAGE
from autograder.files import cache_folder, keep_in_cache, packed_json, read_packed_json
from autograder.fingerprint import fingerprint, fingerprint_of_files

_DIGITS = 12
_MOST_KEPT = 9


def bank_key(assignment: Assignment, seed: int) -> str:
    """What a bank depends on: the assignment, our own way of making mistakes with its table, the seed."""
    here = Path(__file__)
    # how a bank lies in its file changes nothing of what mistakes return
    own = [*sorted(path for path in here.parent.rglob("*.py") if path != here), here.parents[1] / "leaves.py", PAGE]
    return fingerprint(assignment.bank_fingerprint, fingerprint_of_files(own), str(seed))


def path_of_bank(assignment: Assignment, seed: int) -> Path:
    """Where the bank is kept."""
    return cache_folder() / f"{assignment.name}-{bank_key(assignment, seed)[:32]}.json.gz"


def cached(assignment: Assignment, seed: int) -> Bank | None:
    """The bank that was kept, or else the one that came with the assignment; None where it has to be made."""
    return _read(path_of_bank(assignment, seed), assignment, seed) or _read(assignment.whole_bank, assignment, seed)


def _read(path: Path, assignment: Assignment, seed: int) -> Bank | None:
    record = read_packed_json(path)
    try:
        if record["key"] != bank_key(assignment, seed):
            return None
        bank = _moved(from_json(record), record["lines"], _lines_of(assignment))
        if record["carry"] != repr(assignment.carry):
            bank.elsewhere = None  # counted where other marks are carried
        return bank
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        # missing, cut short or of another version: it is made again
        return None


def keep(bank: Bank, assignment: Assignment, seed: int) -> None:
    """Keeps a bank for the next run; a folder that cannot be written to costs time, no more."""
    keep_in_cache(path_of_bank(assignment, seed), packed(bank, assignment, seed), _MOST_KEPT)


def is_shipped(assignment: Assignment) -> bool:
    """Whether the bank beside the assignment is there, and is the one of its solution and its tests now."""
    return _read(assignment.whole_bank, assignment, DEFAULT_SEED) is not None


def only_in_cache(assignment: Assignment, seed: int) -> Path | None:
    """The kept bank, to go where the assignment goes; None where there is none, or the assignment brings it."""
    path = path_of_bank(assignment, seed)
    if seed == DEFAULT_SEED and is_shipped(assignment):
        return None
    return path if path.is_file() else None


def packed(bank: Bank, assignment: Assignment, seed: int) -> bytes:
    """The content of a bank's file."""
    found = {"key": bank_key(assignment, seed), "lines": _lines_of(assignment), "carry": repr(assignment.carry)}
    return packed_json(found | to_json(bank))


def _lines_of(assignment: Assignment) -> dict[str, list[int]]:
    """The lines of all that the functions and classes of the solution consist of."""
    tree = ast.parse(assignment.solution.read_text("utf-8"))
    return {
        node.name: [one.lineno for one in ast.walk(node) if hasattr(one, "lineno")]
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }


def _moved(bank: Bank, old: dict[str, list[int]], new: dict[str, list[int]]) -> Bank:
    """The bank of a solution whose text was moved, by prose between its functions: an audit names lines."""
    if old != new:
        moves = {
            name: dict(zip(lines, new[name], strict=True))
            for name, lines in old.items()
            if len(lines) == len(new.get(name, ()))
        }
        bank.mutants = [replace(one, line=moves.get(one.owner, {}).get(one.line, one.line)) for one in bank.mutants]
    return bank


def to_json(bank: Bank) -> dict[str, Any]:
    """A bank as JSON: leaves that are the solution's are not repeated."""
    return {
        "mutants": [[one.code, one.function, one.line, one.before, one.after, one.source] for one in bank.mutants],
        "equivalent": bank.equivalent,
        "complaints": bank.complaints,
        "homes": bank.homes,
        "hidden": bank.hidden,
        "elsewhere": None if bank.elsewhere is None else list(bank.elsewhere.items()),
        "tests": {
            test: {
                "question": bank.questions[test],
                "points": bank.points[test],
                "calls": bank.calls[test],
                "right": [_leaf_to_json(leaf) for leaf in right],
                "answers": [
                    [one.mutant, one.outcome, one.message, _leaves_to_json(one.leaves, right), one.share]
                    for one in bank.answers[test]
                ],
            }
            for test, right in bank.right.items()
        },
    }


def _leaves_to_json(leaves: tuple[Leaf, ...], right: tuple[Leaf, ...]) -> list[Any]:
    known = {leaf.key: number for number, leaf in enumerate(right)}
    found: list[Any] = []
    for leaf in leaves:
        number = known.get(leaf.key)
        if number is not None and leaf.dtype == right[number].dtype and same(leaf, right[number]):
            found.append(number)
        else:
            found.append(_leaf_to_json(leaf))
    return found


def _leaf_to_json(leaf: Leaf) -> list[Any]:
    numbers = [float(f"{number:.{_DIGITS}g}") for number in leaf.numbers]
    return [leaf.call, leaf.name, leaf.path, leaf.shape, leaf.dtype, numbers, leaf.sizes]


def _leaf_from_json(record: list[Any]) -> Leaf:
    call, name, path, shape, dtype, numbers, sizes = record
    return Leaf(call, name, path, tuple(shape), dtype, tuple(numbers), tuple((key, size) for key, size in sizes))


def from_json(record: dict[str, Any]) -> Bank:
    """The bank that `to_json` wrote."""
    bank = Bank([Mutant(*one) for one in record["mutants"]], equivalent=record["equivalent"])
    bank.complaints, bank.homes, bank.hidden = (record[name] for name in ("complaints", "homes", "hidden"))
    bank.elsewhere = None if record["elsewhere"] is None else dict(record["elsewhere"])
    for test, found in record["tests"].items():
        right = bank.right[test] = tuple(map(_leaf_from_json, found["right"]))
        bank.questions[test], bank.points[test] = found["question"], found["points"]
        bank.calls[test] = tuple(found["calls"])
        bank.answers[test] = [
            WrongAnswer(
                mutant,
                outcome,
                message,
                tuple(right[leaf] if isinstance(leaf, int) else _leaf_from_json(leaf) for leaf in leaves),
                share,
            )
            for mutant, outcome, message, leaves, share in found["answers"]
        ]
    return bank
