"""Loading a submission: names are made when they are read, by IPython's rules, whatever else fails."""

from __future__ import annotations

import inspect
import random

import numpy as np
import pytest

from autograder.isolation.inside.loading import load, where


def notebook(*texts, whole=False):
    return load([{"name": f"x, cell {number}", "text": text} for number, text in enumerate(texts, 1)], whole)


def script(*texts, whole=False):
    return load([{"name": "x.py", "text": "\n\n".join(texts)}], whole)


FORMS = [pytest.param(notebook, id="notebook"), pytest.param(script, id="script")]

# what a text's cells are, and what its `f` gives
GIVES = {
    "a training cell stores into the names of locals": (
        ["def f():\n    losses = [1]\n    return losses", "losses = f() + [2][5]\nwhile True:\n    losses = 1"],
        [1],
    ),
    "a name is bound again below what was made of it": (
        ["x = 1\ny = x + 1", "x = 5", "def f():\n    return x, y"],
        (5, 2),
    ),
    "what was made of it is asked for after the later value": (
        ["x = 1\ny = x + 1", "x = 5", "def f():\n    a = x\n    return a, y, x"],
        (5, 2, 5),
    ),
    "a chain of values": (["a = 2", "b = a * 3", "a = b + 1", "c = a + b", "def f():\n    return c, a, b"], (13, 7, 6)),
    "methods set from outside": (
        [
            "class Net:\n    pass",
            "def one(self):\n    return 1",
            "Net.one = one\nsetattr(Net, 'two', lambda self: 2)",
            "def f():\n    return Net().one(), Net().two()",
        ],
        (1, 2),
    ),
    "a table that is filled below": (
        ["T = {}\nL = []", "T['a'] = 1\nL.append(2)", "T.update(b=3)\nL += [4]", "def f():\n    return T, L"],
        ({"a": 1, "b": 3}, [2, 4]),
    ),
    "a table that a loop fills": (["T = {}", "for i in range(3):\n    T[i] = i * i", "def f():\n    return T"], {0: 0, 1: 1, 2: 4}),
    "a decorator that registers": (
        ["T = {}\ndef keep(g):\n    T[g.__name__] = g\n    return g", "@keep\ndef relu(x):\n    return x", "def f():\n    return T['relu'](3)"],
        3,
    ),
    "a function that sets a global": (["def setup():\n    global RATE\n    RATE = 0.5", "setup()", "def f():\n    return RATE"], 0.5),
    "a function of a function that fills": (
        ["T = []\ndef inner():\n    T.append(1)\ndef outer():\n    inner()", "outer()", "def f():\n    return T"],
        [1],
    ),
    "an argument that is filled": (["def fill(t):\n    t.append(1)", "T = []\nfill(T)", "def f():\n    return T"], [1]),
    "a function defined again below": (["def g():\n    return 1", "def f():\n    return g()", "def g():\n    return 2"], 2),
    "a function wrapped below": (["def f():\n    return 1", "import functools\ng = f\nf = functools.partial(lambda h: h() + 1, g)"], 2),
    "a default and a decorator that read globals": (
        ["N = 4\ndef twice(g):\n    return lambda *a: 2 * g(*a)", "@twice\ndef f(n=N):\n    return n", "N = 9"],
        8,
    ),
    "a class body that reads a global": (["R = 2", "class C:\n    r = R * 2\n    s = [R for _ in range(2)]", "def f():\n    return C.r, C.s"], (4, [2, 2])),
    "a base class in a later cell": (["def f():\n    return B().x", "class A:\n    x = 7", "class B(A):\n    pass"], 7),
    "cells in another order": (["y = x + 1", "x = 1", "def f():\n    return y"], 2),
    "del": (["x = 1\ny = x\ndel x", "def f():\n    return 'x' in globals(), y"], (False, 1)),
    "globals by their names": (["def act_relu(x):\n    return x", "def f():\n    return globals()['act_' + 'relu'](5)"], 5),
    "names that are bound by their texts": (
        ["def g():\n    return 1\ndef h():\n    return 2", "for name in ['g', 'h']:\n    globals()[name] = (lambda old: lambda: 10 * old())(globals()[name])\nexec('K = 5')\nglobals().update(L=6)", "def f():\n    return g(), h(), K, L"],
        (10, 20, 5, 6),
    ),
    "eval": (["RATE = 3", "def f():\n    return eval('RATE + 1')"], 4),
    "a name of Python's own, bound": (["sum = 5\nmax = min", "def f():\n    return sum, max(1, 2), abs(-1)"], (5, 1, 1)),
    "a star": (["from math import *", "pi = 3", "def f():\n    return pi, sqrt(4)"], (3, 2.0)),
    "a star over a name of Python's own": (["from numpy import *", "def f():\n    return int(sum(array([[1, 2], [3, 4]]), axis=0)[1])"], 6),
    "walrus, with, for and except": (
        ["if (n := 3) > 2:\n    pass", "import io\nwith io.StringIO('a') as s:\n    t = s.read()", "try:\n    u = 1 / 0\nexcept ZeroDivisionError:\n    u = 2", "def f():\n    return n, t, u"],
        (3, "a", 2),
    ),
    "a generator of random numbers": (["import numpy as np\nrng = np.random.default_rng(3)", "def f():\n    return int(rng.integers(0, 1000))"], 811),
    "a main guard that runs nothing": (["ran = False", 'if __name__ == "__main__":\n    ran = True', "def f():\n    return ran"], False),
    "a table under a main guard alone": (['if __name__ == "__main__":\n    SIZE = 3\n    while True:\n        pass', "def f():\n    return SIZE"], 3),
    "functions under if": (["import sys\nif sys.version_info > (3,):\n    def g():\n        return 1\nelse:\n    def g():\n        return 2", "def f():\n    return g()"], 1),
    "annotations of the future": (["from __future__ import annotations", "def f(x: NotThere = 1) -> Neither:\n    return x"], 1),
    "names of Python's own that are given back": (["sum = 0\nfor v in [1]:\n    sum = sum + v\nlen = 3", "del sum, len", "def f():\n    return sum([1, 2]), len([1])"], (3, 1)),
    "a decorator that sets methods of its argument": (
        ["def to(C):\n    def add(g):\n        setattr(C, g.__name__, g)\n    return add\nclass Net:\n    pass", "@to(Net)\ndef one(self):\n    return 1", "def f():\n    return Net().one()"],
        1,
    ),
    "what a function made is another thing": (
        ["class Net:\n    def fit(self):\n        return 1\ndef train():\n    return Net().fit()", "while train():\n    losses = Net().fit()", "def f():\n    return Net().fit()"],
        1,
    ),
    "a method of a class that changes nothing of it": (
        ["class Net:\n    @classmethod\n    def new(cls):\n        return cls()", "while True:\n    net = Net.new()", "def f():\n    return type(Net.new()).__name__"],
        "Net",
    ),
    "a method of a class that changes it": (
        ["class Net:\n    rate = 1\n    @classmethod\n    def set(cls, rate):\n        cls.rate = rate", "Net.set(3)", "def f():\n    return Net.rate"],
        3,
    ),
    "what a library makes is not the library": (
        ["import collections\ndef fill(c):\n    while True:\n        c.update('a')", "fill(collections.Counter())", "def f():\n    return len(collections.Counter('ab'))"],
        2,
    ),
    "an argument that is only looked at": (
        ["P = {'w': 1}\ndef show(p):\n    while p['w']:\n        pass\ndef fill(p, q=None):\n    p['w'] += 1", "show(P)\nfill(q=0, p=P)", "def f():\n    return P"],
        {"w": 2},
    ),
    "an array that a function changes in place": (
        ["import numpy as np\nW = np.zeros(1)\ndef step(W):\n    W -= 1\ndef other(W):\n    W = W - 1\n    W[0] = 5", "step(W)\nother(W)", "def f():\n    return W.tolist()"],
        [-1.0],
    ),
    # imports
    "a package that only an experiment needs": (["import seaborn_not, math as m", "seaborn_not.plot()", "def f():\n    return m.floor(2.5)"], 2),
    "an import that is tried": (["try:\n    import cupy_not as xp\nexcept ImportError:\n    import math as xp", "def f():\n    return xp.floor(1.5)"], 1),
    "parts of a package": (["import os.path\nimport xml\nfrom xml import etree\nimport xml.etree.ElementTree", "def f():\n    return xml.etree.ElementTree.Element('a').tag"], "a"),
    # IPython
    "a setup cell that tries a magic": (["try:\n    %tensorflow_version 2.x\nexcept Exception:\n    pass\nimport math", "def f():\n    return math.floor(1.5)"], 1),
    "a command over several lines": (["!pip install \\\n   --quiet \\\n   tqdm\nimport math", "def f():\n    return math.floor(1.5)"], 1),
    "commands in a loop and after if": (["for name in ['a']:\n    !pip install {name}\nif True:\n    !ls\nN = 2", "def f():\n    return N"], 2),
    "a comment that asks": (["def f():\n    x = 4 / 2  # over all examples?\n    return x"], 2.0),
    "help": (["import math\nmath.floor?\n?math.ceil", "def f():\n    return math.floor(1.5)"], 1),
    "a cell that is timed": (["%%time\n\ndef g():\n    return 3", "%%capture out\n%%time\nN = 4", "def f():\n    return g(), N"], (3, 4)),
    "a line that is timed": (["%time N = 5\nM = 6", "def f():\n    return N, M"], (5, 6)),
    "a value that is timed": (["def g():\n    return 5", "N = %time g()", "def f():\n    return N"], 5),
    "prompts that were copied": ([">>> N = 1\n>>> def g():\n...     return N", "def f():\n    return g()"], 1),
    "as nbconvert writes it": (
        ["get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('pip install tqdm')", "get_ipython().run_cell_magic('time', '', 'def g():\\n    return 8\\n')", "def f():\n    return g()"],
        8,
    ),
    "a magic below a comment": (["# setup\n%matplotlib inline\n%load_ext autoreload\n%autoreload 2\nN = 1", "def f():\n    return N"], 1),
}  # fmt: skip


# what a text makes and what its `f` gives; its picture raises, so it must not run while `f` is asked
PICTURES = {
    "a table from its keys": (["def f():\n    return dict.fromkeys('ab', 0)"], {"a": 0, "b": 0}),
    "what several sets share": (["def f():\n    return set.intersection({1, 2}, {2, 3}), set.union(*[{1}, {2}])"], ({2}, {1, 2})),
    "methods of text": (["def f():\n    return str.join('-', map(str.upper, 'ab')), str.maketrans('a', 'b')"], ("A-B", {97: 98})),
    "numbers from their bytes": (["def f():\n    return int.from_bytes(b'\\x02', 'big'), float.fromhex('0x1p1'), bytes.fromhex('01')"], (2, 2.0, b"\x01")),
    "methods of built-in types by their names": (["def f():\n    return float.__add__(1.0, 2.0), list.copy([3]), dict.get({1: 2}, 1)"], (3.0, [3], 2)),
    "an argument is filled by a method of its type": (
        ["def f():\n    found = []\n    list.append(found, 4)\n    dict.update(made := {}, a=1)\n    return found, made"],
        ([4], {"a": 1}),
    ),
    "a class that is a dict": (
        ["class Table(dict):\n    def __init__(self):\n        dict.__init__(self, a=1)\n        dict.__setitem__(self, 'b', 2)", "def f():\n    return dict(Table())"],
        {"a": 1, "b": 2},
    ),
    "an object that is made by hand": (["class P:\n    pass", "def f():\n    return type(object.__new__(P)).__name__"], "P"),
    "a set of the file that is only compared": (
        ["ALLOWED = {'a', 'b'}", "def f():\n    return sorted(ALLOWED.intersection('ac')), ALLOWED.issubset('abc'), len(ALLOWED.union('z'))"],
        (["a"], True, 3),
    ),
    "a tuple and a text of the file": (["NAMES, WORD = ('a', 'b'), 'x'", "def f():\n    return NAMES.index('b'), WORD.zfill(2), WORD.isalpha()"], (1, "0x", True)),
}  # fmt: skip
_PICTURE = "def show():\n    f()\n    raise AssertionError('this picture was drawn')"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("guard", ["show()", 'if __name__ == "__main__":\n    show()'], ids=["called", "guarded"])
@pytest.mark.parametrize("name", PICTURES)
def test_no_picture_is_drawn_for_an_answer(name, guard, form):
    texts, expected = PICTURES[name]
    loaded = form(*texts, _PICTURE, guard)
    assert loaded.names.read("f")() == expected
    assert loaded.problems == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "texts, expected",
    [
        (["import numpy as np\nRNG = np.random.default_rng(3)", "def f():\n    return int(RNG.integers(1000))"], 811),
        (["DONE = []", "def f():\n    DONE.append(1)\n    return len(DONE)"], 1),
        (["class Net:\n    made = 0", "def f():\n    Net.made += 1\n    return Net.made"], 1),
        (["def f():\n    f.asked = getattr(f, 'asked', 0) + 1\n    return f.asked"], 1),
    ],
    ids=["a generator", "a list", "a class", "a function"],
)
def test_a_guarded_picture_that_changes_what_the_file_made_counts_for_nothing(texts, expected, form):
    loaded = form(*texts, _PICTURE, 'if __name__ == "__main__":\n    drawn = show()')
    assert loaded.names.read("f")() == expected
    assert loaded.problems == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "filling",
    [
        "list.append(T, 1)",
        "list.extend(T, [1])",
        "list.__setitem__(T, slice(0, 0), [1])",
        "list.insert(T, 0, 1)",
        "def fill(t):\n    list.append(t, 1)\nfill(T)",
        "class Rows(list):\n    def keep(self, row):\n        list.append(self, row)\nT = Rows()\nT.keep(1)",
    ],
)
def test_a_table_is_filled_by_a_method_of_its_type(filling, form):
    loaded = form("T = []", filling, "def f():\n    return list(T)")
    assert loaded.names.read("f")() == [1]


@pytest.mark.parametrize("form", FORMS)
def test_a_name_of_pythons_own_that_the_file_binds_is_filled(form):
    loaded = form("class Kinds:\n    all = []", "dict = Kinds\ndict.all.append(1)", "def f():\n    return dict.all")
    assert loaded.names.read("f")() == [1]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_that_a_guard_alone_makes_is_filled_there(form):
    loaded = form('if __name__ == "__main__":\n    T = []\n    T.append(1)', "def f():\n    return T")
    assert loaded.names.read("f")() == [1]


def test_a_module_that_the_notebook_writes_is_imported_and_run():
    loaded = notebook(
        "%%writefile helpers_of_mine.py\nSIZE = 3\ndef g():\n    return SIZE",
        "%%writefile ./second.py\nRATE = 0.5",
        "from helpers_of_mine import g\n%run second.py",
        "def f():\n    return g(), RATE",
    )
    assert loaded.names.read("f")() == (3, 0.5) and loaded.problems == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", GIVES)
def test_functions_have_what_they_have_in_the_notebook(name, form):
    texts, expected = GIVES[name]
    loaded = form(*texts)
    assert loaded.names.read("f")() == expected
    assert loaded.problems == []


@pytest.mark.parametrize(
    "texts, names",
    [
        (["%%bash\nrm -rf /\nx = 1", "def f():\n    return 1"], ["f"]),
        (["%%writefile data/net.csv\nx = 1", "def f():\n    return 1"], ["f"]),
        (["%%html\n<b>x</b>", "def f():\n    return 1"], ["f"]),
        (["%%timeit\nx = 1", "def f():\n    return 1"], ["f"]),
    ],
)
def test_other_languages_are_left_out(texts, names):
    loaded = notebook(*texts)
    assert loaded.names.known == names and loaded.names.read("f")() == 1


def problem(kind, line, error, text, part="x, cell 1", **more):
    return {"kind": kind, "part": part, "line": line, "error": error, "text": text, **more}


@pytest.mark.parametrize(
    "text, line, told",
    [
        ("N = 1\n%frobnicate hard", 2, "%frobnicate hard"),
        ("\n%%frobnicate\nN = 1", 2, "%%frobnicate"),
        ("%%writefile net.txt\nN = 1", 1, "%%writefile net.txt"),
        ("%run other.py", 1, "%run other.py"),
        ("files = !ls data", 1, "!ls data"),
    ],
)
def test_lines_that_cannot_be_honoured_are_told(text, line, told):
    assert notebook(text).problems == [{"kind": "not-honoured", "part": "x, cell 1", "line": line, "text": told}]


def test_lines_keep_their_numbers():
    loaded = notebook("\n!pip install \\\n  a \\\n  b\n\n%time N = 1\ndef f():\n    return 1 / 0\n")
    with pytest.raises(ZeroDivisionError) as caught:
        loaded.names.read("f")()
    place = where(caught.value, loaded.sources)
    assert (place["part"], place["line"], place["code"]) == ("x, cell 1", 8, "return 1 / 0")


@pytest.mark.parametrize("form", FORMS)
def test_a_part_that_is_no_python_costs_itself(form):
    loaded = form("def f():\n    return 1", "def g(:\n    return 2", "def h():\n    return '''\n\nthree'''")
    assert loaded.names.read("f")() == 1 and loaded.names.read("h")() == "\n\nthree"
    (found,) = loaded.problems
    assert (found["kind"], found["error"], found["names"]) == ("syntax", "SyntaxError", ["g"])
    with pytest.raises(KeyError):
        loaded.names.read("g")


def test_cells_that_a_script_marks():
    loaded = script(
        "# %% [markdown]\n# text\n# %%\n!pip install x\ndef f():\n    return 1",
        "# In[2]:\nx = = 1\n",
        "# %%\n%%time\nN = 2",
    )
    assert loaded.names.read("f")() == 1 and loaded.names.read("N") == 2
    assert [(one["kind"], one["line"]) for one in loaded.problems] == [("syntax", 9)]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_needed_and_fails_is_told_where_it_is_needed(form):
    loaded = form("import tqdm_not", "def f():\n    return tqdm_not.tqdm", "def g():\n    return 1")
    assert loaded.names.read("g")() == 1 and loaded.problems == []
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="No module named 'tqdm_not'") as caught:
            loaded.names.read("f")()
        assert where(caught.value, loaded.sources)["code"] == "import tqdm_not"
    assert [one["error"] for one in loaded.problems] == ["ModuleNotFoundError"]


def test_exit_is_a_problem_not_an_end():
    loaded = notebook("import sys\nN = sys.exit(0)\ndef f():\n    return N\ndef g():\n    return 1\n")
    assert loaded.names.read("g")() == 1
    with pytest.raises(SystemExit):
        loaded.names.read("f")()
    assert loaded.problems == [problem("statement", 2, "SystemExit", "0")]


def test_a_value_that_fails_leaves_the_one_before():
    loaded = notebook("N = 1", "N = 1 / 0", "def f():\n    return N")
    assert loaded.names.read("f")() == 1
    assert [one["error"] for one in loaded.problems] == ["ZeroDivisionError"]


def test_numbers_that_the_file_draws_are_not_the_questions():
    loaded = notebook(
        "import random, numpy as np\nW = np.random.rand(3)\nr = random.random()", "def f():\n    return W, r"
    )
    random.seed(1)
    np.random.seed(1)
    loaded.names.read("f")()
    drawn = random.random(), np.random.rand()
    random.seed(1)
    np.random.seed(1)
    assert drawn == (random.random(), np.random.rand())


def test_settings_are_set_and_warnings_are_not():
    import sys

    limit, before = sys.getrecursionlimit(), np.geterr()
    try:
        notebook(
            "import sys, numpy as np, warnings",
            "sys.setrecursionlimit(12345)\nnp.seterr(all='raise')\nwarnings.simplefilter('ignore')",
        )
        assert sys.getrecursionlimit() == 12345
        assert np.geterr() == before
    finally:
        sys.setrecursionlimit(limit)


def test_the_whole_runs_from_top_to_bottom():
    loaded = notebook("ran = []\nran.append(1)", "ran.append(1 / 0)", "def f():\n    return ran", whole=True)
    assert loaded.module.ran == [1] and loaded.module.f() == [1]
    assert [one["line"] for one in loaded.problems] == [1]


def test_source_can_be_inspected():
    # AutoGraph needs it, of notebook cells too
    loaded = notebook("x = 1\n", "%matplotlib inline\ndef f():\n    return 1\n")
    assert inspect.getsource(loaded.names.read("f")) == "def f():\n    return 1\n"
    loaded = script("get_ipython().run_cell_magic('time', '', 'def f():\\n    return 2\\n')")
    assert inspect.getsource(loaded.names.read("f")) == "def f():\n    return 2\n"


def test_the_module_gives_what_its_functions_see():
    loaded = notebook("N = 3")
    assert loaded.module.N == 3
    with pytest.raises(AttributeError):
        _ = loaded.module.M


def test_a_text_of_many_broken_pieces_ends_soon():
    loaded = script(*["this is no Python at all"] * 20_000)
    assert loaded.problems and loaded.names.known == []


def test_a_long_chain_is_no_deep_recursion():
    texts = ["x0 = 0", *(f"x{n} = x{n - 1} + 1" for n in range(1, 3000)), "def f():\n    return x2999"]
    assert script("\n".join(texts)).names.read("f")() == 2999


def test_hostile_exception_text_is_bounded():
    loaded = notebook(
        "class E(Exception):\n    def __str__(self):\n        return 'y' * 10**7\ndef g():\n    raise E\nN = g()"
    )
    with pytest.raises(Exception, match="yyy"):
        loaded.names.read("N")
    assert len(loaded.problems[0]["text"]) < 700
    loaded = notebook("class E(Exception):\n    def __str__(self):\n        raise E\ndef g():\n    raise E\nN = g()")
    with pytest.raises(BaseException):  # noqa: B017 - one that cannot even be printed
        loaded.names.read("N")
    assert loaded.problems == [problem("statement", 6, "E", "")]
