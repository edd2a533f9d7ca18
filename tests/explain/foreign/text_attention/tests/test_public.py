"""Public tests of project 2."""

import numpy as np

from autograder.testing import Tensor, assert_array, assert_gradients, assert_loss, assert_updates, question

EXTREME = Tensor(np.array([200.0, -200.0, 3.0, 200.0], np.float32))
OF_EXTREME = Tensor(np.array([1.0, 0.0, 1.0, 0.0], np.float32))


@question("A.1", points=5)
def test_attend(student, reference, problem):
    """Contexts and weights of the attention, no weight for padding."""
    assert_array(student.attend, reference.attend, problem, names=("context", "weights"))


@question("A.2", points=2, after="A.1")
def test_logits_of(student, reference, problem):
    """Logits."""
    assert_array(student.logits_of, reference.logits_of, problem)


@question("A.3", points=3)
def test_weighted_bce(student, reference, problem):
    """Weighted cross-entropy, one number."""
    assert_loss(student.weighted_bce, reference.weighted_bce, problem)


@question("A.3", points=1)
def test_weighted_bce_extreme(student, reference):
    """Weighted cross-entropy of logits of ±200."""
    assert_loss(student.weighted_bce, reference.weighted_bce, EXTREME, OF_EXTREME, 1.5)


@question("A.4", points=4, after=("A.2", "A.3"))
def test_loss_grads(student, reference, problem):
    """Gradients of emb, query, w_out and b_out by the tape."""
    assert_gradients(student.loss_grads, reference.loss_grads, problem)


@question("A.5", points=3)
def test_ema_update(student, reference, problem):
    """Moving average of all weights."""
    assert_array(student.ema_update, reference.ema_update, problem)


@question("A.6", points=5, after=("A.4", "A.5"))
def test_train(student, reference, problem):
    """Training: variables moved in place, the losses before each step, the averages."""
    assert_updates(student.train, reference.train, problem, argument=0, label="the result")


@question("A.7", points=3)
def test_scores(student, reference, problem):
    """Precision, recall and F1."""
    assert_array(student.scores, reference.scores, problem, names=("precision", "recall", "F1"))
