"""What may go wrong with a student process: by its own doing, or by that of the machine."""

from __future__ import annotations

import errno

from autograder.errors import UsageError
from autograder.facts.fact import Fact

# what a machine is out of that it may have again in a moment: processes, memory, descriptors
NO_ROOM = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ETOOMANYREFS)
# and what it is out of until somebody makes room: each submission that is tried meanwhile would lose its marks
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


class TemplateError(UsageError):
    """A machine or a template that cannot run submissions; the message says why in one line."""


class NoProcess(TemplateError):
    """A machine that has no room for another process now; the message says what it is out of.

    Attributes:
        fact: What is told of a submission that could not be graded for it.
    """

    def __init__(self, reason: str) -> None:
        self.fact = Fact("no-room", values={"reason": reason})
        super().__init__(
            f"no process could be started for a submission ({reason}); close other programs, or use fewer --workers"
        )


def raise_if_over(error: Exception) -> None:
    """Raises an error after which no submission can be run: what is lost with it must not pass for a result."""
    if isinstance(error, TemplateError) and not isinstance(error, NoProcess):
        raise error


class TooBusy(NoProcess):
    """A machine on which a process had too little of the processor for a time limit to tell anything."""

    def __init__(self) -> None:
        super().__init__("it had too little of the processor")
        self.fact = Fact("too-busy")


class ProcessEnded(Exception):
    """A student process that will not answer any more; the fact tells how it ended."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact.kind)
        self.fact = fact
