"""How a student process is to be set up: what the grader tells the template, and what the template answers."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from typing import Any

# in the order in which they are reported; what each does is said in README.md beside this file
LAYERS = ("user", "PID", "mount", "network", "IPC", "UTS", "Landlock", "seccomp")
# in a report beside the layers: the folder that the student process would have to read and cannot
UNREADABLE = "unreadable"


def missing(report: dict[str, str]) -> list[str]:
    """The layers that are not in force."""
    return [layer for layer in LAYERS if report.get(layer, "no report")]


def summary(report: dict[str, str]) -> str:
    """What a result says of its sandbox: `strict`, `none`, or which layers were missing.

    Example:

    >>> summary(dict.fromkeys(LAYERS, "") | {"Landlock": "Function not implemented"})
    'without Landlock'
    """
    absent = missing(report)
    if not absent:
        return "strict"
    return "none" if len(absent) == len(LAYERS) else f"without {', '.join(absent)}"


def refusal(report: dict[str, str]) -> str:
    """The line with which a strict run ends."""
    reasons = "; ".join(f"{layer} ({report.get(layer, 'no report')})" for layer in missing(report))
    return f"--sandbox strict needs every layer, this machine lacks {reasons}; use --sandbox auto to go on without"


@dataclass(frozen=True)
class SandboxPolicy:
    """What a run asks of the sandbox."""

    layers: tuple[str, ...] = LAYERS  # which layers to enter where the machine has them
    strict: bool = False  # whether a missing layer ends the run
    hidden: tuple[str, ...] = ()  # folders that are not to be seen, whatever contains them
    device_mb: int = 0  # memory of the card that a submission may take, in megabytes; 0: what it needs

    @classmethod
    def named(cls, name: str, **others: Any) -> SandboxPolicy:
        """The policy that `--sandbox strict`, `auto` or `none` asks for."""
        return cls(layers=() if name == "none" else LAYERS, strict=name == "strict", **others)


@dataclass(frozen=True)
class Limits:
    """What a submission may use.

    Attributes:
        seconds_per_question: Time of all calls of one question, in seconds; loading is part of the first. Where others
            use the machine as well, what counts is what the submission had of it.
        seconds_per_submission: Time of the submission as a whole, in seconds.
        memory_mb: Memory of all its processes together, in megabytes, beyond what the template holds already.
        scratch_mb: What may be written to files, in megabytes.
        output_bytes: Printed text that is kept; the rest is read and dropped.
        processes: Processes at a time.
        tasks: Processes and their threads at a time; libraries start some threads for each core.
        open_files: Files that one process may have open.
        descriptors: Open files of all processes together.
        sockets: Sockets of all processes together: the kernel keeps megabytes for each and counts them to nobody.
        answer_mb: What one answer may hold, in megabytes: the grader has to keep it in its own memory.
    """

    seconds_per_question: float = 10.0
    seconds_per_submission: float = 60.0
    memory_mb: int = 2000
    scratch_mb: int = 256
    output_bytes: int = 20_000
    processes: int = 32
    tasks: int = field(default_factory=lambda: 64 + 4 * (os.cpu_count() or 1))
    open_files: int = 256
    descriptors: int = 1024
    sockets: int = 64
    answer_mb: int = 16


AUTO = SandboxPolicy()


@dataclass(frozen=True)
class Settings:
    """One student process, described."""

    scratch: str  # its private folder, made and removed by the grader; HOME and TMPDIR
    seed: int = 0  # seed of `random`, NumPy, TensorFlow and Keras before the submission loads
    device: str = "cpu"  # `cpu` or `gpu:N`
    device_mb: int = 0  # memory of that card that it may take, in megabytes; 0: what it needs
    limits: Limits = field(default_factory=Limits)  # what it may use
    user: int | None = None  # unprivileged user and group number to become, or None to stay who we are
    layers: tuple[str, ...] = LAYERS  # which layers of the sandbox to enter where the machine has them
    data: tuple[str, ...] = ()  # files and folders that the assignment declares, to be read
    hidden: tuple[str, ...] = ()  # folders that are not to be seen, whatever contains them
    # modules that cannot be imported, such as `tfkit.nets` where it is to be written
    without: tuple[str, ...] = ()
    cgroup: str = ""  # a control group that was delegated to us, or ""

    def for_student(self) -> Settings:
        """What the student process itself needs to know: not where the class, its marks and its tests lie."""
        return replace(self, hidden=(), data=(), cgroup="")

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """The settings that `to_json` wrote."""
        record = json.loads(text)
        lists = {name: tuple(record[name]) for name in ("layers", "data", "hidden", "without")}
        return cls(**{**record, **lists, "limits": Limits(**record["limits"])})
