"""Checks of searches: what is returned, and what lies on disk."""

import itertools
import json
import math

import numpy as np
from common.search_draws import check_kind, check_names, listed, plain
from common.search_models import CHOICES, RANGES

from autograder.testing import CheckFailed, Remote, check

# what an oracle keeps besides what all do: random search keeps nothing more
BOOKS = {"hyperband": {"brackets"}, "bayesian": {"beta"}, "grid": set(), "random": set()}
# Nearly half of all random trials find values that work: two fail together once in three times, and nine such searches
# once in 50,000. A right answer may try again.
TRIALS, ATTEMPTS, LEARNS, ENOUGH = 2, 9, 0.5, 0.7
# of 90 trials of one epoch none came further than 0.93
LATE = 0.95


def values_of(row):
    """The hyperparameters of a trial, without Hyperband's books."""
    others = ("trial_id", "val_accuracy")
    return {name: value for name, value in row.items() if name not in others and not name.startswith("tuner/")}


def check_values(values, what):
    """That the names are those of the space, momentum with sgd alone, and numbers inside their ranges."""
    check_kind(values, dict, what)
    sgd = values.get("optimizer") == "sgd"
    check_names(values, [name for name in (*RANGES, *CHOICES) if name != "momentum" or sgd], what)
    for name, (low, high, _) in RANGES.items():
        if name in values:
            check_kind(values[name], (int, float), f"{what}: `{name}`")
            told = f"{what}: `{name}` is {values[name]:.4g}; expected {low:g} to {high:g}"
            check(low <= values[name] <= high, told)


def files(student, directory, pattern):
    """JSON files below a folder: (path, time of writing) → record."""
    found = {}
    for path in student.make(Remote("pathlib.Path", directory)).rglob(pattern).items(200):
        try:
            found[path.as_posix(), path.stat().read("st_mtime_ns")] = json.loads(path.read_text())
        except (ValueError, TypeError):
            raise CheckFailed(f"a {pattern} in the search's directory holds no JSON that can be read") from None
    return found


def search(student, data, method, max_trials, seed, directory):
    """The trials that a search returns, its best values, its trial.json and its oracle.json, after a look at them."""
    before = files(student, directory, "*.json")
    train, validation = data
    found = plain(student.run_search(*train, *validation, method, max_trials, seed, directory))
    check_kind(found, dict, "what you return")
    check_names({name: found[name] for name in ("best", "trials") if name in found}, ("best", "trials"), "your result")
    best, trials = found["best"], found["trials"]
    check_kind(trials, list, '"trials"')
    told = f'{method}: "trials" has {len(trials)} entries; expected {max_trials}, as many as were asked for'
    check(len(trials) == max_trials, told)
    M = len(validation[0])
    for number, row in enumerate(trials, 1):
        which = f"trial {number}"
        check_kind(row, dict, which)
        check_kind(row.get("trial_id"), str, f'"trial_id" of {which}')
        check_kind(score := row.get("val_accuracy"), (int, float), f'"val_accuracy" of {which}')
        told = f'"val_accuracy" of {which} is {score:.4g}: {score * M:.2f} of {M} validation examples'
        told = f"{told}; expected a whole number of them: what were the trials scored on?"
        check(abs(score * M - round(score * M)) < 1e-3 and 0 <= score <= 1, told)
        check_values({name: row[name] for name in row if name not in ("trial_id", "val_accuracy")}, which)
    check_values(best, '"best"')
    top = max(row["val_accuracy"] for row in trials)
    own = [row["val_accuracy"] for row in trials if values_of(row) == best]
    told = f"those of a trial with val_accuracy {max(own):.4g}" if own else "not those of any of your trials"
    told = f'{method}: the hyperparameters in "best" are {told}; expected those of the best trial, which has {top:.4g}'
    check(top in own, told)
    new = {key: record for key, record in files(student, directory, "*.json").items() if key not in before}
    records, oracles = ([new[key] for key in new if key[0].endswith(f"/{one}.json")] for one in ("trial", "oracle"))
    told = f"the search writes {len(records)} new files trial.json; expected {len(trials)}, one for each trial"
    check(len(records) == len(trials), f"{told}: does it reload the trials of an earlier one?")
    by_id = {record["trial_id"]: record for record in records}
    for number, row in enumerate(trials, 1):
        check_trial(row, by_id, f"trial {number}")
    right = len(oracles) == 1 and set().union(*BOOKS.values()) & set(oracles[0]) == BOOKS[method]
    told = f"with method={method!r}, the files in the directory are not those of its tuner"
    check(right, f"{told}: was the search run by another one?")
    order, own = oracles[0]["start_order"], [row["trial_id"] for row in trials]
    told = f'{method}: "trials" has the trials {listed(own)}, in this order; they were run in the order {listed(order)}'
    check(own == order, told, share=0.5, code="order")
    return trials, best, [by_id[name] for name in order], oracles[0]


def check_trial(row, by_id, which):
    """That a file on disk tells of a trial that was returned."""
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


def proposals_and_losses(records):
    """What trials were to try, and their validation losses: two trainings never agree in them by chance."""
    metrics = [record["metrics"]["metrics"].get("val_loss") or {"observations": []} for record in records]
    losses = [next((seen["value"][0] for seen in metric["observations"]), 0.0) for metric in metrics]
    return [record["hyperparameters"]["values"] for record in records], losses


def has_later_epochs(student, record, directory, examples):
    """Whether a trial was at its best after its first epoch, which one of a single epoch never is."""
    if record["best_step"] > 0 or record["score"] >= LATE:
        return True
    # a hypermodel that returns numbers in place of a History tells no epoch; the checkpoint of the best has its steps
    path = student.make(Remote("pathlib.Path", directory))
    for one in path.rglob(f"trial_{record['trial_id']}/checkpoint.weights.h5").items(1):
        steps = Remote("h5py.File", one.as_posix()).then("get", "optimizer/vars/0").then("__array__")
        if student.make(steps).item() > math.ceil(examples / 32):
            return True
    return False


def find(student, data, directory, judge=None):
    """Random searches, until the trials of one are trained and have found values that work, in a judge's eyes too."""
    tops, scores = [], []
    for attempt in range(ATTEMPTS):
        # keras-tuner draws with a seed and its next ones: those of two searches are far apart
        place = f"{directory}/{attempt}"
        trials, best, records, _ = search(student, data, "random", TRIALS, 1000 * attempt, place)
        tops.append(max(row["val_accuracy"] for row in trials))
        good = [record for record in records if record["score"] >= LEARNS]
        if any(has_later_epochs(student, record, place, len(data[0][0])) for record in good):
            scores.append(judge(best) if judge else 1)
            if scores[-1] >= ENOUGH:
                return
    told = f"the best val_accuracy of {TRIALS * len(tops)} random trials is {max(tops):.0%}"
    check(scores, f"{told}, and no good one gets better after its first epoch: were they trained for EPOCHS epochs?")
    told = f"the best of {len(scores)} searches gives a final model that reads {max(scores):.0%} of held-out digits"
    check(False, f"{told}; expected at least {ENOUGH:.0%}")


def check_repeats(student, data, seed, directory):
    """That a second search in one directory begins anew, and gives the same trials for the same seed."""
    # another test may have searched there; a search takes seconds
    before = files(student, directory, "trial.json")
    first = [before[key] for key in sorted(before, key=lambda key: key[1])[-TRIALS:]]
    if len(first) < TRIALS:
        first = search(student, data, "random", TRIALS, seed, directory)[2]
    # what the seed does not decide is to come out otherwise
    student.make(Remote("keras.utils.set_random_seed", 4321))
    second = search(student, data, "random", TRIALS, seed, directory)[2]
    (proposed, losses), (again, others) = proposals_and_losses(first), proposals_and_losses(second)
    told = f"two searches with seed={seed} propose different hyperparameters"
    told += "; 0 is no seed to keras-tuner" if seed == 0 else ""
    check(proposed == again, told, code="seed")
    # a GPU may round otherwise from run to run
    told = "two searches with the same seed propose the same, and train to different losses"
    close = np.allclose(losses, others, rtol=0.02, equal_nan=True)
    check(close, f"{told}: does the seed decide the training too?", code="seed")
    told = "two trials of a search have the same hyperparameters; expected different ones"
    check(all(a != b for a, b in itertools.combinations(proposed, 2)), told)


def check_method(student, data, seed, method):
    """That a method runs its own tuner, as many trials as asked for, and returns no books among the values."""
    # Bayesian search and Hyperband begin with random trials: a second one would tell nothing more
    rows, _, records, oracle = search(student, data, method, 2 if method == "grid" else 1, seed, method)
    if method == "grid":
        a, b = map(values_of, rows)
        moved = [name for name in a.keys() & b.keys() if a[name] != b[name]]
        told = f"grid: the first two trials differ in {len(moved)} hyperparameters"
        check(len(moved) == 1, f"{told}; expected neighbours, which differ in one")
    if method == "hyperband":
        most, epochs = oracle["max_epochs"], records[0]["hyperparameters"]["values"].get("tuner/epochs")
        check(most == 10, f"hyperband: max_epochs is {most}; expected EPOCHS, which is 10", code="constant")
        told = f"hyperband: the first trial trains for {epochs} epochs; expected fewer than max_epochs"
        check(epochs < 10, told)


def check_environments(student, workers, port):
    """That each process gets its name and the address of the chief."""
    received = plain(student.environments(workers, port))
    check_kind(received, list, "what you return")
    told = f"for {workers} workers you return {len(received)} environments; expected one for each, and the chief's"
    check(len(received) == workers + 1, told)
    address = {"KERASTUNER_ORACLE_IP": "127.0.0.1", "KERASTUNER_ORACLE_PORT": str(port)}
    for number, environment in enumerate(received, 1):
        check_names(environment, ("KERASTUNER_TUNER_ID", *address), f"environment {number}")
        for name, value in environment.items():
            check_kind(value, str, f"`{name}` of environment {number}, as all variables of an environment are texts,")
            told = f"`{name}` of environment {number} is {value}; expected {address.get(name)}"
            check(value == address.get(name, value), told)
    ids = [environment["KERASTUNER_TUNER_ID"] for environment in received]
    told = f"the processes are called {listed(ids)}; expected"
    chief = ids[0] == "chief" and not any("chief" in name for name in ids[1:])
    check(chief, f"{told} the first to be the chief, and no other")
    check(len(set(ids)) == len(ids), f"{told} a name of its own for each")
