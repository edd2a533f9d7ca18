import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tfkit import plot_calibration, plot_confusion, plot_roc
from tfkit.metrics import Confusion, apply_threshold, calibration_curve, operating_point, roc_curve


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def ranked(rng):
    y = rng.integers(2, size=200)
    return y, 1 / (1 + np.exp(1 - 2 * y - rng.normal(size=200)))


def labels_of(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_the_curve_and_its_area(ranked):
    ax = plot_roc(*ranked, name="net")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("1 − specificity", "sensitivity")
    curve = roc_curve(*ranked)
    np.testing.assert_array_equal(ax.lines[1].get_xdata(), curve.false_positive_rate)
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), curve.sensitivity)
    assert labels_of(ax)[0] == "chance" and labels_of(ax)[1].startswith("net, area 0.")
    ax.figure.canvas.draw()


def test_points_stand_where_these_patients_have_the_threshold(ranked):
    y, scores = ranked
    points = {
        "screening": operating_point(y[:100], scores[:100], sensitivity=0.9),
        "acting": operating_point(y[:100], scores[:100], specificity=0.95),
    }
    ax = plot_roc(y[100:], scores[100:], points=points, clinicians=[(0.8, 0.7), (0.6, 0.9)])
    for line, point in zip(ax.lines[2:4], points.values(), strict=True):
        confusion = apply_threshold(y[100:], scores[100:], point)
        assert line.get_ydata()[0] == pytest.approx(confusion.sensitivity)
        assert line.get_xdata()[0] == pytest.approx(1 - confusion.specificity)
    np.testing.assert_allclose(ax.lines[4].get_xydata(), [[0.3, 0.8], [0.1, 0.6]])
    assert labels_of(ax)[-1] == "clinicians (2)"
    assert len({(line.get_marker(), line.get_color()) for line in ax.lines[2:5]}) == 3


def test_calibration_draws_the_curve(ranked):
    ax = plot_calibration(*ranked, bins=5)
    curve = calibration_curve(*ranked, bins=5)
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), np.column_stack([curve.predicted, curve.observed]))
    sizes = ax.collections[0].get_sizes()
    assert sizes.argmax() == curve.counts.argmax()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted probability", "observed part of positives")
    assert "expected calibration error 0." in labels_of(ax)[1]
    ax.figure.canvas.draw()


def test_confusion_shows_counts_with_true_classes_in_rows():
    ax = plot_confusion(np.array([[8, 2], [0, 0]]), class_names=["well", "ill"])
    assert [text.get_text() for text in ax.texts] == ["8\n80 %", "2\n20 %", "0\n0 %", "0\n0 %"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["well", "ill"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted class", "true class")
    np.testing.assert_allclose(ax.images[0].get_array(), [[0.8, 0.2], [0, 0]])


def test_words_on_dark_cells_are_white():
    ax = plot_confusion(Confusion(9, 1, 9, 1))
    assert [text.get_color() for text in ax.texts] == ["white", "black", "black", "white"]


def test_they_draw_on_the_axes_given(ranked):
    _, ax = plt.subplots()
    assert plot_roc(*ranked, ax) is ax and plot_calibration(*ranked, ax) is ax
    assert plot_confusion(np.eye(2, dtype=int), ax) is ax


def test_wrong_arguments_are_named(ranked):
    for clinicians in ([0.9, 0.8], [(90, 80)], [(0.9, 0.8, 0.7)]):
        with pytest.raises(ValueError, match=r"expected a sensitivity and a specificity in \[0, 1\]"):
            plot_roc(*ranked, clinicians=clinicians)
    with pytest.raises(ValueError, match=r"expected counts of shape \(k, k\), received int64 of shape \(2, 3\)"):
        plot_confusion(np.ones((2, 3), dtype=np.int64))
    with pytest.raises(ValueError, match=r"expected counts of shape \(k, k\), received float64"):
        plot_confusion(np.eye(2))
    with pytest.raises(ValueError, match="expected counts of 0 or more, received -1"):
        plot_confusion(-np.eye(2, dtype=int))
    with pytest.raises(ValueError, match="expected 2 class names, received 3"):
        plot_confusion(np.eye(2, dtype=int), class_names=["a", "b", "c"])
