# %% [markdown]
# # 07 · Losses and their slopes
#
# A loss says in one number how wrong a network is. Its slope says what the network is told to do about it.
# Two losses with the same minimum can teach very different things, and a loss that looks fine on paper can
# fall silent in a computer just when the network is most wrong.
#
# Here you write ten losses, a line or two each, and draw every one of them with its slope. After that you
# can look at a loss and say what it does to an outlier, to a certain mistake, to a rare label and to a
# small lesion.
#
# **Conventions.** Rows are examples: predictions and targets have the shape $(M, k)$, for $M$ examples and
# $k$ outputs. `Y_hat` is any number, `P` a probability, `Z` a score before the sigmoid or softmax (a
# *logit*). Masks have the shape $(M, h, w)$. A loss is **one number, of shape ()**: the sum over the
# outputs of an example, then the mean over the examples. The prediction is always the first argument.
#
# Every function follows the dtype of what it is given, float32 or float64. Use TensorFlow's operations only,
# so that a tape can follow you. Logarithms are natural.

# %%
import math
from collections.abc import Callable

import tensorflow as tf

from tfkit import picture
from dataclasses import dataclass
from typing import TypeAlias

Tensor: TypeAlias = tf.Tensor


@dataclass
class Overlap:
    """Sums of each image, so that loss and gradient share them."""

    top: Tensor
    bottom: Tensor

    @classmethod
    def of(cls, P: Tensor, Y: Tensor, s: float) -> "Overlap":
        pixels = tuple(range(1, P.shape.rank))
        return cls(
            2 * tf.reduce_sum(tf.multiply(P, Y), pixels, keepdims=True) + s,
            tf.reduce_sum(tf.add(P, Y), pixels, keepdims=True) + s,
        )


log_sigmoid = tf.math.log_sigmoid
print("module loaded")

# The distance from 1 to the next float32 number: 1 - EPSILON is a float32 as well, and not 1.
EPSILON = 2.0**-23

# %% [markdown]
# ## A · Numbers
#
# Three houses cost 12, 14 and 15. The network of the lecture says 11.5, 11.6 and 11.5.

# %% [markdown]
# ## 07.1 · Squared error (2 points)
#
# $$L = \frac{1}{M} \sum_{i=1}^{M} \sum_{j=1}^{k} \left(\hat Y_{ij} - Y_{ij}\right)^2$$
#
# The lecture finds 0.25, 5.76 and 12.25 for the three houses. Your number is their mean. With two outputs, such as
# price and rent, the squares of both are added up for each house, and divided by the number of houses alone.


# %%
def mse(Y_hat: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the squared error: the sum over the outputs, the mean over the examples.

    Example:

    >>> round(float(mse(tf.constant([[11.5], [11.6], [11.5]]), tf.constant([[12.0], [14.0], [15.0]]))), 3)
    6.087
    >>> float(mse(tf.constant([[1.0, 2.0], [0.0, 4.0]]), tf.zeros((2, 2))))  # (1 + 4 + 0 + 16) / 2
    10.5

    Args:
        Y_hat: Predictions, shape (M, k).
        Y: Targets, shape (M, k), of the same dtype.

    Returns:
        The loss, shape ().
    """
    return tf.reduce_mean(tf.reduce_sum((Y_hat - Y) ** 2, axis=1))


# %% [markdown]
# ## 07.2 · Absolute error (2 points)
#
# $$L = \frac{1}{M} \sum_{i=1}^{M} \sum_{j=1}^{k} \left|\hat Y_{ij} - Y_{ij}\right|$$
#
# The third house is seven times as far off as the first. In the squared error it weighs 49 times as much,
# here 7 times.


# %%
def mae(Y_hat: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the absolute error: the sum over the outputs, the mean over the examples.

    Example:

    >>> round(float(mae(tf.constant([[11.5], [11.6], [11.5]]), tf.constant([[12.0], [14.0], [15.0]]))), 3)
    2.133
    >>> float(mae(tf.constant([[1.0, 2.0], [0.0, 4.0]]), tf.zeros((2, 2))))  # (1 + 2 + 0 + 4) / 2
    3.5

    Args:
        Y_hat: Predictions, shape (M, k).
        Y: Targets, shape (M, k), of the same dtype.

    Returns:
        The loss, shape ().
    """
    return tf.reduce_mean(tf.reduce_sum(tf.abs(Y_hat - Y), axis=1))


# %% [markdown]
# ## 07.3 · The slope of any loss (4 points)
#
# This is the tool that draws every picture below: it takes a loss *as an argument*, and gives its value and
# its gradient with respect to the prediction,
#
# $$L = \text{loss}(A, \ldots), \qquad G_{ij} = \frac{\partial L}{\partial A_{ij}}.$$
#
# A `tf.GradientTape` watches variables by itself, but a prediction is a plain tensor: tell the tape to watch
# it.
#
# One trap. Ask a tape for the gradient of a *vector* of losses, and it gives the gradient of their sum,
# without a word. Run the cell: it gives 2 and 4, and the mean of the two losses has slopes half as large. So
# look at the shape of the loss first, and refuse what is not one number. One number has `value.shape == ()`.
# A vector with one entry, of shape $(1,)$, is a vector: refuse it as well.

# %%
w = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    one_loss_each = w**2
tape.gradient(one_loss_each, w)


# %%
def value_and_gradient(
    loss: Callable[..., tf.Tensor], prediction: tf.Tensor, *others: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Return a loss and its gradient with respect to the prediction.

    Calls `loss(prediction, *others)`, whatever `loss` is and however many `others` there are.

    Example:

    >>> value, slope = value_and_gradient(tf.nn.l2_loss, tf.constant([[3.0, -1.0]]))
    >>> float(value), slope.numpy().tolist()
    (5.0, [[3.0, -1.0]])

    Args:
        loss: A function of the prediction and what else it needs; gives one number.
        prediction: Where the slope is wanted, a tensor of any shape.
        *others: The other arguments of the loss, such as targets.

    Returns:
        The loss, shape (), and the gradient, of the shape and dtype of `prediction`.

    Raises:
        ValueError: When the loss is not one number of shape (), but for instance one for each example, even of a
            single example.
    """
    with tf.GradientTape() as tape:
        tape.watch(prediction)
        value = loss(prediction, *others)
        if tf.rank(value) != 0:
            raise ValueError(f"expected one number but got {tf.shape(value).numpy()}")
    (gradient,) = tape.gradient(value, [prediction])
    return value, gradient


# %% [markdown]
# ## The picture of section A
#
# Both errors of one house that costs 15, over what the network says, and below them their slopes. The slope
# is what the network hears. That of the squared error grows with the distance: one outlier can drown
# everybody else. That of the absolute error is always 1 or −1: it does not care how far off you are, not even
# when you are nearly there.
#
# A wrong picture: lower curves that are not zero where the upper ones have their minimum, at 15.


# %%
def around_corner(points: list[float], corner: float) -> list[float]:
    """Return points with two more of them close to a corner, so that a slope that jumps there is drawn as a jump."""
    return sorted([*points, corner - 1e-4, corner + 1e-4])


def curve(loss: Callable[..., tf.Tensor], points: list[float], *others: tf.Tensor) -> tuple[list[float], list[float]]:
    """Return a loss and its slope at each point, for one example with one output."""
    found = [value_and_gradient(loss, tf.constant([[point]], tf.float32), *others) for point in points]
    return [float(value) for value, _ in found], [float(slope[0, 0]) for _, slope in found]


def draw(axes, points, curves, *, slopes) -> None:
    """Draw losses, or their slopes, in lines that differ in style as well as in colour."""
    styles = ["-", "--", ":", "-."]
    for (name, found), style in zip(curves.items(), styles, strict=False):
        axes.plot(points, found[1 if slopes else 0], style, label=name, linewidth=2)
    axes.axhline(0, color="grey", linewidth=0.8)
    axes.set_ylabel("slope" if slopes else "loss")
    axes.grid(alpha=0.3)
    axes.legend()


@picture
def show_errors() -> str:
    """Draw the squared and the absolute error of one house, with their slopes."""
    import matplotlib.pyplot as plt

    points = around_corner([10 + step / 10 for step in range(101)], 15.0)
    price = tf.constant([[15.0]])
    curves = {"squared error": curve(mse, points, price), "absolute error": curve(mae, points, price)}
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(6, 5), sharex=True)
    draw(upper, points, curves, slopes=False)
    draw(lower, points, curves, slopes=True)
    upper.set_title("A house that costs 15")
    lower.set_xlabel("what the network says")
    figure.tight_layout()
    at = points.index(11.5)
    squared, absolute = curves.values()
    return (
        f"At 11.5 the squared error is {squared[0][at]:.2f} with slope {squared[1][at]:.1f}, "
        f"the absolute error {absolute[0][at]:.2f} with slope {absolute[1][at]:.1f}."
    )


# %%
if __name__ == "__main__":
    show_errors()

# %% [markdown]
# **Pause.** You train with one house that was sold for 10 times too much by a slip of the keyboard. Which of
# the two losses lets it pull harder, and by how much?
#
# <details><summary>Answer</summary>
#
# The squared error: its slope is twice the distance, so the pull grows with the slip. The absolute error
# pulls with 1, as for every other house. That is why people take it where targets hold outliers.
#
# </details>

# %% [markdown]
# ## B · Yes or no
#
# Is it a lesion or not? The network says a probability $p$; the label $y$ is 0 or 1. There may be several
# such questions about one image: then $k$ is their number, and each has its own column.

# %% [markdown]
# ## 07.4 · Cross-entropy of probabilities (3 points)
#
# $$L = -\frac{1}{M} \sum_{i=1}^{M} \sum_{j=1}^{k} \Big( Y_{ij} \ln P_{ij} + (1 - Y_{ij}) \ln (1 - P_{ij}) \Big)$$
#
# The lecture has $p = 0.7207$ for a case with $y = 1$, which costs 0.327, and $p = 0.7152$ for one with $y
# = 0$, which costs 1.256. As two cases they cost 0.792, their mean. As two answers about one case they cost 1.584,
# their sum.
#
# A float32 probability can be exactly 0 or 1, and $\ln 0$ is minus infinity. Where what stands under a
# logarithm is smaller than `EPSILON`, put `EPSILON` in its place, each by itself. The worst answer then costs 15.94
# and not infinity.


# %%
def binary_cross_entropy(P: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the cross-entropy of probabilities: the sum over the outputs, the mean over the examples.

    Neither logarithm is ever taken of less than `EPSILON`: the loss is finite where `P` is exactly 0 or 1.

    Example:

    >>> round(float(binary_cross_entropy(tf.constant([[0.7207], [0.7152]]), tf.constant([[1.0], [0.0]]))), 3)
    0.792
    >>> round(float(binary_cross_entropy(tf.constant([[0.7207, 0.7152]]), tf.constant([[1.0, 0.0]]))), 3)
    1.584

    Args:
        P: Probabilities of a yes, shape (M, k).
        Y: Labels 0 and 1, shape (M, k), of the same dtype.

    Returns:
        The loss, shape ().
    """
    yes = tf.math.log(tf.maximum(P, EPSILON))
    no = tf.math.log(tf.maximum(1 - P, EPSILON))
    return -tf.reduce_mean(tf.reduce_sum(Y * yes + (1 - Y) * no, axis=1))


# %% [markdown]
# ## 07.5 · Cross-entropy of logits (5 points)
#
# The limit keeps the loss finite, and costs the slope: below `EPSILON` nothing changes any more, so the tape
# gives 0. A network that is *certain and wrong* is told nothing. Without the limit it is
# worse: run the cell. Right would be a loss of 200 and a slope of -1.

# %%
z = tf.Variable(-200.0)
with tf.GradientTape() as tape:
    naive = -tf.math.log(tf.sigmoid(z))
dict(loss=naive.numpy(), slope=tape.gradient(naive, z).numpy())

# %% [markdown]
# The way out is not to make probabilities at all. With $p = \sigma(z)$ and
#
# $$\text{softplus}(z) = \ln(1 + e^{z}), \qquad \ln \sigma(z) = -\text{softplus}(-z), \qquad
# \ln (1 - \sigma(z)) = -\text{softplus}(z)$$
#
# the same loss is made of softplus alone. `tf.nn.softplus` knows that $e^{1000}$ is too large and takes
# another way there.
#
# If you write softplus yourself, as $\max(z, 0) + \ln(1 + e^{-|z|})$, think of one place: a network whose
# last layer begins with zeros begins at exactly $z = 0$. There max and abs have corners, and a tape has to
# choose a side. The true slope is $\sigma(0) - y$.


# %%
def binary_cross_entropy_from_logits(Z: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the cross-entropy of the sigmoids of logits: the sum over the outputs, the mean over the examples.

    The loss and its gradient by a tape are right for logits of 1000 and -1000, and for a logit of exactly 0.

    Example:

    >>> value, slope = value_and_gradient(
    ...     binary_cross_entropy_from_logits, tf.constant([[-1000.0], [0.0]]), tf.constant([[1.0], [1.0]])
    ... )
    >>> round(float(value), 3), slope.numpy().tolist()
    (500.347, [[-0.5], [-0.25]])

    Args:
        Z: Logits, shape (M, k).
        Y: Labels 0 and 1, shape (M, k), of the same dtype.

    Returns:
        The loss, shape ().
    """
    """Return the cross-entropy of the sigmoids of logits."""
    return -tf.reduce_sum(Y * log_sigmoid(Z) + (1 - Y) * log_sigmoid(-Z)) / tf.cast(tf.shape(Z)[0], Z.dtype)


# %% [markdown]
# ## 07.6 · Rare labels count more (3 points)
#
# A network for chest X-rays (CheXNet) answers 14 questions about each image, and most answers are no. So each
# label $j$ gets two weights, $w^+_j$ for a yes and $w^-_j$ for a no:
#
# $$L = -\frac{1}{M} \sum_{i=1}^{M} \sum_{j=1}^{k} \Big( w^+_j \, Y_{ij} \ln \sigma(Z_{ij})
# \quad + w^-_j \, (1 - Y_{ij}) \ln (1 - \sigma(Z_{ij})) \Big)$$
#
# Still the sum over all labels and the mean over all examples: the weights do not change what you divide by.


# %%
def weighted_binary_cross_entropy(Z: tf.Tensor, Y: tf.Tensor, positive: tf.Tensor, negative: tf.Tensor) -> tf.Tensor:
    """Return the cross-entropy of logits with two weights for each label.

    Each label has its own pair of weights. With all weights 1 it is `binary_cross_entropy_from_logits`, and the
    loss and its gradient are as right for logits of 1000 and -1000.

    Example:

    >>> Z, Y = tf.constant([[0.0, 0.0]]), tf.constant([[1.0, 0.0]])
    >>> round(float(weighted_binary_cross_entropy(Z, Y, tf.constant([0.9, 0.8]), tf.constant([0.1, 0.2]))), 4)
    0.7625

    Args:
        Z: Logits, shape (M, k).
        Y: Labels 0 and 1, shape (M, k), of the same dtype.
        positive: Weight of a yes for each label, shape (k,).
        negative: Weight of a no for each label, shape (k,).

    Returns:
        The loss, shape ().
    """
    cost_yes = tf.einsum("j,ij,ij->i", positive, Y, tf.nn.softplus(-Z))
    cost_no = tf.einsum("j,ij,ij->i", negative, 1 - Y, tf.nn.softplus(Z))
    return tf.reduce_mean(cost_yes + cost_no)


# %% [markdown]
# ## The picture of section B
#
# One case with $y = 1$, over its logit. Dashed: the sigmoid first, then 07.4. Solid: 07.5. In the middle
# they are one curve. On the left, where the network is certain and wrong, the dashed loss stops rising, and
# its slope falls to 0.
#
# A wrong picture: a solid curve with gaps (NaN), or one whose slope does not stay at −1 on the left.


# %%
@picture
def show_logits() -> str:
    """Draw the cross-entropy of one case with y = 1, from probabilities and from logits."""
    import matplotlib.pyplot as plt

    points = [-30 + step / 2 for step in range(91)]
    yes = tf.constant([[1.0]])
    weights = tf.constant([3.0]), tf.constant([1.0])
    curves = {
        "from logits": curve(binary_cross_entropy_from_logits, points, yes),
        "sigmoid first": curve(lambda Z, Y: binary_cross_entropy(tf.sigmoid(Z), Y), points, yes),
        "from logits, a yes counts 3": curve(weighted_binary_cross_entropy, points, yes, *weights),
    }
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(6, 5), sharex=True)
    draw(upper, points, curves, slopes=False)
    draw(lower, points, curves, slopes=True)
    upper.set(title="A case with y = 1", ylim=(-2, 60))
    lower.set_xlabel("logit z")
    figure.tight_layout()
    at = points.index(-25.0)
    logits, sigmoid, _ = curves.values()
    return (
        f"At z = -25 the loss from logits is {logits[0][at]:.2f} with slope {logits[1][at]:.2f}; with the sigmoid "
        f"first it is {sigmoid[0][at]:.2f} with slope {sigmoid[1][at]:.2f}."
    )


# %%
if __name__ == "__main__":
    show_logits()

# %% [markdown]
# **Pause.** With 14 labels, `keras.losses.BinaryCrossentropy` takes the mean over the labels, you take the sum.
# Your colleague's learning rate was 0.14. Which one gives you the same steps of plain gradient descent?
#
# <details><summary>Answer</summary>
#
# 0.01. Your loss is 14 times as large, and so is its gradient.
#
# </details>

# %% [markdown]
# ## C · One of many
#
# An apple, a banana or an orange: exactly one of $k$ classes is right. The network gives $k$ logits, and
# softmax makes probabilities of them.

# %% [markdown]
# ## 07.7 · Cross-entropy of logits, many classes (4 points)
#
# $$L = -\frac{1}{M} \sum_{i=1}^{M} \sum_{c=1}^{k} Y_{ic} \ln \text{softmax}(Z_i)_c, \qquad
# \ln \text{softmax}(Z_i)_c = Z_{ic} - \ln \sum_{d=1}^{k} e^{Z_{id}}$$
#
# `Y` is one-hot. Again the logarithm comes first and the probability never: `tf.reduce_logsumexp` does the
# second term, whatever the size of the logits. (There is `tf.nn.log_softmax`, too.)
#
# The lecture's logits 0.13, 0.33 and 0.89 give probabilities of about 0.23, 0.28 and 0.49. It prints a loss
# of 1.2729 for the second class, which is the logarithm of the rounded 0.28. Yours is not rounded on the
# way.


# %%
def categorical_cross_entropy(Z: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the cross-entropy of the softmax of logits, averaged over the examples.

    The loss and its gradient by a tape are right for logits of 1000 and -1000.

    Example:

    >>> round(float(categorical_cross_entropy(tf.constant([[0.13, 0.33, 0.89]]), tf.constant([[0.0, 1.0, 0.0]]))), 4)
    1.2724

    Args:
        Z: Logits, shape (M, k).
        Y: One-hot labels, shape (M, k), of the same dtype.

    Returns:
        The loss, shape ().
    """
    log_p = Z - tf.reduce_logsumexp(Z, axis=1, keepdims=True)
    return -tf.reduce_mean(tf.reduce_sum(Y * log_p, axis=1))


# %% [markdown]
# ## 07.8 · The same for class numbers (3 points)
#
# One-hot rows are mostly zeros. Often a label is just the number $c_i$ of the right class, and the sum has
# one term:
#
# $$L = -\frac{1}{M} \sum_{i=1}^{M} \ln \text{softmax}(Z_i)_{c_i}$$
#
# Either make one-hot rows of the numbers, or pick one entry of each row: `tf.gather` with `batch_dims=1`
# does that.


# %%
def sparse_categorical_cross_entropy(Z: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """Return the cross-entropy of the softmax of logits for class numbers, averaged over the examples.

    The loss and its gradient by a tape are those of `categorical_cross_entropy` with the same labels as one-hot
    rows.

    Example:

    >>> Z = tf.constant([[0.13, 0.33, 0.89], [0.32, 0.29, 0.85]])
    >>> round(float(sparse_categorical_cross_entropy(Z, tf.constant([1, 2]))), 4)
    1.0212

    Args:
        Z: Logits, shape (M, k).
        labels: Numbers of the right classes, from 0 to k - 1, int32 or int64, shape (M,).

    Returns:
        The loss, shape ().
    """
    log_p = Z - tf.reduce_logsumexp(Z, axis=1, keepdims=True)
    return -tf.reduce_mean(tf.gather(log_p, labels, batch_dims=1))


# %% [markdown]
# ## 07.9 · Which logarithm was it? (2 points)
#
# One slide of the lecture says that a true class with probability 0.77 costs $-\log(0.77) = 0.1135$.
# Another says $-\log(0.15) = 0.82$. The 0.327 of 07.4 came from a third. They cannot all be the same
# logarithm. If
#
# $$L = -\log_b(p) = -\frac{\ln p}{\ln b}$$
#
# then $p$ and $L$ together tell the base $b$. Solve for it: $b = \ldots$ The picture below then shows which slide took
# the natural logarithm, and which took another one.


# %%
def logarithm_base(probability: float, loss: float) -> float:
    """Return the base of the logarithm with which a probability costs a loss.

    Example:

    >>> round(logarithm_base(0.5, 1.0), 6), round(logarithm_base(0.7207, 0.3275), 1)
    (2.0, 2.7)

    Args:
        probability: The probability of the true class, above 0 and below 1.
        loss: Minus its logarithm, above 0.

    Returns:
        The base, a Python float.
    """
    b: float = math.e ** (math.log(1 / probability) / loss)
    return b


# %%
@picture
def show_bases() -> str:
    """Draw which logarithm each slide took."""
    import matplotlib.pyplot as plt

    figures = ((0.7207, 0.327), (0.77, 0.1135), (0.15, 0.82))
    bases = [logarithm_base(p, printed) for p, printed in figures]
    figure, axes = plt.subplots(figsize=(6, 2.6))
    bars = axes.barh([f"{printed} for p = {p}" for p, printed in figures], bases, color="lightsteelblue")
    axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.axvline(math.e, linestyle="--", color="black", label="e")
    axes.axvline(10, linestyle=":", color="black", label="10")
    axes.set(xlabel="base of the logarithm", xlim=(0, 13.5), title="The logarithms of three slides")
    axes.invert_yaxis()
    axes.legend(loc="upper right")
    figure.tight_layout()
    told = (f"a loss of {printed} for p = {p}: base {b:.2f}" for (p, printed), b in zip(figures, bases, strict=True))
    return "; ".join(told) + "."


# %%
if __name__ == "__main__":
    show_bases()

# %% [markdown]
# ## 07.10 · Put the slide right (3 points)
#
# The lecture's code for many classes, with `forward` for its `forward_propagation`:
#
# ```python
# def compute_loss(X, Y):
#     N = len(X)
#     loss = 0
#     for x, y in zip(X, Y):
#         fx = forward(X)
#         for i in range(len(y)):
#             loss += -(1 / N) * (y[i]) * np.log(1 - fx[i])
#     return loss
# ```
#
# Two things are wrong. It asks the network about all of `X` for each example, so `fx[i]` is not what it
# looks like. And look at what stands under the logarithm: for the lecture's $(0.77, 0.23)$ and the first
# class it gives $-\ln(0.23) = 1.47$, so a network that is *sure of the right class* pays most. Write what
# was meant, for probabilities that are given:
#
# $$L = -\frac{1}{M} \sum_{i=1}^{M} \sum_{c=1}^{k} Y_{ic} \ln P_{ic}$$
#
# with the limit of 07.4 under the logarithm.


# %%
def slide_cross_entropy(P: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the loss that the slide meant: the cross-entropy of given probabilities, averaged over the examples.

    The logarithm is natural, and never taken of less than `EPSILON`.

    Example:

    >>> round(float(slide_cross_entropy(tf.constant([[0.77, 0.23]]), tf.constant([[1.0, 0.0]]))), 4)
    0.2614

    Args:
        P: Probabilities of the classes, shape (M, k).
        Y: One-hot labels, shape (M, k), of the same dtype.

    Returns:
        The loss, shape ().
    """
    return -tf.reduce_mean(tf.reduce_sum(Y * tf.math.log(tf.maximum(P, EPSILON)), axis=1))


# %% [markdown]
# ## The picture of section C
#
# The probability that the network gives to the true class, and what that costs. The markers are the
# lecture's own figures. Two of them lie on your curve, two lie on the dashed one: that is the logarithm of
# base 10. The dotted curve is the slide's code.
#
# A wrong picture: a solid curve that rises, or one that misses the two round markers.


# %%
@picture
def show_slides() -> str:
    """Draw the cross-entropy over the probability of the true class, and the lecture's figures."""
    import matplotlib.pyplot as plt

    points = [step / 100 for step in range(1, 100)]
    first = tf.constant([[1.0, 0.0]])
    costs = [float(slide_cross_entropy(tf.constant([[p, 1 - p]]), first)) for p in points]
    figure, axes = plt.subplots(figsize=(6, 4))
    axes.plot(points, costs, "-", label="yours: natural", linewidth=2)
    axes.plot(points, [cost / math.log(10) for cost in costs], "--", label="base 10")
    axes.plot(points, costs[::-1], ":", label="the slide's code: log(1 - f)")
    figures = {(0.7207, 0.327): "o", (0.28, 1.2729): "o", (0.77, 0.1135): "s", (0.15, 0.82): "s"}
    for (p, printed), marker in figures.items():
        axes.plot(p, printed, marker, color="black")
        axes.annotate(f"base {logarithm_base(p, printed):.1f}", (p, printed), (6, 6), textcoords="offset points")
    axes.set(xlabel="probability of the true class", ylabel="loss", title="What the slides printed", ylim=(-0.1, 4))
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    bases = ", ".join(f"{logarithm_base(p, printed):.1f}" for p, printed in figures)
    return f"A true class with probability 0.77 costs {costs[76]:.4f}. The bases of the four figures are {bases}."


# %%
if __name__ == "__main__":
    show_slides()

# %% [markdown]
# **Pause.** A network that knows nothing gives each of 10 classes the same probability. What should its loss be
# before the first step?
#
# <details><summary>Answer</summary>
#
# $\ln 10 = 2.303$. If you see 1.0, somebody took base 10. If you see 0.23, somebody took the mean over the
# classes.
#
# </details>

# %% [markdown]
# ## D · Masks
#
# Now every pixel is a question: does it belong to the lesion? About 8 of 100 pixels do. A mask of zeros is
# right about all the others, so counting right pixels rewards a network for seeing nothing. The Dice loss
# looks at the overlap instead.

# %% [markdown]
# ## 07.11 · Dice loss (4 points)
#
# For one image with probabilities $p$ and mask $y$, let $I = \sum p\,y$ be the overlap and $S = \sum p +
# \sum y$ the two areas together, summed over its pixels. Then
#
# $$L_\text{image} = 1 - \frac{2I + s}{S + s}, \qquad L = \frac{1}{M} \sum_{i=1}^{M} L_{\text{image } i}$$
#
# Without $s$ an image without a lesion, in which you predict none, would be $0/0$. What should it cost? We
# agree: **an empty mask that is predicted empty costs 0**, and a pixel that is wrongly marked there costs
# something. The same $s$ above and below the line does both. (Keras adds it below alone. There, an empty
# image that is predicted empty costs 1: the network is punished for being right.)
#
# Each image counts the same, however large its lesion is.


# %%
def dice_loss(P: tf.Tensor, Y: tf.Tensor, smoothing: float = 1.0) -> tf.Tensor:
    """Return the Dice loss of masks: one number for each image, then the mean over the images.

    Probabilities are used as they are, not rounded. An empty mask that is predicted empty costs 0, and the gradient
    is finite there.

    Example:

    >>> P = tf.constant([[[0.9, 0.6, 0.2]], [[0.0, 0.0, 0.0]]])
    >>> Y = tf.constant([[[1.0, 1.0, 0.0]], [[0.0, 0.0, 0.0]]])
    >>> round(float(dice_loss(P, Y)), 4)
    0.0745

    Args:
        P: Probabilities that a pixel belongs to the lesion, shape (M, h, w).
        Y: Masks of 0 and 1, shape (M, h, w), of the same dtype.
        smoothing: The number s, above 0, in pixels.

    Returns:
        The loss, shape ().
    """
    o = Overlap.of(P, Y, smoothing)
    return tf.reduce_mean(1.0 - o.top / o.bottom)


# %% [markdown]
# ## 07.12 · Its gradient, by hand (3 points)
#
# The tape can differentiate your Dice loss. Do it once yourself, because the result is worth seeing. By the
# quotient rule, the slope at a pixel of an image is
#
# $$\frac{\partial L}{\partial p} = -\frac{1}{M} \cdot \frac{2y\,(S + s) - (2I + s)}{(S + s)^2}$$
#
# On the right only $y$ belongs to the pixel. So the gradient of an image has just *two* values: one for all
# pixels of the lesion, one for all others. No tape in this question.


# %%
def dice_gradient(P: tf.Tensor, Y: tf.Tensor, smoothing: float = 1.0) -> tf.Tensor:
    """Return the gradient of `dice_loss` by the probabilities, from its formula.

    Each image has its own sums.

    Example:

    >>> P, Y = tf.constant([[[0.5, 0.5]]]), tf.constant([[[1.0, 0.0]]])
    >>> [round(slope, 4) for slope in dice_gradient(P, Y)[0, 0].numpy().tolist()]
    [-0.4444, 0.2222]

    Args:
        P: Probabilities, shape (M, h, w).
        Y: Masks of 0 and 1, shape (M, h, w), of the same dtype.
        smoothing: The number s of `dice_loss`.

    Returns:
        The gradient, of the shape and dtype of `P`.
    """
    o = Overlap.of(P, Y, smoothing)
    return (o.top - 2 * Y * o.bottom) / tf.square(o.bottom) / len(P)


# %% [markdown]
# ## The picture of section D
#
# Four synthetic lesions (a program drew them; no image shows a patient). In each, the same network has
# found a larger or smaller part. Below: the gradient of your Dice loss, dark where it wants more, bright
# where it wants less. Look at the small lesion: its pixels are pulled much harder than those of the large
# one. That is what makes Dice fair to small lesions, and it is what cross-entropy does not do.
# Below the image without a lesion all is white: there every pixel wants less.
#
# A wrong picture: an empty image that costs 1, or a gradient with more than two shades in one image.


# %%
@picture
def show_masks() -> str:
    """Draw synthetic lesions, a prediction for each, and the gradient of the Dice loss."""
    import matplotlib.pyplot as plt
    import numpy as np

    from tfkit import make_lesions

    lesions = make_lesions(40, seed=7, size=32)
    areas = lesions.masks.sum(axis=(1, 2))
    order = np.argsort(areas)
    chosen = [int(order[0]), int(order[np.searchsorted(areas[order], 30)]), int(order[30]), int(order[-1])]
    # a prediction that has slipped: unsure of the lesion, and three pixels too far to the right
    P = tf.constant(np.roll(0.8 * lesions.masks[chosen], 3, axis=2), tf.float32)
    Y = tf.constant(lesions.masks[chosen], tf.float32)
    slopes = dice_gradient(P, Y).numpy() * len(chosen)
    costs = [float(dice_loss(P[place : place + 1], Y[place : place + 1])) for place in range(len(chosen))]
    figure, panels = plt.subplots(2, 4, figsize=(9, 5.4), layout="constrained")
    for place, number in enumerate(chosen):
        upper, lower = panels[:, place]
        upper.imshow(lesions.images[number], cmap="gray", vmin=0, vmax=1)
        if areas[number]:
            upper.contour(lesions.masks[number], [0.5], colors="white", linestyles="-")
            upper.contour(P[place], [0.4], colors="white", linestyles=":")
        upper.set_title(f"{int(areas[number])} pixels, loss {costs[place]:.2f}", fontsize=9)
        lower.imshow(slopes[place], cmap="gray", vmin=slopes.min(), vmax=-slopes.min())
        lower.set_title(f"slope {slopes[place].min():.4f} to {slopes[place].max():.4f}", fontsize=9)
    for axes in panels.flat:
        # the frame stays: one of the gradients is white all over
        axes.set(xticks=[], yticks=[])
    figure.suptitle(
        "Synthetic lesions. Above: mask solid, prediction dotted. Below: the gradient of the Dice loss", fontsize=11
    )
    described = "; ".join(f"{int(areas[n])} pixels, loss {cost:.2f}" for n, cost in zip(chosen, costs, strict=True))
    return f"The four masks from empty to largest: {described}."


# %%
if __name__ == "__main__":
    show_masks()

# %% [markdown]
# **Pause.** The gradient is largest for small lesions. So why not round $p$ to 0 or 1 before you compute the overlap,
# as one does when measuring Dice on a test set?
#
# <details><summary>Answer</summary>
#
# Rounding is flat almost everywhere. Its slope is 0, so the tape finds no gradient and the network learns
# nothing. Measure with rounded masks, train with probabilities.
#
# </details>

# %% [markdown]
# ## E · A price for large weights
#
# The last loss does not look at predictions at all. It asks the weights to be small.

# %% [markdown]
# ## 07.13 · Elastic net (2 points)
#
# With strength $\lambda$ and mix $\alpha$
# between 0 and 1,
#
# $$L = \lambda \sum_{W} \Big( \alpha \sum |W_{ij}| + \frac{1 - \alpha}{2} \sum W_{ij}^2 \Big)$$
#
# where $W$ goes through the weight matrices `W1`, `W2`, … Biases pay nothing: they do not make a network
# bend. Mix 1 is the L1 penalty, mix 0 the L2 penalty, whose $\frac12$ makes its slope plainly $\lambda W$.
# (The slide has a $\frac12$ at both, Keras at neither. Say which one you mean, or your $\lambda$ means
# something else.)


# %%
def elastic_net_penalty(params: dict[str, tf.Tensor], strength: float, mix: float) -> tf.Tensor:
    """Return the elastic-net penalty of all weight matrices: every entry whose name begins with `W`.

    Biases do not count. There is no mean: nothing is divided by the number of weights or of examples.

    Example:

    >>> params = {"W1": tf.constant([[1.0, -2.0]]), "b1": tf.constant([[9.0, 9.0]]), "W2": tf.constant([[3.0], [0.0]])}
    >>> float(elastic_net_penalty(params, 0.5, 1.0)), float(elastic_net_penalty(params, 0.5, 0.0))
    (3.0, 3.5)

    Args:
        params: Weight matrices by the names `W1`, `W2`, …, and biases by the names `b1`, `b2`, …, in any order.
        strength: λ, at least 0.
        mix: α, from 0 (L2 alone) to 1 (L1 alone).

    Returns:
        The penalty, shape ().
    """
    penalty = 0.0
    for number in range(1, len(params) + 1):
        W = params.get(f"W{number}")
        if W is not None:
            penalty = penalty + strength * mix * tf.reduce_sum(tf.sign(W) * W)
            penalty = penalty + strength * (1 - mix) * 0.5 * tf.reduce_sum(W * W)
    return penalty


# %% [markdown]
# ## The picture of section E, and of all
#
# First the penalty on one weight. L1 pulls with the same force however small the weight is, until it is 0;
# L2 pulls less and less. Then every loss that you have written, with its slope, on one page.
#
# A wrong picture: a slope that is not 0 at the minimum of its loss, or a jump where the loss has no corner.


# %%
@picture
def show_all() -> str:
    """Draw every loss and its slope over its argument."""
    import matplotlib.pyplot as plt
    import numpy as np

    yes, weights = tf.constant([[1.0]]), (tf.constant([3.0]), tf.constant([1.0]))
    masks = np.zeros((1, 8, 8), np.float32)
    masks[0, :2, :2] = 1

    def against_zero(Z: tf.Tensor) -> tf.Tensor:
        """Two classes, of which the second has logit 0."""
        return tf.concat([Z, tf.zeros_like(Z)], axis=1)

    losses = {
        "errors, y = 0": ((-3, 3), {"mse": (mse, 0 * yes), "mae": (mae, 0 * yes)}),
        "yes or no, p, y = 1": ((0.01, 0.99), {"probabilities": (binary_cross_entropy, yes)}),
        "yes or no, z, y = 1": (
            (-6, 6),
            {
                "logits": (binary_cross_entropy_from_logits, yes),
                "weighted": (weighted_binary_cross_entropy, yes, *weights),
            },
        ),
        "one of two, z, first class": (
            (-6, 6),
            {
                "one-hot": (lambda Z: categorical_cross_entropy(against_zero(Z), tf.constant([[1.0, 0.0]])),),
                "class number": (lambda Z: sparse_categorical_cross_entropy(against_zero(Z), tf.constant([0])),),
            },
        ),
        "Dice, all pixels of the mask p": (
            (0.01, 0.99),
            {
                "4 of 64 pixels": (lambda p: dice_loss(p * masks, tf.constant(masks)),),
                "empty mask": (lambda p: dice_loss(p * masks, tf.constant(0 * masks)),),
            },
        ),
        "elastic net, one weight": (
            (-3, 3),
            {f"mix {mix}": (lambda W, mix=mix: elastic_net_penalty({"W1": W}, 1.0, mix),) for mix in (0.0, 0.5, 1.0)},
        ),
    }
    figure, panels = plt.subplots(2, len(losses), figsize=(3 * len(losses), 5.4))
    told = []
    for column, (title, ((low, high), rows)) in enumerate(losses.items()):
        points = [float(point) for point in np.linspace(low, high, 61)]
        points = around_corner(points, 0.0) if low < 0 else points
        curves = {name: curve(loss, points, *others) for name, (loss, *others) in rows.items()}
        draw(panels[0, column], points, curves, slopes=False)
        draw(panels[1, column], points, curves, slopes=True)
        panels[0, column].set_title(title, fontsize=10)
        name, (_, slopes) = next(iter(curves.items()))
        told.append(f"{title}: the slope of {name} goes from {slopes[0]:.2f} to {slopes[-1]:.2f}")
    figure.tight_layout()
    return "; ".join(told) + "."


# %%
if __name__ == "__main__":
    show_all()

# %% [markdown]
# **Pause.** You add an L1 penalty and train until the slopes of loss and penalty cancel. Why do some weights end at
# exactly 0, and none with L2?
#
# <details><summary>Answer</summary>
#
# The slope of L1 stays $\lambda$ up to the corner at 0: a loss that pulls less than that cannot move the
# weight away. The slope of L2 is $\lambda W$. Near 0 it vanishes, so the slightest pull of the loss wins.
#
# </details>


# %%
if __name__ == "__main__":
    print("mine:", mse(tf.ones((2, 1)), tf.zeros((2, 1))))

# %%
history = []
weights = tf.Variable([[0.5]])
for step in range(50):
    value, slope = value_and_gradient(mse, weights * 2.0, tf.constant([[3.0]]))
    weights.assign_sub(0.05 * slope)
    history.append(float(value))
print(history[-1])
