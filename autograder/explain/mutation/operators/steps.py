"""Mistakes in steps and loops: left out, done twice, out of order, too early, on a copy, on rows that do not belong together."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from autograder.explain.mutation.operators.operator import Context, Operator, Rewritten
from autograder.explain.mutation.operators.patterns import name_of, parsed

Found = Iterator[Rewritten]


def overwritten(node: ast.AugAssign, context: Context) -> Iterator[ast.AST]:
    """A sum over steps that keeps its last part."""
    yield ast.Assign([node.target], node.value, lineno=node.lineno)


def overwriting(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """The same of a variable."""
    if name_of(node) in ("assign_add", "assign_sub") and isinstance(node.func, ast.Attribute):
        node.func.attr = "assign"
        yield node


def overwriting_throughout(function: ast.FunctionDef, context: Context) -> Found:
    """The same of every variable of a function."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and name_of(node) == "assign_add"]
    for node in calls:
        node.func.attr = "assign"  # type: ignore[attr-defined]
    if len(calls) > 1:
        yield Rewritten(calls[0].lineno, "assign_add", "assign", function)


def subtracted(node: ast.AugAssign, context: Context) -> Iterator[ast.AST]:
    """A sum over steps that has the other sign."""
    if isinstance(node.op, (ast.Add, ast.Sub)):
        yield ast.AugAssign(node.target, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.value)


def left_out(node: ast.stmt, context: Context) -> Iterator[ast.AST | None]:
    """A call for its effect, or an addition, left out."""
    if isinstance(node, ast.AugAssign) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield None


def neighbours(function: ast.FunctionDef, context: Context) -> Found:
    """Neighbours in the wrong order; where the second needs what the first makes, no student gets so far."""
    arguments = function.args
    known = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    for path in bodies(function):
        inside = set(known)
        for index, (first, second) in enumerate(pairwise(body(function, path))):
            made = stored(first) - inside
            if not isinstance(second, ast.Return) and not made & loaded(second):
                changed = copy.deepcopy(function)
                block = body(changed, path)
                block[index : index + 2] = block[index : index + 2][::-1]
                before, after = ast.unparse(first), ast.unparse(second)
                yield Rewritten(first.lineno, f"{before}; {after}", f"{after}; {before}", changed)
            inside |= stored(first)


def repeated(function: ast.FunctionDef, context: Context) -> Found:
    """A call for its effect made twice."""
    for path in bodies(function):
        for index, statement in enumerate(body(function, path)):
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                changed = copy.deepcopy(function)
                body(changed, path).insert(index, copy.deepcopy(statement))
                text = ast.unparse(statement)
                yield Rewritten(statement.lineno, text, f"{text}; {text}", changed)


def loops_in(function: ast.FunctionDef) -> Iterator[tuple[tuple[int, ...], int, ast.For]]:
    """Every loop, with the block that it stands in and its place there."""
    for path in bodies(function):
        for index, statement in enumerate(body(function, path)):
            if isinstance(statement, ast.For):
                yield path, index, statement


def one_round(function: ast.FunctionDef, context: Context) -> Found:
    """A loop that ends after its first round, or whose last step is made once, behind it."""
    for path, index, loop in loops_in(function):
        text = ast.unparse(loop).splitlines()[0]
        changed = copy.deepcopy(function)
        body(changed, path)[index].body.append(ast.Break())  # type: ignore[attr-defined]
        yield Rewritten(loop.lineno, text, f"{text} … break", changed)
        last = loop.body[-1]
        if len(loop.body) > 1 and not isinstance(last, (ast.For, ast.Return)):
            changed = copy.deepcopy(function)
            block = body(changed, path)
            block.insert(index + 1, block[index].body.pop())  # type: ignore[attr-defined]
            yield Rewritten(last.lineno, ast.unparse(last), "after the loop", changed)


def hoisted(random: bool, function: ast.FunctionDef, context: Context) -> Found:
    """What begins every round moved before the loop, or drawn once where an argument of a call is drawn."""
    for path, index, loop in loops_in(function):
        first = loop.body[0]
        draws = [node for node in ast.walk(loop) if isinstance(node, ast.Call) and _draws(node, context)]
        if (isinstance(first, ast.Assign) and len(loop.body) > 1) or isinstance(first, ast.Expr):
            if random == any(node in ast.walk(first) for node in draws):
                changed = copy.deepcopy(function)
                block = body(changed, path)
                block.insert(index, block[index].body.pop(0))  # type: ignore[attr-defined]
                yield Rewritten(first.lineno, ast.unparse(first), "before the loop", changed)
        for draw in draws if random else ():
            changed = copy.deepcopy(function)
            block = body(changed, path)
            block[index] = _Put({ast.unparse(draw): "drawn"}).visit(block[index])
            block.insert(index, ast.parse(f"drawn = {ast.unparse(draw)}").body[0])
            yield Rewritten(loop.lineno, ast.unparse(draw), "before the loop", changed)


def _draws(node: ast.Call, context: Context) -> bool:
    return isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in context.of_kind("generator")


class _Put(ast.NodeTransformer):
    """Puts expressions in the place of others, wherever they are read."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), ast.Store):
            found = self._texts.get(ast.unparse(node))
            if found is not None:
                return parsed(found)
        return self.generic_visit(node)


def begun_anew(function: ast.FunctionDef, context: Context) -> Found:
    """What is made before a loop, and changed in it, made anew in every round."""
    for path, index, loop in loops_in(function):
        for earlier in body(function, path)[:index]:
            if isinstance(earlier, ast.Assign) and stored(earlier) & stored(loop) & loaded(loop):
                changed = copy.deepcopy(function)
                body(changed, path)[index].body.insert(0, copy.deepcopy(earlier))  # type: ignore[attr-defined]
                yield Rewritten(earlier.lineno, ast.unparse(earlier), "in every round", changed)


def stale(function: ast.FunctionDef, context: Context) -> Found:
    """A value that a loop carries from round to round, read as it was before the loop."""
    for path, index, loop in loops_in(function):
        made = {name for earlier in body(function, path)[:index] for name in stored(earlier)}
        for name in sorted(_carried(loop) - made):  # what is made right before is begun anew instead
            changed = copy.deepcopy(function)
            block = body(changed, path)
            block.insert(index, ast.parse(f"before = {name}").body[0])
            for step in block[index + 1].body:  # type: ignore[attr-defined]
                updates = isinstance(step, ast.Assign) and name in stored(step)
                _Stale(name, keep_first=updates).visit(step)
            yield Rewritten(loop.lineno, name, f"{name} from before the loop", changed)
            # in every call, the one that is updated as well
            changed = copy.deepcopy(function)
            block = body(changed, path)
            block.insert(index, ast.parse(f"before = {name}").body[0])
            for step in block[index + 1].body:  # type: ignore[attr-defined]
                _Stale(name, keep_first=False).visit(step)
            yield Rewritten(loop.lineno, name, f"{name} from before the loop throughout", changed)


def _carried(loop: ast.For) -> set[str]:
    """Names that a step of a loop gets by calling something with them: `params = step(params, …)`."""
    steps = [step for step in loop.body if isinstance(step, ast.Assign) and isinstance(step.value, ast.Call)]
    return {name for step in steps for name in stored(step) & loaded(step)}


class _Stale(ast.NodeTransformer):
    def __init__(self, name: str, keep_first: bool) -> None:
        self._name, self._keep_first = name, keep_first

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id == self._name and isinstance(node.ctx, ast.Load):
            if self._keep_first:
                self._keep_first = False
                return node
            return ast.Name("before", ast.Load())
        return node


def piled(function: ast.FunctionDef, context: Context) -> Found:
    """Derivatives of earlier rounds that are still in the sum."""
    for _, _, loop in loops_in(function):
        inside = [node for node in ast.walk(loop) if isinstance(node, ast.Call)]
        calls = [node for node in inside if isinstance(node.func, ast.Name) and node.func.id in context.gradients]
        updates = {ast.unparse(step.value) for step in ast.walk(loop) if isinstance(step, ast.Assign)}
        for call in calls:
            text = ast.unparse(call)
            if text in updates and _carried(loop) & loaded(call) and stored_by(loop, text) & loaded(call):
                continue
            changed = _Put({text: f"piled({text})"}).visit(copy.deepcopy(function))
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
        part = ast.unparse(_Put(parts).visit(copy.deepcopy(value)))
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


def unshuffled(pairs: bool, function: ast.FunctionDef, context: Context) -> Found:
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
        for names in [{name} for name in sorted(indexed)] if pairs else [indexed]:
            texts = {f"{name}[{index}]": f"{name}[{part}]" for name in sorted(names)}
            changed = _Put(texts).visit(copy.deepcopy(function))
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


def short_batches(skipped: bool, function: ast.FunctionDef, context: Context) -> Found:
    """A short last batch left out, or counted as a full one."""
    for node in ast.walk(function):
        if not (isinstance(node, ast.For) and isinstance(node.target, ast.Tuple)):
            continue
        first = ast.unparse(node.target.elts[0])
        changed = copy.deepcopy(function)
        loop = next(one for one in ast.walk(changed) if isinstance(one, ast.For) and one.lineno == node.lineno)
        begin = f"full = max(full, {first}.shape[0])\n"
        if skipped:
            begin += f"if {first}.shape[0] < full:\n    continue"
        else:
            counts = {f"{first}.shape[0]": "full", f"len({first})": "full"}
            loop.body = [_Put(counts).visit(step) for step in loop.body]
        loop.body[:0] = ast.parse(begin).body
        changed.body.insert(0, ast.parse("full = 0").body[0])
        after = "the short last batch is skipped" if skipped else "every batch counts as a full one"
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


def before_the_with(function: ast.FunctionDef, context: Context) -> Found:
    """A step that runs before the `with` it belongs to: the forward pass outside the tape."""
    for path in bodies(function):
        for index, statement in enumerate(body(function, path)):
            if isinstance(statement, ast.With):
                changed = copy.deepcopy(function)
                block = body(changed, path)
                inside = block[index].body  # type: ignore[attr-defined]
                block.insert(index, inside.pop(0))
                inside.extend([] if inside else [ast.Pass()])
                yield Rewritten(statement.lineno, ast.unparse(statement.body[0]), "before the with", changed)


def copied_variables(function: ast.FunctionDef, context: Context) -> Found:
    """Variables that are copied first: what was given stays as it was."""
    for name in context.of_kind("variables"):
        yield _begun_with(function, f"{name} = {{key: type(value)(value) for key, value in {name}.items()}}")


def fresh_optimizers(function: ast.FunctionDef, context: Context) -> Found:
    """An optimizer that is made anew: what it should remember is lost."""
    for name in context.of_kind("optimizer"):
        text = f"{name} = type({name}).from_config({name}.get_config())"
        yield _begun_with(function, text)
        for path, index, loop in loops_in(function):
            changed = copy.deepcopy(function)
            body(changed, path)[index].body.insert(0, ast.parse(text).body[0])  # type: ignore[attr-defined]
            yield Rewritten(loop.lineno, name, f"{text} in the loop", changed)


def _begun_with(function: ast.FunctionDef, text: str) -> Rewritten:
    changed = copy.deepcopy(function)
    changed.body.insert(0, ast.parse(text).body[0])
    return Rewritten(function.body[0].lineno, ast.unparse(function.body[0]), text, changed)


def changed_gradients(template: str, node: ast.Tuple, context: Context) -> Iterator[ast.AST]:
    """A gradient that is changed before the optimizer gets it, in a pair of gradient and variable."""
    variables = context.of_kind("variables")
    second = node.elts[1] if len(node.elts) == 2 and isinstance(node.ctx, ast.Load) else None
    if isinstance(second, ast.Subscript) and ast.unparse(second.value) in variables:
        for optimizer in context.of_kind("optimizer") or ["optimizer"]:
            text = template.format(g=ast.unparse(node.elts[0]), o=optimizer)
            yield ast.Tuple([parsed(text), second], ast.Load())


def computed_again(function: ast.FunctionDef, context: Context) -> Found:
    """A value that is computed again after the step that changes what it depends on."""
    returned = function.body[-1]
    if not (isinstance(returned, ast.Return) and returned.value is not None):
        return
    steps = [step for path in bodies(function) for step in body(function, path) if isinstance(step, ast.Assign)]
    wanted = {node.id for node in ast.walk(returned.value) if isinstance(node, ast.Name)}
    effects = [step.lineno for path in bodies(function) for step in body(function, path) if isinstance(step, ast.Expr)]
    for node in steps:
        follows = any(node.lineno < line for line in effects)
        if follows and stored(node) & wanted and isinstance(node.value, ast.Call):
            inner = [step for step in steps if stored(step) & loaded(node)]
            text = ast.unparse(node)
            for places in ((len(function.body) - 1,), (len(function.body) - 2,)):
                changed = copy.deepcopy(function)
                changed.body[places[0] : places[0]] = copy.deepcopy([*inner, node])
                yield Rewritten(node.lineno, text, f"{text}, once more at the end", changed)


def old_values(function: ast.FunctionDef, context: Context) -> Found:
    """An argument where its new value belongs: `v` for what was just computed from it."""
    names = {argument.arg for argument in function.args.args}
    made = [step for step in function.body if isinstance(step, ast.Assign) and isinstance(step.targets[0], ast.Name)]
    for step in made:
        new = step.targets[0].id  # type: ignore[attr-defined]
        last = function.body[-1]
        for old in sorted(names & loaded(step)):
            if isinstance(last, ast.Return) and isinstance(last.value, ast.Tuple):
                for place, item in enumerate(last.value.elts):
                    if new in loaded(item) and ast.unparse(item) != new:
                        changed = copy.deepcopy(function)
                        items = changed.body[-1].value.elts  # type: ignore[attr-defined]
                        items[place] = _Put({new: old}).visit(items[place])
                        yield Rewritten(last.lineno, ast.unparse(item), ast.unparse(items[place]), changed)


def ignored_arguments(function: ast.FunctionDef, context: Context) -> Found:
    """An argument that is not used: zeros in its place, or what is taken where none is given."""
    for name in [argument.arg for argument in function.args.args if argument.arg != "self"]:
        value = "None" if any(name in ast.unparse(node) for node in _none_checks(function)) else ""
        if value or name in context.arrays:
            changed = copy.deepcopy(function)
            changed.body.insert(0, ast.parse(f"{name} = {value or f'0 * {name}'}").body[0])
            yield Rewritten(function.lineno, name, f"{name} is not used", changed)


def _none_checks(function: ast.FunctionDef) -> list[ast.Compare]:
    return [node for node in ast.walk(function) if isinstance(node, ast.Compare) and "None" in ast.unparse(node)]


# blocks of statements, by the way to them


def bodies(function: ast.FunctionDef) -> list[tuple[int, ...]]:
    """Ways to all blocks: indices of the compound statements on the way; () is the function's own."""
    found: list[tuple[int, ...]] = [()]
    for path in found:
        for index, statement in enumerate(body(function, path)):
            if isinstance(statement, (ast.For, ast.While, ast.With, ast.If, ast.FunctionDef)):
                found.append((*path, index))
    return found


def body(function: ast.FunctionDef, path: tuple[int, ...]) -> list[ast.stmt]:
    """The block at the end of a way."""
    found = function.body
    for index in path:
        found = found[index].body  # type: ignore[attr-defined]
    return found


def stored(node: ast.AST) -> set[str]:
    """Names that are given a value."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}


def loaded(node: ast.AST) -> set[str]:
    """Names that are read."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)}


_LOOP = "for i in range(3):\n    {}"
_BATCHES = "for X, Y in data:\n    total += f(X) * len(X)\n    count += len(X)\nreturn total / count"
_TRAIN = (
    "for epoch in range(3):\n    for start in range(0, N, size):\n        batch = order[start:start + size]\n"
    "        w = step(w, X[batch])\n    losses.append(loss(w, X))"
)
_UPDATE = {"kinds": {"params": "variables", "optimizer": "optimizer", "rng": "generator"}, "gradients": ("slope",)}
STEPS = (
    Operator("accumulation", "A sum keeps its last part.", "total += part", "total = part", overwritten, ast.AugAssign),
    Operator(
        "accumulation", "A variable keeps its last part.", "w.assign_add(x)", "w.assign(x)", overwriting, ast.Call
    ),
    Operator(
        "accumulation",
        "Every variable keeps its last part.",
        "w.assign_add(x)\nv.assign_add(y)",
        "w.assign(x)\n    v.assign(y)",
        overwriting_throughout,
    ),
    Operator("sign", "Parts are subtracted.", "total += part", "total -= part", subtracted, ast.AugAssign),
    Operator("missing-step", "A step is left out.", "f(x)\nreturn x", "return x", left_out, ast.stmt),
    Operator("order", "Neighbours in the wrong order.", "a = x\nb = y", "b = y\n    a = x", neighbours),
    Operator("repeated-step", "A step is made twice.", "f(x)", "f(x)\n    f(x)", repeated),
    Operator("early-end", "A loop ends after one round.", _LOOP.format("f(i)"), "break", one_round),
    Operator(
        "not-reset",
        "What begins every round is done once.",
        _LOOP.format("a = 0\n    a = f(a)"),
        "a = 0\n    for i",
        partial(hoisted, False),
    ),
    Operator(
        "not-reshuffled",
        "The order is drawn once.",
        _LOOP.format("f(rng.permutation(5))"),
        "drawn = rng.permutation(5)\n    for i",
        partial(hoisted, True),
        given=_UPDATE,
    ),
    Operator(
        "fresh-state",
        "What a loop carries begins anew in every round.",
        "v = 0\n" + _LOOP.format("v = f(v)"),
        "for i in range(3):\n        v = 0",
        begun_anew,
    ),
    Operator(
        "stale-value",
        "What a loop carries is read as it was before.",
        _LOOP.format("w = step(w, slope(w))"),
        "w = step(w, slope(before))",
        stale,
    ),
    Operator(
        "not-reset",
        "Derivatives pile up.",
        _LOOP.format("g = slope(w)\n    w = step(w, g)"),
        "g = piled(slope(w))",
        piled,
        given=_UPDATE,
    ),
    Operator(
        "batch-losses",
        "Losses are those of the batches.",
        _TRAIN,
        "parts.append((loss(w, X[batch]) * 1, 1))",
        batch_losses,
    ),
    Operator(
        "pairing",
        "One array is not shuffled.",
        "b = order[i:j]\nreturn (X[b], Y[b])",
        "(X[i:j], Y[b])",
        partial(unshuffled, True),
    ),
    Operator(
        "no-shuffle",
        "Nothing is shuffled.",
        "b = order[i:j]\nreturn (X[b], Y[b])",
        "(X[i:j], Y[i:j])",
        partial(unshuffled, False),
    ),
    Operator(
        "batch-size",
        "The size of a batch is not used.",
        "for i in range(0, len(a), n):\n    f(i)",
        "n = 1",
        whole_batches,
    ),
    Operator("incomplete", "A short batch is left out.", _BATCHES, "continue", partial(short_batches, True)),
    Operator(
        "unweighted-mean",
        "A short batch counts as a full one.",
        _BATCHES,
        "count += full",
        partial(short_batches, False),
    ),
    *(
        Operator(code, f"Of sums over batches: {kind}.", _BATCHES, after, partial(sums_over_batches, kind))
        for code, kind, after in (
            ("accumulation", "only the last batch", "total = f(X) * len(X)"),
            ("incomplete", "only the first batch", "if total else"),
            ("missing-mean", "not divided", "return total"),
            ("unweighted-mean", "all alike", "count += 1"),
        )
    ),
    Operator(
        "disconnected",
        "A step runs outside the tape.",
        "with tape:\n    y = f(x)\n    z = g(y)",
        "y = f(x)\n    with",
        before_the_with,
    ),
    Operator(
        "copy-updated", "Copies are updated.", "step(params)", "params = {key: type(", copied_variables, given=_UPDATE
    ),
    Operator(
        "fresh-state", "An optimizer is made anew.", "step(optimizer)", "from_config", fresh_optimizers, given=_UPDATE
    ),
    *(
        Operator(
            code,
            "A gradient is changed before the optimizer gets it.",
            "[(g, params['W'])]",
            after,
            partial(changed_gradients, template),
            ast.Tuple,
            given=_UPDATE,
        )
        for code, template, after in (
            ("sign", "-{g}", "(-g,"),
            ("doubled-factor", "{o}.learning_rate * {g}", "optimizer.learning_rate * g"),
            ("factor-two", "2 * {g}", "2 * g"),
            ("missing-step", "0 * {g}", "0 * g"),
        )
    ),
    Operator(
        "stale-value",
        "A value is computed again at the end.",
        "y = f(w)\nstep(w)\nreturn y",
        "step(w)\n    y = f(w)",
        computed_again,
    ),
    Operator(
        "stale-value",
        "An old value is used for its new one.",
        "u = 2 * v\nreturn (w + u, u)",
        "return (w + v, u)",
        old_values,
    ),
    Operator(
        "not-used",
        "An argument is not used.",
        "w = 1 if a is None else a\nreturn w",
        "a = None",
        ignored_arguments,
    ),
)
