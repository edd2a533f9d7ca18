import numpy as np
from numpy import sqrt, tanh


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
    new_theta, new_v = {}, {}
    for key in theta:
        new_v[key] = grads[key] + mu * velocity[key]
        new_theta[key] = theta[key] - lr * new_v[key]
    return new_theta, new_v


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
    m, s, t = state["m"], state["s"], state["t"]
    t = t + 1
    new_m, new_s, new_theta = {}, {}, {}
    for k in theta:
        g = grads[k]
        new_m[k] = beta1 * m[k] + (1 - beta1) * g
        new_s[k] = beta2 * s[k] + (1 - beta2) * g * g
        mhat = new_m[k] / (1 - np.power(beta1, t))
        shat = new_s[k] / (1 - np.power(beta2, t))
        new_theta[k] = theta[k] - lr * mhat / (np.sqrt(shat) + eps)
    return new_theta, {"m": new_m, "s": new_s, "t": t}


def step_decay(lr0, epoch, drop, every):
    lr = lr0
    for e in range(1, epoch + 1):
        if e % every == 0:
            lr = lr * drop
    return lr


def train(feats, target, lr0, mu, drop, every, n_epochs):
    n_obs, d = feats.shape
    theta = {"slope": np.zeros(d), "offset": np.zeros(1)}
    losses = []
    for epoch in range(n_epochs):
        velocity = {"slope": np.zeros(d), "offset": np.zeros(1)}
        lr = step_decay(lr0, epoch, drop, every)
        loss, grads = loss_and_grads(theta, feats, target)
        theta, velocity = momentum_step(theta, grads, velocity, lr, mu)
        losses.append(loss)
    return theta, losses
