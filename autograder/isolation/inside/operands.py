"""Why an operation on arrays could not be computed: its operands, each with its shape or its type.

Where an operand is an expression itself, its shape is worked out from the shapes in it, and nothing is computed again.
"""

from __future__ import annotations

import ast
import re
import types
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.isolation.inside.expressions import ABSENT, Expression, Scope, parsed
from autograder.isolation.inside.nothing import has_return
from autograder.wire import SUBMISSION

_ERRORS = {"ValueError", "TypeError", "InvalidArgumentError", "UFuncTypeError", "AxisError"}
_ERRORS |= {"_UFuncNoLoopError", "_UFuncBinaryResolutionError", "_UFuncInputCastingError"}
# functions of NumPy and TensorFlow that put arrays together, by their last name
_PRODUCTS = {"dot", "matmul"}
_ENTRYWISE = {"add", "subtract", "multiply", "divide", "true_divide", "maximum", "minimum", "squared_difference"}
_OTHERS = {"concatenate", "concat", "stack", "hstack", "vstack", "inner", "outer", "where", "power", "append"}
# those that leave a shape as it is
_ALIKE = {"exp", "log", "sqrt", "abs", "square", "tanh", "sigmoid", "relu", "negative", "softmax"}
_SHAPE = re.compile(r"[(\[](\d+(?:, ?\d+)*),?[)\]]")
_SPEAKS_OF_SHAPES = re.compile(r"shape|dimension|broadcast|aligned|size-incompatible", re.IGNORECASE)
_OTHER_DTYPE = "tensor but is a"
_MOST, _LONGEST = 3, 60
_OPERATORS = {"MatMul": ast.MatMult, "Add": ast.Add, "AddV2": ast.Add, "Sub": ast.Sub, "Mul": ast.Mult}


@dataclass(frozen=True)
class Form:
    """What an operand is.

    Attributes:
        type: `array`, or the name of its type.
        shape: The shape of an array.
        dtype: Its dtype.
        maker: The function that gave None in its place, or "".
    """

    type: str
    shape: tuple[int, ...] = ()
    dtype: str = ""
    maker: str = ""

    @property
    def is_array(self) -> bool:
        """Whether it is made of numbers: an array, a tensor, or one number."""
        return self.type in ("array", "int", "float", "bool")


@dataclass(frozen=True)
class Operation:
    """An operation that could not be computed.

    Attributes:
        text: Its text.
        operands: Texts and forms of what it was given.
        by_dtype: Whether dtypes do not go together, and not shapes.
    """

    text: str
    operands: Sequence[tuple[str, Form]]
    by_dtype: bool = False

    def record(self) -> dict[str, Any]:
        """The same, for the grader."""
        found = [
            [_short(text), {"type": form.type[:_LONGEST], "shape": list(form.shape), "dtype": form.dtype[:_LONGEST]}]
            for text, form in self.operands
        ]
        makers = [form.maker[:_LONGEST] for _, form in self.operands if form.maker]
        more = {"operands": found, "maker": "".join(makers[:1]), "by_dtype": self.by_dtype}
        return {"kind": "operation", "name": _short(self.text), **more}


def operation_of(error: BaseException, expression: Expression, scope: Scope) -> Operation | None:
    """The operation that raised, where its operands tell why; None otherwise."""
    node, text = expression.node, str(error)
    if type(error).__name__ not in _ERRORS:
        return None
    shown = expression.text_of(node)
    if isinstance(node, ast.AugAssign):
        parts: list[ast.AST] = [node.target, node.value]
    elif isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    elif isinstance(node, ast.Call):
        parts = _parts_of_call(node, scope)
    else:
        return None
    forms = [_form(part, scope) for part in parts]
    told = _shapes_in(text)
    if None in forms and len(told) == len(forms):
        forms = [form or Form("array", shape) for form, shape in zip(forms, told, strict=True)]
    known = [(expression.text_of(part), form) for part, form in zip(parts, forms, strict=True) if form is not None]
    if not 0 < len(known) == len(forms) <= _MOST or not _is_reason([form for _, form in known], node, text):
        return None
    return Operation(shown, known, _OTHER_DTYPE in text)


def operation_in_graph(line: str, text: str) -> Operation | None:
    """The operation on a line of a function that TensorFlow was compiling, by what its message says."""
    named = re.search(r"\{\{node (?:[\w/]*/)?([A-Za-z0-9]+?)(?:_\d+)?\}\}.*input shapes: (.*)", text)
    expression = parsed(line.strip().removeprefix("return ").rpartition(" = ")[2])
    if named is None or expression is None:
        return None
    shapes = _shapes_in(named[2])
    operator = _OPERATORS.get(named[1], ())
    found: list[tuple[ast.AST, list[ast.expr]]] = []
    for node in ast.walk(expression.node):
        if isinstance(node, ast.BinOp) and operator and isinstance(node.op, operator):
            found.append((node, [node.left, node.right]))
        elif isinstance(node, ast.Call) and _last_name(node.func) == named[1].lower():
            found.append((node, list(node.args)))
    if len(found) != 1 or len(found[0][1]) != len(shapes):
        return None
    node, parts = found[0]
    operands = [(expression.text_of(part), Form("array", shape)) for part, shape in zip(parts, shapes, strict=True)]
    return Operation(expression.text_of(node), operands)


def nothing_in(expression: Expression, scope: Scope) -> tuple[str, Form] | None:
    """What of `H.shape`, or of `cache["H"]`, is None, where that is seen."""
    node = expression.node
    if isinstance(node, ast.Call):
        node = node.func
    base = node.value if isinstance(node, (ast.Attribute, ast.Subscript)) else None
    form = _form(base, scope) if base is not None else None
    return (_short(expression.text_of(base)), form) if base is not None and form and form.type == "None" else None


def _parts_of_call(node: ast.Call, scope: Scope) -> list[ast.AST]:
    """What a call puts together; nothing for a function that is not known to."""
    name = _last_name(node.func)
    if name not in _PRODUCTS | _ENTRYWISE | _OTHERS:
        return []
    parts: list[ast.AST] = []
    if isinstance(node.func, ast.Attribute) and type(scope.value(node.func.value)) is not types.ModuleType:
        base = _form(node.func.value, scope)
        if base is None or base.type != "array":
            return []
        parts.append(node.func.value)
    for argument in node.args:
        several = isinstance(argument, (ast.List, ast.Tuple))
        parts += argument.elts if several else [argument]  # type: ignore[attr-defined]
    # an axis is no operand
    return [part for part in parts if not (isinstance(part, ast.Constant) and name in _OTHERS)]


def _last_name(function: ast.AST) -> str:
    return function.attr if isinstance(function, ast.Attribute) else ""


def _shapes_in(text: str) -> list[tuple[int, ...]]:
    return [tuple(int(size) for size in found.replace(" ", "").split(",")) for found in _SHAPE.findall(text)]


def _is_reason(forms: Sequence[Form], node: ast.AST, text: str) -> bool:
    """Whether the operands are why it failed: something is no array, or shapes or dtypes do not go together."""
    if not all(form.is_array for form in forms):
        # a function may have reasons of its own to refuse a list or a text, and none to take None
        return not isinstance(node, ast.Call) or all(form.is_array or form.type == "None" for form in forms)
    if _OTHER_DTYPE in text:
        return len({form.dtype for form in forms}) > 1
    both = _joined(node, *forms) if len(forms) == 2 else None
    # what changes in place keeps its shape
    fits = both is not None and not (isinstance(node, ast.AugAssign) and both.shape != forms[0].shape)
    return not fits and bool(_SPEAKS_OF_SHAPES.search(text))


def _form(node: ast.AST, scope: Scope) -> Form | None:
    """What an operand is; None where that cannot be told without running something."""
    value = scope.value(node)
    if value is not ABSENT:
        form = _described(value)
        return Form("None", maker=_maker(node, scope)) if form.type == "None" else form
    if isinstance(node, ast.Attribute) and node.attr == "T":
        form_or_none = _form(node.value, scope)
        is_array = form_or_none is not None and form_or_none.type == "array"
        return Form("array", form_or_none.shape[::-1], form_or_none.dtype) if is_array else None  # type: ignore
    if isinstance(node, ast.UnaryOp):
        return _form(node.operand, scope)
    if isinstance(node, ast.BinOp):
        left, right = _form(node.left, scope), _form(node.right, scope)
        both = left is not None and right is not None and left.is_array and right.is_array
        return _joined(node, left, right) if both else None  # type: ignore[arg-type]
    if isinstance(node, ast.Call):
        return _form_of_call(node, scope)
    return None


def _form_of_call(node: ast.Call, scope: Scope) -> Form | None:
    function = scope.value(node.func)
    if is_own(function):
        return None if has_return(function) else Form("None", maker=function.__name__)
    name = _last_name(node.func)
    if name in ("cast", "astype", "copy"):
        return _form_of_copy(node, name, scope)
    forms = [_form(part, scope) for part in (_parts_of_call(node, scope) or node.args)]
    if not forms or node.keywords or any(form is None or not form.is_array for form in forms):
        return None
    if name in _ALIKE and len(forms) == 1:
        return forms[0]
    return _joined(node, *forms) if name in _PRODUCTS | _ENTRYWISE and len(forms) == 2 else None  # type: ignore


def _form_of_copy(node: ast.Call, name: str, scope: Scope) -> Form | None:
    """The form of `tf.cast(X, dtype)`, `X.astype(dtype)` and `X.copy()`."""
    parts = node.args if name == "cast" else [getattr(node.func, "value", node), *node.args]
    form = _form(parts[0], scope) if parts else None
    if form is None or form.type != "array":
        return None
    dtype = parts[1] if len(parts) > 1 else None
    named = dtype.value if isinstance(dtype, ast.Constant) else dtype.attr if isinstance(dtype, ast.Attribute) else ""
    return Form("array", form.shape, form.dtype if name == "copy" else str(named))


def _joined(node: ast.AST, left: Form, right: Form) -> Form | None:
    """The form of what two arrays give; None where they give nothing."""
    is_product = isinstance(getattr(node, "op", None), ast.MatMult) or (
        isinstance(node, ast.Call) and _last_name(node.func) in _PRODUCTS
    )
    one, two = left.shape, right.shape
    if not is_product:
        try:
            return Form("array", np.broadcast_shapes(one, two), left.dtype or right.dtype)
        except ValueError:
            return None
    if not (1 <= len(one) <= 2 and 1 <= len(two) <= 2) or one[-1] != two[0]:
        return None
    return Form("array", one[:-1] + two[1:], left.dtype or right.dtype)


def _described(value: Any) -> Form:
    kind = type(value)
    if value is None:
        return Form("None")
    if isinstance(value, np.ndarray):
        return Form("array", np.ndarray.shape.__get__(value), str(np.ndarray.dtype.__get__(value)))  # type: ignore
    if isinstance(value, np.generic):
        return Form("array", (), str(value.dtype))
    if kind is types.FunctionType or kind is types.BuiltinFunctionType:
        return Form("function")
    if kind.__module__.startswith("tensorflow.") and kind.__name__ in ("EagerTensor", "ResourceVariable"):
        return Form("array", tuple(int(size) for size in value.shape), value.dtype.name)
    return Form(kind.__name__)


def _maker(node: ast.AST, scope: Scope) -> str:
    """The function without a `return` that a name was given the value of, by the line above that binds it."""
    function = scope.called_for(node.id) if isinstance(node, ast.Name) else ABSENT
    return str(function.__name__) if is_own(function) and not has_return(function) else ""  # type: ignore[union-attr]


def is_own(function: Any) -> bool:
    """Whether it is a function of the submission."""
    return type(function) is types.FunctionType and function.__globals__.get("__name__") == SUBMISSION


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
