"""Public tests of lab 6."""

import numpy as np

from autograder.testing import assert_array, assert_gradients, assert_loss, question

EXTREME = np.array([[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -999.0], [2.0, 2.0, 2.0]])


@question("S.1", points=1)
def test_softmax(student, reference, problem):
    """Softmax of every row."""
    assert_array(student.softmax, reference.softmax, problem)


@question("S.1", points=1)
def test_softmax_extreme(student, reference):
    """Softmax of scores of ±1000."""
    assert_array(student.softmax, reference.softmax, EXTREME, probabilities=("",))


@question("S.2", points=3, after="S.1")
def test_objective(student, reference, problem):
    """Mean cross-entropy with penalty."""
    assert_loss(student.objective, reference.objective, problem, name="the objective")


@question("S.3", points=4, after="S.1")
def test_objective_grads(student, reference, problem):
    """Gradients of coef, intercept and feats."""
    assert_gradients(student.objective_grads, reference.objective_grads, problem)


@question("S.4", points=4)
def test_batchnorm(student, reference, problem):
    """Batch normalisation in training and when predicting, running values."""
    for training in (True, False):
        mode = problem.extended(training=lambda one, training=training: training)
        assert_array(student.batchnorm, reference.batchnorm, mode, names=("out", "run_mean", "run_var"))


@question("S.5", points=5)
def test_batchnorm_grads(student, reference, problem):
    """Gradients of feats, gamma and beta."""
    assert_gradients(student.batchnorm_grads, reference.batchnorm_grads, problem)


@question("S.6", points=1)
def test_dropout(student, reference, problem):
    """Dropout in training."""
    assert_array(student.dropout, reference.dropout, problem)


@question("S.6", points=1)
def test_dropout_predicting(student, reference, problem):
    """Dropout when predicting."""
    predicting = problem.extended(training=lambda one: False)
    assert_array(student.dropout, reference.dropout, predicting)


@question("S.7", points=4, after=("S.2", "S.3", "S.4", "S.5", "S.6"))
def test_train_step(student, reference, problem):
    """One step: objective before it, new model."""
    assert_array(student.train_step, reference.train_step, problem, names=("objective", "model"))
