"""Curves of real training runs are stored in curves.json.gz and rates.json.gz; tests/benchmarks has what made them."""

import gzip
import math
import re
import types

import numpy as np
import pytest

from tests.benchmarks import curves as benchmark
from tests.benchmarks import families, rates
from tfkit import History, diagnose, moving_average
from tfkit.curves._advice import ADVICE
from tfkit.curves._measures import measure, period


@pytest.fixture(scope="module")
def records():
    return benchmark.read_stored()


def of(records, label):
    return [record["history"] for record in records if record["label"] == label]


def test_calibration_and_held_out_seeds_share_nothing(records):
    assert not set(benchmark.CALIBRATION) & set(benchmark.HELD_OUT)
    for label in benchmark.RECIPES:
        seeds = [record["seed"] for record in records if record["label"] == label]
        assert sorted(seeds) == [*benchmark.CALIBRATION, *benchmark.HELD_OUT]
    unique = {str(record["history"]) for record in records}
    assert len(unique) > 0.95 * len(records)  # runs that diverge at once look alike


@pytest.fixture(scope="module")
def runs():
    return rates.read_stored()


def test_nine_of_ten_held_out_runs_are_named_by_what_is_true(runs):
    assert not set(rates.CALIBRATION) & set(rates.HELD_OUT)
    score = rates.judge(runs, rates.HELD_OUT)
    assert score.runs >= 250
    assert score.right >= 0.9 * score.runs, "\n".join(score.wrong)


@pytest.mark.parametrize("names", [("loss", "val_loss", "val_accuracy"), ("loss", "val_loss"), ("loss",)])
def test_hardly_anything_is_said_surely_and_false(runs, names):
    for numbers in (rates.CALIBRATION, rates.HELD_OUT):
        score = rates.judge(runs, numbers, names)
        assert score.false <= 0.02 * score.runs, "\n".join(score.wrong)


def test_rates_thousands_of_times_too_low_are_called_so(runs):
    """Not bad initial weights, as once; a rate whose steps float32 does not notice may be either."""
    found = [
        diagnose(run["history"]).main
        for run in runs
        if run["facts"]["rate"] < run["facts"]["best_rate"] / 1000 and run["facts"]["test_end"] is not None
    ]
    assert len(found) > 250
    assert sum(finding.code == "learning_rate_too_low" for finding in found) > 0.95 * len(found)
    assert not any(finding.code == "bad_initialisation" and finding.sure for finding in found)


def test_a_validation_loss_eight_times_the_training_loss_is_not_healthy():
    epochs = np.arange(40)
    history = {"loss": 0.1 + 2 * np.exp(-epochs / 4), "val_loss": 0.8 + 1.4 * np.exp(-epochs / 3)}
    main = diagnose(history).main
    assert main.code == "overfitting" and main.sure
    assert main.sentence == "The validation loss ends at 0.8, 8.0 times the training loss of 0.1."


def test_facts_of_the_runs_are_not_read_from_their_curves(runs):
    """The trainer's own promises, on one family that is trained again."""
    again = families.train_family(0)
    for run, stored in zip(again, [one for one in runs if one["family"] == 0], strict=True):
        losses = np.array(stored["history"]["loss"], float)
        np.testing.assert_allclose(np.array(run["history"]["loss"], float), losses, rtol=0.05)
        assert run["facts"]["start"] == pytest.approx(stored["facts"]["start"], rel=1e-4)


def test_the_trainers_gradient_is_that_of_its_loss(rng):
    for activation, data, outputs in (("tanh", "iris", 3), ("sigmoid", "diabetes", 1), ("relu", "breast_cancer", 1)):
        chosen = families.Setting(data, 60, (5, 4), activation, "sgd", 0.01, 0.0, 8, 10, 0.0, 30)
        net = families.Net(chosen, 4, outputs, rng)
        net.params = [value.astype(np.float64) + 0.01 for value in net.params]
        X = rng.normal(size=(6, 4))
        Y = np.eye(3)[rng.integers(3, size=6)] if outputs == 3 else (rng.random((6, 1)) > 0.5) * 1.0
        analytic = net.loss_and_gradients(X, Y, None)[1]
        for value, gradient in zip(net.params, analytic, strict=True):
            index = tuple(rng.integers(size) for size in value.shape)
            losses = []
            for step in (1e-6, -2e-6):
                value[index] += step
                losses.append(net.loss(X, Y))
            value[index] += 1e-6
            assert gradient[index] == pytest.approx((losses[0] - losses[1]) / 2e-6, abs=1e-7)


def test_most_curves_are_named_by_what_was_done(records):
    counts = benchmark.judge(records, benchmark.HELD_OUT)
    assert benchmark.accuracy(counts) >= 0.65  # a few dozen curves
    counts = benchmark.judge(records, benchmark.CALIBRATION)
    assert benchmark.accuracy(counts) >= 0.85
    # a loss that is flat and a metric that still creeps is hard to tell from health, as the page says
    for label in set(benchmark.RECIPES) - {"metric_still_improving"}:
        right = sum(n for (done, found), n in counts.items() if done == label and benchmark.is_right(done, found))
        assert right >= 16, f"{label} is recognised in fewer than half of its curves"


def test_the_page_holds_the_tables_of_the_stored_curves(records, runs):
    page = benchmark.PAGE.read_text(encoding="utf-8")
    assert benchmark.page_with("table", benchmark.report(records)) == page
    assert benchmark.page_with("rates", rates.report(runs)) == page


@pytest.mark.parametrize(("script", "most"), [(benchmark, 250_000), (rates, 500_000)])
def test_the_file_is_as_the_script_writes_it(script, most, tmp_path, monkeypatch):
    original, stored = script.STORED, script.read_stored()
    monkeypatch.setattr(script, "STORED", tmp_path / original.name)
    script.write_stored(stored)
    assert gzip.decompress(script.STORED.read_bytes()) == gzip.decompress(original.read_bytes())
    assert original.stat().st_size < most


def test_what_is_found_is_told_in_sentences(records, runs):
    """No code, no raw name of evidence, no number with ten digits; a sentence each, and what is not sure says so."""
    for record in [*records[::3], *runs[::5]]:
        diagnosis = diagnose(record["history"])
        for finding in diagnosis.findings:
            assert finding.sentence[0].isupper() and finding.sentence.endswith(".")
            assert "_" not in finding.sentence and "nan" not in finding.sentence
            assert not re.search(r"\d{7}", finding.sentence)
            words = finding.code.replace("_", " ")
            title = f"{words.capitalize()}. " if finding.sure else f"Perhaps {words}. "
            assert f"{title}{finding.sentence}" in str(diagnosis)


def test_every_finding_has_numbers_and_advice(records):
    seen = set()
    for record in records:
        for finding in diagnose(record["history"]).findings:
            seen.add(finding.code)
            assert finding.advice == ADVICE[finding.code]
            assert finding.evidence and all(isinstance(value, (int, float)) for value in finding.evidence.values())
    assert seen >= set(benchmark.RECIPES)


def test_scaling_the_loss_changes_nothing(records):
    """A loss in cents is the same curve as one in dollars: only learning rates and shapes count."""
    for record in records[::5]:
        history = {
            key: [None if v is None else 7 * v for v in values] if key.endswith("loss") else values
            for key, values in record["history"].items()
        }
        assert diagnose(history).codes == diagnose(record["history"]).codes


def test_all_forms_of_a_history_give_the_same(records):
    data = of(records, "overfitting")[0]
    keras_like = types.SimpleNamespace(history=data, epoch=list(range(len(data["loss"]))))
    ours = History(list(range(len(data["loss"]))), data)
    arrays = {key: np.array(values) for key, values in data.items()}
    assert diagnose(data) == diagnose(keras_like) == diagnose(ours) == diagnose(arrays)


def test_what_strangers_bring():
    import pandas

    losses = [2.0, 1.0, 0.6, 0.4, 0.3, 0.25, 0.22, 0.21, 0.205, 0.2]
    expected = diagnose(losses).codes
    logged = pandas.DataFrame({"epoch": range(10), "loss": losses, "note": ["a"] * 10})  # as CSVLogger writes it
    trained = types.SimpleNamespace(history=types.SimpleNamespace(history={"loss": losses}, epoch=list(range(10))))
    for history in (tuple(losses), np.array(losses), logged["loss"], logged, trained, iter(losses)):
        assert diagnose(history).codes == expected
    assert diagnose({"loss": [0.7], "val_loss": [0.8], "val_accuracy": [0.5]}).main.sentence == (
        "1 value is too few to tell anything."
    )
    floor = {"loss": [1.0, 0.1, 1e-9, *[0.0] * 20], "val_loss": [1.0, 0.3, 0.1, *[0.1] * 20]}
    assert diagnose(floor).findings and "nan" not in str(diagnose(floor))


def test_overfitting_tells_the_best_epoch(records):
    for data in of(records, "overfitting"):
        finding = next((f for f in diagnose(data).findings if f.code == "overfitting"), None)
        if finding is not None and "best_epoch" in finding.evidence:
            val_loss = np.array(data["val_loss"])
            assert val_loss[int(finding.evidence["best_epoch"]) - 1] < 1.3 * val_loss.min()


def test_the_learning_rate_in_the_history_is_used(records):
    """A bend where the rate was cut is named with the rate; where it was not cut, it is none."""
    told = [data for data in of(records, "decayed_too_early") if "learning_rate" in data]
    assert len(told) >= 3
    for data in told:
        finding = diagnose(data).main
        if finding.code == "decayed_too_early":
            cut = 1 + int(np.argmin(np.diff(np.log(data["learning_rate"]))))
            assert abs(finding.evidence["epoch"] - (cut + 1)) <= 1
            constant = {**data, "learning_rate": [0.01] * len(data["loss"])}
            assert "decayed_too_early" not in diagnose(constant).codes


def test_training_above_validation_is_no_leak_by_itself(records):
    """Dropout and the mean over an epoch do that: healthy runs show it."""
    better = [data for data in of(records, "healthy") if "validation_better" in diagnose(data).codes]
    assert better and all("leak" not in diagnose(data).codes for data in better)
    assert "dropout" in ADVICE["validation_better"]


def test_a_fast_first_epoch_does_not_make_validation_better():
    """fit's loss is the mean over the epoch: 0.5 when the weights at its end give 0.37."""
    at_the_end = np.exp(-np.arange(1, 30) / 1.5)
    during = np.array([np.exp(-np.linspace(e, e + 1, 50) / 1.5).mean() for e in range(29)])
    assert during[0] > 1.3 * at_the_end[0]
    assert "validation_better" not in diagnose({"loss": during + 0.1, "val_loss": at_the_end + 0.1}).codes


def test_without_validation_it_says_what_it_cannot_judge():
    diagnosis = diagnose([2.0, 1.0, 0.6, 0.4, 0.3, 0.25, 0.22, 0.21, 0.205, 0.2])
    assert not {"overfitting", "underfitting", "leak"} & set(diagnosis.codes)
    assert any("there is no val_loss" in reason for reason in diagnosis.not_judged)
    assert any("each step" in reason for reason in diagnosis.not_judged)
    assert "Not judged: overfitting" in str(diagnosis)


def test_a_few_points_are_not_judged():
    for losses in ([1.0], [2.0, 1.0], [2.0, 1.0, 0.5, 0.4]):
        diagnosis = diagnose(losses)
        assert diagnosis.codes == ("unclear",)
        assert any("too few" in reason for reason in diagnosis.not_judged)


def test_a_baseline_makes_a_flat_curve_high_or_low():
    """The same curve is fine where a constant answer costs 10, and poor where it costs 1."""
    epochs = np.arange(30)
    history = {"loss": 0.6 + 0.4 * np.exp(-epochs), "val_loss": 0.62 + 0.4 * np.exp(-epochs)}
    assert diagnose(history, baseline=1.0).main.code == "underfitting"
    assert diagnose(history, baseline=10.0).main.code == "healthy"


@pytest.mark.parametrize("bad", [math.nan, math.inf, None])
def test_divergence_in_any_form(bad):
    finding = diagnose({"loss": [1.0, 2.0, bad, bad]}).main
    assert finding.code == "diverged" and finding.evidence == {"first_bad_epoch": 3, "highest": 2.0}
    assert diagnose({"loss": [bad]}).main.code == "diverged"
    assert diagnose([1.0, 2.0, 30.0, 1e9]).main.evidence["first_bad_epoch"] == 3
    assert diagnose({"loss": [1.0, 0.5], "val_loss": [1.0, bad]}).main.evidence["first_bad_epoch"] == 2


def test_a_constant_loss_and_a_loss_of_zero_are_no_error():
    assert diagnose([0.7] * 40).main.code == "bad_initialisation"
    assert diagnose([0.0] * 40).findings
    assert diagnose({"loss": [1.0] + [0.0] * 40, "val_loss": [1.0] + [0.0] * 40}).main.code == "leak"
    assert diagnose(list(np.linspace(-1, -5, 40))).findings  # a negative loss, such as a log likelihood of densities


@pytest.mark.parametrize(
    ("history", "message"),
    [
        ({}, r"expected a 'loss' in the history, received only \[\]"),
        ({"val_loss": [1.0]}, r"received only \['val_loss'\]"),
        ({"loss": []}, r"expected one number for each epoch in 'loss', received an array of shape \(0,\)"),
        ({"loss": [[1.0]]}, r"received an array of shape \(1, 1\)"),
        ({"loss": ["a"]}, "expected a list of numbers for 'loss'"),
        ({"loss": 3.0}, "expected a list of numbers for 'loss', received 3.0"),
        ({"loss": [2.0, 1.0], "val_loss": [1.0]}, "expected 2 values of 'val_loss', as many as losses, received 1"),
        (None, "expected a history, a dict of lists or a list of losses, received None"),
        ("loss", "received the text 'loss'"),
        ([], "expected one number for each epoch"),
    ],
)
def test_malformed_histories_are_named(history, message):
    with pytest.raises(ValueError, match=message):
        diagnose(history)


@pytest.mark.parametrize("baseline", [0, -1.0, "2.3", True, math.nan])
def test_baselines_are_positive_numbers(baseline):
    with pytest.raises(ValueError, match="expected baseline to be a number above 0"):
        diagnose([1.0, 2.0], baseline=baseline)


def test_moving_average_is_the_mean_of_what_there_is(rng):
    values = rng.normal(size=23)
    for window in (1, 2, 5, 8, 100):
        expected = []
        for i in range(23):
            reach = min(window // 2, i, 22 - i)
            expected.append(np.mean(values[i - reach : i + reach + 1]))
        np.testing.assert_allclose(moving_average(values, window), expected, rtol=1e-12, atol=1e-14)


def test_moving_average_keeps_straight_lines_and_calms_noise(rng):
    line = np.linspace(3, 1, 50)
    np.testing.assert_allclose(moving_average(line, 9), line, rtol=1e-12)
    noise = rng.normal(size=5000)
    assert np.std(moving_average(noise, 25)) == pytest.approx(1 / 5, rel=0.15)


@pytest.mark.parametrize(
    ("values", "window", "message"),
    [
        ([1.0, np.nan], 3, "expected finite values"),
        ([], 3, r"expected numbers of shape \(n,\)"),
        ([[1.0]], 3, r"expected numbers of shape \(n,\)"),
        (["a"], 3, r"expected numbers of shape \(n,\)"),
        ([1.0], 0, "expected window to be an integer of 1 or more"),
    ],
)
def test_moving_average_checks_its_arguments(values, window, message):
    with pytest.raises(ValueError, match=message):
        moving_average(values, window)


def test_shapes_of_known_curves(rng):
    line = measure(np.linspace(2, 1, 101))
    assert line.half == pytest.approx(0.5, abs=0.01) and line.tail == pytest.approx(0.25, abs=0.01)
    sigma = 0.1
    noisy = measure(np.linspace(2, 1, 2000) + sigma * rng.normal(size=2000))
    assert noisy.noise == pytest.approx(sigma, rel=0.15)
    late = measure(1 / (1 + np.exp((np.arange(60) - 30) / 2)))
    assert 0.3 < late.plateau < 0.6 and measure(np.exp(-np.arange(60) / 9)).plateau < 0.05


@pytest.mark.parametrize("length", [7, 12, 25])
def test_a_period_is_found_under_a_trend(rng, length):
    wave = np.sin(np.arange(300) * 2 * np.pi / length)
    lag, height = period(2 * np.exp(-np.arange(300) / 150) + 0.3 * wave + 0.05 * rng.normal(size=300))
    assert lag % length == 0 and height > 0.6
    assert period(np.exp(-np.arange(300) / 100) + 0.3 * rng.normal(size=300))[1] < 0.5
