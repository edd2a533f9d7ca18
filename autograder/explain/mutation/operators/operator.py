"""What an operator is: a kind of mistake, an example of it, and how it is made in any function."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.explain.mutation.operators.patterns import CALLS, Context, Pattern, expanded, factors, windows


@dataclass(frozen=True)
class Rewritten:
    """A function with a mistake: the line where it begins, what stood there, and what stands there instead."""

    line: int
    before: str
    after: str
    function: ast.FunctionDef


Make = Callable[[Any, Context], Iterator[Any]]


@dataclass(frozen=True)
class Operator:
    """A mistake that students make.

    Without `make`, `before` and `after` are a pattern: single letters stand for any expression, capitals for a value
    with a name, and these words for what running the solution has shown: `count` (how many examples there are),
    `scalar` (an argument that is one number), `other(v)` (a value of the shape of v), `activation`, `number`, `small`
    `weighted` (a weighted sum) and `computed` (no mere name). `mean(a, ...)` is the function of that name in any library, or the method.

    Attributes:
        code: The kind of mistake, of `autograder.facts.kinds`.
        doc: What a student does, for the page of operators.
        before: An example of what is right.
        after: The same with the mistake.
        make: Makes the mistake where a pattern cannot: called with a node, or with a function's definition.
        on: The kind of node that `make` is called with; None for the definition. It gives what stands there instead.
        named: Whether it is made only where the value has a name: what is assigned, returned or put into a dict.
        given: What is known of the function in the example.

    Example:

    >>> halves = Operator("factor-half", "A factor of 2 is lost.", "2 * a", "a")
    """

    code: str
    doc: str
    before: str
    after: str
    make: Make | None = None
    on: type[ast.AST] | None = None
    named: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.make is None:
            object.__setattr__(self, "_pattern", Pattern(self.before, self.after))

    def changes(self, node: ast.AST, context: Context) -> Iterator[ast.AST | None]:
        """What may stand in place of a node; None when it is left out."""
        if self.named and id(node) not in context.results:
            return
        if self.make is None:
            yield from self._pattern.changes(node, context)  # type: ignore[attr-defined]
        elif self.on is not None and isinstance(node, self.on):
            yield from self.make(copy.deepcopy(node), context)

    def rewritings(self, function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
        """The function with a mistake that is not in one node."""
        if self.make is not None and self.on is None:
            yield from self.make(copy.deepcopy(function), context)

    @property
    def example(self) -> tuple[str, str]:
        """Before and after in code, words of the pattern made concrete."""
        return (shown(self.before), shown(self.after)) if self.make is None else (self.before, self.after)


_SHOWN = {
    "number": "3",
    "small": "1e-08",
    "count": "len(Y)",
    "scalar": "rate",
    "weighted": "(X @ W)",
    "computed": "f(X)",
}
EXAMPLE = Context(alike=(("v", "w"),), divisors=("len(Y)",), scalars=("rate",), functions=("predict",))


def shown(text: str) -> str:
    """A pattern as an example."""
    text = re.sub(r"other\(v\)", "w", re.sub(r"\bactivation\(", "np.tanh(", text))
    return re.sub(rf"\b({'|'.join(_SHOWN)})\b", lambda found: _SHOWN[found[1]], text)


def rules(doc: str, *rows: tuple[str, str, str], **options: Any) -> tuple[Operator, ...]:
    """Operators that are patterns of one idea: code, before and after of each."""
    return tuple(Operator(code, doc, before, after, **options) for code, before, after in rows)


__all__ = ["CALLS", "EXAMPLE", "Context", "Operator", "Rewritten", "expanded", "factors", "rules", "shown", "windows"]
