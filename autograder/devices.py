"""Which device submissions compute on. The grader asks a student process: it never loads TensorFlow itself."""

from __future__ import annotations

import time
from pathlib import Path

from autograder.errors import UsageError
from autograder.isolation.forking import new_scratch, student_user
from autograder.isolation.process import ProcessEnded
from autograder.isolation.settings import Settings
from autograder.isolation.templates import Template


def resolve_device(asked: str, template: Template) -> str:
    """`cpu` or `gpu:N`.

    Args:
        asked: `auto`, `cpu` or `gpu:N`.
        template: The template whose processes will compute.

    Raises:
        UsageError: When a GPU was asked for and cannot be used.
    """
    if asked == "cpu" or template.framework == "numpy":
        return "cpu"
    if asked == "auto":
        # asking TensorFlow costs a process: not where there is no driver at all
        if not Path("/dev/nvidiactl").exists():
            return "cpu"
        return "cpu" if why_not(template, "gpu:0") else "gpu:0"
    reason = why_not(template, asked)
    if reason:
        raise UsageError(f"there is no {asked} on this machine ({reason}); use --device cpu or auto")
    return asked


def why_not(template: Template, device: str) -> str:
    """Why a device cannot be used, or "" when it can: tried in a process of its own."""
    user = student_user()
    spawner = template.control()
    try:
        process = spawner.spawn(Settings(new_scratch(user), device=device, user=user))
        try:
            process.start(time.monotonic() + 60.0)
        except ProcessEnded as end:
            return end.message.rpartition("could not start: ")[2]
        finally:
            process.close()
    finally:
        if spawner is not template:
            spawner.close()
    return ""
