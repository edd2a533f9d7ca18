import numpy as np
from numpy import exp, log, sqrt


def softmax(scores):
    z = (scores.T - scores.max(axis=1)).T
    e = np.exp(z)
    return (e.T / e.sum(axis=1)).T


def objective(coef, intercept, feats, labels, lam):
    scores = feats @ coef + intercept
    top = scores.max(axis=1)
    log_z = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
    losses = log_z - scores[np.arange(len(labels)), labels]
    return losses.mean() + lam * np.linalg.norm(coef) ** 2 / 2


def objective_grads(coef, intercept, feats, labels, lam):
    n, d = feats.shape
    p = softmax(feats @ coef + intercept)
    gc = lam * coef
    gi = np.zeros(len(intercept))
    gf = np.zeros((n, d))
    for i in range(n):
        delta = p[i].copy()
        delta[labels[i]] -= 1.0
        gc = gc + np.outer(feats[i], delta) / n
        gi += delta / n
        gf[i] = coef @ delta / n
    return dict(coef=gc, intercept=gi, feats=gf)


def batchnorm(feats, gamma, beta, run_mean, run_var, decay, eps, training):
    def moving(old, new):
        return (1 - decay) * old + decay * new

    if training:
        m = feats.mean(0)
        v = ((feats - m) ** 2).mean(0)
        run_mean, run_var = moving(run_mean, m), moving(run_var, v)
    else:
        m, v = run_mean, run_var
    return gamma * ((feats - m) / sqrt(v + eps)) + beta, run_mean, run_var


def batchnorm_grads(upstream, feats, gamma, eps):
    n = len(feats)
    xc = feats - feats.mean(0)
    ivar = 1 / np.sqrt((xc**2).mean(0) + eps)
    # step by step through the graph
    dxhat = upstream * gamma
    dvar = np.sum(dxhat * xc, axis=0) * -0.5 * ivar**3
    dmean = -np.sum(dxhat * ivar, axis=0) + dvar * (-2.0 * xc).mean(0)
    dx = dxhat * ivar + dvar * 2.0 * xc / n + dmean / n
    return {"feats": dx, "gamma": (upstream * xc * ivar).sum(0), "beta": upstream.sum(0)}


def dropout(feats, mask, keep, training):
    if training:
        return feats * mask / keep
    else:
        return feats


def train_step(model, feats, labels, mask, keep, lam, lr, decay, eps):
    new_model = dict(model)
    out, new_model["run_mean"], new_model["run_var"] = batchnorm(
        feats, model["gamma"], model["beta"], model["run_mean"], model["run_var"], decay, eps, training=True)
    dropped = dropout(out, mask, keep, training=True)
    args = (model["coef"], model["intercept"], dropped, labels, lam)
    loss, top = objective(*args), objective_grads(*args)
    below = batchnorm_grads(dropout(top["feats"], mask, keep, True), feats, model["gamma"], eps)
    for name in ("coef", "intercept"):
        new_model[name] = model[name] - lr * top[name]
    for name in ("gamma", "beta"):
        new_model[name] = model[name] - lr * below[name]
    return loss, new_model
