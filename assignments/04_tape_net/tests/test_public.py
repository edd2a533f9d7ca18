"""The public tests of 04: what `autograder check 04_tape_net` runs.

Together they look at each sentence of a docstring once, its example included. Ordinary numbers come in the two sizes
of the fixtures, so that a cause such as "7 is your number of examples" can be proven.
"""

import numpy as np
from common.on_tape import check_slope, check_slopes

from autograder.testing import (
    CheckFailed,
    Remote,
    Tensor,
    Variable,
    array_of,
    assert_array,
    assert_close,
    assert_gradients,
    assert_loss,
    assert_updates,
    check,
    kind_of,
    number_of,
    question,
)

SHAPES = {"W1": (5, 4), "b1": (1, 4), "W2": (4, 3), "b2": (1, 3)}

# the loop over epochs and batches is what is to be written
LOOPS = ("keras.Model.fit", "keras.Model.train_on_batch")


def sgd(one):
    return Remote("keras.optimizers.SGD", learning_rate=one.learning_rate)


def batches(one):
    return Remote("tensorflow.data.Dataset.from_tensor_slices", (one.X, one.Y)).then("batch", one.batch_size)


def documented():
    """The parameters of the docstrings' examples."""
    values = {"W1": np.zeros((2, 4)), "b1": np.zeros((1, 4)), "W2": np.ones((4, 3)), "b2": np.ones((1, 3))}
    return {name: Variable(value.astype(np.float32)) for name, value in values.items()}


@question("04.1", points=1.5)
def test_init_params(student):
    """Parameters: trainable float32 variables of the right shapes, weights in [0, 1), biases zero."""
    params = student.init_params(5, 4, 3, 0)
    check(type(params) is dict, f"expected a dict of variables, you return {kind_of(params)}", code="kind")
    check(
        set(params) == set(SHAPES),
        f"expected the keys W1, b1, W2, b2, yours are {', '.join(map(str, params))[:80]}",
        code="kind",
    )
    for name, shape in SHAPES.items():
        value = params[name]
        trains = getattr(value, "type", "") != "non-trainable Variable"
        check(trains, f"{name}: the variable is not trainable, so that no tape watches it", code="flag")
        check(type(value) is Variable, f"{name}: expected a tf.Variable, you return {kind_of(value)}", code="kind")
        came = value.array
        check(came.shape == shape, f"{name}: expected shape {shape}, yours is {came.shape}", code="shape")
        check(came.dtype == np.float32, f"{name}: expected dtype float32, yours is {came.dtype}", code="dtype")
        if name in ("b1", "b2"):
            check(not came.any(), f"{name}: expected zeros", code="distribution")
        else:
            check(bool(np.ptp(came) > 0), f"{name}: all weights are equal", code="zero")
            inside = bool(((came >= 0) & (came < 1)).all())
            check(inside, f"{name}: expected weights drawn from [0, 1)", code="distribution")


@question("04.1", points=1, after="04.1")
def test_init_params_seed(student):
    """Parameters: the seed decides them, two separate draws, uniform."""
    one, again, other = (student.init_params(40, 30, 20, seed) for seed in (0, 0, 1))
    for name, shape in {"W1": (40, 30), "b1": (1, 30), "W2": (30, 20), "b2": (1, 20)}.items():
        came = one[name].array.shape
        check(came == shape, f"with n = 40, h = 30, k = 20, {name}: expected {shape}, yours is {came}", code="shape")
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


@question("04.2", points=1.75)
def test_forward(student, reference, problem):
    """Forward pass: predictions of the network."""
    assert_array(student.forward, reference.forward, problem)
    assert_array(student.forward, reference.forward, Tensor(np.ones((2, 2), np.float32)), documented())
    one = problem.edges.first
    check_slopes(student, "forward", one.X, one.params, share=0.5)


@question("04.2", points=0.25, after="04.2")
def test_forward_double(student, reference, problem):
    """Forward pass: float64 in, float64 out; one output."""
    assert_array(student.forward, reference.forward, problem.edges.first)


@question("04.3", points=1.75)
def test_mse_loss(student, reference, problem):
    """Mean squared error, one number: summed over outputs, averaged over examples."""
    problem = problem.extended(Y_hat=lambda one: reference.forward.as_given(one.X, one.params))
    assert_loss(student.mse_loss, reference.mse_loss, problem)
    example = Tensor(np.array([[1, 2], [3, 4]], np.float32)), Tensor(np.array([[0, 0], [3, 3]], np.float32))
    assert_loss(student.mse_loss, reference.mse_loss, *example)
    check_slope(student, "mse_loss", example, share=0.5)


@question("04.3", points=0.25, after="04.3")
def test_mse_loss_double(student, reference, problem):
    """Mean squared error, one number: float64 in, float64 out; one output."""
    one = problem.edges.first
    assert_loss(student.mse_loss, reference.mse_loss, reference.forward.as_given(one.X, one.params), one.Y)


@question("04.4", points=4.5)
def test_gradients(student, reference, problem):
    """Gradients of W1, b1, W2, b2 by the tape."""

    def own_loss(one):
        return student.mse_loss(student.forward(one.X, one.params), one.Y)

    assert_gradients(student.gradients, reference.gradients, problem, loss=own_loss)
    example = Tensor(np.ones((2, 2), np.float32)), Tensor(np.ones((2, 3), np.float32)), documented()
    assert_gradients(student.gradients, reference.gradients, *example)


@question("04.4", points=0.5, after="04.4")
def test_gradients_double(student, reference, problem):
    """Gradients of W1, b1, W2, b2 by the tape: float64 in, float64 out; one output."""
    assert_gradients(student.gradients, reference.gradients, problem.edges.first)


@question("04.5", points=1.25)
def test_train_step(student, reference, problem):
    """One step of SGD: variables updated in place, the loss from before returned."""
    problem = problem.extended(optimizer=sgd)
    assert_updates(student.train_step, reference.train_step, problem, argument=2, label="the loss")


@question("04.5", points=1.25)
def test_train_step_with_momentum(student, reference, problem):
    """Two steps with momentum: the optimizer keeps its velocity; the loss is that before the update."""
    one = problem.second
    # numbers that float32, in which Keras keeps a learning rate, holds exactly
    learning_rate, momentum = 5 / 64, 0.75
    optimizer = student.make(Remote("keras.optimizers.SGD", learning_rate=learning_rate, momentum=momentum))
    variables = {name: student.make(Remote("tensorflow.Variable", value.array)) for name, value in one.params.items()}
    # the reference's gradients, and the rule v = 0.75 v - 5/64 g, w = w + v, by hand
    weights = {name: value.array.astype(np.float64) for name, value in one.params.items()}
    velocity = {name: np.zeros_like(value) for name, value in weights.items()}
    for _ in range(2):
        loss = student.train_step(one.X, one.Y, variables, optimizer)
        before = {name: Variable(value) for name, value in weights.items()}
        right = array_of(reference.mse_loss(reference.forward(one.X, before), one.Y))
        assert_close(loss, right, "the loss", given=np.float32(right), single=True)
        gradients = reference.gradients(one.X, one.Y, before)
        for name in weights:
            velocity[name] = momentum * velocity[name] - learning_rate * array_of(gradients[name])
            weights[name] = weights[name] + velocity[name]
    for name, variable in variables.items():
        given = weights[name].astype(np.float32)
        assert_close(variable.numpy(), weights[name], f"{name} after two steps", given=given)


@question("04.5", points=0.5, after="04.5")
def test_train_step_double(student, reference, problem):
    """One step of SGD: float64 in, float64 out; one output."""
    one = problem.edges.first.extended(optimizer=sgd)
    assert_updates(student.train_step, reference.train_step, one, argument=2, label="the loss")


@question("04.6", points=1)
def test_make_dataset(student, problem):
    """Batches: every example once, beside its own target, the short last batch kept."""
    X = problem.array(np.arange(22.0).reshape(11, 2))
    Y = problem.array(100 + np.arange(11.0).reshape(11, 1))
    found = student.make_dataset(X, Y, 3, 37).items(limit=50)
    check(
        all(type(pair) is tuple and len(pair) == 2 for pair in found),
        "expected batches that are pairs (X, Y)",
    )
    found = [tuple(np.asarray(array_of(part)) for part in pair) for pair in found]
    rows = np.concatenate([x.reshape(-1, 2) for x, _ in found])
    targets = np.concatenate([y.reshape(-1, 1) for _, y in found])
    sizes = [x.size // 2 for x, _ in found]
    message = f"expected the 11 examples once an epoch, you give {len(rows)}"
    check(min(len(rows), len(targets)) >= 11, message, code="incomplete")
    check(len(rows) == len(targets) == 11, message, code="repeated-step")
    message = f"expected batches of 3, 3, 3 and 2 examples, yours have {sizes}"
    check(sorted(sizes) == [2, 3, 3, 3], message, 0.5, code="batch-size")
    # only who shuffles batches has the short one elsewhere than at the end
    check(sizes[-1] == 2, f"{message}: whole batches are shuffled, not examples", 0.5, code="partial-shuffle")
    check(rows.max() < 100, "the pairs are (Y, X), and are to be (X, Y)", code="arguments-swapped")
    once = sorted(rows[:, 0]) == list(range(0, 22, 2))
    check(once, "some examples come twice and others not at all", code="with-replacement")
    together = bool((rows[:, 0] / 2 + 100 == targets[:, 0]).all())
    check(together, "the rows of X and Y are no longer those that belong together", code="pairing")
    for (x, y), size in zip(found, sizes, strict=True):
        shapes = f"expected a batch of {size} to have the shapes ({size}, 2) and ({size}, 1)"
        right = (x.shape, y.shape) == ((size, 2), (size, 1))
        check(right, f"{shapes}, yours have {x.shape} and {y.shape}", share=0.5, code="shape")


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


@question("04.6", points=2, after="04.6")
def test_make_dataset_order(student):
    """Batches: examples are shuffled, not batches; each epoch anew; the seed decides."""
    first, second = epochs_of(student, 61, 37, 2)
    order = [[example for batch in epoch for example in batch] for epoch in (first, second)]
    check(order[0] != list(range(61)), "the examples come in the order they were given in", code="no-shuffle")
    check(order[0] != order[1], "every epoch has the same order", code="not-reshuffled")
    together = {frozenset(batch) for batch in first} & {frozenset(batch) for batch in second}
    check(
        len(together) < 3,
        "the same examples share a batch in every epoch: batches are shuffled, not examples",
        code="partial-shuffle",
    )
    # some of the last 21 of 61 are among the first 20: fails by chance once in 20 million
    reach = max(order[0][:20] + order[1][:20])
    message = "late examples never come early: the shuffle looks at part of the data only"
    check(reach >= 40, message, code="partial-shuffle")
    # more rows than any usual buffer: with one of 10000, none of the last 500 of 11003 is among the first 512
    (epoch,) = epochs_of(student, 11003, 37, 1, 64, limit=8)
    reach = max(example for batch in epoch for example in batch)
    check(reach >= 10503, message, code="partial-shuffle")
    again, other = (epochs_of(student, 61, seed, 2) for seed in (37, 41))
    check(again == [first, second], "the same seed gives another order", share=0.25, code="seed")
    check(other != [first, second], "another seed gives the same order", share=0.25, code="seed")


@question("04.7", points=2, after="04.5", forbids=LOOPS)
def test_train(student, reference, problem):
    """Training loop: one loss per epoch, the mean over examples."""
    problem = problem.extended(dataset=batches, optimizer=sgd)
    assert_updates(student.train, reference.train, problem, argument=1, label="the losses")


@question("04.7", points=1.25, after="04.5", forbids=LOOPS)
def test_train_with_momentum(student, reference, problem):
    """Training loop: an optimizer that remembers, batches of all examples, in float64, with one output."""
    # no batch is short here: who forgets the last one has the rest
    one = problem.edges.first
    dataset = Remote("tensorflow.data.Dataset.from_tensor_slices", (one.X, one.Y)).then("batch", one.M)
    optimizer = Remote("keras.optimizers.SGD", learning_rate=19 / 512, momentum=0.75)
    given = (dataset, one.params, optimizer, 2)
    call = student.train.call(*given)
    # who averages with a metric of Keras has losses of float32, whatever the variables are
    assert_close(call.value, reference.train(*given), "the losses", single=True)
    assert_close(call.arguments[1], reference.train.arguments_after(*given)[1], "")


@question("04.8", points=2, after="04.5", forbids=LOOPS)
def test_train_compiled(student, reference, problem):
    """Compiled training: the numbers of `train`."""
    problem = problem.extended(dataset=batches, optimizer=sgd)
    assert_updates(student.train_compiled, reference.train, problem, argument=1, label="the losses")


@question("04.8", points=2, after=("04.5", "04.8"), forbids=LOOPS)
def test_train_compiled_traces(student, reference, problem):
    """Compiled training: the step is traced once or twice, and not at every batch."""
    # this optimizer goes a stride of its own, and twice as far from the fourth time on that Python reaches it in these
    # 5 epochs of one batch each (an optimizer that is not built before may cost a second trace): only
    # who uses it in a compiled step has its numbers
    one = problem.edges.first.extended(batch_size=7)
    # numbers that float32, in which Keras keeps a learning rate, holds exactly: so does it their product
    stride, rate, momentum = float(one.rng("stride").integers(130, 200)) / 256, 23 / 512, 0.6875
    probe = Remote("autograder.probes.RestlessSGD", stride, learning_rate=rate, momentum=momentum)
    optimizer = student.make(probe)
    call = student.train_compiled.call(batches(one), one.params, optimizer, 5)
    plain = Remote("keras.optimizers.SGD", learning_rate=rate * stride, momentum=momentum)
    given = (batches(one), one.params, plain, 5)
    try:
        assert_close(call.value, reference.train(*given), "the losses", single=True)
        exact, right = (reference.train.arguments_after(*given, as_given=as_given)[1] for as_given in (False, True))
        assert_close(call.arguments[1], exact, "", right)
    except CheckFailed as failure:
        # the marks are lost already: what is read here only chooses the words
        calls = check_used(optimizer)
        told = "the step ran as Python more than three times in 5 batches of one size"
        check(calls in (1, 2, 3), f"{told}; expected one trace, at most two", code="retraced")
        raise CheckFailed(failure.facts) from None
    # where the step is wrong and moves nothing, numbers agree without it
    check_used(optimizer)


def check_used(optimizer):
    """How often Python reached an optimizer: at least once."""
    calls = number_of(optimizer.read("python_calls"))
    check(calls != 0, "the optimizer that your function is given is never used", code="not-used")
    return calls


@question("04.9", points=3)
def test_sequential_twin(student, reference, problem):
    """Keras twin: a Sequential model with the same weights and outputs."""
    # with one hidden unit and one output as well, in float32: Keras's own precision is enough for a twin
    problems = [*problem, problem.edges.extended(other=0).second]
    outputs = []
    for one in problems:
        model = student.sequential_twin(one.params)
        sequential = getattr(model, "type", "") == "Sequential"
        check(sequential, f"expected a keras.Sequential, you return {kind_of(model)}", code="kind")
        output = array_of(model(one.X))
        shape = getattr(output, "shape", None)
        check(shape == (one.M, one.k), f"expected outputs of shape {(one.M, one.k)}, yours are {shape}", code="shape")
        outputs.append(output)
        weights = model.get_weights()
        message = "expected two Dense layers: kernel, bias, kernel, bias"
        check(type(weights) is list and len(weights) == 4, message, code="missing-term")
        for name, weight in zip(("W1", "b1", "W2", "b2"), weights, strict=True):
            own = one.params[name].array
            own = own[0] if name in ("b1", "b2") else own
            same_shape = isinstance(weight, np.ndarray) and weight.shape == own.shape
            check(same_shape, f"the model's {name} has another shape", code="shape")
            # a float64 model holds the same weights: that is as good
            same = bool(np.allclose(weight, own, rtol=1e-6, atol=0))
            check(same, f"the model's {name} is not the one in params", code="wrong-value")
    for one, output in zip(problems, outputs, strict=True):
        expected = reference.forward(one.X, one.params)
        assert_close(output, array_of(expected), "the model's output", given=array_of(one.Y))
