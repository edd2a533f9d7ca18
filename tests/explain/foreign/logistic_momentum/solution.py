# %% [markdown]
# # Exercise sheet 1: logistic regression, trained with momentum
#
# Two classes, $y \in \{0, 1\}$, and one straight border between them. You write the model, its loss with a ridge
# penalty, the gradient, and stochastic gradient descent with momentum.
#
# Notation of the lecture: `X` is (N, d) and has a column of ones in front once `add_intercept` was called, `y` is
# (N,), `theta` is (d,), `v` is the velocity (d,), `eta` the step size, `mu` the momentum, `lam` the weight of the
# penalty. `theta[0]` belongs to the column of ones. Everything is a vector; there are no (N, 1) columns on this sheet.
# No function changes the arrays that it is given.

# %%
import numpy as np

# %% [markdown]
# ## L1.1 The intercept (1 point)


# %%
def add_intercept(X):
    """Puts a column of ones in front of the features.

    Args:
        X: array (N, k).

    Returns:
        Array (N, k + 1), whose first column is 1.
    """
    # BEGIN SOLUTION L1.1
    return np.hstack([np.ones((X.shape[0], 1)), X])
    # END SOLUTION


# %% [markdown]
# ## L1.2 Probabilities (2 points)
#
# $$p_i = P(y_i = 1 \mid x_i) = \frac{1}{1 + e^{-x_i^\top \theta}}$$


# %%
def probabilities(X, theta):
    """Returns the probability of class 1 for every example.

    `p[i] = 1 / (1 + exp(-X[i] · theta))`. Scores of ±1000 must not overflow.

    Args:
        X: array (N, d), the first column is 1.
        theta: array (d,).

    Returns:
        Array (N,).
    """
    # BEGIN SOLUTION L1.2
    s = X @ theta
    e = np.exp(-np.abs(s))
    return np.where(s >= 0, 1.0, e) / (1.0 + e)
    # END SOLUTION


# %% [markdown]
# ## L1.3 Negative log-likelihood (3 points)
#
# $$J(\theta) = -\frac 1N \sum_i \big[y_i \ln p_i + (1 - y_i) \ln (1 - p_i)\big]
#   + \frac{\lambda}{2} \sum_{j \ge 1} \theta_j^2$$
#
# The intercept is not penalised. With the score $s_i = x_i^\top\theta$ one summand is
# $\ln(1 + e^{s_i}) - y_i s_i$, and `np.logaddexp(0, s)` computes the first half without overflow.


# %%
def neg_log_likelihood(X, y, theta, lam):
    """Returns the mean negative log-likelihood plus the ridge penalty.

    The mean is over the N examples. The penalty is `lam / 2` times the sum of squares of `theta[1:]`; it is not
    divided by N, and the intercept `theta[0]` has no part in it.

    Args:
        X: array (N, d).
        y: array (N,) of 0.0 and 1.0.
        theta: array (d,).
        lam: weight of the penalty, at least 0.

    Returns:
        The loss as a float.
    """
    # BEGIN SOLUTION L1.3
    s = X @ theta
    fit = np.mean(np.logaddexp(0.0, s) - y * s)
    return float(fit + 0.5 * lam * np.sum(theta[1:] ** 2))
    # END SOLUTION


# %% [markdown]
# ## L1.4 The gradient (4 points)
#
# $$\nabla J = \frac 1N X^\top (p - y) + \lambda\, (0, \theta_1, \dots, \theta_{d-1})^\top$$


# %%
def gradient(X, y, theta, lam):
    """Returns the gradient of `neg_log_likelihood` with respect to `theta`.

    Args:
        X: array (N, d).
        y: array (N,) of 0.0 and 1.0.
        theta: array (d,).
        lam: weight of the penalty.

    Returns:
        Array (d,).
    """
    # BEGIN SOLUTION L1.4
    g = X.T @ (probabilities(X, theta) - y) / len(y)
    g[1:] += lam * theta[1:]
    return g
    # END SOLUTION


# %% [markdown]
# ## L1.5 One step with momentum (2 points)
#
# $$v \leftarrow \mu v - \eta g, \qquad \theta \leftarrow \theta + v$$
#
# The velocity is updated first, and the *new* velocity moves the parameters.


# %%
def momentum_step(theta, v, g, eta, mu):
    """Makes one step of gradient descent with momentum.

    Args:
        theta: array (d,).
        v: velocity, array (d,).
        g: gradient at `theta`, array (d,).
        eta: step size.
        mu: momentum, between 0 and 1.

    Returns:
        The new `theta` and the new `v`, as new arrays.
    """
    # BEGIN SOLUTION L1.5
    v_new = mu * v - eta * g
    return theta + v_new, v_new
    # END SOLUTION


# %% [markdown]
# ## L1.6 One epoch (3 points)


# %%
def one_epoch(X, y, theta, v, eta, mu, lam, batch_size, order):
    """Visits every example once, in the given order, `batch_size` at a time.

    The last batch is shorter when `batch_size` does not divide N, and it is used. `theta` and `v` are carried from
    one batch to the next.

    Args:
        X: array (N, d).
        y: array (N,).
        theta: array (d,).
        v: velocity, array (d,).
        eta: step size.
        mu: momentum.
        lam: weight of the penalty.
        batch_size: examples in one batch.
        order: array (N,) of ints, a permutation of the examples.

    Returns:
        `theta` and `v` after the last batch.
    """
    # BEGIN SOLUTION L1.6
    for lo in range(0, len(order), batch_size):
        rows = order[lo : lo + batch_size]
        g = gradient(X[rows], y[rows], theta, lam)
        theta, v = momentum_step(theta, v, g, eta, mu)
    return theta, v
    # END SOLUTION


# %% [markdown]
# ## L1.7 Training (3 points)


# %%
def fit(X, y, eta, mu, lam, n_epochs, batch_size, rng):
    """Trains from `theta = 0` and `v = 0`.

    Each epoch draws its order by one call of `rng.permutation(N)`. The velocity is kept from one epoch to the next.
    `history[t]` is the loss on all examples, penalty included, after epoch t.

    Args:
        X: array (N, d).
        y: array (N,).
        eta: step size.
        mu: momentum.
        lam: weight of the penalty.
        n_epochs: number of epochs.
        batch_size: examples in one batch.
        rng: `numpy.random.Generator`.

    Returns:
        The trained `theta` and `history`, a list of `n_epochs` floats.
    """
    # BEGIN SOLUTION L1.7
    theta = np.zeros(X.shape[1])
    v = np.zeros_like(theta)
    history = []
    for _ in range(n_epochs):
        theta, v = one_epoch(X, y, theta, v, eta, mu, lam, batch_size, rng.permutation(len(y)))
        history.append(neg_log_likelihood(X, y, theta, lam))
    return theta, history
    # END SOLUTION


# %% [markdown]
# ## L1.8 Accuracy (2 points)


# %%
def accuracy(X, y, theta):
    """Returns the fraction of examples whose class is predicted right.

    Class 1 is predicted when its probability is 0.5 or more.

    Args:
        X: array (N, d).
        y: array (N,) of 0.0 and 1.0.
        theta: array (d,).

    Returns:
        A float between 0 and 1.
    """
    # BEGIN SOLUTION L1.8
    return float(np.mean((X @ theta >= 0) == (y == 1)))
    # END SOLUTION
