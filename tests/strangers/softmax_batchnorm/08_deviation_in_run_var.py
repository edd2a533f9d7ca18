import numpy as np


def softmax(scores):
    z = (scores.T - scores.max(axis=1)).T
    e = np.exp(z)
    return (e.T / e.sum(axis=1)).T


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
    if not training:
        xn = (feats - run_mean) / np.sqrt(run_var + eps)
        return xn * gamma + beta, run_mean, run_var
    mu = feats.mean(axis=0)
    sigma = np.std(feats, axis=0)
    xn = (feats - mu) / np.sqrt(sigma**2 + eps)
    rm = decay * run_mean + (1 - decay) * mu
    rv = decay * run_var + (1 - decay) * sigma
    return xn * gamma + beta, rm, rv


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
