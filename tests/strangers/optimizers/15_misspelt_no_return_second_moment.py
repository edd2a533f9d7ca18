# %%
# Lab 5, optimizers
import numpy as np
import math


def loss_and_grads(theta, feats, target):
    error = feats.dot(theta["slope"]) + theta["offset"] - target
    loss = np.log(np.cosh(error)).mean()
    t = np.tanh(error)
    grads = {}
    grads["slope"] = (t[:, None] * feats).mean(axis=0)
    grads["offset"] = t.mean(keepdims=True)
    return loss, grads


def momentum_step(theta, grads, velocity, lr, mu):
    new_theta, new_v = {}, {}
    for key in theta:
        new_v[key] = grads[key] + mu * velocity[key]
        new_theta[key] = theta[key] - lr * new_v[key]
    return new_theta, new_v


def nesterov_step(theta, velocity, feats, target, lr, mu):
    # where we would land if there was no gradient
    ahead = {k: theta[k] - lr * (mu * velocity[k]) for k in theta}
    g = loss_and_grads(ahead, feats, target)[1]
    new_v = {k: mu * velocity[k] + g[k] for k in theta}
    new_theta = {k: theta[k] - lr * new_v[k] for k in theta}
    return new_theta, new_v


def rmsprop_step(theta, grads, sq_avg, lr, rho, eps):
    a1 = rho * sq_avg["slope"] + (1 - rho) * grads["slope"] ** 2
    a2 = rho * sq_avg["offset"] + (1 - rho) * grads["offset"]
    theta2 = {"slope": theta["slope"] - lr * grads["slope"] / (np.sqrt(a1) + eps)}
    theta2["offset"] = theta["offset"] - lr * grads["offset"] / (np.sqrt(a2) + eps)
    return theta2, {"slope": a1, "offset": a2}


def adam_step(theta, grads, state, lr, beta1, beta2, eps):
    m, s = {}, {}
    t = state["t"] + 1
    new_theta = {}
    for key in theta:
        m[key] = beta1 * state["m"][key] + (1 - beta1) * grads[key]
        s[key] = beta2 * state["s"][key] + (1 - beta2) * grads[key] ** 2
        m_hat = m[key] / (1 - beta1**t)
        s_hat = s[key] / (1 - beta2**t)
        new_theta[key] = theta[key] - lr * m_hat / (np.sqrt(s_ha) + eps)
    return new_theta, {"m": m, "s": s, "t": t}


def step_decay(lr0, epoch, drop, every):
    factor = drop ** (epoch // every)
    lr = lr0 * factor


def train(feats, target, lr0, mu, drop, every, n_epochs):
    theta = dict(slope=np.zeros(feats.shape[1]), offset=np.zeros(1))
    velocity = {k: 0 * v for k, v in theta.items()}
    history = [0.0] * n_epochs
    for epoch in range(n_epochs):
        history[epoch], grads = loss_and_grads(theta, feats, target)
        theta, velocity = momentum_step(theta, grads, velocity, step_decay(lr0, epoch, drop, every), mu)
    return theta, history
