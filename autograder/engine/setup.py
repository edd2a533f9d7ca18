"""What a submission is run with: all that is known before it is started."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from autograder.handin.sources import Source
from autograder.isolation.host.clock import PATIENCE
from autograder.isolation.host.starting import Spawner
from autograder.isolation.settings import AUTO, Limits, SandboxPolicy


@dataclass(frozen=True)
class Setup:
    """One submission, before it runs.

    Attributes:
        spawner: Where its processes come from.
        source: Its text.
        limits: Its time and memory.
        seed: The run's seed.
        device: `cpu` or `gpu:N`.
        user: The first of the unprivileged users that its processes run as, or None.
        policy: What is asked of the sandbox.
        data: Files that the assignment declares.
        without: Modules that the submission cannot import.
        forbidden: Calls that some question of the assignment forbids.
        given: Functions and classes that every submission has: none of them is another one, misspelt.
        explains: Whether wrong answers are to be explained: some checks then look for the cause.
        patience: How many times as long as a time limit says a process is waited for that has too little of a busy
            machine.
    """

    spawner: Spawner
    source: Source
    limits: Limits = field(default_factory=Limits)
    seed: int = 0
    device: str = "cpu"
    user: int | None = None
    policy: SandboxPolicy = AUTO
    data: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    explains: bool = False
    patience: float = PATIENCE

    def trusted(self, source: Source, limits: Limits) -> Setup:
        """A text of ours, run beside a submission: without a sandbox, and nothing of it is explained."""
        return replace(
            self,
            source=source,
            limits=limits,
            policy=SandboxPolicy(()),
            user=None,
            explains=False,
            patience=math.inf,
        )
