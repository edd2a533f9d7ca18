"""Public tests of lab 5."""

from autograder.testing import assert_array, assert_loss, question


@question("O.1", points=3)
def test_loss_and_grads(student, reference, problem):
    """Mean log-cosh loss and its gradients."""
    assert_array(student.loss_and_grads, reference.loss_and_grads, problem, names=("loss", "grads"))


@question("O.2", points=3)
def test_momentum_step(student, reference, problem):
    """One step with momentum: new theta, new velocity."""
    assert_array(student.momentum_step, reference.momentum_step, problem, names=("theta", "velocity"))


@question("O.3", points=4, after=("O.1", "O.2"))
def test_nesterov_step(student, reference, problem):
    """One step with Nesterov's momentum."""
    assert_array(student.nesterov_step, reference.nesterov_step, problem, names=("theta", "velocity"))


@question("O.4", points=3)
def test_rmsprop_step(student, reference, problem):
    """One step of RMSprop: new theta, new averages."""
    assert_array(student.rmsprop_step, reference.rmsprop_step, problem, names=("theta", "sq_avg"))


@question("O.5", points=3)
def test_adam_step(student, reference, problem):
    """A later step of Adam: new theta, new state."""
    assert_array(student.adam_step, reference.adam_step, problem, names=("theta", "state"))


@question("O.5", points=2)
def test_adam_first_step(student, reference, problem):
    """The first step of Adam."""
    first = problem.extended(state=lambda one: one.fresh)
    assert_array(student.adam_step, reference.adam_step, first, names=("theta", "state"))


@question("O.6", points=2)
def test_step_decay(student, reference, problem):
    """Learning rates of seven epochs."""
    for epoch in range(7):
        one = problem.extended(epoch=lambda one, epoch=epoch: epoch, every=lambda one: 3)
        assert_loss(student.step_decay, reference.step_decay, one, name="the learning rate")


@question("O.7", points=4, after=("O.1", "O.2", "O.6"))
def test_train(student, reference, problem):
    """Training: theta and the loss before each step."""
    assert_array(student.train, reference.train, problem, names=("theta", "losses"))
