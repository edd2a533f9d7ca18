"""How a student process is to be set up: what the grader tells the template, and what the template answers."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Limits:
    """What a submission may use.

    Attributes:
        seconds_per_question: Wall time of all calls of one question, loading included in the first.
        seconds_per_submission: Wall time of the submission as a whole.
        memory_mb: Memory beyond what the template holds already, in megabytes.
        output_bytes: Printed text that is kept; the rest is read and dropped.
        file_mb: The largest file that may be written, in megabytes.
    """

    seconds_per_question: float = 10.0
    seconds_per_submission: float = 60.0
    memory_mb: int = 2000
    output_bytes: int = 20_000
    file_mb: int = 256


@dataclass(frozen=True)
class Settings:
    """One student process, described.

    Attributes:
        scratch: Its private folder, made and removed by the grader; HOME and TMPDIR.
        seed: Seed of `random`, NumPy, TensorFlow and Keras before the submission loads.
        device: `cpu` or `gpu:N`.
        limits: What it may use.
        user: Unprivileged user and group number to become, or None to stay who we are.
        namespaces: Whether to use namespaces of its own.
    """

    scratch: str
    seed: int = 0
    device: str = "cpu"
    limits: Limits = field(default_factory=Limits)
    user: int | None = None
    namespaces: bool = True

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """The settings that `to_json` wrote."""
        record = json.loads(text)
        return cls(**{**record, "limits": Limits(**record["limits"])})
