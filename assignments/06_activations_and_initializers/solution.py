# %% [markdown]
# # 06 · Activations and initialisers
#
# Take a network of twenty layers and send some data through it, before any training. What comes out at the
# end? Often nothing: each layer made the signal a little smaller, and after twenty of them it is gone. Or each
# layer made it larger, and every unit is stuck at its limit. Two choices decide which of these happens: the
# activation, and the weights that training starts from.
#
# When you are done, you will be able to
#
# - write down each activation of the lecture with its slope, and say where that slope dies,
# - draw starting weights that keep a signal alive through any depth,
# - look into a Keras model, measure its signals layer by layer, and repair them,
# - show with numbers why nobody starts at zero, at equal weights, or at very large ones.
#
# **Conventions.** Rows are examples. A layer with $n$ inputs and $m$ units has weights `W` of shape $(n, m)$ and
# computes `Z = X W + b`, then `H = g(Z)`. Everything is a TensorFlow tensor. An activation has the dtype of what
# it is given: float32 in, float32 out, and float64 for float64. A `1.0` or a `tf.eye(k)` of your own is float32: make
# it with `tf.ones_like(Z)`, or with `dtype=Z.dtype`. Weights are float32.
#
# The check below each question tells what is right and what is not. Green means that the function does once what
# each sentence of its docstring says; after you hand in, the same is asked with other sizes and numbers.

# %%
import math

import keras
import numpy as np
import tensorflow as tf

from tfkit import picture

# %% [markdown]
# # Part 1: Activations and their slopes
#
# On the way back through a network, each layer multiplies the gradient by the slope of its activation. So you
# need both: the value on the way forward, the slope on the way back. Every function here returns the two as a
# pair, and the slope is computed from `Z`, what went *into* the activation.
#
# TensorFlow has the values: `tf.sigmoid`, `tf.tanh`, `tf.nn.relu` and others may be used. The slopes are yours.
# A gradient tape is refused in this part, because it would do just that for you.
#
# ## 06.1 · Sigmoid (2 points)
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} \qquad \sigma'(z) = \sigma(z)\,\bigl(1 - \sigma(z)\bigr)$$
#
# Look at the slope for a moment. It is largest at $z = 0$, and even there it is only $\frac14$. The further out
# you go, the flatter it gets. We say that the unit *saturates*.
#
# One warning. $e^{1000}$ is too large for any float, and infinity divided by infinity is not a number. The
# value and the slope must come out right there too.


# %%
def sigmoid(Z: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the sigmoid of every entry, and its slope.

    Both are finite for every `z`, -1000 and 1000 included. They have the shape and the dtype of `Z`.

    Example:

    >>> H, slope = sigmoid(tf.constant([[-1000.0, 0.0, 1000.0]]))
    >>> H.numpy().tolist(), slope.numpy().tolist()
    ([[0.0, 0.5, 1.0]], [[0.0, 0.25, 0.0]])

    Args:
        Z: Tensor of any shape, float32 or float64.

    Returns:
        `H`, the values, and `slope`, the derivative of each value by its own `z`.
    """
    # BEGIN SOLUTION 06.1
    H = tf.sigmoid(Z)
    return H, H * (1 - H)
    # END SOLUTION


# %% [markdown]
# ## 06.2 · Hyperbolic tangent (2 points)
#
# $$\tanh(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}} \qquad \tanh'(z) = 1 - \tanh^2(z)$$
#
# Tanh is a sigmoid that was stretched and moved: $\tanh(z) = 2\sigma(2z) - 1$. Two things change. Its
# values lie on both sides of zero, and its slope at zero is 1. So near zero it hands a signal on as it is.


# %%
def tanh(Z: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the hyperbolic tangent of every entry, and its slope.

    Both are finite for every `z`, -1000 and 1000 included. They have the shape and the dtype of `Z`.

    Example:

    >>> H, slope = tanh(tf.constant([[-1000.0, 0.0, 1000.0]]))
    >>> H.numpy().tolist(), slope.numpy().tolist()
    ([[-1.0, 0.0, 1.0]], [[0.0, 1.0, 0.0]])

    Args:
        Z: Tensor of any shape, float32 or float64.

    Returns:
        `H`, the values, and `slope`, the derivative of each value by its own `z`.
    """
    # BEGIN SOLUTION 06.2
    H = tf.tanh(Z)
    return H, 1 - H**2
    # END SOLUTION


# %% [markdown]
# **Pause.** A gradient comes back through ten sigmoid layers. By the slopes alone, how much of it can be left at
# most? And through ten layers of tanh?
#
# <details><summary>Answer</summary>
#
# At most $(1/4)^{10}$, which is about one millionth, and only if every unit sits exactly at $z = 0$. With tanh it
# can be all of it, because the slope at zero is 1.
#
# </details>

# %% [markdown]
# ## 06.3 · Rectified linear unit (2 points)
#
# $$\mathrm{relu}(z) = \max(0, z) \qquad \mathrm{relu}'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}$$
#
# AlexNet used it in 2012 and learned several times faster than with tanh. On the positive side it never
# saturates. On the negative side it is silent, and so is its gradient.
#
# Exactly at zero there is a corner, and no derivative. TensorFlow takes 0 there, and so do we.


# %%
def relu(Z: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the rectified linear unit of every entry, and its slope.

    At `z` = 0 the slope is 0. Both have the shape and the dtype of `Z`.

    Example:

    >>> H, slope = relu(tf.constant([[-2.0, 0.0, 3.0]]))
    >>> H.numpy().tolist(), slope.numpy().tolist()
    ([[0.0, 0.0, 3.0]], [[0.0, 0.0, 1.0]])

    Args:
        Z: Tensor of any shape, float32 or float64.

    Returns:
        `H`, the values, and `slope`, the derivative of each value by its own `z`.
    """
    # BEGIN SOLUTION 06.3
    return tf.nn.relu(Z), tf.cast(Z > 0, Z.dtype)
    # END SOLUTION


# %% [markdown]
# ## 06.4 · Leaky ReLU (2 points)
#
# $$\mathrm{leaky}(z) = \begin{cases} z & z > 0 \\ \alpha z & z \le 0 \end{cases}$$
#
# A ReLU that is negative for every example gets no gradient, and never learns again. A small leak keeps it
# alive. The lecture's slide has $\alpha = 0.1$; Keras takes 0.3 in its layer. So it is an argument.
#
# The slope is for you to find. At the corner, take the one of the left side.


# %%
def leaky_relu(Z: tf.Tensor, alpha: float) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the leaky ReLU of every entry, and its slope.

    At `z` = 0 the slope is `alpha`. Both have the shape and the dtype of `Z`.

    Example:

    >>> H, slope = leaky_relu(tf.constant([[-2.0, 0.0, 3.0]]), 0.25)
    >>> H.numpy().tolist(), slope.numpy().tolist()
    ([[-0.5, 0.0, 3.0]], [[0.25, 0.25, 1.0]])

    Args:
        Z: Tensor of any shape, float32 or float64.
        alpha: Slope on the negative side, between 0 and 1.

    Returns:
        `H`, the values, and `slope`, the derivative of each value by its own `z`.
    """
    # BEGIN SOLUTION 06.4
    H = tf.where(Z > 0, Z, alpha * Z)
    return H, tf.where(Z > 0, tf.ones_like(Z), alpha * tf.ones_like(Z))
    # END SOLUTION


# %% [markdown]
# ## 06.5 · Exponential linear unit (2 points)
#
# $$\mathrm{elu}(z) = \begin{cases} z & z > 0 \\ \alpha \left(e^z - 1\right) & z \le 0 \end{cases}$$
#
# The negative side bends smoothly towards $-\alpha$. So a unit can be off without being dead, and the mean of a
# layer comes closer to zero.
#
# Find the slope again. Think of large positive $z$ while you do: `tf.where` computes *both* sides for every entry
# and then picks one. What it does not pick is thrown away, an infinity as well. If you multiply by a mask instead,
# $0 \cdot \infty$ is NaN. A value that cannot overflow is right in both ways.


# %%
def elu(Z: tf.Tensor, alpha: float) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the exponential linear unit of every entry, and its slope.

    At `z` = 0 the slope is `alpha`. Both are finite for every `z`, -1000 and 1000 included. They have the shape and
    the dtype of `Z`.

    Example:

    >>> H, slope = elu(tf.constant([[-1000.0, 0.0, 1000.0]]), 0.5)
    >>> H.numpy().tolist(), slope.numpy().tolist()
    ([[-0.5, 0.0, 1000.0]], [[0.0, 0.5, 1.0]])

    Args:
        Z: Tensor of any shape, float32 or float64.
        alpha: How far below zero the values can get, positive.

    Returns:
        `H`, the values, and `slope`, the derivative of each value by its own `z`.
    """
    # BEGIN SOLUTION 06.5
    # of the two sides that are computed, none is infinite: exp sees no positive number
    power = tf.exp(tf.minimum(Z, 0))
    H = tf.where(Z > 0, Z, alpha * (power - 1))
    return H, tf.where(Z > 0, tf.ones_like(Z), alpha * power)
    # END SOLUTION


# %% [markdown]
# ## 06.6 · Maxout (3 points)
#
# A maxout unit has no formula of its own. It owns $p$ linear pieces, computes all of them, and hands on the largest:
#
# $$H_{ij} = \max_{q} Z_{ijq}$$
#
# With two pieces, of which one is always zero, this is a ReLU. With more it learns its own bent line.
#
# Now the slope. If you nudge a piece that lost, nothing happens. If you nudge the winner, the output moves just
# as much. So each piece has a slope of its own. Where pieces tie, the first of them wins.


# %%
def maxout(Z: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the largest piece of every unit, and the slope by each piece.

    Of pieces that tie, the first is the winner. Both have the dtype of `Z`.

    Example:

    >>> H, slope = maxout(tf.constant([[[1.0, 4.0, -2.0], [3.0, 0.0, 3.0]]]))
    >>> H.numpy().tolist(), slope.numpy().tolist()
    ([[4.0, 3.0]], [[[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]])

    Args:
        Z: Tensor (M, m, p): M examples, m units, p pieces.

    Returns:
        `H` (M, m), and `slope` (M, m, p), the derivative of each unit's value by each of its pieces.
    """
    # BEGIN SOLUTION 06.6
    winner = tf.argmax(Z, axis=2)
    return tf.reduce_max(Z, axis=2), tf.one_hot(winner, Z.shape[2], dtype=Z.dtype)
    # END SOLUTION


# %% [markdown]
# ## 06.7 · Softmax (3 points)
#
# $$P_{ic} = \frac{e^{Z_{ic}}}{\sum_d e^{Z_{id}}} \qquad
# \frac{\partial P_{ic}}{\partial Z_{id}} = P_{ic} \left( [c = d] - P_{id} \right)$$
#
# where $[c = d]$ is 1 if $c$ and $d$ are the same class, and 0 if not. Softmax is different from all the others:
# a score moves *every* probability of its row, because they share one sum. So the slope of a row is a square,
# with $c$ down and $d$ across. One square for each example makes a tensor of three axes.


# %%
def softmax(Z: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the softmax of every row, and its slopes.

    Entry `[i, c, d]` of the slopes is the derivative of probability `[i, c]` by score `[i, d]`. Both are finite for
    every `z`, -1000 and 1000 included, and have the dtype of `Z`.

    Example:

    >>> P, slope = softmax(tf.constant([[1000.0, 1000.0]]))
    >>> P.numpy().tolist(), slope.numpy().tolist()
    ([[0.5, 0.5]], [[[0.25, -0.25], [-0.25, 0.25]]])

    Args:
        Z: Scores, tensor (M, k).

    Returns:
        `P` (M, k), the probabilities, and `slope` (M, k, k).
    """
    # BEGIN SOLUTION 06.7
    powers = tf.exp(Z - tf.reduce_max(Z, axis=1, keepdims=True))
    P = powers / tf.reduce_sum(powers, axis=1, keepdims=True)
    same = tf.eye(Z.shape[1], dtype=Z.dtype)
    return P, P[:, :, None] * (same - P[:, None, :])
    # END SOLUTION


# %% [markdown]
# **Pause.** Add up the slopes of one softmax row over $c$, down each column. What do you get, and why must it be so?
#
# <details><summary>Answer</summary>
#
# Zero. The probabilities of a row always add up to 1, whatever the scores are. So what one of them gains, the
# others lose.
#
# </details>

# %% [markdown]
# ## Your first picture
#
# Five panels, one for each activation: the curve, the slope that you wrote, and on top of it some dots. The dots
# do not come from your formula. They are a numeric derivative: nudge $z$ a little to both sides, and see how much
# the value moves.
#
# Every dot should sit on the dashed line. If the dots leave the line on one side of zero only, look at that side of
# your slope. If they leave it everywhere, you have the slope of another activation.


# %%
@picture
def show_slopes() -> str:
    import matplotlib.pyplot as plt

    activations = {
        "sigmoid": sigmoid,
        "tanh": tanh,
        "ReLU": relu,
        "leaky ReLU (0.1)": lambda Z: leaky_relu(Z, 0.1),
        "ELU (1)": lambda Z: elu(Z, 1.0),
    }
    Z = tf.linspace(tf.constant(-4.0, tf.float64), 4.0, 161)
    dots = Z[4::8]  # none of them is 0, where some have a corner
    step = 1e-5
    figure, panels = plt.subplots(1, 5, figsize=(12, 3), sharey=True)
    worst, told = 0.0, []
    for panel, (name, activation) in zip(panels, activations.items(), strict=True):
        H, slope = activation(Z)
        numeric = (activation(dots + step)[0] - activation(dots - step)[0]) / (2 * step)
        worst = max(worst, float(tf.reduce_max(tf.abs(numeric - activation(dots)[1]))))
        told.append(f"{name} {float(tf.reduce_max(slope)):.2f}")
        panel.plot(Z, H, label="value")
        panel.plot(Z, slope, "--", label="your slope")
        panel.plot(dots, numeric, "k.", label="numeric slope")
        panel.set(title=name, xlabel="z", ylim=(-1.2, 2.2))
        panel.grid(alpha=0.3)
    panels[0].legend(loc="upper left", fontsize=8)
    figure.tight_layout()
    return f"Largest slopes: {', '.join(told)}. Your slopes and the numeric ones differ by {worst:.0e} at most."


# %%
if __name__ == "__main__":
    show_slopes()

# %% [markdown]
# # Part 2: The weights that training starts from
#
# ## 06.8 · The table on the slide (3 points)
#
# A layer adds up $n$ products, `z = w1 x1 + … + wn xn`. If the weights are independent, with mean 0 and variance
# $v$, then the variance of `z` is $n v$ times that of `x`. For a signal that keeps its size we want $n v = 1$. For a
# gradient on its way back, through the $m$ units of the same layer, we want $m v = 1$. Glorot and Bengio settled
# in the middle. He and his colleagues looked at ReLU, which throws half of the signal away, and so they doubled it:
#
# $$v_{\text{Glorot}} = \frac{2}{n + m} \qquad v_{\text{He}} = \frac{2}{n}$$
#
# These are *variances*. The lecture on intuition has a table with the number by which each scheme scales a random
# number: the uniform one scales $\mathcal U[-1, 1]$, the other two scale $\mathcal N(0, 1)$.
#
# | scheme | scales | by, as on the slide |
# |---|---|---|
# | Glorot uniform | $\mathcal U[-1, 1]$ | $\sqrt{6 / (n + m)}$ |
# | Glorot normal | $\mathcal N(0, 1)$ | $2 / (n + m)$ |
# | He | $\mathcal N(0, 1)$ | $2 / n$ |
#
# The table has mistakes. A number shows them. Let $n = m = 100$. The variance of $\mathcal U[-1, 1]$ is $\frac13$, so
# Glorot uniform has variance $\frac13 \cdot \frac{6}{200} = 0.01$, and $n v = 1$: good. Do the same for the other
# two rows, and compare with the formulas above. By what factor does a signal shrink in one layer? In twenty?
#
# Then write the table as it should be.


# %%
def weight_scales(n: int, m: int) -> dict[str, float]:
    """Return the number by which each scheme scales its random numbers.

    As in the table above, with its mistakes put right. `"glorot_uniform"` scales numbers that are uniform in [-1, 1],
    `"glorot_normal"` and `"he_normal"` scale numbers of the standard normal distribution.

    Example:

    >>> {name: round(scale, 4) for name, scale in weight_scales(50, 100).items()}
    {'glorot_uniform': 0.2, 'glorot_normal': 0.1155, 'he_normal': 0.2}

    Args:
        n: Number of inputs of the layer.
        m: Number of its units.

    Returns:
        A dict of three numbers.
    """
    # BEGIN SOLUTION 06.8
    return {
        "glorot_uniform": math.sqrt(6 / (n + m)),
        "glorot_normal": math.sqrt(2 / (n + m)),
        "he_normal": math.sqrt(2 / n),
    }
    # END SOLUTION


# %% [markdown]
# ## 06.9 · Glorot uniform (2 points)
#
# This is what a Keras layer uses if you say nothing. Draw numbers that are uniform in $[-1, 1]$, and scale them.
#
# The seed decides the numbers, completely: the same seed gives the same weights, whatever was drawn before.
# `tf.random.stateless_uniform` and `tf.random.stateless_normal` work like that; they take a pair as their seed,
# such as `(seed, 0)`. Keras's own initialisers are refused in this part: they are what you are writing.


# %%
def glorot_uniform(n: int, m: int, seed: int) -> tf.Tensor:
    """Draw weights by the scheme of Glorot and Bengio, uniform.

    The entries are independent, and uniform between minus and plus the scale of 06.8. The same seed gives the same
    weights at every call, another seed gives others.

    Example:

    >>> W = glorot_uniform(4, 2, seed=0)
    >>> W.shape, bool(tf.reduce_all(tf.abs(W) <= 1))
    (TensorShape([4, 2]), True)

    Args:
        n: Number of inputs.
        m: Number of units.
        seed: Decides the numbers.

    Returns:
        Float32 tensor (n, m).
    """
    # BEGIN SOLUTION 06.9
    limit = weight_scales(n, m)["glorot_uniform"]
    return tf.random.stateless_uniform((n, m), (seed, 0), -limit, limit)
    # END SOLUTION


# %% [markdown]
# ## 06.10 · Glorot normal (2 points)
#
# The same variance, but from a normal distribution. Most weights are smaller than before, a few are much larger.


# %%
def glorot_normal(n: int, m: int, seed: int) -> tf.Tensor:
    """Draw weights by the scheme of Glorot and Bengio, normal.

    The entries are independent and normal, with mean 0; the scale of 06.8 is their standard deviation. The same
    seed gives the same weights at every call, another seed gives others.

    Example:

    >>> W = glorot_normal(50, 100, seed=0)
    >>> W.shape, round(float(tf.math.reduce_std(W)), 1)
    (TensorShape([50, 100]), 0.1)

    Args:
        n: Number of inputs.
        m: Number of units.
        seed: Decides the numbers.

    Returns:
        Float32 tensor (n, m).
    """
    # BEGIN SOLUTION 06.10
    return weight_scales(n, m)["glorot_normal"] * tf.random.stateless_normal((n, m), (seed, 0))
    # END SOLUTION


# %% [markdown]
# ## 06.11 · He normal (2 points)
#
# For ReLU. The number of units no longer matters: what counts is how many products each unit adds up.


# %%
def he_normal(n: int, m: int, seed: int) -> tf.Tensor:
    """Draw weights by the scheme of He and colleagues, normal.

    The entries are independent and normal, with mean 0; the scale of 06.8 is their standard deviation. The same
    seed gives the same weights at every call, another seed gives others.

    Example:

    >>> W = he_normal(50, 100, seed=0)
    >>> W.shape, round(float(tf.math.reduce_std(W)), 1)
    (TensorShape([50, 100]), 0.2)

    Args:
        n: Number of inputs.
        m: Number of units.
        seed: Decides the numbers.

    Returns:
        Float32 tensor (n, m).
    """
    # BEGIN SOLUTION 06.11
    return weight_scales(n, m)["he_normal"] * tf.random.stateless_normal((n, m), (seed, 0))
    # END SOLUTION


# %% [markdown]
# **Pause.** A layer has 784 inputs and 10 units. Which of the three schemes draws the largest weights?
#
# <details><summary>Answer</summary>
#
# Both Glorot schemes have a standard deviation of $\sqrt{2/794} \approx 0.0502$, He has $\sqrt{2/784} \approx 0.0505$.
# They are nearly the same, because He forgets the units and here there are few of them. With 10 inputs and 784
# units it is another story: 0.05 against 0.45.
#
# </details>

# %% [markdown]
# ## 06.12 · Orthogonal (3 points)
#
# So far a signal keeps its length on *average*. A matrix whose columns have length 1 and are at right angles to each
# other keeps it *exactly*: it only turns things. In a formula, for a matrix $Q$ with at least as many rows as
# columns, and with a gain $g$ that the weights are multiplied by in the end,
#
# $$W = g\,Q \qquad Q^\top Q = I$$
#
# If there are more columns than rows, they cannot all be at right angles. Then the rows are: $Q Q^\top = I$.
#
# Where does such a $Q$ come from? Take random numbers of a normal distribution and let `tf.linalg.qr` straighten
# them. It returns two matrices, $Q$ and $R$, and of a *tall* matrix it makes a $Q$ of the same shape. Think about what
# to do with a wide one.


# %%
def orthogonal(n: int, m: int, seed: int, gain: float = 1.0) -> tf.Tensor:
    """Draw weights with orthogonal columns, or orthogonal rows where there are more columns than rows.

    Each of these columns, or rows, has the length `gain`. The same seed gives the same weights at every call,
    another seed gives others.

    Example:

    >>> W = orthogonal(3, 2, seed=0, gain=2.0)
    >>> np.abs(np.round(tf.transpose(W) @ W, 4)).tolist()
    [[4.0, 0.0], [0.0, 4.0]]

    Args:
        n: Number of inputs.
        m: Number of units.
        seed: Decides the numbers.
        gain: The length, positive.

    Returns:
        Float32 tensor (n, m).
    """
    # BEGIN SOLUTION 06.12
    tall = tf.random.stateless_normal((max(n, m), min(n, m)), (seed, 0))
    Q, R = tf.linalg.qr(tall)
    # QR chooses the signs; random ones make every orthogonal matrix equally likely
    Q = Q * tf.sign(tf.linalg.diag_part(R))
    return gain * (Q if n >= m else tf.transpose(Q))
    # END SOLUTION


# %% [markdown]
# ## Your second picture
#
# On the left, the *singular values* of each kind of weights: by how much a layer of 100 units stretches or squeezes
# a signal, direction by direction. The orthogonal line should be flat, at exactly 1. The lines of both Glorot schemes
# run from about 2 down to nearly 0, that of He from about 2.8. So some directions get lost on the way.
#
# On the right, the size of a signal on its way through 20 layers without an activation: with your scales, and with
# those of the slide. Your line for Glorot stays near 1. If it falls like the slide's, a root is still missing. He
# climbs here, because there is no ReLU that takes half of the signal away.


# %%
@picture
def show_weights() -> str:
    import matplotlib.pyplot as plt

    n, depth = 100, 20
    kinds = {
        "Glorot uniform": (glorot_uniform, "-"),
        "Glorot normal": (glorot_normal, "--"),
        "He normal": (he_normal, "-."),
        "orthogonal": (orthogonal, ":"),
    }
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    for name, (draw, style) in kinds.items():
        left.plot(np.linalg.svd(draw(n, n, 0), compute_uv=False), style, label=name, linewidth=2)
    left.set(xlabel="direction", ylabel="stretched by", title=f"singular values, {n} × {n}")

    your = weight_scales(n, n)
    scales = {
        "your Glorot": (your["glorot_normal"], "o-"),
        "Glorot of the slide": (2 / (n + n), "o:"),
        "your He": (your["he_normal"], "s-"),
        "He of the slide": (2 / n, "s:"),
    }
    told = []
    for name, (scale, style) in scales.items():
        # float64, because float32 cannot hold the square of what the slide leaves of the signal
        signal = tf.random.stateless_normal((500, n), (1, 0), dtype=tf.float64)
        sizes = [float(tf.math.reduce_std(signal))]
        for layer in range(depth):
            signal = signal @ (scale * tf.random.stateless_normal((n, n), (2, layer), dtype=tf.float64))
            sizes.append(float(tf.math.reduce_std(signal)))
        told.append(f"{name} {sizes[-1]:.0e}")
        right.plot(sizes, style, label=name, markersize=4)
    right.set(yscale="log", xlabel="layer", ylabel="standard deviation", title="a signal through 20 linear layers")
    for panel in (left, right):
        panel.grid(alpha=0.3)
        panel.legend(fontsize=8)
    figure.tight_layout()
    return f"The signal begins at 1. After {depth} layers: {', '.join(told)}."


# %%
if __name__ == "__main__":
    show_weights()

# %% [markdown]
# # Part 3: Through the depth
#
# Now a real model. `deep_model` is given: it stacks `Dense` layers with an activation of your own, and fills in the
# weights that you drew. A Keras activation is any function of a tensor, so yours will do.


# %%
def deep_model(n: int, units: list[int], activation, draw) -> keras.Sequential:
    """Stack layers of the given units, with weights from `draw(inputs, units, seed)` and biases 0."""
    layers = [keras.layers.Dense(count, activation=activation) for count in units]
    model = keras.Sequential([keras.Input((n,)), *layers])
    for seed, layer in enumerate(layers):
        layer.kernel.assign(draw(*layer.kernel.shape, seed))
    return model


# %% [markdown]
# ## 06.13 · What each layer hands on (3 points)
#
# Call a model, and you get what its last layer says. To see what happens on the way, go through `model.layers` by
# hand: each layer is a function, and what one returns, the next one is given.
#
# For each depth, take all numbers of all examples and units together, and write down their mean and their standard
# deviation. Depth 0 is the data itself.


# %%
def activation_statistics(model: keras.Sequential, X: tf.Tensor) -> dict[str, list[float]]:
    """Return mean and standard deviation of what each layer hands on.

    Of all numbers of a layer together, over examples and units. The standard deviation divides by how many numbers
    there are. The first entry of each list is that of `X` itself, then comes one for each layer, in order.

    Example:

    >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "relu", kernel_initializer="ones")])
    >>> found = activation_statistics(model, tf.constant([[1.0, 3.0], [-1.0, -3.0]]))
    >>> {name: [round(value, 4) for value in values] for name, values in found.items()}
    {'mean': [0.0, 2.0], 'std': [2.2361, 2.0]}

    Args:
        model: A Sequential model of layers that have their weights.
        X: Examples, tensor (M, n).

    Returns:
        A dict with the lists `"mean"` and `"std"`, each of Python floats, one more than there are layers.
    """
    # BEGIN SOLUTION 06.13
    signals = [X]
    for layer in model.layers:
        signals.append(layer(signals[-1]))
    return {
        "mean": [float(tf.reduce_mean(H)) for H in signals],
        "std": [float(tf.math.reduce_std(H)) for H in signals],
    }
    # END SOLUTION


# %% [markdown]
# ## 06.14 · A start made to measure (4 points)
#
# Formulas know the number of inputs, and nothing of your data. *Layer-sequential unit variance*, LSUV for short,
# measures instead. It starts from weights that a model has, best orthogonal ones, and goes through the layers from
# the first to the last. For each:
#
# - set the bias to zero,
# - send the batch up to this layer and compute `Z`, what comes out *before* the activation,
# - divide the kernel by the standard deviation $s$ of all numbers in `Z`. Not by the variance: `Z` grows in
#   proportion to the weights.
#
# Only then go on to the next layer: what it is given depends on what you have just changed.
#
# `layer.kernel` and `layer.bias` are variables, with `assign`; `layer(H)` includes the activation.


# %%
def lsuv(model: keras.Sequential, batch: tf.Tensor) -> list[float]:
    """Scale the kernels of a model so that each layer's values before the activation have variance 1 on a batch.

    The model is changed in place, layer by layer from the first to the last: biases become 0, and each kernel is
    divided by the standard deviation of the layer's values before the activation, over examples and units together.

    Example:

    >>> layers = [keras.layers.Dense(2, "relu", kernel_initializer="ones") for _ in range(2)]
    >>> model = keras.Sequential([keras.Input((1,)), *layers])
    >>> lsuv(model, tf.constant([[3.0], [-3.0]]))
    [3.0, 1.0]
    >>> model.get_weights()[0].round(3)
    array([[0.333, 0.333]], dtype=float32)

    Args:
        model: A Sequential model of `Dense` layers, with their weights.
        batch: Examples, tensor (M, n).

    Returns:
        The standard deviations by which the kernels were divided, as Python floats, first layer first.
    """
    # BEGIN SOLUTION 06.14
    found = []
    H = batch
    for layer in model.layers:
        layer.bias.assign(tf.zeros_like(layer.bias))
        deviation = tf.math.reduce_std(H @ layer.kernel)
        layer.kernel.assign(layer.kernel / deviation)
        found.append(float(deviation))
        H = layer(H)
    return found
    # END SOLUTION


# %% [markdown]
# **Pause.** Why is one division for each layer enough? Why not measure again, and divide again?
#
# <details><summary>Answer</summary>
#
# With a bias of zero, `Z` is in proportion to the kernel. Half of the weights makes half of `Z`, and half of its
# standard deviation. So after the division it is 1 exactly, up to rounding. In a layer with dropout or batch
# normalisation inside, that would be different.
#
# </details>

# %% [markdown]
# ## Your third picture
#
# The heart of this assignment. Twenty layers of 100 units, five activations, five ways to start, and your
# `activation_statistics` of all of them: the size of the signal, layer by layer.
#
# What you should see: weights of size 0.01 lose the signal within a few layers, with every activation but the sigmoid.
# Glorot nearly holds tanh and loses ReLU; He holds ReLU. LSUV holds all of them, because it measures. If your line for
# LSUV drifts away, a layer was scaled before its inputs were final. The sigmoid looks calm, but do not trust it: what
# differs there is one unit from another, and each unit says nearly the same of every example.
#
# The sentence below the picture gives the last value of each line. A 0 there is a signal of about $10^{-20}$. For the
# standard deviation it is squared, and $10^{-40}$ is too small for float32. The picture ends at $10^{-8}$ already.


# %%
@picture
def show_depth() -> str:
    import matplotlib.pyplot as plt

    n, depth = 100, 20
    X = tf.random.stateless_normal((200, n), (3, 0))
    activations = {
        "sigmoid": lambda Z: sigmoid(Z)[0],
        "tanh": lambda Z: tanh(Z)[0],
        "ReLU": lambda Z: relu(Z)[0],
        "leaky ReLU (0.1)": lambda Z: leaky_relu(Z, 0.1)[0],
        "ELU (1)": lambda Z: elu(Z, 1.0)[0],
    }
    starts = {
        "normal (0.01)": (lambda n, m, seed: 0.01 * tf.random.stateless_normal((n, m), (seed, 0)), "x:"),
        "Glorot uniform": (glorot_uniform, "o-"),
        "He normal": (he_normal, "s--"),
        "orthogonal": (orthogonal, "^-."),
        "LSUV": (orthogonal, "D-"),
    }
    figure, panels = plt.subplots(1, 5, figsize=(14, 3.6), sharey=True)
    told = []
    for panel, (activation_name, activation) in zip(panels, activations.items(), strict=True):
        ends = []
        for name, (draw, style) in starts.items():
            model = deep_model(n, [n] * depth, activation, draw)
            if name == "LSUV":
                lsuv(model, X)
            std = activation_statistics(model, X)["std"]
            panel.plot(std, style, label=name, markersize=3, linewidth=1)
            ends.append(f"{name} {std[-1]:.1g}")
        panel.set(title=activation_name, xlabel="layer", yscale="log", ylim=(1e-8, 30))
        panel.grid(alpha=0.3)
        told.append(f"{activation_name}: {', '.join(ends)}")
    panels[0].set(ylabel="standard deviation")
    panels[0].legend(fontsize=8, loc="lower left")
    figure.tight_layout()
    return f"Standard deviation after {depth} layers. {'; '.join(told)}."


# %%
if __name__ == "__main__":
    show_depth()

# %% [markdown]
# # Part 4: Three bad starts
#
# The lecture's slide says it in three lines: zero is stuck at a saddle point, constants make the symmetry hard to
# break, and large random values mean small gradients. You will see all three in the gradients.
#
# ## 06.15 · The gradient of each kernel (3 points)
#
# The tape is welcome again. The loss is the squared error, summed over the $k$ outputs and averaged over the $M$
# examples:
#
# $$L = \frac{1}{M} \sum_{i=1}^{M} \sum_{c=1}^{k} \left( \hat Y_{ic} - Y_{ic} \right)^2$$


# %%
def kernel_gradients(model: keras.Sequential, X: tf.Tensor, Y: tf.Tensor) -> list[tf.Tensor]:
    """Return the gradient of the loss by each kernel of a model.

    The loss is the squared error, summed over outputs and averaged over examples. The model stays as it is.

    Example:

    >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer="ones")])
    >>> X, Y = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[2.0], [6.0]])
    >>> [gradient.numpy().tolist() for gradient in kernel_gradients(model, X, Y)]
    [[[4.0], [6.0]]]

    Args:
        model: A Sequential model of `Dense` layers, with their weights.
        X: Examples, tensor (M, n).
        Y: Targets, tensor (M, k).

    Returns:
        A list of tensors, each of the shape of its kernel, first layer first. Biases are left out.
    """
    # BEGIN SOLUTION 06.15
    kernels = [layer.kernel for layer in model.layers]
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum((model(X) - Y) ** 2) / len(X)
    return tape.gradient(loss, [kernel.value for kernel in kernels])
    # END SOLUTION


# %% [markdown]
# ## 06.16 · How many units are there really? (2 points)
#
# Two units of a layer with the same incoming weights compute the same thing. If they also get the same gradient,
# they stay the same for ever: a layer of 100 units that is worth one. Each unit is a *column* of the kernel. So count
# the columns that are different.


# %%
def different_units(W: tf.Tensor) -> int:
    """Count the columns of a matrix that are different from each other.

    Two columns are the same when none of their entries differ by more than 1e-5 times the largest absolute value in
    `W`: a computer rounds. A matrix of zeros has one.

    Example:

    >>> different_units(tf.constant([[1.0, 2.0, 1.0], [0.5, 0.5, 0.5]]))
    2

    Args:
        W: Weights, or their gradient, tensor (n, m).

    Returns:
        A whole number from 1 to m.
    """
    # BEGIN SOLUTION 06.16
    columns = np.asarray(W).T
    allowed = 1e-5 * np.max(np.abs(columns))
    kept: list[np.ndarray] = []
    for column in columns:
        if all(np.max(np.abs(column - other)) > allowed for other in kept):
            kept.append(column)
    return len(kept)
    # END SOLUTION


# %% [markdown]
# **Pause.** All weights of a network with tanh are zero, and all biases. Which kernels get a gradient that is not
# zero?
#
# <details><summary>Answer</summary>
#
# None. Every hidden value is tanh(0) = 0, so the last kernel gets nothing: its gradient is a product with these. And
# what goes back to the earlier layers is a product with the kernels behind them, which are zero. The gradient is zero
# and yet the loss is not at its minimum: a saddle point.
#
# </details>

# %% [markdown]
# ## Your fourth picture
#
# The 150 iris flowers, a network of three layers with tanh, and plain gradient descent with your `kernel_gradients`,
# from four starts. On the left the loss, on the right the number of different units in the first hidden layer.
#
# From zero the loss must not move at all. From equal weights it falls and then stops halfway, because the eight units
# stay one unit. From large weights the units differ, and yet there is almost no progress: the tanh is saturated, and
# its slope is close to 0. Only Glorot's start gets anywhere. If yours from zero learns, look into 06.15.


# %%
@picture
def show_starts() -> str:
    import matplotlib.pyplot as plt

    from tfkit import load_iris, standardize

    iris = load_iris()
    X, Y = tf.constant(standardize(iris.X)[0], tf.float32), tf.constant(iris.Y, tf.float32)
    starts = {
        "all zero": (lambda n, m, seed: tf.zeros((n, m)), "x-"),
        "all 0.3": (lambda n, m, seed: tf.fill((n, m), 0.3), "s--"),
        "normal (10)": (lambda n, m, seed: 10 * tf.random.stateless_normal((n, m), (seed, 0)), "^:"),
        "Glorot uniform": (glorot_uniform, "o-"),
    }
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    told = []
    for name, (draw, style) in starts.items():
        model = deep_model(4, [8, 8, 3], lambda Z: tanh(Z)[0], draw)
        losses, units = [], []
        for _ in range(150):
            losses.append(float(tf.reduce_sum((model(X) - Y) ** 2) / len(X)))
            units.append(different_units(model.layers[0].kernel.value))
            for layer, gradient in zip(model.layers, kernel_gradients(model, X, Y), strict=True):
                layer.kernel.assign_sub(0.1 * gradient)
        # lines that lie on top of each other have their marks in different places
        marks = (4 * len(told), 16)
        left.plot(losses, style, label=name, markevery=marks)
        right.plot(units, style, label=name, markevery=marks)
        told.append(f"{name}: loss {losses[0]:.2f} to {losses[-1]:.2f}, {units[-1]} of 8 units different")
    left.set(xlabel="step", ylabel="loss", title="the loss", yscale="log", ylim=(0.2, 40))
    right.set(xlabel="step", ylabel="different units", title="units of the first layer that differ", ylim=(0, 9))
    for panel, corner in ((left, "upper right"), (right, "center right")):
        panel.grid(alpha=0.3)
        panel.legend(fontsize=8, loc=corner)
    figure.tight_layout()
    return f"After 150 steps. {'; '.join(told)}."


# %%
if __name__ == "__main__":
    show_starts()
