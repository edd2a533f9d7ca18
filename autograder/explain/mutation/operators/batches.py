"""Makers of mistakes in training loops over batches.

They know the form of a loop, `for start in range(0, N, size)` or `for X, Y in dataset`, and no names.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import Put, name_of
from autograder.explain.mutation.operators.steps import body, carried, loaded, loops_in, stored

Found = Iterator[Rewritten]


def piled(function: ast.FunctionDef, context: Context) -> Found:
    """Derivatives of earlier rounds that are still in the sum."""
    for _, _, loop in loops_in(function):
        inside = [node for node in ast.walk(loop) if isinstance(node, ast.Call)]
        calls = [node for node in inside if isinstance(node.func, ast.Name) and node.func.id in context.gradients]
        updates = {ast.unparse(step.value) for step in ast.walk(loop) if isinstance(step, ast.Assign)}
        for call in calls:
            text = ast.unparse(call)
            if text in updates and carried(loop) & loaded(call) and stored_by(loop, text) & loaded(call):
                continue
            changed = Put({text: f"piled({text})"}).visit(copy.deepcopy(function))
            changed.body[:0] = ast.parse(_PILE).body
            yield Rewritten(call.lineno, text, "added to those of earlier steps", changed)


_PILE = """
total = {}
def piled(found):
    parts = found if isinstance(found, dict) else {'': found}
    for name in parts:
        total[name] = total.get(name, 0) + parts[name]
    return dict(total) if isinstance(found, dict) else total['']
"""


def stored_by(loop: ast.AST, text: str) -> set[str]:
    """Names that a value is given to."""
    steps = [step for step in ast.walk(loop) if isinstance(step, ast.Assign) and ast.unparse(step.value) == text]
    return {name for step in steps for name in stored(step)}


def batch_losses(function: ast.FunctionDef, context: Context) -> Found:
    """A round's measure that is the mean of those of its batches, taken on the way."""
    for path, index, outer in loops_in(function):
        if len(outer.body) < 2 or not isinstance(outer.body[-2], ast.For):
            continue
        inner, last = outer.body[-2], outer.body[-1]
        measured = _appended(last)
        parts = _indexed(inner)
        if measured is None or not parts:
            continue
        target, value = measured
        rows = next(iter(parts.values()))
        part = ast.unparse(Put(parts).visit(copy.deepcopy(value)))
        for weight in ("1", f"len({rows})"):
            changed = copy.deepcopy(function)
            loop = body(changed, path)[index]
            steps = loop.body[-2].body  # type: ignore[attr-defined]
            steps.insert(len(steps) - 1, ast.parse(f"parts.append(({part} * {weight}, {weight}))").body[0])
            mean = "sum(part for part, _ in parts) / sum(weight for _, weight in parts)"
            loop.body[-1] = ast.parse(f"{target}.append({mean})").body[0]  # type: ignore[attr-defined]
            loop.body.insert(0, ast.parse("parts = []").body[0])  # type: ignore[attr-defined]
            yield Rewritten(last.lineno, ast.unparse(last), "the mean of the batches' losses", changed)


def _appended(statement: ast.stmt) -> tuple[str, ast.expr] | None:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        if name_of(call) == "append" and isinstance(call.func, ast.Attribute) and len(call.args) == 1:
            return ast.unparse(call.func.value), call.args[0]
    return None


def _indexed(loop: ast.For) -> dict[str, str]:
    """Arrays of which a loop takes rows, by name: `X` → `X[batch]`."""
    known = {ast.unparse(node.slice) for node in ast.walk(loop) if isinstance(node, ast.Subscript)} & stored(loop)
    return {
        node.value.id: ast.unparse(node)
        for node in ast.walk(loop)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and ast.unparse(node.slice) in known
    }


def unshuffled(words: str, function: ast.FunctionDef, context: Context) -> Found:
    """One of two arrays, or both, taken without the order that was drawn."""
    for assignment in ast.walk(function):
        if not (isinstance(assignment, ast.Assign) and isinstance(assignment.targets[0], ast.Name)):
            continue
        if not (isinstance(assignment.value, ast.Subscript) and isinstance(assignment.value.slice, ast.Slice)):
            continue
        index, part = assignment.targets[0].id, ast.unparse(assignment.value.slice)
        reads = [
            node for node in ast.walk(function) if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)
        ]
        indexed = {node.value.id for node in reads if ast.unparse(node.slice) == index}  # type: ignore[attr-defined]
        for names in [{name} for name in sorted(indexed)] if words == "one" else [indexed]:
            texts = {f"{name}[{index}]": f"{name}[{part}]" for name in sorted(names)}
            changed = Put(texts).visit(copy.deepcopy(function))
            yield Rewritten(assignment.lineno, ", ".join(texts), ", ".join(texts.values()), changed)


def whole_batches(function: ast.FunctionDef, context: Context) -> Found:
    """The step of a loop over rows not used: one step on all rows, or one for each."""
    names = [argument.arg for argument in function.args.args]
    for _, _, loop in loops_in(function):
        call = loop.iter
        if isinstance(call, ast.Call) and name_of(call) == "range" and len(call.args) == 3:
            step = ast.unparse(call.args[2])
            for value in (f"max(1, {ast.unparse(call.args[1])})", "1"):
                if step in names:
                    changed = copy.deepcopy(function)
                    changed.body.insert(0, ast.parse(f"{step} = {value}").body[0])
                    yield Rewritten(function.lineno, step, value, changed)


# loops over pairs that are no batches
_OTHER_PAIRS = ("items", "enumerate", "zip")


def short_batches(words: str, function: ast.FunctionDef, context: Context) -> Found:
    """A short last batch left out, or counted as a full one."""
    for node in ast.walk(function):
        if not (isinstance(node, ast.For) and isinstance(node.target, ast.Tuple)) or name_of(node.iter) in _OTHER_PAIRS:
            continue
        first = ast.unparse(node.target.elts[0])
        changed = copy.deepcopy(function)
        loop = next(one for one in ast.walk(changed) if isinstance(one, ast.For) and one.lineno == node.lineno)
        begin = f"full = max(full, {first}.shape[0])\n"
        if words == "skipped":
            begin += f"if {first}.shape[0] < full:\n    continue"
        else:
            counts = {f"{first}.shape[0]": "full", f"len({first})": "full"}
            loop.body = [Put(counts).visit(step) for step in loop.body]
        loop.body[:0] = ast.parse(begin).body
        changed.body.insert(0, ast.parse("full = 0").body[0])
        after = "the short last batch is skipped" if words == "skipped" else "every batch counts as a full one"
        yield Rewritten(node.lineno, ast.unparse(node).splitlines()[0], after, changed)


def sums_over_batches(kind: str, function: ast.FunctionDef, context: Context) -> Found:
    """Sums over batches that keep one, weigh all the same, or are not divided."""
    for node in ast.walk(function):
        sums = [step for step in node.body if isinstance(step, ast.AugAssign)] if isinstance(node, ast.For) else []
        if len(sums) > 1:
            changed = _Sums(kind).visit(copy.deepcopy(function))
            yield Rewritten(sums[0].lineno, ast.unparse(sums[0]), kind, changed)


class _Sums(ast.NodeTransformer):
    def __init__(self, kind: str) -> None:
        self._kind = kind

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        target, value = ast.unparse(node.target), node.value
        if self._kind == "only the last batch":
            return ast.copy_location(ast.Assign([node.target], value), node)
        if self._kind == "only the first batch":  # what is computed for the others is still computed
            text = f"{target}, _ = ({target}, {ast.unparse(value)}) if {target} else ({ast.unparse(value)}, 0)"
            return ast.copy_location(ast.parse(text).body[0], node)
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
            node.value = value.left
        elif self._kind == "all alike":
            node.value = ast.Constant(1)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        lost = self._kind == "not divided" and isinstance(node.op, ast.Div)
        return node.left if lost else self.generic_visit(node)
