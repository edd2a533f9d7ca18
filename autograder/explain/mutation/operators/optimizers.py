"""Makers of mistakes in optimizers and their state: look-ahead, old and new values, numbers that were given."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import Put, factors, name_of, number_of, product
from autograder.explain.mutation.operators.steps import loaded
from autograder.explain.mutation.operators.twins import form_of

Found = Iterator[Rewritten]
# what students write where a rate, a decay or a weight was given
_USUAL = (0.1, 0.01, 0.001, 0.5, 0.9, 0.99, 0.999)
_SEEDS = (0, 42)


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
    for place, step in enumerate(_statements(function)):
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
        for step in _statements(changed)[one.place + 1 :]:
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


def swapped_scalars(function: ast.FunctionDef, context: Context) -> Found:
    """Two numbers that were given, each in the place of the other."""
    read = {ast.unparse(node) for node in ast.walk(function) if isinstance(node, (ast.Name, ast.Attribute))}
    for one, two in combinations([name for name in context.scalars if name in read], 2):
        changed = copy.deepcopy(function)
        put = Put({one: two, two: one})
        changed.body = [put.visit(step) for step in changed.body]  # type: ignore[misc]
        yield Rewritten(function.lineno, f"{one}, {two}", f"{two}, {one}", changed)


def misplaced_factors(function: ast.FunctionDef, context: Context) -> Found:
    """A factor of one term of a sum at the other, where the first has a name of its own."""
    steps = _statements(function)
    for place, step in enumerate(steps):
        for name in _given(step):
            terms = factors(step.value)  # type: ignore[attr-defined]
            scale = next((ast.unparse(term) for term in terms if ast.unparse(term) in context.scalars), "")
            if not scale or len(terms) < 2:
                continue
            changed = copy.deepcopy(function)
            own = _statements(changed)
            own[place].value = product([term for term in terms if ast.unparse(term) != scale])  # type: ignore[attr-defined]
            moved = _Scaled(name, scale)
            for later in own[place + 1 :]:
                moved.visit(later)
            if moved.found:
                yield Rewritten(step.lineno, scale, f"{scale} at the other term", changed)


class _Scaled(ast.NodeTransformer):
    """Scales what is added to a name."""

    def __init__(self, name: str, scale: str) -> None:
        self._name, self._scale, self.found = name, ast.parse(scale, mode="eval").body, False

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if isinstance(node.op, ast.Add):
            for side, other in (("left", "right"), ("right", "left")):
                if ast.unparse(getattr(node, side)) == self._name:
                    setattr(node, other, ast.BinOp(self._scale, ast.Mult(), getattr(node, other)))
                    self.found = True
                    return node
        return self.generic_visit(node)


def swapped_in_twins(function: ast.FunctionDef, context: Context) -> Found:
    """The same in two statements alone that differ in them: each has the other one's number."""
    for one, two in combinations(_statements(function), 2):
        if form_of(one) != form_of(two) or one.lineno == two.lineno:
            continue
        first, second = ([name for name in context.scalars if name in _texts(step)] for step in (one, two))
        texts = dict(zip([*first, *second], [*second, *first], strict=False))
        if len(first) == len(second) == 1 and first != second:
            changed = copy.deepcopy(function)
            for step in _statements(changed):
                if step.lineno in (one.lineno, two.lineno):
                    Put(texts).visit(step)
            yield Rewritten(one.lineno, ", ".join(texts), ", ".join(texts.values()), changed)


def _texts(node: ast.AST) -> set[str]:
    return {ast.unparse(inner) for inner in ast.walk(node) if isinstance(inner, (ast.Name, ast.Attribute))}


def penalised_sums(node: ast.BinOp, context: Context) -> Iterator[ast.AST]:
    """A penalty on the square of one more argument: `rate * np.sum(w ** 2)`."""
    terms = factors(node)
    if not (isinstance(node.op, ast.Mult) and _texts(node) & set(context.scalars)):
        return
    for place, term in enumerate(terms):
        power = term.args[0] if isinstance(term, ast.Call) and term.args else None
        is_square = isinstance(power, ast.BinOp) and isinstance(power.op, ast.Pow) and number_of(power.right) == 2
        if name_of(term).removeprefix("reduce_") == "sum" and is_square:
            base = ast.unparse(power.left)  # type: ignore[union-attr]
            for other in context.arrays:
                if other not in _texts(power):  # type: ignore[arg-type]
                    added = Put({base: other}).visit(copy.deepcopy(term))
                    yield product([*terms[:place], ast.BinOp(term, ast.Add(), added), *terms[place + 1 :]])


def confused_scalars(node: ast.expr, context: Context) -> Iterator[ast.AST]:
    """A number that was given in the place of another one."""
    text = ast.unparse(node)
    if text in context.scalars and not isinstance(getattr(node, "ctx", None), ast.Store):
        yield from (ast.parse(other, mode="eval").body for other in context.scalars if other != text)


def unused_scalars(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A call that is given 0 for a number that was given, such as the weight of a penalty."""
    for index, argument in enumerate(node.args):
        if ast.unparse(argument) in context.scalars:
            yield ast.Call(node.func, [*node.args[:index], ast.Constant(0), *node.args[index + 1 :]], node.keywords)


def own_sources(function: ast.FunctionDef, context: Context) -> Found:
    """What is computed of one array and used with another, such as a mean, computed of that other itself."""
    arguments = [argument.arg for argument in function.args.args]
    made = {name: step for step in function.body for name in _given(step)}
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


def hard_coded_scalars(function: ast.FunctionDef, context: Context) -> Found:
    """A usual number where the one that was given belongs."""
    for name in context.scalars:
        if name.isidentifier():
            for number in _USUAL:
                changed = copy.deepcopy(function)
                changed.body.insert(0, ast.parse(f"{name} = {number}").body[0])
                yield Rewritten(function.lineno, name, f"{number}", changed)


def own_generators(function: ast.FunctionDef, context: Context) -> Found:
    """A generator of its own in the place of the one that was given."""
    for name in context.of_kind("generator") if context.library == "np" else ():
        for seed in _SEEDS:
            changed = copy.deepcopy(function)
            changed.body.insert(0, ast.parse(f"{name} = np.random.default_rng({seed})").body[0])
            yield Rewritten(function.lineno, name, f"np.random.default_rng({seed})", changed)


def unstored(function: ast.FunctionDef, context: Context) -> Found:
    """What an object should remember computed, used, and not put back."""
    for place, step in enumerate(_statements(function)):
        target = step.targets[0] if isinstance(step, ast.Assign) else None
        text = ast.unparse(target) if target is not None else ""
        if text.startswith("self.") and any(ast.unparse(node) == text for node in ast.walk(step.value)):  # type: ignore[attr-defined]
            changed = copy.deepcopy(function)
            steps = _statements(changed)
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
                put(ast.parse(whole[ast.unparse(item)], mode="eval").body)
        yield Rewritten(last.lineno, ast.unparse(last), ast.unparse(changed.body[-1]), changed)
    for new, old in pairs:
        changed = copy.deepcopy(function)
        place = next(place for place, step in enumerate(function.body) if new in _given(step))
        for later in changed.body[place + 1 :]:
            if not isinstance(later, ast.Return):
                Put({new: old}).visit(later)
        yield Rewritten(function.body[place].lineno, new, f"{old} in what follows", changed)


def old_values_of_one_name(function: ast.FunctionDef, context: Context) -> Found:
    """The same where the new value has the name of the old one: `v = mu * v + g`."""
    arguments = {argument.arg for argument in function.args.args}
    for place, step in enumerate(function.body[:-1]):
        for name in _given(step):
            if name not in arguments or name not in {ast.unparse(node) for node in ast.walk(step.value)}:  # type: ignore[attr-defined]
                continue
            last = len(function.body) - 1
            places = [*range(place + 1, last), *([last] if isinstance(function.body[-1], ast.Return) else [])]
            for chosen in (places, places[:-1], places[-1:]):
                changed = copy.deepcopy(function)
                put = Put({name: "before"})
                for where in chosen:
                    changed.body[where] = put.visit(changed.body[where])  # type: ignore[call-overload]
                changed.body.insert(place, ast.parse(f"before = {name}").body[0])
                if chosen:
                    yield Rewritten(step.lineno, name, f"{name} from before", changed)


def _renewed(function: ast.FunctionDef, context: Context) -> Iterator[tuple[str, str]]:
    """Names of new values, each with the argument, or the part of one, that it is the new value of."""
    arguments = {argument.arg for argument in function.args.args}
    groups = (*context.alike, *context.dicts)
    for step in function.body:
        for new in _given(step):
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


def _given(step: ast.stmt) -> list[str]:
    """The name that a statement gives a value to."""
    single = isinstance(step, ast.Assign) and len(step.targets) == 1 and isinstance(step.targets[0], ast.Name)
    return [step.targets[0].id] if single else []  # type: ignore[attr-defined]


def _items(value: ast.expr) -> Iterator[tuple[ast.expr, object]]:
    """Items of a tuple or dict that is returned, however deep, each with what puts another in its place."""
    found = value.elts if isinstance(value, ast.Tuple) else value.values if isinstance(value, ast.Dict) else []
    for place, item in enumerate(found):
        if isinstance(item, (ast.Tuple, ast.Dict)):
            yield from _items(item)
        else:
            yield item, lambda new, place=place: found.__setitem__(place, new)


def corrected_values_kept(function: ast.FunctionDef, context: Context) -> Found:
    """What is computed from new values, twice alike, returned in their place: corrected averages, as the new state."""
    last = function.body[-1]
    forms: dict[str, dict[str, str]] = {}
    for step in function.body[:-1]:
        for made in _given(step):
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
                    changed.args[index] = ast.parse(other, mode="eval").body
                    yield changed


def penalised_throughout(function: ast.FunctionDef, context: Context) -> Found:
    """A penalty on all parameters where only some have one."""
    for scalar in context.scalars:
        changed = copy.deepcopy(function)
        added = []
        entries = [entry for entry in _named(changed)]
        penalised = [value for _, value, _ in entries if _is_penalised(value, scalar)]
        for key, value, put in entries if penalised else ():
            parameter = _parameter(key, context, function)
            if parameter and not isinstance(value, ast.Name) and scalar not in {ast.unparse(node) for node in ast.walk(value)}:
                put(ast.parse(f"({ast.unparse(value)}) + {scalar} * {parameter}", mode="eval").body)
                added.append(parameter)
        if added:
            yield Rewritten(function.lineno, "", ", ".join(f"{scalar} * {name}" for name in added), changed)


def _is_penalised(value: ast.expr, scalar: str) -> bool:
    sums = [node for node in ast.walk(value) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)]
    return any(scalar in {ast.unparse(inner) for inner in ast.walk(node.right)} for node in sums)


def _named(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr, object]]:
    """Entries of dicts with their keys, and values with their names."""
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            for place, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value, lambda new, node=node, place=place: node.values.__setitem__(place, new)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value, lambda new, node=node: setattr(node, "value", new)


def _parameter(key: str, context: Context, function: ast.FunctionDef) -> str:
    """The parameter that a derivative of this name is of: `b1` for `db1`, `params['b1']` for `b1`."""
    arguments = [argument.arg for argument in function.args.args]
    known = [*arguments, *(name for group in context.alike for name in group if name.split("[")[0] in arguments)]
    for name in known:
        own = name.split("['")[-1].rstrip("']")
        if own and key in (own, f"d{own}", f"d_{own}", f"grad_{own}"):
            return name
    return ""


def _statements(function: ast.FunctionDef) -> list[ast.stmt]:
    """All statements, those of loops and branches included, in the order of their lines."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
    simple = [node for node in found if not hasattr(node, "body")]
    return sorted(simple, key=lambda node: node.lineno)


def corrected(node: ast.BinOp, context: Context) -> Iterator[ast.AST]:
    """The bias of an average left as it is: `m / (1 - beta ** t)`."""
    if isinstance(node.op, ast.Div) and _is_correction(node.right, context):
        yield node.left


def other_exponents(node: ast.BinOp, context: Context) -> Iterator[ast.AST]:
    """A bias corrected with another number of steps, or with none."""
    if _is_correction(node, context):
        base, count = ast.unparse(node.right.left), ast.unparse(node.right.right)  # type: ignore[attr-defined]
        for text in (f"{base} ** ({count} - 1)", f"{base} ** ({count} + 1)", base, f"{base} * {count}"):
            yield ast.parse(f"1 - {text}", mode="eval").body


def _is_correction(node: ast.expr, context: Context) -> bool:
    is_difference = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and number_of(node.left) == 1
    power = node.right if is_difference else None  # type: ignore[attr-defined]
    is_power = isinstance(power, ast.BinOp) and isinstance(power.op, ast.Pow)
    return is_power and ast.unparse(power.left) in context.scalars  # type: ignore[union-attr]


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
            steps = _statements(changed)
            moved = _Moved(one.new, rate, inside)
            for later in steps[one.place + 1 :]:
                moved.visit(later)
            mean = f"{mu} * {one.old} + (1 - {mu}) * {gradient}"
            after = mean if words == "mean" else f"{mu} * {one.old} + {gradient}" if inside else ""
            formula = ast.parse(after or f"{mu} * {one.old} - {rate} * {gradient}", mode="eval").body
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
            return ast.BinOp(node.left, ast.Sub() if self._inside else ast.Add(), ast.parse(after, mode="eval").body)
        return node
