import numpy as np


def softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / e.sum(axis=0, keepdims=True)


def objective(coef, intercept, feats, labels, lam):
    probs = softmax(feats.dot(coef) + intercept)
    n, k = probs.shape
    y = np.zeros((n, k))
    y[np.arange(n), labels] = 1
    J = -(y * np.log(probs)).sum(axis=1).mean()
    J = J + 0.5 * lam * (coef ** 2).sum()
    return float(J)


def objective_grads(coef, intercept, feats, labels, lam):
    resid = softmax(feats @ coef + intercept) - np.eye(len(intercept))[labels]
    n = len(labels)
    return {
        "coef": np.einsum("nd,nk->dk", feats, resid) / n + lam * coef,
        "intercept": resid.mean(axis=0),
        "feats": resid @ coef.T / n,
    }


def batchnorm(feats, gamma, beta, run_mean, run_var, decay, eps, training):
    mean, var = run_mean, run_var
    if training:
        mean = feats.sum(axis=0) / len(feats)
        centred = feats - mean
        var = (centred ** 2).sum(axis=0) / len(feats)
        run_mean = run_mean + (1 - decay) * (mean - run_mean)
        run_var = run_var + (1 - decay) * (var - run_var)
    scale = gamma / np.sqrt(var + eps)
    return feats * scale + (beta - mean * scale), run_mean, run_var


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
