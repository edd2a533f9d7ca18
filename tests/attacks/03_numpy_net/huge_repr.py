"""Returns objects whose repr and str are hundreds of megabytes long, endless or an exception.

aims: exhaust
"""

import time


class Long:
    """Describes itself at great length."""

    def __repr__(self):
        return "A" * 300_000_000

    __str__ = __repr__


class Endless:
    """Never finishes describing itself: stops after 20 s, for the machine's sake."""

    def __repr__(self):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            pass
        return "done"

    __str__ = __format__ = __repr__


class Raising:
    """Has no description."""

    def __repr__(self):
        raise SystemExit("no description")

    __str__ = __format__ = __bytes__ = __repr__


# the name of a class is a description as well
Named = type("N" * 5_000_000, (), {})


def sigmoid(Z):
    return Long()


def softmax(Z):
    return Endless()


def mse_loss(Y_hat, Y):
    return Raising()


def cross_entropy(Y_hat, Y):
    return Named()


def forward(X, params):
    raise ValueError(Long())


def classifier_forward(X, params):
    raise ValueError("B" * 200_000_000)


def gradient_step(params, grads, learning_rate):
    return {"K" * 3_000_000: Raising(), "W1": Named()}
