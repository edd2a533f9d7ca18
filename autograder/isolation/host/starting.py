"""Starting a student process on a machine that may be out of processes or descriptors for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

from autograder.isolation.host.errors import NO_ROOM, NoProcess, TemplateError
from autograder.isolation.host.process import StudentProcess
from autograder.isolation.host.users import free_user
from autograder.isolation.sandbox.scratch import new_scratch, remove_scratch
from autograder.isolation.settings import Settings

# what others use up comes back when they are graded
_PATIENCE = 20.0
_PAUSE = 0.25


class Spawner(Protocol):
    """Anything that makes student processes: a line to a template, or a spare worker."""

    def spawn(self, settings: Settings) -> StudentProcess:
        """A process that has begun to set itself up."""


def settings_of_its_own(user: int | None, **options: Any) -> Settings:
    """Settings with a scratch folder of its own and, where we are root, a user of its own."""
    user = None if user is None else free_user(user)
    try:
        scratch = new_scratch(user)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        raise TemplateError(f"no scratch folder can be made: {error}; set TMPDIR to another place") from None
    return Settings(scratch=scratch, user=user, **options)


def start_process(spawner: Spawner, settings_of: Callable[[], Settings], patience: float = _PATIENCE) -> StudentProcess:
    """A student process that is ready to load a submission; where the machine has no room for one, waits for it.

    Raises:
        NoProcess: When there was none for as many seconds as there is patience.
    """
    patience += time.monotonic()
    while True:
        try:
            return _started(spawner, settings_of())
        except OSError as error:
            if error.errno not in NO_ROOM or time.monotonic() > patience:
                raise NoProcess(str(error.strerror)) from None
        except NoProcess:
            if time.monotonic() > patience:
                raise
        time.sleep(_PAUSE)


def _started(spawner: Spawner, settings: Settings) -> StudentProcess:
    try:
        process = spawner.spawn(settings)
        process.start()
        return process
    except BaseException:
        remove_scratch(settings.scratch)
        raise
