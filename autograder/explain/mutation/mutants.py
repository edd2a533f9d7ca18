"""Mutants: copies of a solution's functions with one mistake each, made from its syntax tree."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from autograder.explain.mutation.operators import TABLE, Context, Operator
from autograder.explain.mutation.operators.patterns import ACTIVATIONS, is_weighted, name_of, written_out
from autograder.explain.mutation.operators.twins import Twins, twins_of
from autograder.explain.mutation.roles import Roles, functions_of, rows_of, written_by_students
from autograder.fingerprint import fingerprint

# 48 bits: among ten thousand mistakes two are taken for one in a case of five million
_DIGITS_OF_A_PRINT = 12


@dataclass(frozen=True)
class Mutant:
    """One mistake.

    Attributes:
        code: The kind, one of `facts.kinds.CODES`.
        function: The function that it is in, or `Class.method`.
        line: Line of the solution that differs.
        before: The expression, or the statement, as the solution has it.
        after: The same with the mistake; empty when a statement is left out.
        source: The whole function, or class, with the mistake, to be run after the solution; "" of one that travels
            without the solution.
        told: Of one that travels: the part of the mistake that a student may read, as `yours` gives it.
        print: Of one that travels: its fingerprint.
    """

    code: str
    function: str
    line: int
    before: str
    after: str
    source: str
    told: str = ""
    print: str = ""

    @cached_property
    def key(self) -> tuple[str, str]:
        """Which mistake it is, whether its text is here or not."""
        return self.function, self.print or fingerprint(self.source)[:_DIGITS_OF_A_PRINT]

    @property
    def yours(self) -> str:
        """The part of the wrong expression that a student may read: an expression, or its one new name; else ""."""
        found = different(self.before, self.after) if self.source else self.told
        if _is_expression(found):
            return found
        new = {word for word in words_of(found) if word.isidentifier() and _is_expression(word)}
        # of `cache['Z1']` the key is the name
        new -= {*words_of(self.before), *re.findall(r"(\w+)\[['\"]", found)}
        return new.pop() if len(new) == 1 else ""

    @property
    def owner(self) -> str:
        """The name that its source defines."""
        return self.function.split(".")[0]

    @property
    def author_text(self) -> str:
        """Where it is and what it does, for the author of the assignment."""
        return f"{self.function}, line {self.line}: {self.before} → {self.after or 'left out'}"


def with_change(solution: str, source: str) -> str:
    """A solution with a function, or a class, in another form; the solution itself where there is none."""
    return f"{solution}\n\n{source}\n" if source else solution


def different(before: str, after: str) -> str:
    """The part of a wrong expression that the right one does not share: no more of the answer than that.

    Example:

    >>> different("D @ W.T * H * (1 - H)", "D @ W.T * Z * (1 - H)")
    'Z'
    """
    tokens, right = (re.findall(r"\w+|\W", text) for text in (after, before))
    start = 0
    while start < min(len(tokens), len(right)) and tokens[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(tokens), len(right)) - start and tokens[-1 - end] == right[-1 - end]:
        end += 1
    return "".join(tokens[start : len(tokens) - end]).strip()


def words_of(text: str) -> list[str]:
    """Names, numbers and signs of a text, one by one."""
    return re.findall(r"\w+|[^\w\s]", text)


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


Told = Callable[[Operator, Exception], None]


def mutants_of(
    solution: str,
    functions: Iterable[str],
    roles: Mapping[str, Roles] | None = None,
    operators: tuple[Operator, ...] = (),
    broken: Told | None = None,
) -> list[Mutant]:
    """All first-order mutants of some functions of a solution, in the order of their lines; no two alike.

    Example:

    >>> for mutant in mutants_of("def mean(x, M):\\n    return x.sum() / len(x)", ["mean"])[:2]:
    ...     print(mutant.code, "|", mutant.author_text)
    missing-mean | mean, line 2: x.sum() / len(x) → x.sum()
    mean-over-outputs | mean, line 2: x.sum() → x.mean()
    """
    tree = ast.parse(solution)
    owners = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    known = roles or {}
    parts, rows = written_by_students(solution), rows_of(solution, known)
    found: dict[str, Mutant] = {}
    for name, function in functions_of(tree).items():
        owner = owners.get(name.split(".")[0])
        # of a function that is defined twice, the last one counts
        if owner is None or owner.name not in set(functions) or (owner is not function and "." not in name):
            continue
        if not any(first <= (function.end_lineno or 0) and function.lineno <= last for first, last in parts):
            continue
        context = context_of(function, tree, known, known.get(name, Roles()), rows.get(name))
        for mutant in _of_function(function, name, context, (*operators, *TABLE), broken):
            if isinstance(owner, ast.ClassDef):
                mutant = replace(mutant, source=_class_with(owner, function, mutant.source))
            found.setdefault(mutant.source, mutant)
    return list(found.values())


def is_made(operator: Operator, solution: str) -> bool:
    """Whether the mistake of a pattern can be made anywhere in a solution.

    Example:

    >>> halves = Operator("half", "It is halved.", "sum(a)", "sum(a) / 2")
    >>> is_made(halves, "def f(x):\\n    return sum(x)"), is_made(halves, "def f(x):\\n    return max(x)")
    (True, False)
    """
    tree = ast.parse(solution)
    found = functions_of(tree).items()
    contexts = ((name, function, context_of(function, tree, {}, Roles(), None)) for name, function in found)
    return any(any(_of_function(function, name, context, (operator,), None)) for name, function, context in contexts)


def context_of(
    function: ast.FunctionDef, tree: ast.Module, known: Mapping[str, Roles], roles: Roles, rows: tuple[int, int] | None
) -> Context:
    """What operators are told of a function."""
    text = ast.unparse(function)
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    imports = [alias for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)) for alias in node.names]
    has_tensors = any(alias.name == "tensorflow" for alias in imports)
    others = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name != function.name]
    context = Context(
        alike=roles.alike,
        library="tf" if "tf." in text or (has_tensors and "np." not in text) else "np",
        modules=("np", "tf", *((alias.asname or alias.name).split(".")[0] for alias in imports)),
        scalars=roles.scalars,
        sizes=roles.sizes,
        weighted=_weighted(function, nodes),
        dicts=roles.dicts,
        helpers=tuple(one.name for one in others if len(one.args.args) == 1 and not one.args.kwonlyargs),
        functions=tuple(one.name for one in others),
        gradients=tuple(name for name, one in known.items() if one.is_gradient),
        kinds=dict(roles.kinds),
        arrays=roles.arrays,
        like_result=roles.like_result,
        is_number=roles.is_number,
        measures=("series" if rows and rows[1] else "rows") if roles.is_loss else "",
        results=frozenset(id(node) for node in _results(nodes)),
    )
    context = replace(context, counts=(*dict.fromkeys([*roles.counts, *_counts(nodes, context)]),))
    context = replace(context, activated=tuple(_activated(nodes, context)))
    divisions = [node for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    divisors = [ast.unparse(node.right) for node in divisions]
    return replace(context, divisors=tuple(dict.fromkeys(text for text in divisors if context.is_count(text))))


def _weighted(function: ast.FunctionDef, nodes: list[ast.AST]) -> tuple[str, ...]:
    """Names that hold a weighted sum; the argument of a function of one array may be one."""
    own = [argument.arg for argument in function.args.args if argument.arg != "self"]
    found = own if len(own) == 1 else []
    for node in nodes:
        if (
            isinstance(node, ast.Assign)
            and is_weighted(ast.unparse(node.value))
            and isinstance(node.targets[0], ast.Name)
        ):
            found.append(node.targets[0].id)
    return tuple(found)


def _activated(nodes: list[ast.AST], context: Context) -> Iterator[str]:
    """Names that hold what an activation gives."""
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            is_call = isinstance(node.value, ast.Call) and name_of(node.value) in (*ACTIVATIONS, *context.helpers)
            if is_call or written_out(node.value, context):
                yield node.targets[0].id


def _counts(nodes: list[ast.AST], context: Context) -> Iterator[str]:
    """Names that are given a number of rows, or to which one is added."""
    known: set[str] = set()
    for node in nodes:
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            text = ast.unparse(node.value)
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and (context.is_count(text) or text in known):
                known.add(target.id)
                yield target.id


def _of_function(
    function: ast.FunctionDef, name: str, context: Context, operators: tuple[Operator, ...], broken: Told | None
) -> Iterator[Mutant]:
    # a context knows nodes of this very tree, so nothing is copied before it is changed
    if ast.get_docstring(function) is not None:
        function.body = function.body[1:] or [ast.Pass()]
    text = ast.unparse(function)
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    twins = twins_of(nodes)
    for operator in operators:
        try:
            found = list(_by_operator(operator, function, name, nodes, context, twins))
        except Exception as error:
            if broken is None or operator in TABLE:
                raise
            broken(operator, error)
            continue
        yield from (mutant for mutant in found if mutant.source != text)


def _by_operator(
    operator: Operator,
    function: ast.FunctionDef,
    name: str,
    nodes: list[ast.AST],
    context: Context,
    twins: Twins = (),
) -> Iterator[Mutant]:
    changes: dict[int, list[ast.AST | None]] = {}
    for index, node in enumerate(nodes):
        found = list(operator.changes(node, context))
        if found:
            changes[index] = found
        for changed in found:
            yield from _mutant(operator, function, name, {index: changed})
    # the same mistake wherever something of the same form stands: in weights and biases, in both layers
    for group in twins if operator.made_alike else ():
        numbers = {len(changes.get(index, ())) for index in group}
        for choice in range(numbers.pop()) if len(numbers) == 1 else ():
            yield from _mutant(operator, function, name, {index: changes[index][choice] for index in group})
    for one in operator.rewritings(function, context):
        source = _source_of(one.function)
        if source:
            yield Mutant(operator.code, name, one.line, one.before, one.after, source)


def _mutant(
    operator: Operator, function: ast.FunctionDef, name: str, changes: dict[int, ast.AST | None]
) -> Iterator[Mutant]:
    source, before, after = _changed(function, changes)
    line = min(getattr(node, "lineno", function.lineno) for node in before)
    if source:
        texts = [[ast.unparse(node) for node in found] for found in (before, after)]
        yield Mutant(operator.code, name, line, "; ".join(texts[0]), "; ".join(texts[1]), source)


def _results(nodes: list[ast.AST]) -> Iterator[ast.AST]:
    """What is assigned, returned, or put into a dict that is returned or assigned."""
    for node in nodes:
        value = node.value if isinstance(node, (ast.Assign, ast.AugAssign, ast.Return)) else None
        if isinstance(value, ast.Dict):
            yield from value.values
        elif isinstance(value, ast.Tuple):
            yield from value.elts
        elif value is not None:
            yield value


def _changed(
    function: ast.FunctionDef, changes: Mapping[int, ast.AST | None]
) -> tuple[str, list[ast.AST], list[ast.AST]]:
    """The function with other nodes in the place of some, "" where Python allows none there; both sorts of nodes."""
    copied = copy.deepcopy(function)
    nodes = [inner for statement in copied.body for inner in ast.walk(statement)]
    before = [nodes[index] for index in changes]
    after = [ast.fix_missing_locations(copy.deepcopy(node)) for node in changes.values() if node is not None]
    replacer = _Replacer({id(nodes[index]): node for index, node in changes.items()})
    body = [replacer.visit(statement) for statement in copied.body]
    copied.body = [statement for statement in body if isinstance(statement, ast.stmt)]
    return _source_of(copied), before, after


def _source_of(function: ast.FunctionDef) -> str:
    """A changed function as text; "" where Python allows none, such as a keyword that is given twice."""
    for node in ast.walk(function):
        if isinstance(node, (ast.For, ast.While, ast.With, ast.If, ast.FunctionDef)) and not node.body:
            node.body = [ast.Pass()]
    source = ast.unparse(ast.fix_missing_locations(function))
    try:
        ast.parse(source)
    except SyntaxError:
        return ""
    return source


def _class_with(owner: ast.ClassDef, function: ast.FunctionDef, source: str) -> str:
    """A class with a method in another form."""
    copied = copy.deepcopy(owner)
    place = owner.body.index(function)
    copied.body[place] = ast.parse(source).body[0]
    return ast.unparse(copied)


class _Replacer(ast.NodeTransformer):
    """Puts other nodes in the place of some, by their ids."""

    def __init__(self, replacements: dict[int, ast.AST | None]) -> None:
        self._replacements = replacements

    def visit(self, node: ast.AST) -> ast.AST | None:
        if id(node) in self._replacements:
            return self._replacements[id(node)]
        return self.generic_visit(node)
