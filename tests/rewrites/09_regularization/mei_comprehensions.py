# %% [markdown]
# # 09 · Regularization and learning curves
#
# A network with enough weights learns anything by heart: the noise in its images, and the labels that are wrong. On
# new images that is worth nothing. Here you write what keeps it from doing so, and when you are done you can
#
# - add a penalty to the loss, and see what it does to the weights,
# - write dropout and batch normalization, forward and backward, in training and afterwards,
# - make more images out of those you have, stop a training in time, and keep its best weights,
# - look at a learning curve and say what is wrong.
#
# **Conventions.** Rows are examples: a layer of $m$ units has values `Z` of shape $(M, m)$ for $M$ examples, and
# everything that it has once for each unit is a row $(1, m)$. What a function returns has the dtype of what it is
# given, float32 or float64. Parameters are a dict: names that begin with `W` are weights, those that begin with `b`
# are biases.
#
# Green in a check means that the function was right once in everything its docstring says; after you hand in, the same
# is asked with other sizes and numbers.

# %%
import math
from itertools import pairwise

import numpy as np
import tensorflow as tf

from tfkit import load_digits, picture

def l1_l2(params, l1, l2):
    W = tf.concat([tf.reshape(value, [-1]) for name, value in params.items() if name.startswith("W")], 0)
    return l1 * tf.norm(W, ord=1) + l2 * 2 * tf.nn.l2_loss(W)


def statistics(Z):
    return tf.math.reduce_mean(Z, 0, keepdims=True), tf.math.reduce_variance(Z, 0, keepdims=True)


def standardize(Z, mean, variance, epsilon):
    return (Z - mean) / (variance + epsilon) ** 0.5


def falls(values, a, b):
    return 1.0 - values[b] / values[a]


class Mask:
    def __init__(self, shape, rate, dtype, pair):
        u = tf.random.stateless_uniform(shape, pair, dtype=dtype)
        self.D = tf.where(u < rate, tf.zeros(shape, dtype), tf.fill(shape, tf.cast(1 / (1 - rate), dtype)))

    def __call__(self, A):
        return A * self.D

# %% [markdown]
# The data: real handwritten digits of 8 × 8 pixels, with noise on every pixel, and one label in ten replaced by a digit
# drawn at random. Remember that: **nobody can be right about more than 91 of 100 of these labels**, on average, because
# nobody can guess a random digit.


# %%
def noisy_digits(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Draw `rows` noisy digits to train with, and 400 others for validation: X, Y, X_val, Y_val."""
    rng = np.random.default_rng(seed)
    digits = load_digits()
    order = rng.permutation(len(digits.X))[: rows + 400]
    X = digits.X[order] / 16 + 0.1 * rng.normal(size=(len(order), 64))
    labels = digits.Y[order].argmax(axis=1)
    labels = np.where(rng.random(len(order)) < 0.1, rng.integers(10, size=len(order)), labels)
    Y = np.eye(10)[labels]
    return X[:rows], Y[:rows], X[rows:], Y[rows:]


# %% [markdown]
# # Part 1: A price for large weights
#
# ## 09.1 · A training step with a penalty (4 points)
#
# A penalty is added to the loss, and the network pays for its weights as well as for its errors. With L1 and L2
# together, the *elastic net*, over all entries $w$ of all weights:
#
# $$R = \lambda_1 \sum |w| + \lambda_2 \sum w^2$$
#
# (Keras writes it so too. In 07 there was a ½ before the squares; books differ, so look before you compare.) In the
# gradient a square becomes $2 \lambda_2 w$: it pulls in proportion to the size of a weight. The absolute value becomes
# $\lambda_1$ with the sign of $w$: it pulls with the same force at any size, and gets weights all the way down to zero.
# Biases cost nothing: they move an answer, and do not make it wilder.
#
# Now inside a step of training. The network is that of 04 with ReLU, and classes for its answers:
#
# $$S = \mathrm{relu}(X W_1 + b_1)\, W_2 + b_2 \qquad
# L = -\frac{1}{M} \sum_{i=1}^{M} \sum_{c=1}^{k} Y_{ic} \ln \mathrm{softmax}(S)_{ic}$$
#
# `tf.nn.softmax_cross_entropy_with_logits` gives one loss for each example, and the tape may do the rest.
#
# The step goes downhill on $L + R$. What it *returns* is $L$ alone. You will draw it beside the loss on the validation
# data, which has no penalty in it. With $R$ in one of the two you would compare apples and oranges, and take a healthy
# network for one that learns nothing.


# %%
def training_step(
    X: tf.Tensor, Y: tf.Tensor, params: dict[str, tf.Variable], learning_rate: float, l1: float, l2: float
) -> tf.Tensor:
    """Take one step of plain gradient descent on the loss with its penalty, and return the loss without it.

    The variables are updated in place. The loss that is returned is the one before the update.

    Example:

    >>> params = {"W1": tf.Variable([[1.0]]), "b1": tf.Variable([[0.0]])}
    >>> params |= {"W2": tf.Variable([[2.0, 0.0]]), "b2": tf.Variable([[0.0, 2.0]])}
    >>> loss = training_step(tf.constant([[1.0]]), tf.constant([[1.0, 0.0]]), params, 1.0, 0.0, 0.25)
    >>> round(float(loss), 4), params["W2"].numpy().tolist(), params["b2"].numpy().tolist()
    (0.6931, [[1.5, -0.5]], [[0.5, 1.5]])

    Args:
        X: Examples (M, n).
        Y: One-hot labels (M, k).
        params: Variables `W1` (n, h), `b1` (1, h), `W2` (h, k) and `b2` (1, k).
        learning_rate: Step size.
        l1: Strength of the absolute values of the weights, 0 or more.
        l2: Strength of their squares, 0 or more.

    Returns:
        The mean loss of the examples, shape (), without the penalty.
    """
    names = sorted(params)
    with tf.GradientTape(persistent=True) as tape:
        S = tf.nn.bias_add(tf.nn.relu(X @ params["W1"] + params["b1"]) @ params["W2"], tf.squeeze(params["b2"], 0))
        loss = tf.reduce_mean(tf.keras.losses.categorical_crossentropy(Y, S, from_logits=True))
        objective = loss + l1_l2(params, l1, l2)
    optimizer = tf.keras.optimizers.SGD(learning_rate)
    optimizer.apply_gradients((tape.gradient(objective, params[name]), params[name]) for name in names)
    return loss



# %% [markdown]
# **Pause.** You train with a penalty, and Keras prints `loss: 1.31 - val_loss: 1.35` in one epoch. Is this network
# close to overfitting, or far from it?
#
# <details><summary>Answer</summary>
#
# You cannot tell. Keras adds the penalties to both numbers. If they come to 0.9 of the 1.31, the data cost 0.41 and
# 0.45. Other programs add them to the first alone. Find out before you judge a gap.
#
# </details>

# %% [markdown]
# ## Your first picture
#
# One network, 150 noisy digits, three prices: none, squares, absolute values. On the left the losses, dashed on the
# training digits and solid on new ones. On the right the weights of six hidden units, each an image of 8 × 8.
#
# Without a price, the dashed curve goes to zero, the solid one turns and climbs, and the weights look like noise. The
# squares keep all weights small. The absolute values empty whole pixels: look at the borders, where digits have no ink.
# If all three look alike, the penalty does not get into your gradient.


# %%
@picture
def show_penalties() -> str:
    import matplotlib.pyplot as plt

    X, Y, X_val, Y_val = (tf.constant(part, tf.float32) for part in noisy_digits(150, 1))
    prices = {"no penalty": (0.0, 0.0), "L2": (0.0, 0.01), "L1": (0.003, 0.0)}
    figure = plt.figure(figsize=(11, 4.2))
    grid = figure.add_gridspec(3, 12)
    curves = figure.add_subplot(grid[:, :5])
    told = []
    for row, (name, (l1, l2)) in enumerate(prices.items()):
        start = {"W1": 0.15 * tf.random.stateless_normal((64, 32), (1, 2)), "b1": tf.zeros((1, 32))}
        start |= {"W2": 0.2 * tf.random.stateless_normal((32, 10), (3, 4)), "b2": tf.zeros((1, 10))}
        params = {key: tf.Variable(value) for key, value in start.items()}
        losses, val_losses = [], []
        for step in range(201):
            losses.append(float(training_step(X, Y, params, 0.5, l1, l2)))
            if step % 10 == 0:  # a learning rate of zero measures, and changes nothing
                val_losses.append(float(training_step(X_val, Y_val, params, 0.0, 0.0, 0.0)))
        (line,) = curves.plot(range(0, 201, 10), val_losses, label=name)
        curves.plot(losses, "--", color=line.get_color(), linewidth=1)
        W1 = params["W1"].numpy()
        for column in range(6):
            panel = figure.add_subplot(grid[row, 6 + column])
            panel.imshow(W1[:, column].reshape(8, 8), cmap="RdBu", vmin=-0.6, vmax=0.6)
            panel.set(xticks=[], yticks=[], ylabel="" if column else name)
        told.append(f"{name} {losses[-1]:.2f} and {val_losses[-1]:.2f}, {np.mean(np.abs(W1) < 0.01):.0%} near 0")
    curves.set(xlabel="step", ylabel="loss without penalty", title="solid: new digits, dashed: training", ylim=(0, 2.6))
    curves.grid(alpha=0.3)
    curves.legend()
    return f"Last loss on the training and on new digits, and weights below 0.01: {'; '.join(told)}."


# %%
if __name__ == "__main__":
    show_penalties()

# %% [markdown]
# # Part 2: Dropout
#
# ## 09.2 · A layer that forgets (6 points)
#
# In every training step, each value of a layer is set to zero with probability $r$, the *rate*. Each value of each
# example has its own draw. No unit can rely on another one being there, and that is the whole idea.
#
# If only a part $1 - r$ of the values is left, the sum that the next layer sees is too small. The slide repairs that at
# test time. Today it is done in training: what is kept is made larger, and at test time nothing has to be done.
#
# $$D_{ij} = \begin{cases} 0 & \text{with probability } r \\ 1 / (1 - r) & \text{otherwise} \end{cases}
# \qquad \mathrm{out} = H \odot D$$
#
# $D$ is the *mask*. On the way back the gradient is multiplied by **the same** mask: a value that was not there is
# to blame for nothing. So the layer has to remember it, and that is why this is a class.
#
# A class is a function with a memory; `__init__` is given. To draw, take `tf.random.stateless_uniform(shape, pair)`:
# numbers between 0 and 1, decided by a pair of whole numbers. The same pair gives the same ones, so count your steps.


# %%
class Dropout:
    """Set a part of the values to zero in training, and enlarge the others.

    Two layers of the same seed draw the same masks in the same order. Layers of different seeds share no mask at all,
    not even in different steps.

    Example:

    >>> layer = Dropout(0.75, seed=1)
    >>> H = tf.ones((100, 200))
    >>> out = layer.forward(H, training=True)
    >>> sorted(set(out.numpy().ravel().tolist())), 0.7 < float(tf.reduce_mean(tf.cast(out == 0, tf.float32))) < 0.8
    ([0.0, 4.0], True)
    >>> bool(tf.reduce_all(layer.backward(H) == out)), bool(tf.reduce_all(layer.forward(H, training=False) == H))
    (True, True)

    Args:
        rate: Probability that a value is set to zero, from 0 to below 1.
        seed: Decides what is drawn.
    """

    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.seed = seed
        self.steps = 0
        self.mask: tf.Tensor | None = None

    def forward(self, H: tf.Tensor, training: bool) -> tf.Tensor:
        """Return what the layer makes of `H`: with a new mask in training, and `H` as it is otherwise."""
        if not training:
            self.mask = lambda A: A
        else:
            self.mask = Mask(H.shape, self.rate, H.dtype, [self.seed, self.steps])
            self.steps += 1
        return self.mask(H)


    def backward(self, G: tf.Tensor) -> tf.Tensor:
        """Return the gradient with respect to the `H` that `forward` was last given; `G` is that of its output."""
        return self.mask(G)



# %% [markdown]
# ## Your second picture
#
# Three masks of one layer, white is what was dropped. They must look like snow, each different; stripes would mean one
# draw for a row or column. On the right, what a unit hands on, averaged over more and more steps: it must approach
# the dashed line, the value without dropout. At half of it, what was kept was not made larger.


# %%
@picture
def show_dropout() -> str:
    import matplotlib.pyplot as plt

    layer, shares = Dropout(0.5, seed=3), []
    figure, panels = plt.subplots(1, 4, figsize=(12, 3.2), width_ratios=(1, 1, 1, 1.8))
    for number, panel in enumerate(panels[:3], 1):
        dropped = layer.forward(tf.ones((24, 24)), training=True).numpy() == 0
        shares.append(f"{np.mean(dropped):.0%}")
        panel.imshow(dropped, cmap="gray", vmin=0, vmax=1)
        panel.set(title=f"step {number}: {shares[-1]} dropped", xlabel="unit", ylabel="example", xticks=[], yticks=[])
    H, steps = tf.constant([[0.5, 1.0, 2.0]]), np.arange(1, 401)
    means = np.cumsum([layer.forward(H, training=True).numpy()[0] for _ in steps], axis=0) / steps[:, None]
    panels[3].plot(steps, means)
    panels[3].hlines(H.numpy()[0], 1, 400, color="black", linestyle="--", linewidth=1)
    panels[3].set(xlabel="steps", title="mean of three units so far", xscale="log")
    figure.tight_layout()
    ends = ", ".join(f"{mean:.2f}" for mean in means[-1])
    return f"Dropped: {', '.join(shares)}. Units of 0.5, 1 and 2 have, on average over 400 steps, {ends}."


# %%
if __name__ == "__main__":
    show_dropout()

# %% [markdown]
# # Part 3: Batch normalization
#
# ## 09.3 · Forward, in training (3 points)
#
# While a network learns, what each layer hands on moves and stretches, and the next layer has to follow. Batch
# normalization takes that away. For every unit $j$, over the $M$ examples of the batch:
#
# $$\mu_j = \frac{1}{M} \sum_{i=1}^{M} Z_{ij} \qquad v_j = \frac{1}{M} \sum_{i=1}^{M} (Z_{ij} - \mu_j)^2 \qquad
# \hat Z_{ij} = \frac{Z_{ij} - \mu_j}{\sqrt{v_j + \varepsilon}} \qquad
# \mathrm{out}_{ij} = \gamma_j \hat Z_{ij} + \beta_j$$
#
# The variance divides by $M$. $\varepsilon$ stands inside the root, so that a unit which says the same of every
# example is no division by zero. $\gamma$ and $\beta$ are learned: with them the layer may choose its own scale.


# %%
def batchnorm_forward(
    Z: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: float
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]:
    """Normalize each unit over the batch, then scale and shift it.

    Example:

    >>> out, Z_norm, mean, variance = batchnorm_forward(
    ...     tf.constant([[1.0], [5.0]]), tf.constant([[2.0]]), tf.constant([[3.0]]), 12.0
    ... )
    >>> out.numpy().tolist(), Z_norm.numpy().tolist(), mean.numpy().tolist(), variance.numpy().tolist()
    ([[2.0], [4.0]], [[-0.5], [0.5]], [[3.0]], [[4.0]])

    Args:
        Z: Values of a layer (M, m).
        gamma: Scale of each unit (1, m).
        beta: Shift of each unit (1, m).
        epsilon: Added to the variance, above 0.

    Returns:
        `out` (M, m), `Z_norm` (M, m), which is normalized and neither scaled nor shifted, and the `mean` (1, m) and the
        `variance` (1, m) of the batch.
    """
    mean, variance = statistics(Z)
    Z_norm = standardize(Z, mean, variance, epsilon)
    return gamma * Z_norm + beta, Z_norm, mean, variance



# %% [markdown]
# ## 09.4 · Backward (4 points)
#
# $G$ is the gradient of the loss by `out`. $\beta$ is added to every example and $\gamma$ multiplies $\hat Z$, so
# over the batch
#
# $$\frac{\partial L}{\partial \beta_j} = \sum_{i} G_{ij} \qquad
# \frac{\partial L}{\partial \gamma_j} = \sum_{i} G_{ij} \hat Z_{ij}$$
#
# The gradient by $Z$ has three paths: straight through, through the mean, and through the variance. An example moves
# its own value, and a little of the mean and the variance of everybody. All together:
#
# $$\frac{\partial L}{\partial Z_{ij}} = \frac{\gamma_j}{\sqrt{v_j + \varepsilon}} \left( G_{ij} - \frac{1}{M}
# \frac{\partial L}{\partial \beta_j} - \frac{\hat Z_{ij}}{M} \frac{\partial L}{\partial \gamma_j} \right)$$
#
# No tape here.


# %%
def batchnorm_backward(
    G: tf.Tensor, Z_norm: tf.Tensor, gamma: tf.Tensor, variance: tf.Tensor, epsilon: float
) -> dict[str, tf.Tensor]:
    """Return the gradients by what went into `batchnorm_forward`, from its formulas.

    Example:

    >>> G, Z_norm = tf.constant([[2.0], [0.0]]), tf.constant([[-0.5], [0.5]])
    >>> grads = batchnorm_backward(G, Z_norm, tf.constant([[2.0]]), tf.constant([[4.0]]), 12.0)
    >>> {name: grad.numpy().tolist() for name, grad in grads.items()}
    {'Z': [[0.375], [-0.375]], 'gamma': [[-1.0]], 'beta': [[2.0]]}

    Args:
        G: Gradient of the loss by `out` (M, m).
        Z_norm: Normalized values (M, m), as `batchnorm_forward` returned them.
        gamma: Scale of each unit (1, m).
        variance: Variance of the batch (1, m).
        epsilon: What was added to it.

    Returns:
        A dict with `"Z"` (M, m), `"gamma"` (1, m) and `"beta"` (1, m).
    """
    M = G.shape[0]
    d_beta = tf.reduce_sum(G, axis=0, keepdims=True)
    d_gamma = tf.reduce_sum(G * Z_norm, axis=0, keepdims=True)
    d_Z = gamma / tf.sqrt(variance + epsilon) * (G - d_beta / M - Z_norm / M * d_gamma)
    return {"Z": d_Z, "gamma": d_gamma, "beta": d_beta}



# %% [markdown]
# ## 09.5 · Running statistics (3 points)
#
# At test time there may be only one example, and its answer must not depend on who else is in the batch. So a layer
# keeps a running mean and a running variance while it trains. They start at 0 and 1. After each batch, with a
# *momentum* $\rho$:
#
# $$\bar\mu \leftarrow \rho\, \bar\mu + (1 - \rho)\, \mu \qquad \bar v \leftarrow \rho\, \bar v + (1 - \rho)\, v$$
#
# where $\mu$ and $v$ are those of 09.3. Keras takes $\rho = 0.99$: after the first batch, 1 % of the running mean has
# been seen. Who tests after ten steps is in for a surprise.


# %%
def running_statistics(batches: list[tf.Tensor], momentum: float) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the running mean and the running variance after several batches.

    They start at 0 and at 1. Each batch counts the same, whatever its size. The variance of a batch divides by its
    number of examples.

    Example:

    >>> batches = [tf.constant([[1.0], [5.0]]), tf.constant([[8.0]])]
    >>> mean, variance = running_statistics(batches, 0.5)
    >>> mean.numpy().tolist(), variance.numpy().tolist()
    ([[4.75]], [[1.25]])

    Args:
        batches: Values of a layer, each tensor (M, m), first batch first; M may differ.
        momentum: How much of the old value stays, from 0 to 1.

    Returns:
        The running mean (1, m) and the running variance (1, m).
    """
    mean, variance = 0.0, 1.0
    for mu, v in map(statistics, batches):
        mean, variance = momentum * mean + (1 - momentum) * mu, momentum * variance + (1 - momentum) * v
    return mean, variance



# %% [markdown]
# ## 09.6 · At test time (2 points)
#
# The formulas of 09.3 once more, with the running mean and the running variance in place of those of the batch. So each
# example is treated for itself.


# %%
def batchnorm_inference(
    Z: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor, epsilon: float
) -> tf.Tensor:
    """Normalize each unit with statistics that are given, then scale and shift it.

    What comes out for an example does not depend on the others.

    Example:

    >>> row = [tf.constant([[number]]) for number in (2.0, 3.0, 1.0, 4.0)]
    >>> batchnorm_inference(tf.constant([[5.0], [9.0]]), *row, 12.0).numpy().tolist()
    [[5.0], [7.0]]

    Args:
        Z: Values of a layer (M, m).
        gamma: Scale of each unit (1, m).
        beta: Shift of each unit (1, m).
        mean: Running mean (1, m).
        variance: Running variance (1, m).
        epsilon: Added to the variance, above 0.

    Returns:
        Tensor (M, m).
    """
    return gamma * standardize(Z, mean, variance, epsilon) + beta



# %% [markdown]
# **Pause.** Somebody tests with `batchnorm_forward`, one image at a time. What does the network say?
#
# <details><summary>Answer</summary>
#
# The same for every image: the mean of a batch of one is the example itself, so `Z_norm` is zero and `out` is $\beta$.
#
# </details>

# %% [markdown]
# ## Your third picture
#
# The running mean of one unit over 300 batches, with two momenta, and the dots are what your 09.3 says of single
# batches. Both lines must get to the middle of the dots, the one of 0.99 later, and neither may jump about as the
# dots do.


# %%
@picture
def show_normalization() -> str:
    import matplotlib.pyplot as plt

    rng, one = np.random.default_rng(5), tf.ones((1, 1), tf.float64)
    batches = [tf.constant(rng.normal(3, 4, size=(32, 1))) for _ in range(300)]
    figure, axes = plt.subplots(figsize=(8, 3.4))
    single = [float(batchnorm_forward(batch, one, one, 1e-3)[2][0, 0]) for batch in batches]
    axes.plot(range(1, 301), single, ".", color="lightgray", label="mean of one batch")
    seen, told = (1, 3, 10, 20, 30, 50, 75, 100, 150, 200, 250, 300), []
    for momentum in (0.9, 0.99):
        means = [float(running_statistics(batches[:count], momentum)[0][0, 0]) for count in seen]
        axes.plot(seen, means, "o-", label=f"momentum {momentum}")
        told.append(f"{means[2]:.2f} after 10 batches and {means[-1]:.2f} after 300 with momentum {momentum}")
    axes.set(xlabel="batches seen", ylabel="running mean", title="a unit whose true mean is 3")
    axes.legend(loc="lower right")
    figure.tight_layout()
    return f"The true mean is 3. The running mean is {', '.join(told)}."


# %%
if __name__ == "__main__":
    show_normalization()

# %% [markdown]
# # Part 4: More images than you have
#
# A digit that is moved by a pixel is the same digit. So move each image a little, another way in every epoch, and the
# network hardly sees an image twice. That is for training alone: validation images stay as they are.
#
# ## 09.7 · Where to (3 points)
#
# First draw how far. Each image has its own two numbers, how many pixels down and how many to the right, independent
# of each other; negative ones go up and to the left. Mind the ends: most functions that draw whole numbers leave out
# one.


# %%
def random_shifts(count: int, largest: int, seed: int) -> tf.Tensor:
    """Draw for each image how many pixels it moves down and to the right.

    Each number is drawn by itself: all whole numbers from `-largest` to `largest`, both ends included, are equally
    likely. The same seed gives the same numbers, and another one gives others in both directions.

    Example:

    >>> shifts = random_shifts(1000, 2, seed=7)
    >>> shifts.shape, shifts.dtype, sorted(set(shifts.numpy().ravel().tolist()))
    (TensorShape([1000, 2]), tf.int32, [-2, -1, 0, 1, 2])

    Args:
        count: How many images there are.
        largest: The farthest that an image moves in a direction, in pixels.
        seed: Decides what is drawn.

    Returns:
        An int32 tensor (count, 2).
    """
    rng = np.random.RandomState(seed)
    return tf.constant([[rng.choice(range(-largest, largest + 1)) for _ in "xy"] for _ in range(count)], tf.int32)



# %% [markdown]
# ## 09.8 · Move them (2 points)
#
# What leaves the image is lost, and what comes in is empty: zeros. (With `tf.roll` a stroke that leaves at the bottom
# would come in again at the top. No digit looks like that.)


# %%
def shift_images(images: tf.Tensor, shifts: tf.Tensor) -> tf.Tensor:
    """Move each image by whole pixels, and fill with zeros.

    Example:

    >>> image = tf.constant([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]])
    >>> shift_images(image, tf.constant([[1, -1]])).numpy().tolist()
    [[[0.0, 0.0, 0.0], [2.0, 3.0, 0.0]]]

    Args:
        images: Tensor (M, height, width).
        shifts: Whole numbers (M, 2): how far each image moves down, and how far to the right; negative is up and left.
            None is farther than the image is high or wide.

    Returns:
        Tensor of the shape and dtype of `images`.
    """
    M, h, w = images.shape
    rows = tf.range(h)[None, :, None] - shifts[:, 0][:, None, None]
    columns = tf.range(w)[None, None, :] - shifts[:, 1][:, None, None]
    inside = (rows >= 0) & (rows < h) & (columns >= 0) & (columns < w)
    rows, columns = tf.broadcast_to(rows, (M, h, w)), tf.broadcast_to(columns, (M, h, w))
    which = tf.broadcast_to(tf.range(M)[:, None, None], (M, h, w))
    index = tf.stack([which, tf.clip_by_value(rows, 0, h - 1), tf.clip_by_value(columns, 0, w - 1)], axis=-1)
    return tf.where(inside, tf.gather_nd(images, index), tf.zeros((), images.dtype))



# %% [markdown]
# **Pause.** Should digits be mirrored as well? Photographs of cats? X-rays of a chest?
#
# <details><summary>Answer</summary>
#
# Ask what would still have the same label. A mirrored cat is a cat. A mirrored 3 is no digit, and a 6 that is turned
# upside down is a 9. In a mirrored chest the heart is on the right side, which is rare and means something.
#
# </details>

# %% [markdown]
# ## Your fourth picture
#
# Five digits, and what your two functions make of each. No stroke may come in again on the other side, and no two rows
# may be moved alike.


# %%
@picture
def show_augmented() -> str:
    import matplotlib.pyplot as plt

    images = tf.constant(load_digits().X[:5].reshape(5, 8, 8) / 16)
    columns = [images, *(shift_images(images, random_shifts(5, 2, seed)) for seed in range(9))]
    figure, panels = plt.subplots(5, 10, figsize=(9, 4.6))
    for column, shown in enumerate(columns):
        for row in range(5):
            panels[row, column].imshow(shown[row], cmap="gray_r", vmin=0, vmax=1)
            panels[row, column].set(xticks=[], yticks=[])
        panels[0, column].set_title("as it is" if column == 0 else f"epoch {column}", fontsize=9)
    figure.tight_layout()
    left = np.mean([float(tf.reduce_sum(shown)) for shown in columns[1:]]) / float(tf.reduce_sum(images))
    return f"Moved by up to 2 pixels, the digits keep {left:.0%} of their ink."


# %%
if __name__ == "__main__":
    show_augmented()

# %% [markdown]
# # Part 5: Learning curves
#
# To learn what a curve shows, make every mistake once. Below is the network of 03 in NumPy, with as many layers as you
# like. `record_run` trains it on noisy digits and returns its *history*: for each epoch the loss, the loss and the
# accuracy on the validation data, and the learning rate; and for each step the loss of its batch.


# %%
def record_run(
    seed: int,
    rows: int = 576,
    units: tuple[int, ...] = (32,),
    rate: float = 0.2,
    epochs: int = 40,
    l2: float = 0.0,
    start: float = 1.0,
    shuffle: bool = True,
    decay_at: int = -1,
    leak: bool = False,
) -> dict[str, list[float]]:
    """Train a network on noisy digits, in twelve steps an epoch, and return its history.

    `start` multiplies Glorot's weights, the rate is cut to a hundredth at epoch `decay_at`, and with `leak` the labels
    are among the pixels.
    """
    X, Y, X_val, Y_val = noisy_digits(rows, seed)
    if leak:
        X, X_val = np.hstack([X, Y]), np.hstack([X_val, Y_val])
    if not shuffle:
        order = Y.argmax(axis=1).argsort(kind="stable")
        X, Y = X[order], Y[order]
    rng = np.random.default_rng(seed)
    sizes = [X.shape[1], *units, 10]
    W = [start * math.sqrt(6 / (n + m)) * rng.uniform(-1, 1, (n, m)) for n, m in pairwise(sizes)]
    b = [np.zeros(m) for m in sizes[1:]]

    def forward(X: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
        H = [X]
        for weights, bias in zip(W[:-1], b[:-1], strict=True):
            H.append(np.maximum(H[-1] @ weights + bias, 0))
        scores = H[-1] @ W[-1] + b[-1]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return H, powers / powers.sum(axis=1, keepdims=True)

    def cross_entropy(P: np.ndarray, Y: np.ndarray) -> float:
        with np.errstate(divide="ignore"):
            return float(-np.log((P * Y).sum(axis=1)).mean())

    history = {name: [] for name in ("loss", "val_loss", "val_accuracy", "learning_rate", "step_loss")}
    for epoch in range(epochs):
        rate = rate / 100 if epoch == decay_at else rate
        order = rng.permutation(rows) if shuffle else np.arange(rows)
        for batch in np.split(order, 12):
            H, P = forward(X[batch])
            history["step_loss"].append(cross_entropy(P, Y[batch]))
            delta = (P - Y[batch]) / len(batch)
            for layer in reversed(range(len(W))):
                d_W, d_b = H[layer].T @ delta + 2 * l2 * W[layer], delta.sum(axis=0)
                delta = delta @ W[layer].T * (H[layer] > 0)
                W[layer] -= rate * d_W
                b[layer] -= rate * d_b
        P = forward(X_val)[1]
        history["loss"].append(float(np.mean(history["step_loss"][-12:])))
        history["val_loss"].append(cross_entropy(P, Y_val))
        history["val_accuracy"].append(float(np.mean(P.argmax(axis=1) == Y_val.argmax(axis=1))))
        history["learning_rate"].append(rate)
    return history


# what is done to the network, by the word for what its curve shows
RUNS = {
    "healthy": {"rows": 1152, "rate": 0.3, "l2": 0.004, "epochs": 60},
    "overfitting": {"rows": 300, "units": (128,), "rate": 0.5, "epochs": 60},
    "underfitting": {"rows": 1152, "l2": 0.06, "epochs": 60},
    "learning_rate_too_high": {"rate": 8.0},
    "learning_rate_too_low": {"rate": 0.004},
    "bad_initialisation": {"units": (32, 32, 32), "start": 0.02},
    "decayed_too_early": {"decay_at": 5},
    "still_improving": {"rows": 1152, "rate": 0.1, "epochs": 20},
    "no_shuffling": {"rate": 0.05, "shuffle": False},
    "leak": {"leak": True},
}

# %% [markdown]
# ## 09.9 · Early stopping (4 points)
#
# The lecture says of it: always do this. Look at the validation loss after each epoch, keep the weights of the best
# one, and stop when nothing better has come for a while. Three things want care:
#
# - A loss is *better* if it is below the best one so far by **more than** `min_delta`. NaN is never better than
#   anything, and the first number is better than nothing.
# - `patience` epochs in a row without a better one, and it is time to stop: with patience 2, the second such epoch.
# - Keep *copies* of the weights. A variable that you only put into a list goes on changing, and at the end your "best"
#   weights are the last ones.


# %%
class EarlyStopping:
    """Watch the validation loss, keep the best weights, and say when to stop.

    Example:

    >>> W = tf.Variable([0.0])
    >>> stopping = EarlyStopping(patience=2)
    >>> for epoch, val_loss in enumerate([0.9, 0.5, 0.5, 0.7]):
    ...     _ = W.assign([float(epoch)])
    ...     print(stopping.update(val_loss, [W]))
    False
    False
    False
    True
    >>> stopping.restore([W])
    >>> stopping.best_epoch, stopping.best_loss, W.numpy().tolist()
    (1, 0.5, [1.0])

    Args:
        patience: How many epochs in a row without a better loss there may be, 1 or more. The last of them stops.
        min_delta: A loss is better if it is below the best so far by more than this.

    Attributes:
        best_loss: The best loss so far; infinite before there is one.
        best_epoch: Its epoch, counted from 0; -1 before there is one.
    """

    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = math.inf
        self.best_epoch = -1
        self.best_weights: list[tf.Tensor] = []
        self.epoch = -1  # the one that `update` saw last

    def update(self, val_loss: float, variables: list[tf.Variable]) -> bool:
        """Take in the validation loss of one more epoch and the weights that it has; return whether to stop."""
        self.epoch += 1
        if self.best_epoch < 0 and val_loss == val_loss or val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = float(val_loss), self.epoch
            self.best_weights = [tf.identity(v) for v in variables]
        return self.epoch >= self.best_epoch + self.patience


    def restore(self, variables: list[tf.Variable]) -> None:
        """Give the variables the weights of the best epoch; they stay as they are if there was none."""
        if self.best_weights:
            for i, v in enumerate(variables):
                v.assign(self.best_weights[i])



# %% [markdown]
# ## Your fifth picture
#
# A run that overfits, seen through your `update` with three patiences. The circle is the epoch whose weights you get
# back, the cross the one where the training stops. An impatient one may stop before the best has come. With patience
# 10 the circle must sit at the lowest point of the curve, and the cross ten epochs later.


# %%
@picture
def show_stopping() -> str:
    import matplotlib.pyplot as plt

    val_losses, told = record_run(7, rows=300, units=(64,), rate=0.3, epochs=60)["val_loss"], []
    figure, axes = plt.subplots(figsize=(8, 3.4))
    axes.plot(val_losses, color="tab:gray", label="validation loss")
    for patience, color in ((1, "tab:red"), (3, "tab:orange"), (10, "tab:green")):
        watcher, W = EarlyStopping(patience), tf.Variable([0.0])
        last = next((epoch for epoch, loss in enumerate(val_losses) if watcher.update(loss, [W])), len(val_losses) - 1)
        axes.plot(watcher.best_epoch, watcher.best_loss, "o", color=color, label=f"patience {patience}", markersize=9)
        axes.plot(last, val_losses[last], "x", color=color, markersize=9)
        told.append(f"patience {patience} stops at epoch {last} and goes back to {watcher.best_epoch}")
    axes.set(xlabel="epoch", ylabel="loss", title="where the training stops (x), and what is kept (o)")
    axes.legend()
    figure.tight_layout()
    return f"The validation loss is lowest at epoch {np.argmin(val_losses)}: {'; '.join(told)}."


# %%
if __name__ == "__main__":
    show_stopping()

# %% [markdown]
# ## 09.10 · Nine numbers of a curve (4 points)
#
# What your eye sees in a curve can be measured. A network that gives each of ten classes the same probability has the
# loss $\ln 10 = 2.303$: call that a *guess*, it is the unit here. A run has $n$ epochs, and a quarter is `n // 4` of
# them.
#
# - `climb`: how far the training loss rises above the lowest value that it had so far, beginning with a guess. The
#   largest such rise, in guesses. Infinite if any training or validation loss is NaN or infinite.
# - `repeats`: make a table of the step losses, a row for each epoch, and keep the rows from epoch `n // 2` on. Subtract
#   from each row its mean. Then take the correlation of all rows but the last with all rows but the first.
# - `best_accuracy`: the highest validation accuracy.
# - `first_fall`: the training loss of epoch 0 minus that of epoch `n // 4`, in guesses.
# - `last_fall`: the training loss a quarter before the last epoch, at `n - 1 - n // 4`, minus that of the last, in
#   guesses.
# - `level`: the training loss of the last epoch, in guesses.
# - `before_cut`: find the first epoch whose learning rate is a tenth of the one before, or less. By what fraction did
#   the training loss fall in the last epoch *before* the cut, compared with the epoch before that? 0 if the rate is
#   never cut, or is cut in epoch 1.
# - `rise`: by what fraction the last validation loss is above the lowest one: 0.5 for 1.2 after 0.8.
# - `val_fall`: by what fraction the validation loss fell in the last quarter, from epoch `n - 1 - n // 4` to the last.
#
# Epochs are counted from 0. `np.corrcoef(a, b)[0, 1]` is the correlation of two lists of numbers; `.ravel()` makes
# one list of a table.


# %%
def curve_measures(history: dict[str, list[float]]) -> dict[str, float]:
    """Return the nine numbers of the table above.

    Where a loss is NaN or infinite, `climb` is infinite, and the others may be anything.

    Example:

    >>> history = {"loss": [2.0, 1.0, 1.5, 0.5], "val_loss": [1.6, 2.0, 0.8, 1.2], "val_accuracy": [0.2, 0.7, 0.8, 0.6]}
    >>> history |= {"learning_rate": [0.5, 0.5, 0.5, 0.05], "step_loss": [3.0, 1.0, 1.5, 0.5, 1.0, 2.0, 0.75, 0.25]}
    >>> for name, value in curve_measures(history).items():
    ...     print(name, round(value, 3))
    climb 0.217
    repeats -1.0
    best_accuracy 0.8
    first_fall 0.434
    last_fall 0.434
    level 0.217
    before_cut -0.5
    rise 0.5
    val_fall -0.5

    Args:
        history: Lists: `"loss"`, `"val_loss"`, `"val_accuracy"` and `"learning_rate"` with a number for each epoch, at
            least 4, and `"step_loss"` with one for each step, as many in every epoch.

    Returns:
        A dict with the nine names.
    """
    L, V, R = history["loss"], history["val_loss"], history["learning_rate"]
    n, ten = len(L), math.log(10)
    q = n // 4
    per = len(history["step_loss"]) // n
    table = [history["step_loss"][e * per : (e + 1) * per] for e in range(n // 2, n)]
    table = [[x - sum(row) / per for x in row] for row in table]
    a = [x for row in table[:-1] for x in row]
    b = [x for row in table[1:] for x in row]
    bad = any(not math.isfinite(x) for x in L + V)
    cut = next((e for e in range(1, n) if R[e] / R[e - 1] <= 0.1 + 1e-12), 1)
    measures = {}
    measures["climb"] = math.inf if bad else max(L[e] - min([ten] + L[: e + 1]) for e in range(n)) / ten
    measures["repeats"] = float(np.corrcoef(a, b)[0, 1])
    measures["best_accuracy"] = sorted(history["val_accuracy"])[-1]
    measures["first_fall"] = (L[0] - L[q]) / ten
    measures["last_fall"] = (L[n - 1 - q] - L[n - 1]) / ten
    measures["level"] = L[n - 1] / ten
    measures["before_cut"] = falls(L, cut - 2, cut - 1) if cut >= 2 else 0
    measures["rise"] = V[-1] / min(V) - 1
    measures["val_fall"] = falls(V, n - 1 - q, n - 1)
    return measures



# %% [markdown]
# ## 09.11 · Name it (5 points)
#
# Now the words. Go through this table from the top: **the first row that fits is the answer.**
#
# | word | what you see | in numbers |
# |---|---|---|
# | `no_shuffling` | the same pattern of step losses in each epoch | `repeats` above 0.5 |
# | `learning_rate_too_high` | the loss climbs, or ends in NaN | `climb` above 0.15 |
# | `leak` | too good to be true: one label in ten is random | `best_accuracy` above 0.95 |
# | `bad_initialisation` | a plateau from the start | `first_fall` below 0.01 |
# | `decayed_too_early` | the rate was cut while the loss was falling | `before_cut` above 0.05 |
# | `overfitting` | the validation loss turns and climbs | `rise` above 0.2 |
# | `learning_rate_too_low` | high, falling as slowly as ever | `level` above 0.6, `last_fall` above `first_fall` / 4 |
# | `still_improving` | the validation loss is on its way down | `val_fall` above 0.04 |
# | `underfitting` | high, and no longer falling | `level` above 0.42 |
# | `healthy` | a steep fall, then flat, with a small gap | nothing of the above |
#
# The limits are made for runs like these, of ten classes and one wrong label in ten. On other data you would have to
# find others; the order of the questions stays the same. What you are graded on are 50 real runs that you have not
# seen, and made-up ones that fit one row, or two. None of them is close to a limit.


# %%
def diagnose(history: dict[str, list[float]]) -> str:
    """Return the word for what a learning curve shows: the first row of the table that fits.

    Example:

    >>> [diagnose(record_run(5, **RUNS[word])) for word in ("healthy", "leak", "underfitting")]
    ['healthy', 'leak', 'underfitting']

    Args:
        history: As `curve_measures` takes it.

    Returns:
        One of the ten words.
    """
    m = curve_measures(history)
    if m["repeats"] > 0.5:
        return "no_shuffling"
    if m["climb"] > 0.15:
        return "learning_rate_too_high"
    if m["best_accuracy"] > 0.95:
        return "leak"
    if m["first_fall"] < 0.01:
        return "bad_initialisation"
    if m["before_cut"] > 0.05:
        return "decayed_too_early"
    if m["rise"] > 0.2:
        return "overfitting"
    if m["level"] > 0.6 and m["last_fall"] > m["first_fall"] / 4:
        return "learning_rate_too_low"
    if m["val_fall"] > 0.04:
        return "still_improving"
    if m["level"] > 0.42:
        return "underfitting"
    return "healthy"



# %% [markdown]
# ## Your last picture
#
# Ten networks, each trained with one mistake, or none. Above each panel stands your word for it, green where it is what
# was done to the network. Change the seed in the call, or a number in `RUNS`, and see what becomes of the curves.


# %%
@picture
def show_curves(seed: int = 1) -> str:
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(2, 5, figsize=(14, 5), sharey=True)
    right = 0
    for panel, (done, settings) in zip(panels.ravel(), RUNS.items(), strict=True):
        history = record_run(seed, **settings)
        word = diagnose(history)
        right += word == done
        epochs = len(history["loss"])
        steps = np.linspace(0, epochs, len(history["step_loss"]))
        panel.plot(steps, history["step_loss"], color="lightgray", linewidth=0.8, label="steps")
        panel.plot(np.arange(epochs) + 0.5, history["loss"], "--", color="tab:orange", label="training")
        panel.plot(np.arange(epochs) + 1, history["val_loss"], color="tab:blue", label="validation")
        panel.axhline(math.log(10), color="black", linewidth=0.5)
        panel.set(ylim=(0, 3.2))
        panel.set_title(word, color="tab:green" if word == done else "tab:red", fontsize=10)
    panels[0, 0].legend(fontsize=8)
    for panel in panels[1]:
        panel.set_xlabel("epoch")
    figure.tight_layout()
    return f"Your word is what was done to the network in {right} of {len(RUNS)} runs."


# %%
if __name__ == "__main__":
    show_curves()
