"""Explanations made diagnoses: with names, with a place, as much of them as the level of help allows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from autograder.assignment.definition import Assignment
from autograder.engine.runs import TestRun
from autograder.engine.session import Session
from autograder.explain.diagnosis.causes import Causes, Explanation
from autograder.explain.diagnosis.evidence import Evidence, Key
from autograder.explain.diagnosis.factors import factor_of
from autograder.explain.diagnosis.groundwork import Groundwork
from autograder.explain.diagnosis.places import Places
from autograder.explain.diagnosis.trace import together
from autograder.explain.leaves import Leaf, same
from autograder.explain.mutation.mutants import Mutant
from autograder.facts.cause import Cause
from autograder.facts.fact import Fact, Place
from autograder.facts.result import Diagnosis
from autograder.words import because

# mistakes that the numbers alone prove, without a mutant or a factor: they are where the number comes from
_OF_VALUES = ("extra-term", "normalised", "broadcast")
# mistakes in the form, or the order, of values: the numbers, which places are found by, are right
_FORMS = ("shape", "dtype", "keepdims", "returned-swapped")
_ITEM = r"(\[\d+\])?"


class Naming:
    """Names what explains the wrong answers of one question.

    Args:
        assignment: The assignment.
        level: How much may be said.
        session: The submission.
        places: Finds lines.
        groundwork: Tells what earlier questions have shown.
        question: The question.
        failed: Its failed tests.
        evidence: What is wrong in them.
    """

    def __init__(
        self,
        assignment: Assignment,
        level: str,
        session: Session,
        places: Places,
        groundwork: Groundwork,
        question: str,
        failed: Sequence[TestRun],
        evidence: Evidence,
    ) -> None:
        self._assignment = assignment
        self._level = level
        self._source = session.setup.source
        self._places = places
        self._groundwork = groundwork
        self._question = question
        self._failed = failed
        self._evidence = evidence

    def diagnoses(self, causes: Causes) -> list[Diagnosis]:
        """What may be told, in the order of the computation."""
        found = [self._seen(one) for one in causes.found() if self._groundwork.allows(one, self._question)]
        placed = sorted(((one, self._place(one)) for one in found), key=lambda pair: _line(pair[1]))
        return [self._named(one, place) for one, place in self._apart(placed, causes)]

    def _seen(self, found: Explanation) -> Explanation:
        """A mean that seems to be missing, where the examples were broadcast to a matrix: each counts M times there."""
        if found.factor is None or found.factor.source != "M":
            return found
        evidence = self._evidence
        by_count = {evidence.right_leaf(key).sizes[0][1]: evidence.call(key) for key in found.keys}
        several = [(M, call) for M, call in by_count.items() if M > 1]
        if several and all(self._places.computes(self._question, call, M * M) for M, call in several):
            return replace(found, code="broadcast", factor=None)
        return found

    def _apart(
        self, placed: Sequence[tuple[Explanation, Place | None]], causes: Causes
    ) -> Iterable[tuple[Explanation, Place | None]]:
        """Explanations, of which no factor holds another one in it.

        A value that is computed from one that is multiplied is multiplied too: only what comes on top of that is a
        mistake of its own. Where the way of the values is not known, nothing is said.
        """
        first: tuple[Explanation, Place | None] | None = None
        for one, place in placed:
            if not one.is_factor:
                yield one, place
                continue
            if first is None:
                first = one, place
            elif not one.beside:
                rest = causes.beside(one.keys, first[0])
                if first[1] is None or place is None:
                    if rest is not None:
                        continue
                elif self._comes_from(one.keys[0], first[1]):
                    if rest is None:
                        continue
                    one = rest
            yield one, place

    def _comes_from(self, key: Key, place: Place) -> bool:
        evidence = self._evidence
        return self._places.comes_from(self._question, evidence.call(key), evidence.leaf(key), place)

    def _named(self, first: Explanation, place: Place | None) -> Diagnosis:
        """An explanation, as far as the level of help allows."""
        earlier, _ = self._groundwork.shown(first.mutants, self._question)
        if not earlier:
            self._groundwork.note(first.mutants, self._question, place)
        about = self._names(first)
        asked = {self._evidence.call(key).name for key in first.keys}
        if place is not None and not place.line and asked == {place.function}:
            place = None  # the question is about nothing else
        cause = Cause(about, place=place)
        if self._level != "where":
            factor = first.factor if self._may_tell_numbers(first) else None
            kind = "" if first.is_multiple and factor is not None else first.code
            cause = Cause(about, kind, factor, place, (earlier,) if earlier else ())
        if self._level in ("value", "lecture") and first.mutants:
            cause = replace(cause, yours=self._quoted(first.mutants[0], asked, place))
        if self._level == "lecture":
            cause = replace(cause, lecture=self._assignment.lectures.get(self._question, ""))
        return Diagnosis(first.code, about[0] if about else None, because(cause), (cause,))

    def _may_tell_numbers(self, found: Explanation) -> bool:
        """Whether a factor may be told with its number: a public test shows it, or it has none."""
        is_public = {run.test for run in self._failed if not run.of.is_hidden}
        return found.factor is None or found.factor.source == "-1" or any(key[0] in is_public for key in found.keys)

    def _quoted(self, mutant: Mutant, asked: set[str], place: Place | None) -> str:
        """The part of a mistake that may be quoted; "" where the student's own function does not have it.

        Another text may give the same numbers, and what stands in the solution as often may be what is right.
        """
        if not mutant.yours:
            return ""
        names = {mutant.function, *asked, *([place.function] if place is not None else [])}
        wanted = ast.unparse(ast.parse(mutant.yours, mode="eval"))
        own = _expressions_in([part["text"] for part in self._source.parts], names).count(wanted)
        solution = self._assignment.solution
        right = [solution.read_text("utf-8")] if solution.is_file() else []
        return mutant.yours if own > _expressions_in(right, names).count(wanted) else ""

    def _place(self, found: Explanation) -> Place | None:
        """The function, and the line as far as it can be told; of what an earlier question showed, that place."""
        earlier, place = self._groundwork.shown(found.mutants, self._question)
        if earlier:
            return place
        evidence, question = self._evidence, self._question
        keys = [key for key in found.keys if not evidence.call(key).name.startswith(".")]
        if found.mutants and (not keys or found.code in _FORMS):
            place = Place(function=found.mutants[0].function)
        elif found.mutants:
            call, right = evidence.call(keys[0]), self._right(keys[0])
            place = self._places.of_mutant(question, call, found.mutants[0], right, evidence.leaf(keys[0]))
        elif found.factor is not None and keys and not found.beside:
            place = together([self._multiplied(key) for key in keys if key[:2] == keys[0][:2]])
        elif found.code in _OF_VALUES and keys:
            place = self._places.of_value(question, evidence.call(keys[0]), evidence.leaf(keys[0]))
        if place is not None and self._is_unjudged(place):
            place = Place(function=evidence.call(keys[0]).name) if keys else None
        return self._source.with_cell(place) if place is not None else None

    def _is_unjudged(self, place: Place) -> bool:
        """Whether a place is in a function of another question of which no test has said that it is wrong.

        It may be right, and this question may be the one that should not use it.
        """
        asked = {name for names in self._assignment.functions.values() for name in names}
        return place.function in asked - self._groundwork.judged

    def _multiplied(self, key: Key) -> Place | None:
        """Where a value first is a multiple of what is right."""
        evidence = self._evidence
        leaf = evidence.leaf(key)
        factor = factor_of(leaf, evidence.right_leaf(key)) or 1.0
        return self._places.of_factor(self._question, evidence.call(key), leaf, factor, self._right(key))

    def located(self) -> Fact | None:
        """Where the first wrong value comes from."""
        evidence = self._evidence
        key = next((key for key in evidence.wrong if not evidence.call(key).name.startswith(".")), None)
        # numbers among others, such as the entries of a table, tell little of where they come from
        if key is None or (key[3] and len(evidence.leaf(key).numbers) == 1):
            return None
        place = self._places.of_value(self._question, evidence.call(key), evidence.leaf(key))
        if place is None or not place.line or self._is_unjudged(place):
            return None
        names = next(run.names for run in self._failed if run.test == key[0])
        label = _label_of(evidence.leaf(key).label, names)
        return Fact("comes-from", (label,) if label else (), place=self._source.with_cell(place))

    def _right(self, key: Key) -> list[Leaf]:
        """What is right of the call that gave a wrong leaf."""
        own, right = self._evidence.leaves[key[0]], self._evidence.right[key[0]]
        return [
            leaf
            for other, leaf in own.items()
            if other[0] == key[1] and other in right and leaf.numbers and same(leaf, right[other])
        ]

    def _names(self, found: Explanation) -> tuple[str, ...]:
        """What is explained, as the test calls it: `losses` for the second item of a tuple."""
        tests = {key[0] for key in found.keys}
        names = next((run.names for run in self._failed if run.names and run.test in tests), ())
        evidence = self._evidence
        calls = [one.name for test in sorted(tests) for one in evidence.observed[test] if not one.name.startswith(".")]
        if len(set(calls)) > 1:
            # of several functions, each value is told with the one that gives it
            keys = (key for key in found.keys if not evidence.call(key).name.startswith("."))
            pairs = ((evidence.call(key).name, evidence.leaf(key).label) for key in keys)
            told = (f"{of}(){label}" if re.fullmatch(_ITEM, label) else label for of, label in pairs)
            return tuple(dict.fromkeys(told))
        # what is read of an object has the name that the object gives it, which the place in a list does not tell
        own = evidence.labels(key for key in found.keys if not evidence.call(key).name.startswith("."))
        labels = (_label_of(label, names) for label in (own if found.keys else found.labels))
        return tuple(dict.fromkeys(label for label in labels if label))


def _expressions_in(texts: Sequence[str], names: set[str]) -> list[str]:
    """Every expression, key and attribute in some functions; of those that are defined twice, in the last.

    Example:

    >>> _expressions_in(["def f(cache): return cache['Z1'].data"], {"f"})[:3]
    ["cache['Z1'].data", 'data', "cache['Z1']"]
    """
    functions: dict[str, ast.FunctionDef] = {}
    for text in texts:
        try:
            body = ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        functions |= {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
        inner = [(one.name, node) for one in body if isinstance(one, ast.ClassDef) for node in one.body]
        functions |= {f"{of}.{node.name}": node for of, node in inner if isinstance(node, ast.FunctionDef)}
    nodes = [part for name, node in functions.items() if name in names for part in ast.walk(node)]
    return [text for node in nodes if isinstance(node, ast.expr) for text in _texts_of(node)]


def _texts_of(node: ast.expr) -> list[str]:
    """An expression as it may be quoted; of a key or an attribute, its name as well."""
    is_key = isinstance(node, ast.Constant) and isinstance(node.value, str)
    names = [node.value] if is_key else [node.attr] if isinstance(node, ast.Attribute) else []  # type: ignore[attr-defined]
    return [ast.unparse(node), *names]


def _line(place: Place | None) -> float:
    return place.line if place is not None and place.line else float("inf")


def _label_of(label: str, names: tuple[str, ...]) -> str:
    place = re.fullmatch(r"\[(\d+)\]", label)
    if place is not None:
        return names[int(place[1])] if int(place[1]) < len(names) else label
    return label or (names[0] if len(names) == 1 else "")
