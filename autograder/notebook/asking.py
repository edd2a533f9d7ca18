"""What a student asks for in a notebook, and what is shown of the answer."""

from __future__ import annotations

import contextlib
import os
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.assignment.definition import Assignment, assignments, find_assignment, find_question
from autograder.errors import UsageError
from autograder.notebook.checker import CheckerDied, Process

if TYPE_CHECKING:
    from autograder.cli.hinting import Hint

_ID = re.compile(r"\d{1,2}\.\d{1,3}")
# seconds after which somebody who waits is told what for
_SOON = 0.7
# one checker for each assignment, by its folder
_processes: dict[Path, Process] = {}
_starting = threading.Lock()
_last: list[Path] = []


class Shown:
    """Something that a notebook shows as HTML or Markdown, and a terminal as text.

    Attributes:
        text: The text.
    """

    def __init__(self, text: str, **forms: str) -> None:
        self.text = text
        self._forms = forms

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        names = {"html": "text/html", "markdown": "text/markdown"}
        return {"text/plain": self.text, **{names[form]: value for form, value in self._forms.items()}}


def check(*what: str, help_level: str | None = None) -> None:
    """Checks functions as they stand in memory, and shows what is right, what is not, and why.

    Example, in a cell of its own:

    ```python
    check("03.5")
    ```

    Args:
        *what: Ids of questions, such as `03.5`; or an assignment, such as `03_numpy_net`, for all its questions. With
            nothing, all questions of the assignment whose functions are in memory.
        help_level: How much a diagnosis says, as `--help-level`.
    """
    shell = _shell()
    if shell is None:
        print("check() looks into a notebook. In a terminal, `autograder check` checks a file.")
        return
    try:
        _refuse_numbers("check", what)
        assignment, questions = _asked(what, shell.user_ns)
        _check(shell, assignment, questions, help_level)
    except (UsageError, OSError) as error:
        _say(error)
    except CheckerDied as error:
        _say(f"The checker has ended{_because(error)}. Check again: that starts it anew.")
    except KeyboardInterrupt:
        _say("The check was stopped.")


def hint(question: str, step: int | None = None) -> None:
    """Shows the next hint to a question, as `autograder hint` does: there are three, and they cost nothing.

    Args:
        question: The question's id, such as `03.5`.
        step: This hint, from 1 to 3, instead of the next one.
    """
    from autograder.cli.hinting import next_hint

    try:
        _refuse_numbers("hint", (question,))
        assignment, id = find_question(str(question))
        shown = _of_hint(next_hint(assignment, id, step))
    except (UsageError, OSError) as error:
        _say(error)
        return
    _display(shown)


def _of_hint(one: Hint) -> Shown:
    id = one.question
    footer = one.footer(f'hint("{id}")', lambda step: f'hint("{id}", step={step})')
    return Shown(f"{one.title}\n  {one.text}\n{footer}", markdown=f"**{one.title}**\n\n{one.text}\n\n*{footer}*")


def _check(shell: Any, assignment: Assignment, questions: list[str], level: str | None) -> None:
    from autograder.cli.checks import allowed
    from autograder.notebook.memory import absent, memory_of

    # before anything is waited for
    allowed(level, assignment)
    history = shell.history_manager.input_hist_raw
    memory = memory_of(enumerate(history), shell.user_ns, shell.compile.flags)
    missing = absent(questions, assignment.functions, shell.user_ns)
    with _waiting(_process_of(assignment.folder), assignment) as process:
        answer = process.ask(
            parts=memory.parts, homes=memory.homes, made=memory.made, questions=questions, absent=missing, level=level
        )
    if "error" in answer:
        raise UsageError(answer["error"])
    _display(Shown(answer["text"], html=answer["html"]))


class _waiting:
    """Says what is waited for, when the first check has to wait for libraries; the line goes when the answer comes."""

    def __init__(self, process: Process, assignment: Assignment) -> None:
        self._process = process
        self._line = f"Loading {assignment.framework} for the checks of {assignment.name}; this is done once …"
        self._handle: Any = None

    def __enter__(self) -> Process:
        if not self._process.ready.wait(_SOON) and self._process.is_running:
            from IPython.display import display

            self._handle = display(Shown(self._line), display_id=True)
        return self._process

    def __exit__(self, *_: Any) -> None:
        if self._handle is not None:
            # an output that shows nothing
            self._handle.update(Shown("", html=""))


# what is asked for


def _asked(what: tuple[str, ...], names: dict[str, Any]) -> tuple[Assignment, list[str]]:
    """The assignment, and the questions of it."""
    texts = [str(one).strip() for one in what]
    if not texts:
        assignment = _at_hand(names)
        there = [id for id in assignment.questions if set(assignment.functions.get(id, ())) <= names.keys()]
        return assignment, there
    if len(texts) == 1 and not _ID.fullmatch(texts[0]) and not re.match(r"[\d.]+$", texts[0]):
        assignment = find_assignment(texts[0])
        return assignment, list(assignment.questions)
    if len(texts) == 1 and texts[0].isdigit():
        assignment = find_assignment(texts[0])
        return assignment, list(assignment.questions)
    found = [find_question(text) for text in texts]
    first = found[0][0]
    other = next((one for one, _ in found if one.folder != first.folder), None)
    if other is not None:
        raise UsageError(f"one check is of one assignment; check {first.name} and {other.name} one after the other")
    return first, list(dict.fromkeys(id for _, id in found))


def _refuse_numbers(name: str, what: tuple[Any, ...]) -> None:
    """03.10 without quotes is the number 3.1, and so is 03.1."""
    if any(isinstance(one, float) for one in what):
        raise UsageError(f'write the id in quotes, such as {name}("03.5")')


def _at_hand(names: dict[str, Any]) -> Assignment:
    """The assignment whose functions are in memory: most of them, and of those with as many the one asked for last."""

    def there(one: Assignment) -> int:
        return len({name for own in one.functions.values() for name in own} & names.keys())

    found = [(there(one), one.folder in _last[-1:], one) for one in assignments()]
    most = max(found, key=lambda each: each[:2], default=None)
    if most is None or not most[0]:
        raise UsageError('no function of an assignment is in memory; name one, such as check("03_numpy_net")')
    alike = [one.name for count, is_last, one in found if (count, is_last) == most[:2]]
    if len(alike) > 1:
        raise UsageError(f"functions of {' and '.join(alike)} are in memory; name one, such as check({alike[0]!r})")
    return most[2]


def _process_of(folder: Path) -> Process:
    """The checker of an assignment, started where there is none."""
    with _starting:
        process = _processes.get(folder)
        if process is None or not process.is_running:
            process = _processes[folder] = Process(folder)
        _last[:] = [folder]
        return process


def _begin_ahead(names: dict[str, Any]) -> None:
    """Starts the checker of the assignment that the notebook is called by, so that the first check need not wait."""
    paths = [os.environ.get("JPY_SESSION_NAME", ""), str(names.get("__vsc_ipynb_file__", "")), str(Path.cwd())]
    for path in paths:
        found = re.match(r"(\d\d)_", Path(path).name)
        if found:
            with contextlib.suppress(UsageError, OSError):
                _process_of(find_assignment(found[1]).folder)
                return


# what is shown


def _shell() -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def _display(shown: Shown) -> None:
    if _shell() is None:
        print(shown)
        return
    from IPython.display import display

    display(shown)


def _say(line: object) -> None:
    from autograder.text import visible

    print(" ".join(visible(str(line)).split()))


def _because(error: CheckerDied) -> str:
    from autograder.text import shortened

    return f" ({shortened(str(error), 200)})" if str(error) else ""


def load_ipython_extension(shell: Any = None) -> None:
    """Makes `%check` and `%hint`, and starts a checker where it is known which."""
    shell = shell or _shell()
    if shell is None:
        return

    def of_line(line: str) -> list[str]:
        return [one.strip("\"'(),") for one in line.split()]

    shell.register_magic_function(lambda line: check(*of_line(line)), "line", "check")
    shell.register_magic_function(lambda line: _hint_of(of_line(line)), "line", "hint")
    _begin_ahead(shell.user_ns)


def _hint_of(words: list[str]) -> None:
    if len(words) not in (1, 2) or (len(words) == 2 and not words[1].isdigit()):
        _say("expected the id of a question, such as %hint 03.5, or a step as well: %hint 03.5 2")
        return
    hint(words[0], int(words[1]) if len(words) == 2 else None)
