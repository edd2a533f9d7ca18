"""Fixtures: the inputs of an assignment's tests, in several sizes, from a seed. Each assignment declares its own.

```python
class Inputs(Fixture):
    sizes = [Sizes(N=7, d=3), Sizes(N=11, d=5)]
    words = {"N": "examples", "d": "features"}

    @cached_property
    def X(self):
        return self.array(self.rng("X").normal(size=(self.N, self.d)))
```

stands in `problems.py` beside the tests. A field is drawn when it is first asked for, each from a generator of its own,
so that a field more or less changes no other. Sizes should be different primes: with equal ones, or with one example
alone, a wrong answer can be the right one.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import numpy as np

from autograder.assignment.authors import FieldError, authors_error
from autograder.assignment.definition import Assignment
from autograder.assignment.private import PrivateSplit, private_split
from autograder.errors import UsageError, did_you_mean
from autograder.fingerprint import derived_seed
from autograder.wire import Tensor, Variable
from autograder.wire.trees import mapped_arrays

__all__ = ["Fixture", "Problems", "Sizes", "cached_property", "course_module", "fixture_of", "problems_for"]


class Sizes(Mapping[str, int]):
    """Named sizes that never change: `Sizes(N=7, d=3)`.

    Args:
        **sizes: Each size by its name, which becomes an attribute of the fixture.

    Example:

    >>> dict(Sizes(N=7, d=3))
    {'N': 7, 'd': 3}
    """

    def __init__(self, **sizes: int) -> None:
        self._sizes = sizes

    def __getitem__(self, name: str) -> int:
        return self._sizes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sizes)

    def __len__(self) -> int:
        return len(self._sizes)

    def __repr__(self) -> str:
        return f"Sizes({', '.join(f'{name}={size}' for name, size in self.items())})"


class Fixture:
    """Named inputs of one size: `one.X`, `one["params"]`. To be subclassed; every attribute is an input.

    Args:
        size: Its sizes, which become attributes.
        seed: Where its random numbers come from.
        framework: `numpy` or `tensorflow`.

    Attributes:
        sizes: The sizes that every test runs on; two or more prove a cause.
        edges: Sizes at the edge of what is allowed, such as one example, for tests that can afford them.
        words: What each size counts, in the plural, such as `{"N": "examples"}`.
        seed: Where its random numbers come from: of the run, the question, the test and the size.
        framework: `numpy` or `tensorflow`.
    """

    sizes: ClassVar[Sequence[Sizes]] = ()
    edges: ClassVar[Sequence[Sizes]] = ()
    words: ClassVar[Mapping[str, str]] = {}

    def __init__(self, size: Mapping[str, int], seed: int, framework: str) -> None:
        self.__dict__.update(size)
        self.seed = seed
        self.framework = framework
        self._later: dict[str, Callable[[Any], Any]] = {}

    def array(self, values: np.ndarray) -> np.ndarray | Tensor:
        """Numbers as the framework's functions take them: float64 arrays, or float32 tensors."""
        return Tensor(np.asarray(values, np.float32)) if self.framework == "tensorflow" else np.asarray(values)

    def parameters(self, values: Mapping[str, np.ndarray]) -> dict[str, Any]:
        """Parameters as the framework's functions take them: arrays, or variables."""
        kind = (lambda value: Variable(value.astype(np.float32))) if self.framework == "tensorflow" else np.asarray
        return {name: kind(value) for name, value in values.items()}

    def own(self, first: Any, second: Any) -> Any:
        """One value for the first of the sizes, and another for all others, as far as their first count tells them."""
        name = next(iter(self.sizes[0]))
        return first if self.sizes[0][name] == self[name] else second

    def rng(self, label: str = "") -> np.random.Generator:
        """A generator of its own for each label."""
        return np.random.default_rng(derived_seed(self.seed, label))

    def private_split(
        self, X: np.ndarray, labels: np.ndarray, test_fraction: float = 0.3, noise: float = 0.1
    ) -> PrivateSplit:
        """Examples of a data set that everybody has, split and changed so that stored labels are worth nothing.

        Another one for each seed, the same for the same. What is changed: `autograder.assignment.private`.

        Args:
            X: Features, shape (M, n).
            labels: What is true of them: classes (M,), one-hot rows (M, k), or numbers.
            test_fraction: Part of the examples that is held out.
            noise: How far features move, in standard deviations.

        Returns:
            `X_train, Y_train, X_test, Y_test`, NumPy arrays in float64; labels as they were given, classes renamed.
        """
        return private_split(X, labels, self.rng("private split"), test_fraction, noise)

    def __getitem__(self, name: str) -> Any:
        if name not in self:
            raise KeyError(name)
        return getattr(self, _kept_as(name))

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__(self, "__dict__")
        if name in own.get("_later", ()):
            # what `extended` has added, computed when it is first asked for
            made = own["_later"].pop(name)
            try:
                own[name] = made(self)
            except AttributeError as error:
                raise FieldError(str(error)) from error
        elif name not in own and isinstance(field := getattr(type(self), name, None), cached_property):
            try:
                return object.__getattribute__(self, name)
            except (UsageError, AssertionError):  # a check that failed, or the author's own error
                raise
            except (Exception, SystemExit) as error:
                raise UsageError(authors_error(Path(field.func.__code__.co_filename), error)) from None
        return object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(f"the problem has no {name}; {did_you_mean(name, names_of(self), 'it has')}")

    def __contains__(self, name: str) -> bool:
        key = _kept_as(name)
        return not name.startswith("_") and (
            key in self.__dict__ or key in self._later or (key == name and hasattr(type(self), name))
        )

    def extended(self, **values: Any) -> Fixture:
        """This problem with more, or other, values; a function is called with the problem when it is asked for."""
        copy = object.__new__(type(self))
        values = {_kept_as(name): value for name, value in values.items()}
        later = {name: value for name, value in values.items() if callable(value)}
        known = {name: value for name, value in self._later.items() if name not in values}
        copy.__dict__.update(self.__dict__, **{name: value for name, value in values.items() if name not in later})
        copy._later = {**known, **later}
        return copy

    def widened(self) -> Fixture:
        """This problem in float64."""

        def wide(array: np.ndarray) -> np.ndarray:
            return array.astype(np.float64) if array.dtype == np.float32 else array

        names: list[str] = sorted(
            (fields_of(type(self)).keys() | self.__dict__.keys() | self._later.keys()) - {"_later"}
        )
        return self.extended(
            **{name.removeprefix("argument "): mapped_arrays(getattr(self, name), wide) for name in names}
        )


def names_of(problem: Fixture) -> list[str]:
    """Names of a problem's inputs, the sizes first."""
    own = [name.removeprefix("argument ") for name in (*problem.__dict__, *problem._later)]
    return [
        name for name in dict.fromkeys([*own, *fields_of(type(problem))]) if name not in ("_later", "seed", "framework")
    ]


def fields_of(kind: type[Fixture]) -> dict[str, cached_property[Any]]:
    """The inputs that a class of problems computes, by name, in the order in which they are written."""
    own = [vars(one).items() for one in reversed(kind.__mro__)]
    return {name: field for fields in own for name, field in fields if type(field) is cached_property}


def _kept_as(name: str) -> str:
    """An argument that is called as a method of ours, such as `rng`, is found by `one["rng"]` alone."""
    return f"argument {name}" if name in vars(Fixture) else name


class Problems:
    """The problem of a test, in several sizes. A check passes only when it passes on all.

    Args:
        kind: The assignment's fixtures.
        seed: The question's seed.
        framework: `numpy` or `tensorflow`.
    """

    def __init__(self, kind: type[Fixture], seed: int, framework: str) -> None:
        def made(sizes: Sequence[Sizes], label: str) -> list[Fixture]:
            return [kind(size, derived_seed(seed, label, str(place)), framework) for place, size in enumerate(sizes)]

        self._problems = made(kind.sizes, "problem")
        self._edges = made(kind.edges, "edge")

    @property
    def first(self) -> Fixture:
        """The problem in its first size alone, for calls that take long."""
        return self._problems[0]

    @property
    def second(self) -> Fixture:
        """The problem in its second size alone."""
        return self._problems[1]

    @property
    def edges(self) -> Problems:
        """The problem in sizes at the edge of what is allowed."""
        return self._with(self._edges, [])

    def __iter__(self) -> Iterator[Fixture]:
        return iter(self._problems)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._problems[0], name)

    def extended(self, **values: Callable[[Any], Any]) -> Problems:
        """These problems with more values, each computed from its problem when it is first asked for.

        Example: `problem.extended(cache=lambda one: reference.forward(one.X, one.params))`.
        """
        return self._with(*([one.extended(**values) for one in own] for own in (self._problems, self._edges)))

    def _with(self, problems: list[Fixture], edges: list[Fixture]) -> Problems:
        copy = object.__new__(Problems)
        copy._problems, copy._edges = problems, edges
        return copy


# an assignment's own


def problems_for(assignment: Assignment, seed: int) -> Problems:
    """The problem of a test, from the assignment's own fixtures.

    Args:
        assignment: The assignment.
        seed: The question's seed.

    Raises:
        UsageError: When there are none, or they cannot be loaded.
    """
    kind = fixture_of(assignment)
    if kind is None:
        place = assignment.folder / "tests" / "problems.py"
        raise UsageError(
            f"{place}: expected a class of inputs, as a test asks for `problem`; received no such file; "
            "write one that derives from autograder.testing.Fixture"
        )
    return Problems(kind, seed, assignment.framework)


def fixture_of(assignment: Assignment) -> type[Fixture] | None:
    """The class of an assignment's inputs: the last one in its file of problems; None when it has no such file.

    Raises:
        UsageError: When the file is broken, or holds no such class.
    """
    path = assignment.problems
    if path is None:
        return None
    module = course_module(path)
    own = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Fixture)]
    own = [value for value in own if value is not Fixture]
    if not own or not own[-1].sizes:
        what = f"{own[-1].__name__} without sizes" if own else "none"
        place = f"{path}:{_line_of_class(path, own[-1].__name__ if own else '')}"
        raise UsageError(
            f"{place}: expected a class that derives from autograder.testing.Fixture and has `sizes`, received {what}; "
            "write `sizes = [Sizes(N=7), Sizes(N=11)]` in it"
        )
    return own[-1]


def _line_of_class(path: Path, name: str) -> int:
    """The line on which a class begins; without a name, that of the last one."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    found = [number for number, line in lines if line.startswith(f"class {name}")]
    return found[-1] if found else 1


def sizes_in_words(assignment: Assignment) -> list[dict[str, int]]:
    """The sizes of an assignment's fixtures, by what they count, such as `examples`."""
    kind = fixture_of(assignment)
    return [{kind.words.get(name, name): size for name, size in one.items()} for one in kind.sizes] if kind else []


_LOADED: dict[tuple[str, int], ModuleType] = {}


def course_module(path: Path) -> ModuleType:
    """A Python file of a course, loaded once; it may import from the course's `common`.

    Raises:
        UsageError: One line with the place of the author's mistake.
    """
    try:
        key = (str(path), path.stat().st_mtime_ns)
        if key not in _LOADED:
            spec = importlib.util.spec_from_file_location(f"course.{path.parent.parent.name}.{path.stem}", path)
            assert spec is not None and spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            root = path.parent.parent if path.parent.name == "common" else path.parent.parent.parent
            with importing_from(root):
                spec.loader.exec_module(module)
            _LOADED[key] = module
        return _LOADED[key]
    except (Exception, SystemExit) as error:
        raise UsageError(authors_error(path, error)) from None


@contextmanager
def importing_from(root: Path) -> Iterator[None]:
    """Finds `common` of this course, and of no other that was imported before."""
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))
        for name in [name for name in sys.modules if name.split(".")[0] == "common"]:
            del sys.modules[name]
