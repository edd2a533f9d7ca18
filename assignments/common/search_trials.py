"""Checks of searches: what is returned, what lies on disk, and who ran it."""

import json
import math

import numpy as np
from common.search_values import check_names, digits, listed, plain

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
# what the oracle of each tuner keeps in its books; that of a grid keeps nothing more than all do
BOOKS = {"hyperband": {"brackets"}, "bayesian": {"beta"}, "grid": set()}


def values_of(row):
    """The hyperparameters of a trial, without Hyperband's books."""
    others = ("trial_id", "val_accuracy")
    return {name: value for name, value in row.items() if name not in others and not name.startswith("tuner/")}


def search(student, data, method, max_trials, seed, directory):
    """The trials that a search returns, after a look at them, and the best values."""
    train, validation = data
    found = plain(student.run_search(*train, *validation, method, max_trials, seed, directory))
    check(type(found) is dict, f'you return {kind_of(found)}; expected a dict of "best" and "trials"', code="kind")
    check_names(found.keys() & {"best", "trials"}, ("best", "trials"), "your result")
    best, trials = found["best"], found["trials"]
    check(type(trials) is list, f'"trials" is {kind_of(trials)}; expected a list of dicts', code="kind")
    told = f'{method}: "trials" has {len(trials)} entries; expected {max_trials}, as many as were asked for'
    check(len(trials) == max_trials, told)
    for number, row in enumerate(trials, 1):
        which = f"trial {number}"
        check(type(row) is dict, f"{which} is {kind_of(row)}; expected a dict", code="kind")
        identifier, score = row.get("trial_id"), row.get("val_accuracy")
        check(type(identifier) is str, f'"trial_id" of {which} is {kind_of(identifier)}; expected a text', code="kind")
        told = f'"val_accuracy" of {which} is {kind_of(score)}; expected a number'
        check(type(score) in (float, int), told, code="kind")
        hits = score * len(validation[0])
        told = f'"val_accuracy" of {which} is {score:.4g}: {hits:.2f} of {len(validation[0])} validation examples'
        told = f"{told}; expected a whole number of them: what were the trials scored on?"
        check(abs(hits - round(hits)) < 1e-3 and 0 <= score <= 1, told)
        named = {name: value for name, value in row.items() if name not in ("trial_id", "val_accuracy")}
        check_values(named, which)
    check(type(best) is dict, f'"best" is {kind_of(best)}; expected a dict of hyperparameters', code="kind")
    check_values(best, '"best"')
    top = max(row["val_accuracy"] for row in trials)
    own = [row["val_accuracy"] for row in trials if values_of(row) == best]
    told = f"those of a trial with val_accuracy {max(own):.4g}" if own else "not those of any of your trials"
    told = f'{method}: the hyperparameters in "best" are {told}; expected those of the best trial, which has {top:.4g}'
    check(top in own, told)
    return trials, best


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


def check_files(records, trials):
    """That the files on disk tell of the trials that were returned."""
    told = f"the search writes {len(records)} new files trial.json; expected {len(trials)}, one for each trial"
    check(len(records) == len(trials), f"{told}: does it reload the trials of an earlier one?")
    by_id = {record["trial_id"]: record for record in records}
    for number, row in enumerate(trials, 1):
        which = f"trial {number}"
        told = f'"trial_id" of {which} is {row["trial_id"][:20]!r}; the files tell of {listed(sorted(by_id))}'
        check(row["trial_id"] in by_id, told)
        record = by_id[row["trial_id"]]
        status, metrics = record["status"], record["metrics"]["metrics"]
        check(status == "COMPLETED", f"the trial.json of {which} has the status {status}; expected COMPLETED")
        told = f"the trial.json of {which} has the metrics {listed(metrics)}; expected val_accuracy among them"
        check("val_accuracy" in metrics, told)
        direction = metrics["val_accuracy"]["direction"]
        told = f"the objective of {which}: val_accuracy has the direction {direction}; expected max"
        check(direction == "max", told, code="flag")
        score, told_score = record["score"], row["val_accuracy"]
        told = f"the score in the trial.json of {which} is {score}; you return val_accuracy {told_score:.4g} for it"
        check(score is not None and math.isclose(score, told_score, abs_tol=1e-6), told)
        kept, own = values_of(record["hyperparameters"]["values"]), values_of(row)
        other = sorted(name for name in {*kept, *own} if kept.get(name) != own.get(name))
        told = f"the hyperparameters that you return for {which} are not those of its trial.json: {listed(other)}"
        check(not other, f"{told} differ")


def small_search(student, directory, seed):
    """A search of two trials: what each of the files that it has written proposes, and its validation loss."""
    before = files(student, directory, "trial.json")
    trials, _ = search(student, digits(7, 160, 37), "random", 2, seed, directory)
    records = [record for key, record in files(student, directory, "trial.json").items() if key not in before]
    check_files(records, trials)
    return [proposal_and_loss(record) for record in records]


def proposal_and_loss(record):
    """What a trial was to try, and its validation loss: two trainings never agree in it by chance."""
    metric = record["metrics"]["metrics"].get("val_loss") or {"observations": []}
    loss = next((seen["value"][0] for seen in metric["observations"]), 0.0)
    return json.dumps(record["hyperparameters"]["values"], sort_keys=True), loss


def check_repeats(student, directory, seed):
    """That a second search in one directory begins anew, and gives the same trials for the same seed."""
    # another test may have searched there; a search takes seconds
    before = files(student, directory, "trial.json")
    newest = [proposal_and_loss(before[key]) for key in sorted(before, key=lambda key: key[1])[-2:]]
    first = newest if len(newest) == 2 else small_search(student, directory, seed)
    # what the seed does not decide is to come out otherwise
    student.make(Remote("keras.utils.set_random_seed", 4321))
    second = small_search(student, directory, seed)
    told = f"two searches with seed={seed} propose different hyperparameters"
    told += "; 0 is no seed to keras-tuner" if seed == 0 else ""
    proposed = [sorted(proposal for proposal, _ in run) for run in (first, second)]
    check(proposed[0] == proposed[1], told, code="seed")
    # a GPU may round otherwise from run to run
    losses = [sorted(loss for _, loss in run) for run in (first, second)]
    told = "two searches with the same seed propose the same, and train to different losses"
    close = np.allclose(*losses, rtol=0.02, equal_nan=True)
    check(close, f"{told}: does the seed decide the training too?", code="seed")
    told = "both trials of a search have the same hyperparameters; expected different ones"
    check(proposed[0][0] != proposed[0][1], told)


def check_method(student, seed, method):
    """That a method runs its own tuner, as many trials as asked for, and returns no books among the values."""
    # Bayesian search and Hyperband begin with random trials: a second one would tell nothing more
    max_trials, directory = 2 if method == "grid" else 1, f"{method}/{seed}"
    rows, _ = search(student, digits(seed, 96, 37), method, max_trials, 3, directory)
    oracles = list(files(student, directory, "oracle.json").values())
    others = set().union(*BOOKS.values()) - BOOKS[method]
    right = len(oracles) == 1 and BOOKS[method] <= set(oracles[0]) and not others & set(oracles[0])
    told = f"with method={method!r}, the files in the directory are not those of its tuner"
    check(right, f"{told}: was the search run by another one?")
    if method == "grid":
        a, b = map(values_of, rows)
        moved = [name for name in a.keys() & b.keys() if a[name] != b[name]]
        told = f"grid: the first two trials differ in {len(moved)} hyperparameters"
        check(len(moved) == 1, f"{told}; expected neighbours, which differ in one")
    if method == "hyperband":
        most = oracles[0]["max_epochs"]
        check(most == 10, f"hyperband: max_epochs is {most}; expected EPOCHS, which is 10", code="constant")
        records = files(student, directory, "trial.json").values()
        epochs = max(record["hyperparameters"]["values"].get("tuner/epochs") for record in records)
        told = f"hyperband: the first trial trains for {epochs} epochs; expected fewer than max_epochs"
        check(epochs < 10, told)


def check_environments(student, workers, port):
    """That each process gets its name and the address of the chief."""
    received = plain(student.environments(workers, port))
    check(type(received) is list, f"you return {kind_of(received)}; expected a list of dicts", code="kind")
    told = f"for {workers} workers you return {len(received)} environments; expected one for each, and the chief's"
    check(len(received) == workers + 1, told)
    names = ("KERASTUNER_TUNER_ID", "KERASTUNER_ORACLE_IP", "KERASTUNER_ORACLE_PORT")
    for number, environment in enumerate(received, 1):
        which = f"environment {number}"
        check(type(environment) is dict, f"{which} is {kind_of(environment)}; expected a dict", code="kind")
        check_names(environment, names, which)
        odd = next((value for value in environment.values() if type(value) is not str), None)
        told = f"a value of {which} is {kind_of(odd)}; expected texts: variables of an environment are nothing else"
        check(odd is None, told, code="kind")
        own = (environment["KERASTUNER_ORACLE_IP"], environment["KERASTUNER_ORACLE_PORT"])
        told = f"{which} has the address {':'.join(own)}; expected 127.0.0.1:{port}"
        check(own == ("127.0.0.1", str(port)), told)
    ids = [environment["KERASTUNER_TUNER_ID"] for environment in received]
    told = f"the processes are called {listed(ids)}; expected the first to be the chief"
    check(ids[0] == "chief" and not any("chief" in id for id in ids[1:]), f"{told}, and no other")
    told = f"the processes are called {listed(ids)}; expected a name of its own for each"
    check(len(set(ids)) == len(ids), told)
