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
    # update of the weights
    slope = theta["slope"] - lr * (mu * velocity["slope"] + grads["slope"])
    offset = theta["offset"] - lr * velocity["offset"]
    # update of the velocity
    v = {}
    v["slope"] = mu * velocity["slope"] + grads["slope"]
    v["offset"] = mu * velocity["offset"] + grads["offset"]
    return {"slope": slope, "offset": offset}, v


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
    k = epoch // every
    return lr0 * drop ** k


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
