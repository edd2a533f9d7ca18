"""The public tests of 04: what `autograder check 04_tape_net` runs."""

import numpy as np

from autograder.testing import (
    Remote,
    Variable,
    array_of,
    assert_array,
    assert_close,
    assert_gradients,
    assert_loss,
    assert_updates,
    check,
    kind_of,
    question,
)

SHAPES = {"W1": (5, 4), "b1": (1, 4), "W2": (4, 3), "b2": (1, 3)}

# the loop over epochs and batches is what is to be written
LOOPS = ("keras.Model.fit", "keras.Model.train_on_batch")


def sgd(momentum=0.0):
    return Remote("keras.optimizers.SGD", learning_rate=0.05, momentum=momentum)


def batches(problem, batch_size):
    return Remote("tensorflow.data.Dataset.from_tensor_slices", (problem.X, problem.Y)).then("batch", batch_size)


@question("04.1", points=2)
def test_init_params(student):
    """Parameters: trainable float32 variables of the right shapes, weights in [0, 1), biases zero."""
    params = student.init_params(5, 4, 3, 0)
    check(type(params) is dict, f"expected a dict of variables, you return {kind_of(params)}")
    check(
        set(params) == set(SHAPES),
        f"expected the keys W1, b1, W2, b2, yours are {', '.join(map(str, params))[:80]}",
    )
    for name, shape in SHAPES.items():
        value = params[name]
        check(type(value) is Variable, f"{name}: expected a tf.Variable, you return {kind_of(value)}")
        check(value.array.shape == shape, f"{name}: expected shape {shape}, yours is {value.array.shape}")
        check(value.array.dtype == np.float32, f"{name}: expected dtype float32, yours is {value.array.dtype}")
        if name in ("b1", "b2"):
            check(not value.array.any(), f"{name}: expected zeros", share=0.5)
        else:
            inside = ((value.array >= 0) & (value.array < 1)).all() and np.ptp(value.array) > 0
            check(bool(inside), f"{name}: expected weights drawn from [0, 1)", share=0.5)


@question("04.2", points=2)
def test_forward(student, reference, problem):
    """Forward pass: predictions of the network."""
    assert_array(student.forward, reference.forward, problem)


@question("04.3", points=2)
def test_mse_loss(student, reference, problem):
    """Mean squared error, one number: summed over outputs, averaged over examples."""
    problem = problem.extended(Y_hat=lambda one: reference.forward.as_given(one.X, one.params))
    assert_loss(student.mse_loss, reference.mse_loss, problem)


@question("04.4", points=4)
def test_gradients(student, reference, problem):
    """Gradients of W1, b1, W2, b2 by the tape."""
    assert_gradients(student.gradients, reference.gradients, problem)


@question("04.5", points=2)
def test_train_step(student, reference, problem):
    """One step of SGD: variables updated in place, the loss from before returned."""
    problem = problem.extended(optimizer=lambda one: sgd())
    assert_updates(student.train_step, reference.train_step, problem, argument=2, label="the loss")


@question("04.6", points=2)
def test_make_dataset(student, problem):
    """Batches: every example once, beside its own target, the short last batch kept."""
    X = problem.array(np.arange(22.0).reshape(11, 2))
    Y = problem.array(100 + np.arange(11.0).reshape(11, 1))
    found = student.make_dataset(X, Y, 4, 3).items(limit=50)
    check(
        all(type(pair) is tuple and len(pair) == 2 for pair in found),
        "expected batches that are pairs (X, Y)",
    )
    rows = np.concatenate([np.asarray(array_of(x)).reshape(-1, 2) for x, _ in found])
    targets = np.concatenate([np.asarray(array_of(y)).reshape(-1, 1) for _, y in found])
    sizes = [len(array_of(x)) for x, _ in found]
    check(len(rows) == len(targets) == 11, f"expected the 11 examples once an epoch, you give {len(rows)}")
    check(sizes == [4, 4, 3], f"expected batches of 4, 4 and 3 examples, yours have {sizes}", share=0.5)
    check(sorted(rows[:, 0]) == list(range(0, 22, 2)), "some examples come twice and others not at all")
    check(
        bool((rows[:, 0] / 2 + 100 == targets[:, 0]).all()),
        "the rows of X and Y are no longer those that belong together",
    )


@question("04.7", points=2, after="04.5", forbids=LOOPS)
def test_train(student, reference, problem):
    """Training loop: one loss per epoch, the mean over examples."""
    # eager steps take long: the other size is trained by the hidden test
    arguments = (batches(problem.first, 4), problem.first.params, sgd(), 2)
    assert_updates(student.train, reference.train, *arguments, argument=1, label="the losses")


@question("04.8", points=4, after="04.5", forbids=LOOPS)
def test_train_compiled(student, reference, problem):
    """Compiled training: the numbers of `train`, the step traced once or twice and not at every batch."""
    dataset, params = batches(problem.first, 4), problem.first.params
    optimizer = student.make(Remote("autograder.isolation.probes.CountingSGD", learning_rate=0.05))
    call = student.train_compiled.call(dataset, params, optimizer, 3)
    assert_close(call.value, reference.train(dataset, params, sgd(), 3), "the losses", single=True)
    after = reference.train.arguments_after(dataset, params, sgd(), 3)[1]
    for name, variable in after.items():
        assert_close(call.arguments[1][name], array_of(variable), name, given=array_of(variable).astype(np.float32))
    # 6 batches in 3 epochs; the short batch may cost a second trace
    calls = optimizer.read("python_calls")
    check(
        calls in (1, 2),
        f"the step ran as Python {calls} times for 6 batches: expected one or two traces",
        share=0.5,
    )


@question("04.9", points=3)
def test_sequential_twin(student, reference, problem):
    """Keras twin: a Sequential model with the same weights and outputs."""
    one = problem.first
    model = student.sequential_twin(one.params)
    check(
        getattr(model, "type", "") == "Sequential",
        f"expected a keras.Sequential, you return {kind_of(model)}",
    )
    expected = reference.forward(one.X, one.params)
    assert_close(model(one.X), array_of(expected), "the model's output", given=array_of(one.Y))
    weights = model.get_weights()
    check(type(weights) is list and len(weights) == 4, "expected two Dense layers: kernel, bias, kernel, bias")
    for name, weight in zip(("W1", "b1", "W2", "b2"), weights, strict=True):
        own = one.params[name].array
        own = own[0] if name in ("b1", "b2") else own
        check(
            isinstance(weight, np.ndarray) and weight.shape == own.shape,
            f"the model's {name} has another shape",
        )
        # a float64 model holds the same weights: that is as good
        check(bool(np.allclose(weight, own, rtol=1e-6, atol=0)), f"the model's {name} is not the one in params")
