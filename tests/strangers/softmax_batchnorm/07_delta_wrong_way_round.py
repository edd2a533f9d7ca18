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
    probs = softmax(feats.dot(coef) + intercept)
    n, k = probs.shape
    y = np.zeros((n, k))
    y[np.arange(n), labels] = 1
    J = -(y * np.log(probs)).sum(axis=1).mean()
    J = J + 0.5 * lam * (coef ** 2).sum()
    return float(J)


def objective_grads(coef, intercept, feats, labels, lam):
    n = feats.shape[0]
    Y = one_hot(labels, coef.shape[1])
    P = softmax(feats @ coef + intercept)
    dZ = (Y - P) / n
    dW = feats.T @ dZ + lam * coef
    db = dZ.sum(axis=0)
    dX = dZ @ coef.T
    return {"coef": dW, "intercept": db, "feats": dX}


def batchnorm(feats, gamma, beta, run_mean, run_var, decay, eps, training):
    if training:
        mu = np.mean(feats, axis=0)
        var = np.var(feats, axis=0)
        x_hat = (feats - mu) / np.sqrt(var + eps)
        out = gamma * x_hat + beta
        run_mean = decay * run_mean + (1 - decay) * mu
        run_var = decay * run_var + (1 - decay) * var
    else:
        x_hat = (feats - run_mean) / np.sqrt(run_var + eps)
        out = gamma * x_hat + beta
    return out, run_mean, run_var


def batchnorm_grads(upstream, feats, gamma, eps):
    n, d = feats.shape
    g = {"feats": np.zeros((n, d)), "gamma": np.zeros(d), "beta": np.zeros(d)}
    for j in range(d):
        x, u = feats[:, j], upstream[:, j]
        s = np.sqrt(x.var() + eps)
        h = (x - x.mean()) / s
        g["gamma"][j] = u @ h
        g["beta"][j] = u.sum()
        g["feats"][:, j] = gamma[j] * (u - u.mean() - h * (u * h).mean()) / s
    return g


def dropout(feats, mask, keep, training):
    if not training:
        return feats.copy()
    return np.where(mask > 0, feats / keep, 0.0)


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
