import numpy as np
from numpy import sqrt, tanh


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
    avg = {k: rho * sq_avg[k] + (1 - rho) * grads[k] ** 2 for k in grads}
    th = {}
    for k in avg:
        th[k] = theta[k] - lr * grads[k] / sqrt(avg[k] + eps)
    return th, avg


def adam_step(theta, grads, state, lr, beta1, beta2, eps):
    t = state["t"] + 1
    m_s = beta1 * state["m"]["slope"] + (1 - beta1) * grads["slope"]
    m_o = beta1 * state["m"]["offset"] + (1 - beta1) * grads["offset"]
    s_s = beta2 * state["s"]["slope"] + (1 - beta2) * grads["slope"] ** 2
    s_o = beta2 * state["s"]["offset"] + (1 - beta2) * grads["offset"] ** 2
    c1 = 1 - beta1 ** t
    c2 = 1 - beta2 ** t
    slope = theta["slope"] - lr * (m_s / c1) / (np.sqrt(s_s / c2) + eps)
    offset = theta["offset"] - lr * (m_o / c1) / (np.sqrt(s_o / c2) + eps)
    new_state = {"m": {"slope": m_s, "offset": m_o}, "s": {"slope": s_s, "offset": s_o}, "t": t}
    return {"slope": slope, "offset": offset}, new_state


def step_decay(lr0, epoch, drop, every):
    lr = lr0
    for e in range(1, epoch + 1):
        if e % every == 0:
            lr = lr * drop
    return lr


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
