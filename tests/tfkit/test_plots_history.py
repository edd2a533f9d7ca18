import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tests.tfkit.test_import_time import heavy_modules_after
from tfkit import diagnose, moving_average, plot_history


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def overfitted():
    epochs = np.arange(30)
    loss = np.exp(-epochs / 8)
    val_loss = 0.3 + np.exp(-epochs / 4) + 0.012 * epochs
    return {"loss": loss.tolist(), "val_loss": val_loss.tolist(), "val_accuracy": (1 - val_loss / 2).tolist()}


def test_training_and_validation_are_drawn_from_epoch_one(overfitted):
    ax = plot_history(overfitted)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss (mean over examples)")
    for line, name in zip(ax.lines, ("loss", "val_loss"), strict=True):
        np.testing.assert_array_equal(line.get_xydata(), np.column_stack([np.arange(1, 31), overfitted[name]]))
    assert [line.get_linestyle() for line in ax.lines] == ["-", "--"]
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["training", "validation", "val_accuracy (right)"]
    right = next(other for other in ax.figure.axes if other is not ax)
    np.testing.assert_array_equal(right.lines[0].get_ydata(), overfitted["val_accuracy"])
    ax.figure.canvas.draw()


def test_the_diagnosis_is_the_title_and_marks_its_epoch(overfitted):
    diagnosis = diagnose(overfitted)
    ax = plot_history(overfitted, diagnosis)
    assert ax.get_title().startswith("overfitting")
    assert ax.lines[-1].get_xdata()[0] == diagnosis.main.evidence["best_epoch"]
    assert ax.texts[0].get_text() == "best validation loss"


def test_many_steps_get_a_moving_average(rng):
    losses = 1 + rng.random(600)
    ax = plot_history(losses)
    assert [line.get_alpha() for line in ax.lines] == [0.3, None]
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), moving_average(losses, 40))
    assert ax.get_legend().get_texts()[0].get_text() == "training"
    assert ax.get_xlabel() == "epoch or step  (pale: each value; bold: mean of 41)"


@pytest.mark.parametrize("losses", [[1.0], [float("nan")] * 5, [1.0, 2.0, float("inf")]])
def test_what_cannot_be_drawn_as_a_line_is_no_error(losses):
    ax = plot_history(losses, diagnose(losses))
    ax.figure.canvas.draw()
    assert ax.get_title() in ("unclear", "diverged")


def test_it_draws_on_the_axes_given(overfitted):
    _, ax = plt.subplots()
    assert plot_history(overfitted, ax=ax) is ax


def test_wrong_histories_are_named():
    with pytest.raises(ValueError, match="expected a 'loss' in the history"):
        plot_history({"val_loss": [1.0]})


def test_nothing_heavy_is_loaded_before_it_is_needed():
    code = "import tfkit; print(tfkit.diagnose([3.0, 2.0, 1.0]).main.code, file=__import__('sys').stderr)"
    assert heavy_modules_after(code) == "[]"
    code = "from tfkit.metrics import apply_threshold as a, multi_label_weights as m, coarse_from_fine as c; "
    assert heavy_modules_after(code + "a([0, 1], [0.1, 0.9], 0.5); m([[0], [1]]); c([0.5, 0.5], {'a': [0, 1]})") == "[]"
    assert heavy_modules_after("from tfkit import plot_roc, plot_history, ten_crop, average_predictions") == "[]"
