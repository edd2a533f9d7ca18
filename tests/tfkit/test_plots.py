import types

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tfkit import History, plot_losses
from tfkit.plots import PALETTE


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_a_line_per_run_with_labels():
    keras_like = types.SimpleNamespace(history={"accuracy": [0.1, 0.2], "loss": [2.0, 1.0]}, epoch=[0, 1])
    ax = plot_losses({"tape": History.of_losses([3.0, 2.0, 1.0]), "Keras": keras_like, "list": [1.0, 0.5]})
    assert ax.get_xlabel() == "epoch" and ax.get_ylabel() == "loss (mean over examples)"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["tape", "Keras", "list"]
    drawn = [line.get_xydata().tolist() for line in ax.lines]
    assert drawn == [[[1, 3], [2, 2], [3, 1]], [[1, 2], [2, 1]], [[1, 1], [2, 0.5]]]
    ax.figure.canvas.draw()


def test_it_draws_on_the_axes_given():
    _, ax = plt.subplots()
    assert plot_losses({"a": [1.0]}, ax) is ax
    assert ax.lines[0].get_marker() == "o"


def test_log_scale():
    assert plot_losses({"a": [1.0, 0.1]}, log_scale=True).get_yscale() == "log"
    with pytest.raises(ValueError, match=r"expected losses above 0 for a log scale, received 0\.0 in 'a'"):
        plot_losses({"a": [1.0, 0.0]}, log_scale=True)


def test_twenty_runs_can_be_told_apart():
    ax = plot_losses({str(i): [1.0, 2.0] for i in range(20)})
    assert len({(line.get_color(), line.get_linestyle()) for line in ax.lines}) == 20


def test_epochs_are_whole_numbers():
    ax = plot_losses({"a": [3.0, 2.0, 1.0]})
    ax.figure.canvas.draw()
    assert all(float(tick).is_integer() for tick in ax.get_xticks())


def test_colours_differ_in_simulated_deuteranopia():
    """Machado, Oliveira and Fernandes 2009, severity 1: no two colours of the palette come close."""
    matrix = np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]])
    srgb = np.array([matplotlib.colors.to_rgb(colour) for colour in PALETTE])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ matrix.T, 0, 1) ** (1 / 2.2)
    distances = np.linalg.norm(seen[:, None] - seen[None], axis=-1)[~np.eye(len(PALETTE), dtype=bool)]
    assert distances.min() > 0.1


@pytest.mark.parametrize(
    ("histories", "message"),
    [
        ([1.0, 0.5], "expected a dict from names to histories"),
        ({}, "expected a dict from names to histories"),
        ({"a": []}, "expected one loss per epoch for 'a', received an array of shape \\(0,\\)"),
        ({"a": [[1.0]]}, "expected one loss per epoch for 'a'"),
        (
            {"a": History([0], {"mae": [1.0]})},
            "expected a 'loss' in the history of 'a', received \\['mae'\\]",
        ),
    ],
)
def test_wrong_histories_are_named(histories, message):
    with pytest.raises(ValueError, match=message):
        plot_losses(histories)
