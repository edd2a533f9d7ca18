# %% [markdown]
# # 03 · A two-layer network in NumPy
#
# You build a neural network from nothing but arrays: the forward pass, two losses, the backward pass that
# differentiates them, and the loop that trains it. No library computes a derivative for you. At the end the
# same forty lines predict house prices in Boston and tell three species of iris apart.
#
# **Conventions.** Rows are examples. For $M$ examples, $n$ features, $h$ hidden units and $k$ outputs:
#
# | array | shape | | array | shape |
# |---|---|---|---|---|
# | `X` | $(M, n)$ | | `Y`, `Y_hat` | $(M, k)$ |
# | `W1` | $(n, h)$ | | `b1` | $(1, h)$ |
# | `W2` | $(h, k)$ | | `b2` | $(1, k)$ |
#
# `params` and `grads` are dicts with the keys `"W1"`, `"b1"`, `"W2"`, `"b2"`, and a gradient has exactly the
# shape of its parameter. Arrays are float64; a function that is given float32 arrays returns float32 arrays.
# No function changes the arrays or dicts it is given.
#
# A check that is green means that each function does once what each sentence of its docstring says, its
# example included. After you hand in, the same is asked with other sizes, values and seeds; how many
# points that is worth stands beside each question. A question that is green can still lose points there,
# but usually less than half.

# %%
import numpy as np

from tfkit import picture

# %% [markdown]
# ## 03.1 · The sigmoid (2 points)
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}$$
#
# The two forms are equal on paper and different in a computer. Try `np.exp(1000.0)`: the first form overflows
# for very negative $z$, the second for very positive $z$. Each is safe on its own side of zero, where its
# exponential is at most 1.


# %%
def sigmoid(Z):
    """Returns the logistic function of every entry.

    `1 / (1 + exp(-z))`, which equals `exp(z) / (1 + exp(z))`. Whatever the size of `z` (`|z|` = 1000
    included) the result is finite and NumPy gives no overflow warning, in float32 too, where `exp(89)` overflows:
    never take `exp` of a large positive number. A warning that is silenced counts as one.

    Example:
        >>> sigmoid(np.array([[-1000.0, 0.0, 1000.0]])).tolist()
        [[0.0, 0.5, 1.0]]

    Args:
        Z: array of any shape, float64 or float32.

    Returns:
        Array of the shape and dtype of `Z`, entries in [0, 1].
    """
    raise NotImplementedError("03.1: sigmoid")


# %% [markdown]
# ## 03.2 · Where training starts (2 points)
#
# Weights are drawn from the uniform distribution on $[0, 1)$, biases start at zero. If all weights were
# equal, all hidden units would receive the same gradient and stay copies of one another for ever: random
# weights break that symmetry. Biases need no randomness once the weights have it.
#
# The generator is an argument, so that whoever calls the function decides what is random and can repeat it.


# %%
def init_params(n, h, k, rng):
    """Draws the initial parameters of a network with `n` inputs, `h` hidden units and `k` outputs.

    Weights are uniform on [0, 1), drawn with `rng.uniform(size=...)`: one call for the whole of `W1`, then
    one for the whole of `W2`, and nothing else is drawn. Biases are zero.

    Example:
        >>> params = init_params(4, 3, 2, np.random.default_rng(0))
        >>> {name: value.shape for name, value in params.items()}
        {'W1': (4, 3), 'b1': (1, 3), 'W2': (3, 2), 'b2': (1, 2)}

    Args:
        n: number of features.
        h: number of hidden units.
        k: number of outputs.
        rng: `numpy.random.Generator`, the only source of randomness.

    Returns:
        Dict of float64 arrays: `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k).
    """
    raise NotImplementedError("03.2: init_params")


# %% [markdown]
# ## 03.3 · Forward pass (4 points)
#
# $$Z_1 = X W_1 + b_1, \qquad H = \sigma(Z_1), \qquad \hat Y = H W_2 + b_2$$
#
# The hidden layer bends, the output layer is linear, because a price may be any number. Keep every
# intermediate result: the backward pass needs them, and computing them twice would double the work.


# %%
def forward(X, params):
    """Computes the network's predictions and keeps what the backward pass needs.

    `Z1` is X times `W1` plus `b1`, `H` is the sigmoid of `Z1`, and `Y_hat` is `H` times `W2` plus `b2`,
    with no activation on the output. The biases have one row, which is added to the row of every example.

    Example:
        >>> params = {"W1": np.zeros((2, 3)), "b1": np.zeros((1, 3))}
        >>> params |= {"W2": np.ones((3, 1)), "b2": np.ones((1, 1))}
        >>> forward(np.ones((5, 2)), params)["Y_hat"].tolist()
        [[2.5], [2.5], [2.5], [2.5], [2.5]]

    Args:
        X: array (M, n).
        params: dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of `X`.

    Returns:
        The cache, a dict of `"X"` (M, n), `"Z1"` (M, h), `"H"` (M, h) and `"Y_hat"` (M, k), of the dtype of
        `X`.
    """
    raise NotImplementedError("03.3: forward")


# %% [markdown]
# ## 03.4 · Mean squared error (2 points)
#
# $$L = \frac{1}{M} \sum_{i=1}^{M} \sum_{c=1}^{k} \left(\hat Y_{ic} - Y_{ic}\right)^2$$
#
# Summed over the outputs of an example, averaged over the examples. `np.mean` over the whole array would
# divide by $Mk$ instead: the minimum is at the same place, but every gradient is $k$ times smaller.


# %%
def mse_loss(Y_hat, Y):
    """Returns the squared error, summed over outputs and averaged over examples.

    `L = (1/M) · sum over i and c of (Y_hat[i, c] − Y[i, c])²`, where M is the number of rows.

    Example:
        >>> mse_loss(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 4.0]]))
        6.5

    Args:
        Y_hat: predictions, array (M, k).
        Y: targets, array (M, k).

    Returns:
        The loss as a Python float.
    """
    raise NotImplementedError("03.4: mse_loss")


# %% [markdown]
# ## 03.5 · Backward pass (8 points)
#
# Walk the graph from the loss to the parameters and multiply local derivatives. Write $D_2 = \partial L /
# \partial \hat Y$ and $D_1 = \partial L / \partial Z_1$ for the two quantities on the way. Entry by entry:
#
# $$D_{2,ic} = \frac{2}{M}\left(\hat Y_{ic} - Y_{ic}\right) \qquad
# \frac{\partial L}{\partial W_{2,jc}} = \sum_i H_{ij} D_{2,ic} \qquad
# \frac{\partial L}{\partial b_{2,c}} = \sum_i D_{2,ic}$$
#
# $$D_{1,ij} = \Big(\sum_c D_{2,ic} W_{2,jc}\Big)\, \sigma'(Z_{1,ij}) \qquad
# \frac{\partial L}{\partial W_{1,aj}} = \sum_i X_{ia} D_{1,ij} \qquad
# \frac{\partial L}{\partial b_{1,j}} = \sum_i D_{1,ij}$$
#
# with $\sigma'(z) = \sigma(z)(1 - \sigma(z))$, and $\sigma(Z_1)$ is already known: it is $H$. Turn each sum
# into one matrix product or one `np.sum`. The shapes tell which factor to transpose, as long as $M$, $n$, $h$
# and $k$ are four different numbers. The biases were shared by all examples, so their gradients are sums over
# examples; the $1/M$ is already in $D_2$ and must not be applied again.


# %%
def backward(cache, Y, params):
    """Returns the gradients of `mse_loss` with respect to the four parameters.

    With `i` an example, `a` a feature, `j` a hidden unit and `c` an output:

        D2[i, c]    = 2 (Y_hat[i, c] − Y[i, c]) / M
        dL/dW2[j, c] = sum over i of H[i, j] · D2[i, c]
        dL/db2[0, c] = sum over i of D2[i, c]
        D1[i, j]    = (sum over c of D2[i, c] · W2[j, c]) · H[i, j] · (1 − H[i, j])
        dL/dW1[a, j] = sum over i of X[i, a] · D1[i, j]
        dL/db1[0, j] = sum over i of D1[i, j]

    Everything comes from the arguments: take `H` and `Y_hat` from the cache and do not run the forward pass
    again. No loop over examples is needed.

    Example:
        >>> params = {"W1": np.zeros((2, 3)), "b1": np.zeros((1, 3))}
        >>> params |= {"W2": np.ones((3, 1)), "b2": np.ones((1, 1))}
        >>> cache = forward(np.ones((5, 2)), params)
        >>> backward(cache, np.full((5, 1), 2.0), params)["b1"].tolist()
        [[0.25, 0.25, 0.25]]

    Args:
        cache: what `forward` returned: `"X"` (M, n), `"Z1"` (M, h), `"H"` (M, h), `"Y_hat"` (M, k).
        Y: targets, array (M, k).
        params: the parameters used in that forward pass.

    Returns:
        Dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of the arguments.

    Reference:
        Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, Nature 323, 1986.
    """
    raise NotImplementedError("03.5: backward")


# %% [markdown]
# ## 03.6 · One step downhill (2 points)
#
# $$\theta \leftarrow \theta - \eta \, \frac{\partial L}{\partial \theta} \qquad
# \text{for } \theta \in \{W_1, b_1, W_2, b_2\}$$
#
# The gradient points uphill, hence the minus. Return new arrays: `params["W1"] -= ...` would also change the
# arrays of whoever called you.


# %%
def gradient_step(params, grads, learning_rate):
    """Moves every parameter against its gradient and returns the result as new arrays.

    New value = old value − `learning_rate` · gradient. `params`, `grads` and their arrays stay as they are,
    and nothing in the result shares memory with them.

    Example:
        >>> old = {"W1": np.ones((1, 1)), "b1": np.ones((1, 1)), "W2": np.ones((1, 1)), "b2": np.ones((1, 1))}
        >>> new = gradient_step(old, old, 0.25)
        >>> new["W1"].tolist(), old["W1"].tolist()
        ([[0.75]], [[1.0]])

    Args:
        params: dict of `"W1"`, `"b1"`, `"W2"`, `"b2"`.
        grads: dict with the same keys and shapes.
        learning_rate: η, a positive float.

    Returns:
        Dict with the same keys, shapes and dtypes as `params`.
    """
    raise NotImplementedError("03.6: gradient_step")


# %% [markdown]
# ## 03.7 · Training (6 points)
#
# An epoch shows every example once, in an order drawn anew, `batch_size` at a time. With 11 examples and
# batches of 3 an epoch makes four steps, the last on the 2 examples that remain. Each batch: forward pass,
# backward pass, step. A batch's gradient is the mean over that batch.
#
# Batches of $M$ examples are gradient descent, of 1 example online learning, and anything between is what
# people usually call stochastic gradient descent.


# %%
def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    """Trains the regression network by mini-batch gradient descent on `mse_loss`.

    Every epoch calls `rng.permutation(M)` once, and nothing else uses `rng`. The examples are visited in that
    order in consecutive batches of `batch_size`; the last batch of an epoch is shorter when `batch_size` does
    not divide M, and it is used. After the last batch of epoch `e`, `losses[e]` is the loss on all M examples
    with the parameters reached by then (not the mean of the batch losses).

    Example:
        >>> rng = np.random.default_rng(0)
        >>> X = rng.normal(size=(50, 3))
        >>> Y = X[:, :1] - X[:, 1:2]
        >>> params, losses = train(X, Y, init_params(3, 4, 1, rng), 0.1, 30, 8, rng)
        >>> len(losses), losses[-1] < losses[0]
        (30, True)

    Args:
        X: array (M, n).
        Y: array (M, k).
        params: the parameters to start from; neither the dict nor its arrays are changed.
        learning_rate: η of `gradient_step`.
        epochs: number of passes over the examples.
        batch_size: number of examples a step, at least 1; may be larger than M.
        rng: `numpy.random.Generator`.

    Returns:
        The trained parameters, a dict like `params`, and `losses`, a list of `epochs` Python floats.
    """
    raise NotImplementedError("03.7: train")


# %% [markdown]
# ## 03.8 · Softmax (2 points)
#
# To choose among $k$ classes, turn each row of scores into probabilities:
#
# $$\mathrm{softmax}(Z)_{ic} = \frac{e^{Z_{ic}}}{\sum_{d} e^{Z_{id}}}$$
#
# The same number may be subtracted from all scores of a row without changing the result (it cancels). Choose
# it so that the largest exponent in each row is 0.


# %%
def softmax(Z):
    """Turns each row of scores into probabilities that sum to 1.

    `P[i, c] = exp(Z[i, c]) / (sum over d of exp(Z[i, d]))`. Subtracting a row's maximum from that row changes
    nothing on paper and keeps every exponent at or below 0: with scores of ±1000 the result is still finite
    and NumPy gives no warning. Each row has its own maximum.

    Example:
        >>> softmax(np.array([[0.0, 0.0], [1000.0, -1000.0]])).tolist()
        [[0.5, 0.5], [1.0, 0.0]]

    Args:
        Z: scores, array (M, k), float64 or float32.

    Returns:
        Array of the shape and dtype of `Z`.
    """
    raise NotImplementedError("03.8: softmax")


# %% [markdown]
# ## 03.9 · Cross-entropy (2 points)
#
# $$L = -\frac{1}{M} \sum_{i=1}^{M} \sum_{c=1}^{k} Y_{ic} \ln \hat Y_{ic}$$
#
# `Y` is one-hot, so only the probability given to the true class counts. The logarithm is natural: a true
# class that was given 0.15 costs $-\ln 0.15 = 1.897$ (the 0.82 that one sometimes reads is the base-10 one).
#
# A probability can underflow to exactly 0, and $\ln 0 = -\infty$. Raise probabilities below the smallest
# normal number of their dtype, `np.finfo(dtype).tiny`, to that number before taking the logarithm. It is so
# small ($2.2 \cdot 10^{-308}$ for float64) that no other probability is touched; the worst loss of an
# example is then 708.4 instead of infinity.


# %%
def cross_entropy(Y_hat, Y):
    """Returns the mean over examples of minus the natural log of the true class's probability.

    `L = −(1/M) · sum over i and c of Y[i, c] · ln(Y_hat[i, c])`. Probabilities below
    `np.finfo(dtype).tiny`, with the dtype of `Y_hat`, are raised to it before the logarithm, and no other
    probability is changed: the loss is finite, without a warning, even when the true class was given a
    probability of exactly 0.

    Example:
        >>> round(cross_entropy(np.array([[0.15, 0.55, 0.30]]), np.array([[1.0, 0.0, 0.0]])), 4)
        1.8971

    Args:
        Y_hat: probabilities, array (M, k) whose rows sum to 1.
        Y: one-hot targets, array (M, k).

    Returns:
        The loss as a Python float.
    """
    raise NotImplementedError("03.9: cross_entropy")


# %% [markdown]
# ## 03.10 · The classifier's forward pass (2 points)
#
# $$Z_1 = X W_1 + b_1, \qquad H = \sigma(Z_1), \qquad \hat Y = \mathrm{softmax}(H W_2 + b_2)$$
#
# The same network with a softmax at its end.


# %%
def classifier_forward(X, params):
    """Computes class probabilities and keeps what the backward pass needs.

    As `forward`, except that `Y_hat` is the softmax, row by row, of `H` times `W2` plus `b2`.

    Example:
        >>> params = {"W1": np.ones((2, 3)), "b1": np.zeros((1, 3))}
        >>> params |= {"W2": np.ones((3, 4)), "b2": np.zeros((1, 4))}
        >>> classifier_forward(np.ones((1, 2)), params)["Y_hat"].tolist()
        [[0.25, 0.25, 0.25, 0.25]]

    Args:
        X: array (M, n).
        params: dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of `X`.

    Returns:
        The cache, a dict of `"X"` (M, n), `"Z1"` (M, h), `"H"` (M, h) and the probabilities `"Y_hat"` (M, k),
        of the dtype of `X`.
    """
    raise NotImplementedError("03.10: classifier_forward")


# %% [markdown]
# ## 03.11 · The classifier's backward pass (4 points)
#
# Softmax has a full Jacobian, $\partial \hat Y_{ic} / \partial Z_{2,id} = \hat Y_{ic} (\mathbb 1[c = d] -
# \hat Y_{id})$. Multiplied with the derivative of the cross-entropy and summed over $c$, nearly all of it
# cancels:
#
# $$D_{2,ic} = \frac{\partial L}{\partial Z_{2,ic}} = \frac{1}{M}\left(\hat Y_{ic} - Y_{ic}\right)$$
#
# Work this out on paper once; it uses that each row of $Y$ sums to 1. The rest is the backward pass of 03.5.
# Note what is missing compared with the squared error: the 2.


# %%
def classifier_backward(cache, Y, params):
    """Returns the gradients of `cross_entropy` with respect to the four parameters of the classifier.

    The derivative of the loss with respect to the scores `Z2` (the softmax's input) is, for one-hot `Y`,

        D2[i, c] = (Y_hat[i, c] − Y[i, c]) / M

    and the gradients follow from `D2` by the formulas in the docstring of `backward`.

    Example:
        >>> params = {"W1": np.zeros((2, 3)), "b1": np.zeros((1, 3))}
        >>> params |= {"W2": np.zeros((3, 2)), "b2": np.zeros((1, 2))}
        >>> cache = classifier_forward(np.ones((4, 2)), params)
        >>> classifier_backward(cache, np.array([[1.0, 0.0]] * 4), params)["b2"].tolist()
        [[-0.5, 0.5]]

    Args:
        cache: what `classifier_forward` returned, `"Y_hat"` (M, k) being the probabilities.
        Y: one-hot targets, array (M, k).
        params: the parameters used in that forward pass.

    Returns:
        Dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), of the dtype of the arguments.
    """
    raise NotImplementedError("03.11: classifier_backward")


# %% [markdown]
# ## 03.12 · Put the slide right (4 points)
#
# A lecture showed the backward pass of exactly this network. Three of its eight lines are wrong:
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
# Write the shape of each quantity next to its line. Two of the mistakes show at once. The third has the
# right shape, and only the chain rule, or a numeric gradient, gives it away.


# %%
def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    """Returns the four gradients that the slide meant to compute.

    The slide's code, mistakes included:

        d_Y = 2 * (Y_hat - Y) / M
        d_H = d_Y.dot(W2.T)
        d_W2 = H.T.dot(d_Y)
        d_b2 = d_Y
        d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
        d_X = d_Z.dot(W1.T)
        d_W1 = d_X.T.dot(d_Z)
        d_b1 = d_Y

    Three lines are wrong: those of `d_b2`, `d_W1` and `d_b1`. A gradient has the shape of its parameter, and
    a parameter that acts on every example collects one contribution from each. The formulas are those of
    `backward`.

    Args:
        X: input, array (M, n).
        Z: hidden scores `X W1 + b1`, array (M, h).
        H: sigmoid of `Z`, array (M, h).
        Y_hat: predictions `H W2 + b2`, array (M, k).
        Y: targets, array (M, k).
        W1: array (n, h).
        W2: array (h, k).

    Returns:
        Dict of `"W1"` (n, h), `"b1"` (1, h), `"W2"` (h, k), `"b2"` (1, k), the gradients of `mse_loss`, of
        the dtype of the arguments.
    """
    raise NotImplementedError("03.12: slide_backward")


# %% [markdown]
# ## Pictures
#
# The cells below are ready-made and use your functions: run them when the questions are done. The three
# pictures are worth looking at. A loss that falls at once and then creeps, a cloud of gradients on the
# diagonal, and an accuracy that moves in jumps while the loss moves smoothly are what right answers look
# like.


# %%
@picture
def show_boston_losses(hidden_units=8, learning_rate=0.01, epochs=100, batch_size=32, seed=0):
    """Draws the loss of the regression network on the Boston houses, epoch by epoch."""
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
@picture
def show_gradient_check(seed=0):
    """Draws every partial derivative of a small network: numeric across, yours upward."""
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
@picture
def show_iris_classifier(hidden_units=8, learning_rate=0.5, epochs=400, seed=0):
    """Draws loss and accuracy of the classifier on the irises, trained on all examples at once."""
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
    right.plot(test_accuracies, label="test flowers")
    right.set(xlabel="step", ylabel="accuracy", title="Iris: accuracy", ylim=(0, 1.02))
    right.legend()
    figure.tight_layout()
    return (
        f"The loss falls from {losses[0]:.2f} to {losses[-1]:.2f}. In the end the network is right about "
        f"{train_accuracies[-1]:.0%} of the training flowers and {test_accuracies[-1]:.0%} of the test flowers."
    )


# %% [markdown]
# ### Loss curve on the Boston houses

# %%
if __name__ == "__main__":
    show_boston_losses()

# %% [markdown]
# ### Numeric against analytic gradient

# %%
if __name__ == "__main__":
    show_gradient_check()

# %% [markdown]
# ### Irises: loss and accuracy

# %%
if __name__ == "__main__":
    show_iris_classifier()
