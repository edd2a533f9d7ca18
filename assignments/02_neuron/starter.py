# %% [markdown]
# # 02 · One neuron
#
# At the end of this notebook, one neuron of your own tells malignant tumours from benign ones, and is right for
# about 96 of 100 patients whom it has never seen. You build it in small steps: a neuron that says yes or no, a
# neuron that says *probably*, and the rule by which a neuron learns from its mistakes.
#
# Each step is a short text and one function. Read the text, replace `raise NotImplementedError(...)` by your lines,
# and check. Most answers take one to five lines. When you are stuck, ask for a hint: it costs nothing.
#
# **Shapes.** Rows are examples. With $M$ examples and $n$ features:
#
# | name | what it is | shape |
# |---|---|---|
# | `X` | the features | $(M, n)$ |
# | `w` | one weight for each feature | $(n, 1)$ |
# | `b` | the bias | one number |
# | `Y`, `Y_hat` | what is true, and what the neuron says | $(M, 1)$ |
#
# - `Y` and `Y_hat` keep their second axis, although it has length 1. An array of shape $(M, 1)$ minus one of shape
#   $(M,)$ is an $(M, M)$ table of all pairs, and NumPy says nothing.
# - Any size may be 1: one example, one feature.
# - Arrays are float64. Leave the arrays that you are given as they are.
#
# **What green means.** Your function was right once in everything its docstring says. After you hand in, the same
# is asked with other sizes and values. How many points that is worth stands beside each question. A question that is
# green can still lose points there, but usually less than half.

# %%
import numpy as np

from tfkit import picture

# %% [markdown]
# # Part one: a neuron that says yes or no

# %% [markdown]
# ## 02.1 · The perceptron (2 points)
#
# A neuron multiplies each feature by a weight, adds the products up, and adds its bias. This sum is its *score*.
# The oldest kind of neuron, the perceptron, fires when the score is not negative:
#
# $$z = x_1 w_1 + \dots + x_n w_n + b, \qquad \hat y = 1 \text{ if } z \ge 0 \text{, else } 0$$
#
# For one example the sum is a product of a row and a column. For all rows of `X` at once it is the matrix product
# `X @ w`. A comparison such as `z >= 0` gives `True` and `False`; `.astype(float)` makes numbers of them.
#
# It works when the example in the docstring gives 1, 1 and 0. The second of its three scores is exactly 0.


# %%
def perceptron(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return 1 for each example on which the neuron fires, and 0 for each other one.

    A score of exactly 0 fires.

    Example:
        >>> X = np.array([[2.0, 1.0], [1.0, 2.0], [0.0, 5.0]])
        >>> perceptron(X, np.array([[1.0], [-1.0]]), 1.0).tolist()
        [[1.0], [1.0], [0.0]]

    Args:
        X: array (M, n).
        w: array (n, 1).
        b: one number.

    Returns:
        float64 array (M, 1) of zeros and ones.
    """
    raise NotImplementedError("02.1: perceptron")


# %% [markdown]
# ## 02.2 · AND and OR (3 points)
#
# Two inputs, each 0 or 1, have four corners: (0, 0), (0, 1), (1, 0) and (1, 1). AND is 1 at the last corner alone,
# OR everywhere but at the first.
#
# The points where the score is 0 form a straight line, and the neuron fires on one side of it. So look for a line
# that has the ones on one side and the zeros on the other. There are many: any of them will do, as long as it keeps
# away from the corners. A line that runs right through a corner changes its answer when an input is off by a hair.
#
# Put the four corners into `perceptron` with your weights, and see which ones fire.


# %%
def and_weights() -> tuple[np.ndarray, float]:
    """Return the weights and the bias of a perceptron that computes AND of two inputs.

    The answer stays the same when an input is off by up to 0.1, upward or downward.

    Example:
        >>> w, b = and_weights()
        >>> w.shape
        (2, 1)

    Returns:
        `w`, an array (2, 1), and `b`, one number.
    """
    raise NotImplementedError("02.2: and_weights")


# %%
def or_weights() -> tuple[np.ndarray, float]:
    """Return the weights and the bias of a perceptron that computes OR of two inputs.

    The answer stays the same when an input is off by up to 0.1, upward or downward.

    Example:
        >>> w, b = or_weights()
        >>> w.shape
        (2, 1)

    Returns:
        `w`, an array (2, 1), and `b`, one number.
    """
    raise NotImplementedError("02.2: or_weights")


# %% [markdown]
# ## 02.3 · XOR takes more than one (3 points)
#
# XOR is 1 when exactly one input is 1. Draw the four corners and try to find a line: there is none, so no single
# perceptron computes it. Three together can. Two of them look at the inputs, and the third looks at what those two
# say.
#
# "Exactly one" means "at least one, and not both". You have neurons for both halves already.


# %%
def xor(X: np.ndarray) -> np.ndarray:
    """Return XOR of the two inputs in each row, made of perceptrons.

    The answer stays the same when an input is off by up to 0.1, upward or downward.

    Example:
        >>> xor(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])).tolist()
        [[0.0], [1.0], [1.0], [0.0]]

    Args:
        X: array (M, 2), entries near 0 or near 1.

    Returns:
        float64 array (M, 1) of zeros and ones.
    """
    raise NotImplementedError("02.3: xor")


# %% [markdown]
# **Pause.** Your AND neuron and your OR neuron may have the same weights. What do they differ in then, and what
# does that do to the line?
#
# <details><summary>Answer</summary>
#
# In the bias alone. The weights set the direction of the line, and the bias moves it without turning it: the two
# lines are parallel.
#
# </details>

# %% [markdown]
# ### Your picture: three gates
#
# Your neurons colour the plane: hatched where they fire. AND cuts off one corner, OR cuts off the opposite one, and
# XOR is the stripe between two parallel lines (or between two that are not, if you chose other weights).
#
# What a wrong one looks like: a filled circle outside of the hatching, a cross inside of it, or a border that
# touches a corner.


# %%
@picture
def show_gates() -> str:
    """Draw where the neurons for AND, OR and XOR fire."""
    import matplotlib.pyplot as plt

    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    across, upward = np.meshgrid(np.linspace(-0.5, 1.5, 201), np.linspace(-0.5, 1.5, 201))
    plane = np.column_stack([across.ravel(), upward.ravel()])
    gates = {
        "AND": lambda X: perceptron(X, *and_weights()),
        "OR": lambda X: perceptron(X, *or_weights()),
        "XOR": xor,
    }
    fired = {}
    figure, panels = plt.subplots(1, 3, figsize=(9, 3.2))
    for axes, (name, gate) in zip(panels, gates.items(), strict=True):
        answers = gate(corners).ravel()
        fired[name] = int(answers.sum())
        axes.contourf(
            across,
            upward,
            gate(plane).reshape(across.shape),
            levels=[-0.5, 0.5, 1.5],
            colors=["white", "lightsteelblue"],
            hatches=["", "///"],
        )
        right = {"AND": corners.min(axis=1), "OR": corners.max(axis=1), "XOR": corners.sum(axis=1) % 2}[name] == 1
        axes.plot(*corners[right].T, "ko", markersize=9, label="should be 1")
        axes.plot(*corners[~right].T, "kx", markersize=9, markeredgewidth=2, label="should be 0")
        axes.set(title=name, xlabel="first input", ylabel="second input", aspect="equal")
    panels[0].legend(loc="lower left", fontsize=8)
    figure.tight_layout()
    counts = ", ".join(f"{name} at {count}" for name, count in fired.items())
    return f"Of the four corners your neurons fire {counts}. It should be AND at 1, OR at 3, XOR at 2."


# %%
if __name__ == "__main__":
    show_gates()

# %% [markdown]
# # Part two: a neuron that learns

# %% [markdown]
# ## 02.4 · The sigmoid (3 points)
#
# A perceptron jumps from 0 to 1. Where it does not jump it is flat, so a small change of a weight changes nothing,
# and nothing tells the weight which way to go. The sigmoid rises smoothly instead, and its value can be read as a
# probability:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}$$
#
# The two forms are equal on paper and different in a computer. Try `np.exp(1000.0)`: the first form overflows for
# very negative $z$, the second for very positive $z$. Each is safe on its own side of zero, where its exponential
# is at most 1. Both exponentials are $e^{-|z|}$ on their safe side. Mind that `np.where` computes both of its branches
# for every entry, and only then picks.
#
# It works when −1000, 0 and 1000 give 0, ½ and 1, and NumPy prints no warning.


# %%
def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return the sigmoid of each entry.

    The result is finite whatever the size of `z`, and NumPy gives no warning.
    Silencing the warning does not help: it counts as one.

    Example:
        >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
        [0.0, 0.5, 1.0]

    Args:
        z: array of any shape.

    Returns:
        Array of the shape of `z`, entries in [0, 1].
    """
    raise NotImplementedError("02.4: sigmoid")


# %% [markdown]
# ## 02.5 · How wrong is it? (2 points)
#
# Here is the smallest neuron that can learn: one feature, one weight, one bias. So `x` and `y` are plain lists of
# numbers, arrays of shape $(M,)$. The error adds up over the examples:
#
# $$E = \frac{1}{2} \sum_{i=1}^{M} \left(f_i - y_i\right)^2, \qquad f_i = \sigma(w x_i + b)$$
#
# It is 0 when the curve runs through every point, and the further the curve misses, the larger it is. The half in
# front is there to cancel a 2 later on. At the lecture's start, which the docstring has, the error is 0.4158.


# %%
def error(x: np.ndarray, y: np.ndarray, w: float, b: float) -> float:
    """Return the error of a neuron with one weight, added up over the examples.

    Example:
        >>> round(error(np.array([0.5, 2.5]), np.array([0.2, 0.9]), -2.0, -2.0), 4)
        0.4158

    Args:
        x: the feature, array (M,).
        y: what the neuron should say, array (M,).
        w: the weight, one number.
        b: the bias, one number.

    Returns:
        The error as a Python float.
    """
    raise NotImplementedError("02.5: error")


# %% [markdown]
# ## 02.6 · Which way is up? (4 points)
#
# How does the error change when `w` grows a little? Walk back from the error to the weight, one step at a time. The
# error changes with $f_i$ by $f_i - y_i$. The sigmoid changes with its score by $f_i (1 - f_i)$. The score changes
# with $w$ by $x_i$, and with $b$ by 1. The chain rule multiplies along the way, and the examples add up:
#
# $$\frac{\partial E}{\partial w} = \sum_{i=1}^{M} (f_i - y_i)\, f_i (1 - f_i)\, x_i \qquad
# \frac{\partial E}{\partial b} = \sum_{i=1}^{M} (f_i - y_i)\, f_i (1 - f_i)$$
#
# You return two numbers, and all of their work but one factor is the same. You can check them with a nudge: how much
# does `error` change when `w` grows by 0.00001? Divide that by 0.00001.


# %%
def error_gradients(x: np.ndarray, y: np.ndarray, w: float, b: float) -> dict[str, float]:
    """Return the derivatives of `error` with respect to the weight and the bias.

    Example:
        >>> found = error_gradients(np.array([0.5, 2.5]), np.array([0.2, 0.9]), -2.0, -2.0)
        >>> {name: round(value, 4) for name, value in found.items()}
        {'w': -0.0055, 'b': -0.0077}

    Args:
        x: the feature, array (M,).
        y: what the neuron should say, array (M,).
        w: the weight, one number.
        b: the bias, one number.

    Returns:
        Dict of `"w"` and `"b"`, each a Python float.
    """
    raise NotImplementedError("02.6: error_gradients")


# %% [markdown]
# ## 02.7 · Downhill (3 points)
#
# The derivatives point uphill, so take a step the other way, and again, and again. With a learning rate $\eta$:
#
# $$w \leftarrow w - \eta \frac{\partial E}{\partial w} \qquad b \leftarrow b - \eta \frac{\partial E}{\partial b}$$
#
# Both derivatives belong to the place where you stand *before* the step. If you move `w` first and ask for the
# derivative by `b` afterwards, you ask at another place.
#
# It works when the lecture's exercise ends at $w = 1.79$ and $b = -2.28$ after 1000 steps.


# %%
def descend(
    x: np.ndarray, y: np.ndarray, w: float, b: float, learning_rate: float, epochs: int
) -> tuple[float, float, list[float]]:
    """Train a neuron with one weight by gradient descent on `error`, all examples at each step.

    Example:
        >>> x, y = np.array([0.5, 2.5]), np.array([0.2, 0.9])
        >>> w, b, errors = descend(x, y, -2.0, -2.0, 1.0, 1000)
        >>> round(w, 2), round(b, 2), len(errors)
        (1.79, -2.28, 1000)

    Args:
        x: the feature, array (M,).
        y: what the neuron should say, array (M,).
        w: the weight to start from.
        b: the bias to start from.
        learning_rate: a step is this times the derivative.
        epochs: number of steps.

    Returns:
        The weight and the bias after the last step, two numbers, and `errors`, a list with the error after each step.
    """
    raise NotImplementedError("02.7: descend")


# %% [markdown]
# **Pause.** In the picture below, almost nothing happens for the first 50 steps, although the curve is as wrong as
# it will ever be. The score at $x = 2.5$ starts at $-7$. Why does the weight move so slowly there?
#
# <details><summary>Answer</summary>
#
# The slope has the factor $f(1 - f)$, and $\sigma(-7) = 0.0009$: the sigmoid is nearly flat that far out. The
# neuron is certain and wrong, and the squared error tells it almost nothing. Part three has a loss that does not go
# quiet there.
#
# </details>

# %% [markdown]
# ### Your picture: one weight learns
#
# The lecture's exercise: two points, a bad start at $w = b = -2$, 1000 steps with $\eta = 1$. On the left the curve
# before and after, on the right the error, step by step.
#
# What a wrong one looks like: a curve that misses the points, or an error that rises. With the wrong sign the curve
# sinks to 0 and stays there.


# %%
@picture
def show_one_weight() -> str:
    """Draw the lecture's exercise: the curve before and after training, and the error at each step."""
    import matplotlib.pyplot as plt

    x, y = np.array([0.5, 2.5]), np.array([0.2, 0.9])
    w, b, errors = descend(x, y, -2.0, -2.0, 1.0, 1000)
    line = np.linspace(-1, 4, 200)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4))
    left.plot(line, sigmoid(-2 * line - 2), "--", color="grey", label="at the start")
    left.plot(line, sigmoid(w * line + b), label="after 1000 steps")
    left.plot(x, y, "ko", label="the two points")
    left.set(xlabel="x", ylabel="what the neuron says", title="The curve", ylim=(-0.05, 1.05))
    left.legend()
    right.plot(range(1, 1001), errors)
    right.set(xlabel="step", ylabel="error", title="The error", yscale="log")
    figure.tight_layout()
    said = sigmoid(w * x + b)
    return (
        f"The weight goes from -2 to {w:.2f} and the bias from -2 to {b:.2f}. The neuron says {said[0]:.3f} where it "
        f"should say 0.2, and {said[1]:.3f} where it should say 0.9. The error is {errors[49]:.3f} after 50 steps, "
        f"{errors[99]:.3f} after 100 and {errors[-1]:.1g} after 1000."
    )


# %%
if __name__ == "__main__":
    show_one_weight()

# %% [markdown]
# # Part three: many features, and a better loss

# %% [markdown]
# ## 02.8 · What it says (2 points)
#
# Back to tables of many features. The score is the perceptron's, and the sigmoid makes a probability of it:
#
# $$\hat Y = \sigma(X w + b)$$
#
# For a tumour, $\hat Y$ is the probability that it is malignant. A score of 0 gives 0.5: the neuron cannot tell.


# %%
def predict_proba(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return the probability that the neuron gives to each example.

    Example:
        >>> predict_proba(np.array([[1.0, 1.0], [2.0, 0.0]]), np.array([[3.0], [1.0]]), -4.0).round(3).tolist()
        [[0.5], [0.881]]

    Args:
        X: array (M, n).
        w: array (n, 1).
        b: one number.

    Returns:
        Array (M, 1), entries in [0, 1].
    """
    raise NotImplementedError("02.8: predict_proba")


# %% [markdown]
# ## 02.9 · Binary cross-entropy (3 points)
#
# A good neuron gives a high probability to what is true: to 1 where $Y$ is 1, and to 0 where $Y$ is 0. The loss is
# minus the logarithm of that probability, averaged over the examples:
#
# $$L = -\frac{1}{M} \sum_{i=1}^{M} \Big( Y_i \ln \hat Y_i + (1 - Y_i) \ln (1 - \hat Y_i) \Big)$$
#
# For each example one of the two terms is 0 and the other one counts. Two of the lecture's examples: 0.7207 for a
# true 1 costs 0.3275, and 0.7152 for a true 0 costs 1.256. Being certain and wrong is expensive, and that is what
# was missing in part two.
#
# A probability can be exactly 0 in a computer, and its logarithm is minus infinity. So raise what is smaller than
# `tiny = np.finfo(float).tiny` (about $2 \cdot 10^{-308}$) to that number before you take the logarithm: $\hat Y$ in
# the one term, and $1 - \hat Y$ in the other. One `np.clip` of $\hat Y$ does not do for both: `1 - tiny` is exactly 1,
# and the other logarithm is infinite again.


# %%
def bce_loss(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    """Return the binary cross-entropy, averaged over the examples.

    Of `Y_hat` and of `1 - Y_hat`, what is below `np.finfo(float).tiny` is raised to it before the logarithm, and
    nothing else is changed. So the loss is finite when a prediction is certain and wrong, and NumPy gives no warning.
    Silencing the warning does not help: it counts as one.

    Example:
        >>> round(bce_loss(np.array([[0.7207]]), np.array([[1.0]])), 4)
        0.3275
        >>> round(bce_loss(np.array([[0.7152]]), np.array([[0.0]])), 4)
        1.256
        >>> round(bce_loss(np.array([[0.0], [1.0]]), np.array([[1.0], [1.0]])), 1)
        354.2

    Args:
        Y_hat: probabilities, array (M, 1).
        Y: what is true, array (M, 1) of zeros and ones.

    Returns:
        The loss, one number.
    """
    raise NotImplementedError("02.9: bce_loss")


# %% [markdown]
# ## 02.10 · Put the slides right (2 points)
#
# Slides have mistakes, too. One computes the loss in a loop that asks the network about all of `X` at each example.
# Another one gives $-\log(0.15) = 0.82$. Here are both mistakes in one function. Keep its loop, or write it shorter:
#
# ```python
# N = len(X)
# loss = 0
# for x, y in zip(X, Y):
#     fx = predict_proba(X, w, b)
#     if y == 0:
#         loss += -(1 / N) * np.log10(1 - fx)
#     else:
#         loss += -(1 / N) * np.log10(fx)
# return loss
# ```
#
# Take three patients, of whom only the first one is ill, and a neuron that gives them 0.15, 0.55 and 0.30. The loss
# should be one number, $-\frac{1}{3}(\ln 0.15 + \ln 0.45 + \ln 0.70) = 1.017$. The function returns three: 0.322,
# 0.318 and 0.278. Why three? And why are they all so small? Ask Python: what is `-np.log(0.15)`?


# %%
def slide_loss(X: np.ndarray, Y: np.ndarray, w: np.ndarray, b: float) -> float:
    """Return the loss that the slides meant to compute, the binary cross-entropy of the neuron.

    Example:
        >>> X = np.array([[-1.0], [0.0], [1.0]])
        >>> round(slide_loss(X, np.array([[0.0], [1.0], [1.0]]), np.array([[2.0]]), 0.0), 4)
        0.3157

    Args:
        X: array (M, n).
        Y: what is true, array (M, 1) of zeros and ones.
        w: array (n, 1).
        b: one number.

    Returns:
        The loss, one number.
    """
    raise NotImplementedError("02.10: slide_loss")


# %% [markdown]
# ## 02.11 · The gradient (5 points)
#
# Write $D_i$ for the derivative of the loss by the score of example $i$. The logarithm contributes $1 / \hat Y_i$
# or $-1 / (1 - \hat Y_i)$, the sigmoid $\hat Y_i (1 - \hat Y_i)$, and nearly everything cancels:
#
# $$D_i = \frac{1}{M} (\hat Y_i - Y_i)$$
#
# $$\frac{\partial L}{\partial w_j} = \sum_{i=1}^{M} X_{ij} D_i \qquad
# \frac{\partial L}{\partial b} = \sum_{i=1}^{M} D_i$$
#
# What is left is the mistake itself: there is no factor that goes quiet when the neuron is certain and wrong. A
# gradient has the shape of what it belongs to, so the one of `w` is $(n, 1)$. The sum over the examples is a matrix
# product again. Write down the two shapes, $(M, n)$ and $(M, 1)$, and see which one needs a transpose.
#
# The picture below tells you whether your gradient is right: it measures each derivative and compares.


# %%
def gradients(X: np.ndarray, Y: np.ndarray, w: np.ndarray, b: float) -> dict[str, np.ndarray | float]:
    """Return the derivatives of `bce_loss` with respect to the weights and the bias.

    No loop over the examples is needed.

    Example:
        >>> X, Y = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[1.0], [0.0]])
        >>> found = gradients(X, Y, np.zeros((2, 1)), 0.0)
        >>> found["w"].tolist(), found["b"]
        ([[-0.25], [0.5]], 0.0)

    Args:
        X: array (M, n).
        Y: what is true, array (M, 1) of zeros and ones.
        w: array (n, 1).
        b: one number.

    Returns:
        Dict of `"w"`, an array (n, 1), and `"b"`, one number.
    """
    raise NotImplementedError("02.11: gradients")


# %% [markdown]
# **Pause.** `X` is (455, 30) and `Y_hat - Y` is (455, 1). You write `Y_hat - Y.ravel()` by mistake. Which shape
# comes out, and which of the functions above would tell you?
#
# <details><summary>Answer</summary>
#
# (455, 455): each prediction minus each truth. No function complains, because every product and every sum still
# works. Only a shape that is not the one you expect gives it away, so look at shapes when a number is wrong.
#
# </details>

# %% [markdown]
# ### Your picture: is the gradient right?
#
# A derivative can be measured: nudge a weight a little in both directions, and see how the loss changes. Each point
# is one derivative, measured to the right and computed by you upward.
#
# What a wrong one looks like: points off the grey line. If your points form a steeper line, a factor is missing or
# there is one too many. If they form a line that falls, a sign is wrong.


# %%
@picture
def show_gradient_check(seed: int = 0) -> str:
    """Draw each derivative of a neuron: measured to the right, computed upward."""
    import matplotlib.pyplot as plt

    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(11, 7)), (rng.uniform(size=(11, 1)) < 0.4).astype(float)
    w, b, step = rng.normal(size=(7, 1)), 0.3, 1e-5

    def loss(w: np.ndarray, b: float) -> float:
        return bce_loss(predict_proba(X, w, b), Y)

    computed = gradients(X, Y, w, b)
    nudges = step * np.eye(7)[:, :, None]
    measured_w = np.array([(loss(w + nudge, b) - loss(w - nudge, b)) / (2 * step) for nudge in nudges])
    measured_b = (loss(w, b + step) - loss(w, b - step)) / (2 * step)
    gap = max(np.abs(computed["w"].ravel() - measured_w).max(), abs(computed["b"] - measured_b))

    ends = [min(*measured_w, measured_b), max(*measured_w, measured_b)]
    figure, axes = plt.subplots(figsize=(4.2, 4))
    axes.plot(ends, ends, color="grey", linewidth=1, label="where they agree")
    axes.plot(measured_w, computed["w"].ravel(), "o", label="by the 7 weights")
    axes.plot(measured_b, computed["b"], "s", label="by the bias")
    axes.set(xlabel="measured", ylabel="computed", title="Eight derivatives of the loss")
    axes.legend()
    figure.tight_layout()
    return f"The largest gap between a measured and a computed derivative is {gap:.1g}. It should be below 1e-8."


# %%
if __name__ == "__main__":
    show_gradient_check()

# %% [markdown]
# # Part four: real patients
#
# The data: 569 tumours of the breast, each with 30 measurements of its cells under the microscope. The neuron is to
# say which of them are malignant.
#
# **A trap.** In this course, the positive class is the one that you look for: 1 is malignant. In scikit-learn's
# copy of these data, label 0 is malignant and label 1 is benign. If you take those labels as they are, you get a
# neuron that finds healthy patients, and every later number that speaks of "positive" means the opposite. `tfkit`
# has one column for each class, and the first one is malignant: `data.Y[:, :1]` is 1 where the tumour is malignant.

# %% [markdown]
# ## 02.12 · One scale for all features (3 points)
#
# One of the 30 features runs from 185 to 4254 and another one from 0 to 0.43. No single learning rate suits both.
# So give each feature (each column) mean 0 and standard deviation 1:
#
# $$X_{ij} \leftarrow \frac{X_{ij} - \mu_j}{s_j}$$
#
# $\mu_j$ and $s_j$ come from the training examples alone, and the test examples are scaled by these same numbers. A
# test stands for patients who have not come yet: nothing may be learnt from them, not even a mean.
#
# It works when each training feature has mean 0 and deviation 1, and each test feature nearly so, but not exactly.


# %%
def standardize(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both arrays, each feature scaled by its mean and standard deviation on the training examples.

    The standard deviation is that of `np.std` with its defaults, and no small number is added to it. A feature that
    is the same for all training examples has a deviation of 0: it is divided by 1 instead, so it becomes 0 in training.

    Example:
        >>> train, test = standardize(np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([[4.0, 7.0]]))
        >>> train.tolist(), test.tolist()
        ([[-1.0, 0.0], [1.0, 0.0]], [[2.0, 2.0]])

    Args:
        train: training examples, array (M, n).
        test: test examples, array (any number, n).

    Returns:
        Two new arrays with the shapes of `train` and `test`.
    """
    raise NotImplementedError("02.12: standardize")


# %% [markdown]
# ## 02.13 · Training (5 points)
#
# An epoch shows every example once, in an order drawn anew, `batch_size` at a time, and takes a step downhill after
# each batch. The gradient of a batch is the mean over that batch. With 11 examples and batches of 3, an epoch takes
# four steps, the last one on the 2 examples that are left.
#
# The batch size gives the three flavours of the lecture their names. All $M$ examples at a time: *vanilla* gradient
# descent. One at a time: *online*. Anything between: *stochastic*.
#
# A neuron that says 0.5 to everybody has the loss $\ln 2 = 0.69$. Yours starts there, so all losses should be lower.


# %%
def train(
    X: np.ndarray, Y: np.ndarray, learning_rate: float, epochs: int, batch_size: int, rng: np.random.Generator
) -> tuple[np.ndarray, float, list[float]]:
    """Train a neuron by gradient descent on `bce_loss`, one batch at a time.

    The weights and the bias start at zero. Each epoch calls `rng.permutation(M)` once, and nothing else uses `rng`. The
    rows of the given `X` are visited in that order, in consecutive batches of `batch_size`; the last batch is shorter
    when `batch_size` does not divide M, and it is used. `losses[e]` is the loss on all M examples after epoch `e`.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> X = rng.normal(size=(50, 3))
        >>> Y = (X[:, :1] > X[:, 1:2]).astype(float)
        >>> w, b, losses = train(X, Y, 0.5, 20, 8, rng)
        >>> w.shape, len(losses), losses[-1] < losses[0] < 0.7
        ((3, 1), 20, True)

    Args:
        X: array (M, n).
        Y: what is true, array (M, 1) of zeros and ones.
        learning_rate: a step is this times the derivative.
        epochs: number of passes over the examples.
        batch_size: number of examples a step, at least 1; may be larger than M.
        rng: `numpy.random.Generator`.

    Returns:
        `w`, an array (n, 1), `b`, one number, and `losses`, a list of one number for each epoch.
    """
    raise NotImplementedError("02.13: train")


# %% [markdown]
# **Pause.** All weights start at zero, and the neuron says 0.5 to everybody. In assignment 03, a whole layer of
# neurons that starts like this never gets anywhere. Why does one neuron get away with it?
#
# <details><summary>Answer</summary>
#
# Its gradient depends on the features, which differ, so its weights become different at the first step. Several
# neurons that start alike get the same inputs and the same gradients, so they stay copies of one another. One
# neuron has no copy to stay equal to.
#
# </details>

# %% [markdown]
# ### Your picture: three ways downhill
#
# The same neuron, the same learning rate, the same 30 epochs; only the batch size differs. Vanilla takes one
# careful step an epoch. Stochastic takes 15 and is faster. Online takes 455: it is nearly done after one epoch, but it
# never comes to rest.
#
# What a wrong one looks like: three curves that are one (the batch size is not used), a loss that begins above 0.7,
# or curves that never fall. Try it without `standardize`: the loss of vanilla jumps wildly, up to some 450.
# A curve that breaks off, or is not there: its loss is NaN or infinite (see 02.9).


# %%
@picture
def show_descents(learning_rate: float = 0.1, epochs: int = 30, seed: int = 0) -> str:
    """Draw the loss of vanilla, stochastic and online gradient descent on the breast cancer data."""
    import matplotlib.pyplot as plt

    from tfkit import load_breast_cancer, split

    train_set, test_set = split(load_breast_cancer(), test_fraction=0.2, seed=seed)
    X, X_test = standardize(train_set.X, test_set.X)
    Y, Y_test = train_set.Y[:, :1], test_set.Y[:, :1]  # 1 is malignant

    flavours = {"vanilla": (len(X), "o-"), "stochastic": (32, "s--"), "online": (1, "^:")}
    told = []
    figure, axes = plt.subplots(figsize=(6.4, 4.2))
    for name, (batch_size, style) in flavours.items():
        w, b, losses = train(X, Y, learning_rate, epochs, batch_size, np.random.default_rng(seed))
        accuracy = np.mean((predict_proba(X_test, w, b) >= 0.5) == Y_test)
        label = f"{name}: batches of {batch_size}, test accuracy {100 * accuracy:.0f} %"
        axes.plot(range(1, epochs + 1), losses, style, markersize=4, label=label)
        rises = int(np.sum(np.diff(losses) > 0))
        told.append(f"{name} goes from {losses[0]:.3f} to {losses[-1]:.3f}, and up {rises} times on its way")
    axes.axhline(np.log(2), color="grey", linewidth=1, linestyle="-.", label="says 0.5 to everybody: ln 2")
    axes.set(xlabel="epoch", ylabel="loss on all training examples", yscale="log")
    axes.set_yticks([0.03, 0.05, 0.1, 0.2, 0.5], ["0.03", "0.05", "0.1", "0.2", "0.5"])
    axes.minorticks_off()
    axes.set_title(f"One neuron on {len(X)} tumours, three batch sizes")
    axes.legend(fontsize=8)
    figure.tight_layout()
    return f"The loss of {'; '.join(told)}."


# %%
if __name__ == "__main__":
    show_descents()
