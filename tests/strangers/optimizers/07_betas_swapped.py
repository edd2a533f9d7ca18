# Lab 5
import numpy as np

KEYS = ("slope", "offset")


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
    zero = {k: np.zeros_like(velocity[k]) for k in velocity}
    ahead, _ = momentum_step(theta, zero, velocity, lr, mu)
    _, grads_ahead = loss_and_grads(ahead, feats, target)
    theta_out, v_out = {}, {}
    for k in velocity:
        v_out[k] = mu * velocity[k] + grads_ahead[k]
        theta_out[k] = ahead[k] - lr * grads_ahead[k]
    return theta_out, v_out


def rmsprop_step(theta, grads, sq_avg, lr, rho, eps):
    s_slope = rho * sq_avg["slope"] + (1 - rho) * grads["slope"] ** 2
    s_offset = rho * sq_avg["offset"] + (1 - rho) * grads["offset"] ** 2
    slope = theta["slope"] - lr * grads["slope"] / (np.sqrt(s_slope) + eps)
    offset = theta["offset"] - lr * grads["offset"] / (np.sqrt(s_offset) + eps)
    return {"slope": slope, "offset": offset}, {"slope": s_slope, "offset": s_offset}


def adam_step(theta, grads, state, lr, beta1, beta2, eps):
    t = state["t"] + 1
    m, v = {}, {}
    new_theta = {}
    for k in KEYS:
        m[k] = beta1 * state["m"][k] + (1 - beta1) * grads[k]
        v[k] = beta2 * state["s"][k] + (1 - beta2) * np.square(grads[k])
        lr_t = lr * np.sqrt(1 - beta1**t) / (1 - beta2**t)
        new_theta[k] = theta[k] - lr_t * m[k] / (np.sqrt(v[k]) + eps * np.sqrt(1 - beta2**t))
    return new_theta, dict(m=m, s=v, t=t)


def step_decay(lr0, epoch, drop, every):
    return lr0 * np.power(drop, np.floor(epoch / every))


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
