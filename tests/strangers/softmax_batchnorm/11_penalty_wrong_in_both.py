import numpy as np


def softmax(scores):
    z = (scores.T - scores.max(axis=1)).T
    e = np.exp(z)
    return (e.T / e.sum(axis=1)).T


def objective(coef, intercept, feats, labels, lam):
    probs = softmax(feats @ coef + intercept)
    n = len(labels)
    loss = 0
    for i in range(n):
        loss -= np.log(probs[i, labels[i]])
    loss = loss / n
    return loss + lam * np.sum(coef ** 2)


def objective_grads(coef, intercept, feats, labels, lam):
    n = len(labels)
    delta = softmax(feats @ coef + intercept)
    delta[np.arange(n), labels] -= 1
    g_coef = (feats.T @ delta + lam * coef) / n
    g_int = delta.sum(axis=0) / n
    g_feats = (delta @ coef.T) / n
    return {"coef": g_coef, "intercept": g_int, "feats": g_feats}


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
