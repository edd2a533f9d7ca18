"""Puts lone surrogates, NUL and half characters into messages, warnings, names, notes and output, where UTF-8 has no room.

aims: exhaust
"""

import os
import sys
import warnings

import numpy as np

BAD = "\ud800 \udcff \x00 \udfff\ud800 \u2028 \x85 \x1c \r \ufeff"


def attack():
    os.write(1, b"\xff\xfe\xc0\x80\xed\xa0\x80 half: \xf0\x9f\x98\n\xe2\x82")
    os.write(2, BAD.encode("utf-8", "surrogatepass"))
    for kind in (UserWarning, type("W\u2028\x85", (RuntimeWarning,), {})):
        warnings.warn(BAD, kind, stacklevel=1)
    sys.stdout.reconfigure(errors="surrogatepass")
    print(BAD * 20, flush=True)


def sigmoid(Z):
    attack()
    error = type("Ed\u2028", (ValueError,), {"__module__": "m\ud800"})(BAD)
    if hasattr(error, "add_note"):
        error.add_note(BAD)
    raise error


def mse_loss(Y_hat, Y):
    attack()
    raise UnicodeDecodeError("utf-8\x00", b"\xff\xfe", 0, 2, BAD)


def softmax(Z):
    raise SyntaxError(BAD, ("a\udcff.py", 2**31, -5, BAD))


def cross_entropy(Y_hat, Y):
    return BAD


def backward(cache, Y, params):
    raise KeyError(*[BAD.encode("utf-16", "surrogatepass")] * 3)


def forward(X, params):
    exec(compile("\n" * 70_000 + "raise OSError(5, BAD, BAD)", "f\udcff\n1.py", "exec"), {"BAD": BAD})
    return np.zeros(1)
