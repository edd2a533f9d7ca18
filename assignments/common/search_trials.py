"""Checks of searches: trials, files, methods."""

import json
import math

import numpy as np
from common.search_values import check_names, digits, listed, plain, values_of

from autograder.testing import CheckFailed, Remote, check, kind_of

# from, to, and whether sampled by order of magnitude
RANGES = {
    "hidden_layers": (1, 3, False),
    "units": (16, 128, True),
    "dropout": (0.0, 0.5, False),
    "learning_rate": (1e-5, 1.0, True),
    "momentum": (0.0, 0.9, False),
}
CHOICES = {"activation": {"relu", "tanh", "sigmoid"}, "optimizer": {"sgd", "adam"}}
NAMES = ("hidden_layers", "units", "activation", "dropout", "learning_rate", "optimizer")


def small_search(student, directory, seed):
    """A search of two trials."""
    train, validation = digits(7, 160, 37)
    return plain(student.run_search(*train, *validation, "random", 2, seed, directory))


def rows_of(found, max_trials):
    """The trials of a result, after a look at its form."""
    check(type(found) is dict, f'you return {kind_of(found)}; expected a dict of "best" and "trials"', code="kind")
    rows, best = found.get("trials"), found.get("best")
    check(type(rows) is list, f'"trials" is {kind_of(rows)}; expected a list of dicts', code="kind")
    check(type(best) is dict, f'"best" is {kind_of(best)}; expected a dict of hyperparameters', code="kind")
    check(len(rows) == max_trials, f"of {max_trials} trials that were asked for, you return {len(rows)}")
    for number, row in enumerate(rows, 1):
        check(type(row) is dict, f"trial {number} is {kind_of(row)}; expected a dict", code="kind")
        names = {*NAMES, *(["momentum"] if row.get("optimizer") == "sgd" else []), "trial_id", "val_accuracy"}
        told = f"trial {number} has the entries {listed(sorted(map(str, row)))}; expected {listed(sorted(names))}"
        check(set(row) == names, told)
        score = row["val_accuracy"]
        told = f'"val_accuracy" of trial {number} is {kind_of(score)}; expected a number'
        check(type(score) in (float, int), told, code="kind")
    return rows


def check_best(found, rows, which=""):
    """That the best values are those of the trial with the highest validation accuracy."""
    top = max(row["val_accuracy"] for row in rows)
    own = [row["val_accuracy"] for row in rows if values_of(row) == found["best"]]
    told = f"those of a trial with val_accuracy {max(own):.4g}" if own else "not those of any of your trials"
    told = f'{which}the hyperparameters in "best" are {told}; expected those of the best trial, which has {top:.4g}'
    check(top in own, told)


def check_result(found, max_trials, validation_examples):
    """That a search's result is what was asked for; returns its trials."""
    check(type(found) is dict, f'you return {kind_of(found)}; expected a dict of "best" and "trials"', code="kind")
    check_names(found.keys() & {"best", "trials"}, ("best", "trials"), "your result")
    best, trials = found["best"], found["trials"]
    check(type(trials) is list, f'"trials" is {kind_of(trials)}; expected a list of dicts', code="kind")
    check(len(trials) == max_trials, f'"trials" has {len(trials)} entries; expected {max_trials}')
    for number, row in enumerate(trials, 1):
        which = f"trial {number}"
        check(type(row) is dict, f"{which} is {kind_of(row)}; expected a dict", code="kind")
        identifier, score = row.get("trial_id"), row.get("val_accuracy")
        told = f'"trial_id" of {which} is {kind_of(identifier)}; expected a text'
        check(type(identifier) is str, told, code="kind")
        told = f'"val_accuracy" of {which} is {kind_of(score)}; expected a number'
        check(type(score) in (float, int), told, code="kind")
        check(0 <= score <= 1, f'"val_accuracy" of {which} is {score:.4g}; expected a number from 0 to 1')
        check_values(values_of(row), which)
        hits = score * validation_examples
        told = f'"val_accuracy" of {which} is {score:.4g}: {hits:.2f} of {validation_examples} validation examples'
        told = f"{told}; expected a whole number of them: what were the trials scored on?"
        check(abs(hits - round(hits)) < 1e-3, told)
    check(type(best) is dict, f'"best" is {kind_of(best)}; expected a dict of hyperparameters', code="kind")
    check_values(best, '"best"')
    top = max(row["val_accuracy"] for row in trials)
    own = [row["val_accuracy"] for row in trials if values_of(row) == best]
    told = f"those of a trial with val_accuracy {max(own):.4g}" if own else "not those of any of your trials"
    told = f'the hyperparameters in "best" are {told}; expected those of the best trial, which has {top:.4g}'
    check(top in own, told)
    return trials


def check_values(values, label):
    """That the names are those of the space, momentum with sgd alone, and numbers inside their ranges."""
    expected = [name for name in (*RANGES, *CHOICES) if name != "momentum" or values.get("optimizer") == "sgd"]
    check_names(values, expected, label)
    for name, (low, high, _) in RANGES.items():
        if name in values:
            value = values[name]
            told = f"{label}: `{name}` is {kind_of(value)}; expected a number"
            check(type(value) in (int, float), told, code="kind")
            check(low <= value <= high, f"{label}: `{name}` is {value:.4g}; expected {low:g} to {high:g}")


def check_files(records, trials):
    """That the files on disk tell of the trials that were returned."""
    told = f"the directory holds {len(records)} new files trial.json; expected {len(trials)}, one for each trial"
    check(len(records) == len(trials), told)
    by_id = {record["trial_id"]: record for record in records}
    for number, row in enumerate(trials, 1):
        which = f"trial {number}"
        told = f'"trial_id" of {which} is {row["trial_id"][:20]!r}; the files tell of {listed(sorted(by_id))}'
        check(row["trial_id"] in by_id, told)
        record = by_id[row["trial_id"]]
        status = record["status"]
        check(status == "COMPLETED", f"the trial.json of {which} has the status {status}; expected COMPLETED")
        metrics = record["metrics"]["metrics"]
        told = f"the trial.json of {which} has the metrics {listed(metrics)}; expected val_accuracy among them"
        check("val_accuracy" in metrics, told)
        direction = metrics["val_accuracy"]["direction"]
        told = f"the objective of {which}: val_accuracy has the direction {direction}; expected max"
        check(direction == "max", told, code="flag")
        score, told_score = record["score"], row["val_accuracy"]
        told = f"the score in the trial.json of {which} is {score}; you return val_accuracy {told_score:.4g} for it"
        check(score is not None and math.isclose(score, told_score, abs_tol=1e-6), told)
        values = record["hyperparameters"]["values"]
        kept = {name: value for name, value in values.items() if not name.startswith("tuner/")}
        other = sorted(name for name in {*kept, *values_of(row)} if kept.get(name) != values_of(row).get(name))
        told = f"the hyperparameters that you return for {which} are not those of its trial.json: {listed(other)}"
        check(not other, f"{told} differ")


def files(student, directory, pattern):
    """JSON files below a folder: (path, time of writing) → record."""
    folder = student.make(Remote("pathlib.Path", directory))
    found = {}
    for path in folder.rglob(pattern).items(200):
        try:
            found[path.as_posix(), path.stat().read("st_mtime_ns")] = json.loads(path.read_text())
        except (ValueError, TypeError):
            raise CheckFailed(f"a {pattern} in the search's directory holds no JSON that can be read") from None
    return found


def check_repeats(student, directory, seed):
    """That a second search in one directory begins anew, and gives the same trials for the same seed."""
    # another test may have searched there before; a search takes seconds
    before = files(student, directory, "trial.json")
    if len(before) < 2:
        small_search(student, directory, seed)
        before = files(student, directory, "trial.json")
    newest = [before[key] for key in sorted(before, key=lambda key: key[1])[-2:]]
    # what the seed does not decide is to come out otherwise
    student.make(Remote("keras.utils.set_random_seed", 4321))
    again = rows_of(small_search(student, directory, seed), 2)
    fresh = [record for key, record in files(student, directory, "trial.json").items() if key not in before]
    told = f"a second search in the same directory writes {len(fresh)} new files trial.json; expected 2"
    check(len(fresh) == 2, f"{told}: does it reload the trials of the first?")
    written = sorted(json.dumps(record["hyperparameters"]["values"], sort_keys=True) for record in fresh)
    told = sorted(json.dumps(values_of(row), sort_keys=True) for row in again)
    check(written == told, "the trials that a second search returns are not those that its files trial.json tell of")
    runs = [{record["trial_id"]: record for record in records} for records in (newest, fresh)]
    proposed = [{id: record["hyperparameters"]["values"] for id, record in run.items()} for run in runs]
    same = proposed[0] == proposed[1]
    told_of_seed = f"two searches with seed={seed} propose different hyperparameters"
    if seed == 0:
        told_of_seed += "; 0 is no seed to keras-tuner"
    check(same, told_of_seed, code="seed")
    # a GPU may round otherwise from run to run
    losses = [{id: val_loss(record) for id, record in run.items()} for run in runs]
    close = losses[0].keys() == losses[1].keys() and all(
        np.isclose(losses[0][id], losses[1][id], rtol=0.02, equal_nan=True) for id in losses[0]
    )
    told_of_seed = "two searches with the same seed propose the same, and train to different losses"
    check(close, f"{told_of_seed}: does the seed decide the training too?", code="seed")
    check(told[0] != told[1], "both trials of a search have the same hyperparameters; expected different ones")


def val_loss(record):
    """The validation loss of a trial: two trainings never agree in it by chance."""
    metric = record["metrics"]["metrics"].get("val_loss") or {"observations": []}
    return next((seen["value"][0] for seen in metric["observations"]), 0.0)


# what the oracle of each tuner keeps in its books; that of a grid keeps nothing more than all do
BOOKS = {"hyperband": {"brackets"}, "bayesian": {"beta"}, "grid": set()}


def check_methods(student, seed, methods):
    """That a method runs its own tuner, as many trials as asked for, and returns no books among the values."""
    train, validation = digits(seed, 96, 37)
    for method in methods:
        book = BOOKS[method]
        # Bayesian search and Hyperband begin with random trials: a second one would tell nothing more
        max_trials = 2 if method == "grid" else 1
        directory = f"{method}/{seed}"
        found = plain(student.run_search(*train, *validation, method, max_trials, 3, directory))
        rows = rows_of(found, max_trials)
        check_best(found, rows, f"{method}: ")
        oracles = list(files(student, directory, "oracle.json").values())
        others = set().union(*BOOKS.values()) - book
        right = len(oracles) == 1 and book <= set(oracles[0]) and not others & set(oracles[0])
        told = f"with method={method!r}, the files in the directory are not those of its tuner"
        check(right, f"{told}: was the search run by another one?")
        if method == "grid":
            a, b = (values_of(row) for row in rows)
            moved = [name for name in a.keys() & b.keys() if a[name] != b[name]]
            told = f"grid: the first two trials differ in {len(moved)} hyperparameters"
            check(len(moved) == 1, f"{told}; expected neighbours, which differ in one")
        if method == "hyperband":
            records = files(student, directory, "trial.json").values()
            epochs = [record["hyperparameters"]["values"].get("tuner/epochs") for record in records]
            most = oracles[0]["max_epochs"]
            check(most == 10, f"hyperband: max_epochs is {most}; expected EPOCHS, which is 10", code="constant")
            told = f"hyperband: the first trial trains for {max(epochs)} epochs; expected fewer than max_epochs"
            check(max(epochs) < 10, told)
