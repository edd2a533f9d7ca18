"""Operators on training loops: stale parameters, gradients that pile up, rows that no longer belong together."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.registry import Change, Context, Rewritten, operator, parsed, rewriter


@rewriter
def pairing(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """One of two arrays indexed without the shuffled order that the other one has."""
    for assignment in ast.walk(function):
        if not (
            isinstance(assignment, ast.Assign)
            and isinstance(assignment.targets[0], ast.Name)
            and isinstance(assignment.value, ast.Subscript)
            and isinstance(assignment.value.slice, ast.Slice)
        ):
            continue
        index, part = assignment.targets[0].id, ast.unparse(assignment.value.slice)
        indexed = {
            node.value.id
            for node in ast.walk(function)
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and ast.unparse(node.slice) == index
        }
        for names in [*({name} for name in sorted(indexed)), indexed]:
            changed = _Sliced(index, part, names).visit(copy.deepcopy(function))
            code = "pairing" if len(names) == 1 else "no-shuffle"
            before = ", ".join(f"{name}[{index}]" for name in sorted(names))
            yield Rewritten(code, assignment.lineno, before, before.replace(index, part), changed)


class _Sliced(ast.NodeTransformer):
    """`X[batch]` made `X[start:stop]`."""

    def __init__(self, index: str, part: str, names: set[str]) -> None:
        self._index, self._part, self._names = index, part, names

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id in self._names and ast.unparse(node.slice) == self._index:
            return parsed(f"{node.value.id}[{self._part}]")
        return self.generic_visit(node)


@rewriter
def whole_batches(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """The batch size not used: one step on all examples, or one for each."""
    names = [argument.arg for argument in function.args.args]
    if "batch_size" in names:
        for value in (f"len({names[0]})", "1"):
            changed = copy.deepcopy(function)
            changed.body.insert(0, ast.parse(f"batch_size = {value}").body[0])
            yield Rewritten("batch-size", function.lineno, "batch_size", value, changed)


@rewriter
def stale_parameters(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """All gradients of an epoch taken at the parameters of its start."""
    for place, outer in enumerate(function.body):
        if not isinstance(outer, ast.For):
            continue
        for position, inner in enumerate(outer.body):
            if isinstance(inner, ast.For) and any(_updates(step) for step in inner.body):
                changed = copy.deepcopy(function)
                loop = changed.body[place]
                loop.body.insert(position, ast.parse("start_of_epoch = params").body[0])  # type: ignore[attr-defined]
                steps = loop.body[position + 1].body  # type: ignore[attr-defined]
                for step in steps:
                    _Stale(keep_first=_updates(step)).visit(step)
                yield Rewritten("stale-value", inner.lineno, "params", "params at the start of the epoch", changed)


def _updates(step: ast.stmt) -> bool:
    return (
        isinstance(step, ast.Assign) and ast.unparse(step.targets[0]) == "params" and isinstance(step.value, ast.Call)
    )


class _Stale(ast.NodeTransformer):
    """Reads the parameters of the epoch's start; what an update begins from is left alone."""

    def __init__(self, keep_first: bool) -> None:
        self._keep_first = keep_first

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id == "params" and isinstance(node.ctx, ast.Load):
            if self._keep_first:
                self._keep_first = False
                return node
            return ast.Name("start_of_epoch", ast.Load())
        return node


@rewriter
def piled_gradients(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Gradients of earlier steps that are still in the sum."""
    calls = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and "backward" in node.func.id
    ]
    if not calls or not any(isinstance(node, ast.For) for node in ast.walk(function)):
        return
    changed = copy.deepcopy(function)
    for node in ast.walk(changed):
        if isinstance(node, ast.Call):
            node.args = [
                parsed(f"piled({ast.unparse(argument)})")
                if ast.unparse(argument) == ast.unparse(calls[0])
                else argument
                for argument in node.args
            ]
    text = (
        "total = {}\n"
        "def piled(grads):\n"
        "    for name in grads:\n"
        "        total[name] = total.get(name, 0) + grads[name]\n"
        "    return dict(total)\n"
    )
    changed.body[:0] = ast.parse(text).body
    yield Rewritten("not-reset", calls[0].lineno, ast.unparse(calls[0]), "added to those of earlier steps", changed)


@rewriter
def batch_losses(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """An epoch's loss that is the mean of its batches' losses, measured on the way."""
    for place, outer in enumerate(function.body):
        if not isinstance(outer, ast.For) or len(outer.body) < 2:
            continue
        last, inner = outer.body[-1], outer.body[-2]
        if not (isinstance(inner, ast.For) and isinstance(last, ast.Expr) and "cache" in ast.unparse(inner)):
            continue
        for measured, weight in (("1", "1"), ("len(batch)", "len(batch)")):
            changed = copy.deepcopy(function)
            loop = changed.body[place]
            steps = loop.body[-2].body  # type: ignore[attr-defined]
            steps.append(
                ast.parse(f"parts.append((mse_loss(cache['Y_hat'], Y[batch]) * {measured}, {weight}))").body[0]
            )
            loop.body[-1] = ast.parse(  # type: ignore[attr-defined]
                "losses.append(sum(part for part, _ in parts) / sum(weight for _, weight in parts))"
            ).body[0]
            loop.body.insert(0, ast.parse("parts = []").body[0])  # type: ignore[attr-defined]
            after = "the mean of the batches' losses"
            yield Rewritten("batch-losses", last.lineno, ast.unparse(last), after, changed)


@operator(ast.Tuple)
def applied_gradients(node: ast.Tuple, context: Context) -> Iterator[Change]:
    """A gradient that is negated, or multiplied with the rate, before the optimizer does that itself."""
    if len(node.elts) == 2 and isinstance(node.ctx, ast.Load) and "params" in ast.unparse(node.elts[1]):
        gradient = ast.unparse(node.elts[0])
        for code, text in (
            ("sign", f"-{gradient}"),
            ("doubled-factor", f"optimizer.learning_rate * {gradient}"),
            ("factor-two", f"2 * {gradient}"),
            ("missing-step", f"0 * {gradient}"),
        ):
            yield Change(code, ast.Tuple([parsed(text), node.elts[1]], ast.Load()))


@rewriter
def later_loss(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A value that is computed again after the step that changes what it depends on."""
    returned = function.body[-1]
    if not (isinstance(returned, ast.Return) and isinstance(returned.value, ast.Name)):
        return
    for node in ast.walk(function):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        if ast.unparse(node.targets[0]) == returned.value.id:
            changed = copy.deepcopy(function)
            changed.body.insert(-1, copy.deepcopy(node))
            text = ast.unparse(node)
            yield Rewritten("stale-value", node.lineno, text, f"{text}, once more at the end", changed)


@rewriter
def uneven_batches(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A short last batch left out, or counted as a full one; sums over batches that keep one, or are not divided."""
    for node in ast.walk(function):
        if not (isinstance(node, ast.For) and isinstance(node.target, ast.Tuple)):
            continue
        first = ast.unparse(node.target.elts[0])
        before = ast.unparse(node).splitlines()[0]
        for code, skipped in (("incomplete", True), ("unweighted-mean", False)):
            changed = copy.deepcopy(function)
            loop = next(one for one in ast.walk(changed) if isinstance(one, ast.For) and one.lineno == node.lineno)
            begin = f"full = max(full, {first}.shape[0])\n"
            begin += f"if {first}.shape[0] < full:\n    continue" if skipped else ""
            if not skipped:
                for step in loop.body:
                    if isinstance(step, ast.Assign) and ast.unparse(step.value) == f"{first}.shape[0]":
                        step.value = parsed("full")
            loop.body[:0] = ast.parse(begin).body
            changed.body.insert(0, ast.parse("full = 0").body[0])
            after = "the short last batch is skipped" if skipped else "every batch counts as a full one"
            yield Rewritten(code, node.lineno, before, after, changed)
        sums = [step for step in node.body if isinstance(step, ast.AugAssign)]
        if len(sums) > 1:
            changed = _Last().visit(copy.deepcopy(function))
            yield Rewritten("accumulation", sums[0].lineno, ast.unparse(sums[0]), "only the last batch counts", changed)
            changed = _First().visit(copy.deepcopy(function))
            yield Rewritten("incomplete", sums[0].lineno, ast.unparse(sums[0]), "only the first batch counts", changed)
            changed = _Unweighted().visit(copy.deepcopy(function))
            yield Rewritten("missing-mean", sums[0].lineno, ast.unparse(sums[0]), "sums that are not divided", changed)


class _Last(ast.NodeTransformer):
    """Sums that keep their last part."""

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        return ast.copy_location(ast.Assign([node.target], node.value), node)


class _First(ast.NodeTransformer):
    """Sums that keep their first part; what is computed for the others is still computed."""

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        target = ast.unparse(node.target)
        text = f"{target}, _ = ({target}, {ast.unparse(node.value)}) if {target} else ({ast.unparse(node.value)}, 0)"
        return ast.copy_location(ast.parse(text).body[0], node)


class _Unweighted(ast.NodeTransformer):
    """Sums of the parts without their weights, and no division."""

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.Mult):
            node.value = node.value.left
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        return node.left if isinstance(node.op, ast.Div) else self.generic_visit(node)
