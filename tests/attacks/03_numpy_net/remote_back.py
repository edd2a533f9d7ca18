"""Returns a Remote, the description of an object to be built, so that the grader itself builds and calls something.

aims: escape
"""

import sys

import numpy as np

from autograder.wire import Remote

SHELL = Remote("os.system", "echo ESCAPED remote")


def sigmoid(Z):
    return Remote("builtins.print", "ESCAPED remote")


def softmax(Z):
    return {"W1": SHELL, "b1": [SHELL, (SHELL,)]}


def mse_loss(Y_hat, Y):
    return Remote("numpy.zeros", ()).then("tofile", "planted-remote_back")


def cross_entropy(Y_hat, Y):
    # the same by hand: a header with a tag that only the other direction may carry, and others that nobody may
    codec = sys.modules["autograder.wire.codec"]
    node = {"t": "remote", "path": "os.getpid", "arguments": [], "options": [], "steps": []}
    codec._to_node = lambda *rest: {"t": "dict", "v": [["value", node], ["seconds", 0.0]]}
    return 0.0


def backward(cache, Y, params):
    return {name: Remote("builtins.exec", "import os; print('ESCAPED remote')") for name in params}


def gradient_step(params, grads, learning_rate):
    raise ValueError(Remote("os.abort"))
