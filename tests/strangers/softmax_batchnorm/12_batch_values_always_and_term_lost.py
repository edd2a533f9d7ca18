# Lab 6 - batch norm, dropout, softmax
import numpy as np


def one_hot(y, k):
    return np.eye(k)[y]


def softmax(scores):
    result = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        e = np.exp(row - max(row))
        result[i] = e / sum(e)
    return result


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
    mu = feats.mean(axis=0)
    var = feats.var(axis=0)
    x_hat = (feats - mu) / np.sqrt(var + eps)
    if training:
        run_mean = decay * run_mean + (1 - decay) * mu
        run_var = decay * run_var + (1 - decay) * var
    return gamma * x_hat + beta, run_mean, run_var


def batchnorm_grads(upstream, feats, gamma, eps):
    n = feats.shape[0]
    std = np.sqrt(feats.var(axis=0) + eps)
    x_hat = (feats - feats.mean(axis=0)) / std
    dbeta = upstream.sum(axis=0)
    dgamma = np.sum(upstream * x_hat, axis=0)
    dx = (gamma / std) * (upstream - dbeta / n)
    return dict(feats=dx, gamma=dgamma, beta=dbeta)


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
