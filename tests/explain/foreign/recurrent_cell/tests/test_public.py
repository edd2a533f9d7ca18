"""Public tests of lab 2."""

import numpy as np

from autograder.testing import assert_array, assert_gradients, assert_loss, question

# ---- inputs: everything random is made here ---------------------------------------------------------------------------


def make_inputs(T, B, D, H, C, seed):
    """One batch of B sequences of T steps, D features, H hidden units and C classes."""
    rng = np.random.default_rng(1000 * seed + T)
    w = {
        "Wxh": rng.normal(size=(D, H)) / np.sqrt(D),
        "Whh": rng.normal(size=(H, H)) / np.sqrt(H),
        "Why": rng.normal(size=(H, C)),
        "bh": 0.3 * rng.normal(size=H),
        "by": 0.3 * rng.normal(size=C),
    }
    return {
        "xs": rng.normal(size=(T, B, D)),
        "h0": np.tanh(rng.normal(size=(B, H))),
        "hs": np.tanh(rng.normal(size=(T + 1, B, H))),
        "dh": rng.normal(size=(B, H)),
        "ps": rng.dirichlet(np.ones(C), size=(T, B)),
        "targets": rng.integers(C, size=(T, B)),
        "w": w,
        "grads": {name: rng.normal(size=value.shape) for name, value in w.items()},
    }


def both_sizes(seed):
    """(T, B, D, H, C) = (4, 7, 3, 5, 2) and (6, 3, 5, 4, 7)."""
    return make_inputs(4, 7, 3, 5, 2, seed), make_inputs(6, 3, 5, 4, 7, seed)


# ---- the questions ----------------------------------------------------------------------------------------------------


@question("2a", points=2)
def test_rnn_step(student, reference):
    """One step of the cell."""
    for i in both_sizes(1):
        assert_array(student.rnn_step, reference.rnn_step, i["xs"][0], i["h0"], i["w"])


@question("2b", points=2, after="2a")
def test_unroll(student, reference):
    """The states of a whole sequence, the initial one included."""
    for i in both_sizes(2):
        assert_array(student.unroll, reference.unroll, i["xs"], i["h0"], i["w"])


@question("2c", points=2)
def test_predict(student, reference):
    """Probabilities after each input."""
    for i in both_sizes(3):
        assert_array(student.predict, reference.predict, i["hs"], i["w"], probabilities=("",))


@question("2d", points=2)
def test_sequence_loss(student, reference):
    """Cross-entropy: summed over time, averaged over sequences."""
    for i in both_sizes(4):
        assert_loss(student.sequence_loss, reference.sequence_loss, i["ps"], i["targets"])


@question("2e", points=3)
def test_step_backward(student, reference):
    """One step backwards."""
    for i in both_sizes(5):
        h = reference.rnn_step(i["xs"][0], i["h0"], i["w"])
        arguments = (i["dh"], i["xs"][0], i["h0"], h, i["w"])
        assert_gradients(student.step_backward, reference.step_backward, *arguments)


@question("2f", points=6, after="2e")
def test_bptt(student, reference):
    """Backpropagation through time."""
    for i in both_sizes(6):
        hs = reference.unroll(i["xs"], i["h0"], i["w"])
        ps = reference.predict(hs, i["w"])
        assert_gradients(student.bptt, reference.bptt, i["xs"], hs, ps, i["targets"], i["w"])


@question("2g", points=2)
def test_clip(student, reference):
    """Clipping by the common norm of all derivatives."""
    for i in both_sizes(7):
        for max_norm in (1.5, 1000.0):
            assert_array(student.clip, reference.clip, i["grads"], max_norm)
