"""The reference solution: called in a trusted process of its own, in float64 on the CPU, and remembered.

Every call is remembered by its arguments, so a class costs the reference one run. The public tests' calls are
recorded in `expected/public.json`, so a student's copy needs no solution at all.
"""

from __future__ import annotations

import math
import sys
import time
from functools import partial
from typing import Any, Protocol

import numpy as np

from autograder.assignment.definition import Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.answers import fault_of, problems_of
from autograder.engine.kept_values import KeptValues
from autograder.engine.recorded import read_recorded
from autograder.errors import UsageError
from autograder.facts.fact import Fact
from autograder.fingerprint import derived_seed, fingerprint
from autograder.isolation.host.clock import Clock
from autograder.isolation.host.errors import ProcessEnded
from autograder.isolation.host.process import StudentProcess
from autograder.isolation.host.starting import Spawner, settings_of_its_own, start_process
from autograder.isolation.settings import Limits
from autograder.wire import decode, encode
from autograder.wire.trees import mapped_arrays
from autograder.words import say

_LIMITS = Limits(seconds_per_question=300.0, seconds_per_submission=3600.0, memory_mb=8000, answer_mb=256)
# for what a submission has a hand in
_SECONDS_ONCE = 10.0


class ReferenceError(UsageError):
    """The reference solution gave no value: the assignment is broken, not the submission.

    Attributes:
        fact: Why, where it is known.
        missing: The name that it does not define, or "".
    """

    def __init__(self, message: str, fact: Fact | None = None, missing: str = "") -> None:
        super().__init__(message)
        self.fact = fact
        self.missing = missing


class Values(Protocol):
    """Whatever gives values of the reference solution."""

    def value(self, requests: list[dict[str, Any]]) -> Any:
        """The value that the last of a chain of requests gives, fresh: changing it changes no other's."""


class ReferenceStore:
    """Values of the reference solution, computed once each."""

    def __init__(
        self,
        assignment: Assignment,
        spawner: Spawner,
        seed: int,
        recorded: bool = True,
        known: dict[str, bytes] | None = None,
        kept: KeptValues | None = None,
    ) -> None:
        self._assignment = assignment
        self._spawner = spawner
        self._seed = seed
        self._process: StudentProcess | None = None
        self._kept = kept
        self._values = kept.read() if kept is not None else {}
        self._values |= (read_recorded(assignment) if recorded else {}) | (known or {})
        self._computed: dict[str, bytes] = {}
        self._was_asked = False
        self.used: dict[str, tuple[str, bytes]] = {}
        self.seconds = 0.0
        # what computing has used of the processor, which does not depend on what else the machine does
        self.taken = 0.0

    @property
    def values(self) -> dict[str, bytes]:
        """All values so far, as they travel."""
        return dict(self._values)

    def value(self, requests: list[dict[str, Any]]) -> Any:
        """The value that the last of a chain of requests gives, fresh: changing it changes no other's."""
        key = key_of(requests, self._seed)
        if key not in self._values:
            start = time.perf_counter()
            self._values[key] = self._computed[key] = encode(self._compute(requests))
            self.seconds += time.perf_counter() - start
        name = requests[0].get("name", requests[0]["do"])
        self.used[key] = (name, self._values[key])
        return decode(self._values[key])

    def knows(self, requests: list[dict[str, Any]]) -> bool:
        """Whether a value is remembered."""
        return key_of(requests, self._seed) in self._values

    def computed(self, requests: list[dict[str, Any]]) -> Any:
        """The same, computed now and not remembered; what it is asked with need be nothing that ends soon, or at all.

        Raises:
            ReferenceError: When it gives no value.
        """
        try:
            return self._compute(requests, _SECONDS_ONCE)
        except ReferenceError:
            if self._process is not None and self._process.ending is not None:
                self._process = None  # the next one starts another
            raise

    def _compute(self, requests: list[dict[str, Any]], seconds: float = _LIMITS.seconds_per_question) -> Any:
        kills = StudentProcess.kills
        try:
            return self._asked(requests, seconds)
        except ReferenceError:
            if StudentProcess.kills == kills:
                raise
            # whoever killed its process, the solution need not be to blame
            self._end()
            return self._asked(requests, seconds)

    def rest(self) -> None:
        """Ends a process that has not been asked since the last rest: it holds 150 MB where TensorFlow is loaded."""
        if not self._was_asked:
            self._end()
        self._was_asked = False

    def _asked(self, requests: list[dict[str, Any]], seconds: float) -> Any:
        self._was_asked = True
        start = self._used()
        try:
            if self._process is None:
                self._process = self._start(Clock(seconds, patience=math.inf))
            waiting = Clock(seconds, self._used(), math.inf)
            # the same call gives the same value, whatever was called before it
            self._process.request("seed", waiting, seed=derived_seed(self._seed, "reference"))
            answer = self._process.request("sequence", waiting, requests=requests)
        except ProcessEnded as end:
            self.taken += seconds
            raise self._broken(say(end.fact), end.fact) from None
        self.taken += max(0.0, self._used() - start)
        if "missing" in answer:
            missing = str(answer["missing"])
            raise self._broken(f"{missing} is not defined there; is the name in the test misspelt?", missing=missing)
        if "value" not in answer:
            fault = fault_of(answer, requests[0].get("name", ""), _LIMITS.memory_mb)
            raise self._broken(say(fault), fault)
        return {name: answer[name] for name in ("value", "changed") if name in answer}

    def _used(self) -> float:
        """Processor seconds of the process that runs, or the clock where they are not known."""
        use = self._process.use() if self._process is not None else None
        return use.cpu if use is not None else 0.0 if sys.platform == "linux" else time.monotonic()

    def _start(self, waiting: Clock) -> StudentProcess:
        solution = self._assignment.solution
        if not solution.is_file():
            what = f"{self._assignment.name} has no recorded value for this call and no {solution.name} to compute it"
            if self._seed != DEFAULT_SEED:
                raise ReferenceError(f"{what}; a student's copy knows the values of --seed {DEFAULT_SEED} alone")
            author = f"authors: `autograder build {self._assignment.name}`"
            raise ReferenceError(f"{what}; ask your instructor for a fresh copy ({author})")
        settings = partial(settings_of_its_own, None, limits=_LIMITS, layers=())
        process = start_process(self._spawner, settings)
        try:
            parts = [{"name": solution.name, "text": solution.read_text("utf-8")}]
            problems = problems_of(process.request("load", waiting, parts=parts, whole=True).get("problems"))
            if problems:
                raise self._broken(say(problems[0]), problems[0])
        except BaseException:
            process.close()
            raise
        return process

    def _broken(self, what: str, fact: Fact | None = None, missing: str = "") -> ReferenceError:
        return ReferenceError(f"the reference solution of {self._assignment.name}: {what}", fact, missing)

    def close(self) -> None:
        """Ends the reference process, if there was need of one, and keeps what it gave."""
        self._end()
        if self._kept is not None and self._computed:
            self._kept.keep(self._computed)

    def _end(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


class Reference:
    """The reference solution in tests: `reference.forward(X, params)`, in float64 whatever the arguments are."""

    def __init__(self, store: Values) -> None:
        self._store = store

    def __getattr__(self, name: str) -> ReferenceFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return ReferenceFunction(self._store, name)


class ReferenceFunction:
    """One function of the reference solution."""

    def __init__(self, store: Values, name: str) -> None:
        self._store = store
        self.name = name

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Its value for arguments widened to float64."""
        return self._answer(_widened(arguments), _widened(options))["value"]

    def as_given(self, *arguments: Any, **options: Any) -> Any:
        """Its value for the arguments as they are: the dtype that is asked for, and this precision's rounding."""
        return self._answer(arguments, options)["value"]

    def arguments_after(self, *arguments: Any, as_given: bool = False) -> tuple[Any, ...]:
        """The arguments after the call: variables updated in place show here."""
        sent = arguments if as_given else _widened(arguments)
        after = list(sent)
        for index, value in self._answer(sent, {})["changed"]:
            after[index] = value
        return tuple(after)

    def then(self, method: str, *arguments: Any) -> ReferenceChain:
        """What a method of the returned object gives: `reference.sequential_twin.then("get_weights")(params)`."""
        return ReferenceChain(self, [(method, arguments)])

    def parameters(self) -> list[str]:
        """Names of its parameters, in order: a problem is handed over by them."""
        return self._store.value([{"do": "signature", "name": self.name}])["value"]

    def _answer(self, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        return self._store.value([{"do": "call", "name": self.name, "arguments": arguments, "options": options}])


class ReferenceChain:
    """A call followed by methods of what it returned."""

    def __init__(self, function: ReferenceFunction, steps: list[tuple[str, tuple[Any, ...]]]) -> None:
        self._function = function
        self._steps = steps

    def __call__(self, *arguments: Any, as_given: bool = False) -> Any:
        widen = (lambda value: value) if as_given else _widened
        requests: list[dict[str, Any]] = [
            {"do": "call", "name": self._function.name, "arguments": widen(arguments), "options": {}}
        ]
        for method, given in self._steps:
            requests.append({"do": "method_of_last", "name": method, "arguments": widen(given)})
        return self._function._store.value(requests)["value"]


def key_of(requests: list[dict[str, Any]], seed: int, as_given: bool = True) -> str:
    """What a chain of requests is remembered by; as the tests ask, with arguments as they are or widened."""
    return fingerprint(encode(_rounded(requests if as_given else _widened(requests))), str(seed))


def _widened(value: Any) -> Any:
    return mapped_arrays(value, lambda array: array.astype(np.float64) if array.dtype == np.float32 else array)


def _rounded(value: Any) -> Any:
    """Arguments as they count for the memory: another processor's last bits are the same call."""
    return mapped_arrays(value, lambda array: np.round(array, 6) if array.dtype.kind == "f" else array)
