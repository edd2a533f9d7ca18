"""Early stopping, watched from outside: when it stops, what it calls the best, and which weights come back."""

import math

import numpy as np

from autograder.testing import Remote, array_of, check, kind_of


def followed(losses, patience, min_delta, rule=None):
    """What early stopping says in each epoch, and the best epoch and loss so far; `rule` is a mistake in it."""
    best, best_epoch, last, bad, skipped, found = math.inf, -1, math.inf, 0, 0, []
    for epoch, loss in enumerate(losses):
        limit = best - min_delta
        better = {
            "no min_delta": loss < best,
            "min_delta added": loss < best + min_delta,
            "a share": loss < best * (1 - min_delta) if best < math.inf else loss < best,
            "equal is better": loss <= limit,
            "NaN is better": not loss >= limit,
            "last": loss < last - min_delta,
            "higher is better": best_epoch < 0 or loss > best + min_delta,
        }.get(rule, loss < limit)
        if better:
            best, best_epoch, skipped = loss, epoch, 0
        last = loss
        bad += not better
        skipped += rule == "NaN is no epoch" and math.isnan(loss)
        without = bad if rule == "in all" else epoch - best_epoch - skipped
        needed = patience + {"late": 1, "early": -1}.get(rule, 0)
        found.append((without >= needed, best_epoch, best))
    return found


def expected(losses, patience, min_delta):
    """The epoch that stops, or None; and for each epoch up to there the best one, and the best loss."""
    found = followed(losses, patience, min_delta)
    last = next((epoch for epoch, (stop, *_) in enumerate(found) if stop), None)
    return last, [best for _, *best in found[: len(losses) if last is None else last + 1]]


RULES = {
    "late": "off-by-one",
    "early": "off-by-one",
    "no min_delta": "not-used",
    "min_delta added": "sign",
    "a share": "other-function",
    "equal is better": "comparison",
    "NaN is better": "comparison",
    "NaN is no epoch": "missing-step",
    "last": "stale-value",
    "in all": "not-reset",
    "higher is better": "comparison",
}
# runs in which no two rules say the same; each begins with what all rules call a best
PROBES = (
    ([1.0, 0.9375, 0.75, 0.625, 0.875, 0.75, 0.5, 0.5], 3, 0.125),
    ([0.75, 0.5, 0.5, 0.625, 0.375, 0.375, 0.5, 0.25, 0.25, 0.3125, 0.375, 0.4375], 2, 0.0),
    ([3.0, 2.875, 2.625, math.nan, 2.5, 2.25, math.nan, 2.0], 2, 0.25),
    ([1.0, math.nan, 2.0, 2.5, 3.0], 2, 0.0),
    ([1.0, 1.0625, 1.125, 1.0, 1.1875, 1.0, 1.25], 3, 0.03125),
)


def rule_of(student):
    """The kind of mistake whose rule says what the submission says of all probes; "" where none does."""
    said = []
    for losses, patience, min_delta in PROBES:
        stopping = student.make(Remote("submission.EarlyStopping", patience, min_delta))
        variable = student.make(Remote("tensorflow.Variable", weights(0)[0]))
        said.append([bool(stopping.update(loss, [variable.handle])) for loss in losses])
    for rule, code in RULES.items():
        if said == [[stop for stop, *_ in followed(*probe, rule)] for probe in PROBES]:
            return code
    return ""


def weights(epoch):
    """Those of an epoch: two arrays of different shapes."""
    return [np.array([[1.0, -2.0, 3.0]], np.float32) * (epoch + 1), np.array([[0.5], [epoch - 4.0]], np.float32)]


def check_stopping(student, losses, patience, min_delta, told_as, shown=True):
    """That a run is stopped in the right epoch, and ends with the weights of the best one.

    Args:
        student: The submission.
        losses: Validation losses, one for each epoch.
        patience: Epochs without a better one.
        min_delta: By how much a better one is below the best.
        told_as: What is special about the losses, for the message.
        shown: Whether the message has the numbers of the run.
    """
    what = f"{told_as} (patience {patience}, min_delta {min_delta:g}, losses {_listed(losses)})" if shown else told_as
    last, found = expected(losses, patience, min_delta)
    stopping = student.make(Remote("submission.EarlyStopping", patience, min_delta))
    variables = [student.make(Remote("tensorflow.Variable", array)) for array in weights(-1)]
    handles = [one.handle for one in variables]
    for epoch, (best_epoch, _) in enumerate(found):
        for variable, array in zip(variables, weights(epoch), strict=True):
            variable.assign(array)
        stop = stopping.update(losses[epoch], handles)
        stop = bool(stop) if isinstance(stop, np.bool_) else stop
        told = f"`update` returns {kind_of(stop)}; expected True or False"
        check(type(stop) is bool, told, code="no-return" if stop is None else "kind")
        right = last is not None and epoch == last
        without = epoch - best_epoch
        told = f"{what}: `update` returns {stop} in epoch {epoch}, the {_nth(without)} in a row without a better loss"
        told = told if without else f"{what}: `update` returns {stop} in epoch {epoch}, which is the best so far"
        told = f"{told}; expected {right}" if shown else f"{what}: `update` says stop {'early' if stop else 'late'}"
        check(stop == right, told, code="" if stop == right else rule_of(student))
    best_epoch, best = found[-1]
    said = stopping.read("best_epoch"), array_of(stopping.read("best_loss"))
    told = f"{what}: `best_epoch` is {said[0]} at the end; expected {best_epoch}"
    told = told if shown else f"{what}: `best_epoch` is another one at the end"
    is_best = _number(said[0]) == best_epoch
    check(is_best, told, code="off-by-one" if abs(_number(said[0]) - best_epoch) == 1 else "")
    close = _number(said[1]) == best or math.isclose(_number(said[1]), best, rel_tol=1e-6)
    told = f"{what}: `best_loss` is {said[1]} at the end; expected {best:g}"
    check(close, told if shown else f"{what}: `best_loss` is another one at the end")
    stopping.restore(handles)
    came = [np.asarray(array_of(variable.numpy())) for variable in variables]

    def are_of(epoch):
        return all(np.array_equal(mine, right) for mine, right in zip(came, weights(epoch), strict=True))

    end = len(found) - 1
    wanted = best_epoch if best_epoch >= 0 else end
    if are_of(wanted):
        return
    right = "those of the best epoch" if best_epoch >= 0 else "what they were, those of the last epoch"
    told = f"{what}: after `restore` the weights are {{}}; expected {right}"
    check(not are_of(end), told.format("those of the last epoch"), code="no-copy")
    for other in range(-1, end):
        check(not are_of(other), told.format(f"those of epoch {other}" if shown else "older"), code="stale-value")
    check(False, told.format("those of no epoch"), code="wrong-value")


def _number(value):
    array = array_of(value)
    return float(array) if np.ndim(array) == 0 and np.asarray(array).dtype.kind in "fiu" else math.nan


def _nth(count):
    return {1: "first", 2: "second", 3: "third"}.get(count, f"{count}th")


def _listed(losses):
    return ", ".join(f"{loss:g}" for loss in losses)
