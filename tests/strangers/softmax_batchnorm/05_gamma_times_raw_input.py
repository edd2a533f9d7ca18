import numpy as np


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
    N = feats.shape[0]
    inv = 1.0 / np.sqrt(feats.var(axis=0) + eps)
    xhat = (feats - feats.mean(axis=0)) * inv
    dgamma = (upstream * feats).sum(axis=0)
    dbeta = upstream.sum(axis=0)
    dxhat = gamma * upstream
    dx = inv / N * (N * dxhat - dxhat.sum(axis=0) - xhat * (dxhat * xhat).sum(axis=0))
    return {"feats": dx, "gamma": dgamma, "beta": dbeta}


def dropout(feats, mask, keep, training):
    out = feats
    if training == True:
        out = np.multiply(out, mask)
        out = out * (1.0 / keep)
    return out


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
