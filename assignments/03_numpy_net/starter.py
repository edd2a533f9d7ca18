# %% [markdown]
# # 03 · A two-layer network in NumPy
#
# By the end of this notebook you will have a neural network that is made of nothing but arrays. It predicts, it
# measures how wrong it is, it works out which way each of its parameters should move, and it trains. No library
# computes a derivative for you. The same forty lines then predict house prices in Boston and tell three species
# of iris apart.
#
# You write twelve short functions. Above each of them stands a text like this one: it shows you one small
# thing, and you do the next. Below it you check your function and see what is right. Every two or three
# functions there is a pause with a question to think about, and a picture that your own functions draw.
#
# **What holds everywhere.** A row is an example. There are $M$ examples, $n$ features, $h$ hidden units and $k$
# outputs.
#
# | array | shape | | array | shape |
# |---|---|---|---|---|
# | `X` | $(M, n)$ | | `Y`, `Y_hat` | $(M, k)$ |
# | `W1` | $(n, h)$ | | `b1` | $(1, h)$ |
# | `W2` | $(h, k)$ | | `b2` | $(1, k)$ |
#
# - `params` and `grads` are dicts with the keys `"W1"`, `"b1"`, `"W2"` and `"b2"`. A gradient has the shape of
#   its parameter.
# - Leave what you are given as it is: change no array and no dict.
# - float64 arrays give float64 results, and float32 arrays give float32 results. A loss is a Python float.
# - Any size may be 1: one example, one feature, one hidden unit, one output. An axis of length 1 stays, so the
#   predictions of one output have the shape $(M, 1)$.
#
# **What green means.** Your function was right once in everything its docstring says. After you hand in, the
# same is asked with other sizes, values and seeds. How many points that is worth stands beside each question. A
# question that is green can still lose points there, but usually less than half.

# %%
import numpy as np

from tfkit import picture

# %% [markdown]
# ## 03.1 · The sigmoid (2 points)
#
# The sigmoid squashes any number into the range from 0 to 1. It has two forms, which are equal on paper:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}$$
#
# In a computer they are not. Try `np.exp(1000.0)`: you get infinity and a warning. The first form runs into
# that where $z$ is very negative, the second where $z$ is very positive. Each is safe on its own side of zero,
# where its exponential is at most 1. In float32 the trouble starts much earlier: `np.exp(np.float32(89))` is
# too large already.
#
# You will see that it works when your function returns 0, ½ and 1 for −1000, 0 and 1000, and NumPy says nothing.


# %%
def sigmoid(Z: np.ndarray) -> np.ndarray:
    """Return the sigmoid of every entry.

    The result is finite and NumPy gives no warning, for entries of ±1000 too, and in float32 too. A warning
    that is silenced counts as one.

    Example:

    >>> sigmoid(np.array([[-1000.0, 0.0, 1000.0]])).tolist()
    [[0.0, 0.5, 1.0]]

    Args:
        Z: Array of any shape, float64 or float32.

    Returns:
        Array of the shape and dtype of `Z`, entries in [0, 1].
    """
    raise NotImplementedError("03.1: sigmoid")


# %% [markdown]
# ## 03.2 · Where training starts (2 points)
#
# Imagine that all weights start at the same number. Then all hidden units compute the same thing, receive the
# same gradient, and stay copies of one another forever. Random weights break that symmetry. Here they are
# drawn uniformly from $[0, 1)$. Biases may start at zero, because different weights are enough.
#
# The random generator is an argument. So whoever calls your function decides what is random and can repeat it.
# That only works if you draw the same numbers in the same order each time.


# %%
def init_params(n: int, h: int, k: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw the first parameters of a network with `n` inputs, `h` hidden units and `k` outputs.

    Weights are uniform on [0, 1), drawn with `rng.uniform(size=...)`: one call for the whole of `W1`, then one
    for the whole of `W2`. Nothing else is drawn. Biases are zero.

    Example:

    >>> params = init_params(4, 3, 2, np.random.default_rng(0))
    >>> {name: value.shape for name, value in params.items()}
    {'W1': (4, 3), 'b1': (1, 3), 'W2': (3, 2), 'b2': (1, 2)}

    Args:
        n: Number of features.
        h: Number of hidden units.
        k: Number of outputs.
        rng: The only source of randomness.

    Returns:
        Dict of float64 arrays: `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k).
    """
    raise NotImplementedError("03.2: init_params")


# %% [markdown]
# ## 03.3 · Forward pass (4 points)
#
# $$Z_1 = X W_1 + b_1, \qquad H = \sigma(Z_1), \qquad \hat Y = H W_2 + b_2$$
#
# Three lines, and each is one of NumPy's: `@` is the matrix product, and a bias with one row is added to the
# row of every example. The hidden layer bends. The output layer is linear, because a price may be any number.
#
# Keep what you compute on the way. The backward pass needs it, and computing it twice would double the work.


# %%
def forward(X: np.ndarray, params: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the network's predictions, with what the backward pass needs.

    Example:

    >>> params = {"W1": np.zeros((2, 3)), "b1": np.zeros((1, 3))}
    >>> params |= {"W2": np.ones((3, 1)), "b2": np.ones((1, 1))}
    >>> forward(np.ones((5, 2)), params)["Y_hat"].tolist()
    [[2.5], [2.5], [2.5], [2.5], [2.5]]

    Args:
        X: Array (M, n).
        params: Dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of `X`.

    Returns:
        The cache, a dict of `"X"` (M, n), `"Z1"` (M, h), `"H"` (M, h) and `"Y_hat"` (M, k), of the dtype of `X`.
    """
    raise NotImplementedError("03.3: forward")


# %% [markdown]
# **Pause.** You double `W2` and `b2`. What happens to the predictions? And what happens when you double `W1`
# and `b1` instead?
#
# <details><summary>Answer</summary>
#
# Doubling the output layer doubles every prediction, because that layer is linear. Doubling the hidden layer
# does not: the sigmoid stands behind it. The S-curves get steeper and closer to 0 and 1, but never larger than
# 1.
#
# </details>

# %% [markdown]
# ### Picture: what three hidden units can do
#
# A network of one feature draws a curve. Here you see three hidden units, and the output that adds them up.
# Each unit is an S from 0 to 1, and the output goes up, down and up again: that is more than any single unit
# can do.
#
# If your output is a straight line, the sigmoid is missing. If it never leaves the range from 0 to 1, it has
# been squashed as well.


# %%
@picture
def show_hidden_units(seed: int = 0) -> str:
    """Draw three hidden units of one feature, and the output that adds them up."""
    import matplotlib.pyplot as plt

    params = init_params(1, 3, 1, np.random.default_rng(seed))
    params["W1"] = 2 + params["W1"]  # steep enough to be seen
    params["b1"] = np.array([[12.0, 0.0, -12.0]])  # where each of them rises
    params["W2"] = np.array([[1.0], [-2.0], [1.5]])
    X = np.linspace(-8, 8, 201)[:, np.newaxis]
    cache = forward(X, params)

    _, axes = plt.subplots(figsize=(6, 3.6))
    for unit, style in enumerate(("--", "-.", ":")):
        weight = params["W2"][unit, 0]
        axes.plot(X, cache["H"][:, unit], style, label=f"hidden unit {unit + 1}, weight {weight:g}")
    axes.plot(X, cache["Y_hat"], color="black", linewidth=3, label="output")
    axes.set(xlabel="x", ylabel="value", title="Three hidden units and their weighted sum")
    axes.legend(fontsize=8)
    rises = ", ".join(f"{X[np.argmin(np.abs(cache['H'][:, unit] - 0.5)), 0]:.1f}" for unit in range(3))
    low, high = cache["Y_hat"].min(), cache["Y_hat"].max()
    return f"The hidden units pass one half at x = {rises}. The output moves between {low:.2f} and {high:.2f}."


# %%
if __name__ == "__main__":
    show_hidden_units()

# %% [markdown]
# ## 03.4 · Mean squared error (2 points)
#
# How wrong are the predictions? Square each error, add up the errors of an example, and take the mean over the
# examples:
#
# $$L = \frac{1}{M} \sum_{i=1}^{M} \sum_{c=1}^{k} \left(\hat Y_{ic} - Y_{ic}\right)^2$$
#
# Look at what is divided by what: `np.mean` of the whole array would divide by $Mk$. The best parameters would
# stay the same, but every gradient would be $k$ times smaller.


# %%
def mse_loss(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    """Return the squared error, summed over outputs and averaged over examples.

    Example:

    >>> mse_loss(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 4.0]]))
    6.5

    Args:
        Y_hat: Predictions, array (M, k).
        Y: Targets, array (M, k).

    Returns:
        The loss as a Python float.
    """
    raise NotImplementedError("03.4: mse_loss")


# %% [markdown]
# ## 03.5 · Backward pass (8 points)
#
# This is the heart of the assignment. Walk from the loss back to the parameters, and multiply the local
# derivatives on your way. Two quantities are worth a name: $D_2 = \partial L / \partial \hat Y$ and
# $D_1 = \partial L / \partial Z_1$. Entry by entry, with $i$ an example, $a$ a feature, $j$ a hidden unit and
# $c$ an output:
#
# $$D_{2,ic} = \frac{2}{M}\left(\hat Y_{ic} - Y_{ic}\right) \qquad
# \frac{\partial L}{\partial W_{2,jc}} = \sum_i H_{ij} D_{2,ic} \qquad
# \frac{\partial L}{\partial b_{2,c}} = \sum_i D_{2,ic}$$
#
# $$D_{1,ij} = \Big(\sum_c D_{2,ic} W_{2,jc}\Big)\, \sigma'(Z_{1,ij}) \qquad
# \frac{\partial L}{\partial W_{1,aj}} = \sum_i X_{ia} D_{1,ij} \qquad
# \frac{\partial L}{\partial b_{1,j}} = \sum_i D_{1,ij}$$
#
# The slope of the sigmoid is $\sigma'(z) = \sigma(z)(1 - \sigma(z))$.
#
# Turn each sum into one matrix product or one `np.sum`. You need no loop over examples. Write the shapes next
# to each other: they tell you which factor to transpose. All examples share the biases, so each example adds to
# their gradients. The $1/M$ is in $D_2$ already, and it belongs there only.
#
# Everything you need is in the arguments. You don't have to run the forward pass again.


# %%
def backward(cache: dict[str, np.ndarray], Y: np.ndarray, params: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the gradients of `mse_loss` with respect to the four parameters.

    Example:

    >>> params = {"W1": np.zeros((2, 3)), "b1": np.zeros((1, 3))}
    >>> params |= {"W2": np.ones((3, 1)), "b2": np.ones((1, 1))}
    >>> cache = forward(np.ones((5, 2)), params)
    >>> backward(cache, np.full((5, 1), 2.0), params)["b1"].tolist()
    [[0.25, 0.25, 0.25]]

    Args:
        cache: What `forward` returned: `"X"` (M, n), `"Z1"` (M, h), `"H"` (M, h), `"Y_hat"` (M, k).
        Y: Targets, array (M, k).
        params: The parameters of that forward pass.

    Returns:
        Dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of the arguments.

    Reference:
        Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, Nature 323, 1986.
    """
    raise NotImplementedError("03.5: backward")


# %% [markdown]
# **Pause.** `Z1` is (7, 4) and `W2` is (4, 3). Which product of two of your arrays has the shape of `W2`? And
# why do such shapes tell you less when there are four examples?
#
# <details><summary>Answer</summary>
#
# `H.T` is (4, 7) and `D2` is (7, 3), so `H.T @ D2` is (4, 3). With equal sizes a wrong factor fits as well:
# with four examples `H` itself is (4, 4), and forgetting to transpose it goes unnoticed. So try your formulas
# on sizes that all differ.
#
# </details>

# %% [markdown]
# ### Picture: numeric against yours
#
# There is a way to check a gradient that needs no chain rule: nudge one parameter a little and look at how much
# the loss changes. It is far too slow for training, but it is honest. The picture does that for every parameter
# of a small network. It puts the nudged slope across and your derivative upwards.
#
# All points belong on the diagonal. A factor that is missing shows as a line of another slope, a wrong sign as
# a line that falls, and a wrong formula as a cloud.


# %%
@picture
def show_gradient_check(seed: int = 0) -> str:
    """Draw every partial derivative of a small network: numeric across, yours upward."""
    import matplotlib.pyplot as plt

    from tfkit import numeric_gradient

    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(7, 5)), rng.normal(size=(7, 3))
    shapes = {"W1": (5, 4), "b1": (1, 4), "W2": (4, 3), "b2": (1, 3)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    analytic = backward(forward(X, params), Y, params)
    numeric = numeric_gradient(lambda nudged: mse_loss(forward(X, nudged)["Y_hat"], Y), params)

    figure, panels = plt.subplots(1, 4, figsize=(12, 3.4))
    for axes, name in zip(panels, shapes, strict=True):
        ends = [numeric[name].min(), numeric[name].max()]
        axes.plot(ends, ends, color="grey", linewidth=1)
        axes.plot(numeric[name].ravel(), analytic[name].ravel(), "o", markersize=4)
        axes.set(xlabel="numeric", ylabel="backward", title=name)
    figure.suptitle("Every partial derivative belongs on the diagonal")
    figure.tight_layout()
    worst = max(np.max(np.abs(numeric[name] - analytic[name])) for name in shapes)
    return f"The numeric derivatives and those of backward differ by at most {worst:.1g}, over all four parameters."


# %%
if __name__ == "__main__":
    show_gradient_check()

# %% [markdown]
# ## 03.6 · One step downhill (2 points)
#
# $$\theta \leftarrow \theta - \eta \, \frac{\partial L}{\partial \theta} \qquad
# \text{for } \theta \in \{W_1, b_1, W_2, b_2\}$$
#
# The gradient points uphill, hence the minus. The learning rate $\eta$ says how far you go.
#
# Return new arrays. With `params["W1"] -= ...` you would also change the arrays of whoever called you, and
# nobody would notice before the numbers look odd.


# %%
def gradient_step(
    params: dict[str, np.ndarray], grads: dict[str, np.ndarray], learning_rate: float
) -> dict[str, np.ndarray]:
    """Return the parameters after one step against the gradient, as new arrays.

    `params`, `grads` and their arrays stay as they are. Nothing in the result shares memory with them.

    Example:

    >>> old = {"W1": np.ones((1, 1)), "b1": np.ones((1, 1)), "W2": np.ones((1, 1)), "b2": np.ones((1, 1))}
    >>> new = gradient_step(old, old, 0.25)
    >>> new["W1"].tolist(), old["W1"].tolist()
    ([[0.75]], [[1.0]])

    Args:
        params: Dict of `"W1"`, `"b1"`, `"W2"`, `"b2"`.
        grads: Dict with the same keys and shapes.
        learning_rate: A positive float.

    Returns:
        Dict with the same keys, shapes and dtypes as `params`.
    """
    raise NotImplementedError("03.6: gradient_step")


# %% [markdown]
# ## 03.7 · Training (6 points)
#
# Now put it together. An *epoch* shows every example once, in an order that is drawn anew, `batch_size`
# examples at a time. Each batch makes one step: forward pass, backward pass, `gradient_step`. The gradient of a
# batch is the mean over that batch.
#
# With 11 examples and batches of 3, an epoch makes four steps, the last of them on the 2 examples that remain.
# Batches of $M$ examples are vanilla gradient descent, batches of 1 are online learning, and what lies between
# is stochastic gradient descent.
#
# You will see that it works when the loss falls. It does not have to fall in every epoch.


# %%
def train(
    X: np.ndarray,
    Y: np.ndarray,
    params: dict[str, np.ndarray],
    learning_rate: float,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> tuple[dict[str, np.ndarray], list[float]]:
    """Train the regression network by mini-batch gradient descent on `mse_loss`.

    Every epoch calls `rng.permutation(M)` once, and nothing else uses `rng`. The rows of the given `X` are
    visited in that order, in consecutive batches of `batch_size`. Where `batch_size` does not divide M, the last
    batch of an epoch is shorter, and it is used. `losses[e]` is the loss on all M examples after the last step
    of epoch `e`, not the mean of the batch losses.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> X = rng.normal(size=(50, 3))
    >>> Y = X[:, :1] - X[:, 1:2]
    >>> params, losses = train(X, Y, init_params(3, 4, 1, rng), 0.1, 30, 8, rng)
    >>> len(losses), losses[-1] < losses[0]
    (30, True)

    Args:
        X: Array (M, n).
        Y: Array (M, k).
        params: The parameters to start from. Neither the dict nor its arrays are changed.
        learning_rate: As in `gradient_step`.
        epochs: Number of passes over the examples.
        batch_size: Number of examples a step, at least 1. It may be larger than M.
        rng: The source of the orders.

    Returns:
        The trained parameters, a dict like `params`, and `losses`, a list of `epochs` Python floats.
    """
    raise NotImplementedError("03.7: train")


# %% [markdown]
# **Pause.** 405 houses in batches of 32: how many steps does an epoch make, and how many houses are in the last
# batch? You forget to divide by $M$ in `backward`. With which learning rate would training look just the same,
# in all batches but the last?
#
# <details><summary>Answer</summary>
#
# 13 steps: twelve batches of 32 are 384 houses, and 21 remain. Without the $1/M$ the gradient of a full batch
# is 32 times too large, so a learning rate 32 times smaller hides the mistake. Then the last batch takes a step
# of 21/32 of its proper size. That is why such a mistake is hard to see in a curve and easy to see in numbers.
#
# </details>

# %% [markdown]
# ### Picture: the houses of Boston
#
# Your network learns the median price of 405 districts from 12 features each, and is asked about 101 districts
# that it has never seen. The loss falls at once and then creeps to about 10 (1000 USD)². Always
# guessing the mean price costs about 88.
#
# A curve that rises or breaks off has a wrong sign or too large a learning rate. A curve that stops
# at the dotted line has learned the mean price and nothing else. Afterwards try
# `show_boston_losses(hidden_units=200, learning_rate=0.05)`: weights on $[0, 1)$ all push the same way. What
# does that do to the scores of a wide layer?


# %%
@picture
def show_boston_losses(
    hidden_units: int = 8, learning_rate: float = 0.01, epochs: int = 100, batch_size: int = 32, seed: int = 0
) -> str:
    """Draw the loss of the regression network on the Boston houses, epoch by epoch."""
    import matplotlib.pyplot as plt

    from tfkit import load_boston_housing, split, standardize

    train_set, test_set = split(load_boston_housing(), test_fraction=0.2, seed=seed)
    # scaled with the means and deviations of the training houses alone: the test houses stay unseen
    X_train, X_test = standardize(train_set.X, test_set.X)

    rng = np.random.default_rng(seed)
    start = init_params(X_train.shape[1], hidden_units, 1, rng)
    params, losses = train(X_train, train_set.Y, start, learning_rate, epochs, batch_size, rng)
    test_loss = mse_loss(forward(X_test, params)["Y_hat"], test_set.Y)

    figure, axes = plt.subplots(figsize=(6, 4))
    axes.plot(range(1, epochs + 1), losses, label="training houses")
    axes.axhline(np.var(train_set.Y), color="grey", linestyle=":", label="always the mean price")
    axes.plot(epochs, test_loss, "o", label=f"test houses: {test_loss:.1f}")
    axes.set(
        xlabel="epoch",
        ylabel="mean squared error (1000 $)²",
        yscale="log",
        title="Boston housing: training loss",
    )
    axes.legend()
    figure.tight_layout()
    return (
        f"The training loss falls from {losses[0]:.1f} after the first epoch to {losses[-1]:.1f} after the last. "
        f"On the test houses it is {test_loss:.1f}; always saying the mean price would cost {np.var(train_set.Y):.1f}."
    )


# %%
if __name__ == "__main__":
    show_boston_losses()

# %% [markdown]
# ## 03.8 · Softmax (2 points)
#
# A flower is one of three species, so the network should give three probabilities. The softmax makes them from
# $k$ scores:
#
# $$\mathrm{softmax}(Z)_{ic} = \frac{e^{Z_{ic}}}{\sum_{d} e^{Z_{id}}}$$
#
# As in 03.1, large scores overflow. But here is a freedom: you may subtract one number from all scores of a
# row, and it cancels. Choose it, for each row, so that the largest exponent is 0.


# %%
def softmax(Z: np.ndarray) -> np.ndarray:
    """Turn each row of scores into probabilities.

    The result is finite and NumPy gives no warning, for scores of ±1000 too, and in float32 too.

    Example:

    >>> softmax(np.array([[0.0, 0.0], [1000.0, -1000.0]])).tolist()
    [[0.5, 0.5], [1.0, 0.0]]

    Args:
        Z: Scores, array (M, k), float64 or float32.

    Returns:
        Array of the shape and dtype of `Z`. Each row sums to 1.
    """
    raise NotImplementedError("03.8: softmax")


# %% [markdown]
# ## 03.9 · Cross-entropy (2 points)
#
# How wrong are probabilities? The loss looks at one of them, the probability that was given to the true class:
#
# $$L = -\frac{1}{M} \sum_{i=1}^{M} \sum_{c=1}^{k} Y_{ic} \ln \hat Y_{ic}$$
#
# `Y` is *one-hot*: 1 at the true class, 0 elsewhere. The logarithm is the natural one. **A slide of the lecture
# gets this wrong:** it says that a true class with probability 0.15 costs 0.82. Take $-\ln 0.15$ yourself, and
# then the logarithm to base 10.
#
# A probability can underflow to exactly 0, and its logarithm is minus infinity. So a probability that is too
# small is raised to the smallest normal number of its dtype first. That is $2.2 \cdot 10^{-308}$ for float64:
# no other probability is touched, and an example can cost 708.4 at the most.


# %%
def cross_entropy(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    """Return the mean over examples of minus the natural logarithm of the true class's probability.

    Probabilities below `np.finfo(dtype).tiny`, with the dtype of `Y_hat`, count as that number. All others stay
    as they are. The loss is finite and NumPy gives no warning, even where the true class has a probability of
    exactly 0.

    Example:

    >>> round(cross_entropy(np.array([[0.15, 0.55, 0.30]]), np.array([[1.0, 0.0, 0.0]])), 4)
    1.8971

    Args:
        Y_hat: Probabilities, array (M, k) whose rows sum to 1.
        Y: One-hot targets, array (M, k).

    Returns:
        The loss as a Python float.
    """
    raise NotImplementedError("03.9: cross_entropy")


# %% [markdown]
# **Pause.** A network that knows nothing gives each of three classes the same probability. What is its loss?
# And what is it with ten classes?
#
# <details><summary>Answer</summary>
#
# $-\ln \frac13 = \ln 3 = 1.0986$, and $\ln 10 = 2.3026$. This number is worth knowing by heart: a classifier
# that starts far above it is certain and wrong, and one that stays at it has learned nothing.
#
# </details>

# %% [markdown]
# ### Picture: one score moves
#
# Three classes have the scores $z$, 0 and 1, and $z$ moves from −8 to 8. On the left are the three
# probabilities, which always add up to 1. On the right is what you lose if that class is the true one.
#
# Look at the loss where the first class is true and $z$ is far too small: it is nearly a straight line. However
# wrong the network is, the slope tells it where to go. A wrong curve would level off there, as the
# probabilities themselves do.


# %%
@picture
def show_one_score_moves() -> str:
    """Draw probabilities and losses of three classes while the first score moves."""
    import matplotlib.pyplot as plt

    z = np.linspace(-8, 8, 161)
    Y_hat = softmax(np.stack([z, np.zeros_like(z), np.ones_like(z)], axis=1))
    one_hot = np.eye(3)

    _, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
    for true, style in enumerate(("-", "--", ":")):
        losses = [cross_entropy(row[np.newaxis], one_hot[true : true + 1]) for row in Y_hat]
        label = f"class {true + 1}, score {('z', '0', '1')[true]}"
        left.plot(z, Y_hat[:, true], style, label=label)
        right.plot(z, losses, style, label=f"{label} is true")
    left.set(xlabel="z", ylabel="probability", title="softmax", ylim=(0, 1.02))
    right.set(xlabel="z", ylabel="loss", title="cross-entropy")
    left.legend(fontsize=8)
    right.legend(fontsize=8)
    worst = cross_entropy(Y_hat[:1], one_hot[:1])
    return (
        f"The first probability rises from {Y_hat[0, 0]:.4f} to {Y_hat[-1, 0]:.4f}. Where the first class is true, the "
        f"loss is {worst:.2f} at z = -8, and falls by about 1 for each step of 1 to the right until z is near 1."
    )


# %%
if __name__ == "__main__":
    show_one_score_moves()

# %% [markdown]
# ## 03.10 · The classifier's forward pass (2 points)
#
# The same network, with one change: its output is the softmax of what the output of 03.3 was.


# %%
def classifier_forward(X: np.ndarray, params: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return class probabilities, with what the backward pass needs.

    Example:

    >>> params = {"W1": np.ones((2, 3)), "b1": np.zeros((1, 3))}
    >>> params |= {"W2": np.ones((3, 4)), "b2": np.zeros((1, 4))}
    >>> classifier_forward(np.ones((1, 2)), params)["Y_hat"].tolist()
    [[0.25, 0.25, 0.25, 0.25]]

    Args:
        X: Array (M, n).
        params: Dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of `X`.

    Returns:
        The cache, a dict of `"X"` (M, n), `"Z1"` (M, h), `"H"` (M, h) and the probabilities `"Y_hat"` (M, k),
        of the dtype of `X`.
    """
    raise NotImplementedError("03.10: classifier_forward")


# %% [markdown]
# ## 03.11 · The classifier's backward pass (4 points)
#
# Softmax has a full table of derivatives: each score of a row changes each probability of that row,
#
# $$\frac{\partial \hat Y_{ic}}{\partial Z_{2,id}} = \hat Y_{ic} \left(\mathbb 1[c = d] - \hat Y_{id}\right).$$
#
# Multiply that with the derivative of the cross-entropy and add up over $c$. Nearly everything cancels:
#
# $$D_{2,ic} = \frac{\partial L}{\partial Z_{2,ic}} = \frac{1}{M}\left(\hat Y_{ic} - Y_{ic}\right)$$
#
# Work this out on paper once. You will need that each row of $Y$ sums to 1. From $D_2$ on, everything is as in
# 03.5. What is different is one number: which?


# %%
def classifier_backward(
    cache: dict[str, np.ndarray], Y: np.ndarray, params: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return the gradients of `cross_entropy` with respect to the four parameters of the classifier.

    Example:

    >>> params = {"W1": np.zeros((2, 3)), "b1": np.zeros((1, 3))}
    >>> params |= {"W2": np.zeros((3, 2)), "b2": np.zeros((1, 2))}
    >>> cache = classifier_forward(np.ones((4, 2)), params)
    >>> classifier_backward(cache, np.array([[1.0, 0.0]] * 4), params)["b2"].tolist()
    [[-0.5, 0.5]]

    Args:
        cache: What `classifier_forward` returned.
        Y: One-hot targets, array (M, k).
        params: The parameters of that forward pass.

    Returns:
        Dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of the arguments.
    """
    raise NotImplementedError("03.11: classifier_backward")


# %% [markdown]
# **Pause.** The output bias of the classifier has a gradient with one entry for each class. What do these
# entries add up to, and why?
#
# <details><summary>Answer</summary>
#
# To 0. Each row of `Y_hat` sums to 1 and so does each row of `Y`, so each row of their difference sums to 0. It
# has to be so: adding the same number to all scores changes no probability, so the loss has no slope in that
# direction.
#
# </details>

# %% [markdown]
# ### Picture: three species of iris
#
# Four lengths of a flower go in, three probabilities come out. The loss starts near $\ln 3$ and falls. The
# accuracy ends above 95 %. Look at how they move: the loss smoothly, the accuracy in jumps, because it counts
# flowers.
#
# An accuracy that stays at one third with a loss that stays at $\ln 3$ means that no gradient arrives. A loss
# that starts far above the dotted line has a wrong logarithm, or a sum in place of a mean.


# %%
@picture
def show_iris_classifier(hidden_units: int = 8, learning_rate: float = 0.5, epochs: int = 400, seed: int = 0) -> str:
    """Draw loss and accuracy of the classifier on the irises, trained on all examples at once."""
    import matplotlib.pyplot as plt

    from tfkit import load_iris, split, standardize

    iris = load_iris()
    train_set, test_set = split(iris, test_fraction=0.3, seed=seed, stratify=iris.Y)
    X_train, X_test = standardize(train_set.X, test_set.X)

    params = init_params(X_train.shape[1], hidden_units, train_set.Y.shape[1], np.random.default_rng(seed))
    losses, train_accuracies, test_accuracies = [], [], []
    for _ in range(epochs):
        cache = classifier_forward(X_train, params)
        params = gradient_step(params, classifier_backward(cache, train_set.Y, params), learning_rate)
        cache = classifier_forward(X_train, params)
        losses.append(cross_entropy(cache["Y_hat"], train_set.Y))
        train_accuracies.append(np.mean(cache["Y_hat"].argmax(axis=1) == train_set.Y.argmax(axis=1)))
        Y_hat_test = classifier_forward(X_test, params)["Y_hat"]
        test_accuracies.append(np.mean(Y_hat_test.argmax(axis=1) == test_set.Y.argmax(axis=1)))

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(losses)
    left.axhline(np.log(3), color="grey", linestyle=":", label="guessing: ln 3")
    left.set(xlabel="step", ylabel="cross-entropy", title="Iris: training loss", ylim=(0, None))
    left.legend()
    right.plot(train_accuracies, label="training flowers")
    right.plot(test_accuracies, "--", label="test flowers")
    right.set(xlabel="step", ylabel="accuracy", title="Iris: accuracy", ylim=(0, 1.02))
    right.legend()
    figure.tight_layout()
    return (
        f"The loss falls from {losses[0]:.2f} to {losses[-1]:.2f}. In the end the network is right about "
        f"{train_accuracies[-1]:.0%} of the training flowers and {test_accuracies[-1]:.0%} of the test flowers."
    )


# %%
if __name__ == "__main__":
    show_iris_classifier()

# %% [markdown]
# ## 03.12 · Put the slide right (4 points)
#
# A slide of the lecture shows the backward pass of exactly this network. Three of its eight lines are wrong:
#
# ```python
# d_Y = 2 * (Y_hat - Y) / M
# d_H = d_Y.dot(W2.T)
# d_W2 = H.T.dot(d_Y)
# d_b2 = d_Y
# d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
# d_X = d_Z.dot(W1.T)
# d_W1 = d_X.T.dot(d_Z)
# d_b1 = d_Y
# ```
#
# Write the shape of each quantity next to its line. Two of the mistakes show at once. The third has the right
# shape, and only the chain rule, or a numeric gradient, gives it away.


# %%
def slide_backward(
    X: np.ndarray, Z: np.ndarray, H: np.ndarray, Y_hat: np.ndarray, Y: np.ndarray, W1: np.ndarray, W2: np.ndarray
) -> dict[str, np.ndarray]:
    """Return the gradients of `mse_loss` that the slide meant to compute.

    Example:

    >>> X, Y, W1, W2 = np.ones((7, 4)), np.ones((7, 2)), np.ones((4, 3)), np.ones((3, 2))
    >>> cache = forward(X, {"W1": W1, "b1": np.zeros((1, 3)), "W2": W2, "b2": np.zeros((1, 2))})
    >>> grads = slide_backward(X, cache["Z1"], cache["H"], cache["Y_hat"], Y, W1, W2)
    >>> {name: value.shape for name, value in grads.items()}
    {'W1': (4, 3), 'b1': (1, 3), 'W2': (3, 2), 'b2': (1, 2)}

    Args:
        X: Input, array (M, n).
        Z: Hidden scores before the sigmoid, array (M, h).
        H: Sigmoid of `Z`, array (M, h).
        Y_hat: Predictions, array (M, k).
        Y: Targets, array (M, k).
        W1: Array (n, h).
        W2: Array (h, k).

    Returns:
        Dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of the arguments.
    """
    raise NotImplementedError("03.12: slide_backward")


# %% [markdown]
# **Pause.** One of the slide's gradients has the wrong shape, and yet the update of its parameter gives no
# error message, whatever the sizes are. Which one is it, and what does the network do from then on?
#
# <details><summary>Answer</summary>
#
# `d_b2` is (M, k). In `b2 - step_size * d_b2` the one row of `b2` is spread over all M rows. From then on each
# training example has an output bias of its own, and learns its own price by heart. For new examples there is
# no bias at all.
#
# </details>

# %% [markdown]
# ### Picture: the slide, put right
#
# The judge is the numeric gradient again. There is one bar for each parameter: how far your gradient is from
# the nudged one, measured against its size. Right gradients agree to about ten digits, so their bars are short.
# A bar that reaches the dashed line belongs to something that is still wrong.


# %%
@picture
def show_slide_errors(seed: int = 0) -> str:
    """Draw how far each gradient of `slide_backward` is from the numeric one."""
    import matplotlib.pyplot as plt

    from tfkit import numeric_gradient

    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(7, 5)), rng.normal(size=(7, 3))
    shapes = {"W1": (5, 4), "b1": (1, 4), "W2": (4, 3), "b2": (1, 3)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    cache = forward(X, params)
    yours = slide_backward(X, cache["Z1"], cache["H"], cache["Y_hat"], Y, params["W1"], params["W2"])
    numeric = numeric_gradient(lambda nudged: mse_loss(forward(X, nudged)["Y_hat"], Y), params)
    errors = {}
    for name in shapes:
        same_shape = yours[name].shape == shapes[name]
        distance = np.linalg.norm(yours[name] - numeric[name]) if same_shape else np.inf
        errors[name] = float(distance / np.linalg.norm(numeric[name]))

    _, axes = plt.subplots(figsize=(6, 3.4))
    axes.bar(list(errors), [min(max(error, 1e-12), 10) for error in errors.values()])
    axes.axhline(1e-2, color="grey", linestyle="--", label="a mistake is above this line")
    axes.set(
        yscale="log", ylim=(1e-13, 10), ylabel="relative error", title="slide_backward against the numeric gradient"
    )
    axes.legend()
    worst = max(errors, key=lambda name: errors[name])
    return f"The largest relative error is that of {worst}: {errors[worst]:.1e}. A mistake makes it 0.01 or more."


# %%
if __name__ == "__main__":
    show_slide_errors()
