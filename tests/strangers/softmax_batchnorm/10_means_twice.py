import numpy as np
from numpy import exp, log, sqrt


def softmax(scores):
    m = np.max(scores, axis=1, keepdims=True)
    e = np.exp(scores - m)
    s = np.sum(e, axis=1, keepdims=True)
    return e / s


def objective(coef, intercept, feats, labels, lam):
    n = feats.shape[0]
    p = softmax(np.dot(feats, coef) + intercept)
    log_p = np.log(p[range(n), labels])
    ce = -np.sum(log_p) / n
    penalty = lam / 2 * np.sum(coef * coef)
    return ce + penalty


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
    mu, var = feats.mean(axis=0), feats.var(axis=0)
    x_hat = (feats - mu) / sqrt(var + eps)
    d_gamma = np.mean(upstream * x_hat, axis=0)
    d_beta = np.mean(upstream, axis=0)
    d_x = gamma / sqrt(var + eps) * (upstream - d_beta - x_hat * d_gamma)
    return {"feats": d_x, "gamma": d_gamma, "beta": d_beta}


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
