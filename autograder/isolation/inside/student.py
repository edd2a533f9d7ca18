"""The student process: loads a submission and answers the grader's requests, one frame each.

Nothing here is trusted by the grader. It is written to be convenient for honest submissions: a hostile one may
replace all of it and can then say what it likes, which is judged like any other answer.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import itertools
import socket
import sys
import time
import types
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.isolation.frameworks import make_ready, set_seed
from autograder.isolation.inside import loading
from autograder.isolation.inside.failing import more_of
from autograder.isolation.inside.forbidden import Forbidden
from autograder.isolation.inside.frozen import change_in, names_of
from autograder.isolation.inside.nothing import has_return
from autograder.isolation.inside.recording import Recorder
from autograder.isolation.inside.standing_in import StandIns, ways_of
from autograder.isolation.settings import Settings
from autograder.wire import SUBMISSION, Bounds, Channel, ChannelClosed, FrameError, Handle, Remote, Tensor, Variable
from autograder.wire.codec import MAX_NODES

MAX_ITEMS = 10_000
MAX_NAMES = 2000
# different warnings that one request may give, and characters of one
_MOST_WARNINGS, _LONGEST_WARNING = 20, 200
# requests that call once more what was called before: what is printed then is no news
_UNHEARD = ("record", "change")
# bytes of a number of NumPy's that is one of Python's as well
_LARGEST_NUMBER = 8


def serve(connection: socket.socket, settings: Settings, framework: str) -> None:
    """Answers requests until the grader closes the conversation."""
    start = time.perf_counter()
    channel = Channel(connection, trusts_peer=True)
    channel.answers = Bounds.of_answers(settings.limits.answer_mb)
    server = _Server(framework, channel)
    try:
        make_ready(framework, settings)
    except Exception as error:
        channel.send({"raised": loading.described(error), "seconds": time.perf_counter() - start})
        return
    channel.send({"value": None, "seconds": time.perf_counter() - start})
    for stream in (sys.stdout, sys.stderr):
        # the process ends by a kill: what is still in a buffer then would be lost
        stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    warnings.showwarning = server.note_warning
    while True:
        try:
            request = channel.receive()
        except ChannelClosed:
            return
        start = time.perf_counter()
        server.warned.clear()
        answer = server.answer(request)
        with contextlib.suppress(Exception):
            # a submission may have put anything in its place
            sys.stdout.flush()
        try:
            channel.send(answer | {"seconds": time.perf_counter() - start}, server.keep)
        except FrameError as error:
            channel.send({"refused": str(error), "seconds": 0.0})


class _Missing(Exception):
    """Something that was asked for by its name, and that the submission does not have."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer["missing"])
        self.answer = answer


class _Server:
    """Requests by name: each method `do_…` is one."""

    def __init__(self, framework: str, channel: Channel) -> None:
        self.framework = framework
        self.channel = channel
        self.loaded: loading.Loaded | None = None
        self.told = 0  # how many of its problems the grader has been told
        self.objects: dict[int, Any] = {}
        self.forbidden = Forbidden([])
        self.numbers = itertools.count(1)
        self.warned: dict[tuple[Any, ...], int] = {}  # warnings of a request, each with how often it came up
        self.archive: Any = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request; whatever the submission raises becomes an `error`."""
        action = request.pop("do")
        try:
            answer = getattr(self, f"do_{action}")(**request)
        except _Missing as error:
            answer = error.answer
        except BaseException as error:
            sources = self.loaded.sources if self.loaded is not None else set()
            names = self.loaded.names.known if self.loaded is not None else []
            modules = self.loaded.names.modules if self.loaded is not None else {}
            answer = {"raised": loading.described(error), "where": loading.where(error, sources)}
            answer["more"] = more_of(error, sources, names, modules)
        problems = self.loaded.problems[self.told :] if self.loaded is not None else []
        self.told += len(problems)
        if self.warned and action not in _UNHEARD:
            fields = ("category", "text", "is_of_numbers", "part", "line")
            answer["warned"] = [dict(zip(fields, one, strict=True)) | {"count": n} for one, n in self.warned.items()]
        return answer | {"problems": problems} if problems else answer

    def note_warning(self, message: Any, category: type[Warning], *_: Any, **__: Any) -> None:
        """Notes a warning in the place of printing it, with the line of the submission that it came up in."""
        sources = self.loaded.sources if self.loaded is not None else set()
        frame: types.FrameType | None = sys._getframe()
        while frame is not None and frame.f_code.co_filename not in sources:
            frame = frame.f_back
        place = (frame.f_code.co_filename, frame.f_lineno) if frame is not None else ("", 0)
        text = " ".join(str(message)[: 2 * _LONGEST_WARNING].split())[:_LONGEST_WARNING]
        one = (category.__name__, text, issubclass(category, RuntimeWarning), *place)
        if one in self.warned or len(self.warned) < _MOST_WARNINGS:
            self.warned[one] = self.warned.get(one, 0) + 1

    def keep(self, value: Any) -> Any:
        """Stands in for a value that cannot travel as it is.

        What is a dict, a list, a number or an array to the student is one, also where a library has wrapped it, and a
        number of NumPy's is one of Python's; a
        tensor is its array; any other object stays, and a handle goes.
        """
        plain = _plain(value)
        if plain is not None:
            return plain
        kind = type(value)
        if kind.__module__.startswith(("tensorflow.", "keras.")):
            if kind.__name__ in ("EagerTensor", "IndexedSlices"):
                tensor = sys.modules["tensorflow"].convert_to_tensor(value)
                return Tensor(_copied(tensor.numpy()))
            if kind.__name__ in ("ResourceVariable", "Variable"):
                if not value.trainable:
                    return self.hold(value, "non-trainable Variable")
                return Variable(_copied(value.numpy()))
        return self.hold(value)

    def hold(self, value: Any, type_name: str | None = None) -> Handle:
        """Keeps an object here and returns what stands for it."""
        number = next(self.numbers)
        self.objects[number] = value
        return Handle(number, type_name or type(value).__name__)

    # what the grader may ask

    def do_load(
        self, parts: list[dict[str, str]], whole: bool = False, forbidden: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Loads the submission; the calls that a question forbids are guarded before."""
        self.forbidden = Forbidden(list(forbidden))
        self.loaded, self.told = loading.load(parts, whole), 0
        homes = dict(itertools.islice(self.loaded.homes.items(), MAX_NAMES))
        return {"value": {"names": self.loaded.names.known[:MAX_NAMES], "homes": homes}}

    def named(self, name: str) -> Any:
        """What the submission calls by this name.

        Raises:
            KeyError: When it calls nothing so.
        """
        if self.loaded is None:
            raise KeyError(name)
        return self.loaded.names.read(name)

    def do_seed(self, seed: int, forbidden: tuple[str, ...] = ()) -> dict[str, Any]:
        """Begins a question: from its own seed, whatever ran before it, and with what it forbids."""
        set_seed(seed)
        self.forbidden.now = list(forbidden)
        return {"value": None}

    def do_call(
        self, name: str, arguments: tuple[Any, ...], options: dict[str, Any], instead: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Calls a function of the submission; says which arguments it changed.

        Where functions are named that others stand in for, the grader is asked for their values meanwhile.
        """
        try:
            function = self.named(name)
        except KeyError:
            return {"missing": name}
        if not callable(function):
            return {"uncallable": type(function).__name__}
        given = arguments
        arguments = tuple(self.built(argument) for argument in arguments)
        options = {key: self.built(option) for key, option in options.items()}
        before = [_copy(argument) for argument in arguments]
        with warnings.catch_warnings(), self._standing_in(instead, given, arguments):
            # "default" would show each place once and then never again
            warnings.simplefilter("always", RuntimeWarning)
            value = function(*arguments, **options)
        changed = [
            [index, argument]
            for index, (argument, copy) in enumerate(zip(arguments, before, strict=True))
            if not _same(argument, copy)
        ]
        answer = {"value": value, "changed": changed}
        if value is None:
            answer["has_return"] = has_return(function)
        return answer | {"parameters": names_of(function)} if changed else answer

    def _standing_in(
        self, names: tuple[str, ...], given: tuple[Any, ...], built: tuple[Any, ...]
    ) -> contextlib.AbstractContextManager[None]:
        if not names or self.loaded is None:
            return contextlib.nullcontext()
        stand_ins = StandIns(self.channel, self.keep, self.built, ways_of(given, built))
        return stand_ins.standing_in(list(names), self.loaded.names.globals, self.loaded.names.read)

    def do_derivative(
        self, name: str, arguments: tuple[Any, ...], options: dict[str, Any], upstream: list[Any]
    ) -> dict[str, Any]:
        """The derivative of a function by each tensor and variable among its arguments, times what comes from above."""
        tensorflow = sys.modules["tensorflow"]
        arguments, options = self.built((arguments, options))
        sources = [
            leaf
            for leaf in tensorflow.nest.flatten((arguments, options))
            if tensorflow.is_tensor(leaf) or hasattr(leaf, "assign_sub")
        ]
        with tensorflow.GradientTape() as tape:
            for source in sources:
                if tensorflow.is_tensor(source):
                    tape.watch(source)
            flat = tensorflow.nest.flatten(self.named(name)(*arguments, **options))
            targets = [leaf for leaf in flat if tensorflow.is_tensor(leaf) and leaf.dtype.is_floating]
        found = tape.gradient(targets, sources, [self.built(one) for one in upstream])
        if all(one is None for one in found):
            return {"value": None}
        return {"value": [None if one is None else tensorflow.convert_to_tensor(one) for one in found]}

    def do_change(self, name: str, arguments: tuple[Any, ...]) -> dict[str, Any]:
        """Says where a function changes its arguments, by calling it with some that cannot be changed."""
        error = change_in(self.named(name), tuple(self.built(argument) for argument in arguments))
        sources = self.loaded.sources if self.loaded is not None else set()
        return {"value": loading.where(error, sources) if error is not None else {}}

    def do_record(self, name: str, arguments: tuple[Any, ...]) -> dict[str, Any]:
        """Calls a function with the values of its statements noted; what it raises ends the noting."""
        assert self.loaded is not None
        recorder = Recorder()
        quiet = contextlib.redirect_stdout(io.StringIO())
        with recorder.watching(self.loaded.names), contextlib.suppress(BaseException), quiet:
            self.named(name)(*[self.built(argument) for argument in arguments])
        return {"value": {"places": recorder.places, "notes": recorder.notes}}

    def do_make(self, remote: Remote) -> dict[str, Any]:
        """Builds an object and keeps it."""
        return {"value": self.hold(self.built(remote))}

    def do_method(self, handle: Handle, name: str, arguments: tuple[Any, ...]) -> dict[str, Any]:
        """Calls a method of a kept object; `__call__` calls the object itself."""
        target = self.objects[handle.id]
        method: Callable[..., Any] = target if name == "__call__" else self._member(target, name)
        return {"value": method(*[self.built(argument) for argument in arguments])}

    def do_attribute(self, handle: Handle, path: str) -> dict[str, Any]:
        """Reads an attribute of a kept object, `a.b.c` included."""
        value = self.objects[handle.id]
        for name in path.split("."):
            value = self._member(value, name)
        return {"value": value}

    def _member(self, target: Any, name: str) -> Any:
        """An attribute of an object; one that a class of the submission lacks is missing as a function may be."""
        try:
            return getattr(target, name)
        except AttributeError as error:
            kind = type(target)
            own = self.loaded.sources if self.loaded is not None else set()
            if kind.__module__ != SUBMISSION or loading.innermost(error, own)[0] is not None:
                raise
            others = [one for one in dir(target) if not one.startswith("_")]
            raise _Missing({"missing": name, "of": kind.__name__, "names": others[:MAX_NAMES]}) from None

    def do_items(self, handle: Handle, limit: int) -> dict[str, Any]:
        """Iterates over a kept object, at most `limit` items of it."""
        return {"value": list(itertools.islice(iter(self.objects[handle.id]), min(limit, MAX_ITEMS)))}

    def do_signature(self, name: str) -> dict[str, Any]:
        """Names of a function's parameters."""
        try:
            function = self.named(name)
        except KeyError:
            return {"missing": name}
        return {"value": list(inspect.signature(function).parameters)}

    def do_sequence(self, requests: list[dict[str, Any]]) -> dict[str, Any]:
        """Answers a chain of requests: each after the first calls a method of what the one before it gave."""
        answer: dict[str, Any] = {}
        for request in requests:
            if request["do"] == "method_of_last":
                method = getattr(answer["value"], request["name"])
                answer = {"value": method(*[self.built(argument) for argument in request["arguments"]])}
            else:
                answer = self.answer(dict(request))
            if "value" not in answer:
                break
        return answer

    def do_unpack(self, **parameters: Any) -> dict[str, Any]:
        """Lists an archive, in a process that is asked for nothing else."""
        # with zipfile and the decoders, which other processes need not wait for
        from autograder.isolation.inside.unpacking import Archive

        self.archive = Archive(**parameters)
        return {"value": self.archive.listing}

    def do_member(self, number: int, most: int) -> dict[str, Any]:
        """Reads a file of the archive."""
        return {"value": self.archive.read(number, most)}

    def built(self, value: Any) -> Any:
        """An argument as the submission is to see it: tensors, variables and objects made real."""
        kind = type(value)
        if kind in (list, tuple):
            return kind(self.built(item) for item in value)
        if kind is dict:
            return {key: self.built(item) for key, item in value.items()}
        if kind is Tensor:
            return sys.modules["tensorflow"].constant(value.array)
        if kind is Variable:
            return sys.modules["tensorflow"].Variable(value.array)
        if kind is Handle:
            return self.objects[value.id]
        if kind is Remote:
            return self._construct(value)
        return value

    def _construct(self, remote: Remote) -> Any:
        module, _, name = remote.path.rpartition(".")
        # `tensorflow.data.Dataset.from_tensor_slices`: the longest importable part, then attributes
        names = [name]
        while True:
            try:
                value = importlib.import_module(module)
                break
            except ModuleNotFoundError:
                module, _, name = module.rpartition(".")
                names.insert(0, name)
        for name in names:
            if module == SUBMISSION and value is sys.modules[module]:
                try:
                    value = self.named(name)
                except KeyError:
                    raise _Missing({"missing": name}) from None
            else:
                value = getattr(value, name)
        options = {key: self.built(option) for key, option in remote.options.items()}
        value = value(*[self.built(argument) for argument in remote.arguments], **options)  # type: ignore[operator]
        for method, arguments in remote.steps:
            value = getattr(value, method)(*[self.built(argument) for argument in arguments])
        return value


def _plain(value: Any) -> Any:
    """A subclass, or a library's wrapper, of a plain type as that type; None for anything else."""
    if hasattr(type(value), "n_sequence_fields"):
        return None  # `os.stat` gives a record that happens to be a tuple: its names are what it is read by
    if isinstance(value, dict):
        return dict(itertools.islice(value.items(), MAX_NODES + 1))
    if isinstance(value, (list, tuple)):
        return (list if isinstance(value, list) else tuple)(itertools.islice(value, MAX_NODES + 1))
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (np.bool_, np.integer, np.floating)) and value.dtype.itemsize <= _LARGEST_NUMBER:
        return value.item()
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, np.generic):
        return np.asarray(value)
    return np.asarray(value) if isinstance(value, np.ndarray) else None


def _copied(array: Any) -> np.ndarray:
    return np.array(array)


def _copy(value: Any) -> Any:
    """What an argument holds now, to be compared with later; only what a function could change in place."""
    kind = type(value)
    if kind is np.ndarray:
        return value.copy()
    if kind in (list, tuple):
        return kind(_copy(item) for item in value)
    if kind is dict:
        return {key: _copy(item) for key, item in value.items()}
    if kind.__name__ == "ResourceVariable":
        return value.numpy().copy()
    return value


def _same(value: Any, copy: Any) -> bool:
    kind = type(value)
    if kind is np.ndarray:
        return type(copy) is np.ndarray and value.shape == copy.shape and value.tobytes() == copy.tobytes()
    if kind.__name__ == "ResourceVariable":
        return type(copy) is np.ndarray and value.numpy().tobytes() == copy.tobytes()
    if kind in (list, tuple):
        return len(value) == len(copy) and all(_same(a, b) for a, b in zip(value, copy, strict=True))
    if kind is dict:
        return value.keys() == copy.keys() and all(_same(value[key], copy[key]) for key in value)
    return value is copy or bool(kind in (int, float, str, bool) and value == copy)
