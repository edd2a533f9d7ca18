import numpy as np
from numpy import sqrt, tanh


def loss_and_grads(theta, feats, target):
    slope, offset = theta["slope"], theta["offset"]
    n = len(feats)
    z = feats.dot(slope) + offset - target
    loss = np.log(np.cosh(z)).sum() / n
    g_slope = feats.T.dot(tanh(z)) / n
    g_offset = tanh(z).sum(keepdims=True)
    return loss, {"slope": g_slope, "offset": g_offset}


def momentum_step(theta, grads, velocity, lr, mu):
    new_theta, new_v = {}, {}
    for key in theta:
        new_v[key] = grads[key] + mu * velocity[key]
        new_theta[key] = theta[key] - lr * new_v[key]
    return new_theta, new_v


def nesterov_step(theta, velocity, feats, target, lr, mu):
    zero = {k: np.zeros_like(velocity[k]) for k in velocity}
    ahead, _ = momentum_step(theta, zero, velocity, lr, mu)
    _, grads_ahead = loss_and_grads(ahead, feats, target)
    theta_out, v_out = {}, {}
    for k in velocity:
        v_out[k] = mu * velocity[k] + grads_ahead[k]
        theta_out[k] = ahead[k] - lr * grads_ahead[k]
    return theta_out, v_out


def rmsprop_step(theta, grads, sq_avg, lr, rho, eps):
    s = {}
    new_theta = {}
    for k in sq_avg:
        s[k] = (1 - rho) * sq_avg[k] + rho * grads[k] ** 2
        new_theta[k] = theta[k] - lr * grads[k] / (sqrt(s[k]) + eps)
    return new_theta, s


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
    lr = lr0
    theta = {"slope": np.zeros(feats.shape[1]), "offset": np.zeros(1)}
    v = {k: np.zeros_like(theta[k]) for k in theta}
    losses = []
    for epoch in range(n_epochs):
        step_decay(lr0, epoch, drop, every)
        loss, grads = loss_and_grads(theta, feats, target)
        losses.append(loss)
        theta, v = momentum_step(theta, grads, v, lr, mu)
    return theta, losses
