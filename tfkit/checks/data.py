"""A set of examples before training: scale, holes, leaks, labels. NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfkit.checks._tables import classes, column_names, listing, row_keys, table
from tfkit.checks.problems import Problem, Problems


def check_data(x: Any, y: Any = None, *, feature_names: Sequence[str] | None = None) -> Problems:
    """Look over examples and targets as they would be fed to a network.

    These are questions, not verdicts: a column that tells the label without fail may be a leak, or a very good test.
    For what lies between sets, patients in both of them and scalers that have seen the test set, see `check_splits`.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> x = np.column_stack([rng.normal(size=90), rng.normal(5000, 800, size=90), np.ones(90)])
    >>> y = np.repeat([0, 1], [85, 5])
    >>> problems = check_data(x, y, feature_names=["age", "platelets", "site"])
    >>> problems.codes
    ('features_not_scaled', 'constant_columns', 'imbalanced', 'sorted_labels')
    >>> problems["constant_columns"].evidence
    '1 of 3 columns: site'

    Args:
        x: Examples, shape `(M, ...)`; a frame; or a `tfkit.Dataset`, which brings its targets and names.
        y: Targets: classes `(M,)`, one-hot `(M, k)`, or quantities; None to look at `x` alone.
        feature_names: Names of the columns, for the messages.

    Returns:
        A `Problems`, the worst first; it prints as a table, or says that there are none.

    Raises:
        ValueError: If `x` is not a table of numbers, or there is not one target for each example.

    Reference:
        CS231n's notes, "Data preprocessing"; review session, slides on training, validation and test sets.
    """
    if y is None and hasattr(x, "Y"):
        y = x.Y
    examples = table(x, "x")
    flat = examples.reshape(len(examples), -1)
    image = examples.ndim > 2
    names = [f"pixel {i}" for i in range(flat.shape[1])] if image else column_names(x, flat.shape[1], feature_names)
    found = _holes(flat, names)
    checked = ["missing numbers", "scale", "constant columns", "duplicates"]
    if not found:  # statistics of columns with holes would say nothing
        found += _scale(flat, names, image) + ([] if image else _constant(flat, names))
    label, targets = None, None
    if y is not None:
        label, targets = classes(y, "y", len(examples))
        checked += ["labels", "leaks", "order of examples"]
        found += _labels(label, targets) + _order(label)
    found += _duplicates(examples, targets)
    if not image and not any(problem.code == "not_finite" for problem in found):
        found += _numbered(flat, names)
        if targets is not None:
            found += _leaks(flat, names, label, targets)
    return Problems._sorted(found, checked)


def _holes(x: np.ndarray, names: list[str]) -> list[Problem]:
    bad = ~np.isfinite(x)
    if not bad.any():
        return []
    columns = [name for name, column in zip(names, bad.any(axis=0), strict=True) if column]
    evidence = f"{bad.sum()} NaN or infinite in {bad.any(axis=1).sum()} rows, columns {listing(columns)}"
    advice = "fill them with the training set's median, or drop these rows"
    return [Problem("not_finite", "error", evidence, advice)]


def _scale(x: np.ndarray, names: list[str], image: bool) -> list[Problem]:
    low, high = float(x.min()), float(x.max())
    if low >= 0 and 1 < high <= 255 and (image or _like_pixels(x)):
        top = 255 if high > 100 else high
        evidence = f"numbers from {low:g} to {high:g}"
        return [Problem("pixels_not_scaled", "warning", evidence, f"divide pixels by {top:g}")]
    if image or (low >= -1 and high <= 1):
        return []
    deviation = x.std(axis=0)
    size = np.abs(x.mean(axis=0)) + deviation
    varies = deviation > 0
    if not varies.any():
        return []
    largest = int(np.argmax(np.where(varies, size, -1)))
    smallest = int(np.argmin(np.where(varies, size, np.inf)))
    # beyond 10 a sigmoid is flat; a ratio of 100 makes a valley in which gradient descent goes back and forth
    if size[largest] < 10 and size[largest] < 100 * size[smallest]:
        return []
    evidence = (
        f"column {names[largest]} has numbers of about {size[largest]:.3g}, {names[smallest]} of about "
        f"{size[smallest]:.3g}"
    )
    return [Problem("features_not_scaled", "warning", evidence, "use tfkit.standardize, fitted on the training set")]


def _like_pixels(x: np.ndarray) -> bool:
    """Whether a table looks like flattened images: many columns of whole numbers with one common range."""
    if x.shape[1] < 16 or np.median(x.max(axis=0)) < 0.5 * x.max():
        return False
    return bool((x == np.round(x)).all())


def _constant(x: np.ndarray, names: list[str]) -> list[Problem]:
    constant = [name for name, same in zip(names, (x == x[0]).all(axis=0), strict=True) if same]
    if not constant or len(x) < 2:
        return []
    evidence = f"{len(constant)} of {len(names)} columns: {listing(constant)}"
    return [
        Problem(
            "constant_columns",
            "warning",
            evidence,
            "they carry no information: drop them, or find out why they never change",
        )
    ]


def _labels(label: np.ndarray | None, targets: np.ndarray) -> list[Problem]:
    if targets.dtype.kind == "f" and not np.isfinite(targets).all():
        count = int((~np.isfinite(targets)).any(axis=1).sum())
        return [Problem("labels_not_finite", "error", f"{count} targets are NaN or infinite", "drop these examples")]
    if label is None:
        return []
    found = []
    if targets.shape[1] > 1 and len(np.unique(label)) < targets.shape[1]:
        missing = [str(k) for k in range(targets.shape[1]) if not (label == k).any()]
        evidence = f"{len(missing)} of {targets.shape[1]} classes: {listing(missing)}"
        found.append(Problem("class_without_examples", "warning", evidence, "a network can learn nothing about them"))
    kinds, counts = np.unique(label, return_counts=True)
    if len(kinds) == 1:
        found.append(Problem("one_class", "error", f"all {len(label)} labels are {kinds[0]}", "check the labels"))
    elif counts.max() >= 5 * counts.min():
        most, least = kinds[counts.argmax()], kinds[counts.argmin()]
        evidence = (
            f"class {most} has {counts.max()} examples, class {least} has {counts.min()}; always answering {most} is "
            f"right for {counts.max() / len(label):.0%}"
        )
        advice = "look at sensitivity, specificity and AUC (tfkit.metrics), stratify splits, weight the loss"
        found.append(Problem("imbalanced", "warning", evidence, advice))
    return found


def _order(label: np.ndarray | None) -> list[Problem]:
    if label is None or len(label) < 10 or len(np.unique(label)) < 2:
        return []
    changes = int((label[1:] != label[:-1]).sum())
    if changes >= len(np.unique(label)):
        return []
    advice = "shuffle before splitting: validation_split takes the last rows, which belong to other classes"
    return [Problem("sorted_labels", "warning", f"the label changes {changes} times in {len(label)} rows", advice)]


def _duplicates(x: np.ndarray, targets: np.ndarray | None) -> list[Problem]:
    first: dict[bytes, int] = {}
    copies, contrary = 0, 0
    for row, key in enumerate(row_keys(x)):
        other = first.setdefault(key, row)
        if other != row:
            copies += 1
            contrary += targets is not None and not (targets[row] == targets[other]).all()
    found = []
    if contrary:
        evidence = f"{contrary} rows equal another row that has a different target"
        advice = "no network can get both right: check the labels"
        found.append(Problem("contradictory_labels", "warning", evidence, advice))
    if copies:
        severity = "warning" if copies > 0.01 * len(x) else "note"
        advice = "keep copies on one side of every split, or drop them"
        found.append(Problem("duplicate_rows", severity, f"{copies} of {len(x)} rows are copies", advice))
    return found


def _numbered(x: np.ndarray, names: list[str]) -> list[Problem]:
    """Find columns that number the rows, or the patients: whole, all different, and close together."""
    if len(x) < 20:
        return []
    columns = []
    for name, column in zip(names, x.T, strict=True):
        if len(np.unique(column[:200])) < min(200, len(column)):
            continue  # soon seen for most columns
        whole = bool((column == np.round(column)).all())
        if whole and len(np.unique(column)) == len(column) and np.ptp(column) < 100 * len(column):
            columns.append(name)
    if not columns:
        return []
    evidence = f"a different whole number in each of {len(x)} rows: column {listing(columns)}"
    return [Problem("id_like_column", "warning", evidence, "leave row numbers and patient numbers out of the features")]


def _leaks(x: np.ndarray, names: list[str], label: np.ndarray | None, targets: np.ndarray) -> list[Problem]:
    if targets.dtype.kind == "f" and not np.isfinite(targets).all():
        return []
    numbers = [] if targets.dtype.kind not in "fiub" else [targets]
    if label is not None and label.dtype.kind in "iu":
        numbers.append(label[:, None])  # the number of the class, where targets are one-hot
    copies, tellers = [], []
    multiple = _multiples(x, np.hstack(numbers).astype(np.float64)) if numbers else np.zeros(x.shape[1], bool)
    for name, column, is_multiple in zip(names, x.T, multiple, strict=True):
        if is_multiple:
            copies.append(name)
        elif label is not None and _tells(column, label):
            tellers.append(name)
    found = []
    if copies:
        evidence = f"column {listing(copies)} is the target, or a multiple of it"
        found.append(Problem("label_among_features", "error", evidence, "leave it out"))
    if tellers:
        evidence = f"column {listing(tellers)} by itself gives away all {len(x)} labels"
        advice = "check that it is known at the time of the prediction"
        found.append(Problem("perfect_predictor", "warning", evidence, advice))
    return found


def _multiples(x: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Say for each column whether it is a multiple of one of the targets, plus a constant: a correlation of 1."""
    columns, others = x - x.mean(axis=0), targets - targets.mean(axis=0)
    scale = np.linalg.norm(columns, axis=0)[:, None] * np.linalg.norm(others, axis=0)
    aligned = (np.abs(columns.T @ others) > (1 - 1e-9) * scale) & (scale > 1e-9 * len(x))
    return np.asarray(aligned.any(axis=1))


def _tells(column: np.ndarray, label: np.ndarray) -> bool:
    """Whether each class has an interval of the column for itself: k - 1 thresholds then tell all labels."""
    kinds, counts = np.unique(label, return_counts=True)
    if len(kinds) < 2 or counts.min() < 5:  # with three examples of a class, chance does that
        return False
    if len(column) > 500 and not _in_intervals(column[::5][:200], label[::5][:200], len(kinds)):
        return False  # what some rows refute need not be sorted in full
    return _in_intervals(column, label, len(kinds))


def _in_intervals(column: np.ndarray, label: np.ndarray, num_classes: int) -> bool:
    order = np.argsort(column, kind="stable")
    values, sorted_label = column[order], label[order]
    changes = sorted_label[1:] != sorted_label[:-1]
    return int(changes.sum()) < num_classes and bool((values[1:] > values[:-1])[changes].all())
