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
    vel = {}
    new = {}
    for name in theta.keys():
        vel[name] = mu * velocity[name] + (1 - mu) * grads[name]
        new[name] = theta[name] - lr * vel[name]
    return new, vel


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
