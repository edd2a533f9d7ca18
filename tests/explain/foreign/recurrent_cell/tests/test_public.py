"""Public tests of lab 2."""

from autograder.testing import assert_array, assert_gradients, assert_loss, question


@question("2a", points=2)
def test_rnn_step(student, reference, problem):
    """One step of the cell."""
    assert_array(student.rnn_step, reference.rnn_step, problem)


@question("2b", points=2, after="2a")
def test_unroll(student, reference, problem):
    """The states of a whole sequence, the initial one included."""
    assert_array(student.unroll, reference.unroll, problem)


@question("2c", points=2)
def test_predict(student, reference, problem):
    """Probabilities after each input."""
    assert_array(student.predict, reference.predict, problem, probabilities=("",))


@question("2d", points=2)
def test_sequence_loss(student, reference, problem):
    """Cross-entropy: summed over time, averaged over sequences."""
    assert_loss(student.sequence_loss, reference.sequence_loss, problem)


@question("2e", points=3)
def test_step_backward(student, reference, problem):
    """One step backwards."""
    problem = problem.extended(h=lambda one: reference.rnn_step(one.x, one.h_prev, one.w))
    assert_gradients(student.step_backward, reference.step_backward, problem)


@question("2f", points=6, after="2e")
def test_bptt(student, reference, problem):
    """Backpropagation through time."""
    problem = problem.extended(
        hs=lambda one: reference.unroll(one.xs, one.h0, one.w), ps=lambda one: reference.predict(one.hs, one.w)
    )
    assert_gradients(student.bptt, reference.bptt, problem)


@question("2g", points=2)
def test_clip(student, reference, problem):
    """Clipping by the common norm of all derivatives."""
    for max_norm in (1.5, 1000.0):
        assert_array(student.clip, reference.clip, problem.extended(max_norm=lambda one, most=max_norm: most))
