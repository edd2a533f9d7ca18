import numpy as np


def loss_and_grads(theta, feats, target):
    error = feats.dot(theta["slope"]) + theta["offset"] - target
    loss = np.log(np.cosh(error)).mean()
    t = np.tanh(error)
    grads = {}
    grads["slope"] = (t[:, None] * feats).mean(axis=0)
    grads["offset"] = t.mean(keepdims=True)
    return loss, grads


def momentum_step(theta, grads, velocity, lr, mu):
    v = {k: velocity[k].copy() for k in velocity}
    th = {k: theta[k].copy() for k in theta}
    for k in ["slope", "offset"]:
        v[k] *= mu
        v[k] += grads[k]
        th[k] -= lr * v[k]
    return th, v


def nesterov_step(theta, velocity, feats, target, lr, mu):
    lookahead = {k: theta[k] + lr * mu * velocity[k] for k in theta}
    _, g = loss_and_grads(lookahead, feats, target)
    return momentum_step(theta, g, velocity, lr, mu)


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
    # number of drops that have happened
    drops = (epoch + 1) // every
    return lr0 * drop ** drops


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
