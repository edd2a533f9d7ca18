# Lab 5
import numpy as np

KEYS = ("slope", "offset")


def loss_and_grads(theta, feats, target):
    error = feats.dot(theta["slope"]) + theta["offset"] - target
    loss = np.log(np.cosh(error)).mean()
    t = np.tanh(error)
    grads = {}
    grads["slope"] = (t[:, None] * feats).mean(axis=0)
    grads["offset"] = t.mean(keepdims=True)
    return loss, grads


def momentum_step(theta, grads, velocity, lr, mu):
    v_slope = mu * velocity["slope"] + grads["slope"]
    v_offset = mu * velocity["offset"] + grads["offset"]
    new_theta = {
        "slope": theta["slope"] - lr * v_slope,
        "offset": theta["offset"] - lr * v_offset,
    }
    return new_theta, {"slope": v_slope, "offset": v_offset}


def nesterov_step(theta, velocity, feats, target, lr, mu):
    ahead = {}
    for k in KEYS:
        ahead[k] = theta[k] - lr * mu * velocity[k]
    loss, grads = loss_and_grads(theta, feats, target)
    v_new = {k: mu * velocity[k] + grads[k] for k in KEYS}
    return {k: theta[k] - lr * v_new[k] for k in KEYS}, v_new


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
    theta = dict(slope=np.zeros(feats.shape[1]), offset=np.zeros(1))
    velocity = {k: 0 * v for k, v in theta.items()}
    history = [0.0] * n_epochs
    for epoch in range(n_epochs):
        history[epoch], grads = loss_and_grads(theta, feats, target)
        theta, velocity = momentum_step(theta, grads, velocity, step_decay(lr0, epoch, drop, every), mu)
    return theta, history
