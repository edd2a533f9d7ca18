"""What is found: mistakes, which stop the build, and warnings, which do not."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Findings:
    """A line for each thing that is found, with its place: `tests/test_public.py:9: …`.

    Attributes:
        mistakes: What has to be put right before anything is written.
        warnings: What may be meant so.
    """

    mistakes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def wrong(self, place: object, text: str) -> None:
        """Notes a mistake."""
        self.mistakes.append(f"{place}: {text}")

    def warn(self, place: object, text: str) -> None:
        """Notes a warning."""
        self.warnings.append(f"{place}: {text}")
