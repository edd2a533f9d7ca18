"""Makers of mistakes with the numbers that a function is given: swapped, hard-coded, not used, at another term."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import combinations

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import Put, factors, parsed, product
from autograder.explain.mutation.operators.steps import given, read_texts, simple_statements
from autograder.explain.mutation.operators.twins import form_of

Found = Iterator[Rewritten]
# what students write where a rate, a decay or a weight was given
_USUAL = (0.1, 0.01, 0.001, 0.5, 0.9, 0.99, 0.999)
_SEEDS = (0, 42)


def swapped_scalars(function: ast.FunctionDef, context: Context) -> Found:
    """Two numbers that were given, each in the place of the other."""
    read = {ast.unparse(node) for node in ast.walk(function) if isinstance(node, (ast.Name, ast.Attribute))}
    for one, two in combinations([name for name in context.scalars if name in read], 2):
        changed = copy.deepcopy(function)
        put = Put({one: two, two: one})
        changed.body = [put.visit(step) for step in changed.body]  # type: ignore[misc]
        yield Rewritten(function.lineno, f"{one}, {two}", f"{two}, {one}", changed)


def swapped_in_twins(function: ast.FunctionDef, context: Context) -> Found:
    """The same in two statements alone that differ in them: each has the other one's number."""
    for one, two in combinations(simple_statements(function), 2):
        if form_of(one) != form_of(two) or one.lineno == two.lineno:
            continue
        first, second = ([name for name in context.scalars if name in read_texts(step)] for step in (one, two))
        texts = dict(zip([*first, *second], [*second, *first], strict=False))
        if len(first) == len(second) == 1 and first != second:
            changed = copy.deepcopy(function)
            for step in simple_statements(changed):
                if step.lineno in (one.lineno, two.lineno):
                    Put(texts).visit(step)
            yield Rewritten(one.lineno, ", ".join(texts), ", ".join(texts.values()), changed)


def confused_scalars(node: ast.expr, context: Context) -> Iterator[ast.AST]:
    """A number that was given in the place of another one."""
    text = ast.unparse(node)
    if text in context.scalars and not isinstance(getattr(node, "ctx", None), ast.Store):
        yield from (parsed(other) for other in context.scalars if other != text)


def hard_coded_scalars(function: ast.FunctionDef, context: Context) -> Found:
    """A usual number where the one that was given belongs."""
    for name in context.scalars:
        if name.isidentifier():
            for number in _USUAL:
                changed = copy.deepcopy(function)
                changed.body.insert(0, ast.parse(f"{name} = {number}").body[0])
                yield Rewritten(function.lineno, name, f"{number}", changed)


def unused_scalars(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A call that is given 0 for a number that was given, such as the weight of a penalty."""
    for index, argument in enumerate(node.args):
        if ast.unparse(argument) in context.scalars:
            yield ast.Call(node.func, [*node.args[:index], ast.Constant(0), *node.args[index + 1 :]], node.keywords)


def misplaced_factors(function: ast.FunctionDef, context: Context) -> Found:
    """A factor of one term of a sum at the other, where the first has a name of its own."""
    steps = simple_statements(function)
    for place, step in enumerate(steps):
        for name in given(step):
            terms = factors(step.value)  # type: ignore[attr-defined]
            scale = next((ast.unparse(term) for term in terms if ast.unparse(term) in context.scalars), "")
            if not scale or len(terms) < 2:
                continue
            changed = copy.deepcopy(function)
            own = simple_statements(changed)
            own[place].value = product([term for term in terms if ast.unparse(term) != scale])  # type: ignore[attr-defined]
            moved = _Scaled(name, scale)
            for later in own[place + 1 :]:
                moved.visit(later)
            if moved.found:
                yield Rewritten(step.lineno, scale, f"{scale} at the other term", changed)


class _Scaled(ast.NodeTransformer):
    """Scales what is added to a name."""

    def __init__(self, name: str, scale: str) -> None:
        self._name, self._scale, self.found = name, parsed(scale), False

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if isinstance(node.op, ast.Add):
            for side, other in (("left", "right"), ("right", "left")):
                if ast.unparse(getattr(node, side)) == self._name:
                    setattr(node, other, ast.BinOp(self._scale, ast.Mult(), getattr(node, other)))
                    self.found = True
                    return node
        return self.generic_visit(node)


def own_generators(function: ast.FunctionDef, context: Context) -> Found:
    """A generator of its own in the place of the one that was given."""
    for name in context.of_kind("generator") if context.library == "np" else ():
        for seed in _SEEDS:
            changed = copy.deepcopy(function)
            changed.body.insert(0, ast.parse(f"{name} = np.random.default_rng({seed})").body[0])
            yield Rewritten(function.lineno, name, f"np.random.default_rng({seed})", changed)
