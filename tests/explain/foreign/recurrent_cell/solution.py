# %% [markdown]
# # Lab 2: an Elman network, by hand
#
# A network that reads a sequence, one symbol or measurement at a time, and says after each what it expects.
#
# | | shape | | | shape | |
# |---|---|---|---|---|---|
# | `xs` | (T, B, D) | inputs: step, sequence, feature | `Wxh` | (D, H) | input to hidden |
# | `hs` | (T+1, B, H) | hidden states, `hs[0]` is the initial one | `Whh` | (H, H) | hidden to hidden |
# | `ps` | (T, B, C) | predicted probabilities | `Why` | (H, C) | hidden to output |
# | `targets` | (T, B) | the right classes, ints | `bh`, `by` | (H,), (C,) | biases |
#
# The weights travel in a dict `w` with the keys `Wxh`, `Whh`, `Why`, `bh`, `by`. Note that `hs[t + 1]` is the state
# *after* input `xs[t]`. Arguments are never modified.

# %%
import numpy as np

# %% [markdown]
# ## 2a — one step (2 points)
#
# $$h_t = \tanh(x_t W_{xh} + h_{t-1} W_{hh} + b_h)$$


# %%
def rnn_step(x, h_prev, w):
    """One step of the cell.

    Args:
        x: input of this step, (B, D).
        h_prev: state after the step before, (B, H).
        w: dict of the weights.

    Returns:
        The new state, (B, H).
    """
    # BEGIN SOLUTION 2a
    return np.tanh(x @ w["Wxh"] + h_prev @ w["Whh"] + w["bh"])
    # END SOLUTION


# %% [markdown]
# ## 2b — the whole sequence (2 points)


# %%
def unroll(xs, h0, w):
    """Runs the cell over a sequence.

    Args:
        xs: inputs, (T, B, D).
        h0: initial state, (B, H).
        w: dict of the weights.

    Returns:
        All states, (T+1, B, H): `hs[0]` is `h0` and `hs[t + 1]` the state after `xs[t]`.
    """
    # BEGIN SOLUTION 2b
    hs = [h0]
    for x in xs:
        hs.append(rnn_step(x, hs[-1], w))
    return np.stack(hs)
    # END SOLUTION


# %% [markdown]
# ## 2c — predictions (2 points)
#
# After each input, a softmax over the classes: $p_t = \mathrm{softmax}(h_t W_{hy} + b_y)$. The initial state predicts
# nothing.


# %%
def predict(hs, w):
    """Probabilities of the classes after each input.

    Args:
        hs: states, (T+1, B, H), as `unroll` returns them.
        w: dict of the weights.

    Returns:
        Array (T, B, C); each `ps[t, b]` sums to 1.
    """
    # BEGIN SOLUTION 2c
    scores = hs[1:] @ w["Why"] + w["by"]
    scores = scores - scores.max(axis=2, keepdims=True)
    e = np.exp(scores)
    return e / e.sum(axis=2, keepdims=True)
    # END SOLUTION


# %% [markdown]
# ## 2d — the loss of a sequence (2 points)
#
# $$L = -\frac 1B \sum_{b} \sum_{t} \ln p_{t, b, \text{target}_{t,b}}$$
#
# Summed over time, averaged over the B sequences.


# %%
def sequence_loss(ps, targets):
    """Cross-entropy, summed over the steps and averaged over the sequences.

    Args:
        ps: probabilities, (T, B, C).
        targets: the right classes, ints (T, B).

    Returns:
        The loss, a float.
    """
    # BEGIN SOLUTION 2d
    T, B = targets.shape
    picked = np.take_along_axis(ps, targets[:, :, None], axis=2)
    return float(-np.log(picked).sum() / B)
    # END SOLUTION


# %% [markdown]
# ## 2e — one step backwards (3 points)
#
# `dh` is the derivative of the loss with respect to the state *after* this step. With $a_t$ the argument of the tanh,
# $\partial h_t / \partial a_t = 1 - h_t^2$.


# %%
def step_backward(dh, x, h_prev, h, w):
    """Goes back through one step of the cell.

    Args:
        dh: derivative of the loss with respect to `h`, (B, H).
        x: input of the step, (B, D).
        h_prev: state before the step, (B, H).
        h: state after the step, (B, H).
        w: dict of the weights.

    Returns:
        Dict of the derivatives with respect to `Wxh` (D, H), `Whh` (H, H), `bh` (H,) and `h_prev` (B, H).
    """
    # BEGIN SOLUTION 2e
    da = dh * (1 - h**2)
    return {"Wxh": x.T @ da, "Whh": h_prev.T @ da, "bh": da.sum(axis=0), "h_prev": da @ w["Whh"].T}
    # END SOLUTION


# %% [markdown]
# ## 2f — through time (6 points)
#
# From the last step to the first. The state $h_t$ influences the loss in two ways: through its own prediction and
# through the next state. Derivatives of the weights add up over the steps.


# %%
def bptt(xs, hs, ps, targets, w):
    """Derivatives of `sequence_loss` with respect to all weights.

    Args:
        xs: inputs, (T, B, D).
        hs: states, (T+1, B, H).
        ps: probabilities, (T, B, C).
        targets: the right classes, ints (T, B).
        w: dict of the weights.

    Returns:
        Dict of `Wxh`, `Whh`, `Why`, `bh`, `by`, each of the shape of its weight.
    """
    # BEGIN SOLUTION 2f
    T, B, C = ps.shape
    dscores = (ps - np.eye(C)[targets]) / B
    grads = {name: np.zeros_like(value) for name, value in w.items()}
    dh_next = np.zeros_like(hs[0])
    for t in reversed(range(T)):
        grads["Why"] += hs[t + 1].T @ dscores[t]
        grads["by"] += dscores[t].sum(axis=0)
        dh = dscores[t] @ w["Why"].T + dh_next
        back = step_backward(dh, xs[t], hs[t], hs[t + 1], w)
        for name in ("Wxh", "Whh", "bh"):
            grads[name] += back[name]
        dh_next = back["h_prev"]
    return grads
    # END SOLUTION


# %% [markdown]
# ## 2g — clipping (2 points)
#
# One long step can ruin weeks of training. When the length of *all* derivatives together, taken as one long vector, is
# above `max_norm`, all are shortened by the same factor so that it is `max_norm`.


# %%
def clip(grads, max_norm):
    """Shortens derivatives whose common norm is too large.

    The norm is the square root of the sum of squares over all entries of all arrays. At or below `max_norm`, the
    values are returned as they are.

    Args:
        grads: dict of arrays.
        max_norm: positive float.

    Returns:
        A new dict with the same keys.
    """
    # BEGIN SOLUTION 2g
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    factor = min(1.0, max_norm / norm)
    return {name: factor * g for name, g in grads.items()}
    # END SOLUTION
