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
    v = {k: velocity[k].copy() for k in velocity}
    th = {k: theta[k].copy() for k in theta}
    for k in ["slope", "offset"]:
        v[k] *= mu
        v[k] += grads[k]
        th[k] -= lr * v[k]
    return th, v


def nesterov_step(theta, velocity, feats, target, lr, mu):
    # where we would land if there was no gradient
    ahead = {k: theta[k] - lr * (mu * velocity[k]) for k in theta}
    g = loss_and_grads(ahead, feats, target)[1]
    new_v = {k: mu * velocity[k] + g[k] for k in theta}
    new_theta = {k: theta[k] - lr * new_v[k] for k in theta}
    return new_theta, new_v


def rmsprop_step(theta, grads, sq_avg, lr, rho, eps):
    out, avg = {}, {}
    for k, g in grads.items():
        avg[k] = rho * sq_avg[k] + (1 - rho) * np.square(g)
        rms = np.sqrt(avg[k])
        out[k] = theta[k] - lr / (rms + eps) * g
    return out, avg


def adam_step(theta, grads, state, lr, beta1, beta2, eps):
    new = {"m": {}, "s": {}, "t": state["t"] + 1}
    th = {}
    for p in ("slope", "offset"):
        g = grads[p]
        new["m"][p] = beta1 * state["m"][p] + (1 - beta1) * g
        new["s"][p] = beta2 * state["s"][p] + (1 - beta2) * g**2
        th[p] = theta[p] - lr * new["m"][p] / (np.sqrt(new["s"][p]) + eps)
    return th, new


def step_decay(lr0, epoch, drop, every):
    k = epoch // every
    return lr0 * drop ** k


def train(feats, target, lr0, mu, drop, every, n_epochs):
    d = feats.shape[1]
    theta = {"slope": np.zeros(d), "offset": np.zeros(1)}
    vel = {"slope": np.zeros(d), "offset": np.zeros(1)}
    losses = []
    for e in range(n_epochs):
        lr = step_decay(lr0, e, drop, every)
        loss, g = loss_and_grads(theta, feats, target)
        losses.append(loss)
        theta, vel = momentum_step(theta, g, vel, lr, mu)
    return theta, losses
