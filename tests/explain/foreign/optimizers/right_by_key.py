# %%
# Lab 5, optimizers
import numpy as np
import math


def loss_and_grads(theta, feats, target):
    w = theta["slope"]
    b = theta["offset"]
    n = feats.shape[0]
    pred = np.dot(feats, w) + b[0]
    r = pred - target
    J = np.sum(np.log(np.cosh(r))) / n
    dr = np.tanh(r) / n
    dw = np.dot(dr, feats)
    db = np.array([np.sum(dr)])
    return float(J), {"slope": dw, "offset": db}


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
    s_slope = rho * sq_avg["slope"] + (1 - rho) * grads["slope"] ** 2
    s_offset = rho * sq_avg["offset"] + (1 - rho) * grads["offset"] ** 2
    slope = theta["slope"] - lr * grads["slope"] / (np.sqrt(s_slope) + eps)
    offset = theta["offset"] - lr * grads["offset"] / (np.sqrt(s_offset) + eps)
    return {"slope": slope, "offset": offset}, {"slope": s_slope, "offset": s_offset}


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
    return lr0 * math.pow(drop, math.floor(epoch / every))


def train(feats, target, lr0, mu, drop, every, n_epochs):
    theta = dict(slope=np.zeros(feats.shape[1]), offset=np.zeros(1))
    velocity = {k: 0 * v for k, v in theta.items()}
    history = [0.0] * n_epochs
    for epoch in range(n_epochs):
        history[epoch], grads = loss_and_grads(theta, feats, target)
        theta, velocity = momentum_step(theta, grads, velocity, step_decay(lr0, epoch, drop, every), mu)
    return theta, history
