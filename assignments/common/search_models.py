"""Checks of models that are built or trained once."""

import math

import numpy as np
from common.search_values import listed, plain
from common.sequential import builder, optimizer, outputs_of

from autograder.testing import CheckFailed, Remote, Tensor, array_of, check, kind_of


def tiny(layers, name, learning_rate):
    """A function without arguments that builds a classifier of 6 features, compiled with the optimizer of that name."""
    return builder(6, layers, optimizer=optimizer(name, learning_rate), loss="categorical_crossentropy")


HEALTHY = [(24, "relu", "GlorotUniform"), (3, "softmax", "Zeros")]


def check_losses(student, seed, steps):
    """That a healthy model is trained on its first 8 examples, and one of a single output too."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(8, 6)).astype(np.float32)
    # the rest contradicts itself: who trains on it cannot learn it by heart
    X = np.concatenate([X, *[X[:1]] * 32])
    Y = np.eye(3, dtype=np.float32)[np.arange(len(X)) % 3]
    healthy = tiny(HEALTHY, "Adam", 0.04)
    # one output of a softmax is always 1, and right: a single step is enough
    certain = tiny([(1, "softmax", "Zeros")], "SGD", 0.01)
    for build, labels, count, share in ((healthy, Y, steps, 0), (certain, np.ones((len(X), 1), np.float32), 1, 0.5)):
        losses = plain(student.overfit_tiny_batch(build, X, labels, count))
        told = f"with {count} steps you return {kind_of(losses)}"
        check(type(losses) is list, f"{told}; expected a list of losses", share=share, code="kind")
        right = len(losses) == count
        check(right, f"{told}; expected one loss for each step", share=share, code="shape")
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
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(11, 6)).astype(np.float32)
    Y = np.eye(3, dtype=np.float32)[np.arange(11) % 3]
    to_nan = [(24, "relu", "GlorotUniform"), (3, "relu", "GlorotUniform")]
    sick = {
        "a learning rate so small that nothing is learned": tiny(HEALTHY, "SGD", 1e-6),
        "a training whose loss is NaN": tiny(to_nan, "SGD", 1e30),
    }
    for what, build in sick.items():
        try:
            student.overfit_tiny_batch(build, X, Y, steps)
        except CheckFailed as failure:
            fact = failure.facts[0]
            if fact.kind != "raised" or fact.values["error"] != "ValueError":
                raise
            advice = fact.values["text"]
            told = f"{what}: the ValueError says only {advice!r}; expected what the loss was, and what to try"
            check(len(advice) > 30, told, share=0.5)
        else:
            raise CheckFailed(f"{what}: your function returns losses; expected a ValueError")


def check_built(student, seed, configs):
    """That models have the layers, outputs, loss, metric and optimizer that their hyperparameters ask for."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(11, 64)).astype(np.float32)
    Y = np.eye(10, dtype=np.float32)[rng.integers(10, size=11)]
    for values in configs:
        hp = student.make(Remote("keras_tuner.HyperParameters.from_config", {"space": [], "values": values}))
        model = student.build_model(hp)
        check(hasattr(model, "handle"), f"you return {kind_of(model)}; expected a keras.Model", code="kind")
        after = plain(hp.read("values"))
        other = sorted(name for name in {*values, *after} if values.get(name) != after.get(name))
        check(not other, f"build_model changes or adds values of a trial: {listed(other)}")
        weights = [np.asarray(weight, np.float64) for weight in model.get_weights()]
        n, units = values["hidden_layers"], values["units"]
        which = f"with {n} hidden {'layer' if n == 1 else 'layers'} of {units} units"
        shapes = [(64, units), *[(units, units)] * (n - 1), (units, 10)]
        found = [weight.shape for weight in weights if weight.ndim == 2]
        told = f"{which}, the kernels have the shapes {listed(found)}; expected {listed(shapes)}"
        check(found == shapes, told)
        P = outputs_of(X, weights, [values["activation"]] * n + ["softmax"])
        received = np.asarray(array_of(model(Tensor(X))))
        told = f"{which}, the outputs for 11 examples have the shape {received.shape}; expected (11, 10)"
        check(received.shape == P.shape, told, code="shape")
        told = "the 10 outputs of an example are not probabilities: they do not add up to 1; expected a softmax"
        check(np.allclose(received.sum(axis=1), 1, atol=1e-4), told)
        told = f"{which}, the outputs are not those of {values['activation']} layers with a softmax at the end"
        check(np.allclose(received, P, atol=1e-5), told)
        scores = model.evaluate(X, Y, 11, 0)
        count = len(scores) - 1 if type(scores) is list else 0
        told = f"the compiled model has {count} metrics; expected one, the accuracy"
        check(type(scores) is list and count == 1, told)
        loss = -np.mean(np.log(np.sum(P * Y, axis=1)))
        check(abs(scores[0] - loss) < 1e-4, "the model's loss is not the categorical cross-entropy")
        accuracy = np.mean(P.argmax(axis=1) == Y.argmax(axis=1))
        check(abs(scores[1] - accuracy) < 1e-5, "the model's metric is not the accuracy")
        kinds = [layer.type for layer in model.read("layers") if layer.type in ("Dense", "Dropout")]
        count = kinds.count("Dropout")
        told = f"{which}, the model has {count} Dropout layers; expected {n}, one after each hidden layer"
        check(count <= n, told, code="extra-function")
        check(count == n, told)
        rates = [float(layer.read("rate")) for layer in model.read("layers") if layer.type == "Dropout"]
        told = f"the Dropout layers have the rates {listed(rates)}; expected that of the trial, {values['dropout']}"
        check(rates == [values["dropout"]] * n, told)
        told = f"the layers come in the order {listed(kinds)}; expected each Dropout after its hidden layer"
        check(kinds == ["Dense", "Dropout"] * n + ["Dense"], told, code="order")
        check_optimizer(model.read("optimizer"), values)


def check_optimizer(optimizer, values):
    """That a model's optimizer is the one that is asked for, with its settings."""
    wanted, name = {"sgd": "SGD", "adam": "Adam"}[values["optimizer"]], getattr(optimizer, "type", "none")
    check(name == wanted, f"with the optimizer {values['optimizer']}, the model has {name}; expected {wanted}")
    for what in ("learning_rate", "momentum") if wanted == "SGD" else ("learning_rate",):
        own = optimizer.read(what)
        own = float(array_of(own if what == "momentum" else own.numpy()))
        told = f"{wanted} has the {what} {own:.4g}; expected the trial's, {values[what]}"
        check(math.isclose(own, values[what], rel_tol=1e-5), told)


def check_seeds(student, best, X, Y, model, seed):
    """That the seed decides the weights."""
    again, other = (student.final_model(best, X, Y, s) for s in (seed, seed + 1))
    kernels = [np.asarray(one.get_weights()[0]) for one in (model, again, other)]
    told = "twice with the same seed, final_model gives different weights"
    check(np.allclose(kernels[0], kernels[1], atol=1e-2), told, share=0.5, code="seed")
    told = "with another seed, final_model gives the same weights: is seed used?"
    check(not np.allclose(kernels[0], kernels[2], atol=0.1), told, share=0.5, code="seed")
