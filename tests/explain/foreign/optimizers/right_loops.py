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
    v = {k: velocity[k].copy() for k in velocity}
    th = {k: theta[k].copy() for k in theta}
    for k in ["slope", "offset"]:
        v[k] *= mu
        v[k] += grads[k]
        th[k] -= lr * v[k]
    return th, v


def nesterov_step(theta, velocity, feats, target, lr, mu):
    zero = {k: np.zeros_like(velocity[k]) for k in velocity}
    ahead, _ = momentum_step(theta, zero, velocity, lr, mu)
    _, grads_ahead = loss_and_grads(ahead, feats, target)
    theta_out, v_out = {}, {}
    for k in velocity:
        v_out[k] = mu * velocity[k] + grads_ahead[k]
        theta_out[k] = ahead[k] - lr * grads_ahead[k]
    return theta_out, v_out


def rmsprop_step(theta, grads, sq_avg, lr, rho, eps):
    new_theta = dict(theta)
    new_avg = dict(sq_avg)
    for key in theta:
        g = grads[key]
        new_avg[key] = sq_avg[key] + (1.0 - rho) * (g * g - sq_avg[key])
        step = lr * g / (new_avg[key] ** 0.5 + eps)
        new_theta[key] = theta[key] - step
    return new_theta, new_avg


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
    lr = lr0
    for e in range(1, epoch + 1):
        if e % every == 0:
            lr = lr * drop
    return lr


def train(feats, target, lr0, mu, drop, every, n_epochs):
    theta = {"slope": np.zeros(feats.shape[1]), "offset": np.array([0.0])}
    velocity = {"slope": np.zeros_like(theta["slope"]), "offset": np.array([0.0])}
    losses = []
    epoch = 0
    while epoch < n_epochs:
        before, grads = loss_and_grads(theta, feats, target)
        theta, velocity = momentum_step(theta, grads, velocity, lr=step_decay(lr0, epoch, drop, every), mu=mu)
        losses += [float(before)]
        epoch += 1
    return theta, losses
