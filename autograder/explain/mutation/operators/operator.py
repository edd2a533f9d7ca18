"""What an operator is: a kind of mistake, an example of it, and how it is made in any function."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from autograder.explain.mutation.operators.patterns import Context, Pattern


@dataclass(frozen=True)
class Rewritten:
    """A function with a mistake: the line where it begins, what stood there, and what stands there instead."""

    line: int
    before: str
    after: str
    function: ast.FunctionDef


@dataclass(frozen=True)
class Operator:
    """A mistake that students make.

    Attributes:
        code: The kind of mistake, of `autograder.facts.kinds`.
        doc: What a student does, in a sentence.
        before: What is right: a pattern, as `operators.md` explains, or, with `make`, an example.
        after: The same with the mistake.
        make: Makes the mistake where a pattern cannot: gives what stands in place of a node, or a function `Rewritten`.
        on: The kind of node that `make` is called with; None for the function's definition.
        named: Whether it is made only where the value has a name: what is assigned, returned or put into a dict.
    """

    code: str
    doc: str
    before: str
    after: str
    make: Callable[[Any, Context], Iterator[Any]] | None = None
    on: type[ast.AST] | None = None
    named: bool = False

    def __post_init__(self) -> None:
        if self.make is None:
            object.__setattr__(self, "_pattern", Pattern(self.before, self.after))

    @property
    def made_alike(self) -> bool:
        """Whether who makes it in one place makes it in all places of the same form, at times."""
        confuses = self.make is None and "other(" in self.after
        return (
            self.code not in _MADE_ALONE
            and not confuses
            and (self.make is None or self.on in (ast.AugAssign, ast.BinOp))
        )

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
    def is_plain(self) -> bool:
        """Whether what is right is a pattern of letters alone: no word of it depends on what runs show."""
        return self.make is None and not re.search(rf"\b({'|'.join(_SHOWN)}|other|activation)\b", self.before)

    @property
    def example(self) -> tuple[str, str]:
        """Before and after in code, words of the pattern made concrete."""
        return (_shown(self.before), _shown(self.after)) if self.make is None else (self.before, self.after)


# kinds that concern one value, whatever its twins are
_MADE_ALONE = ("unstable", "shape", "dtype", "broadcast", "logarithm", "distribution", "epsilon", "extra-activation")
_SHOWN = {
    "number": "3",
    "small": "1e-08",
    "count": "len(Y)",
    "scalar": "rate",
    "decay": "0.9",
    "flow": "(d @ W.T)",
    "activated": "p",
    "weighted": "(X @ W)",
    "computed": "f(X)",
    "array": "f(X)",
}


def _shown(text: str) -> str:
    text = re.sub(r"other\(v\)", "w", re.sub(r"\bactivation\(", "np.tanh(", text))
    return re.sub(rf"\b({'|'.join(_SHOWN)})\b", lambda found: _SHOWN[found[1]], text)


def rules(doc: str, *rows: tuple[str, str, str]) -> tuple[Operator, ...]:
    """Operators that are patterns of one idea: code, before and after of each.

    Args:
        doc: What a student does, in a sentence.
        *rows: The kind of mistake, what is right and what is wrong, such as `("factor-two", "sum(a)", "2 * sum(a)")`.

    Example:

    >>> rules("A sum is doubled.", ("factor-two", "sum(a)", "2 * sum(a)"))[0].code
    'factor-two'
    """
    return tuple(Operator(code, doc, before, after) for code, before, after in rows)
