"""Makers of mistakes in optimizers: momentum of another kind, a look-ahead, a bias that is not corrected."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import Put, number_of, parsed
from autograder.explain.mutation.operators.steps import simple_statements
from autograder.explain.mutation.operators.twins import form_of

Found = Iterator[Rewritten]


@dataclass(frozen=True)
class Recurrence:
    """A statement that makes a new value of its old one: `v_new = mu * v - lr * g`, or the same for every key.

    Attributes:
        place: Where among the function's statements it stands.
        new: The new value, as text.
        formula: What it is computed by.
        old: The old value, as text.
    """

    place: int
    new: str
    formula: ast.expr
    old: str


def recurrences(function: ast.FunctionDef, context: Context) -> Iterator[Recurrence]:
    """Sums in which an old value, not a weighted mean of it, is scaled by a number that was given."""
    for place, step in enumerate(simple_statements(function)):
        if not (isinstance(step, ast.Assign) and len(step.targets) == 1):
            continue
        target, formula = ast.unparse(step.targets[0]), step.value
        if isinstance(formula, ast.DictComp):
            target, formula = f"{target}[{ast.unparse(formula.key)}]", formula.value
        if not (isinstance(formula, ast.BinOp) and isinstance(formula.op, (ast.Add, ast.Sub))):
            continue
        scaled = [formula.left, *([formula.right] if isinstance(formula.op, ast.Add) else [])]
        for term in scaled:
            other = formula.right if term is formula.left else formula.left
            if isinstance(term, ast.BinOp) and isinstance(term.op, ast.Mult) and form_of(term) == "(_ * _)":
                scale, old = ast.unparse(term.left), ast.unparse(term.right)
                if scale in context.scalars and old not in context.scalars and f"1 - {scale}" not in ast.unparse(other):
                    yield Recurrence(place, target, formula, old)


def nesterov(function: ast.FunctionDef, context: Context) -> Found:
    """Nesterov's momentum for a plain one: the step is made once more where the velocity carries."""
    for one in recurrences(function, context):
        ahead = ast.unparse(Put({one.old: one.new}).visit(copy.deepcopy(one.formula)))
        changed = copy.deepcopy(function)
        for step in simple_statements(changed)[one.place + 1 :]:
            _InFormulas({one.new: ahead}).visit(step)
        if ast.unparse(changed) != ast.unparse(function):
            yield Rewritten(one.formula.lineno, one.new, ahead, changed)


class _InFormulas(ast.NodeTransformer):
    """Puts expressions in the place of others where they are part of a sum, or are added."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._put = Put(texts)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        return self._put.visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        node.value = self._put.visit(node.value)  # type: ignore[assignment]
        return node


def no_look_ahead(function: ast.FunctionDef, context: Context) -> Found:
    """A derivative that is taken where the parameters are, and not where they are about to be."""
    last = function.body[-1]
    result = last.value if isinstance(last, ast.Return) else None
    kept = {ast.unparse(item) for item in (result.elts if isinstance(result, ast.Tuple) else [result]) if item}
    for step in function.body:
        if not (isinstance(step, ast.Assign) and isinstance(step.targets[0], ast.Name)):
            continue
        name, formula = step.targets[0].id, step.value
        base = formula
        if isinstance(formula, ast.DictComp):
            formula = formula.value
        if name in kept or not (isinstance(formula, ast.BinOp) and isinstance(formula.op, (ast.Add, ast.Sub))):
            continue
        # down a slope is an ordinary step
        scales = [text for text in map(ast.unparse, ast.walk(formula.right)) if text in context.scalars]
        moved = len(scales) > (0 if isinstance(formula.op, ast.Add) else 1)
        at = formula.left
        if isinstance(base, ast.DictComp) and isinstance(at, ast.Subscript):
            at = at.value
        if moved and form_of(at) == "_":
            changed = copy.deepcopy(function)
            place = function.body.index(step)
            texts = {name: ast.unparse(at)}
            changed.body[place + 1 :] = [Put(texts).visit(later) for later in changed.body[place + 1 :]]  # type: ignore[misc]
            yield Rewritten(step.lineno, name, ast.unparse(at), changed)


def other_momenta(words: str, function: ast.FunctionDef, context: Context) -> Found:
    """Momentum of another convention: with a `mean` of gradients as its velocity, or with the `rate` elsewhere."""
    for one in recurrences(function, context):
        term, other = one.formula.left, one.formula.right  # type: ignore[attr-defined]
        if ast.unparse(term.right if isinstance(term, ast.BinOp) else term) != one.old:
            continue
        inside = isinstance(other, ast.BinOp) and ast.unparse(other.left) in context.scalars
        mu = ast.unparse(term.left)
        gradient = ast.unparse(other.right if inside else other)
        for rate in [ast.unparse(other.left)] if inside else context.scalars:
            if rate == mu:
                continue
            changed = copy.deepcopy(function)
            steps = simple_statements(changed)
            moved = _Moved(one.new, rate, inside)
            for later in steps[one.place + 1 :]:
                moved.visit(later)
            mean = f"{mu} * {one.old} + (1 - {mu}) * {gradient}"
            after = mean if words == "mean" else f"{mu} * {one.old} + {gradient}" if inside else ""
            formula = parsed(after or f"{mu} * {one.old} - {rate} * {gradient}")
            target = steps[one.place].value  # type: ignore[attr-defined]
            if isinstance(target, ast.DictComp):
                target.value = formula
            else:
                steps[one.place].value = formula  # type: ignore[attr-defined]
            if moved.found and (inside or words == "rate"):
                yield Rewritten(one.formula.lineno, ast.unparse(one.formula), ast.unparse(formula), changed)


class _Moved(ast.NodeTransformer):
    """Takes the rate out of a velocity, or into it, where the velocity is used: `w + v` is `w - rate * v`."""

    def __init__(self, velocity: str, rate: str, inside: bool) -> None:
        self._velocity, self._rate, self._inside = velocity, rate, inside
        self.found = False

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        text = self._velocity if self._inside else f"{self._rate} * {self._velocity}"
        if isinstance(node.op, ast.Add if self._inside else ast.Sub) and ast.unparse(node.right) == text:
            self.found = True
            after = f"{self._rate} * {self._velocity}" if self._inside else self._velocity
            return ast.BinOp(node.left, ast.Sub() if self._inside else ast.Add(), parsed(after))
        return node


def corrected(node: ast.BinOp, context: Context) -> Iterator[ast.AST]:
    """The bias of an average left as it is: `m / (1 - beta ** t)`."""
    if isinstance(node.op, ast.Div) and _is_correction(node.right, context):
        yield node.left


def other_exponents(node: ast.BinOp, context: Context) -> Iterator[ast.AST]:
    """A bias corrected with another number of steps, or with none."""
    if _is_correction(node, context):
        base, count = ast.unparse(node.right.left), ast.unparse(node.right.right)  # type: ignore[attr-defined]
        for text in (f"{base} ** ({count} - 1)", f"{base} ** ({count} + 1)", base, f"{base} * {count}"):
            yield parsed(f"1 - {text}")


def _is_correction(node: ast.expr, context: Context) -> bool:
    is_difference = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and number_of(node.left) == 1
    power = node.right if is_difference else None  # type: ignore[attr-defined]
    is_power = isinstance(power, ast.BinOp) and isinstance(power.op, ast.Pow)
    return is_power and ast.unparse(power.left) in context.scalars  # type: ignore[union-attr]
