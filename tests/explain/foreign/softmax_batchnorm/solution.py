# %% [markdown]
# # Lab 6: softmax regression with batch normalisation and dropout
#
# Notation: `feats` is (n_obs, d), `labels` is (n_obs,) and holds classes 0 … n_classes-1 as ints. `coef` is
# (d, n_classes), `intercept` is (n_classes,). `gamma` and `beta` of the batch normalisation are (d,).
# No function changes the arrays that it is given.

# %%
import numpy as np

# %% [markdown]
# ## S.1 Softmax (2 points)


# %%
def softmax(scores):
    """Returns the softmax of every row. Scores of ±1000 must not overflow.

    Args:
        scores: array (n_obs, n_classes).

    Returns:
        Array (n_obs, n_classes); each row sums to 1.
    """
    # BEGIN SOLUTION S.1
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    # END SOLUTION


# %% [markdown]
# ## S.2 Objective (3 points)
#
# $$J = -\frac 1n \sum_i \ln p_{i, y_i} + \frac\lambda 2 \sum_{jk} \text{coef}_{jk}^2$$
#
# The intercept has no part in the penalty, and the penalty is not divided by n.


# %%
def objective(coef, intercept, feats, labels, lam):
    """Returns the mean cross-entropy plus the L2 penalty.

    Args:
        coef: array (d, n_classes).
        intercept: array (n_classes,).
        feats: array (n_obs, d).
        labels: array (n_obs,) of ints.
        lam: weight of the penalty.

    Returns:
        A float.
    """
    # BEGIN SOLUTION S.2
    probs = softmax(feats @ coef + intercept)
    picked = probs[np.arange(len(labels)), labels]
    return float(-np.mean(np.log(picked)) + 0.5 * lam * np.sum(coef**2))
    # END SOLUTION


# %% [markdown]
# ## S.3 Its gradients (4 points)
#
# With $\delta = (p - \text{onehot}(y)) / n$:
# $\quad \nabla_\text{coef} = \text{feats}^\top \delta + \lambda\,\text{coef}, \quad
# \nabla_\text{intercept} = \sum_i \delta_i, \quad \nabla_\text{feats} = \delta\,\text{coef}^\top$


# %%
def objective_grads(coef, intercept, feats, labels, lam):
    """Returns the gradients of `objective`.

    Args:
        coef: array (d, n_classes).
        intercept: array (n_classes,).
        feats: array (n_obs, d).
        labels: array (n_obs,) of ints.
        lam: weight of the penalty.

    Returns:
        A dict of the gradients `coef`, `intercept` and `feats`, each in the shape of its array.
    """
    # BEGIN SOLUTION S.3
    delta = softmax(feats @ coef + intercept)
    delta[np.arange(len(labels)), labels] -= 1
    delta /= len(labels)
    return {"coef": feats.T @ delta + lam * coef, "intercept": delta.sum(axis=0), "feats": delta @ coef.T}
    # END SOLUTION


# %% [markdown]
# ## S.4 Batch normalisation, forward (4 points)
#
# $$\hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}, \qquad \text{out} = \gamma \hat x + \beta$$
#
# In training, $\mu$ and $\sigma^2$ are mean and variance of each feature over the batch, and the variance divides by n.
# The running values move towards them: running ← decay · running + (1 − decay) · batch. When not training, the running
# values take the place of $\mu$ and $\sigma^2$, and stay as they are.


# %%
def batchnorm(feats, gamma, beta, run_mean, run_var, decay, eps, training):
    """Normalises each feature.

    Args:
        feats: array (n_obs, d).
        gamma: scale, array (d,).
        beta: shift, array (d,).
        run_mean: running mean, array (d,).
        run_var: running variance, array (d,).
        decay: decay of the running values.
        eps: small number, inside the root.
        training: True in training, False when predicting.

    Returns:
        `out`, array (n_obs, d), the new `run_mean` and the new `run_var`.
    """
    # BEGIN SOLUTION S.4
    if not training:
        return gamma * (feats - run_mean) / np.sqrt(run_var + eps) + beta, run_mean, run_var
    mean, var = feats.mean(axis=0), feats.var(axis=0)
    out = gamma * (feats - mean) / np.sqrt(var + eps) + beta
    return out, decay * run_mean + (1 - decay) * mean, decay * run_var + (1 - decay) * var
    # END SOLUTION


# %% [markdown]
# ## S.5 Batch normalisation, backward (5 points)
#
# $$\nabla_\gamma = \sum_i d_i \hat x_i, \quad \nabla_\beta = \sum_i d_i, \quad
# \nabla_x = \frac{\gamma}{\sqrt{\sigma^2+\varepsilon}}
#   \Big(d - \frac 1n \nabla_\beta - \frac 1n \hat x\,\nabla_\gamma\Big)$$


# %%
def batchnorm_grads(upstream, feats, gamma, eps):
    """Returns the gradients of the normalisation in training.

    Args:
        upstream: gradient of the loss by the output of `batchnorm`, array (n_obs, d).
        feats: input of `batchnorm`, array (n_obs, d).
        gamma: scale, array (d,).
        eps: small number, inside the root.

    Returns:
        A dict of the gradients `feats` (n_obs, d), `gamma` (d,) and `beta` (d,).
    """
    # BEGIN SOLUTION S.5
    inv_std = 1.0 / np.sqrt(feats.var(axis=0) + eps)
    normed = (feats - feats.mean(axis=0)) * inv_std
    d_gamma, d_beta = np.sum(upstream * normed, axis=0), upstream.sum(axis=0)
    d_feats = gamma * inv_std * (upstream - d_beta / len(feats) - normed * d_gamma / len(feats))
    return {"feats": d_feats, "gamma": d_gamma, "beta": d_beta}
    # END SOLUTION


# %% [markdown]
# ## S.6 Inverted dropout (2 points)


# %%
def dropout(feats, mask, keep, training):
    """Drops entries in training and scales those that are kept by 1 / keep; else changes nothing.

    Args:
        feats: array (n_obs, d).
        mask: array (n_obs, d) of 0.0 and 1.0; 1.0 is kept.
        keep: probability that an entry is kept.
        training: True in training, False when predicting.

    Returns:
        Array (n_obs, d).
    """
    # BEGIN SOLUTION S.6
    return feats * mask / keep if training else feats
    # END SOLUTION


# %% [markdown]
# ## S.7 One step of training (4 points)
#
# feats → batch normalisation → dropout → softmax regression. All of `coef`, `intercept`, `gamma` and `beta` take one
# step of gradient descent, and the running values are brought up to date.


# %%
def train_step(model, feats, labels, mask, keep, lam, lr, decay, eps):
    """Makes one step of gradient descent on the whole batch.

    Args:
        model: dict of `coef`, `intercept`, `gamma`, `beta`, `run_mean` and `run_var`.
        feats: array (n_obs, d).
        labels: array (n_obs,) of ints.
        mask: of the dropout, array (n_obs, d).
        keep: probability that an entry is kept.
        lam: weight of the penalty.
        lr: learning rate.
        decay: decay of the running values.
        eps: small number of the batch normalisation.

    Returns:
        The objective before the step as a float, and the new `model`, a dict with the same keys.
    """
    # BEGIN SOLUTION S.7
    out, run_mean, run_var = batchnorm(
        feats, model["gamma"], model["beta"], model["run_mean"], model["run_var"], decay, eps, True
    )
    dropped = dropout(out, mask, keep, True)
    value = objective(model["coef"], model["intercept"], dropped, labels, lam)
    grads = objective_grads(model["coef"], model["intercept"], dropped, labels, lam)
    grads |= batchnorm_grads(grads["feats"] * mask / keep, feats, model["gamma"], eps)
    moved = {name: model[name] - lr * grads[name] for name in ("coef", "intercept", "gamma", "beta")}
    return value, {**moved, "run_mean": run_mean, "run_var": run_var}
    # END SOLUTION
