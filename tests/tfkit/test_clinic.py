import math

import keras
import numpy as np
import pytest
import sklearn.datasets
import sklearn.metrics

from tfkit import clinic, metrics
from tfkit.metrics import (
    Confusion,
    WeightedBinaryCrossentropy,
    apply_threshold,
    auc,
    bootstrap_interval,
    calibration_curve,
    coarse_from_fine,
    expected_calibration_error,
    multi_label_weights,
    operating_point,
    roc_curve,
    weighted_binary_crossentropy,
)


@pytest.fixture
def ranked(rng):
    """200 labels with scores that have ties, and are no probabilities."""
    y = rng.integers(2, size=200)
    return y, np.round(y + 1.2 * rng.normal(size=200), 1)


def test_auc_is_the_share_of_pairs_in_the_right_order_ties_half(ranked):
    y, scores = ranked
    pairs = [(p > n) + 0.5 * (p == n) for p in scores[y == 1] for n in scores[y == 0]]
    assert auc(y, scores) == pytest.approx(np.mean(pairs), rel=1e-12)


def test_the_curve_is_the_counts_at_every_threshold(ranked):
    y, scores = ranked
    curve = roc_curve(y, scores)
    for rate, sensitivity, threshold in zip(*curve, strict=True):
        assert sensitivity == pytest.approx(np.mean(scores[y == 1] >= threshold))
        assert rate == pytest.approx(np.mean(scores[y == 0] >= threshold))
    assert (curve.false_positive_rate[0], curve.sensitivity[0]) == (0, 0)
    assert (curve.false_positive_rate[-1], curve.sensitivity[-1]) == (1, 1)
    assert sklearn.metrics.auc(curve.false_positive_rate, curve.sensitivity) == pytest.approx(auc(y, scores), rel=1e-12)


def test_scales_do_not_matter_and_keras_disagrees_on_small_scores():
    """200 thresholds in [0, 1] see one score where there are many."""
    rng = np.random.default_rng(1)
    y = rng.integers(2, size=500)
    scores = 1 / (1 + np.exp(-(2.5 * y + rng.normal(size=500))))
    exact = auc(y, scores)
    assert auc(y, scores / 1000) == exact and auc(y, np.log(scores)) == exact
    metric = keras.metrics.AUC(name="auc")
    metric.update_state(y, scores / 1000)
    assert float(metric.result()) == pytest.approx(0.5) and exact > 0.9


def test_the_other_positive_class_gives_one_minus_the_area():
    """In this data set label 0 is malignant: without a second look everything is upside down."""
    data = sklearn.datasets.load_breast_cancer()
    malignant, radius = 1 - data.target, data.data[:, 0]
    assert auc(malignant, radius) > 0.9
    assert auc(data.target, radius) == pytest.approx(1 - auc(malignant, radius))


def test_columns_do_not_broadcast(ranked):
    y, scores = ranked
    assert auc(y[:, None], scores) == auc(y, scores[:, None]) == auc(y, scores)


@pytest.mark.parametrize(
    ("y", "scores", "message"),
    [
        ([0, 1, 1], [0.0, 1.0, 1.0], "pass probabilities, not the labels made from them"),
        ([0, 1], [0.1, np.nan], "expected finite numbers in scores"),
        ([0, 1], [0.1], "expected a score for each of 2 labels, received 1"),
        ([1, 1], [0.1, 0.2], "expected positive and negative examples in y, received only 1"),
        ([0, 2], [0.1, 0.2], "expected labels 0 and 1 in y, received 2"),
        ([0.0, np.nan], [0.1, 0.2], "expected labels 0 and 1 in y, received nan"),
        ([], [], r"expected numbers of shape \(M,\) or \(M, 1\) in y"),
        (["a", "b"], [0.1, 0.2], r"expected numbers of shape \(M,\) or \(M, 1\) in y"),
        ([[0, 1]], [[0.1, 0.2]], r"received int64 of shape \(1, 2\)"),
    ],
)
def test_malformed_labels_and_scores_are_named(y, scores, message):
    for metric in (auc, roc_curve):
        with pytest.raises(ValueError, match=message):
            metric(y, scores)


@pytest.mark.parametrize("target", [0.05, 0.5, 0.8, 0.9, 0.97, 1.0])
def test_the_operating_point_is_the_best_of_all_that_keep_the_promise(ranked, target):
    y, scores = ranked
    candidates = [apply_threshold(y, scores, t) for t in [*np.unique(scores), np.inf]]
    point = operating_point(y, scores, sensitivity=target)
    assert point.sensitivity >= target - 1e-9
    best = max(c.specificity for c in candidates if c.sensitivity >= target - 1e-9)
    assert point.specificity == pytest.approx(best)
    point = operating_point(y, scores, specificity=target)
    assert point.specificity >= target - 1e-9
    best = max(c.sensitivity for c in candidates if c.specificity >= target - 1e-9)
    assert point.sensitivity == pytest.approx(best)


def test_a_point_applied_to_its_own_set_gives_its_own_rates(ranked):
    for options in ({"sensitivity": 0.9}, {"specificity": 0.9}):
        point = operating_point(*ranked, **options)
        confusion = apply_threshold(*ranked, point)
        assert confusion.sensitivity == pytest.approx(point.sensitivity)
        assert confusion.specificity == pytest.approx(point.specificity)


def test_on_other_patients_the_promise_may_fail():
    """Chosen on the test set, the point keeps it by construction; frozen, it misses it about half the time."""
    rng = np.random.default_rng(0)
    kept = {"frozen": 0, "on the test set": 0}
    for _ in range(60):
        y = rng.integers(2, size=200)
        scores = y + rng.normal(size=200)
        frozen = operating_point(y[:100], scores[:100], sensitivity=0.9)
        peeking = operating_point(y[100:], scores[100:], sensitivity=0.9)
        kept["frozen"] += apply_threshold(y[100:], scores[100:], frozen).sensitivity >= 0.9
        kept["on the test set"] += apply_threshold(y[100:], scores[100:], peeking).sensitivity >= 0.9
    assert kept["on the test set"] == 60 and 15 < kept["frozen"] < 50


def test_rates_are_the_definitions(ranked):
    y, scores = ranked
    confusion, called = apply_threshold(y, scores, 0.4), scores >= 0.4
    assert confusion.to_array().tolist() == sklearn.metrics.confusion_matrix(y, called).tolist()
    assert confusion.sensitivity == pytest.approx(np.mean(called[y == 1]))
    assert confusion.specificity == pytest.approx(np.mean(~called[y == 0]))
    assert confusion.positive_predictive_value == pytest.approx(np.mean(y[called]))
    assert confusion.negative_predictive_value == pytest.approx(np.mean(1 - y[~called]))
    assert confusion.prevalence == pytest.approx(np.mean(y))
    assert confusion.accuracy == pytest.approx(np.mean(called == y))


def test_a_score_on_the_threshold_is_positive_and_rates_of_nobody_are_nan():
    confusion = apply_threshold([1, 1], [0.5, 0.4], 0.5)
    assert (confusion.true_positives, confusion.false_negatives) == (1, 1)
    assert math.isnan(confusion.specificity) and math.isnan(apply_threshold([0], [0.1], 0.5).sensitivity)


def test_calling_everybody_well_is_accurate_and_useless():
    confusion = Confusion(true_positives=0, false_positives=0, true_negatives=990, false_negatives=10)
    assert confusion.accuracy == 0.99 and confusion.sensitivity == 0
    assert math.isnan(confusion.positive_predictive_value)


def test_full_specificity_may_mean_calling_nobody():
    point = operating_point([0, 1, 0], [0.1, 0.5, 0.9], specificity=1.0)
    assert point.threshold == math.inf and point.sensitivity == 0
    assert apply_threshold([0, 1], [0.99, 0.99], point).false_positives == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "expected either sensitivity or specificity, received neither"),
        ({"sensitivity": 0.9, "specificity": 0.9}, "received both"),
        ({"sensitivity": 90}, r"expected sensitivity in \(0, 1\], received 90; write 0.9 for 90 %"),
        ({"specificity": 0}, r"expected specificity in \(0, 1\], received 0"),
        ({"specificity": float("nan")}, r"received nan"),
    ],
)
def test_promises_are_checked(ranked, options, message):
    with pytest.raises(ValueError, match=message):
        operating_point(*ranked, **options)


@pytest.mark.parametrize("threshold", [None, "0.5", float("nan"), True])
def test_thresholds_are_numbers(ranked, threshold):
    with pytest.raises(ValueError, match="expected a threshold, a number or an OperatingPoint"):
        apply_threshold(*ranked, threshold)


def images_of_patients(rng, patients=40, each=12):
    """Images of one patient share label and most of the score: they say one thing many times."""
    patient = np.repeat(np.arange(patients), each)
    ill = rng.permutation(np.arange(patients) % 2)
    scores = (ill + rng.normal(size=patients))[patient] + 0.05 * rng.normal(size=len(patient))
    return ill[patient], scores, patient


def test_intervals_over_images_are_too_narrow(rng):
    y, scores, patient = images_of_patients(rng)
    by_patient = bootstrap_interval(auc, y, scores, patient, seed=0, resamples=300)
    by_image = bootstrap_interval(auc, y, scores, np.arange(len(y)), seed=0, resamples=300)
    assert by_patient.high - by_patient.low > 2 * (by_image.high - by_image.low)
    assert by_patient.estimate == by_image.estimate == auc(y, scores)


def test_the_interval_of_a_mean_is_the_one_of_its_standard_error(rng):
    """One image a patient: percentiles of the bootstrap of a mean are mean ± 1.96 σ / √M."""
    scores = rng.normal(size=400)
    y = np.arange(400) % 2
    interval = bootstrap_interval(lambda y, s: s.mean(), y, scores, np.arange(400), seed=1, resamples=2000)
    error = scores.std() / 20
    assert interval.low == pytest.approx(scores.mean() - 1.96 * error, abs=0.15 * error)
    assert interval.high == pytest.approx(scores.mean() + 1.96 * error, abs=0.15 * error)


def test_all_images_of_a_drawn_patient_are_drawn(rng):
    """A patient is there with all images, or with none."""
    patients = np.array(["b", "a", "b", "c", "a", "b"])
    y = np.array([1, 0, 1, 0, 0, 1])
    seen = []

    def note(y, scores):
        seen.append(np.bincount(scores.astype(int), minlength=6))
        return 0.0

    bootstrap_interval(note, y, np.arange(6.0), patients, seed=0, resamples=50)
    counts = np.array(seen)
    assert (counts[:, [0]] == counts[:, [2, 5]]).all() and (counts[:, 1] == counts[:, 4]).all()
    assert len(np.unique(counts, axis=0)) > 3


def test_draws_of_one_class_are_drawn_again_and_counted():
    interval = bootstrap_interval(auc, [0, 1, 0], [0.1, 0.9, 0.2], ["a", "b", "c"], seed=0, resamples=100)
    assert interval.redrawn > 10 and interval.resamples == 100


def test_a_seed_repeats_the_interval(ranked):
    patients = np.arange(200) // 2
    first, again, other = (bootstrap_interval(auc, *ranked, patients, seed=s, resamples=50) for s in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(
    ("patients", "options", "message"),
    [
        (None, {}, r"pass numpy.arange\(len\(y\)\)"),
        ([1, 1, 1, 1], {}, "expected two patients or more"),
        ([1, 2, np.nan, 3], {}, "received NaN; leave out images"),
        ([1, 2, 3, 4], {"confidence": 95}, "expected confidence between 0 and 1, received 95"),
        ([1, 2, 3, 4], {"resamples": 0}, "expected resamples to be an integer"),
        ([1, 2, 3, 4], {"seed": None}, "expected seed to be an integer"),
    ],
)
def test_intervals_check_what_they_are_given(patients, options, message):
    with pytest.raises(ValueError, match=message):
        bootstrap_interval(auc, [0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], patients, **{"seed": 0, **options})


def test_a_metric_returns_one_finite_number(ranked):
    with pytest.raises(ValueError, match="expected the metric to return one finite number"):
        bootstrap_interval(lambda y, s: s, *ranked, np.arange(200), seed=0)
    with pytest.raises(ValueError, match="expected the metric to return one finite number"):
        bootstrap_interval(lambda y, s: math.nan, *ranked, np.arange(200), seed=0)


def test_calibration_bin_by_bin(rng):
    p = rng.random(500)
    p[:3] = 0.0, 1.0, 0.2  # on borders
    y = (rng.random(500) < p**2).astype(int)
    curve = calibration_curve(y, p, bins=5)
    bins = [(p <= 0.2), *((low < p) & (p <= low + 0.2) for low in (0.2, 0.4, 0.6, 0.8))]
    np.testing.assert_array_equal(curve.counts, [np.sum(inside) for inside in bins])
    np.testing.assert_allclose(curve.predicted, [p[inside].mean() for inside in bins])
    np.testing.assert_allclose(curve.observed, [y[inside].mean() for inside in bins])
    error = sum(inside.sum() / 500 * abs(p[inside].mean() - y[inside].mean()) for inside in bins)
    assert expected_calibration_error(y, p, bins=5) == pytest.approx(error)


def test_honest_probabilities_have_a_small_error_and_sharpened_ones_a_large_one():
    rng = np.random.default_rng(0)
    p = rng.random(20_000)
    y = (rng.random(20_000) < p).astype(int)
    assert expected_calibration_error(y, p) < 0.02
    sharpened = p**3 / (p**3 + (1 - p) ** 3)
    assert expected_calibration_error(y, sharpened) > 0.1
    assert auc(y, sharpened) == pytest.approx(auc(y, p))  # ranking cannot tell


def test_answering_the_prevalence_is_calibrated():
    y = np.arange(100) < 30
    assert expected_calibration_error(y, np.full(100, 0.3)) == pytest.approx(0, abs=1e-12)
    with pytest.raises(ValueError, match=r"expected probabilities in \[0, 1\], received scores from -2 to 3"):
        calibration_curve([0, 1], [-2.0, 3.0])
    with pytest.raises(ValueError, match="expected bins to be an integer"):
        calibration_curve([0, 1], [0.2, 0.3], bins=0)


def test_label_weights_balance_each_label(rng):
    Y = (rng.random((300, 4)) < [0.02, 0.1, 0.5, 0.9]).astype(int)
    Y[0], Y[1] = 1, 0
    weights = multi_label_weights(Y)
    np.testing.assert_allclose(weights.positive * Y.sum(axis=0), weights.negative * (1 - Y).sum(axis=0))
    assert weights.positive[0] > 0.9 > 0.2 > weights.positive[3]


@pytest.mark.parametrize(
    ("Y", "message"),
    [
        ([[1, 0], [1, 1]], "expected positives and negatives of every label, but label 0 is always 1"),
        ([[0.5, 1.0]], "expected labels 0 and 1"),
        ([1, 0], "expected labels 0 and 1 of shape"),
        ([[np.nan, 1.0]], "decide first what uncertain labels are"),
    ],
)
def test_label_weights_need_both(Y, message):
    with pytest.raises(ValueError, match=message):
        multi_label_weights(Y)


def test_the_weighted_loss_is_the_papers(rng):
    Y, Z = (rng.random((7, 3)) < 0.4).astype(float), rng.normal(size=(7, 3))
    p = 1 / (1 + np.exp(-Z))
    plus, minus = np.array([0.9, 0.7, 0.2]), np.array([0.1, 0.3, 0.8])
    expected = np.mean(-plus * Y * np.log(p) - minus * (1 - Y) * np.log(1 - p), axis=1)
    np.testing.assert_allclose(weighted_binary_crossentropy(Y, p, plus, minus), expected, rtol=1e-9)
    np.testing.assert_allclose(weighted_binary_crossentropy(Y, Z, plus, minus, from_logits=True), expected, rtol=1e-9)


def test_weights_of_one_give_kerass_loss(rng):
    Y, Z = (rng.random((7, 3)) < 0.4).astype("float32"), rng.normal(size=(7, 3)).astype("float32")
    keras_loss = keras.losses.BinaryCrossentropy(from_logits=True)(Y, Z)
    ours = WeightedBinaryCrossentropy(np.ones(3), np.ones(3), from_logits=True)(Y, Z)
    assert float(ours) == pytest.approx(float(keras_loss), rel=1e-6)


def test_logits_of_a_thousand_are_finite():
    Y, Z = np.array([[1.0, 0.0]]), np.array([[-1000.0, 1000.0]])
    loss = weighted_binary_crossentropy(Y, Z, [0.9, 0.5], [0.1, 0.5], from_logits=True)
    assert float(loss[0]) == pytest.approx((900 + 500) / 2)


def test_class_weight_of_fit_weighs_examples_by_their_first_largest_label():
    """Why there is a loss of our own: Keras takes class_weight for several labels, and means something else."""
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, "sigmoid", kernel_initializer="zeros")])
    model.compile(keras.optimizers.SGD(0.0), "binary_crossentropy", jit_compile=False)
    X, Y = np.ones((1, 2)), np.array([[0.0, 1.0]])
    both = [
        model.fit(X, Y, class_weight=weights, verbose=0).history["loss"][0] for weights in ({0: 9, 1: 1}, {0: 1, 1: 1})
    ]
    assert both[0] == pytest.approx(both[1])  # the weight of label 0 says nothing where label 1 is the largest
    ours = [float(weighted_binary_crossentropy(Y, [[0.5, 0.5]], [1, 1], [w, 1])[0]) for w in (9.0, 1.0)]
    assert ours[0] == pytest.approx(5 * ours[1])


def test_the_weighted_loss_trains_and_is_saved(tmp_path, rng):
    keras.utils.set_random_seed(0)
    X = rng.normal(size=(200, 3))
    Y = (X[:, :2] > [1.5, 0]).astype(float)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    loss = WeightedBinaryCrossentropy(*multi_label_weights(Y), from_logits=True)
    model.compile(keras.optimizers.Adam(0.1), loss, jit_compile=False)
    losses = model.fit(X, Y, epochs=8, verbose=0).history["loss"]
    assert losses[-1] < losses[0] / 2
    model.save(tmp_path / "net.keras")
    assert keras.models.load_model(tmp_path / "net.keras").loss.get_config() == loss.get_config()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1, 0]], [[0.5, 0.5]], [1], [1]), r"expected labels and predictions of shape \(M, 1\)"),
        (([1, 0], [0.5, 0.5], [1, 1], [1, 1]), r"expected labels and predictions of shape \(M, 2\)"),
        (([[1, 0]], [[0.5, 0.5]], [1, 1], [1]), "expected one weight for each label"),
        (([[1, 0]], [[0.5, 0.5]], [1, -1], [1, 1]), "expected weights of 0 or more"),
    ],
)
def test_weights_fit_the_labels(arguments, message):
    with pytest.raises(ValueError, match=message):
        weighted_binary_crossentropy(*arguments)


def test_the_papers_example_sums_to_0_6():
    """Esteva 2017: the leaves below malignant melanocytic lesion."""
    leaves = [0.1, 0.05, 0.05, 0.3, 0.02, 0.03, 0.05]
    probabilities = np.array([*leaves, 0.25, 0.15])
    tree = {"malignant": {"amelanotic": [0, 1, 2], "other melanoma": [3, 4, 5, 6]}, "benign": [7, 8]}
    coarse = coarse_from_fine(probabilities, tree)
    assert coarse["malignant"] == pytest.approx(0.6)
    assert coarse["malignant"] + coarse["benign"] == pytest.approx(1)
    assert list(coarse) == ["malignant", "amelanotic", "other melanoma", "benign"]


def test_the_sum_may_contradict_the_likeliest_leaf():
    fine = np.array([[0.4, 0.3, 0.3], [0.8, 0.1, 0.1]])
    coarse = coarse_from_fine(fine, {"a": [0], "b": [1, 2]})
    assert fine[0].argmax() == 0
    np.testing.assert_allclose(coarse["b"], [0.6, 0.2])


def test_names_and_numbers_give_the_same(rng):
    fine = rng.dirichlet(np.ones(4), size=5)
    by_number = coarse_from_fine(fine, {"a": {"c": [0], "d": [2]}, "b": [1, 3]})
    by_name = coarse_from_fine(fine, {"a": {"c": ["w"], "d": ["y"]}, "b": ["x", "z"]}, classes=list("wxyz"))
    for name, values in by_number.items():
        np.testing.assert_array_equal(values, by_name[name])
    np.testing.assert_allclose(by_number["a"], fine[:, 0] + fine[:, 2])


@pytest.mark.parametrize(
    ("fine", "tree", "message"),
    [
        ([0.5, 0.5], {"a": [0], "b": [0, 1]}, "only once, received 0 twice"),
        ([0.5, 0.5], {"a": [0]}, r"but \[1\] are missing; add a node for the rest"),
        ([0.5, 0.5], {"a": [0, 1, 2]}, "received 2"),
        ([0.5, 0.5], {"a": {"a": [0]}, "b": [1]}, "expected a different name for each node, received 'a' twice"),
        ([2.0, -1.0], {"a": [0, 1]}, "logits"),
        ([2.0, 3.0], {"a": [0, 1]}, "received a sum of 5; are they logits"),
        ([1, 0], {"a": [0, 1]}, "not the number of the likeliest class"),
        ([0.5, 0.5], {"a": []}, "expected a list of fine classes under 'a'"),
        ([0.5, 0.5], {"a": "01"}, "expected a list of fine classes under 'a', received '01'"),
        ([0.5, 0.5], {"a": [[0], 1]}, "expected fine classes under 'a'"),
        ([0.5, 0.5], {}, "expected a dict from names to nodes"),
    ],
)
def test_taxonomies_are_checked(fine, tree, message):
    with pytest.raises(ValueError, match=message):
        coarse_from_fine(fine, tree)


def test_every_name_of_the_package_loads():
    assert clinic.__all__ == dir(clinic) == metrics.__all__
    for name in metrics.__all__:
        assert getattr(clinic, name) is getattr(metrics, name)
    with pytest.raises(AttributeError, match=r"tfkit\.metrics has no 'ROC'"):
        _ = clinic.ROC
