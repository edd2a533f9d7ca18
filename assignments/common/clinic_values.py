"""Values of clinical metrics that are NaN or infinite, and slopes: what is expected is computed here."""

import numpy as np
from common.tapes import tape_slopes

from autograder.testing import array_of, assert_close, check, kind_of, number_of

# what is to be written here
READY = (
    "sklearn.metrics.roc_curve",
    "sklearn.metrics.roc_auc_score",
    "sklearn.metrics.auc",
    "keras.metrics.AUC.update_state",
)
READY_LOSSES = (
    "tensorflow.nn.sigmoid_cross_entropy_with_logits",
    "tensorflow.nn.weighted_cross_entropy_with_logits",
)


def check_nan(value, what, why):
    """That a number is NaN where there is nobody to count."""
    number = number_of(value)
    check(number is not None, f"{what} is {kind_of(value)}. Expected NaN: {why}.", code="kind")
    check(np.isnan(number), f"{what} is {number:g}. Expected NaN: {why}.", code="missing-step")


def check_none_of(received, right, others):
    """That a wrong value is not one that a certain mistake gives: rows of its kind, a sentence and the value."""
    received, right = np.asarray(array_of(received)), np.asarray(right)
    if received.shape != right.shape or received.dtype.kind not in "biuf" or np.allclose(received, right):
        return
    for code, told, other in others:
        check(not np.allclose(received, other), told, code=code)


def assert_rates(student, counts):
    """That both rates are right where there are ill and well ones."""
    TP, FP, TN, FN = (counts[name] for name in ("TP", "FP", "TN", "FN"))
    found, right = student.rates(counts), (TP / (TP + FN), TN / (TN + FP))
    is_pair = type(found) in (tuple, list) and len(found) == 2
    check(is_pair, f"`rates` returns {kind_of(found)}. Expected two numbers.", code="kind")
    swapped = (("returned-swapped", "your two rates are swapped: the sensitivity comes first", right[::-1]),)
    if None not in map(number_of, found):
        check_none_of([number_of(one) for one in found], right, swapped)
    everybody = TP + FP + TN + FN
    known = (
        (
            ("wrong-value", "this is precision: it is divided by those who were called ill", TP / (TP + FP)),
            ("complement", "this is the share of the ill who were missed", FN / (TP + FN)),
            ("wrong-count", "it is divided by everybody, and not by the ill alone", TP / everybody),
            ("wrong-value", "this is accuracy", (TP + TN) / everybody),
        ),
        (
            ("wrong-value", "it is divided by those who were called well", TN / (TN + FN)),
            ("complement", "this is the false positive rate", FP / (TN + FP)),
            ("wrong-count", "it is divided by everybody, and not by the well alone", TN / everybody),
            ("wrong-value", "this is accuracy", (TP + TN) / everybody),
        ),
    )
    for name, received, expected, others in zip(
        ("the sensitivity", "the specificity"), found, right, known, strict=True
    ):
        if number_of(received) is not None:
            told = [(code, f"{name} is wrong: {text}", other) for code, text, other in others]
            check_none_of(number_of(received), expected, told)
        assert_close(received, expected, name)


def check_votes(student, grades, level):
    """That labels are not those of another way to vote."""
    looked = ~np.isnan(grades)
    yes, count = (grades >= level).sum(axis=1), looked.sum(axis=1)
    mean, median = np.nanmean(grades, axis=1), np.nanmedian(grades, axis=1)
    others = (
        ("other-function", "one yes is enough in your vote, whatever the others say", yes > 0),
        ("other-function", "in your vote all have to say yes", yes == count),
        (
            "order",
            "you compare the mean grade with the level. Ask each grader first.",
            mean >= level,
        ),
        ("order", "you compare the median grade with the level. Ask each grader first.", median >= level),
        ("wrong-count", "who did not look counts as a no in your vote", 2 * yes >= grades.shape[1]),
        ("comparison", "in your vote an even split is a no", 2 * yes > count),
    )
    check_none_of(student.majority(grades, level), (2 * yes >= count).astype(float), others)


def check_frozen(student, reference, problem):
    """That thresholds are not those that the test set has chosen, alone or together with the development set."""
    uses = {"screening": "sensitivity", "acting": "specificity"}
    found, others, is_right = [], {"the test set": [], "both sets together": []}, True
    for one in problem:
        given = one.y_dev, one.scores_dev, one.y_test, one.scores_test, one.least
        points = student.frozen_rates(*given)
        for use, rate in uses.items():
            point = points.get(use) if type(points) is dict else None
            threshold = number_of(point.get("threshold")) if type(point) is dict else None
            found.append(np.nan if threshold is None else threshold)
            is_right &= found[-1] == reference.operating_point(one.y_dev, one.scores_dev, rate, one.least)
            pooled = np.concatenate([one.y_dev, one.y_test]), np.concatenate([one.scores_dev, one.scores_test])
            for told, data in (("the test set", (one.y_test, one.scores_test)), ("both sets together", pooled)):
                others[told].append(reference.operating_point(*data, rate, one.least))
    # one alone may be the same by chance: scores are eighths
    for told, chosen in others.items():
        text = f"your thresholds are those that {told} would choose. Choose them on the development set."
        check(is_right or found != chosen, text, code="wrong-source")


def check_nodes(found, wanted, earlier=()):
    """That every node of a taxonomy is there, and none of an earlier one that it does not have."""
    lost = [name for name in wanted if type(found) is dict and name not in found]
    told = f"your dict has no {lost[0]!r}. Every node is asked for, inner ones included." if lost else ""
    check(not lost, told, code="missing-step")
    kept = [name for name in earlier if name in found and name not in wanted]
    told = f"your dict still has {kept[0]!r}, which was in the tree of an earlier call" if kept else ""
    check(not kept, told, code="accumulation")


def check_rates(found, place, other):
    """That one of two rates is NaN, because nobody is there, and that the other one is right."""
    names = "the sensitivity", "the specificity"
    is_pair = type(found) in (tuple, list) and len(found) == 2
    check(is_pair, f"`rates` returns {kind_of(found)}. Expected two numbers.", code="kind")
    why = f"nobody is {('ill', 'well')[place]}"
    check_nan(found[place], names[place], why)
    number = number_of(found[1 - place])
    check(number is not None and abs(number - other) < 1e-9, f"{names[1 - place]} is not right where {why}")


def assert_slope(student, Z, Y):
    """That a tape gives the right slope of the sum of `several_losses` by the logits."""
    told = "the slope of your losses is None: a tape cannot follow the function from the logits to the losses"
    (received,) = tape_slopes(student, "several_losses", [(Z, Y)])
    check(received is not None, told, code="off-the-tape")
    logits, labels = Z.array.astype(np.float64), Y.array.astype(np.float64)
    answered = ~np.isnan(labels)
    gap = np.where(answered, 1 / (1 + np.exp(-logits)) - np.where(answered, labels, 0), 0)
    right = gap / np.maximum(answered.sum(axis=0), 1)
    assert_close(received, right, "your slope", given=right.astype(np.float32))


def assert_curve(student, y, scores):
    """That `roc_curve` is right. What is expected is computed here, because no infinity is stored."""
    found = student.roc_curve(y, scores)
    names = "the false positive rates", "the sensitivities", "the thresholds"
    is_triple = type(found) in (tuple, list) and len(found) == 3
    check(is_triple, f"`roc_curve` returns {kind_of(found)}. Expected three arrays: {', '.join(names)}.", code="kind")
    thresholds = np.array([np.inf, *sorted(set(scores.tolist()), reverse=True)])
    steps = array_of(found[2])
    if isinstance(steps, np.ndarray) and steps.shape == thresholds.shape and steps.dtype == np.float64:
        told = f"your first threshold is {steps[0]:g}. Expected infinity, at which nobody is called ill."
        check(steps[0] == np.inf or steps[-1] == np.inf, told, code="start-value")
    alarmed, seen = ((scores[y == label] >= thresholds[:, None]).mean(axis=1) for label in (0, 1))
    for name, received, expected in zip(names, found, (alarmed, seen, thresholds), strict=True):
        assert_close(received, expected, name)


def assert_votes(student, grades, level):
    """That `majority` is right, where some images were looked at by nobody."""
    found = array_of(student.majority(grades, level))
    whole = isinstance(found, np.ndarray) and found.shape == grades.shape[:1] and found.dtype == np.float64
    told = f"`majority` returns {kind_of(found)}. Expected a float64 array of shape ({len(grades)},)."
    check(whole, told, code="kind")
    looked = ~np.isnan(grades)
    nobody = ~looked.any(axis=1)
    told = "you give a label to an image that nobody looked at. Expected NaN."
    check(np.isnan(found[nobody]).all(), told, code="missing-step")
    shares = (grades[~nobody] >= level).sum(axis=1) / looked[~nobody].sum(axis=1)
    assert_close(found[~nobody], (shares >= 0.5).astype(float), "the labels")
