"""Returns dicts whose keys no file can hold: lone surrogates, NUL, NaN, huge integers, bytes, and keys equal but for case.

aims: exhaust
"""

import numpy as np

KEYS = (
    "W1\ud800",
    "\udcff\udcfe",
    "W1\x00",
    "\x00",
    "__proto__",
    "W1\u2028",
    "\ufffe\uffff",
    "w1",
    "W1 ",
    "Ｗ1",
    "\r\nb1: right",
    "$ref",
    "",
)
ODD = (float("nan"), 2**200, -1, None, True, b"W1", ("W1",), 1e308, frozenset(), 2**63)


def result(params):
    """The wanted keys with wrong arrays, and those that cannot be written."""
    found = {name: np.ones(value.shape) for name, value in params.items()}
    return found | {key: np.zeros(2) for key in KEYS}


def forward(X, params):
    return {name: np.zeros((len(X), 1)) for name in ("X", "Z1", "H", "Y_hat", *KEYS)}


def classifier_forward(X, params):
    return {key: 0.0 for key in ODD}


def backward(cache, Y, params):
    return result(params)


def classifier_backward(cache, Y, params):
    return result(params) | {key: np.zeros(1) for key in ODD}


def gradient_step(params, grads, learning_rate):
    return {name + "\ud800": value for name, value in params.items()}


def init_params(n, h, k, rng):
    return {"\udc80" * 50: np.zeros((n, h)), "\x00" * 50: {"\ud800": {"\udfff": 1.0}}}
