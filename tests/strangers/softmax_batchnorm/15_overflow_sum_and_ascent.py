# Lab 6 - batch norm, dropout, softmax
import numpy as np


def one_hot(y, k):
    return np.eye(k)[y]


def softmax(scores):
    e = np.exp(scores)
    return e / np.sum(e, axis=1, keepdims=True)


def objective(coef, intercept, feats, labels, lam):
    p = softmax(feats @ coef + intercept)
    y = one_hot(labels, p.shape[1])
    return -np.mean(y * np.log(p)) + lam / 2 * np.sum(coef ** 2)


def objective_grads(coef, intercept, feats, labels, lam):
    n = feats.shape[0]
    p = softmax(np.dot(feats, coef) + intercept)
    y = np.eye(p.shape[1])[labels]
    d = (p - y) / n
    grads = {}
    grads["coef"] = np.dot(feats.T, d) + lam * coef
    grads["intercept"] = np.sum(d, axis=0)
    grads["feats"] = np.dot(d, coef.T)
    return grads


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
    coef, intercept, gamma, beta = (model[k] for k in ("coef", "intercept", "gamma", "beta"))
    out, run_mean, run_var = batchnorm(feats, gamma, beta, model["run_mean"], model["run_var"], decay, eps, True)
    out = dropout(out, mask, keep, True)
    loss = objective(coef, intercept, out, labels, lam)
    grads = objective_grads(coef, intercept, out, labels, lam)
    g_bn = batchnorm_grads(grads["feats"] * mask / keep, feats, gamma, eps)
    coef = coef - lr * grads["coef"]
    intercept = intercept - lr * grads["intercept"]
    gamma = gamma - lr * g_bn["gamma"]
    beta = beta + lr * g_bn["beta"]
    return loss, dict(coef=coef, intercept=intercept, gamma=gamma, beta=beta, run_mean=run_mean, run_var=run_var)
