import numpy as np


def softmax(scores):
    result = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        e = np.exp(row - max(row))
        result[i] = e / sum(e)
    return result


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
        # switch the neurons off
        feats = feats * mask
    return feats


def train_step(model, feats, labels, mask, keep, lam, lr, decay, eps):
    new_model = dict(model)
    out, new_model["run_mean"], new_model["run_var"] = batchnorm(
        feats, model["gamma"], model["beta"], model["run_mean"], model["run_var"], decay, eps, training=True)
    dropped = dropout(out, mask, keep, training=True)
    args = (model["coef"], model["intercept"], dropped, labels, lam)
    loss, top = objective(*args), objective_grads(*args)
    below = batchnorm_grads(dropout(top["feats"], mask, keep, True), feats, model["gamma"], eps)
    for name in ("coef", "intercept"):
        new_model[name] = model[name] - lr * top[name]
    for name in ("gamma", "beta"):
        new_model[name] = model[name] - lr * below[name]
    return loss, new_model
