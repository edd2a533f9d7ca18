"""IPython's own syntax: cells made into Python by IPython's rules, and a stand-in for the shell they then ask for.

A text that is Python already is left as it is. Anything else is given to IPython's input transformer, one logical line
at a time, so that every line keeps its number. What is left are calls of `get_ipython()`, which students' notebooks
exported by nbconvert hold as well.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# cell magics whose cell is run in the notebook's own names, by IPython or by a widespread extension
_RUNS_CELL = {"time", "capture", "prun", "debug", "memit", "snakeviz", "wandb", "notify"}
# line magics whose line is run so
_RUNS_LINE = {"time", "prun", "debug", "memit"}
# magics that do nothing to a function, here or there
_HARMLESS = set(
    """
    timeit matplotlib load_ext reload_ext unload_ext autoreload config tensorflow_version pip conda mamba uv cd pwd
    ls env set_env who whos who_ls reset_selective history hist logstart logstop xmode precision colors doctest_mode
    ll lsmagic magic quickref pinfo pinfo2 pdoc psource pfile pdef alias alias_magic unalias automagic autosave
    autocall autoawait bash sh script system sx cmd html HTML javascript js latex markdown svg mkdir rmdir rm cp mv
    cat less more man echo store bookmark dirs dhist popd pushd recall notebook page pastebin pycat gui
    killbgscripts connect_info qtconsole tensorboard shell lprun mprun watermark nb_black black lab_black flake8
    ruby perl perl6 check hint
    """.split()
)
_PYLAB = "import numpy, matplotlib; from matplotlib import pylab, mlab, pyplot; np = numpy; plt = pyplot; "
_PYLAB += "from pylab import *; from numpy import *"
_CELL_MAGIC = re.compile(r"%%(\w+)")
# a module that the notebook writes beside itself, to import or to run it
_WRITES_MODULE = re.compile(r"""%%(?:writefile|file)[ \t]+["']?(?:\./)?(\w+\.py)["']?[ \t]*$""")
_RUNS_MODULE = re.compile(r"""run[ \t]+(?:-i[ \t]+)?["']?(?:\./)?(\w+)(?:\.py)?["']?[ \t]*$""")
# where jupytext, Spyder and nbconvert begin a cell of a script
_MARKER = re.compile(r"#[ \t]*(%%|<codecell>|In[ \t]?\[[ \d*]*\]:?[ \t]*$)")


# so many lines of IPython's own are made Python in one cell, as in IPython
_MOST_STEPS = 500
# a text of more pieces is no program with a mistake, and no longer one is looked for than so many of them
_MOST_CELLS = 300
_LONGEST_PIECE = 6


@dataclass
class Python:
    """A cell, or a script's part, as Python.

    Attributes:
        lines: Its lines, as many as there were.
        statements: What it says.
        unknown: Lines that could not be honoured: number and text.
        writes: Of a cell that is written to a file, the file's name and its text.
    """

    lines: list[str]
    statements: list[ast.stmt] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    writes: tuple[str, str] | None = None


def cells_of(lines: list[str], name: str) -> Iterator[tuple[int, list[str]]]:
    """A script that is no Python in pieces that may be: how many lines stand before each, and its lines.

    Cells, where it marks them. Otherwise what blank lines divide, so that a line that nobody can read costs the
    function that it stands in, as it costs the cell of a notebook.
    """
    starts = [number for number, line in enumerate(lines) if _MARKER.match(line)]
    if not starts:
        with contextlib.suppress(SyntaxError):
            as_python(lines, name)
            yield 0, lines
            return
        above = zip(["\n", *lines], lines, strict=False)
        starts = [number for number, (before, line) in enumerate(above) if not before.strip() and line[:1].strip()]
    else:
        # the magic of a cell stands in its first line
        lines = ["\n" if _MARKER.match(line) else line for line in lines]
    starts = [0, *(number for number in starts if number)]
    if len(starts) > _MOST_CELLS:
        yield 0, lines
        return
    ends = [*starts[1:], len(lines)]
    place = 0
    while place < len(starts):
        # a text in quotes may hold blank lines: a piece that is no Python may be one with those below it
        longer = range(place, min(place + _LONGEST_PIECE, len(starts)))
        last = next((at for at in longer if _is_python(lines[starts[place] : ends[at]], name)), place)
        yield starts[place], lines[starts[place] : ends[last]]
        place = last + 1


def _is_python(lines: list[str], name: str) -> bool:
    try:
        as_python(lines, name)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def as_python(lines: list[str], name: str) -> Python:
    """A cell by IPython's rules; what is Python already is left as it is.

    Raises:
        SyntaxError: When it is not Python by IPython's rules either.
    """
    try:
        return Python(lines, ast.parse("".join(lines), name).body)
    except SyntaxError:
        pass
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    magic = _CELL_MAGIC.match(lines[first])
    if magic is None:
        lines = _transformed(lines)
        return Python(lines, ast.parse("".join(lines), name).body)
    if magic[1] in _RUNS_CELL:
        return as_python(["\n"] * (first + 1) + lines[first + 1 :], name)
    written = _WRITES_MODULE.match(lines[first])
    if written:
        return Python(["\n"] * len(lines), writes=(written[1], "".join(lines[first + 1 :])))
    unknown = [] if magic[1] in _HARMLESS else [(first + 1, lines[first].strip())]
    return Python(["\n"] * len(lines), unknown=unknown)


def _transformed(lines: list[str]) -> list[str]:
    # imported where it is needed: most texts are Python already
    from IPython.core.inputtransformer2 import TransformerManager

    manager: Any = TransformerManager()
    count = len(lines)
    lines = [*lines[:-1], lines[-1].rstrip("\n") + "\n"]
    for transform in manager.cleanup_transforms:
        lines = transform(lines)
    lines = ["\n"] * (count - len(lines)) + lines
    for _ in range(_MOST_STEPS):
        # each step makes one logical line of several, and must not move the lines below
        changed, after = manager.do_one_token_transform(lines)
        if not changed:
            break
        same = next((at for at, (one, two) in enumerate(zip(lines, after, strict=False)) if one != two), len(after) - 1)
        lines = [*after[: same + 1], *["\n"] * (len(lines) - len(after)), *after[same + 1 :]]
    return lines


@dataclass(frozen=True)
class ShellCall:
    """A statement that asks the shell for something.

    Attributes:
        code: Python that it runs in the notebook's own names, or "".
        is_honoured: Whether doing no more than that is right.
        text: How IPython writes it.
    """

    code: str = ""
    is_honoured: bool = True
    text: str = ""


def shell_call(statement: ast.stmt, written: Mapping[str, str]) -> ShellCall | None:
    """What a statement such as `get_ipython().run_line_magic("time", "f()")` asks for; None for any other.

    Args:
        statement: The statement.
        written: The modules that the notebook has written, by file name.
    """
    value = getattr(statement, "value", None) if isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) else None
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return None
    shell = value.func.value
    if not (isinstance(shell, ast.Call) and isinstance(shell.func, ast.Name) and shell.func.id == "get_ipython"):
        return None
    given = [one.value for one in value.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    asked, is_alone = value.func.attr, isinstance(statement, ast.Expr)
    if asked == "magic" and given:
        name, _, rest = given[0].lstrip("%").partition(" ")
        asked, given = "run_line_magic", [name, rest]
    if asked == "run_line_magic" and given:
        # a `%%time` below a comment is no cell magic to IPython; what stands below it is run all the same
        name, line = given[0].lstrip("%"), " ".join(given[1:])
        if not is_alone:
            return ShellCall(is_honoured=name in _RUNS_LINE, text=f"%{name} {line}".strip())
        if name == "pylab":
            return ShellCall(_PYLAB)
        module = _RUNS_MODULE.match(f"{name} {line}")
        if module and f"{module[1]}.py" in written:
            return ShellCall(written[f"{module[1]}.py"])
        runs = name in _RUNS_LINE and not given[0].startswith("%")
        return ShellCall(line if runs else "", name in _HARMLESS | _RUNS_LINE | _RUNS_CELL, f"%{name} {line}".strip())
    if asked == "run_cell_magic" and len(given) == 3:
        runs = given[0] in _RUNS_CELL
        return ShellCall(given[2] if runs else "", runs or given[0] in _HARMLESS, f"%%{given[0]} {given[1]}".strip())
    if asked in ("run_cell", "ex") and given:
        return ShellCall(given[0])
    # a command of the system is never run; what is assigned from it would be its output
    return ShellCall(is_honoured=is_alone, text=f"!{' '.join(given)}")


class Shell:
    """What `get_ipython()` gives here: it runs Python that is timed, and does nothing else."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.user_ns = names

    def run_line_magic(self, name: str, line: str, *_: Any) -> Any:
        """The value of what is timed; nothing for any other magic."""
        return eval(line, self.user_ns) if name in _RUNS_LINE else None

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """Runs the cell, where the magic would."""
        if name in _RUNS_CELL:
            exec(cell, self.user_ns)

    def getoutput(self, *_: Any, **__: Any) -> list[str]:
        """No command is run, so nothing came of it."""
        return []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing()


class _Nothing:
    """Whatever else a shell is asked for: can be called, and does nothing."""

    def __call__(self, *_: Any, **__: Any) -> _Nothing:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self
