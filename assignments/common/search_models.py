"""Checks of models: what is declared and built for a trial, learned by heart, and handed over at the end."""

import itertools
import math

import numpy as np
from common.search_draws import check_names, listed, plain
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
HEALTHY = [(24, "relu", "GlorotUniform"), (3, "softmax", "Zeros")]
# one output that is 0: right where the target is 0, and after no step at all
CERTAIN = [(1, None, "Zeros")]


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
    """A function without arguments that builds a model of 6 features: a classifier, or of a single number."""
    loss = "mean_squared_error" if layers is CERTAIN else "categorical_crossentropy"
    return builder(6, layers, optimizer=optimizer("Adam", rate), loss=loss)


def check_losses(student, seed, steps):
    """That a healthy model is trained on its first 8 examples, and one of a single output too."""
    X = np.random.default_rng(seed).normal(size=(8, 6)).astype(np.float32)
    # the rest contradicts itself: who trains on it cannot learn it by heart
    X = np.concatenate([X, *[X[:1]] * 32])
    Y, zeros = np.eye(3, dtype=np.float32)[np.arange(len(X)) % 3], np.zeros((len(X), 1), np.float32)
    for layers, labels, count, share in ((HEALTHY, Y, steps, 0), (CERTAIN, zeros, 1, 0.5)):
        losses = plain(student.overfit_tiny_batch(tiny(layers, 0.04), X, labels, count))
        told = f"with {count} steps you return {kind_of(losses)}"
        check(type(losses) is list, f"{told}; expected a list of losses", share=share, code="kind")
        check(len(losses) == count, f"{told}; expected one loss for each step", share=share, code="shape")
        odd = next((loss for loss in losses if type(loss) is not float), None)
        check(odd is None, f"one of your losses is {kind_of(odd)}; expected floats", share=share, code="kind")
        # weights of 0 in the output layer give every class the same probability
        first = math.log(labels.shape[1])
        told = f"your first loss is {losses[0]:.4g}; expected {'ln 3 = 1.099' if first else '0'}"
        check(abs(losses[0] - first) < 1e-3, f"{told}, that of the untrained model")
        told = f"your last loss is {losses[-1]:.4g}; expected at most 0.1, as {count} steps on 8 examples reach"
        check(losses[-1] <= 0.1, told)


def check_raises(student, seed, steps):
    """That a model which does not learn 8 examples by heart, or diverges, raises a ValueError with advice."""
    X = np.random.default_rng(seed).normal(size=(11, 6)).astype(np.float32)
    Y = np.eye(3, dtype=np.float32)[np.arange(11) % 3]
    sick = {
        "a learning rate so small that nothing is learned": (tiny(HEALTHY, 1e-9), Y),
        "a training whose first loss is 0 and whose last is NaN": (tiny(CERTAIN, math.nan), np.zeros_like(Y[:, :1])),
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
        values = sorted(own["values"])
        return {"kind": "hp.Choice", "constant": f"choices {listed(values)}", "": at, "values": values}
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
            told += ", by a conditional scope" if "when" in expected else ""
            fewer = choices and set(own.get("values", ())) < set(choices)
            check(own.get(code) == expected, told, code="missing-name" if fewer and code == "constant" else code)


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
