import numpy as np
from numpy import exp, log, sqrt


def softmax(scores):
    result = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        e = np.exp(row - max(row))
        result[i] = e / sum(e)
    return result


def objective(coef, intercept, feats, labels, lam):
    scores = feats @ coef + intercept
    top = scores.max(axis=1)
    log_z = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
    losses = log_z - scores[np.arange(len(labels)), labels]
    return losses.mean() + lam * np.linalg.norm(coef) ** 2 / 2


def objective_grads(coef, intercept, feats, labels, lam):
    n, k = len(feats), coef.shape[1]
    target = np.zeros((n, k))
    target[np.arange(n), lables] = 1
    delta = (softmax(feats @ coef + intercept) - target) / n
    return {"coef": feats.T @ delta + lam * coef, "intercept": delta.sum(0), "feats": delta @ coef.T}


def batchnorm(feats, gamma, beta, run_mean, run_var, decay, eps, training):
    if training:
        mean = feats.mean(axis=0)
        var = feats.var(axis=0)
        out = gamma * (feats - mean) / (sqrt(var) + eps) + beta
        return out, decay * run_mean + (1 - decay) * mean, decay * run_var + (1 - decay) * var
    out = gamma * (feats - run_mean) / sqrt(run_var + eps) + beta
    return out, run_mean, run_var


def batchnorm_grads(upstream, feats, gamma, eps):
    n = feats.shape[0]
    mu = np.mean(feats, axis=0)
    var = np.var(feats, axis=0)
    std = np.sqrt(var + eps)
    x_hat = (feats - mu) / std
    dgamma = np.sum(upstream * x_hat, axis=0)
    dbeta = np.sum(upstream, axis=0)
    dx = gamma / std * (upstream - dbeta / n - x_hat * dgamma / n)
    return {"feats": dx, "gamma": dgamma, "beta": dbeta}


def dropout(feats, mask, keep, training):
    if training:
        dropped = feats * mask
        return dropped / keep


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
