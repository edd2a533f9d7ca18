"""What the tests of a search draw with, read and tell."""

import itertools
import json
import math

import numpy as np

from autograder.testing import Remote, check, derived_seed
from tfkit.data import load_digits


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


def plain(value):
    """The value with NumPy's numbers, which travel as arrays without axes, as Python's."""
    if type(value) in (list, tuple):
        return type(value)(map(plain, value))
    if type(value) is dict:
        return {key: plain(item) for key, item in value.items()}
    return value.item() if type(value) is np.ndarray and value.shape == () else value


def listed(values):
    """Some values as a person writes them: "0.25, 0.5 and 1"; of many, the first few."""
    texts = [f"{value:.4g}" if type(value) in (int, float) else str(value)[:40] for value in values]
    texts = texts if len(texts) <= 8 else [*texts[:7], f"{len(texts) - 7} more"]
    return " and ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]])) or "none"


def check_names(received, expected, what):
    """That a dict has the names that it should have; what is missing and what is too many is told."""
    missing, others = sorted(set(expected) - set(received)), sorted(map(str, set(received) - set(expected)))
    told = [f"lacks {listed(missing)}"] if missing else []
    told += [f"has {listed(others)}, which nobody asked for"] if others else []
    check(not told, f"{what} {' and '.join(told)}; expected {listed(expected)}", code="missing-name" if missing else "")


def config(*values):
    """Values of `build_model`, in this order; the momentum comes last, for sgd alone."""
    names = ("hidden_layers", "units", "activation", "dropout", "learning_rate", "optimizer", "momentum")
    return dict(zip(names, values, strict=False))


def as_text(value):
    """A value or a configuration as a text, without the last digits of its numbers."""
    if isinstance(value, dict):
        value = {name: json.loads(as_text(value[name])) for name in sorted(value)}
    elif type(value) is not str:
        value = float(f"{value:.6g}")
    return json.dumps(value)


def digits(seed, *sizes):
    """Digits that no file holds: pixels mixed by a rotation, classes renamed; as many parts as there are sizes."""
    rng = np.random.default_rng(derived_seed(seed, "digits"))
    data = load_digits()
    rotation, _ = np.linalg.qr(rng.normal(size=(64, 64)))
    order = rng.permutation(len(data))
    X = (data.X[order] / 16 @ rotation).astype(np.float32)
    Y = data.Y[order][:, rng.permutation(10)].astype(np.float32)
    edges = np.cumsum((0, *sizes))
    return [(X[a:b], Y[a:b]) for a, b in itertools.pairwise(edges)]


def distance_to_uniform(values):
    """Kolmogorov and Smirnov's: the largest difference to the law of uniform numbers in [0, 1]."""
    values, M = np.sort(values), len(values)
    return float(max(np.max(np.arange(1, M + 1) / M - values), np.max(values - np.arange(M) / M)))


def log_part(values, low, high):
    """Where numbers lie between two ends, on the scale of their logarithms: from 0 to 1."""
    with np.errstate(all="ignore"):  # numbers below 0 have no logarithm, and follow no law then
        return np.log(np.asarray(values) / low) / math.log(high / low)
