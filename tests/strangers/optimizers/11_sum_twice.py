import numpy as np


def loss_and_grads(theta, feats, target):
    r = feats @ theta["slope"] + theta["offset"] - target
    loss = np.mean(np.log(np.cosh(r)))
    th = np.tanh(r)
    grads = {
        "slope": feats.T @ th,
        "offset": np.array([th.sum()]),
    }
    return loss, grads


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
