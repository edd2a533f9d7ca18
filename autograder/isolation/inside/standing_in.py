"""Functions that stand in for others: each asks the grader for its value, while the call that uses it waits.

The solution, or a mistake made in it, is run on functions of a submission, which run in a process of their own: what
crosses are plain values. A submission is run on functions that are nobody's, where its own cannot be used.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

import numpy as np

from autograder.wire import Channel, Handle
from autograder.wire.trees import mapped

# asked of what is in no tree of ours: it stays where it is
_VARIABLES = ("ResourceVariable", "Variable")
_MOST_DECORATORS = 10
_OWN = Path(__file__).parents[2]
_LIBRARIES = (sys.prefix, sys.base_prefix, str(_OWN), str(_OWN.with_name("tfkit")))


class NoValue(Exception):
    """The grader has no value for a function that is stood in for."""


class StandIns:
    """The stand-ins of one call.

    Args:
        channel: The line to the grader.
        keep: Makes what travels of a value that cannot travel as it is.
        built: Makes of what came what a function is to see.
        given: The arguments of the call, as they came and as they were built: an object among them is told by the way
            to it.
    """

    def __init__(
        self,
        channel: Channel,
        keep: Callable[[Any], Any],
        built: Callable[[Any], Any],
        given: Iterator[tuple[list[Any], Any]],
    ) -> None:
        self._channel = channel
        self._keep = keep
        self._built = built
        self._ways = {id(value): way for way, value in given}
        self._numbers: dict[int, tuple[int, Any]] = {}
        self._is_on = False

    @contextmanager
    def standing_in(self, names: list[str], among: dict[str, Any], read: Callable[[str], Any]) -> Iterator[None]:
        """Meanwhile functions of these names are asked of the grader, by whatever other names they are known.

        Args:
            names: The names.
            among: Where they are bound.
            read: Gives the function itself, to whoever has kept a stand-in for later.
        """
        own = {name: among[name] for name in names if name in among}
        instead = {name: self._stand_in(name, read) for name in names}
        among.update(instead)
        # `step = train_step`, a dict of functions, a default argument, `tf.function(train_step)`: all hold the function
        # itself, and no name is looked up
        functions = {name: _function_of(one) for name, one in own.items()}
        turned = [_Turned(function, instead[name]) for name, function in functions.items() if function is not None]
        _forget_traces()
        self._is_on = True
        try:
            yield
        finally:
            self._is_on = False
            for one in reversed(turned):  # two names may be those of one function
                one.turn_back()
            _forget_traces()
            # one that nobody has read before is made when it is
            for name in names:
                among.pop(name, None)
            among.update(own)

    def _stand_in(self, name: str, read: Callable[[str], Any]) -> Callable[..., Any]:
        def asked(*arguments: Any, **options: Any) -> Any:
            if not self._is_on:
                return read(name)(*arguments, **options)
            tensorflow = sys.modules.get("tensorflow")
            if tensorflow is None:
                return self._built(self._ask(name, arguments, options))
            if not tensorflow.executing_eagerly():
                return self._in_a_graph(tensorflow, name, arguments, options)
            return self._on_the_tape(tensorflow, name, arguments, options)

        return asked

    def _ask(self, name: str, arguments: Any, options: Any, upstream: Any = None, is_form: bool = False) -> Any:
        """What the grader gives; variables that the function changed get their new values.

        Of a form only what it looks like counts, and nothing is changed.
        """
        variables: dict[str, Any] = {}
        objects: dict[str, Any] = {}
        held: dict[str, Any] = {}

        def sent(leaf: Any) -> Any:
            number = self._numbers.setdefault(id(leaf), (len(self._numbers), leaf))[0]
            if type(leaf).__name__ in _VARIABLES:
                variables[str(number)] = leaf.numpy()
                held[str(number)] = leaf
            else:
                objects[str(number)] = self._ways.get(id(leaf), [])
            return Handle(number, type(leaf).__name__)

        def travels(leaf: Any) -> Any:
            kind = type(leaf)
            if kind.__module__ in ("builtins", "numpy"):
                return leaf
            kept = self._keep(leaf) if kind.__name__ not in _VARIABLES else None
            return sent(leaf) if kept is None or type(kept) is Handle else kept

        arguments, options = mapped((arguments, options), travels)
        question = {"ask": name, "arguments": arguments, "options": options, "upstream": upstream, "form": is_form}
        self._channel.send({**question, "variables": variables, "objects": objects, "seconds": 0.0}, self._keep)
        answer = self._channel.receive()
        if "value" not in answer:
            raise NoValue(f"{name} gives no value")
        for number, array in answer.get("variables", {}).items() if not is_form else ():
            held[number].assign(array)
        return answer["value"]

    def _in_a_graph(self, tensorflow: Any, name: str, arguments: Any, options: Any) -> Any:
        """Tensors in a compiled function: they, and their derivatives, are asked for whenever that runs."""
        nest = tensorflow.nest
        flat = nest.flatten((arguments, options))
        places = [place for place, leaf in enumerate(flat) if type(leaf).__name__ == "SymbolicTensor"]
        symbolic = [flat[place] for place in places]
        floats = [one.dtype for one in symbolic if one.dtype.is_floating]
        if not floats:
            raise NoValue("it is asked for while a function is compiled")

        def packed(values: Any) -> Any:
            filled = dict(zip(places, values, strict=True))
            return nest.pack_sequence_as(
                (arguments, options), [filled.get(place, leaf) for place, leaf in enumerate(flat)]
            )

        def asked(values: Any, *upstream: Any) -> Any:
            if not self._is_on:
                raise NoValue(f"{name} is asked when nobody stands in for it any more")
            return self._built(self._ask(name, *packed(values), *upstream))

        tree, specs = self._form(tensorflow, name, symbolic, packed) or (0.0, [tensorflow.TensorSpec(None, floats[0])])

        @tensorflow.custom_gradient
        def known(*tensors: Any) -> Any:
            def gradient(*upstream: Any) -> Any:
                def slopes(*given: Any) -> Any:
                    above, values = given[: len(upstream)], given[len(upstream) :]
                    found = asked(values, list(above))
                    return [0 * now if one is None else one for one, now in zip(found, current(values), strict=True)]

                def current(values: Any) -> list[Any]:
                    now = dict(zip(places, values, strict=True))
                    return [now.get(place, flat[place]) for place in _tensors(tensorflow, flat)]

                found = tensorflow.py_function(slopes, [*upstream, *symbolic], [one.dtype for one in tensors])
                for one, tensor in zip(found, tensors, strict=True):
                    one.set_shape(tensor.shape)
                return found

            dtypes = [one.dtype for one in specs]
            found = tensorflow.py_function(lambda *values: nest.flatten(asked(values)), symbolic, dtypes)
            for one, spec in zip(found, specs, strict=True):
                one.set_shape(spec.shape)
            return found, gradient

        found = known(*(tensorflow.convert_to_tensor(flat[place]) for place in _tensors(tensorflow, flat)))
        return nest.pack_sequence_as(tree, found)

    def _form(
        self, tensorflow: Any, name: str, symbolic: list[Any], packed: Callable[[Any], Any]
    ) -> tuple[Any, list[Any]] | None:
        """What comes out, as a tree and what its leaves are; None where the grader does not tell."""
        if any(one.shape.rank is None for one in symbolic):
            return None
        found = []
        # two lengths for what has none yet: what differs then hangs on it
        for length in (2, 3):
            shapes = [[length if axis is None else axis for axis in one.shape] for one in symbolic]
            zeros = [np.zeros(shape, one.dtype.as_numpy_dtype) for shape, one in zip(shapes, symbolic, strict=True)]
            with tensorflow.init_scope():
                try:
                    arguments, options = packed([tensorflow.constant(one) for one in zeros])
                    value = self._built(self._ask(name, arguments, options, is_form=True))
                except NoValue:
                    return None
            found.append((value, tensorflow.nest.flatten(value)))
        (tree, first), (_, second) = found
        if not all(tensorflow.is_tensor(one) and one.dtype.is_floating for one in first):
            return None
        pairs = zip(first, second, strict=True)
        return tree, [tensorflow.TensorSpec(_common(one.shape, two.shape), one.dtype) for one, two in pairs]

    def _on_the_tape(self, tensorflow: Any, name: str, arguments: Any, options: Any) -> Any:
        """The value, with a derivative that is asked for as well, where tensors and variables go in and come out."""
        nest = tensorflow.nest
        given = nest.flatten((arguments, options))
        tensors = [tensorflow.convert_to_tensor(given[place]) for place in _tensors(tensorflow, given)]
        value = self._built(self._ask(name, arguments, options))
        flat = nest.flatten(value)
        places = [place for place, leaf in enumerate(flat) if tensorflow.is_tensor(leaf) and leaf.dtype.is_floating]
        if not places or not tensors:
            return value

        @tensorflow.custom_gradient
        def known(*_: Any) -> Any:
            def gradient(*upstream: Any) -> Any:
                return self._built(self._ask(name, arguments, options, list(upstream)))

            return [tensorflow.identity(flat[place]) for place in places], gradient

        for place, leaf in zip(places, known(*tensors), strict=True):
            flat[place] = leaf
        return nest.pack_sequence_as(value, flat)


# without annotations, which AutoGraph would look for in the file of the function that is turned
def _asking(*arguments, __stand_in__, **options):  # type: ignore[no-untyped-def]
    return __stand_in__(*arguments, **options)


class _Turned:
    """A function that runs another one, as long as it is not turned back; it stays the object that it is.

    What it is to run travels as a default, so that AutoGraph, which reads the text of what runs, finds it too.
    """

    def __init__(self, function: FunctionType, into: Callable[..., Any]) -> None:
        self._function = function
        self._before = function.__code__, function.__defaults__, function.__kwdefaults__
        function.__code__ = _asking.__code__.replace(co_freevars=function.__code__.co_freevars)
        function.__defaults__, function.__kwdefaults__ = None, {"__stand_in__": into}

    def turn_back(self) -> None:
        """Makes it what it was."""
        function = self._function
        function.__code__, function.__defaults__, function.__kwdefaults__ = self._before


def _forget_traces() -> None:
    """Has every `tf.function` that was made here traced anew: a trace holds the functions that it was made with."""
    module = sys.modules.get("tensorflow.python.eager.polymorphic_function.polymorphic_function")
    kind = getattr(module, "Function", None)
    for one in [thing for thing in gc.get_objects() if type(thing) is kind] if kind else []:
        with contextlib.suppress(AttributeError):
            one._function_cache.clear()


def _function_of(value: Any) -> FunctionType | None:
    """The function that is asked in the end: under decorators that say what they wrap, and under `tf.function`.

    None for one of a library, which the library uses as well, and for what is no function.
    """
    for _ in range(_MOST_DECORATORS):
        try:
            inner = getattr(value, "__wrapped__", None) or getattr(value, "python_function", None)
        except Exception:
            return None  # an object of the submission's own, which answers as it likes
        if inner is None or type(value) is MethodType:
            break
        value = inner
    is_own = type(value) is FunctionType and not value.__code__.co_filename.startswith(_LIBRARIES)
    return value if is_own else None


def _common(one: Any, two: Any) -> list[int | None]:
    """A shape without the axes that differ."""
    return [axis if axis == other else None for axis, other in zip(one, two, strict=True)]


def ways_of(given: Any, built: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[list[Any], Any]]:
    """Each object that was built of a description among arguments, with the way to it."""
    kind = type(given)
    if kind in (list, tuple):
        for place, (one, two) in enumerate(zip(given, built, strict=True)):
            yield from ways_of(one, two, (*way, place))
    elif kind is dict:
        for key in given:
            yield from ways_of(given[key], built[key], (*way, key))
    elif kind.__name__ == "Remote":
        yield list(way), built


def _tensors(tensorflow: Any, flat: list[Any]) -> list[int]:
    """The places of tensors and variables."""
    return [place for place, leaf in enumerate(flat) if tensorflow.is_tensor(leaf) or type(leaf).__name__ in _VARIABLES]
