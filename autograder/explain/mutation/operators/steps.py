"""Makers of mistakes in steps and loops: left out, done twice, out of order, on a copy, on a stale value."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import combinations, pairwise

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import Put, name_of

Found = Iterator[Rewritten]


def overwritten(node: ast.AugAssign, context: Context) -> Iterator[ast.AST]:
    """A sum over steps that keeps its last part."""
    yield ast.Assign([node.target], node.value, lineno=node.lineno)


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


def hoisted(what: str, function: ast.FunctionDef, context: Context) -> Found:
    """What begins every round moved before the loop, or, with `random`, what is drawn in it."""
    random = what == "random"
    for path, index, loop in loops_in(function):
        first = loop.body[0]
        draws = [node for node in ast.walk(loop) if isinstance(node, ast.Call) and _draws(node, context)]
        if (isinstance(first, ast.Assign) and len(loop.body) > 1) or isinstance(first, ast.Expr):
            drawn = any(node in ast.walk(first) for node in draws)
            if random == drawn:
                changed = copy.deepcopy(function)
                block = body(changed, path)
                block.insert(index, block[index].body.pop(0))  # type: ignore[attr-defined]
                yield Rewritten(first.lineno, ast.unparse(first), "before the loop", changed)
        for draw in draws if random else ():
            changed = copy.deepcopy(function)
            block = body(changed, path)
            block[index] = Put({ast.unparse(draw): "drawn"}).visit(block[index])  # type: ignore[call-overload]
            block.insert(index, ast.parse(f"drawn = {ast.unparse(draw)}").body[0])
            yield Rewritten(loop.lineno, ast.unparse(draw), "before the loop", changed)


def _draws(node: ast.Call, context: Context) -> bool:
    return isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in context.of_kind("generator")


def begun_anew(function: ast.FunctionDef, context: Context) -> Found:
    """What is made before a loop, and changed in it, made anew in every round."""
    for path, index, loop in loops_in(function):
        for earlier in body(function, path)[:index]:
            is_carried = stored(earlier) & stored(loop) & loaded(loop) or _is_kept(earlier, loop)
            if isinstance(earlier, ast.Assign) and is_carried:
                changed = copy.deepcopy(function)
                body(changed, path)[index].body.insert(0, copy.deepcopy(earlier))  # type: ignore[attr-defined]
                yield Rewritten(earlier.lineno, ast.unparse(earlier), "in every round", changed)


def _is_kept(earlier: ast.stmt, loop: ast.For) -> bool:
    """Whether a loop asks an object that was made of a class of one's own: `optimizer = Momentum(...)`."""
    if not (isinstance(earlier, ast.Assign) and isinstance(earlier.value, ast.Call)):
        return False
    asked = [node.func for node in ast.walk(loop) if isinstance(node, ast.Call)]
    objects = {ast.unparse(one.value) for one in asked if isinstance(one, ast.Attribute)}
    return name_of(earlier.value)[:1].isupper() and bool(stored(earlier) & objects)


def recorded(function: ast.FunctionDef, context: Context) -> Found:
    """What a loop records taken on the other side of the step that changes it."""
    for path, index, loop in loops_in(function):
        for place, step in enumerate(loop.body):
            if not _records(step):
                continue
            chain = _leading_to(loop.body[:place], step)
            needed = {name for one in (*chain, step) for name in loaded(one)}
            changing = [
                where for where, one in enumerate(loop.body) if one not in (*chain, step) and _changes(one) & needed
            ]
            earlier = [where for where in changing if where < place]
            later = [where for where in changing if where > place]
            changed = copy.deepcopy(function)
            steps = body(changed, path)[index].body  # type: ignore[attr-defined]
            if earlier and not any(where < earlier[0] for where, one in enumerate(loop.body) if one in chain):
                moved = [steps[where] for where, one in enumerate(loop.body) if one in chain or one is step]
                rest = [one for one in steps if one not in moved]
                steps[:] = [*rest[: earlier[0]], *moved, *rest[earlier[0] :]]
                yield Rewritten(step.lineno, ast.unparse(step), "before what changes it", changed)
            elif later:
                again = [copy.deepcopy(one) for where, one in enumerate(steps) if loop.body[where] in chain]
                steps.insert(later[-1] + 1, steps[place])
                steps[later[-1] + 1 : later[-1] + 1] = again
                del steps[place]
                yield Rewritten(step.lineno, ast.unparse(step), "after what changes it", changed)


_UPDATES = ("assign", "assign_add", "assign_sub", "apply_gradients")


def _changes(step: ast.stmt) -> set[str]:
    """Names that a statement gives a value to, or whose objects it may change."""
    names = {name_of(node) for node in ast.walk(step) if isinstance(node, ast.Call)}
    is_effect = isinstance(step, ast.Expr) and isinstance(step.value, ast.Call) and not _records(step)
    return stored(step) | (loaded(step) if is_effect or names & set(_UPDATES) else set())


def _records(step: ast.stmt) -> bool:
    """Whether a statement puts a value into a list or an array: `losses.append(x)`, `losses[i] = x`."""
    if isinstance(step, ast.Expr) and isinstance(step.value, ast.Call):
        return name_of(step.value) == "append"
    return isinstance(step, ast.Assign) and isinstance(step.targets[0], ast.Subscript)


def _leading_to(steps: list[ast.stmt], last: ast.stmt) -> list[ast.stmt]:
    """Assignments that make what a later one reads, out of what they do not change themselves."""
    wanted = loaded(last)
    found: list[ast.stmt] = []
    for step in reversed(steps):
        if isinstance(step, ast.Assign) and stored(step) & wanted and not stored(step) & loaded(step):
            found.append(step)
            wanted = wanted | loaded(step)
    return found[::-1]


def thrown_away(node: ast.Assign, context: Context) -> Iterator[ast.AST]:
    """What a call makes of a value not given back to it: `theta = step(theta)` without `theta =`."""
    if isinstance(node.value, ast.Call) and stored(node) & loaded(node.value):
        yield ast.Expr(node.value)


def unmasked(node: ast.Assign, context: Context) -> Iterator[ast.AST | None]:
    """Derivatives that are not set to zero where the activation is flat: `d[z <= 0] = 0` left out."""
    target = node.targets[0]
    if not (isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Compare)):
        return
    if ast.unparse(node.value) in ("0", "0.0") and ast.unparse(target.value) in context.weighted:
        yield None


def swapped_branches(node: ast.If, context: Context) -> Iterator[ast.AST]:
    """The two cases of an `if` and `else`, each in the place of the other."""
    if node.orelse and not isinstance(node.orelse[0], ast.If):
        yield ast.If(node.test, node.orelse, node.body)


def swapped_cases(node: ast.IfExp, context: Context) -> Iterator[ast.AST]:
    """The same in one expression."""
    yield ast.IfExp(node.test, node.orelse, node.body)


def one_branch(node: ast.If, context: Context) -> Iterator[ast.AST]:
    """A condition that is not asked: what an `if` guards is done always, or never."""
    for answer in (True, False):
        if node.body and (answer or node.orelse or not isinstance(node.body[-1], ast.Raise)):
            yield ast.If(ast.Constant(answer), node.body, node.orelse)


def swapped_returns(node: ast.Return, context: Context) -> Iterator[ast.AST]:
    """Two values that are returned, each in the place of the other."""
    items = node.value.elts if isinstance(node.value, ast.Tuple) else []
    for one, two in combinations(range(len(items)), 2):
        swapped = list(items)
        swapped[one], swapped[two] = items[two], items[one]
        yield ast.Return(ast.Tuple(swapped, ast.Load()))


def stale(function: ast.FunctionDef, context: Context) -> Found:
    """A value that a loop carries from round to round, read as it was before the loop."""
    for path, index, loop in loops_in(function):
        made = {name for earlier in body(function, path)[:index] for name in stored(earlier)}
        for name in sorted(carried(loop) - made):  # what is made right before is begun anew instead
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


def carried(loop: ast.For) -> set[str]:
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


def ignored_arguments(function: ast.FunctionDef, context: Context) -> Found:
    """An argument that is not used: zeros in its place, or what is taken where none is given."""
    for name in [argument.arg for argument in function.args.args if argument.arg != "self"]:
        value = "None" if any(name in ast.unparse(node) for node in _none_checks(function)) else ""
        if value or name in context.arrays or name in context.scalars:
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


def given(step: ast.stmt) -> list[str]:
    """The name that a statement gives a value to, if it is one name."""
    single = isinstance(step, ast.Assign) and len(step.targets) == 1 and isinstance(step.targets[0], ast.Name)
    return [step.targets[0].id] if single else []  # type: ignore[attr-defined]


def simple_statements(function: ast.FunctionDef) -> list[ast.stmt]:
    """All statements without a block, those of loops and branches included, in the order of their lines."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and not hasattr(node, "body")]
    return sorted(found, key=lambda node: node.lineno)


def read_texts(node: ast.AST) -> set[str]:
    """Names and attributes in a piece of code, as text."""
    return {ast.unparse(inner) for inner in ast.walk(node) if isinstance(inner, (ast.Name, ast.Attribute))}
