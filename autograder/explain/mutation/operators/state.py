"""Makers of mistakes with old and new values: not stored, returned as they were, one dict for another."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from functools import partial

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import Put, factors, name_of, parsed
from autograder.explain.mutation.operators.steps import given, loaded, simple_statements
from autograder.explain.mutation.operators.twins import form_of

Found = Iterator[Rewritten]
_Putting = Callable[[ast.expr], None]


def unstored(function: ast.FunctionDef, context: Context) -> Found:
    """What an object should remember computed, used, and not put back."""
    for place, step in enumerate(simple_statements(function)):
        target = step.targets[0] if isinstance(step, ast.Assign) else None
        text = ast.unparse(target) if target is not None else ""
        if text.startswith("self.") and any(ast.unparse(node) == text for node in ast.walk(step.value)):  # type: ignore[attr-defined]
            changed = copy.deepcopy(function)
            steps = simple_statements(changed)
            steps[place].targets = [ast.Name("new", ast.Store())]  # type: ignore[attr-defined]
            for later in steps[place + 1 :]:
                Put({text: "new"}).visit(later)
            yield Rewritten(step.lineno, text, "not stored", changed)


def old_values(function: ast.FunctionDef, context: Context) -> Found:
    """Old values where new ones belong: in what is returned, or in what is computed from the new ones."""
    last = function.body[-1]
    pairs = list(_renewed(function, context))
    if isinstance(last, ast.Return) and last.value is not None:
        for place, (item, _) in enumerate(_items(last.value)):
            for new, old in pairs:
                changed = copy.deepcopy(function)
                put_into = list(_items(changed.body[-1].value))  # type: ignore[attr-defined]
                before, put = put_into[place]
                after = Put({new: old}).visit(copy.deepcopy(before))
                if ast.unparse(after) != ast.unparse(before):
                    put(after)
                    yield Rewritten(last.lineno, ast.unparse(item), ast.unparse(after), changed)
        whole = {new: old for new, old in pairs}
        changed = copy.deepcopy(function)
        for item, put in list(_items(changed.body[-1].value)):  # type: ignore[attr-defined]
            if ast.unparse(item) in whole:
                put(parsed(whole[ast.unparse(item)]))
        yield Rewritten(last.lineno, ast.unparse(last), ast.unparse(changed.body[-1]), changed)
    for new, old in pairs:
        changed = copy.deepcopy(function)
        place = next(place for place, step in enumerate(function.body) if new in given(step))
        for later in changed.body[place + 1 :]:
            if not isinstance(later, ast.Return):
                Put({new: old}).visit(later)
        yield Rewritten(function.body[place].lineno, new, f"{old} in what follows", changed)


def old_values_of_one_name(function: ast.FunctionDef, context: Context) -> Found:
    """The same where the new value has the name of the old one: `v = mu * v + g`."""
    arguments = {argument.arg for argument in function.args.args}
    for place, step in enumerate(function.body[:-1]):
        for name in given(step):
            if name in arguments and name in loaded(step):
                for changed in _read_before(name, place, function):
                    changed.body.insert(place, ast.parse(f"before = {name}").body[0])
                    yield Rewritten(step.lineno, name, f"{name} from before", changed)


def _read_before(name: str, place: int, function: ast.FunctionDef) -> Iterator[ast.FunctionDef]:
    """A function in which later statements, or one item that is returned, read the value from before."""
    put = Put({name: "before"})
    changed = copy.deepcopy(function)
    changed.body[place + 1 : -1] = [put.visit(later) for later in changed.body[place + 1 : -1]]
    yield changed
    last = function.body[-1]
    items = list(_items(last.value)) if isinstance(last, ast.Return) and last.value is not None else []
    for number in range(len(items)):
        changed = copy.deepcopy(function)
        item, put_item = list(_items(changed.body[-1].value))[number]  # type: ignore[attr-defined]
        put_item(put.visit(item))
        yield changed


def _renewed(function: ast.FunctionDef, context: Context) -> Iterator[tuple[str, str]]:
    """Names of new values, each with the argument, or the part of one, that it is the new value of."""
    arguments = {argument.arg for argument in function.args.args}
    groups = (*context.alike, *context.dicts)
    for step in function.body:
        for new in given(step):
            for group in groups:
                if new in group and new not in arguments:
                    olds = [old for old in group if old.split("[")[0] in arguments and _is_renewal(step, old, context)]
                    yield from ((new, old) for old in olds)


def _is_renewal(step: ast.stmt, old: str, context: Context) -> bool:
    """Whether a value is a sum with the old one as a term, scaled or not, or what a function makes of the old one."""
    value: ast.expr = step.value  # type: ignore[attr-defined]
    if isinstance(value, ast.DictComp):
        key = f"[{ast.unparse(value.key)}]"
        value, old = value.value, old + key
    if isinstance(value, ast.Call) and name_of(value) in context.functions:
        return old in map(ast.unparse, value.args)
    if not (isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub))):
        return False
    return old in [ast.unparse(factor) for term in (value.left, value.right) for factor in factors(term)]


def _items(value: ast.expr) -> Iterator[tuple[ast.expr, _Putting]]:
    """Items of a tuple or dict that is returned, however deep, each with what puts another in its place."""
    found = value.elts if isinstance(value, ast.Tuple) else value.values if isinstance(value, ast.Dict) else []
    for place, item in enumerate(found):
        if isinstance(item, (ast.Tuple, ast.Dict)):
            yield from _items(item)
        else:
            yield item, partial(found.__setitem__, place)


def corrected_values_kept(function: ast.FunctionDef, context: Context) -> Found:
    """What is computed from new values, twice alike, returned in their place: corrected averages, as the new state."""
    last = function.body[-1]
    forms: dict[str, dict[str, str]] = {}
    for step in function.body[:-1]:
        for made in given(step):
            names = [node.id for node in ast.walk(step.value) if isinstance(node, ast.Name)]  # type: ignore[attr-defined]
            for name in names:
                if name in context.others(made) and name not in {one.arg for one in function.args.args}:
                    forms.setdefault(form_of(step), {})[name] = made
    for texts in forms.values():
        if isinstance(last, ast.Return) and len(texts) > 1:
            changed = copy.deepcopy(function)
            changed.body[-1] = Put(texts).visit(changed.body[-1])  # type: ignore[assignment]
            yield Rewritten(last.lineno, ", ".join(texts), ", ".join(texts.values()), changed)


def confused_dicts(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A dict for one of the same form, as an argument."""
    for index, argument in enumerate(node.args):
        text = ast.unparse(argument)
        for group in context.dicts:
            for other in group if text in group else ():
                if other != text:
                    changed = copy.deepcopy(node)
                    changed.args[index] = parsed(other)
                    yield changed


def own_sources(function: ast.FunctionDef, context: Context) -> Found:
    """What is computed of one array and used with another, such as a mean, computed of that other itself."""
    arguments = [argument.arg for argument in function.args.args]
    made = {name: step for step in function.body for name in given(step)}
    for one in arguments:
        own = {name: step.value for name, step in made.items() if loaded(step) & {*arguments, *made} == {one}}  # type: ignore[attr-defined]
        for two in arguments:
            texts = {name: ast.unparse(Put({one: two}).visit(copy.deepcopy(value))) for name, value in own.items()}
            changed = copy.deepcopy(function)
            put = _With(two, Put(texts))
            changed.body = [put.visit(step) for step in changed.body]
            if one != two and put.found:
                yield Rewritten(function.lineno, ", ".join(texts), ", ".join(texts.values()), changed)


class _With(ast.NodeTransformer):
    """Puts expressions in place of others in every operation that has to do with an array."""

    def __init__(self, name: str, put: Put) -> None:
        self._name, self._put, self.found = name, put, False

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        before = ast.unparse(node)
        if self._name in loaded(node):
            found = self._put.visit(node)
            self.found = self.found or ast.unparse(found) != before
            return found
        return self.generic_visit(node)
