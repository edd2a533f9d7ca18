"""Functions in place of a submission's own, where those cannot be used: other values, of the right form.

A `backward` that returns None, or arrays of another shape, leaves nothing for `train` to be judged on. So both `train`,
the submission's and the reference's, are run on the same function in its place: smooth, random, and nobody's answer.
No fraction of the reference reaches the submission; what it sees are the shapes that the handout tells, and whole
numbers and words, such as sizes, which fit only as they are. Its own questions about these have been judged before.
Functions that are right stay as they are, so that what is derived from a function in place of another is its
derivative.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.carrying.groundwork import Groundwork, moved
from autograder.carrying.own import LARGEST
from autograder.carrying.remembered import Remembered
from autograder.engine.observed import size_of
from autograder.fingerprint import derived_seed, fingerprint
from autograder.wire import FrameError, Handle, Remote, Tensor, Variable, decode, encode
from autograder.wire.trees import array_of, leaves, mapped

Form = Callable[[str, tuple[Any, ...], dict[str, Any]], dict[str, Any] | None]

# values lie around a half, where probabilities, activations and losses may
_MIDDLE, _SPREAD = 0.5, 0.4
# arguments that a form may hang on
_PLAIN = (bool, int, str, type(None))
# how far a variable moves that is updated
_STEP = 0.1
_MOST_FORMS = 1000
# arrays that are worth keeping, and take no room
_FEW_NUMBERS = 1000
# for what a submission asks, which need not be what anybody computes in time
_SECONDS_OF_FORMS = 5.0


class NoDecoy(Exception):
    """There is nothing that could be given."""


class Decoys(Groundwork):
    """Decoys of the functions that one question builds on.

    Args:
        reach: For each test, the functions that its question builds on.
        wrong: The functions that are not right: of these there are decoys.
        form: Gives what the reference answers: its form is the one to be met.
        seed: Where the values come from.
        taken: Tells what giving forms has used of the processor.
        remembered: What came of these decoys for other submissions.
    """

    carries = True

    def __init__(
        self,
        reach: Mapping[str, frozenset[str]],
        wrong: frozenset[str],
        form: Form,
        seed: int,
        taken: Callable[[], float] = time.process_time,
        remembered: Remembered | None = None,
    ) -> None:
        super().__init__(reach, wrong)
        self._form = form
        self._taken = taken
        self._forms: dict[str, dict[str, Any]] = {}
        # functions that give something that is not drawn: it hangs on the values that they get
        self._hang_on_values: set[str] = set()
        self._seconds_of_forms = 0.0
        self._seed = seed
        self._remembered = remembered or Remembered()
        self._weights_of: dict[tuple[Any, ...], np.ndarray] = {}

    def stands_for(self, name: str) -> bool:
        """Whether it is one of these functions; all others are as they are."""
        return name in self._wrong and name in self._reach.get(self.test, ())

    def remembered(self, request: bytes, compute: Callable[[], bytes]) -> bytes:
        """What comes of these decoys: computed once for all submissions."""
        names = sorted(filter(self.stands_for, self._wrong))
        key = fingerprint(str(self._seed), *names, request)
        known = self._remembered.value(key)
        if known is not None:
            self.asked.update(dict.fromkeys(known[1]))
            return known[0]
        before, self.asked = self.asked, {}
        try:
            value = compute()
            self._remembered.keep(key, value, self.asked)
        finally:
            self.asked = before | self.asked
        return value

    def answer(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        """What is given for a call.

        Raises:
            NoDecoy: When the reference gives nothing for it, or something that is no array or number.
        """
        if not self.stands_for(name):
            raise NoDecoy(name)
        self.asked.setdefault(name)
        right = self._right(name, arguments, options)
        point = self._point(name, (arguments, options))
        value = _trees(right["value"], lambda way, leaf: self._drawn((name, *way), point, leaf))
        changed = [
            [index, self._moved(name, index, arguments[index], after, point)] for index, after in right["changed"]
        ]
        return {"value": value, "changed": changed}

    def reply(self, question: dict[str, Any]) -> dict[str, Any]:
        """What is given to a process that asks in turn; nothing where there is nothing, whatever it asks."""
        try:
            return self._reply(question)
        except (NoDecoy, FrameError, KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError):
            return {}

    def _reply(self, question: dict[str, Any]) -> dict[str, Any]:
        name, sent = question["ask"], (tuple(question["arguments"]), dict(question["options"]))
        if size_of((sent, question["variables"], question["upstream"]), LARGEST) > LARGEST:
            raise NoDecoy(name)
        variables, objects = question["variables"], question["objects"]
        arguments, options = mapped(sent, lambda leaf: self._real(leaf, variables, objects))
        if question["upstream"] is not None:
            return {"value": self._derivative(name, arguments, options, question["upstream"])}
        answer = self.answer(name, arguments, options)
        new = moved(sent[0], answer["changed"])
        return {"value": answer["value"], "variables": {str(number): array for number, array in new.items()}}

    def _real(self, leaf: Any, variables: dict[str, Any], objects: dict[str, Any]) -> Any:
        """The variable, or the description of the object, that a handle stands for."""
        if type(leaf) is not Handle:
            return leaf
        if str(leaf.id) in variables:
            return Variable(np.asarray(variables[str(leaf.id)]))
        found = self._described(objects[str(leaf.id)])
        if found is None:
            raise NoDecoy(leaf.type)
        return found

    def _right(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        """What the reference answers, asked once for all submissions where only its form is used."""
        given = arguments, options
        shapes = _trees(given, lambda way, leaf: leaf if type(leaf) in _PLAIN else _shape_of(leaf))
        key = fingerprint("form", encode((name, *shapes)))
        found = self._known(key)
        if found is None and name in self._hang_on_values:
            key = fingerprint("values", encode((name, *given)))
            found = self._known(key)
        if found is None:
            if len(self._forms) >= _MOST_FORMS or self._seconds_of_forms > _SECONDS_OF_FORMS:
                raise NoDecoy(name)
            start = self._taken()
            found = self._form(name, arguments, options)
            self._seconds_of_forms += self._taken() - start
            if found is None:
                raise NoDecoy(name)
            if not all(map(_is_drawn, (leaf for _, leaf in leaves((found["value"], _after(found)))))):
                self._hang_on_values.add(name)
                key = fingerprint("values", encode((name, *given)))
            self._remembered.keep(key, encode(found))
        self._forms[key] = found
        return found

    def _known(self, key: str) -> dict[str, Any] | None:
        """An answer that was given before, here or for another submission."""
        if key in self._forms:
            return self._forms[key]
        known = self._remembered.value(key)
        return decode(known[0]) if known is not None else None

    def _point(self, name: str, given: Any) -> float:
        """Where a smooth function is asked: one number, to which each entry of each argument contributes."""
        return float(sum(np.sum(self._weights(name, way, array) * array) for way, array in _floats(given)))

    def _weights(self, name: str, way: tuple[Any, ...], array: np.ndarray) -> np.ndarray:
        key = (name, way, array.shape)
        found = self._weights_of.get(key)
        if found is None:
            rng = np.random.default_rng(derived_seed(self._seed, "weights", name, *map(str, way)))
            found = rng.normal(size=array.shape) / np.sqrt(max(array.size, 1))
            if found.size <= _FEW_NUMBERS and len(self._weights_of) < _MOST_FORMS:
                self._weights_of[key] = found
        return found

    def _waves(self, way: tuple[Any, ...], shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        """How fast, and from where on, each entry of a value goes up and down."""
        rng = np.random.default_rng(derived_seed(self._seed, "waves", *map(str, way)))
        return rng.uniform(0.5, 1.5, size=shape), rng.uniform(0, 2 * np.pi, size=shape)

    def _drawn(self, way: tuple[Any, ...], point: float, leaf: Any) -> Any:
        if type(leaf) is float:
            return float(self._drawn(way, point, np.zeros(())))
        array = array_of(leaf)
        if not _is_drawn(leaf):
            if leaf is None or type(leaf) is Handle:
                raise NoDecoy(str(way))
            return leaf
        speed, start = self._waves(way, array.shape)
        drawn = (_MIDDLE + _SPREAD * np.cos(speed * point + start)).astype(array.dtype)
        return drawn if leaf is array else type(leaf)(drawn)

    def _moved(self, name: str, index: int, before: Any, after: Any, point: float) -> Any:
        """An argument that the reference changes, with other values where it changes it."""
        kept = {way: array_of(leaf) for way, leaf in leaves(before)}

        def drawn_anew(way: tuple[Any, ...], leaf: Any) -> Any:
            drawn = self._drawn((name, "changed", index, *way), point, leaf)
            if type(leaf) is not Variable:
                return drawn
            return Variable((kept[way] + _STEP * drawn.array).astype(leaf.array.dtype))

        return _trees(after, drawn_anew)

    def _derivative(self, name: str, arguments: Any, options: Any, upstream: list[Any]) -> list[Tensor | None]:
        """The derivative by each tensor and variable among the arguments, times what comes from above."""
        right = self._right(name, arguments, options)
        point = self._point(name, (arguments, options))
        outputs = [(way, leaf) for way, leaf in _sorted(right["value"]) if _is_float_tensor(leaf)]
        slope = 0.0
        for (way, leaf), above in zip(outputs, upstream, strict=True):
            speed, start = self._waves((name, *way), leaf.array.shape)
            slope += float(np.sum(array_of(above) * -_SPREAD * np.sin(speed * point + start) * speed))
        sources = [(way, leaf) for way, leaf in _sorted((arguments, options)) if type(leaf) in (Tensor, Variable)]
        return [
            Tensor((slope * self._weights(name, way, leaf.array)).astype(leaf.array.dtype))
            if leaf.array.dtype.kind == "f"
            else None
            for way, leaf in sources
        ]


def _after(answer: dict[str, Any]) -> list[Any]:
    """What a call has changed, as it is afterwards."""
    return [after for _, after in answer["changed"]]


def _trees(value: Any, change: Callable[[tuple[Any, ...], Any], Any], way: tuple[Any, ...] = ()) -> Any:
    """A tree with every leaf changed, which is told by its way."""
    kind = type(value)
    if kind in (list, tuple):
        return kind(_trees(item, change, (*way, place)) for place, item in enumerate(value))
    if kind is dict:
        return {key: _trees(item, change, (*way, key)) for key, item in value.items()}
    return change(way, value)


def _sorted(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Leaves in the order of TensorFlow's `nest`: dicts by their keys."""
    if type(value) is dict:
        for key in sorted(value):
            yield from _sorted(value[key], (*way, key))
    elif type(value) in (list, tuple):
        for place, item in enumerate(value):
            yield from _sorted(item, (*way, place))
    else:
        yield way, value


def _floats(value: Any) -> Iterator[tuple[tuple[Any, ...], np.ndarray]]:
    """Numbers of a tree, in float64, each with its way."""
    for way, leaf in _sorted(value):
        array = array_of(leaf)
        if type(array) in (int, float):
            array = np.array(array)
        if isinstance(array, np.ndarray) and array.dtype.kind in "fiu":
            yield way, array.astype(np.float64)


def _is_drawn(leaf: Any) -> bool:
    """Whether a leaf is given anew; any other is given as it is."""
    array = array_of(leaf)
    return type(leaf) is float or (isinstance(array, np.ndarray) and array.dtype.kind == "f")


def _is_float_tensor(leaf: Any) -> bool:
    return type(leaf) is Tensor and leaf.array.dtype.kind == "f"


def _shape_of(leaf: Any) -> Any:
    array = array_of(leaf)
    if isinstance(array, np.ndarray):
        return [type(leaf).__name__, list(array.shape), str(array.dtype)]
    return leaf.path if type(leaf) is Remote else [type(leaf).__name__]
