# %% [markdown]
# # Lab 5: optimizers and their state
#
# A straight line through data with outliers, fitted by the log-cosh loss, and the optimizers of the lecture.
#
# The model is a dict `theta` with `"slope"`, array (d,), and `"offset"`, array (1,). Gradients and all moving values
# of an optimizer are dicts with the same keys. `feats` is (n_obs, d), `target` is (n_obs,). An optimizer is a function:
# it takes the old values and its old state, and returns the new values and the new state **as new arrays**. It changes
# nothing that it is given.

# %%
import numpy as np

# %% [markdown]
# ## O.1 Loss and gradient (3 points)
#
# $$r = \text{feats}\cdot\text{slope} + \text{offset} - \text{target}, \qquad
#   J = \frac{1}{n}\sum_i \ln\cosh r_i, \qquad \frac{dJ}{dr_i} = \frac{1}{n}\tanh r_i$$


# %%
def loss_and_grads(theta, feats, target):
    """Returns the mean log-cosh loss and its gradients.

    Args:
        theta: dict of `slope`, array (d,), and `offset`, array (1,).
        feats: array (n_obs, d).
        target: array (n_obs,).

    Returns:
        The loss as a float, and a dict of the gradients of `slope` (d,) and `offset` (1,).
    """
    # BEGIN SOLUTION O.1
    resid = feats @ theta["slope"] + theta["offset"] - target
    pull = np.tanh(resid) / len(target)
    loss = float(np.mean(np.log(np.cosh(resid))))
    return loss, {"slope": feats.T @ pull, "offset": np.array([pull.sum()])}
    # END SOLUTION


# %% [markdown]
# ## O.2 Momentum (3 points)
#
# $$v \leftarrow \mu v + g, \qquad \theta \leftarrow \theta - \eta\, v$$
#
# The gradient enters in full, and the *new* velocity moves the model.


# %%
def momentum_step(theta, grads, velocity, lr, mu):
    """Makes one step of gradient descent with momentum.

    Args:
        theta: dict of `slope` and `offset`.
        grads: dict of their gradients.
        velocity: dict of their velocities.
        lr: learning rate.
        mu: momentum, between 0 and 1.

    Returns:
        The new `theta` and the new `velocity`.
    """
    # BEGIN SOLUTION O.2
    new_velocity = {name: mu * velocity[name] + grads[name] for name in theta}
    return {name: theta[name] - lr * new_velocity[name] for name in theta}, new_velocity
    # END SOLUTION


# %% [markdown]
# ## O.3 Nesterov (4 points)
#
# The gradient is taken where the velocity is about to carry the model:
#
# $$g = \nabla J(\theta - \eta\mu v), \qquad v \leftarrow \mu v + g, \qquad \theta \leftarrow \theta - \eta\, v$$


# %%
def nesterov_step(theta, velocity, feats, target, lr, mu):
    """Makes one step with Nesterov's momentum; the gradient comes from `loss_and_grads`.

    Args:
        theta: dict of `slope` and `offset`.
        velocity: dict of their velocities.
        feats: array (n_obs, d).
        target: array (n_obs,).
        lr: learning rate.
        mu: momentum.

    Returns:
        The new `theta` and the new `velocity`.
    """
    # BEGIN SOLUTION O.3
    ahead = {name: theta[name] - lr * mu * velocity[name] for name in theta}
    _, grads = loss_and_grads(ahead, feats, target)
    return momentum_step(theta, grads, velocity, lr, mu)
    # END SOLUTION


# %% [markdown]
# ## O.4 RMSprop (3 points)
#
# $$s \leftarrow \rho s + (1-\rho)\, g^2, \qquad \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{s} + \varepsilon}$$
#
# $\varepsilon$ stands outside of the root.


# %%
def rmsprop_step(theta, grads, sq_avg, lr, rho, eps):
    """Makes one step of RMSprop.

    Args:
        theta: dict of `slope` and `offset`.
        grads: dict of their gradients.
        sq_avg: dict of the moving averages of the squared gradients.
        lr: learning rate.
        rho: decay of the moving average.
        eps: small number, added to the root.

    Returns:
        The new `theta` and the new `sq_avg`.
    """
    # BEGIN SOLUTION O.4
    new_avg = {name: rho * sq_avg[name] + (1 - rho) * grads[name] ** 2 for name in theta}
    return {name: theta[name] - lr * grads[name] / (np.sqrt(new_avg[name]) + eps) for name in theta}, new_avg
    # END SOLUTION


# %% [markdown]
# ## O.5 Adam (5 points)
#
# $$t \leftarrow t + 1, \quad m \leftarrow \beta_1 m + (1-\beta_1) g, \quad s \leftarrow \beta_2 s + (1-\beta_2) g^2$$
#
# $$\theta \leftarrow \theta - \eta\, \frac{m / (1-\beta_1^t)}{\sqrt{s / (1-\beta_2^t)} + \varepsilon}$$


# %%
def adam_step(theta, grads, state, lr, beta1, beta2, eps):
    """Makes one step of Adam.

    Args:
        theta: dict of `slope` and `offset`.
        grads: dict of their gradients.
        state: dict of `t`, the number of steps made so far (0 before the first), and of `m` and `s`, dicts of the
            moving averages, without any correction.
        lr: learning rate.
        beta1: decay of the averages `m`.
        beta2: decay of the averages `s`.
        eps: small number, added to the root.

    Returns:
        The new `theta` and the new `state`, a dict with the keys `m`, `s` and `t`.
    """
    # BEGIN SOLUTION O.5
    t = state["t"] + 1
    m = {name: beta1 * state["m"][name] + (1 - beta1) * grads[name] for name in theta}
    s = {name: beta2 * state["s"][name] + (1 - beta2) * grads[name] ** 2 for name in theta}
    new_theta = {}
    for name in theta:
        m_hat = m[name] / (1 - beta1**t)
        s_hat = s[name] / (1 - beta2**t)
        new_theta[name] = theta[name] - lr * m_hat / (np.sqrt(s_hat) + eps)
    return new_theta, {"m": m, "s": s, "t": t}
    # END SOLUTION


# %% [markdown]
# ## O.6 Step decay (2 points)


# %%
def step_decay(lr0, epoch, drop, every):
    """Returns the learning rate of an epoch: `lr0`, times `drop` once for every `every` whole epochs that have passed.

    Epochs are counted from 0: with `every = 3`, epochs 0, 1 and 2 have `lr0`, epochs 3, 4 and 5 have `lr0 * drop`.

    Args:
        lr0: learning rate of the first epoch.
        epoch: the epoch, counted from 0.
        drop: factor, between 0 and 1.
        every: number of epochs between two drops.

    Returns:
        The learning rate as a float.
    """
    # BEGIN SOLUTION O.6
    return float(lr0 * drop ** (epoch // every))
    # END SOLUTION


# %% [markdown]
# ## O.7 Training (4 points)


# %%
def train(feats, target, lr0, mu, drop, every, n_epochs):
    """Fits the line with momentum, on all examples at once, one step an epoch.

    `slope`, `offset` and their velocities start at zero. Epoch e, counted from 0, has the learning rate
    `step_decay(lr0, e, drop, every)`. `losses[e]` is the loss *before* the step of epoch e.

    Args:
        feats: array (n_obs, d).
        target: array (n_obs,).
        lr0: learning rate of the first epoch.
        mu: momentum.
        drop: factor of the decay.
        every: epochs between two drops.
        n_epochs: number of epochs.

    Returns:
        The trained `theta` and `losses`, a list of `n_epochs` floats.
    """
    # BEGIN SOLUTION O.7
    theta = {"slope": np.zeros(feats.shape[1]), "offset": np.zeros(1)}
    velocity = {name: np.zeros_like(value) for name, value in theta.items()}
    losses = []
    for epoch in range(n_epochs):
        loss, grads = loss_and_grads(theta, feats, target)
        losses.append(loss)
        theta, velocity = momentum_step(theta, grads, velocity, step_decay(lr0, epoch, drop, every), mu)
    return theta, losses
    # END SOLUTION
