# Lab 6 - batch norm, dropout, softmax
import numpy as np


def one_hot(y, k):
    return np.eye(k)[y]


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
    kept = mask / keep
    return feats * kept


def train_step(model, feats, labels, mask, keep, lam, lr, decay, eps):
    gamma, beta = model["gamma"], model["beta"]
    coef, intercept = model["coef"], model["intercept"]
    # forward
    h, rm, rv = batchnorm(feats, gamma, beta, model["run_mean"], model["run_var"], decay, eps, True)
    h2 = dropout(h, mask, keep, True)
    J = objective(coef, intercept, h2, labels, lam)
    # backward
    g = objective_grads(coef, intercept, h2, labels, lam)
    dh = g["feats"] * mask / keep
    bn = batchnorm_grads(dh, feats, gamma, eps)
    new = {}
    new["coef"] = coef - lr * g["coef"]
    new["intercept"] = intercept - lr * g["intercept"]
    new["gamma"] = gamma - lr * bn["gamma"]
    new["beta"] = beta - lr * bn["beta"]
    new["run_mean"] = rm
    new["run_var"] = rv
    return J, new
