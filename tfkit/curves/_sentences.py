"""What each sign says of a curve, in a sentence with its numbers."""

from __future__ import annotations

from collections.abc import Callable

Evidence = dict[str, float]


def sentence_of(code: str, evidence: Evidence) -> str:
    """Return the sentence, of the evidence that the sign found."""
    return _SENTENCES[code](evidence)


def _diverged(e: Evidence) -> str:
    if "last_loss" in e:
        return f"The loss climbs out of sight: from {e['first_loss']:.3g} in the first epoch to {e['last_loss']:.3g}."
    return f"In epoch {e['first_bad_epoch']:.0f} the loss becomes NaN or infinite."


def _learning_rate_too_high(e: Evidence) -> str:
    if "first_of_a_guess" in e:
        return (
            f"The first epoch has a loss of {e['first_loss']:.3g}, {_times(e['first_of_a_guess'])} that of a guess: "
            "the first steps threw the network far off."
        )
    if "jumps" in e:
        return (
            f"The validation loss jumps by {_percent(e['jumps'])} of its level from epoch to epoch, and the training "
            f"loss went from {e['first_loss']:.3g} to {e['last_loss']:.3g}: the steps look too large."
        )
    if "climbed_from" in e:
        return (
            f"The training loss climbs, which it should not: from {e['climbed_from']:.3g} to {e['climbed_to']:.3g} by "
            f"epoch {e['epoch']:.0f}."
        )
    return (
        f"The loss falls from {e['first_loss']:.3g} to {e['last_loss']:.3g} at once and does not move after that, as "
        "when the first steps are so large that the units go silent."
    )


def _noisy(e: Evidence) -> str:
    if "validation_noise" in e:
        return (
            "The validation loss jumps from epoch to epoch, by about "
            f"{_percent(e['validation_noise'])} of all that it gained."
        )
    return f"The loss jumps from step to step, by about {_percent(e['training_noise'])} of all that it gained."


def _bad_initialisation(e: Evidence) -> str:
    if "plateau_epochs" in e:
        return f"For the first {e['plateau_epochs']:.0f} epochs the loss hardly moved, and then it fell."
    return f"The loss stays where it began: {e['first_loss']:.4g} at first, {e['last_loss']:.4g} at the end."


def _overfitting(e: Evidence) -> str:
    if "best_epoch" in e:
        return (
            f"The validation loss was lowest in epoch {e['best_epoch']:.0f}, at {e['lowest_validation_loss']:.3g}, and "
            f"ends at {e['last_validation_loss']:.3g}, while the training loss went on falling to {e['last_loss']:.3g}."
        )
    return (
        f"The validation loss ends at {e['last_validation_loss']:.3g}, "
        f"{_times(e['validation_loss_of_training_loss'])} the training loss of {e['last_loss']:.3g}."
    )


def _learning_rate_too_low(e: Evidence) -> str:
    if e["gained"] < 0.05 or e["last_loss"] >= e["first_loss"]:
        return (
            f"The loss hardly moves, {e['first_loss']:.5g} at first and {e['last_loss']:.5g} at the end, and what it "
            "moves is a slow, steady drift."
        )
    return f"The loss falls slowly, from {e['first_loss']:.4g} to {e['last_loss']:.4g}, and has not slowed down much."


def _metric_still_improving(e: Evidence) -> str:
    return f"The loss is flat, but the metric gained {e['metric_gain']:.2g} in the last quarter of the epochs."


def _underfitting(e: Evidence) -> str:
    return (
        f"The training loss is flat at {e['last_loss']:.3g}, and the validation loss of "
        f"{e['last_validation_loss']:.3g} is close to it: this network learns no more from these features."
    )


def _healthy(e: Evidence) -> str:
    start = f"The loss fell from {e['first_loss']:.3g} to {e['last_loss']:.3g} and is flat at the end"
    if "last_validation_loss" not in e:
        return f"{start}."
    return f"{start}, and the validation loss, {e['last_validation_loss']:.3g}, stays close to it."


def _percent(part: float) -> str:
    return f"{100 * part:.2g} %"


def _times(factor: float) -> str:
    if factor > 1000:
        return "more than a thousand times"
    return f"{factor:.1f} times" if factor < 10 else f"{factor:.0f} times"


_SENTENCES: dict[str, Callable[[Evidence], str]] = {
    "diverged": _diverged,
    "no_shuffling": lambda e: f"The loss repeats itself every {e['period']:.0f} steps.",
    "leak": lambda e: (
        f"The validation loss falls to {e['lowest_validation_loss']:.2g}, only {_percent(e['of_a_guess'])} of what a "
        "guess costs."
    ),
    "validation_better": lambda e: (
        f"The validation loss is {e['validation_loss_of_training_loss']:.2f} times the training loss: new examples "
        "look easier than known ones."
    ),
    "learning_rate_too_high": _learning_rate_too_high,
    "noisy": _noisy,
    "bad_initialisation": _bad_initialisation,
    "overfitting": _overfitting,
    "decayed_too_early": lambda e: (
        f"Until epoch {e['epoch'] - 1:.0f} the loss fell fast, and from epoch {e['epoch']:.0f} on hardly at all."
    ),
    "learning_rate_too_low": _learning_rate_too_low,
    "still_improving": lambda e: (
        f"The loss still falls: {_percent(e['gained_in_the_last_quarter'])} of all that it gained came in the last "
        "quarter of the epochs."
    ),
    "metric_still_improving": _metric_still_improving,
    "underfitting": _underfitting,
    "healthy": _healthy,
    "unclear": lambda e: (
        f"{e['points']:.0f} value{'s are' if e['points'] > 1 else ' is'} too few to tell anything."
        if "points" in e
        else "The curve shows none of the known signs clearly."
    ),
}
