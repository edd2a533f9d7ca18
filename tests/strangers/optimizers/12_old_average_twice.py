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
    new_theta, new_avg = {}, {}
    for k in KEYS:
        new_avg[k] = rho * sq_avg[k] + (1 - rho) * grads[k] ** 2
        new_theta[k] = theta[k] - lr * grads[k] / (np.sqrt(sq_avg[k]) + eps)
    return new_theta, new_avg


def adam_step(theta, grads, state, lr, beta1, beta2, eps):
    state_new = {"m": dict(state["m"]), "s": dict(state["s"]), "t": state["t"] + 1}
    t = state_new["t"]
    theta_new = {}
    for k in KEYS:
        m = beta1 * state["m"][k] + (1 - beta1) * grads[k]
        s = beta2 * state["s"][k] + (1 - beta2) * grads[k] ** 2
        state_new["m"][k] = m
        mh = m / (1 - beta1 ** t)
        sh = s / (1 - beta2 ** t)
        theta_new[k] = theta[k] - lr * mh / (np.sqrt(sh) + eps)
    return theta_new, state_new


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
