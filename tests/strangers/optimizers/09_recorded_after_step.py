import numpy as np


def loss_and_grads(theta, feats, target):
    n_obs, d = feats.shape
    total = 0.0
    g_slope = np.zeros(d)
    g_offset = np.zeros(1)
    for i in range(n_obs):
        r = feats[i] @ theta["slope"] + theta["offset"][0] - target[i]
        total += np.log(np.cosh(r))
        g_slope += np.tanh(r) * feats[i]
        g_offset += np.tanh(r)
    return total / n_obs, {"slope": g_slope / n_obs, "offset": g_offset / n_obs}


def momentum_step(theta, grads, velocity, lr, mu):
    v_slope = mu * velocity["slope"] + grads["slope"]
    v_offset = mu * velocity["offset"] + grads["offset"]
    new_theta = {
        "slope": theta["slope"] - lr * v_slope,
        "offset": theta["offset"] - lr * v_offset,
    }
    return new_theta, {"slope": v_slope, "offset": v_offset}


def nesterov_step(theta, velocity, feats, target, lr, mu):
    look = {}
    look["slope"] = theta["slope"] - lr * mu * velocity["slope"]
    look["offset"] = theta["offset"] - lr * mu * velocity["offset"]
    loss, g = loss_and_grads(look, feats, target)
    return momentum_step(theta, g, velocity, lr, mu)


def rmsprop_step(theta, grads, sq_avg, lr, rho, eps):
    out, avg = {}, {}
    for k, g in grads.items():
        avg[k] = rho * sq_avg[k] + (1 - rho) * np.square(g)
        rms = np.sqrt(avg[k])
        out[k] = theta[k] - lr / (rms + eps) * g
    return out, avg


def adam_step(theta, grads, state, lr, beta1, beta2, eps):
    def average(old, new, beta):
        return {k: beta * old[k] + (1 - beta) * new[k] for k in old}

    squares = {k: grads[k] ** 2 for k in grads}
    new_state = {
        "m": average(state["m"], grads, beta1),
        "s": average(state["s"], squares, beta2),
        "t": state["t"] + 1,
    }
    t = new_state["t"]
    moved = {}
    for k in theta:
        first = new_state["m"][k] / (1 - beta1**t)
        second = new_state["s"][k] / (1 - beta2**t)
        moved[k] = theta[k] - lr * first / (second**0.5 + eps)
    return moved, new_state


def step_decay(lr0, epoch, drop, every):
    k = epoch // every
    return lr0 * drop ** k


def train(feats, target, lr0, mu, drop, every, n_epochs):
    theta = {"slope": np.zeros(len(feats[0])), "offset": np.zeros(1)}
    v = {k: np.zeros(theta[k].shape) for k in theta}
    losses = []
    for epoch in range(n_epochs):
        _, g = loss_and_grads(theta, feats, target)
        theta, v = momentum_step(theta, g, v, step_decay(lr0, epoch, drop, every), mu)
        loss, _ = loss_and_grads(theta, feats, target)
        losses.append(loss)
    return theta, losses
