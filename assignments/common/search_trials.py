"""Checks of models and searches: what is built, what is returned, and what lies on disk."""

import itertools
import json
import math

import numpy as np
from common.search_draws import check_kind, check_names, listed, plain
from common.sequential import builder, optimizer, outputs_of

from autograder.testing import CheckFailed, Remote, Tensor, array_of, check, derived_seed, kind_of
from tfkit.data import load_digits

# from, to, and whether sampled by order of magnitude
RANGES = {
    "hidden_layers": (1, 3, False),
    "units": (16, 128, True),
    "dropout": (0.0, 0.5, False),
    "learning_rate": (1e-5, 1.0, True),
    "momentum": (0.0, 0.9, False),
}
CHOICES = {"activation": ["relu", "tanh", "sigmoid"], "optimizer": ["sgd", "adam"]}
# what an oracle keeps besides what all do: random search keeps nothing more
BOOKS = {"hyperband": {"brackets"}, "bayesian": {"beta"}, "grid": set(), "random": set()}
# Nearly half of all random trials find values that work: two fail together once in three times, and nine such searches
# once in 50,000. A right answer may try again.
TRIALS, ATTEMPTS, LEARNS, ENOUGH = 2, 9, 0.5, 0.7
# of 90 trials of one epoch none came further than 0.93
LATE = 0.95
HEALTHY = [(24, "relu", "GlorotUniform"), (3, "softmax", "Zeros")]
# one output of a softmax is always 1: right where the label is 1, and after no step at all
CERTAIN = [(1, "softmax", "Zeros")]


def config(*values):
    """Values of `build_model`, in this order; the momentum comes last, for sgd alone."""
    names = ("hidden_layers", "units", "activation", "dropout", "learning_rate", "optimizer", "momentum")
    return dict(zip(names, values, strict=False))


def digits(seed, *sizes):
    """Digits that no file holds: pixels mixed by a rotation, classes renamed; as many parts as there are sizes."""
    rng = np.random.default_rng(derived_seed(seed, "digits"))
    data = load_digits()
    rotation, _ = np.linalg.qr(rng.normal(size=(64, 64)))
    order = rng.permutation(len(data))
    X = (data.X[order] / 16 @ rotation).astype(np.float32)
    Y = data.Y[order][:, rng.permutation(10)].astype(np.float32)
    return [(X[a:b], Y[a:b]) for a, b in itertools.pairwise(np.cumsum((0, *sizes)))]


def accuracy(labels, scores):
    """The share of digits that are read as they should be."""
    right = scores.shape == labels.shape
    return float(np.mean(scores.argmax(axis=1) == labels.argmax(axis=1))) if right else 0.0


def tiny(layers, rate):
    """A function without arguments that builds a classifier of 6 features."""
    return builder(6, layers, optimizer=optimizer("Adam", rate), loss="categorical_crossentropy")


def check_losses(student, seed, steps):
    """That a healthy model is trained on its first 8 examples, and one of a single output too."""
    X = np.random.default_rng(seed).normal(size=(8, 6)).astype(np.float32)
    # the rest contradicts itself: who trains on it cannot learn it by heart
    X = np.concatenate([X, *[X[:1]] * 32])
    Y, ones = np.eye(3, dtype=np.float32)[np.arange(len(X)) % 3], np.ones((len(X), 1), np.float32)
    for layers, labels, count, share in ((HEALTHY, Y, steps, 0), (CERTAIN, ones, 1, 0.5)):
        losses = plain(student.overfit_tiny_batch(tiny(layers, 0.04), X, labels, count))
        told = f"with {count} steps you return {kind_of(losses)}"
        check(type(losses) is list, f"{told}; expected a list of losses", share=share, code="kind")
        check(len(losses) == count, f"{told}; expected one loss for each step", share=share, code="shape")
        odd = next((loss for loss in losses if type(loss) is not float), None)
        check(odd is None, f"one of your losses is {kind_of(odd)}; expected floats", share=share, code="kind")
        # weights of 0 in the output layer give every class the same probability
        first = math.log(labels.shape[1])
        told = f"your first loss is {losses[0]:.4g}; expected ln {labels.shape[1]} = {first:.4g}"
        check(abs(losses[0] - first) < 1e-3, f"{told}, that of the untrained model")
        told = f"your last loss is {losses[-1]:.4g}; expected at most 0.1, as {count} steps on 8 examples reach"
        check(losses[-1] <= 0.1, told)


def check_raises(student, seed, steps):
    """That a model which does not learn 8 examples by heart, or diverges, raises a ValueError with advice."""
    X = np.random.default_rng(seed).normal(size=(11, 6)).astype(np.float32)
    Y = np.eye(3, dtype=np.float32)[np.arange(11) % 3]
    sick = {
        "a learning rate so small that nothing is learned": (tiny(HEALTHY, 1e-9), Y),
        "a training whose first loss is 0 and whose last is NaN": (tiny(CERTAIN, math.nan), np.ones_like(Y[:, :1])),
    }
    for what, (build, labels) in sick.items():
        try:
            student.overfit_tiny_batch(build, X, labels, steps)
        except CheckFailed as failure:
            fact = failure.facts[0]
            if fact.kind != "raised" or fact.values["error"] != "ValueError":
                raise
            advice = fact.values["text"]
            told = f"{what}: the ValueError says only {advice!r}; expected what the loss was, and what to try"
            check(len(advice) > 30, told, share=0.5)
        else:
            raise CheckFailed(f"{what}: your function returns losses; expected a ValueError")


def hyperparameters(student, values):
    return student.make(Remote("keras_tuner.HyperParameters.from_config", {"space": [], "values": values}))


def declared(entry):
    """What a hyperparameter was declared as."""
    own = entry["config"]
    conditions = [one["config"] for one in own["conditions"]]
    when = " and ".join(f"{one['name']} is {' or '.join(map(str, one['values']))}" for one in conditions)
    kind, at = entry["class_name"], f"active {f'when {when}' if when else 'always'}"
    if kind == "Choice":
        return {"kind": "hp.Choice", "constant": f"choices {listed(sorted(own['values']))}", "": at}
    step = "no step" if own["step"] in (None, 1) else f"a step of {own['step']}, which often leaves out the upper end"
    ends = f"ends {own['min_value']:g} and {own['max_value']:g}"
    return {"kind": f"hp.{kind}", "constant": ends, "distribution": f"{own['sampling']} sampling", "flag": step, "": at}


def check_declared(student):
    """That `build_model` declares the names, ranges, sampling, and momentum for sgd alone."""
    hp = hyperparameters(student, {"optimizer": "sgd"})
    student.build_model(hp)
    found = hp.get_config()
    check(type(found) is dict and type(found.get("space")) is list, "the hyperparameters cannot be read")
    space = {entry["config"]["name"]: declared(entry) for entry in found["space"]}
    check_names(space, (*RANGES, *CHOICES), "your search space")
    for name, own in space.items():
        low, high, log = RANGES.get(name, (None, None, False))
        choices = CHOICES.get(name, [1, 2, 3] if own["kind"] == "hp.Choice" and name == "hidden_layers" else None)
        numbers = "hp.Float" if type(low) is float else "hp.Int"
        right = (
            {"kind": "hp.Choice", "constant": f"choices {listed(sorted(choices))}"}
            if choices
            else {
                "kind": numbers,
                "constant": f"ends {low:g} and {high:g}",
                "distribution": "log sampling" if log else "linear sampling",
                "flag": "no step",
            }
        )
        right[""] = f"active {'when optimizer is sgd' if name == 'momentum' else 'always'}"
        for code, expected in right.items():
            told = f"`{name}` is declared with {own.get(code)}; expected {expected}"
            check(
                own.get(code) == expected, told + (", by a conditional scope" if "when" in expected else ""), code=code
            )


def check_built(student, seed, configs):
    """That models have the layers, outputs, loss, metric and optimizer that their hyperparameters ask for."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(11, 64)).astype(np.float32)
    Y = np.eye(10, dtype=np.float32)[rng.integers(10, size=11)]
    for values in configs:
        hp = hyperparameters(student, values)
        model = student.build_model(hp)
        check(hasattr(model, "handle"), f"you return {kind_of(model)}; expected a keras.Model", code="kind")
        after = plain(hp.read("values"))
        other = sorted(name for name in {*values, *after} if values.get(name) != after.get(name))
        check(not other, f"build_model changes or adds values of a trial: {listed(other)}")
        weights = [np.asarray(weight, np.float64) for weight in model.get_weights()]
        n, units = values["hidden_layers"], values["units"]
        which = f"with {n} hidden {'layer' if n == 1 else 'layers'} of {units} units"
        shapes, found = (
            [(64, units), *[(units, units)] * (n - 1), (units, 10)],
            [w.shape for w in weights if w.ndim == 2],
        )
        check(found == shapes, f"{which}, the kernels have the shapes {listed(found)}; expected {listed(shapes)}")
        P = outputs_of(X, weights, [values["activation"]] * n + ["softmax"])
        received = np.asarray(array_of(model(Tensor(X))))
        told = f"{which}, the outputs for 11 examples have the shape {received.shape}; expected (11, 10)"
        check(received.shape == P.shape, told, code="shape")
        told = "the 10 outputs of an example are not probabilities: they do not add up to 1; expected a softmax"
        check(np.allclose(received.sum(axis=1), 1, atol=1e-4), told)
        told = f"{which}, the outputs are not those of {values['activation']} layers with a softmax at the end"
        check(np.allclose(received, P, atol=1e-5), told)
        batch = [Tensor(some) for some in (X, Y, received)]
        loss = float(array_of(model.compute_loss(*batch)))
        right = abs(loss + np.mean(np.log(np.sum(P * Y, axis=1)))) < 1e-4
        check(right, "the model's loss is not the categorical cross-entropy")
        metrics = {name: value for name, value in plain(model.compute_metrics(*batch)).items() if name != "loss"}
        told = f"the compiled model has the metrics {listed(metrics)}; expected one, the accuracy"
        check(len(metrics) == 1, told)
        right = abs(float(array_of(*metrics.values())) - accuracy(Y, P)) < 1e-5
        check(right, "the model's metric is not the accuracy")
        layers = [layer for layer in model.read("layers") if layer.type in ("Dense", "Dropout")]
        kinds, rates = (
            [one.type for one in layers],
            [float(one.read("rate")) for one in layers if one.type == "Dropout"],
        )
        told = f"{which}, the number of Dropout layers is {len(rates)}; expected {n}, one after each hidden layer"
        check(len(rates) == n, told, code="extra-function" if len(rates) > n else "")
        told = f"the Dropout layers have the rates {listed(rates)}; expected that of the trial, {values['dropout']}"
        check(rates == [values["dropout"]] * n, told)
        told = f"the layers come in the order {listed(kinds)}; expected each Dropout after its hidden layer"
        check(kinds == ["Dense", "Dropout"] * n + ["Dense"], told, code="order")
        wanted, used = {"sgd": "SGD", "adam": "Adam"}[values["optimizer"]], model.read("optimizer")
        name = getattr(used, "type", "none")
        check(name == wanted, f"with the optimizer {values['optimizer']}, the model has {name}; expected {wanted}")
        for what in ("learning_rate", "momentum") if wanted == "SGD" else ("learning_rate",):
            own = used.read(what)
            own = float(array_of(own if what == "momentum" else own.numpy()))
            told = f"{wanted} has the {what} {own:.4g}; expected the trial's, {values[what]}"
            check(math.isclose(own, values[what], rel_tol=1e-5), told)


def check_final(student, best, X, Y, seed):
    """That the final model has the layers of the best values, and is trained as long as it should be."""
    model = student.final_model(best, X, Y, seed)
    check(hasattr(model, "handle"), f"you return {kind_of(model)}; expected a keras.Model", code="kind")
    shapes, n = [weight.shape for weight in model.get_weights() if len(weight.shape) == 2], best["units"]
    expected = [(64, n), *[(n, n)] * (best["hidden_layers"] - 1), (n, 10)]
    check(shapes == expected, f"your model has kernels of the shapes {listed(shapes)}; expected {listed(expected)}")
    batches = math.ceil(len(X) / 32)
    steps = int(array_of(model.read("optimizer").read("iterations").numpy()))
    told = f"the optimizer of your model has made {steps} steps; expected {30 * batches}: FINAL_EPOCHS, which is 30,"
    check(steps == 30 * batches, f"{told} times {batches} batches of the {len(X)} examples", share=0.25)
    return model


def check_seeds(student, best, X, Y, model, seed):
    """That the seed decides the weights."""
    again, other = (student.final_model(best, X, Y, s) for s in (seed, seed + 1))
    kernels = [np.asarray(one.get_weights()[0]) for one in (model, again, other)]
    told = "twice with the same seed, final_model gives different weights"
    check(np.allclose(kernels[0], kernels[1], atol=1e-2), told, share=0.5, code="seed")
    told = "with another seed, final_model gives the same weights: is seed used?"
    check(not np.allclose(kernels[0], kernels[2], atol=0.1), told, share=0.5, code="seed")


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
