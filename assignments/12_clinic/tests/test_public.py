"""The public tests of 12: what `autograder check 12_clinic` runs.

Together they look at each sentence of a docstring once, its example included. Ordinary numbers come in the two sizes
of the fixture, so that a cause can be proven. Empty classes, ties and constant scores have tests of their own.
"""

import numpy as np
from common.clinic_values import (
    READY,
    READY_LOSSES,
    assert_curve,
    assert_rates,
    assert_slope,
    assert_votes,
    check_frozen,
    check_nan,
    check_nodes,
    check_rates,
    check_votes,
)
from common.patient_splits import check_drawn, check_split

from autograder.testing import Tensor, assert_array, assert_loss, question

NOBODY = np.nan
LECTURE = np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8])


def tensor(rows):
    return Tensor(np.array(rows, np.float32))


@question("12.1", points=1.25)
def test_confusion(student, reference, problem):
    """Confusion: four counts at a threshold, which is a score of several images."""
    assert_array(student.confusion, reference.confusion, problem)
    assert_array(student.confusion, reference.confusion, *LECTURE, 0.4)
    assert_array(student.confusion, reference.confusion, *LECTURE, float("inf"))
    near = np.array([0, 1, 1, 0]), np.array([0.4 + 1e-6, 0.4 - 1e-6, 0.4, 0.4 - 1e-6])
    assert_array(student.confusion, reference.confusion, *near, 0.4)


@question("12.2", points=0.75)
def test_rates(student, problem):
    """Rates: sensitivity and specificity."""
    for one in problem:
        assert_rates(student, one.counts)
    assert_rates(student, {"TP": 9, "FP": 20, "TN": 80, "FN": 1})
    assert_rates(student, {"TP": 0, "FP": 3, "TN": 0, "FN": 5})


@question("12.2", points=0.5)
def test_rates_of_nobody(student):
    """Rates: NaN where nobody is ill, or nobody well."""
    check_rates(student.rates({"TP": 0, "FP": 1, "TN": 3, "FN": 0}), 0, 0.75)
    check_rates(student.rates({"TP": 4, "FP": 0, "TN": 0, "FN": 1}), 1, 0.8)


@question("12.3", points=1.75, forbids=READY)
def test_roc_curve(student, problem):
    """ROC curve: from (0, 0) to (1, 1), a point for each different score."""
    for one in problem:
        assert_curve(student, one.y, one.scores)
    assert_curve(student, *LECTURE)


@question("12.3", points=0.75, forbids=READY)
def test_roc_curve_ties(student, problem):
    """ROC curve: equal scores are one step, also when all of them are equal."""
    assert_curve(student, np.array([0, 1, 1]), np.array([0.2, 0.7, 0.7]))
    assert_curve(student, np.array([1, 0, 1, 0, 0]), np.full(5, 0.3))


@question("12.4", points=1, forbids=READY)
def test_auc(student, reference, problem):
    """AUC: the share of pairs that are in the right order, ties counting one half."""
    assert_loss(student.auc, reference.auc, problem, name="the area")
    assert_loss(student.auc, reference.auc, *LECTURE, name="the area")


@question("12.4", points=1, forbids=READY)
def test_auc_scale(student, reference, problem):
    """AUC: exact wherever the scores lie, below one half as well; 0.5 for constant scores."""
    for scale, shift in ((1e-5, 1e-4), (-100.0, 2000.0)):
        moved = problem.extended(scores=lambda one, scale=scale, shift=shift: scale * one.scores + shift)
        assert_loss(student.auc, reference.auc, moved, name="the area")
    # most of them lie in a small part of their range
    bent = problem.extended(scores=lambda one: np.exp(3 * one.scores))
    assert_loss(student.auc, reference.auc, bent, name="the area")
    for constant in (0.0, 3.0):
        assert_loss(student.auc, reference.auc, np.array([0, 1, 1, 0, 0]), np.full(5, constant), name="the area")


@question("12.4", points=0.5, forbids=READY)
def test_auc_of_nobody(student):
    """AUC: NaN where one class is empty."""
    check_nan(student.auc(np.array([0, 0]), np.array([0.2, 0.7])), "the area", "nobody is ill")
    check_nan(student.auc(np.array([1, 1, 1]), np.array([0.2, 0.7, 0.7])), "the area", "nobody is well")


# 2 of 3 are less than a promise of 0.6667, though not when rounded; scores differ in the sixth digit
THIRDS = np.array([0, 1, 0, 1, 0, 1]), np.array([0.123456, 0.123457, 0.234562, 0.201234, 0.345613, 0.456123])
TIED = np.array([1, 0, 1, 0, 1]), np.array([0.2, 0.1, 0.5, 0.2, 0.2])
EIGHT = np.array([0, 0, 0, 0, 1, 1, 1, 1]), np.array([0.1, 0.2, 0.3, 0.8, 0.25, 0.6, 0.7, 0.9])


def promised(student, reference, problem, rate, least):
    asked, known = student.operating_point, reference.operating_point
    assert_loss(asked, known, problem.extended(rate=rate, least=least), name=f"the threshold for {rate}")
    for enough in (0.5, 0.75, 0.8):
        assert_loss(asked, known, *EIGHT, rate, enough, name=f"the threshold for {rate}")
    for data, promises in ((THIRDS, (2 / 3, 0.6667)), (TIED, (0.5, 1.0))):
        for enough in promises:
            assert_loss(asked, known, *data, rate, enough, name=f"the threshold for {rate}")


@question("12.5", points=1.25, forbids=READY)
def test_operating_point_sensitivity(student, reference, problem):
    """Operating point: the largest threshold that finds enough of the ill."""
    promised(student, reference, problem, "sensitivity", 0.7)


@question("12.5", points=1.25, forbids=READY)
def test_operating_point_specificity(student, reference, problem):
    """Operating point: the smallest threshold that leaves enough of the well in peace, infinity at worst."""
    promised(student, reference, problem, "specificity", 0.7)
    highest_is_well = np.array([1, 0, 1]), np.array([0.2, 0.9, 0.4])
    name = "the threshold for specificity"
    assert_loss(student.operating_point, reference.operating_point, *highest_is_well, "specificity", 1.0, name=name)


@question("12.6", points=1.75)
def test_frozen_rates(student, reference, problem):
    """Frozen rates: thresholds of the development set, rates of the test set."""
    check_frozen(student, reference, problem)
    assert_array(student.frozen_rates, reference.frozen_rates, problem)
    assert_array(
        student.frozen_rates, reference.frozen_rates, *LECTURE, np.array([0, 0, 1]), np.array([0.2, 0.3, 0.5]), 1.0
    )


@question("12.7", points=1.5)
def test_split_patients(student, problem):
    """Split: every image once, no patient in both sets, the right number of patients."""
    for one in problem:
        for seed in range(3):
            check_split(student, one.patients, 0.3, seed)
    check_split(student, np.array([7, 7, 3, 3, 3, 9]), 1 / 3, 0)


@question("12.7", points=0.5)
def test_split_patients_seed(student):
    """Split: the seed decides, and all patients are equally likely."""
    check_drawn(student, np.array([8, 2, 2, 5, *[9] * 40, 8, 1, 6]), 1 / 3, range(60))


@question("12.8", points=0.75)
def test_leaked_patients(student, reference, problem):
    """Leak: the patients of both sets, each once, in ascending order."""
    leaks = problem.extended(train=lambda one: one.patients[: one.M // 2], test=lambda one: one.patients[one.M // 2 :])
    assert_array(student.leaked_patients, reference.leaked_patients, leaks)
    assert_array(student.leaked_patients, reference.leaked_patients, np.array([7, 7, 3, 5]), np.array([9, 5, 7]))


ENDS = "the lower end", "the upper end"


@question("12.9", points=1.25, forbids=READY)
def test_bootstrap_interval(student, reference, problem):
    """Interval: each patient comes with all images, and as often as drawn."""
    assert_array(student.bootstrap_interval, reference.bootstrap_interval, problem, names=ENDS)
    four = np.array([0, 1, 0, 1]), np.array([0.2, 0.7, 0.5, 0.4]), np.array([3, 3, 7, 7])
    draws = np.array([[3, 3], [3, 7], [7, 7]])
    assert_array(student.bootstrap_interval, reference.bootstrap_interval, *four, draws, names=ENDS)


def one_sided(one):
    """Draws of which some hold one patient alone, who has one image."""
    draws = one.draws.copy()
    names, images = np.unique(one.patients, return_counts=True)
    draws[::3] = names[images.argmin()]
    return draws


@question("12.9", points=0.5, forbids=READY)
def test_bootstrap_interval_of_one_class(student, reference, problem):
    """Interval: a draw in which one class is empty is left out."""
    alone = problem.extended(draws=one_sided, y=lambda one: np.where(one.patients == lonely(one), 1, one.y))
    assert_array(student.bootstrap_interval, reference.bootstrap_interval, alone, names=ENDS)


def lonely(one):
    names, images = np.unique(one.patients, return_counts=True)
    return names[images.argmin()]


@question("12.10", points=1)
def test_majority(student, reference, problem):
    """Majority: of those who looked, half or more say yes."""
    for one in problem:
        check_votes(student, one.grades, one.level)
    assert_array(student.majority, reference.majority, problem)


@question("12.10", points=0.75)
def test_majority_of_nobody(student, reference, problem):
    """Majority: an even split is a yes; NaN where nobody looked."""
    votes = np.array([[2, 1], [3, NOBODY], [0, 4], [1, 1]])
    assert_array(student.majority, reference.majority, votes, 2)
    grades = np.array([[2, 1, 3], [0, NOBODY, 2], [1, NOBODY, NOBODY], [NOBODY, NOBODY, NOBODY]])
    assert_votes(student, grades, 2)


LARGE = tensor([[200, -200], [-200, 40], [200, 200]]), tensor([[1, 1], [0, 0], [0, NOBODY]])


@question("12.11", points=1, forbids=READY_LOSSES)
def test_several_losses(student, reference, problem):
    """Several losses: one for each question, over the images in which it was answered; large logits."""
    assert_array(student.several_losses, reference.several_losses, problem.extended(Y=lambda one: one.answers))
    example = tensor([[0, 2], [0, -1]]), tensor([[1, np.nan], [0, 1]])
    assert_array(student.several_losses, reference.several_losses, *LARGE)
    assert_array(student.several_losses, reference.several_losses, *example)


@question("12.11", points=0.75, forbids=READY_LOSSES)
def test_several_losses_slope(student, reference, problem):
    """Several losses: the slope of a tape, and 0 for a question without any answer; large logits."""
    for one in problem:
        assert_slope(student, one.Z, one.answers)
    assert_slope(student, *LARGE)
    unanswered = tensor([[1, np.nan, np.nan], [0, np.nan, 1]])
    Z = tensor([[0.5, 2, -1], [1, -1, 3]])
    assert_array(student.several_losses, reference.several_losses, Z, unanswered)
    assert_slope(student, Z, unanswered)


WEIGHTS = "the weights of a yes", "the weights of a no"


@question("12.12", points=1.25)
def test_label_weights(student, reference, problem):
    """Weights: the rare side of each label gets the large one; labels that nobody or everybody has."""
    findings = problem.extended(Y=lambda one: one.findings)
    assert_array(student.label_weights, reference.label_weights, findings, names=WEIGHTS)
    example = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    assert_array(student.label_weights, reference.label_weights, example, names=WEIGHTS)
    everybody = np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    assert_array(student.label_weights, reference.label_weights, everybody, names=WEIGHTS)


@question("12.13", points=2)
def test_fit_labels(student, reference, problem):
    """Training on several labels: weighted loss, from zeros, all images in every step."""
    findings = problem.extended(Y=lambda one: one.array(one.findings))
    assert_array(student.fit_labels, reference.fit_labels, findings)
    example = tensor([[1], [-1]]), tensor([[1], [0]]), tensor([0.5]), tensor([0.25])
    assert_array(student.fit_labels, reference.fit_labels, *example, 1.0, 1)


@question("12.14", points=2)
def test_coarse_from_fine(student, reference, problem):
    """Coarse from fine: every node is the sum of its leaves, and nothing is normalised; each tree by itself."""
    one = problem.first
    check_nodes(student.coarse_from_fine(one.P, one.taxonomy), reference.coarse_from_fine(one.P, one.taxonomy))
    assert_array(student.coarse_from_fine, reference.coarse_from_fine, problem)
    taxonomy = {"benign": [0], "malignant": {"epidermal": [1], "melanocytic": [2]}}
    assert_array(student.coarse_from_fine, reference.coarse_from_fine, np.array([[0.4, 0.35, 0.25]]), taxonomy)
    lecture = np.array([[0.1, 0.05, 0.05, 0.3, 0.02, 0.03, 0.05, 0.4]])
    coarse = {"malignant": [0, 1, 2, 3, 4, 5, 6], "naevus": [7]}
    assert_array(student.coarse_from_fine, reference.coarse_from_fine, lecture, coarse)
    found, lacking = student.coarse_from_fine(lecture, coarse), {"superficial": [3], "others": {"nodular": [2]}}
    check_nodes(found, reference.coarse_from_fine(lecture, coarse), earlier=taxonomy)
    assert_array(student.coarse_from_fine, reference.coarse_from_fine, lecture, lacking)
