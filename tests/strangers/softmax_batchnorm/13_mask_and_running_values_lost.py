import numpy as np


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
    if not training:
        return feats.copy()
    return np.where(mask > 0, feats / keep, 0.0)


def train_step(model, feats, labels, mask, keep, lam, lr, decay, eps):
    new = {k: v.copy() for k, v in model.items()}
    bn, mean, var = batchnorm(feats, model["gamma"], model["beta"], model["run_mean"], model["run_var"],
                              decay, eps, True)
    dp = dropout(bn, mask, keep, True)
    J = objective(model["coef"], model["intercept"], dp, labels, lam)
    g = objective_grads(model["coef"], model["intercept"], dp, labels, lam)
    gb = batchnorm_grads(g["feats"], feats, model["gamma"], eps)
    new["coef"] -= lr * g["coef"]
    new["intercept"] -= lr * g["intercept"]
    new["gamma"] -= lr * gb["gamma"]
    new["beta"] -= lr * gb["beta"]
    return J, new
