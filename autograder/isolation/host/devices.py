"""Which device submissions compute on. The grader asks a student process: it never loads TensorFlow itself."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import UsageError
from autograder.isolation.host.choice import Template
from autograder.isolation.host.probe import why_not


def resolve_device(asked: str, template: Template) -> str:
    """`cpu` or `gpu:N`."""
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
