# %% [markdown]
# # 04 · The two-layer network on a gradient tape
#
# In assignment 03 you derived every gradient with pen and paper. Here TensorFlow does it: variables hold
# the parameters, a *tape* writes down each operation as it happens, and reading the tape backwards is the
# chain rule. What remains yours is everything around it: a loss that is one number, a step that updates in
# place, batches that are really shuffled, and losses that are really means.
#
# By the end, three programs train the same network on the same batches: a plain Python loop, the same step
# compiled to a graph, and Keras's `fit`. Their loss curves must lie on top of each other. If they do not,
# one of them is doing something that you did not ask for.
#
# Conventions: rows are examples. `X (M, n)`, `W1 (n, h)`, `b1 (1, h)`, `W2 (h, k)`, `b2 (1, k)`, `Y (M, k)`.
#
# Every function except `init_params` follows the dtype of what it is given: float32 in, float32 out, and
# the same code runs in float64 when the variables are float64. Never write `tf.float32` where a value has a
# dtype already.
#
# A check that is green means that each function does once what each sentence of its docstring says, its
# example included. After you hand in, the same is asked with other sizes, values and seeds; how many
# points that is worth stands beside each question. A question that is green can still lose points there,
# but usually less than half.

# %%
import keras
import tensorflow as tf

from tfkit import picture

# %% [markdown]
# ## 04.1 · Parameters as variables (3 points)
#
# A `tf.constant` can never change and the tape ignores it; a `tf.Variable` can be updated in place, and the
# tape watches it without being told. So parameters are variables.
#
# Randomness is an argument. The seed must decide the numbers completely, so the function may not depend on
# what was drawn before it was called. And the two weight matrices come from *different* draws: two layers
# that begin as copies of each other are a mistake that no error message will report.


# %%
def init_params(n: int, h: int, k: int, seed: int) -> dict[str, tf.Variable]:
    """Make the parameters of a network with `n` inputs, `h` hidden units and `k` outputs.

    Weights are uniform in [0, 1), biases zero. All four are trainable float32 variables. The same seed
    gives the same weights on every call, another seed gives others, and `W1` and `W2` are two separate
    draws (not the same numbers in another shape).

    Example:

    >>> params = init_params(5, 4, 3, seed=0)
    >>> {name: tuple(variable.shape) for name, variable in params.items()}
    {'W1': (5, 4), 'b1': (1, 4), 'W2': (4, 3), 'b2': (1, 3)}

    Args:
        n: Number of features of an example.
        h: Number of hidden units.
        k: Number of outputs.
        seed: Decides the weights.

    Returns:
        A dict of `tf.Variable`, float32: `W1` of shape (n, h), `b1` (1, h), `W2` (h, k), `b2` (1, k).
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
# The sigmoid stands between the layers and nowhere else: a price can be any number, so the output stays
# linear. Use TensorFlow's operations only. The tape records those; whatever passes through NumPy leaves no
# trace on it.


# %%
def forward(X: tf.Tensor, params: dict[str, tf.Variable]) -> tf.Tensor:
    """Run the network: a sigmoid hidden layer, then a linear output layer.

    `Z1 = X W1 + b1`, `H = sigmoid(Z1)`, `Y_hat = H W2 + b2`. The biases have shape (1, h) and (1, k) and
    broadcast over the M rows. Use `tf` operations only: a `.numpy()` or `np.` on the way cuts the tape.

    Args:
        X: Examples, shape (M, n), of the parameters' dtype.
        params: `W1` (n, h), `b1` (1, h), `W2` (h, k), `b2` (1, k).

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
# **The trap.** The code of the lecture calls `tf.losses.MSE(Y, Y_hat)`. That function takes the mean over
# the *last axis only*, so it gives one loss per example, a vector of shape `(M,)`. A vector has no
# gradient, but `tape.gradient` does not complain: it quietly differentiates the *sum* of the entries. With
# one output the gradient is then exactly M times too large. The program runs, the loss falls, and the
# learning rate means something else for every batch size: 0.01 with batches of 50 is in truth 0.5, and a
# last batch of 5 examples takes steps ten times smaller than the others. (With k outputs that function also
# divides by k, so the factor is M/k.)


# %%
def mse_loss(Y_hat: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Squared error: the sum over the outputs, the mean over the examples.

    `L = sum((Y_hat - Y)^2) / M`, a scalar. Neither the mean over all M·k entries nor one loss per example.

    Example:

    >>> float(mse_loss(tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[0.0, 0.0], [3.0, 3.0]])))
    3.0

    Args:
        Y_hat: Predictions, shape (M, k).
        Y: Targets, shape (M, k), same dtype.

    Returns:
        The loss, shape (), of the dtype of `Y_hat`.
    """
    # BEGIN SOLUTION 04.3
    return tf.reduce_mean(tf.reduce_sum(tf.square(Y_hat - Y), axis=1))
    # END SOLUTION


# %% [markdown]
# ## 04.4 · Gradients from the tape (8 points)
#
# Inside `with tf.GradientTape() as tape:` every operation on a watched value is written down. Afterwards
# `tape.gradient(loss, sources)` walks the record backwards, which is the chain rule of assignment 03, step
# by step.
#
# Three things stop it, and none of them raises an error. Each gives `None` instead of a gradient:
#
# * the forward pass was computed before the tape was opened;
# * a value left TensorFlow on its way (`.numpy()`, `np.square`, `float`);
# * the source is not on the tape: a tensor is watched only after `tape.watch(tensor)`, a trainable variable
#   always is.
#
# `sources` may be a list, a tuple or a dict, and the answer has the same form. With a list it is your task to
# put each gradient under the right name.


# %%
def gradients(X: tf.Tensor, Y: tf.Tensor, params: dict[str, tf.Variable]) -> dict[str, tf.Tensor]:
    """Differentiate the loss with respect to every parameter, with `tf.GradientTape`.

    The loss is `mse_loss(forward(X, params), Y)`, and it must be a scalar before the tape sees it. Each
    gradient has the shape of its parameter: `b1` has shape (1, h), so its gradient has too. The parameters
    are not changed.

    Args:
        X: Examples, shape (M, n).
        Y: Targets, shape (M, k).
        params: The variables `W1`, `b1`, `W2`, `b2`.

    Returns:
        A dict with the keys of `params`; the gradient under each name has the shape and dtype of that
        parameter.
    """
    # BEGIN SOLUTION 04.4
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    return tape.gradient(loss, params)
    # END SOLUTION


# %% [markdown]
# ## 04.5 · One step of the optimizer (4 points)
#
# A Keras optimizer owns the update rule and its memory. SGD with momentum keeps a velocity for each
# variable, Adam keeps two averages; both need the *same* optimizer object at every step, and the same
# variables, because the memory is tied to them. `optimizer.apply_gradients` takes pairs (gradient,
# variable), in that order.
#
# `params["W1"] = params["W1"] - 0.1 * gradient` looks like an update, but it replaces the variable by a
# plain tensor. The tape does not watch tensors, so the next gradient is `None`, and the caller's variables
# never moved.


# %%
def train_step(
    X: tf.Tensor, Y: tf.Tensor, params: dict[str, tf.Variable], optimizer: keras.optimizers.Optimizer
) -> tf.Tensor:
    """Take one step on a batch and return the batch's loss from before the step.

    All four variables are updated in place, once, by `optimizer`, whichever rule it follows. Do not write
    the rule yourself, and do not make an optimizer here: a fresh one has no memory, and momentum is lost.
    The function is also traced by `train_compiled`, so use `tf` operations only and return the loss as a
    tensor.

    Args:
        X: Examples of one batch, shape (B, n).
        Y: Targets, shape (B, k).
        params: The variables `W1`, `b1`, `W2`, `b2`; changed in place.
        optimizer: A Keras optimizer; its state is changed as well.

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
# ## 04.6 · Batches (4 points)
#
# `tf.data` builds a pipeline from small parts, and their order matters. `shuffle(buffer_size)` holds that
# many *elements* and draws from them at random. Before `batch`, an element is an example; after it, an
# element is a whole batch, and then the same examples travel together for ever. With a buffer smaller than
# the data the shuffle is only local: in a data set sorted by class, the first batches see a single class.


# %%
def make_dataset(X: tf.Tensor, Y: tf.Tensor, batch_size: int, seed: int) -> tf.data.Dataset:
    """Make a data set of shuffled batches.

    Going through the data set once is one epoch. It visits every example exactly once, each row of `X`
    beside its own row of `Y`, in an order drawn uniformly from all orders (so the buffer holds all M
    examples). Every epoch draws another order. The last batch is short when `batch_size` does not divide M;
    it is kept. Two data sets made with the same seed give the same batches, epoch by epoch. The data set
    does not repeat.

    Args:
        X: Examples, shape (M, n).
        Y: Targets, shape (M, k).
        batch_size: Examples in a batch, B.
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
# One epoch is one pass through the batches. The loss of an epoch is the mean over its *examples*. With 506
# examples in batches of 50 the last batch has 6, and the mean of the eleven batch losses would count each
# of those six more than eight times as much as any other: weigh each batch by its number of rows.
#
# Note what this number is: every batch is measured before its own step, so the parameters change during the
# epoch. Keras's `fit` reports the same running mean. It is not the loss after the epoch.


# %%
def train(
    dataset: tf.data.Dataset,
    params: dict[str, tf.Variable],
    optimizer: keras.optimizers.Optimizer,
    epochs: int,
) -> list[float]:
    """Train for some epochs with `train_step`, one Python call a batch.

    Each epoch goes through `dataset` once, to its end. Its loss is the mean over the epoch's examples of
    what `train_step` returned: each batch counts with its number of rows, `sum(B_i * loss_i) / sum(B_i)`.

    Args:
        dataset: Pairs (X_batch, Y_batch), for instance from `make_dataset`; the last batch may be short.
        params: The variables; changed in place.
        optimizer: A Keras optimizer; its state is changed as well.
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
# ## 04.8 · The same step, compiled (4 points)
#
# `tf.function` runs your Python once, records the operations as a graph (this is *tracing*), and from then
# on runs the graph without Python. A step of this small network becomes many times faster. Four things to
# know:
#
# * **When it traces again.** Each `tf.function` object keeps its own graphs, one for each combination of
#   shapes and dtypes it has seen. A `tf.function` that is made anew for every batch or every epoch traces
#   every time and is slower than no compilation at all. Make one, before the loops.
# * **The short batch.** Full batches have shape (B, n), the last one (r, n). By default that costs one
#   extra trace for every new shape. `reduce_retracing=True` lets TensorFlow relax the shape to (None, n)
#   after the first difference, so there are at most two. An `input_signature` of `tf.TensorSpec((None, n),
#   dtype)` says so from the beginning: one trace.
# * **Python values freeze.** Numbers, floats and Python objects are read while tracing and built into the
#   graph as constants. Tensors are arguments; variables are read anew every time.
# * **Variables are not made inside.** An optimizer makes its memory when it first meets the variables. If
#   that happens inside a `tf.function`, TensorFlow may refuse to create variables on a later trace. Call
#   `optimizer.build(...)` with the list of variables first, outside.


# %%
def train_compiled(
    dataset: tf.data.Dataset,
    params: dict[str, tf.Variable],
    optimizer: keras.optimizers.Optimizer,
    epochs: int,
) -> list[float]:
    """Do what `train` does, with the step under `tf.function`.

    Returns the same numbers and leaves the same variables behind, up to rounding. The step is traced a
    fixed number of times however many epochs and batches there are: once, and at most once more for the
    short last batch.

    Args:
        dataset: Pairs (X_batch, Y_batch); the last batch may be short.
        params: The variables; changed in place.
        optimizer: A Keras optimizer; its state is changed as well. It may be new or in use with these
            variables.
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
# A `keras.Sequential` of two `Dense` layers is this network. A layer draws its own weights when it is
# built; to compare, give it yours. Dense stores `kernel` as (inputs, units), as here, and `bias` as
# (units,), where `b1` is (1, h). A model that does not know its input size has no weights yet, so begin
# with `keras.Input`. Layers are float32 unless they are told otherwise.


# %%
def sequential_twin(params: dict[str, tf.Variable]) -> keras.Sequential:
    """Make a Keras model with the same layers, the same weights and the same outputs as `forward`.

    Two `Dense` layers, the first with a sigmoid, the second linear, built for n inputs. The weights are
    copies: training the model later leaves `params` alone. Give the layers the dtype of the parameters if you
    like; Keras's own float32 is enough. The model is not compiled.

    Args:
        params: `W1` (n, h), `b1` (1, h), `W2` (h, k), `b2` (1, k).

    Returns:
        A built `keras.Sequential`: `model(X)` equals `forward(X, params)`, `model.get_weights()` has the
        shapes (n, h), (h,), (h, k), (k,).
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
# ## The picture
#
# Boston housing: 12 facts about each of 506 districts, and the median price of a house there in thousands
# of dollars. The features are standardised with the training set's means, the prices likewise. Then the
# same weights are trained three times on the same batches: by your loop, by your compiled loop, and by
# Keras's `fit` on the twin. The upper panel shows the three losses, the lower one by how much the second
# and third differ from the first: rounding, and nothing else.


# %%
@picture
def show_loss_curves():
    """Draws the losses of the three programs, and by how much the second and third differ from the first."""
    import time

    import matplotlib.pyplot as plt
    import numpy as np

    from tfkit import load_boston_housing, split, standardize

    EPOCHS, BATCH_SIZE, HIDDEN, SEED = 60, 50, 8, 4

    training, test = split(load_boston_housing(), test_fraction=0.2, seed=0)
    X, _ = standardize(training.X, test.X)
    Y, _ = standardize(training.Y, test.Y)
    X, Y = tf.constant(X, tf.float32), tf.constant(Y, tf.float32)

    def start():
        """Return the same start for every road: variables, optimizer and data set, from one seed."""
        params = init_params(X.shape[1], HIDDEN, Y.shape[1], SEED)
        optimizer = keras.optimizers.SGD(learning_rate=0.05, momentum=0.5)
        return params, optimizer, make_dataset(X, Y, BATCH_SIZE, SEED)

    def timed(road):
        """Run one road and return its losses with the seconds it took."""
        began = time.perf_counter()
        losses = road()
        return list(losses), time.perf_counter() - began

    def fit():
        params, optimizer, dataset = start()
        model = sequential_twin(params)
        # Keras's "mse" also divides by the number of outputs, which is 1 here.
        model.compile(optimizer=optimizer, loss="mse", jit_compile=False)
        # Left alone, fit opens two iterators an epoch and uses one of them, so it would skip every second
        # order of the shuffle. One long iterator, cut into epochs, sees the orders that the loops see.
        steps = int(dataset.cardinality())
        history = model.fit(dataset.repeat(), steps_per_epoch=steps, epochs=EPOCHS, shuffle=False, verbose=0)
        return history.history["loss"]

    def by_hand(loop):
        params, optimizer, dataset = start()
        return loop(dataset, params, optimizer, EPOCHS)

    roads = {
        "tape": timed(lambda: by_hand(train)),
        "tf.function": timed(lambda: by_hand(train_compiled)),
        "Keras fit": timed(fit),
    }

    reference = np.array(roads["tape"][0])
    epochs = np.arange(1, EPOCHS + 1)
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(7, 6), sharex=True, height_ratios=[2, 1])
    # Wide under narrow under dots: equal curves must all stay visible.
    styles = {
        "tape": {"linewidth": 7, "alpha": 0.35},
        "tf.function": {"linewidth": 2},
        "Keras fit": {"linestyle": "none", "marker": "o", "markersize": 4, "markevery": 3},
    }
    for (name, (losses, seconds)), color in zip(roads.items(), ("C0", "C1", "black"), strict=True):
        upper.plot(epochs, losses, color=color, label=f"{name}: {seconds:.1f} s", **styles[name])
        if name != "tape":
            lower.plot(epochs, np.abs(losses / reference - 1), color=color, label=f"{name} against tape")
    upper.set(yscale="log", ylabel="mean squared error", title="Boston housing: three programs, one training")
    lower.set_yscale("symlog", linthresh=1e-8)
    lower.set(ylim=(-4e-9, 1), xlabel="epoch", ylabel="relative difference")
    for panel in (upper, lower):
        panel.legend()
        panel.grid(alpha=0.3)
    figure.tight_layout()
    apart = max(np.max(np.abs(losses / reference - 1)) for losses, _ in roads.values())
    return (
        f"The loss of all three programs falls from {reference[0]:.3f} to {reference[-1]:.3f}. "
        f"The three never differ by more than a fraction of {apart:.0e}."
    )


# %%
if __name__ == "__main__":
    show_loss_curves()
