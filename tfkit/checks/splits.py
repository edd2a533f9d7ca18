"""Training, validation and test set against each other: what must not be on both sides. NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from tfkit.checks._tables import classes, listing, row_keys, table
from tfkit.checks.problems import Problem, Problems

Sets = dict[str, np.ndarray]


def check_splits(
    train: Any,
    validation: Any = None,
    test: Any = None,
    *,
    groups: Mapping[str, Any] | Sequence[Any] | None = None,
) -> Problems:
    """Look for what training knows of the validation and the test set, as they are fed to the network.

    Rows, or patients, in two sets make the test an exam with known questions. A scaler that was fitted on all
    data, or on the test set by itself, leaves its trace: a mean of exactly 0 where there should be one of about 0.

    scikit-learn's `GroupShuffleSplit` and `StratifiedGroupKFold` divide patients; `tfkit.split` divides rows;
    `tfkit.standardize` scales all sets by the training set alone.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(3, 2, size=(100, 4))
    >>> x = (x - x.mean(axis=0)) / x.std(axis=0)  # before the split: the scaler has seen the test set
    >>> problems = check_splits(x[:80], test=x[80:], groups={"train": np.arange(80), "test": np.arange(79, 99)})
    >>> problems.codes
    ('groups_in_both', 'scaled_before_split')
    >>> problems["groups_in_both"].evidence
    'train and test share 1 of 20 groups: 79'

    Args:
        train: Training set: a pair `(x, y)`, a `tfkit.Dataset`, or examples `(M, n)` alone.
        validation: Validation set, or None.
        test: Test set, or None.
        groups: The patient (or site, or video) of each example, where a patient has several: a dict with the keys
            `"train"`, `"validation"`, `"test"`, or a sequence of arrays in the order of the sets given.

    Returns:
        A `Problems`, the worst first; it prints as a table, or says that there are none.

    Raises:
        ValueError: If there are fewer than two sets, or their shapes, targets or groups do not fit together.

    Reference:
        Review session, slides on training, validation and test sets; BIODS 388, lecture 4, patients and images.
    """
    given = {"train": train, "validation": validation, "test": test}
    given = {name: part for name, part in given.items() if part is not None}
    if len(given) < 2 or "train" not in given:
        raise ValueError(f"expected a training set and a validation or test set, received only {' and '.join(given)}")
    x: Sets = {}
    labels: Sets = {}
    for name, part in given.items():
        features, targets = _parts(part, name)
        x[name] = table(features, name)
        if targets is not None:
            label, _ = classes(targets, f"the targets of {name}", len(x[name]))
            if label is not None:
                labels[name] = label
    for name, array in x.items():
        if array.shape[1:] != x["train"].shape[1:]:
            raise ValueError(f"expected examples of shape {x['train'].shape[1:]} in {name}, received {array.shape[1:]}")
    checked = ["rows in both", "scaling"]
    found = _shared_rows(x)
    if groups is not None:
        checked.append("groups in both")
        found += _shared_groups(_groups(groups, x))
    flat = {name: array.reshape(len(array), -1).astype(np.float64) for name, array in x.items()}
    if all(np.isfinite(array).all() for array in flat.values()):
        found += _scaling(flat)
    if len(labels) == len(x):
        checked.append("classes")
        found += _classes(labels)
    return Problems._sorted(found, checked)


def _parts(part: Any, name: str) -> tuple[Any, Any]:
    if hasattr(part, "X") and hasattr(part, "Y"):
        return part.X, part.Y
    if isinstance(part, tuple):
        if len(part) != 2:
            raise ValueError(f"expected (x, y) as the {name} set, received a tuple of {len(part)}")
        return part
    return part, None


def _groups(groups: Any, x: Sets) -> Sets:
    named = dict(groups) if isinstance(groups, Mapping) else dict(zip(x, groups, strict=False))
    if set(named) != set(x) or (not isinstance(groups, Mapping) and len(groups) != len(x)):
        raise ValueError(f"expected groups for {', '.join(x)}, received {', '.join(map(str, named))}")
    arrays = {name: np.asarray(named[name]) for name in x}
    for name, array in arrays.items():
        if array.shape != (len(x[name]),):
            raise ValueError(f"expected a group for each of {len(x[name])} examples in {name}, received {array.shape}")
    return arrays


def _shared_rows(x: Sets) -> list[Problem]:
    keys = {name: row_keys(array) for name, array in x.items()}
    found = []
    for one, other in combinations(x, 2):
        known = set(keys[one])
        count = sum(key in known for key in keys[other])
        if count:
            evidence = f"{count} of {len(keys[other])} rows of {other} are also in {one}"
            severity = "error" if count > 0.05 * len(keys[other]) else "warning"  # small tables repeat by chance
            found.append(
                Problem("rows_in_both", severity, evidence, "drop copies before you split, and split only once")
            )
    return found


def _shared_groups(groups: Sets) -> list[Problem]:
    found = []
    for one, other in combinations(groups, 2):
        members = np.unique(groups[other])
        shared = members[np.isin(members, groups[one])]
        if len(shared):
            names = listing(shared.astype(str).tolist())
            evidence = f"{one} and {other} share {len(shared)} of {len(members)} groups: {names}"
            advice = "split by patient, not by image: sklearn.model_selection.GroupShuffleSplit"
            found.append(Problem("groups_in_both", "error", evidence, advice))
    return found


def _scaling(x: Sets) -> list[Problem]:
    found = []
    # a column of few values, such as 0 and 1, keeps its ends and its mean whoever scales it
    rich = [i for i, column in enumerate(x["train"].T) if len(np.unique(column[:2000])) > 10]
    if not rich:
        return []
    x = {name: array[:, rich] for name, array in x.items()}
    alone = "scale it with the training set's mean and deviation: tfkit.standardize(train, test)"
    for name, array in x.items():
        if name != "train" and (how := _scaled(array)) and not np.array_equal(array, x["train"]):
            evidence = f"{name} by itself has {how} in all {len(rich)} columns"
            found.append(Problem("scaled_by_itself", "error", evidence, alone))
    unions = [names for size in (2, 3) for names in combinations(x, size) if "train" in names and len(names) <= len(x)]
    if not found and not _scaled(x["train"]):
        for names in unions:
            if how := _scaled(np.concatenate([x[name] for name in names])):
                evidence = f"{' and '.join(names)} together have {how}, train by itself does not"
                advice = "split first, then fit the scaler on train alone: tfkit.standardize"
                found.append(Problem("scaled_before_split", "error", evidence, advice))
                break
    for name, array in x.items():
        if name == "train" or found:
            continue
        if len(array) >= 10 and (share := _elsewhere(array, x["train"])) > 0.5:
            evidence = f"{share:.0%} of the columns have a very different mean or deviation in {name} than in train"
            found.append(Problem("scaled_differently", "error", evidence, alone))
    return found


def _scaled(x: np.ndarray) -> str:
    """Say how all columns were scaled, `""` if they were not: with a precision that chance does not reach."""
    if len(x) < 3:
        return ""
    deviation = x.std(axis=0)
    mean_zero = np.abs(x.mean(axis=0)) < 1e-5
    # StandardScaler divides by M, pandas by M - 1
    ones = np.abs(deviation - 1) < 1e-5, np.abs(x.std(axis=0, ddof=1) - 1) < 1e-5
    if mean_zero.all() and (ones[0].all() or ones[1].all()):
        return "mean 0 and deviation 1"
    low, high = x.min(axis=0), x.max(axis=0)
    # one column may well end at 0 and 1 by nature, and pixels do; two that reach them in single rows were made to
    rare = np.median(np.minimum((x == low).sum(axis=0), (x == high).sum(axis=0))) <= 3
    if rare and x.shape[1] > 1 and (np.abs(low) < 1e-6).all() and (np.abs(high - 1) < 1e-6).all():
        return "minimum 0 and maximum 1"
    return ""


def _elsewhere(x: np.ndarray, train: np.ndarray) -> float:
    """Return the share of columns that lie far from the training set's, or are far wider or narrower."""
    deviation = train.std(axis=0) + 1e-12
    ratio = x.std(axis=0) / deviation
    shift = np.abs(x.mean(axis=0) - train.mean(axis=0)) / deviation
    return float(((ratio < 0.1) | (ratio > 10) | (shift > 5)).mean())


def _classes(labels: Sets) -> list[Problem]:
    found = []
    kinds = np.unique(labels["train"])
    for name, label in labels.items():
        if name == "train":
            continue
        unknown = np.setdiff1d(label, kinds)
        if len(unknown):
            evidence = f"{name} has classes that train does not have: {listing(unknown.astype(str).tolist())}"
            found.append(Problem("class_not_in_train", "error", evidence, "stratify: tfkit.split(..., stratify=Y)"))
        absent = np.setdiff1d(kinds, label)
        if len(absent):
            evidence = f"{name} has no example of class {listing(absent.astype(str).tolist())}"
            found.append(Problem("class_not_tested", "warning", evidence, "stratify: tfkit.split(..., stratify=Y)"))
        shifts = [(abs(_share(label, k) - _share(labels["train"], k)), k) for k in kinds]
        largest, kind = max(shifts, key=lambda pair: pair[0])
        share = _share(labels["train"], kind)
        # four standard errors and ten points: chance alone does not do it, and it matters
        error = np.sqrt(share * (1 - share) * (1 / len(label) + 1 / len(labels["train"])))
        if not len(unknown) and not len(absent) and largest > max(0.1, 4 * error):
            evidence = f"class {kind}: {share:.0%} of train, {_share(label, kind):.0%} of {name}"
            advice = "shuffle before you split, or stratify; if the sets come from two clinics, say so"
            found.append(Problem("class_shares_differ", "warning", evidence, advice))
    return found


def _share(label: np.ndarray, kind: Any) -> float:
    return float((label == kind).mean())
