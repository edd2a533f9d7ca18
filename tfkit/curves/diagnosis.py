"""Names what a learning curve shows, with the numbers that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tfkit._arguments import check_positive
from tfkit.curves._advice import ADVICE
from tfkit.curves._measured import Reading
from tfkit.curves._reading import Curves, read_history
from tfkit.curves._sentences import sentence_of
from tfkit.curves._signs import Evidence, signs_of


@dataclass(frozen=True)
class Finding:
    """One thing that a curve shows.

    Example:

    >>> diagnose([3.0, 5.0, float("nan")]).main
    Finding('diverged', first_bad_epoch=3, highest=5)

    Attributes:
        code: A name, such as `"overfitting"`.
        evidence: Numbers read from the curve.
        sure: Whether nothing else is known to look like this.
        sentence: What the curve shows, with these numbers.
        advice: What to do.
    """

    code: str
    evidence: Evidence
    sure: bool = True

    @property
    def sentence(self) -> str:
        """What the curve shows, with its numbers, in a sentence."""
        return sentence_of(self.code, self.evidence)

    @property
    def advice(self) -> str:
        """What to do, in a sentence or two."""
        return ADVICE[self.code]

    def __repr__(self) -> str:
        numbers = "".join(f", {name}={value:.3g}" for name, value in self.evidence.items())
        return f"Finding({self.code!r}{numbers}{'' if self.sure else ', sure=False'})"


@dataclass(frozen=True)
class Diagnosis:
    """All that a curve shows, the main finding first, and what could not be judged.

    Example:

    >>> diagnosis = diagnose([2.0, 1.9, 1.8, 1.7, 1.6, 1.5, 1.4, 1.3])
    >>> diagnosis.codes
    ('learning_rate_too_low',)
    >>> diagnosis.not_judged[0]
    'overfitting, underfitting and leaks: there is no val_loss; pass validation_data to fit'

    Attributes:
        findings: One or more, the main one first.
        not_judged: What cannot be said without more data, and which.
    """

    findings: tuple[Finding, ...]
    not_judged: tuple[str, ...] = ()

    @property
    def main(self) -> Finding:
        """The first finding."""
        return self.findings[0]

    @property
    def codes(self) -> tuple[str, ...]:
        """The findings' names."""
        return tuple(finding.code for finding in self.findings)

    def __str__(self) -> str:
        lines = []
        for finding in self.findings:
            words = finding.code.replace("_", " ")
            title = words.capitalize() if finding.sure else f"Perhaps {words}"
            lines += [f"{title}. {finding.sentence}", f"    {finding.advice}"]
        return "\n".join([*lines, *(f"Not judged: {reason}" for reason in self.not_judged)])


def diagnose(history: Any, *, baseline: float | None = None) -> Diagnosis:
    """Return what a learning curve shows: overfitting, a learning rate that is too high, a leak, and the like.

    A network may have several troubles, and a curve can look alike for two reasons. The signs are the slides'; their
    thresholds were set on curves of networks that were made to misbehave, and tried on others: the page beside this
    module tells how often the main finding was what had been done to the network. Take it for the question to ask
    next, not for a verdict.

    Example:

    >>> import numpy as np
    >>> epochs = np.arange(40)
    >>> loss, val_loss = np.exp(-epochs / 8), 0.3 + 0.7 * np.exp(-epochs / 4) + 0.01 * epochs
    >>> diagnosis = diagnose({"loss": loss, "val_loss": val_loss})
    >>> diagnosis.main.code, diagnosis.main.evidence["best_epoch"]
    ('overfitting', 13)

    Args:
        history: A `tfkit.History`, a Keras history, a dict of lists (`"loss"`, and where there are such `"val_loss"`,
            metrics such as `"val_accuracy"`, `"learning_rate"`), or a list of losses. One value an epoch; or one
            a step, where shuffling and noise can be judged, and little else.
        baseline: Loss of answering the same for every example: ln k for k equally frequent classes, the variance of
            the targets for squared errors. Without it the first epoch stands in, which is less sure.

    Returns:
        A `Diagnosis`.

    Raises:
        ValueError: If there is no loss, or lists are empty, of several lengths, or not numbers.

    Reference:
        Review session, slides "Monitor learning curves" to "Early stopping".
    """
    if baseline is not None:
        check_positive("baseline", baseline)
    curves = read_history(history)
    found = signs_of(Reading(curves, None if baseline is None else float(baseline)))
    findings = tuple(Finding(sign.code, sign.evidence, sign.sure) for sign in found)
    return Diagnosis(findings, _not_judged(curves))


def _not_judged(curves: Curves) -> tuple[str, ...]:
    reasons = []
    if curves.val_loss is None:
        reasons.append("overfitting, underfitting and leaks: there is no val_loss; pass validation_data to fit")
    if len(curves.loss) < 5:
        reasons.append(f"trends: {len(curves.loss)} points are too few; train for ten epochs or more")
    if curves.metric is None:
        reasons.append("whether a metric still improves: there is no metric for which higher is better")
    if curves.val_loss is None and len(curves.loss) >= 60:
        reasons.append("whether the learning rate is too high: so many points without a val_loss are taken to be steps")
    else:
        reasons.append("shuffling: it shows in the loss of each step, not of each epoch")
    return tuple(reasons)
