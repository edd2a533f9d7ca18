"""Makers of penalties on what should have none."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from functools import partial

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import Put, factors, name_of, number_of, parsed, product
from autograder.explain.mutation.operators.steps import read_texts

Found = Iterator[Rewritten]
_Putting = Callable[[ast.expr], None]


def penalised_throughout(function: ast.FunctionDef, context: Context) -> Found:
    """A penalty on all parameters where only some have one."""
    for scalar in context.scalars:
        changed = copy.deepcopy(function)
        added = []
        entries = [entry for entry in _named(changed)]
        penalised = [value for _, value, _ in entries if _is_penalised(value, scalar)]
        for key, value, put in entries if penalised else ():
            parameter = _parameter(key, context, function)
            if (
                parameter
                and not isinstance(value, ast.Name)
                and scalar not in {ast.unparse(node) for node in ast.walk(value)}
            ):
                put(parsed(f"({ast.unparse(value)}) + {scalar} * {parameter}"))
                added.append(parameter)
        if added:
            yield Rewritten(function.lineno, "", ", ".join(f"{scalar} * {name}" for name in added), changed)


def penalised_sums(node: ast.BinOp, context: Context) -> Iterator[ast.AST]:
    """A penalty on the square of one more argument: `rate * np.sum(w ** 2)`."""
    terms = factors(node)
    if not (isinstance(node.op, ast.Mult) and read_texts(node) & set(context.scalars)):
        return
    for place, term in enumerate(terms):
        power = term.args[0] if isinstance(term, ast.Call) and term.args else None
        is_square = isinstance(power, ast.BinOp) and isinstance(power.op, ast.Pow) and number_of(power.right) == 2
        if name_of(term).removeprefix("reduce_") == "sum" and is_square:
            base = ast.unparse(power.left)  # type: ignore[union-attr]
            for other in context.arrays:
                if other not in read_texts(power):  # type: ignore[arg-type]
                    added = Put({base: other}).visit(copy.deepcopy(term))
                    yield product([*terms[:place], ast.BinOp(term, ast.Add(), added), *terms[place + 1 :]])


def _is_penalised(value: ast.expr, scalar: str) -> bool:
    sums = [node for node in ast.walk(value) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)]
    return any(scalar in {ast.unparse(inner) for inner in ast.walk(node.right)} for node in sums)


def _named(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr, _Putting]]:
    """Entries of dicts with their keys, and values with their names."""
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            for place, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value, partial(node.values.__setitem__, place)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value, partial(setattr, node, "value")


def _parameter(key: str, context: Context, function: ast.FunctionDef) -> str:
    """The parameter that a derivative of this name is of: `b1` for `db1`, `params['b1']` for `b1`."""
    arguments = [argument.arg for argument in function.args.args]
    known = [*arguments, *(name for group in context.alike for name in group if name.split("[")[0] in arguments)]
    for name in known:
        own = name.split("['")[-1].rstrip("']")
        if own and key in (own, f"d{own}", f"d_{own}", f"grad_{own}"):
            return name
    return ""
