"""The hidden tests of 04: other sizes, other values, and what the public ones cannot tell apart.

The edges have one output, one example, one feature or one hidden unit, and are in float64.
"""

import numpy as np

from autograder.testing import (
    Remote,
    Tensor,
    Variable,
    array_of,
    assert_array,
    assert_close,
    assert_gradients,
    assert_loss,
    check,
    question,
)

# the loop over epochs and batches is what is to be written
LOOPS = ("keras.Model.fit", "keras.Model.train_on_batch")


@question("04.1", points=0.5)
def test_init_params_again(student):
    """Parameters: other sizes, such as one hidden unit or one output, and other seeds."""
    single = student.init_params(3, 1, 1, 7)
    for name, shape in (("W1", (3, 1)), ("b1", (1, 1)), ("W2", (1, 1)), ("b2", (1, 1))):
        came = single[name].array.shape
        check(came == shape, f"with h = k = 1, {name}: expected shape {shape}, yours is {came}", code="shape")
    one, again, other = (student.init_params(30, 40, 25, seed) for seed in (7, 7, 8))
    for name in ("W1", "W2"):
        weights = one[name].array
        check(np.array_equal(weights, again[name].array), f"{name}: the same seed gives other weights", code="seed")
        differ = not np.array_equal(weights, other[name].array)
        check(differ, f"{name}: another seed gives the same weights", code="seed")
        # 600 uniform numbers or more: the mean is within 0.06 of 1/2 but once in a million times
        spread = abs(weights.mean() - 0.5) < 0.06 and abs(weights.std() - 12**-0.5) < 0.04
        uniform = bool(spread and weights.min() < 0.05 and weights.max() > 0.95)
        check(uniform, f"{name}: not uniform in [0, 1)", code="distribution")
    check(
        not np.isin(one["W2"].array.ravel()[:50], one["W1"].array).all(),
        "W1 and W2 are drawn with the same numbers",
        code="same-draws",
    )


@question("04.2", points=1, after="04.2")
def test_forward_again(student, reference, problem):
    """Forward pass: other numbers and sizes, such as one output or one example."""
    # inputs three times as large: saturated units tell sigmoid from its look-alikes
    problem = problem.extended(X=lambda one: one.array(3 * one.rng().normal(size=(one.M, one.n))))
    assert_array(student.forward, reference.forward, problem)
    assert_array(student.forward, reference.forward, problem.edges)


@question("04.3", points=1)
def test_mse_loss_again(student, reference, problem):
    """Mean squared error, one number: other numbers and sizes, such as one output or one example."""
    problem = problem.extended(Y_hat=lambda one: one.array(one.rng().normal(size=(one.M, one.k))))
    assert_loss(student.mse_loss, reference.mse_loss, problem)
    assert_loss(student.mse_loss, reference.mse_loss, problem.edges)


@question("04.4", points=3)
def test_gradients_again(student, reference, problem):
    """Gradients of W1, b1, W2, b2 by the tape: other numbers and sizes, such as one example."""
    assert_gradients(student.gradients, reference.gradients, problem)
    assert_gradients(student.gradients, reference.gradients, problem.edges)


@question("04.5", points=1)
def test_train_step_again(student, reference, problem):
    """Two steps with momentum: another optimizer and other sizes, such as one output or one hidden unit."""
    for one in (problem.edges.first, problem.edges.second):
        take_two_steps(student, reference, one)


def take_two_steps(student, reference, one):
    """That two steps with momentum move the variables as they should, and return the loss from before."""
    # numbers that float32, in which Keras keeps a learning rate, holds exactly
    learning_rate, momentum = 3 / 64, 0.8125
    optimizer = student.make(Remote("keras.optimizers.SGD", learning_rate=learning_rate, momentum=momentum))
    variables = {name: student.make(Remote("tensorflow.Variable", value.array)) for name, value in one.params.items()}
    # the reference's gradients, and the rule v = 0.8125 v - 3/64 g, w = w + v, by hand
    weights = {name: value.array for name, value in one.params.items()}
    velocity = {name: np.zeros_like(value) for name, value in weights.items()}
    for _ in range(2):
        loss = student.train_step(one.X, one.Y, variables, optimizer)
        before = {name: Variable(value) for name, value in weights.items()}
        assert_close(loss, array_of(reference.mse_loss(reference.forward(one.X, before), one.Y)), "the loss")
        gradients = reference.gradients(one.X, one.Y, before)
        for name in weights:
            velocity[name] = momentum * velocity[name] - learning_rate * array_of(gradients[name])
            weights[name] = weights[name] + velocity[name]
    for name, variable in variables.items():
        assert_close(variable.numpy(), weights[name], f"{name} after two steps")


def epochs_of(student, examples, seed, count, batch_size=4, limit=100):
    """The order of examples in the first batches of each epoch, by the number that each example carries."""
    X = Tensor(np.arange(float(examples)).reshape(-1, 1))
    dataset = student.make_dataset(X, X, batch_size, seed)
    epochs = []
    for _ in range(count):
        batches = [[np.asarray(array_of(part)) for part in pair] for pair in dataset.items(limit=limit)]
        for part in (part for pair in batches for part in pair):
            right = part.shape == (part.size, 1)
            check(right, f"with one feature, a batch has shape {part.shape}", share=0.5, code="shape")
            check(part.dtype == np.float64, f"float64 examples come as {part.dtype}", share=0.5, code="dtype")
        epochs.append([[int(value) for value in pair[0].ravel()] for pair in batches])
    return epochs


@question("04.6", points=1, after="04.6")
def test_make_dataset_order_again(student):
    """Batches: other numbers of examples, also fewer than a batch or more than ten thousand, and other seeds."""
    first, second = epochs_of(student, 67, 43, 2)
    order = [[example for batch in epoch for example in batch] for epoch in (first, second)]
    check(order[0] != list(range(67)), "the examples come in the order they were given in", code="no-shuffle")
    check(order[0] != order[1], "every epoch has the same order", code="not-reshuffled")
    together = {frozenset(batch) for batch in first} & {frozenset(batch) for batch in second}
    check(
        len(together) < 3,
        "the same examples share a batch in every epoch: batches are shuffled, not examples",
        code="partial-shuffle",
    )
    # some of the last 23 of 67 are among the first 20: fails by chance once in 20 million
    reach = max(order[0][:20] + order[1][:20])
    message = "late examples never come early: the shuffle looks at part of the data only"
    check(reach >= 44, message, code="partial-shuffle")
    # more rows than any usual buffer: with one of 10000, none of the last 500 of 12011 is among the first 512
    (epoch,) = epochs_of(student, 12011, 43, 1, 64, limit=8)
    reach = max(example for batch in epoch for example in batch)
    check(reach >= 11511, message, code="partial-shuffle")
    for examples in (1, 3):
        (epoch,) = epochs_of(student, examples, 43, 1)
        whole = len(epoch) == 1 and sorted(epoch[0]) == list(range(examples))
        check(whole, f"with {examples} examples, fewer than a batch: expected one batch", share=0.5, code="incomplete")
    again, other = (epochs_of(student, 67, seed, 1)[0] for seed in (43, 47))
    check(again == first, "the same seed gives another order", share=0.25, code="seed")
    check(other != first, "another seed gives the same order", share=0.25, code="seed")


@question("04.7", points=0.75, after="04.5", forbids=LOOPS)
def test_train_again(student, reference, problem):
    """Training loop: another optimizer that remembers, and other sizes, such as one hidden unit."""
    for one, batch_size, epochs in ((problem.edges.first, 5, 2), (problem.edges.second, 6, 3)):
        dataset = Remote("tensorflow.data.Dataset.from_tensor_slices", (one.X, one.Y)).then("batch", batch_size)
        optimizer = Remote("keras.optimizers.SGD", learning_rate=17 / 512, momentum=0.8125)
        given = (dataset, one.params, optimizer, epochs)
        call = student.train.call(*given)
        # who averages with a metric of Keras has losses of float32, whatever the variables are
        assert_close(call.value, reference.train(*given), "the losses", single=True)
        assert_close(call.arguments[1], reference.train.arguments_after(*given)[1], "")
