"""Which device submissions compute on. The grader asks a student process: it never loads TensorFlow itself."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.isolation.host.choice import Template
from autograder.isolation.host.probe import why_not

# what of a card is left for its driver and for other programs
_LEFT = 0.1
# a CUDA context, with the libraries that TensorFlow loads into it; it is not counted in what TensorFlow is given
_CONTEXT_MB = 800
_LEAST_MB = 512


@dataclass(frozen=True)
class Card:
    """A GPU, as its driver describes it.

    Attributes:
        number: N of `gpu:N`.
        name: Its name.
        memory_mb: All of its memory, in megabytes.
        used_mb: What of it is in use.
        driver: The driver's version.
    """

    number: int
    name: str
    memory_mb: int
    used_mb: int
    driver: str


def cards(program: str = "nvidia-smi") -> list[Card]:
    """The GPUs of this machine; none where there is no driver, or it does not answer."""
    fields = "index,name,memory.total,memory.used,driver_version"
    command = [program, f"--query-gpu={fields}", "--format=csv,noheader,nounits"]
    try:
        text = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
        rows = [[part.strip() for part in line.split(",")] for line in text.splitlines() if line.strip()]
        return [Card(int(row[0]), row[1], int(row[2]), int(row[3]), row[4]) for row in rows]
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return []


def share_of(device: str, workers: int, known: list[Card] | None = None) -> int:
    """How much memory of a card each of several submissions may take, in megabytes; 0 where it is not known.

    Args:
        device: `cpu` or `gpu:N`.
        workers: How many submissions share it.
        known: The cards; this machine's by default.

    Raises:
        UsageError: When that is too little for any.

    Example:

    >>> share_of("gpu:0", 4, [Card(0, "A card", 24_576, 0, "550.1")])
    4729
    """
    if device == "cpu":
        return 0
    card = next((one for one in (cards() if known is None else known) if device == f"gpu:{one.number}"), None)
    if card is None:
        return 0
    free = max(0.0, card.memory_mb * (1 - _LEFT) - card.used_mb)
    share = int(free / workers) - _CONTEXT_MB
    if share < _LEAST_MB:
        most = int(free // (_CONTEXT_MB + _LEAST_MB))
        what = f"{device} ({card.name}) has {int(free)} MB free, too little for {workers} workers"
        advice = f"use --workers {most}" if most else "end what else uses it, or use --device cpu"
        raise UsageError(f"{what}; {advice}")
    return share


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
