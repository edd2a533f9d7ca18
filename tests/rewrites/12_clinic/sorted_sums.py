"""Sorting and cumulated sums, trapezoids below the curve, and one sum over leaves."""

import numpy as np
import tensorflow as tf


def confusion(y, scores, threshold):
    called = (scores >= threshold).astype(int)
    TN, FP, FN, TP = np.bincount(2 * y + called, minlength=4)
    return {"TP": TP, "FP": FP, "TN": TN, "FN": FN}


def rates(counts):
    TP, FP, TN, FN = (float(counts[name]) for name in ("TP", "FP", "TN", "FN"))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.float64(TP) / (TP + FN), np.float64(TN) / (TN + FP)


def roc_curve(y, scores):
    order = np.argsort(-scores, kind="stable")
    y, scores = y[order], scores[order]
    last = np.r_[np.flatnonzero(np.diff(scores)), len(y) - 1]
    tps, fps = np.cumsum(y)[last], np.cumsum(1 - y)[last]
    return np.r_[0, fps / fps[-1]], np.r_[0, tps / tps[-1]], np.r_[np.inf, scores[last]]


def auc(y, scores):
    if y.min() == y.max():
        return np.nan
    fpr, tpr, _ = roc_curve(y, scores)
    return np.trapezoid(tpr, fpr)


def operating_point(y, scores, rate, least):
    fpr, tpr, thresholds = roc_curve(y, scores)
    if rate == "sensitivity":
        return thresholds[np.searchsorted(tpr, least, side="left")]
    enough = np.nonzero(1 - fpr >= least)[0]
    return thresholds[enough[-1]]


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    def at(rate):
        threshold = operating_point(y_dev, scores_dev, rate, least)
        called = scores_test >= threshold
        return dict(
            threshold=threshold,
            sensitivity=called[y_test == 1].mean(),
            specificity=1 - called[y_test == 0].mean(),
        )

    return {"acting": at("specificity"), "screening": at("sensitivity")}


def split_patients(patients, test_fraction, seed):
    rng = np.random.RandomState(seed)
    names, owner = np.unique(patients, return_inverse=True)
    chosen = np.zeros(len(names), bool)
    chosen[rng.choice(len(names), size=round(test_fraction * len(names)), replace=False)] = True
    test = rng.permutation(np.where(chosen[owner])[0])
    train = rng.permutation(np.where(~chosen[owner])[0])
    return train, test


def leaked_patients(train, test):
    return sorted(set(train) & set(test))


def bootstrap_interval(y, scores, patients, draws):
    rows_of = {name: np.where(patients == name)[0] for name in set(patients.tolist())}
    areas = np.array([auc(y[rows], scores[rows]) for rows in (np.hstack([rows_of[p] for p in d]) for d in draws)])
    return tuple(np.quantile(areas[~np.isnan(areas)], (0.025, 0.975)).tolist())


def majority(grades, level):
    looked = ~np.isnan(grades)
    votes = np.where(looked, np.where(grades >= level, 1, -1), 0).sum(axis=1)
    return np.where(looked.any(axis=1), (votes >= 0).astype(float), np.nan)


def several_losses(Z, Y):
    missing = tf.math.is_nan(Y)
    sign = 1 - 2 * tf.where(missing, tf.zeros_like(Y), Y)
    cost = tf.where(missing, tf.zeros_like(Z), tf.math.softplus(sign * Z))
    return tf.math.divide_no_nan(tf.reduce_sum(cost, 0), tf.reduce_sum(tf.where(missing, 0.0, 1.0), 0))


def label_weights(Y):
    positives, M = Y.sum(axis=0), len(Y)
    return (M - positives) / M, positives / M


def fit_labels(X, Y, positive, negative, learning_rate, steps):
    n, k = X.shape[1], Y.shape[1]
    params = {"W": tf.Variable(tf.zeros((n, k))), "b": tf.Variable(tf.zeros((1, k)))}
    optimizer = tf.keras.optimizers.SGD(learning_rate)
    weights = tf.where(Y == 1, positive[None], negative[None])
    sign = 1 - 2 * Y
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(weights * tf.nn.softplus(sign * (X @ params["W"] + params["b"]))) / len(X)
        optimizer.apply_gradients(zip(tape.gradient(loss, list(params.values())), params.values()))
    return params


def coarse_from_fine(P, taxonomy):
    answer = {}

    def total(node):
        if isinstance(node, dict):
            parts = []
            for name, below in node.items():
                answer[name] = total(below)
                parts.append(answer[name])
            return np.sum(parts, axis=0)
        return P[:, node] @ np.ones(len(node))

    total(taxonomy)
    return answer
