"""Checking from a notebook: the page of the report, causes and pictures included, below the cell."""

from __future__ import annotations

import html
import subprocess
import sys
from pathlib import Path

from autograder.assignment.definition import find_question
from autograder.cli.hinting import Hint, next_hint
from autograder.errors import UsageError
from autograder.facts.result import Result
from autograder.records.report import student_page


class Checked:
    """A result that a notebook shows as a page.

    Attributes:
        result: The result.
    """

    def __init__(self, result: Result) -> None:
        self.result = result

    def __repr__(self) -> str:
        return f"{self.result.score:g} of {self.result.max_score:g} public points"

    def _repr_html_(self) -> str:
        """The page, in a frame of its own: its style does not reach the notebook, nor the notebook's it."""
        page = html.escape(student_page(self.result, self.result.assignment), quote=True)
        height = 320 + 110 * len(self.result.questions)
        return f'<iframe srcdoc="{page}" sandbox="" style="width: 100%; height: {height}px; border: 0"></iframe>'


def check(assignment: str, file: str | Path | None = None, *questions: str, help_level: str | None = None) -> Checked:
    """Checks a saved notebook, or a script, as `autograder check` does, and shows the page.

    Example, in a cell of `03_numpy_net.ipynb`, which is saved first:

    ```python
    from autograder.notebook import check
    check("03_numpy_net", "03_numpy_net.ipynb", "03.5")
    ```

    Args:
        assignment: The assignment.
        file: The file; by default what the assignment asks for, in the current folder.
        *questions: Ids of questions; all when there are none.
        help_level: How much a diagnosis says, as `--help-level`.

    Raises:
        UsageError: What the command says when it cannot check.
    """
    command = [sys.executable, "-m", "autograder", "check", assignment, "--json"]
    command += [str(file)] if file is not None else []
    for id in questions:
        command += ["-q", id]
    command += ["--help-level", help_level] if help_level else []
    # a process of its own: the notebook's has run the submission's cells
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise UsageError(done.stderr.strip() or f"the check ended with exit status {done.returncode}")
    return Checked(Result.from_json(done.stdout))


class Hinted:
    """A hint that a notebook shows, with its formulas.

    Attributes:
        hint: The hint.
    """

    def __init__(self, hint: Hint) -> None:
        self.hint = hint

    @property
    def _footer(self) -> str:
        id = self.hint.question
        return self.hint.footer(f'hint("{id}")', lambda step: f'hint("{id}", step={step})')

    def __repr__(self) -> str:
        return f"{self.hint.title}\n  {self.hint.text}\n{self._footer}"

    def _repr_markdown_(self) -> str:
        return f"**{self.hint.title}**\n\n{self.hint.text}\n\n*{self._footer}*"


def hint(question: str, step: int | None = None) -> Hinted:
    """The next hint to a question, as `autograder hint` shows it.

    Args:
        question: The question's id, such as `03.5`.
        step: This hint, from 1 to 3, instead of the next one.

    Raises:
        UsageError: When there is none.
    """
    assignment, id = find_question(question)
    return Hinted(next_hint(assignment, id, step))
