import numpy as np


def softmax(scores):
    m = np.max(scores, axis=1, keepdims=True)
    e = np.exp(scores - m)
    s = np.sum(e, axis=1, keepdims=True)
    return e / s


def objective(coef, intercept, feats, labels, lam):
    scores = feats @ coef + intercept
    top = scores.max(axis=1)
    log_z = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
    losses = log_z - scores[np.arange(len(labels)), labels]
    return losses.mean() + lam * np.linalg.norm(coef) ** 2 / 2


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
    if training:
        mu = feats.mean(axis=0)
        var = feats.var(axis=0, ddof=1)
        new_mean = decay * run_mean + (1 - decay) * mu
        new_var = decay * run_var + (1 - decay) * var
    else:
        mu, var = run_mean, run_var
        new_mean, new_var = run_mean, run_var
    return gamma * (feats - mu) / np.sqrt(var + eps) + beta, new_mean, new_var


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
        return feats * mask / keep
    else:
        return feats


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
