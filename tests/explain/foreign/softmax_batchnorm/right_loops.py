import numpy as np


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
    n, d = feats.shape
    out = np.zeros((n, d))
    new_mean, new_var = run_mean.copy(), run_var.copy()
    for j in range(d):
        col = feats[:, j]
        m, v = run_mean[j], run_var[j]
        if training:
            m, v = col.mean(), col.std() ** 2
            new_mean[j] = decay * run_mean[j] + (1 - decay) * m
            new_var[j] = decay * run_var[j] + (1 - decay) * v
        out[:, j] = gamma[j] * (col - m) / (v + eps) ** 0.5 + beta[j]
    return out, new_mean, new_var


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
