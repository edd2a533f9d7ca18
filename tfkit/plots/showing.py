"""A picture of an assignment: it waits for the functions that it needs, and says in words what it shows."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable
from typing import Any, ParamSpec

P = ParamSpec("P")

#: A question that is not written yet begins with its id: `06.3: relu`. TensorFlow puts lines in front of it, and Keras
#: prints it in bold.
_UNWRITTEN = re.compile(r"^\s*(?:\x1b\[\d*m)?(?:NotImplementedError: )?(\d+\.\d+)(?=\W|$)", re.MULTILINE)


def picture(show: Callable[P, str]) -> Callable[P, None]:
    """Show a picture, and below it the sentence that says the same; wait where a question is not written yet.

    For the functions of an assignment that draw what students have written. The function draws, and returns one
    sentence for everybody who cannot see the picture. The sentence is printed and not returned, so that a notebook
    does not repeat it. What is drawn is shown; the function need not call `plt.show()`.

    A question that is not written yet raises `NotImplementedError("06.3: relu")`. Then one line says so, the
    notebook goes on, and figures that were begun are closed. Any other exception passes as it is.

    Example:

    >>> def relu(z):
    ...     raise NotImplementedError("06.3: relu")
    >>> @picture
    ... def show_relu():
    ...     return f"The ReLU of -2 is {relu(-2)} and that of 3 is {relu(3)}."
    >>> show_relu()
    After 06.3 this cell draws your picture.
    >>> def relu(z):
    ...     return max(z, 0)
    >>> show_relu()
    The ReLU of -2 is 0 and that of 3 is 3.

    Args:
        show: Draws, and returns the sentence.

    Returns:
        A function of the same arguments that returns None.

    Raises:
        TypeError: When `show` returns anything but a text.
    """

    @functools.wraps(show)
    def shown(*args: P.args, **kwargs: P.kwargs) -> None:
        before = _figures()
        try:
            sentence = show(*args, **kwargs)
        except NotImplementedError as error:
            found = _UNWRITTEN.search(str(error))
            if found is None:
                raise
            for number in _figures() - before:
                _pyplot().close(number)
            print(f"After {found[1]} this cell draws your picture.")
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
