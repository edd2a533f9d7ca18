"""Hidden tests of lab 6."""

from autograder.testing import assert_array, assert_loss, question


@question("S.2", points=1, after="S.1")
def test_objective_without_penalty(student, reference, problem):
    """Cross-entropy alone."""
    plain = problem.extended(lam=lambda one: 0.0)
    assert_loss(student.objective, reference.objective, plain, name="the objective")


@question("S.7", points=2, after=("S.2", "S.3", "S.4", "S.5", "S.6"))
def test_train_step_without_dropout(student, reference, problem):
    """One step where every entry is kept."""
    kept = problem.extended(mask=lambda one: one.mask * 0 + 1.0, keep=lambda one: 1.0, lam=lambda one: 0.0)
    assert_array(student.train_step, reference.train_step, kept, names=("objective", "model"))
