"""What is known of an exception: operands, names and keys, without running anything of the submission."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from autograder.isolation.inside.failing import more_of
from autograder.isolation.inside.frozen import change_in
from autograder.isolation.inside.loading import load
from autograder.isolation.inside.nothing import has_return

A, B, V = np.zeros((3, 4)), np.zeros((3, 4)), np.zeros(3)


def more(code: str, *arguments: Any) -> dict[str, Any]:
    """What is known of what `f` raises."""
    loaded = load([{"name": "s.py", "text": f"import numpy as np\n\n{code}\n"}])
    with pytest.raises(BaseException) as caught:
        loaded.names.read("f")(*arguments)
    return more_of(caught.value, loaded.sources, loaded.names.known, loaded.names.modules)


def shapes(code: str, *arguments: Any) -> tuple[str, dict[str, Any]]:
    """The operation, and each operand with its shape or its type."""
    found = more(f"def f(a, b):\n    {code}", *arguments)
    forms = {
        text: tuple(form["shape"]) if form["type"] == "array" else form["type"] for text, form in found["operands"]
    }
    return found["name"], forms


@pytest.mark.parametrize(
    "code, name, operands",
    [
        ("return a @ b", "a @ b", {"a": (3, 4), "b": (3, 4)}),
        ("return (a.T\n        @ b.T)", "a.T @ b.T", {"a.T": (4, 3), "b.T": (4, 3)}),
        ("return a * a[0] + a[:, 0]", "a * a[0] + a[:, 0]", {"a * a[0]": (3, 4), "a[:, 0]": (3,)}),
        ("a -= b[:, :2]", "a -= b[:, :2]", {"a": (3, 4), "b[:, :2]": (3, 2)}),
        ("v = a[0]\n    v += a", "v += a", {"v": (4,), "a": (3, 4)}),
        ("return np.dot(a, b)", "np.dot(a, b)", {"a": (3, 4), "b": (3, 4)}),
        ("return a.dot(-b)", "a.dot(-b)", {"a": (3, 4), "-b": (3, 4)}),
        ("return np.concatenate([a, b.T], axis=1)", "np.concatenate([a, b.T], axis=1)", {"a": (3, 4), "b.T": (4, 3)}),
        ("return np.exp(a + 1) @ (2 * b)", "np.exp(a + 1) @ (2 * b)", {"np.exp(a + 1)": (3, 4), "2 * b": (3, 4)}),
        ("return a.copy().T * b", "a.copy().T * b", {"a.copy().T": (4, 3), "b": (3, 4)}),
        ("return [a @ b for _ in a]", "a @ b", {"a": (3, 4), "b": (3, 4)}),
        ("α, ö = a, b\n    return α @ ö", "α @ ö", {"α": (3, 4), "ö": (3, 4)}),
        # what a function gave is not at hand, and NumPy's message has its shape
        ("return np.roll(a, 1) + b.T", "np.roll(a, 1) + b.T", {"np.roll(a, 1)": (3, 4), "b.T": (4, 3)}),
        ("return {'W': a}['W'] @ b", None, {}),
        ("d = {'W': a}\n    return d['W'] @ b", "d['W'] @ b", {"d['W']": (3, 4), "b": (3, 4)}),
        ("return a @ None", "a @ None", {"a": (3, 4), "None": "None"}),
        ("return 0.5 * {'W': a}", None, {}),
        ("d = {'W': a}\n    return 0.5 * d", "0.5 * d", {"0.5": "float", "d": "dict"}),
    ],
)
def test_operands_and_their_shapes(code, name, operands):
    if name is None:
        assert more(f"def f(a, b):\n    {code}", A, B) == {}
    else:
        assert shapes(code, A, B) == (name, operands)


@pytest.mark.parametrize(
    "code",
    [
        "return a.reshape(5, 5)",
        "return int('x')",
        "return a[7]",
        "raise ValueError('shape')",
        "return [].append(a, b)",
        "return (a > 0) and b",
        "x = a @ b.T; return x.nosuch",
        "return " + " + ".join(["a"] * 300) + " + a.T",
    ],
)
def test_of_other_exceptions_nothing_is_known(code):
    assert more(f"def f(a, b):\n    {code}", A, B) == {}


ODD = """
class Odd:
    def __init__(self):
        self.W = np.zeros(7)
    def __getattr__(self, name):
        raise SystemExit(name)
    shape = property(lambda self: exit())
    dtype = property(lambda self: exit())
    __repr__ = __str__ = __len__ = __bool__ = __eq__ = __hash__ = lambda self, *_: exit()
"""


def test_objects_that_misbehave_are_not_asked():
    assert more(f"{ODD}\ndef f(a):\n    odd = Odd()\n    return odd + a", A) is not None
    found = more(f"{ODD}\ndef f(a):\n    odd = Odd()\n    return a @ odd.W", A)
    assert [form["shape"] for _, form in found["operands"]] == [[3, 4], [7]]
    assert more(f"{ODD}\ndef f(a):\n    return {{Odd: 1}}['b']", A) == {}
    assert more("class E(ValueError):\n    def __str__(self):\n        exit()\ndef f(a):\n    raise E", A) == {}
    own = "class D(dict):\n    def __getitem__(self, key):\n        raise KeyError(key)\n"
    own += "def f(a):\n    d = D()\n    return d['b']"
    assert more(own, A) == {}


def test_names_and_keys():
    assert more("def gradient(a): ...\ndef f(a):\n    return gradeint(a)", A)["near"] == "gradient"
    assert more("def f(matrix):\n    return matirx", A)["near"] == "matrix"
    assert more("def f(a):\n    return prnt(a)", A)["near"] == "print"
    assert more("def f(a):\n    return qqqq", A)["near"] == ""
    assert more("def f(a):\n    return exp(a)", A)["near"] == "np.exp"
    assert more("mean_loss = 1\ndef f(a):\n    return mean(a)", A)["near"] == "np.mean"
    assert more("mean_ = 1\ndef f(a):\n    return mean(a)", A)["near"] == "mean_"
    assert more("import math, sys as system\ndef f(a):\n    return (math, inf)", A)["near"] == "np.inf"
    for name in ("linalg", "test", "__name__s"):  # modules, and what is not meant
        assert more(f"def f(a):\n    return {name}", A)["near"] == ""
    for name in ("sigmoid", "predict", "delta", "expp"):  # nobody meant divmod, dict, delattr or hex
        assert more(f"def f(a):\n    return {name}(a)", A)["near"] == ""
    assert more("def f(a):\n    return np.matmull(a, a)", A) == {
        "kind": "attribute",
        "name": "np.matmull",
        "near": "matmul",
    }
    found = more("def f(a):\n    cache = dict.fromkeys('XZ', a)\n    return cache['H']", A)
    assert found == {"kind": "key", "name": "cache", "key": "'H'", "keys": ["X", "Z"]}
    many = more("def f(a):\n    d = {str(n) * 100: n for n in range(10**5)}\n    return d['x']", A)
    assert len(many["keys"]) <= 20 and all(len(key) <= 40 for key in many["keys"])


def test_what_is_large_takes_no_time():
    start = time.perf_counter()
    names = "\n".join(f"name{number} = 1" for number in range(3000))
    more(f"{names}\ndef f(a):\n    return nme{'e' * 30}", A)
    big = np.broadcast_to(np.zeros(1), (10**6, 10**6))
    assert shapes("return a @ b[0]", big, big[:, :5])[1] == {"a": (10**6, 10**6), "b[0]": (5,)}
    assert time.perf_counter() - start < 2


def test_whose_return_is_missing():
    assert not has_return(lambda: None) and has_return(lambda: 0) and has_return(len)
    assert has_return(lambda a: a if a else None) and has_return(lambda a: a and None)
    found = more("def g(a):\n    a * 2\ndef f(a):\n    H = g(a)\n    return H.shape", A)
    assert found == {"kind": "nothing", "name": "H", "maker": "g"}
    found = more("def g(a):\n    return [].sort()\ndef f(a):\n    H = g(a)\n    return H['W']", A)
    assert found == {"kind": "nothing", "name": "H", "maker": ""}


@pytest.mark.parametrize(
    "change, is_change",
    [
        (lambda X: X.sort(), True),
        (lambda X: np.add(X, 1, out=X), True),
        (lambda X: X.copy().sort(), False),
        (lambda X: {"a": X}.update(b=1), False),
        (lambda X: int("x"), False),
    ],
)
def test_arguments_that_cannot_be_changed(change, is_change):
    assert (change_in(change, (np.arange(3.0),)) is not None) == is_change


def test_copies_of_such_arguments_can_be_changed():
    import copy

    def works_on_copies(params, losses):
        for make in (dict, copy.copy, copy.deepcopy, lambda given: given | {}, lambda given: {**given}):
            make(params)["W"] = 0
        copy.deepcopy(params)["W"].sort()
        for make in (list, copy.copy, copy.deepcopy, lambda given: given[:], lambda given: [*given, 1]):
            make(losses).append(0)

    assert change_in(works_on_copies, ({"W": np.arange(3.0)}, [1.0])) is None
    for change in (lambda params, losses: params.pop("W"), lambda params, losses: losses.append(1)):
        assert change_in(change, ({"W": np.arange(3.0)}, [1.0])) is not None


OWN = [("step", 12), ("inner", 6), ("helper", 9)]


@pytest.mark.parametrize("own", [OWN[:1], OWN[:2], OWN], ids=len)
@pytest.mark.parametrize("library", [[], [("call", 80)], [("call", 80), ("square", 81)]], ids=len)
def test_of_what_was_being_compiled_the_innermost_own_line_is_told(own, library):
    """However many lines of the submission, and of a library, there are on the way."""
    told = [f'    File "s.py", line {line}, in {name}  *\n        own({line})\n' for name, line in own]
    told += [f'    File "/lib/of.py", line {line}, in {name}  **\n        return x\n' for name, line in library]
    error = ValueError("in user code:\n\n" + "".join(told) + "\n    TypeError: it went wrong\n")
    name, line = own[-1]
    where = {"part": "s.py", "line": line, "function": name, "code": f"own({line})"}
    found = more_of(error, {"s.py"}, [], {})
    assert found == {"kind": "graph", "error": "TypeError", "text": "it went wrong", "where": where}


def test_a_function_without_a_name_is_not_called_none():
    text = 'in user code:\n\n    File "s.py", line 3, in None  *\n        lambda a: np.exp(a)\n\n    TypeError: no\n'
    assert more_of(ValueError(text), {"s.py"}, [], {})["where"]["function"] == ""
