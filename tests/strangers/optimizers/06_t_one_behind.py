import numpy as np


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
    t = state["t"]
    m, s, out = {}, {}, {}
    for k in theta:
        m[k] = beta1 * state["m"][k] + (1 - beta1) * grads[k]
        s[k] = beta2 * state["s"][k] + (1 - beta2) * grads[k] ** 2
        m_corr = m[k] / (1 - beta1 ** t)
        s_corr = s[k] / (1 - beta2 ** t)
        out[k] = theta[k] - lr * m_corr / (np.sqrt(s_corr) + eps)
    return out, {"m": m, "s": s, "t": t + 1}


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
