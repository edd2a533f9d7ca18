"""The hidden tests of 12: other sizes, numbers and seeds than the public ones, and more of what is rare.

The edges have two images, one label, one grader or one draw.
"""

import numpy as np
from common.clinic_values import (
    READY,
    READY_LOSSES,
    assert_curve,
    assert_rates,
    assert_slope,
    assert_votes,
    check_nan,
    check_nodes,
    check_rates,
)
from common.patient_splits import check_drawn, check_split

from autograder.testing import Tensor, array_of, assert_array, assert_loss, check, question

ENDS = "the lower end", "the upper end"
WEIGHTS = "the weights of a yes", "the weights of a no"


def drawn(label, count, problem, prevalence=0.4):
    """More labels and scores, with ties."""
    rng = problem.rng(label)
    y = (np.arange(count) < max(1, round(prevalence * count))).astype(int)
    order = rng.permutation(count)
    return y[order], np.round(y + rng.normal(size=count), 1)[order]


@question("12.1", points=0.75)
def test_confusion_again(student, reference, problem):
    """Confusion: other scores and thresholds, infinite ones among them."""
    y, scores = drawn("counts", 101, problem)
    near = scores[0] + 1e-6 * problem.rng("near").permutation(np.arange(101) % 3 - 1)
    assert_array(student.confusion, reference.confusion, y, near, float(scores[0]))
    for threshold in (
        float(scores[0]),
        float(np.max(scores)),
        float(np.min(scores)),
        float("inf"),
        float("-inf"),
        0.05,
    ):
        assert_array(student.confusion, reference.confusion, y, scores, threshold)
    assert_array(student.confusion, reference.confusion, problem.edges)


@question("12.2", points=0.75)
def test_rates_again(student, problem):
    """Rates: other counts; nobody ill, or nobody well."""
    for one in problem:
        assert_rates(student, one.counts)
    assert_rates(student, {"TP": 0, "FP": 4, "TN": 0, "FN": 9})
    check_rates(student.rates({"TP": 0, "FP": 0, "TN": 6, "FN": 0}), 0, 1.0)
    check_rates(student.rates({"TP": 5, "FP": 0, "TN": 0, "FN": 0}), 1, 1.0)


@question("12.3", points=1.5, forbids=READY)
def test_roc_curve_again(student, problem):
    """ROC curve: other scores, many of them equal, negative or constant."""
    for one in problem.edges:
        assert_curve(student, one.y, one.scores)
    y, scores = drawn("curve", 103, problem)
    for given in (scores, np.round(scores), -scores, 1e-4 * scores, 0 * scores - 2):
        assert_curve(student, y, given)


@question("12.4", points=1.5, forbids=READY)
def test_auc_again(student, reference, problem):
    """AUC: other scores, many of them equal, tiny or constant; an empty class."""
    assert_loss(student.auc, reference.auc, problem.edges, name="the area")
    y, scores = drawn("area", 103, problem, prevalence=0.1)
    for given in (scores, np.round(scores), -scores, 1e-5 * scores, np.exp(4 * scores), 0 * scores - 2):
        assert_loss(student.auc, reference.auc, y, given, name="the area")
    check_nan(student.auc(np.zeros(7, int), scores[:7]), "the area", "nobody is ill")
    check_nan(student.auc(np.ones(1, int), scores[:1]), "the area", "nobody is well")


@question("12.5", points=1.5, forbids=READY)
def test_operating_point_again(student, reference, problem):
    """Operating point: other promises, among them such as are kept exactly, by nobody or by all."""
    sixths = np.repeat([1, 0], 6), problem.rng("sixths").permutation(12) / 7
    for rate in ("sensitivity", "specificity"):
        for least in (5 / 6, 0.8334):
            assert_loss(student.operating_point, reference.operating_point, *sixths, rate, least, name="the threshold")
    tied = np.array([0, 0, 1, 1, 0, 1]), np.array([7.0, 5.0, 7.0, 7.0, 5.0, 8.0])
    for rate in ("sensitivity", "specificity"):
        for least in (0.6, 1.0):
            assert_loss(student.operating_point, reference.operating_point, *tied, rate, least, name="the threshold")
    y, scores = drawn("promise", 89, problem, prevalence=0.36)  # 32 ill, 57 well
    for rate, promises in (("sensitivity", (0.5, 0.75, 0.97, 1.0)), ("specificity", (0.3, 0.6, 0.97, 1.0))):
        for least in promises:
            assert_loss(
                student.operating_point, reference.operating_point, y, scores, rate, least, name="the threshold"
            )
        constant = np.array([1, 0, 0]), np.full(3, 0.7), rate, 0.9
        assert_loss(student.operating_point, reference.operating_point, *constant, name="the threshold")


@question("12.6", points=1.25)
def test_frozen_rates_again(student, reference, problem):
    """Frozen rates: other data and another promise."""
    development, test = drawn("development", 61, problem), drawn("elsewhere", 47, problem, prevalence=0.1)
    assert_array(student.frozen_rates, reference.frozen_rates, *development, *test, 0.9)
    assert_array(student.frozen_rates, reference.frozen_rates, *test, *development, 0.75)


@question("12.7", points=1)
def test_split_patients_again(student, problem):
    """Split: other patients, fractions and seeds."""
    for one in problem:
        for fraction in (0.2, 0.45, 0.8):
            for seed in (17, 1234):
                check_split(student, one.patients, fraction, seed)
    check_drawn(student, np.array([40, 12, 12, 7, 40, *[31] * 30, 25, 25, 25, 6]), 1 / 3, range(100, 160))


@question("12.8", points=0.25)
def test_leaked_patients_again(student, reference, problem):
    """Leak: nobody, everybody, or one image each."""
    everybody = problem.first.patients
    for train, test in ((everybody, everybody[::-1]), (np.array([5]), np.array([5]))):
        assert_array(student.leaked_patients, reference.leaked_patients, train, test)
    found = student.leaked_patients(everybody, everybody + 1)
    check(len(array_of(found)) == 0, "nobody is in both sets, and your list is not empty", code="wrong-value")


@question("12.9", points=1.25, forbids=READY)
def test_bootstrap_interval_again(student, reference, problem):
    """Interval: other patients and draws, some of them with one class."""
    rng = problem.rng("hospitals")
    patients = rng.permutation(np.repeat([41, 5, 17, 23, 8], [1, 2, 3, 4, 3]))
    scores = np.round(rng.normal(size=13), 1)
    y = np.isin(patients, [41, 23]).astype(int)
    y[rng.integers(13)] ^= 1
    # always among them: one patient alone, and everybody
    draws = np.concatenate([rng.choice([41, 5, 17, 23, 8], size=(40, 5)), [[41] * 5, [5, 8, 17, 23, 41]]])
    assert_array(student.bootstrap_interval, reference.bootstrap_interval, y, scores, patients, draws, names=ENDS)


@question("12.10", points=1.25)
def test_majority_again(student, reference, problem):
    """Majority: other graders and levels, one grader, even splits and images that nobody saw."""
    assert_array(student.majority, reference.majority, problem.edges)
    rng = problem.rng("votes")
    grades = rng.integers(0, 5, size=(53, 4)).astype(float)
    grades[rng.uniform(size=grades.shape) < 0.4] = np.nan
    grades[0], grades[1] = np.nan, [4, 0, np.nan, np.nan]
    for level in (1, 2, 4):
        assert_votes(student, grades, level)


@question("12.11", points=1.25, forbids=READY_LOSSES)
def test_several_losses_again(student, reference, problem):
    """Several losses: other gaps, one question, large logits, all answered or none, and their slope."""
    for one in problem.edges:
        assert_array(student.several_losses, reference.several_losses, one.Z, one.array(one.findings))
    for one in problem:
        Z = one.array(np.where(one.answers.array == 1, 8, -5) + 30 * one.Z.array)
        gone = one.array(np.where(np.arange(one.k) == 1, np.nan, one.answers.array))
        for labels in (one.array(one.findings), one.answers, gone):
            assert_array(student.several_losses, reference.several_losses, Z, labels)
            assert_slope(student, Z, labels)


@question("12.12", points=0.75)
def test_label_weights_again(student, reference, problem):
    """Weights: fourteen labels at 1 to 20 %, one that nobody has, and one that everybody has."""
    rng = problem.rng("fourteen")
    Y = (rng.uniform(size=(211, 14)) < np.linspace(0.01, 0.2, 14)).astype(float)
    Y[:, 3], Y[:, 5] = 0, 1
    assert_array(student.label_weights, reference.label_weights, Y, names=WEIGHTS)
    assert_array(student.label_weights, reference.label_weights, Y[:, :1], names=WEIGHTS)


@question("12.13", points=1)
def test_fit_labels_again(student, reference, problem):
    """Training on several labels: other data, one label, no step."""
    edge = problem.edges.second
    for one, steps in ((problem.second, 11), (edge, 3), (edge, 0)):
        arguments = one.X, one.array(one.findings), one.positive, one.negative, 0.75, steps
        assert_array(student.fit_labels, reference.fit_labels, *arguments)
    fourteen = problem.rng("fourteen")
    X, Y = fourteen.normal(size=(47, 6)), fourteen.uniform(size=(47, 14)) < np.linspace(0.05, 0.2, 14)
    share = Y.mean(axis=0)
    arguments = [Tensor(np.asarray(one, np.float32)) for one in (X, Y, 1 - share, share)]
    assert_array(student.fit_labels, reference.fit_labels, *arguments, 0.5, 6)


@question("12.14", points=1)
def test_coarse_from_fine_again(student, reference, problem):
    """Coarse from fine: other trees, deeper ones, and one image."""
    deep = {"skin": {"a": {"b": {"c": [4, 1]}, "d": [0]}, "e": [2]}, "other": {"f": [3]}}
    P = problem.second.P[:, :5]
    for rows in (P, P[:1]):
        assert_array(student.coarse_from_fine, reference.coarse_from_fine, rows, deep)
    flat = {"all": [0, 1, 2, 3, 4]}
    assert_array(student.coarse_from_fine, reference.coarse_from_fine, P, flat)
    check_nodes(student.coarse_from_fine(P, flat), reference.coarse_from_fine(P, flat), earlier=deep)
