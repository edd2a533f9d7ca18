"""Checks of searches: trials, files, methods."""

import json

import numpy as np
from common.search_values import digits, listed, plain, values_of

from autograder.testing import CheckFailed, Remote, check, kind_of

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
