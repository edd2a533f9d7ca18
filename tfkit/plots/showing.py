"""A picture of an assignment: it waits for the functions that it needs, and says in words what it shows."""

from __future__ import annotations

import dis
import functools
import inspect
import linecache
import re
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec

from tfkit._arguments import check_callable
from tfkit._shell import shell

P = ParamSpec("P")

#: A question that is not written yet begins with its id: `06.3: relu`. TensorFlow puts lines in front of it, and Keras
#: prints it in bold.
_UNWRITTEN = re.compile(r"^\s*(?:\x1b\[\d*m)?(?:NotImplementedError: )?(\d+\.\d+)(?=\W|$)(?::? (\w+))?", re.MULTILINE)
#: What Keras prints in bold, and TensorFlow says of itself.
_NOISE = re.compile(r"\x1b\[\d*m|\{\{function_node [^{}]*\}\}|\[Op:\w+\]( name:)?")
#: A line of a function that TensorFlow was compiling; those of its own have two stars.
_USER_CODE = re.compile(r'^ *File "([^"\n]+)", line (\d+), in (\w+) +\*$', re.MULTILINE)
_LONGEST = 200


def picture(show: Callable[P, str]) -> Callable[P, None]:
    """Show a picture, and below it the sentence that says the same; wait where a question is not written yet.

    For the functions of an assignment that draw what students have written. The function draws, and returns one
    sentence for everybody who cannot see the picture. The sentence is printed and not returned, so that a notebook
    does not repeat it. What is drawn is shown; the function need not call `plt.show()`.

    A question that is not written yet raises `NotImplementedError("06.3: relu")`. Then one line names all such
    questions that the picture needs, as far as the code of `show` and of what it calls tells, and the notebook goes
    on. Of any other exception, two lines say what was raised and where. Figures that were begun are closed.

    Example:

    >>> def relu(z):
    ...     raise NotImplementedError("06.3: relu")
    >>> def elu(z):
    ...     raise NotImplementedError("06.5: elu")
    >>> @picture
    ... def show_both():
    ...     return f"Of -2, the ReLU makes {relu(-2)} and the ELU {elu(-2):.2f}."
    >>> show_both()
    After 06.3 (relu) and 06.5 (elu) this cell draws your picture.
    >>> def relu(z):
    ...     return max(z, 0)
    >>> def elu(z):
    ...     return 0.0 if z > 0 else 2.0 ** z - 1
    >>> show_both()
    Of -2, the ReLU makes 0 and the ELU -0.75.

    Args:
        show: Draws, and returns the sentence.

    Returns:
        A function of the same arguments that returns None.

    Raises:
        ValueError: If `show` is no function.
        TypeError: When `show` returns anything but a text.
    """

    check_callable("show", show, "@picture above a function that draws")

    @functools.wraps(show)
    def shown(*args: P.args, **kwargs: P.kwargs) -> None:
        before = _figures()
        try:
            sentence = show(*args, **kwargs)
        except Exception as error:
            for number in _figures() - before:
                _pyplot().close(number)
            found = _UNWRITTEN.search(str(error)) if isinstance(error, NotImplementedError) else None
            if found is None:
                print(_told(error, show))
            else:
                missing = _missing([show, *args, *kwargs.values()], found)
                print(f"After {_listed(missing)} this cell draws your picture.")
            return
        if not isinstance(sentence, str):
            raise TypeError(
                f"expected {show.__name__} to return the sentence that says what its picture shows, "
                f"received {type(sentence).__name__}; return a text"
            )
        if _figures() - before:
            _pyplot().show()
        print(sentence)

    return shown


def _pyplot() -> Any:
    return sys.modules["matplotlib.pyplot"]


def _figures() -> set[int]:
    """Numbers of the figures that are open; none before matplotlib was imported."""
    return set(_pyplot().get_fignums()) if "matplotlib.pyplot" in sys.modules else set()


# what is not written yet


def _missing(roots: list[Any], raised: re.Match[str]) -> list[str]:
    """The questions that are not written and that a picture needs, such as `06.3 (relu)`, in the order of their ids."""
    found = {(raised[1], raised[2] or "")}
    for code in _reached(roots):
        texts = [text for text in code.co_consts if isinstance(text, str)]
        if "NotImplementedError" in code.co_names:
            found |= {(match[1], match[2] or "") for text in texts if (match := _UNWRITTEN.fullmatch(text))}
    names: dict[str, list[str]] = {}
    for id, name in sorted(found, key=lambda one: ([int(part) for part in one[0].split(".")], one[1])):
        names.setdefault(id, []).extend([name] if name else [])
    return [f"{id} ({', '.join(own)})" if own else id for id, own in names.items()]


def _reached(roots: list[Any]) -> Iterator[types.CodeType]:
    """The code of functions and classes, and of those of the first one's module that they name."""
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        one = waiting.pop()
        if id(one) in seen or getattr(one, "__module__", None) != roots[0].__module__:
            continue
        seen.add(id(one))
        if isinstance(one, type):
            waiting += vars(one).values()
        # what tf.function makes knows its function by another name
        one = inspect.unwrap(getattr(one, "python_function", one))
        codes = [one.__code__] if isinstance(one, types.FunctionType) else []
        while codes:
            code = codes.pop()
            yield code
            codes += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
            names = (step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"))
            waiting += [one.__globals__[name] for name in names if name in one.__globals__]


def _listed(texts: list[str]) -> str:
    *first, last = texts
    return f"{', '.join(first)} and {last}" if first else last


# what was raised


def _told(error: Exception, show: Callable[..., Any]) -> str:
    """What was raised, and in which function and line of the file or notebook that the picture stands in."""
    text = _line_of(error)
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    found = list(_lines_of(error, show))
    names = [name for _, _, name in found if not name.startswith("<")] or [show.__name__]
    told = f"Your picture is not drawn: {names[-1]} raises {what}"
    if not found:
        return told
    file, line, name = found[-1]
    code = linecache.getline(file, line).strip()
    given = "what your functions give to " if name == show.__name__ else ""
    return f"{told}\nLook at {given}{_cell_of(file)}line {line}{f': {code}' if code else ''}"


def _lines_of(error: Exception, show: Callable[..., Any]) -> Iterator[tuple[str, int, str]]:
    """Files, lines and functions that it came through, the outermost first: those beside the picture."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        is_generated = code.co_name.startswith("tf__")
        if frame.f_globals is getattr(show, "__globals__", None) and not is_generated:
            yield code.co_filename, line, code.co_name
    for file, number, name in _USER_CODE.findall(str(error)):
        yield file, int(number), name


def _line_of(error: Exception) -> str:
    """The line of a message that says most: TensorFlow and Keras say first where it was raised."""
    lines = [line for line in (" ".join(line.split()) for line in _NOISE.sub("", str(error)).splitlines()) if line]
    text = lines[0] if lines else ""
    if text.startswith("in user code"):
        text = lines[-1].removeprefix(f"{type(error).__name__}: ")
    elif text.startswith("Exception encountered when calling") and len(lines) > 1:
        text = lines[1]
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _cell_of(file: str) -> str:
    """`cell [7], ` in a notebook, or ""."""
    number = getattr(getattr(shell(), "compile", None), "_filename_map", {}).get(file)
    return f"cell [{number}], " if number is not None else ""
