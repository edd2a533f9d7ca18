"""Operators on steps: left out, done twice, in another order, in or out of a loop, on a copy."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import pairwise

from autograder.explain.mutation.operators.registry import Change, Context, Rewritten, operator, rewriter


@operator(ast.AugAssign)
def accumulations(node: ast.AugAssign, context: Context) -> Iterator[Change]:
    """A sum over steps that keeps its last part, or has the other sign."""
    yield Change("accumulation", ast.Assign([node.target], node.value, lineno=node.lineno))
    if isinstance(node.op, (ast.Add, ast.Sub)):
        turned = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield Change("sign", ast.AugAssign(node.target, turned, node.value))


@operator(ast.Expr)
def steps(node: ast.Expr, context: Context) -> Iterator[Change]:
    """A call for its effect left out."""
    if isinstance(node.value, ast.Call):
        yield Change("missing-step", None)


@rewriter
def swapped_statements(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Neighbours in the wrong order: a value used before, or after, it changes.

    Where the second needs a name that the first makes, they cannot be swapped: no student gets so far as to be wrong.
    """
    arguments = function.args
    known = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    for path in _bodies(function):
        inside = set(known)
        body = _body(function, path)
        for index, (first, second) in enumerate(pairwise(body)):
            made = _stored(first) - inside
            if not isinstance(second, ast.Return) and not made & _loaded(second):
                changed = copy.deepcopy(function)
                block = _body(changed, path)
                block[index : index + 2] = block[index : index + 2][::-1]
                before, after = ast.unparse(first), ast.unparse(second)
                yield Rewritten("order", first.lineno, f"{before}; {after}", f"{after}; {before}", changed)
            inside |= _stored(first)


@rewriter
def repeated_steps(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A call for its effect made twice."""
    for path in _bodies(function):
        for index, statement in enumerate(_body(function, path)):
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                changed = copy.deepcopy(function)
                _body(changed, path).insert(index, copy.deepcopy(statement))
                text = ast.unparse(statement)
                yield Rewritten("repeated-step", statement.lineno, text, f"{text}; {text}", changed)


@rewriter
def loops(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A loop that ends after its first round; what begins every round moved before it, and the reverse."""
    for path in _bodies(function):
        body = _body(function, path)
        for index, statement in enumerate(body):
            if not isinstance(statement, ast.For):
                continue
            text = ast.unparse(statement).splitlines()[0]
            changed = copy.deepcopy(function)
            loop = _body(changed, path)[index]
            loop.body.append(ast.Break())  # type: ignore[attr-defined]
            yield Rewritten("early-end", statement.lineno, text, f"{text} … break", changed)
            first = statement.body[0]
            if isinstance(first, ast.Assign) and len(statement.body) > 1:
                changed = copy.deepcopy(function)
                block = _body(changed, path)
                block.insert(index, block[index].body.pop(0))  # type: ignore[attr-defined]
                random = any(word in ast.unparse(first) for word in ("rng", "permutation", "shuffle"))
                code = "not-reshuffled" if random else "not-reset"
                yield Rewritten(code, first.lineno, ast.unparse(first), "before the loop", changed)
            last = statement.body[-1]
            if len(statement.body) > 1 and not isinstance(last, (ast.For, ast.Return)):
                changed = copy.deepcopy(function)
                block = _body(changed, path)
                block.insert(index + 1, block[index].body.pop())  # type: ignore[attr-defined]
                yield Rewritten("early-end", last.lineno, ast.unparse(last), "after the loop", changed)


@rewriter
def contexts(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A step that runs before the `with` it belongs to: the forward pass outside the tape."""
    for path in _bodies(function):
        for index, statement in enumerate(_body(function, path)):
            if isinstance(statement, ast.With):
                changed = copy.deepcopy(function)
                block = _body(changed, path)
                inside = block[index].body  # type: ignore[attr-defined]
                block.insert(index, inside.pop(0))
                if not inside:
                    inside.append(ast.Pass())
                text = ast.unparse(statement.body[0])
                yield Rewritten("disconnected", statement.lineno, text, "before the with", changed)


@rewriter
def copies(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Variables that are copied first, and an optimizer that is made anew: what was given stays as it was."""
    names = [argument.arg for argument in function.args.args]
    first = function.body[0]
    if "params" in names and context.library == "tf":
        text = "params = {name: tf.Variable(value) for name, value in params.items()}"
        yield _begun_with(function, text, "copy-updated", first.lineno)
    if "optimizer" in names:
        text = "optimizer = type(optimizer).from_config(optimizer.get_config())"
        yield _begun_with(function, text, "fresh-state", first.lineno)
        for path in _bodies(function):
            for index, statement in enumerate(_body(function, path)):
                if isinstance(statement, ast.For):
                    changed = copy.deepcopy(function)
                    _body(changed, path)[index].body.insert(0, ast.parse(text).body[0])  # type: ignore[attr-defined]
                    yield Rewritten("fresh-state", statement.lineno, "optimizer", f"{text} in the loop", changed)


def _begun_with(function: ast.FunctionDef, text: str, code: str, line: int) -> Rewritten:
    changed = copy.deepcopy(function)
    changed.body.insert(0, ast.parse(text).body[0])
    return Rewritten(code, line, ast.unparse(function.body[0]), text, changed)


# blocks of statements, by the way to them


def _bodies(function: ast.FunctionDef) -> list[tuple[int, ...]]:
    """Ways to all blocks: indices of the compound statements on the way; () is the function's own."""
    found: list[tuple[int, ...]] = [()]
    for path in found:
        for index, statement in enumerate(_body(function, path)):
            if isinstance(statement, (ast.For, ast.While, ast.With, ast.If, ast.FunctionDef)):
                found.append((*path, index))
    return found


def _body(function: ast.FunctionDef, path: tuple[int, ...]) -> list[ast.stmt]:
    body = function.body
    for index in path:
        body = body[index].body  # type: ignore[attr-defined]
    return body


def _stored(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}


def _loaded(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)}
