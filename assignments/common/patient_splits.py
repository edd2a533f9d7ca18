"""Whether a split by patient is one: laws that hold of every right split, whatever the generator."""

import numpy as np

from autograder.testing import array_of, check, kind_of


def split_of(student, patients, fraction, seed):
    """The two arrays of row numbers that a submission returns, each row once."""
    found = student.split_patients(patients, fraction, seed=seed)
    is_pair = type(found) in (tuple, list) and len(found) == 2
    told = f"`split_patients` returns {kind_of(found)}. Expected two values: training rows and test rows."
    check(is_pair, told, code="kind")
    parts = []
    for rows, name in zip(found, ("the training rows", "the test rows"), strict=True):
        array = np.asarray(array_of(rows)) if type(rows) is list else array_of(rows)
        is_flat = isinstance(array, np.ndarray) and array.ndim == 1
        check(is_flat, f"{name} are {kind_of(rows)}. Expected an array of shape (number of rows,).", code="kind")
        truths = array.dtype.kind == "b"
        check(not truths, f"{name} are True and False. Expected row numbers: `np.flatnonzero` has them.", code="kind")
        whole = array.dtype.kind in "iu" or not array.size
        check(whole, f"{name} have dtype {array.dtype}. Expected row numbers, whole numbers.", code="dtype")
        parts.append(array.astype(int))
    names = set(patients.tolist())
    rows = np.concatenate(parts)
    strange = rows[(rows < 0) | (rows >= len(patients))]
    are_patients = len(strange) and set(rows.tolist()) <= names
    told = "you return numbers of patients. Expected the row numbers of their images."
    check(not are_patients, told, code="wrong-value")
    check(
        not len(strange), f"there are {len(patients)} images, and you return a row outside of them", code="off-by-one"
    )
    seen = np.bincount(rows, minlength=len(patients))
    check((seen > 0).all(), f"{(seen == 0).sum()} of {len(seen)} images are in neither set", code="incomplete")
    check((seen < 2).all(), f"{(seen > 1).sum()} of {len(seen)} images come more than once", code="with-replacement")
    return parts


def check_split(student, patients, fraction, seed):
    """That nobody is on both sides, and as many patients as were asked for are in the test set."""
    train, test = split_of(student, patients, fraction, seed)
    names = np.unique(patients)
    shared = np.intersect1d(patients[train], patients[test])
    told = f"{len(shared)} of {len(names)} patients have images in both sets"
    by_image = len(shared) and len(test) == round(fraction * len(patients))
    check(not by_image, f"{told}: you divide images, not patients", code="not-used")
    check(not len(shared), told)
    found, wanted = len(np.unique(patients[test])), round(fraction * len(names))
    told = f"of {len(names)} patients {found} are in the test set. Expected {wanted}."
    swapped = found != wanted and found == len(names) - wanted
    check(not swapped, f"{told} The training rows come first.", code="returned-swapped")
    check(found == wanted, told, code="wrong-count")


def check_drawn(student, patients, fraction, seeds):
    """That the seed decides, and that everybody is drawn equally often, who has most of the images as well.

    At 1 of 3 patients and 60 seeds somebody is never drawn with a chance of 3e-11, and more than 42 times, which is six
    standard deviations more than expected, with one of 1e-9. Draws by image have a patient with 40 of 47 images in the
    test set nearly always.
    """
    tests = [frozenset(patients[split_of(student, patients, fraction, seed)[1]].tolist()) for seed in seeds]
    again = frozenset(patients[split_of(student, patients, fraction, seeds[0])[1]].tolist())
    check(again == tests[0], "the same seed gives another split the second time", code="seed")
    check(len(set(tests)) > 1, "every seed gives the same split", code="seed")
    for name in np.unique(patients).tolist():
        times = sum(name in one for one in tests)
        check(times, f"one of the patients is in the test set for none of {len(tests)} seeds", code="distribution")
        likely = fraction * len(tests)
        told = f"a patient with {np.sum(patients == name)} of {len(patients)} images is in the test set for {times} of "
        told += f"{len(tests)} seeds. Expected about {likely:.0f}: all patients are equally likely."
        check(times <= likely + 6 * np.sqrt(likely * (1 - fraction)), told, code="distribution")
