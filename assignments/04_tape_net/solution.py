# %% [markdown]
# # 04 · The two-layer network on a gradient tape
#
# In assignment 03 you derived every gradient yourself. Here TensorFlow does it. Variables hold the parameters,
# a *tape* writes down each operation as it happens, and reading the tape backwards is the chain rule. What
# remains yours is everything around it: a loss that is one number, a step that changes variables in place,
# batches that are really shuffled, and losses that are really means.
#
# At the end three programs train the same network on the same batches: a plain Python loop, the same step
# compiled to a graph, and Keras's `fit`. Their loss curves lie on top of each other. If they do not, one of
# them does something that nobody asked for.
#
# You write nine functions, most of them a few lines long. Above each of them stands a text like this one: it
# shows you one small thing, and you do the next. Below it you check your function and see what is right.
#
# **What holds everywhere.** A row is an example. There are $M$ examples, $n$ features, $h$ hidden units and $k$
# outputs; a batch has $B$ examples.
#
# | tensor | shape | | tensor | shape |
# |---|---|---|---|---|
# | `X` | $(M, n)$ | | `Y`, `Y_hat` | $(M, k)$ |
# | `W1` | $(n, h)$ | | `b1` | $(1, h)$ |
# | `W2` | $(h, k)$ | | `b2` | $(1, k)$ |
#
# - `params` is a dict of variables with the keys `"W1"`, `"b1"`, `"W2"` and `"b2"`. Gradients come as a dict
#   with the same keys.
# - Every function except `init_params` and `sequential_twin` follows the dtype of what it is given: float32 in,
#   float32 out; float64 in, float64 out. So don't write `tf.float32` where a value has a dtype already.
# - Any size may be 1: one example, one feature, one hidden unit, one output. An axis of length 1 stays, in
#   every batch too.
#
# **What green means.** Your function was right once in everything its docstring says. After you hand in, the
# same is asked with other sizes, values and seeds. How many points that is worth stands beside each question. A
# question that is green can still lose points there, but usually less than half.

# %%
import keras
import tensorflow as tf

from tfkit import picture

# %% [markdown]
# ## 04.1 · Parameters as variables (3 points)
#
# A `tf.constant` never changes, and the tape ignores it. A `tf.Variable` can be changed in place, and the tape
# watches it without being told. So parameters are variables.
#
# Randomness is an argument. The seed alone decides the numbers, whatever was drawn before your function is
# called. And the two weight matrices come from *different* draws: two layers that begin as copies of each other
# are a mistake that no error message reports. Look at `tf.random.Generator.from_seed`: what happens to a
# generator between two draws?


# %%
def init_params(n: int, h: int, k: int, seed: int) -> dict[str, tf.Variable]:
    """Make the parameters of a network with `n` inputs, `h` hidden units and `k` outputs.

    Weights are uniform in [0, 1), biases zero. All four are trainable float32 variables. The same seed gives
    the same weights on every call, and another seed gives others. `W1` and `W2` are two separate draws, not the
    same numbers in another shape.

    Example:

    >>> params = init_params(5, 4, 3, seed=0)
    >>> {name: tuple(variable.shape) for name, variable in params.items()}
    {'W1': (5, 4), 'b1': (1, 4), 'W2': (4, 3), 'b2': (1, 3)}

    Args:
        n: Number of features.
        h: Number of hidden units.
        k: Number of outputs.
        seed: Decides the weights.

    Returns:
        Dict of float32 variables: `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k).
    """
    # BEGIN SOLUTION 04.1
    # One generator, two draws: its state moves on between them, so W1 and W2 differ.
    generator = tf.random.Generator.from_seed(seed)
    return {
        "W1": tf.Variable(generator.uniform((n, h)), name="W1"),
        "b1": tf.Variable(tf.zeros((1, h)), name="b1"),
        "W2": tf.Variable(generator.uniform((h, k)), name="W2"),
        "b2": tf.Variable(tf.zeros((1, k)), name="b2"),
    }
    # END SOLUTION


# %% [markdown]
# ## 04.2 · Forward pass (3 points)
#
# $$Z_1 = X W_1 + b_1, \qquad H = \sigma(Z_1), \qquad \hat{Y} = H W_2 + b_2$$
#
# The sigmoid stands between the layers and nowhere else: a price can be any number, so the output stays linear.
# A bias with one row is added to every row.
#
# Use TensorFlow's operations only. The tape records those. What passes through NumPy leaves no trace on it.


# %%
def forward(X: tf.Tensor, params: dict[str, tf.Variable]) -> tf.Tensor:
    """Return the network's predictions.

    Example:

    >>> params = {"W1": tf.Variable(tf.zeros((2, 4))), "b1": tf.Variable(tf.zeros((1, 4)))}
    >>> params |= {"W2": tf.Variable(tf.ones((4, 3))), "b2": tf.Variable(tf.ones((1, 3)))}
    >>> forward(tf.ones((2, 2)), params).numpy().tolist()
    [[3.0, 3.0, 3.0], [3.0, 3.0, 3.0]]

    Args:
        X: Examples, shape (M, n), of the parameters' dtype.
        params: `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k).

    Returns:
        `Y_hat`, shape (M, k), of the parameters' dtype.
    """
    # BEGIN SOLUTION 04.2
    H = tf.sigmoid(tf.matmul(X, params["W1"]) + params["b1"])
    return tf.matmul(H, params["W2"]) + params["b2"]
    # END SOLUTION


# %% [markdown]
# ## 04.3 · A loss that is one number (3 points)
#
# $$L = \frac{1}{M} \sum_{i=1}^{M} \sum_{j=1}^{k} (\hat{Y}_{ij} - Y_{ij})^2$$
#
# Add up over the outputs of an example, then take the mean over the examples.
#
# **The slide gets this wrong.** The lecture's code calls `tf.losses.MSE(Y, Y_hat)`. That function takes the
# mean over the *last axis only*, so it gives one loss for each example, a vector of $M$ numbers. A vector has
# no gradient, but the tape does not complain: it quietly differentiates the *sum* of the entries. With one
# output each gradient is then exactly $M$ times too large. The program runs and the loss falls, but the
# learning rate means something else for every batch size: 0.01 with batches of 50 is in truth 0.5, and a last
# batch of 5 examples takes steps ten times smaller than the others.


# %%
def mse_loss(Y_hat: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the squared error, summed over outputs and averaged over examples.

    Example:

    >>> float(mse_loss(tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[0.0, 0.0], [3.0, 3.0]])))
    3.0

    Args:
        Y_hat: Predictions, shape (M, k).
        Y: Targets, shape (M, k), of the same dtype.

    Returns:
        The loss, shape (), of the dtype of `Y_hat`.
    """
    # BEGIN SOLUTION 04.3
    return tf.reduce_mean(tf.reduce_sum(tf.square(Y_hat - Y), axis=1))
    # END SOLUTION


# %% [markdown]
# **Pause.** The lecture's code has $k$ outputs and $M$ examples. By which factor is its gradient off?
#
# <details><summary>Answer</summary>
#
# By $M / k$. It divides by the number of outputs, where you add them up, and it adds up the examples, where you
# take the mean.
#
# </details>

# %% [markdown]
# ### Picture: a walk along one bias
#
# Take a fresh network and move its output bias `b2` up and down. Everything else stays. You see the loss at
# each place: a parabola, because the prediction is linear in that bias and the loss squares it. At its bottom
# the mean error of the predictions is zero.
#
# A flat line would mean that the bias is not used, and a curve with a corner that something is not squared.


# %%
@picture
def show_walk_along_bias(seed: int = 0) -> str:
    """Draw the loss of a fresh network while its output bias moves."""
    import matplotlib.pyplot as plt
    import numpy as np

    rng = np.random.default_rng(seed)
    X = tf.constant(rng.normal(size=(50, 3)), tf.float32)
    Y = tf.constant(rng.normal(size=(50, 1)), tf.float32)
    params = init_params(3, 4, 1, seed)
    places = np.linspace(-4, 2, 61)
    losses = []
    for place in places:
        params["b2"].assign([[place]])
        losses.append(float(mse_loss(forward(X, params), Y)))

    lowest = int(np.argmin(losses))
    _, axes = plt.subplots(figsize=(6, 3.6))
    axes.plot(places, losses)
    axes.plot(places[lowest], losses[lowest], "o", label="lowest loss")
    axes.set(xlabel="b2", ylabel="mean squared error", title="The loss along one bias")
    axes.legend()
    return f"A parabola. The loss is lowest at b2 = {places[lowest]:.1f}, where it is {losses[lowest]:.2f}."


# %%
if __name__ == "__main__":
    show_walk_along_bias()

# %% [markdown]
# ## 04.4 · Gradients from the tape (8 points)
#
# Inside `with tf.GradientTape() as tape:` every operation on a watched value is written down. Afterwards
# `tape.gradient(loss, sources)` walks the record backwards. Here is a tape at work:
#
# ```python
# x = tf.Variable(3.0)
# with tf.GradientTape() as tape:
#     y = x**2 + x
# tape.gradient(y, x)  # 7
# ```
#
# Three things stop it, and none of them raises an error. Each gives `None` in place of a gradient:
#
# - the forward pass was computed before the tape was opened;
# - a value left TensorFlow on its way, by `.numpy()`, `np.square` or `float`;
# - the source is not on the tape: a trainable variable always is, a tensor only after `tape.watch(tensor)`.
#
# `sources` may be a list, a tuple or a dict, and the answer has the same form. With a list you put each
# gradient under its name yourself.


# %%
def gradients(X: tf.Tensor, Y: tf.Tensor, params: dict[str, tf.Variable]) -> dict[str, tf.Tensor]:
    """Return the gradients of `mse_loss` with respect to every parameter, by `tf.GradientTape`.

    The parameters are not changed.

    Example:

    >>> params = {"W1": tf.Variable(tf.zeros((2, 4))), "b1": tf.Variable(tf.zeros((1, 4)))}
    >>> params |= {"W2": tf.Variable(tf.ones((4, 3))), "b2": tf.Variable(tf.ones((1, 3)))}
    >>> gradients(tf.ones((2, 2)), tf.ones((2, 3)), params)["b2"].numpy().tolist()
    [[4.0, 4.0, 4.0]]

    Args:
        X: Examples, shape (M, n).
        Y: Targets, shape (M, k).
        params: The variables `"W1"`, `"b1"`, `"W2"`, `"b2"`.

    Returns:
        Dict with the keys of `params`. Each gradient has the shape and dtype of its parameter.
    """
    # BEGIN SOLUTION 04.4
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    return tape.gradient(loss, params)
    # END SOLUTION


# %% [markdown]
# ## 04.5 · One step of the optimizer (4 points)
#
# A Keras optimizer owns the update rule and its memory. SGD with momentum keeps a velocity for each variable,
# Adam keeps two averages. The memory is tied to the variables, so every step needs the *same* optimizer and the
# same variables. A fresh optimizer remembers nothing. `optimizer.apply_gradients` takes pairs (gradient,
# variable), in that order.
#
# `params["W1"] = params["W1"] - 0.1 * gradient` looks like an update. But it puts a plain tensor in the place
# of the variable. The tape does not watch tensors, so the next gradient is `None`, and the variables of whoever
# called you have never moved.
#
# In 04.8 this function is compiled, so let it use TensorFlow's operations only, and let it return the loss as a
# tensor.


# %%
def train_step(
    X: tf.Tensor, Y: tf.Tensor, params: dict[str, tf.Variable], optimizer: keras.optimizers.Optimizer
) -> tf.Tensor:
    """Take one step on a batch, and return the batch's loss from before the step.

    All four variables are changed in place, once, by `optimizer`, whichever rule it follows.

    Example:

    >>> params, optimizer = init_params(2, 4, 3, seed=0), keras.optimizers.SGD(learning_rate=0.01)
    >>> X, Y = tf.ones((7, 2)), tf.zeros((7, 3))
    >>> first, second = (float(train_step(X, Y, params, optimizer)) for _ in range(2))
    >>> second < first
    True

    Args:
        X: Examples of one batch, shape (B, n).
        Y: Targets, shape (B, k).
        params: The variables `"W1"`, `"b1"`, `"W2"`, `"b2"`; changed in place.
        optimizer: A Keras optimizer; its memory is changed as well.

    Returns:
        The loss on the batch before the update, shape ().
    """
    # BEGIN SOLUTION 04.5
    # A tape of its own: `gradients` would run the forward pass a second time, for want of the loss.
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    by_name = tape.gradient(loss, params)
    # Pairs are made by name: zipping two dicts' values would trust that both have the same order.
    optimizer.apply_gradients([(by_name[name], params[name]) for name in params])
    return loss
    # END SOLUTION


# %% [markdown]
# **Pause.** You zip the values of `gradients(...)` with the values of `params`. When does that go wrong, and
# why does nobody notice at once?
#
# <details><summary>Answer</summary>
#
# When the two dicts hold their names in another order. Then a gradient meets the variable of another name. If
# the shapes differ, there is an error. If they happen to agree, as `W1` and `W2` do where $n = h = k$, there is
# none, and the loss goes anywhere. Pairs made by name cannot go wrong.
#
# </details>

# %% [markdown]
# ### Picture: the tape against nudges
#
# The tape is clever, a nudge is honest: move one parameter a little and look at how much the loss changes. The
# picture does that for every parameter of a small network, in float64. It shows how far each of your gradients
# is from the nudged one, on a log scale.
#
# Right gradients are filled circles far to the left. A cross to the right of the shaded strip is a mistake. If
# all four are crosses, look at the loss first.


# %%
@picture
def show_tape_against_nudges(seed: int = 0) -> str:
    """Draw how far each gradient of the tape is from the nudged one."""
    import numpy as np

    from tfkit import check_gradients, plot_gradient_check

    rng = np.random.default_rng(seed)
    X, Y = tf.constant(rng.normal(size=(7, 5))), tf.constant(rng.normal(size=(7, 3)))
    shapes = {"W1": (5, 4), "b1": (1, 4), "W2": (4, 3), "b2": (1, 3)}
    start = {name: rng.normal(size=shape) for name, shape in shapes.items()}

    def loss(values):
        return float(mse_loss(forward(X, {name: tf.constant(value) for name, value in values.items()}), Y))

    found = gradients(X, Y, {name: tf.Variable(value) for name, value in start.items()})
    check = check_gradients(loss, start, {name: found[name].numpy() for name in shapes})
    plot_gradient_check(check)
    right = [verdict.name for verdict in check if verdict.ok]
    worst = max(check, key=lambda verdict: verdict.relative_error)
    return (
        f"{len(right)} of 4 gradients agree with the nudges. "
        f"The largest relative error, {worst.relative_error:.1e}, is that of {worst.name}."
    )


# %%
if __name__ == "__main__":
    show_tape_against_nudges()

# %% [markdown]
# ## 04.6 · Batches (4 points)
#
# `tf.data` builds a pipeline from small parts, and their order matters. `shuffle(buffer_size)` holds that many
# *elements* and draws from them at random. Before `batch`, an element is an example. After it, an element is a
# whole batch, and then the same examples travel together forever.
#
# With a buffer smaller than the data the shuffle is only local. In data that is sorted by class the first
# batches then see a single class. So how large must the buffer be?


# %%
def make_dataset(X: tf.Tensor, Y: tf.Tensor, batch_size: int, seed: int) -> tf.data.Dataset:
    """Make a data set of shuffled batches.

    Going through the data set once is one epoch; it does not repeat. An epoch visits every example exactly
    once, each row of `X` beside its own row of `Y`, in an order drawn uniformly from all orders. Every epoch
    draws another order. The last batch is short when `batch_size` does not divide M; it is kept. Two data sets
    made with the same seed give the same batches, epoch by epoch.

    Example:

    >>> dataset = make_dataset(tf.zeros((7, 2)), tf.ones((7, 3)), batch_size=3, seed=0)
    >>> [(tuple(X.shape), tuple(Y.shape)) for X, Y in dataset]
    [((3, 2), (3, 3)), ((3, 2), (3, 3)), ((1, 2), (1, 3))]

    Args:
        X: Examples, shape (M, n).
        Y: Targets, shape (M, k).
        batch_size: Examples in a batch, B. It may be larger than M.
        seed: Decides the orders.

    Returns:
        A `tf.data.Dataset` of pairs (X_batch, Y_batch), shapes (B, n) and (B, k), dtypes as given.
    """
    # BEGIN SOLUTION 04.6
    examples = tf.data.Dataset.from_tensor_slices((X, Y))
    shuffled = examples.shuffle(buffer_size=X.shape[0], seed=seed, reshuffle_each_iteration=True)
    return shuffled.batch(batch_size)
    # END SOLUTION


# %% [markdown]
# ## 04.7 · The training loop (4 points)
#
# One epoch is one walk through the batches. The loss of an epoch is the mean over its *examples*. For batches
# of $B_1, B_2, \dots$ rows with the losses $L_1, L_2, \dots$ that is
#
# $$\frac{\sum_i B_i L_i}{\sum_i B_i}$$
#
# With 405 examples in batches of 50 the last batch has 5. The plain mean of the nine batch losses would count
# each of those five ten times as much as any other example.
#
# Note what this number is. Every batch is measured before its own step, so the parameters change during the
# epoch. Keras's `fit` reports the same running mean. It is not the loss after the epoch, which you computed in
# 03.7.


# %%
def train(
    dataset: tf.data.Dataset,
    params: dict[str, tf.Variable],
    optimizer: keras.optimizers.Optimizer,
    epochs: int,
) -> list[float]:
    """Train with `train_step`, one Python call a batch, and return the loss of each epoch.

    Each epoch goes through `dataset` once, to its end. Its loss is the mean over the epoch's examples of what
    `train_step` returned.

    Example:

    >>> dataset = make_dataset(tf.ones((7, 2)), tf.zeros((7, 3)), batch_size=3, seed=0)
    >>> losses = train(dataset, init_params(2, 4, 3, seed=0), keras.optimizers.SGD(0.01), epochs=5)
    >>> len(losses), losses[-1] < losses[0]
    (5, True)

    Args:
        dataset: Pairs (X_batch, Y_batch), for instance from `make_dataset`. The last batch may be short.
        params: The variables; changed in place.
        optimizer: A Keras optimizer; its memory is changed as well.
        epochs: Number of passes through the data.

    Returns:
        A list of `epochs` Python floats.
    """
    # BEGIN SOLUTION 04.7
    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(train_step(X, Y, params, optimizer)) * rows
            count += rows
        losses.append(total / count)
    return losses
    # END SOLUTION


# %% [markdown]
# **Pause.** Your epoch losses are a little larger than the losses after each epoch would be. Why? And when
# would they be smaller?
#
# <details><summary>Answer</summary>
#
# Most batches of an epoch are measured with parameters that have not yet made all steps of that epoch, so they
# are worse. When training diverges it is the other way round: then the earlier parameters were the better ones.
#
# </details>

# %% [markdown]
# ### Picture: where does each example come?
#
# 100 examples, numbered from 0, in batches of 10. Across is the place in the epoch, upwards is the example's
# number. The three epochs have three different marks.
#
# A good shuffle fills the square evenly, with no pattern. A band along the diagonal is a buffer that is too
# small. Steps of ten are whole batches that were shuffled. If you see one kind of mark only, all three epochs
# have the same order.


# %%
@picture
def show_orders(seed: int = 0) -> str:
    """Draw which example comes where in three epochs of your data set."""
    import matplotlib.pyplot as plt
    import numpy as np

    numbers = tf.reshape(tf.range(100.0), (100, 1))
    dataset = make_dataset(numbers, numbers, 10, seed)
    orders = [np.concatenate([X.numpy().ravel() for X, _ in dataset]) for _ in range(3)]

    _, axes = plt.subplots(figsize=(5, 4.6))
    for epoch, (order, mark) in enumerate(zip(orders, "o+s", strict=True), 1):
        axes.plot(order, mark, markersize=5, fillstyle="none", label=f"epoch {epoch}")
    axes.set(xlabel="place in the epoch", ylabel="example", title="Three epochs of shuffled examples")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), ncols=3)
    early = np.mean([order[:50].mean() for order in orders])
    same = int(np.sum(orders[0] == orders[1]))
    return (
        f"The examples of the first half of an epoch have the mean number {early:.1f}; 49.5 would be perfectly even. "
        f"In the first two epochs {same} of 100 examples stand at the same place."
    )


# %%
if __name__ == "__main__":
    show_orders()

# %% [markdown]
# ## 04.8 · The same step, compiled (4 points)
#
# `tf.function` runs your Python once, writes down the operations as a graph (that is *tracing*), and from then
# on runs the graph without Python. A step of this small network becomes many times faster. Four things to know:
#
# - **When it traces again.** Each `tf.function` object keeps its own graphs, one for each combination of shapes
#   and dtypes that it has seen. One that is made anew for every batch or every epoch traces every time, and is
#   slower than no compilation at all.
# - **The short batch.** Full batches have the shape $(B, n)$, the last one has fewer rows. That costs one more
#   trace for every new shape. `reduce_retracing=True` lets TensorFlow relax the shape to `(None, n)` after the
#   first difference, so there are at most two. An `input_signature` of `tf.TensorSpec((None, n), dtype)` says
#   so from the beginning.
# - **Python values freeze.** Numbers and other Python objects are read while tracing, and built into the graph
#   as constants. Tensors are arguments. Variables are read anew every time.
# - **Variables are not made inside.** An optimizer makes its memory when it first meets the variables. If that
#   happens inside a `tf.function`, TensorFlow traces the first call twice, and may refuse on a later trace.
#   `optimizer.build(...)` with the list of variables makes it before.


# %%
def train_compiled(
    dataset: tf.data.Dataset,
    params: dict[str, tf.Variable],
    optimizer: keras.optimizers.Optimizer,
    epochs: int,
) -> list[float]:
    """Do what `train` does, with the step under `tf.function`.

    Returns the same numbers and leaves the same variables behind, up to rounding. However many epochs and
    batches there are, the step is traced once, and at most once more for the short last batch.

    Example:

    >>> dataset = make_dataset(tf.ones((7, 2)), tf.zeros((7, 3)), batch_size=3, seed=0)
    >>> losses = train_compiled(dataset, init_params(2, 4, 3, seed=0), keras.optimizers.SGD(0.01), epochs=5)
    >>> len(losses), losses[-1] < losses[0]
    (5, True)

    Args:
        dataset: Pairs (X_batch, Y_batch). The last batch may be short.
        params: The variables; changed in place.
        optimizer: A Keras optimizer; its memory is changed as well. It may be new or in use with these variables.
        epochs: Number of passes through the data.

    Returns:
        A list of `epochs` Python floats.
    """
    # BEGIN SOLUTION 04.8
    # The optimizer's own variables must exist before tracing: a tf.function may not create them on a later
    # trace.
    optimizer.build(list(params.values()))

    @tf.function(reduce_retracing=True)
    def step(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
        return train_step(X, Y, params, optimizer)

    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(step(X, Y)) * rows
            count += rows
        losses.append(total / count)
    return losses
    # END SOLUTION


# %% [markdown]
# ## 04.9 · The same network in Keras (3 points)
#
# A `keras.Sequential` of two `Dense` layers is this network. A layer draws its own weights when it is built. To
# compare, give it yours.
#
# `Dense` stores its kernel as (inputs, units), as you do, and its bias as (units,), where your `b1` is
# $(1, h)$. A model that does not know its input size has no weights yet, so begin with `keras.Input`. Layers
# are float32 unless they are told otherwise.


# %%
def sequential_twin(params: dict[str, tf.Variable]) -> keras.Sequential:
    """Make a Keras model with the same layers, the same weights and the same outputs as `forward`.

    Two `Dense` layers, the first with a sigmoid, the second linear, built for n inputs. The weights are copies:
    training the model later leaves `params` alone. Keras's own float32 is enough; the dtype of the parameters
    is as good. The model is not compiled.

    Example:

    >>> params = init_params(5, 4, 3, seed=0)
    >>> [weight.shape for weight in sequential_twin(params).get_weights()]
    [(5, 4), (4,), (4, 3), (3,)]

    Args:
        params: `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k).

    Returns:
        A built `keras.Sequential`: `model(X)` equals `forward(X, params)`.
    """
    # BEGIN SOLUTION 04.9
    (n, h), k = params["W1"].shape, params["W2"].shape[1]
    dtype = params["W1"].dtype.name
    model = keras.Sequential(
        [
            keras.Input((n,), dtype=dtype),
            keras.layers.Dense(h, activation="sigmoid", dtype=dtype),
            keras.layers.Dense(k, dtype=dtype),
        ]
    )
    # Dense keeps its bias as (units,): the only row of b1, not the row vector itself.
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    model.set_weights([W1, b1[0], W2, b2[0]])
    return model
    # END SOLUTION


# %% [markdown]
# **Pause.** You train `params` with your loop after you have made the twin. What does the twin predict then?
#
# <details><summary>Answer</summary>
#
# What the network predicted before. The twin has copies of the weights, and nobody trains those. To compare
# again, make a new twin.
#
# </details>

# %% [markdown]
# ### Picture: three programs, one training
#
# Boston housing: 12 facts about each of 506 districts, and the median price of a house there. The features and
# the prices are scaled with the training set's means. The same weights are trained three times on the same
# batches: by your loop, by your compiled loop, and by Keras's `fit` on the twin. Above are the three losses.
# Below is by how much the second and the third differ from the first: about $10^{-7}$, the rounding of float32.
#
# Curves that drift apart point to the question to look at:
#
# - the compiled curve alone: a value was frozen while tracing, or the optimizer's memory was lost;
# - Keras's curve alone, from the first point on: the twin has other weights, or your loss or gradient has a
#   wrong factor;
# - Keras's curve by a little, everywhere: your epoch loss is a mean of batch means.
#
# The legend also says how long each program took. Is compiling worth it?


# %%
@picture
def show_loss_curves(epochs: int = 60, batch_size: int = 50, hidden_units: int = 8, seed: int = 4) -> str:
    """Draw the losses of three programs that train the same network on the same batches."""
    import time

    import matplotlib.pyplot as plt
    import numpy as np

    from tfkit import load_boston_housing, split, standardize

    training, test = split(load_boston_housing(), test_fraction=0.2, seed=0)
    X, _ = standardize(training.X, test.X)
    Y, _ = standardize(training.Y, test.Y)
    X, Y = tf.constant(X, tf.float32), tf.constant(Y, tf.float32)

    def start():
        params = init_params(X.shape[1], hidden_units, Y.shape[1], seed)
        optimizer = keras.optimizers.SGD(learning_rate=0.05, momentum=0.5)
        return make_dataset(X, Y, batch_size, seed), params, optimizer

    def fit(dataset, params, optimizer, epochs):
        model = sequential_twin(params)
        model.compile(optimizer=optimizer, loss="mse", jit_compile=False)
        # One long walk through the data, cut into epochs, so that fit sees the orders that the loops see.
        steps = int(dataset.cardinality())
        history = model.fit(dataset.repeat(), steps_per_epoch=steps, epochs=epochs, shuffle=False, verbose=0)
        return history.history["loss"]

    curves, seconds = {}, {}
    for name, program in {"tape": train, "tf.function": train_compiled, "Keras fit": fit}.items():
        began = time.perf_counter()
        curves[name] = np.array(program(*start(), epochs))
        seconds[name] = time.perf_counter() - began
    differences = {name: np.abs(curve / curves["tape"] - 1) for name, curve in curves.items() if name != "tape"}

    figure, (upper, lower) = plt.subplots(2, 1, figsize=(7, 6), sharex=True, height_ratios=[2, 1])
    # Wide under narrow under dots: equal curves all stay visible.
    styles = {
        "tape": {"linewidth": 7, "alpha": 0.35},
        "tf.function": {"linewidth": 2},
        "Keras fit": {"color": "black", "linestyle": "none", "marker": "o", "markersize": 4, "markevery": 3},
    }
    along = np.arange(1, epochs + 1)
    for name, curve in curves.items():
        upper.plot(along, curve, label=f"{name}: {seconds[name]:.1f} s", **styles[name])
    for (name, difference), style in zip(differences.items(), ("-", "k:"), strict=True):
        lower.plot(along, difference, style, label=f"{name} against tape")
    upper.set(yscale="log", ylabel="mean squared error", title="Boston housing: three programs, one training")
    lower.set_yscale("symlog", linthresh=1e-8)
    lower.set(ylim=(-4e-9, 1), xlabel="epoch", ylabel="relative difference")
    for panel in (upper, lower):
        panel.legend()
        panel.grid(alpha=0.3)
    figure.tight_layout()
    largest = max(float(difference.max()) for difference in differences.values())
    first, last = curves["tape"][0], curves["tape"][-1]
    return f"The loss falls from {first:.3f} to {last:.3f}. The three curves differ by {largest:.0e} at most."


# %%
if __name__ == "__main__":
    show_loss_curves()
