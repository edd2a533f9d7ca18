"""What part each value plays in a solution, found by running it: what can be confused, what counts, what is updated.

No name is known here. Two values can be confused when they have one shape and dtype in every call; a whole number is a
count when it is an axis of an argument in every call; an argument is a parameter when the function returns something of
its form.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.explain.mutation.operators import Alike

# run after the solution in the same module: notes local values whenever a function, or a method, returns
TRACER = """
def _observe_shapes():
    import sys

    seen = {}
    own = {}
    for name, value in list(globals().items()):
        if type(value).__name__ == "function":
            own[value.__code__] = name
        elif isinstance(value, type) and value.__module__ == __name__:
            for method, inner in vars(value).items():
                if type(inner).__name__ == "function":
                    own[inner.__code__] = f"{name}.{method}"

    def told(value):
        if type(value) in (int, float):
            return f"{type(value).__name__} {value}"
        for method, kind in (("apply_gradients", "optimizer"), ("permutation", "generator"), ("split", "generator")):
            if hasattr(value, method) and not hasattr(value, "dtype") and type(value).__name__ not in ("str", "module"):
                return kind
        if type(value) is dict and value and all(hasattr(item, "assign_sub") for item in value.values()):
            return "variables"
        if type(value) is dict and value and len(value) < 20:
            items = {str(key): told(item) for key, item in value.items()}
            return f"dict {items}" if all(items.values()) else None
        shape = getattr(value, "shape", None)
        if shape is None or type(value).__name__ == "module":
            return None
        try:
            return f"{tuple(shape)} {value.dtype!s}"
        except Exception:
            return None

    def put(found, name, value):
        text = told(value)
        if text:
            found[name] = text
        items = value.items() if type(value) is dict else vars(value).items() if name == "self" else ()
        for key, item in list(items)[:200]:
            if told(item) and not (name == "self" and str(key).startswith("_")):
                found[f"self.{key}" if name == "self" else f"{name}[{key!r}]"] = told(item)

    def note(frame, event, argument):
        name = own.get(frame.f_code)
        if event != "return" or name is None or len(seen.get(name, ())) >= 40:
            return
        found = {}
        for local, value in frame.f_locals.items():
            put(found, local, value)
        put(found, "return", argument)
        seen.setdefault(name, []).append(found)

    sys.setprofile(note)
    return seen


_SHAPES = _observe_shapes()


def _shapes_seen():
    return dict(_SHAPES)
"""

Seen = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Roles:
    """What the values of one function are.

    Attributes:
        alike: Groups of values that can be confused.
        counts: Whole numbers that are an axis of an argument, with all axes that they are: `(expression, axis)`.
        scalars: Arguments, and attributes of `self`, that are one number.
        sizes: What can be counted of the arguments, whole numbers included, and the number in every call.
        dicts: Groups of dicts of one form, those inside of dicts included, that can be confused.
        kinds: Objects among the arguments: `optimizer`, `variables`, `generator`.
        is_gradient: Whether it returns something of the form of one of its arguments.
        is_number: Whether it makes one number.
        is_loss: Whether it makes one number of two arrays with the same rows.
        arrays: Arguments that are arrays.
        like_result: Values of the shape and dtype of what it returns.
    """

    alike: Alike = ()
    counts: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    scalars: tuple[str, ...] = ()
    sizes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    dicts: Alike = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    is_gradient: bool = False
    is_number: bool = False
    is_loss: bool = False
    arrays: tuple[str, ...] = ()
    like_result: tuple[str, ...] = ()


def roles_of(seen: Seen, solution: str) -> dict[str, Roles]:
    """The roles of the values of every function and method that was called.

    Example:

    >>> text = "def slope(X, w):\\n    M, n = X.shape\\n    Z = X @ w\\n    return Z.T @ X / M"
    >>> call = {"X": "(7, 4)", "w": "(4, 4)", "Z": "(7, 4)", "M": "int 7", "n": "int 4", "return": "(4, 4)"}
    >>> found = roles_of({"slope": [call]}, text)["slope"]
    >>> found.alike, found.counts["M"], found.is_gradient
    ((('X', 'Z'),), (('X', 0),), True)
    """
    arguments = {name: [one.arg for one in node.args.args] for name, node in functions_of(ast.parse(solution)).items()}
    return {name: _roles(calls, arguments[name]) for name, calls in seen.items() if name in arguments and calls}


def functions_of(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    """Functions of a module, and methods of its classes as `Class.method`."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}": one for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


def _roles(calls: list[dict[str, str]], arguments: list[str]) -> Roles:
    always = {name: tuple(call.get(name, "") for call in calls) for name in calls[0]}
    always = {name: texts for name, texts in always.items() if all(texts)}
    of_arguments = {name: texts for name, texts in always.items() if re.split(r"[\[.]", name)[0] in arguments}
    arrays = {name: texts for name, texts in always.items() if all(text.startswith("(") for text in texts)}
    shapes = {name: [_shape(text) for text in texts] for name, texts in arrays.items()}
    trees = {name: texts for name, texts in always.items() if all(text.startswith("dict ") for text in texts)}
    given = {name: found for name, found in shapes.items() if name in of_arguments}
    numbers = {
        name: [text[4:] for text in texts]
        for name, texts in always.items()
        if all(text.startswith("int ") for text in texts)
    }
    counts = {name: _axes([int(value) for value in values], given) for name, values in numbers.items()}
    partners = [name[6:] for name in shapes if name.startswith("return")]
    rows = [found for name, found in given.items() if name in arguments]
    is_number = all(text.startswith(("float", "()")) for text in always.get("return", ("",)))
    return Roles(
        alike=_alike(arrays),
        dicts=_alike(
            {name: tuple(re.sub(r"int -?\d+", "int", text) for text in texts) for name, texts in trees.items()}
        ),
        sizes=_sizes(calls, given) | {name: tuple(map(int, values)) for name, values in numbers.items()},
        counts={name: axes for name, axes in counts.items() if axes and name not in arguments},
        scalars=tuple(
            name
            for name in (*arguments, *(name for name in always if re.fullmatch(r"self\.\w+", name)))
            if always.get(name, ("",))[0].startswith("float ")
        ),
        kinds={name: always[name][0] for name in arguments if name in always and always[name][0].isalpha()},
        is_gradient=len(arguments) > 1
        and any(shapes[f"return{key}"] == given.get(f"{name}{key}") for name in arguments for key in partners),
        is_number=is_number,
        is_loss=len(arguments) == 2
        and len(rows) == 2
        and all(one and two and one[0] == two[0] for one, two in zip(*rows, strict=True))
        and is_number,
        arrays=tuple(name for name in arguments if name in arrays),
        like_result=tuple(name for name in arrays if name != "return" and always[name] == always.get("return")),
    )


def _alike(found: Mapping[str, tuple[str, ...]]) -> Alike:
    """Groups of values that have one form in every call; what is returned has no name to be confused."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, texts in found.items():
        if not re.match(r"return\b", name):
            groups.setdefault(texts, []).append(name)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _sizes(calls: list[dict[str, str]], given: Mapping[str, list[tuple[int, ...]]]) -> dict[str, tuple[int, ...]]:
    """What can be counted of the arguments, and the number in every call."""
    found: dict[str, tuple[int, ...]] = {}
    for name, shapes in given.items():
        if len({len(shape) for shape in shapes}) == 1:
            for axis in range(len(shapes[0])):
                found[f"{name}.shape[{axis}]"] = tuple(shape[axis] for shape in shapes)
            if "[" not in name:
                found[f"{name}.size"] = tuple(math.prod(shape) for shape in shapes)
    for name in {name.split("[")[0] for name in given if "[" in name}:
        found[f"len({name})"] = tuple(sum(key.startswith(f"{name}[") for key in call) for call in calls)
    return found


def _shape(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text[: text.index(")")]))


def _axes(values: list[int], given: dict[str, list[tuple[int, ...]]]) -> tuple[tuple[str, int], ...]:
    """Axes of arguments that a number is in every call."""
    return tuple(
        (name, axis)
        for name, shapes in given.items()
        for axis in range(min(map(len, shapes)))
        if all(shape[axis] == value for shape, value in zip(shapes, values, strict=True))
    )


def callers(solution: str) -> dict[str, set[str]]:
    """For each function and class, those that reach it: itself, and who uses it directly or through others.

    Example:

    >>> callers("def f(): pass" + chr(10) + "def g(): f()")["f"] == {"f", "g"}
    True
    """
    owners = {node.name: node for node in ast.parse(solution).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    uses = {
        name: {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)} & owners.keys()
        for name, node in owners.items()
    }
    found = {name: {name} for name in owners}
    changed = True
    while changed:
        changed = False
        for name in owners:
            more = {user for user in owners if uses[user] & found[name]} - found[name]
            if more:
                found[name] |= more
                changed = True
    return found


def written_by_students(solution: str) -> list[tuple[int, int]]:
    """First and last lines of what students write; everything where nothing is marked."""
    lines = solution.splitlines()
    begins = [number for number, line in enumerate(lines, 1) if "# BEGIN SOLUTION" in line]
    ends = [number for number, line in enumerate(lines, 1) if "# END SOLUTION" in line]
    return list(zip(begins, ends, strict=False)) or [(1, len(lines))]


def rows_of(solution: str, roles: Mapping[str, Roles]) -> dict[str, tuple[int, int]]:
    """For functions that divide by a count: the argument, and its axis, that it is the length of."""
    found: dict[str, tuple[int, int]] = {}
    for name, function in functions_of(ast.parse(solution)).items():
        places = {one.arg: place for place, one in enumerate(function.args.args)}
        divisions = [
            node for node in ast.walk(function) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        ]
        for text in map(ast.unparse, (node.right for node in divisions)):
            direct = re.fullmatch(r"len\((\w+)\)|(\w+)\.shape\[(\d)\]", text)
            known = roles[name].counts.get(text, ()) if name in roles else ()
            axes = [(direct[1] or direct[2], int(direct[3] or 0))] if direct else list(known)
            for argument, axis in axes:
                if argument in places:
                    found.setdefault(name, (places[argument], axis))
    return found
