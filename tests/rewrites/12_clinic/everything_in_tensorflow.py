"""TensorFlow wherever it goes, and NumPy at the end."""

import numpy as np
import tensorflow as tf


def confusion(y, scores, threshold):
    y, called = tf.cast(y, tf.bool), tf.constant(scores) >= threshold
    count = lambda which: int(tf.math.count_nonzero(which))
    return {
        "TP": count(called & y),
        "FP": count(called & ~y),
        "TN": count(~(called | y)),
        "FN": count(y & ~called),
    }


def rates(counts):
    TP, FP, TN, FN = (tf.constant(counts[name], tf.float64) for name in ("TP", "FP", "TN", "FN"))
    return float(TP / (TP + FN)), float(TN / (TN + FP))


def roc_curve(y, scores):
    thresholds, _ = tf.unique(tf.sort(tf.constant(scores), direction="DESCENDING"))
    thresholds = tf.concat([[np.inf], thresholds], axis=0)
    called = tf.cast(tf.constant(scores)[None] >= thresholds[:, None], tf.float64)
    ill = tf.constant(y, tf.float64)
    tpr = tf.linalg.matvec(called, ill) / tf.reduce_sum(ill)
    fpr = tf.linalg.matvec(called, 1 - ill) / tf.reduce_sum(1 - ill)
    return fpr.numpy(), tpr.numpy(), thresholds.numpy()


def auc(y, scores):
    ill, well = tf.boolean_mask(scores, y == 1), tf.boolean_mask(scores, y == 0)
    order = tf.sign(ill[:, None] - well[None])
    return float(tf.reduce_mean((order + 1) / 2))


def operating_point(y, scores, rate, least):
    ill, well = np.sort(scores[y == 1]), np.sort(scores[y == 0])
    candidates = [*np.unique(scores), np.inf]
    if rate == "sensitivity":
        good = [t for t in candidates if np.count_nonzero(ill >= t) / len(ill) >= least]
        return max(good)
    good = [t for t in candidates if np.count_nonzero(well < t) / len(well) >= least]
    return min(good)


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    screening = operating_point(y_dev, scores_dev, "sensitivity", least)
    acting = operating_point(y_dev, scores_dev, "specificity", least)
    points = {}
    for name, threshold in {"screening": screening, "acting": acting}.items():
        pair = rates(confusion(y_test, scores_test, threshold))
        points[name] = dict(zip(("threshold", "sensitivity", "specificity"), (threshold, *pair)))
    return points


def split_patients(patients, test_fraction, seed):
    names = np.unique(patients)
    order = tf.argsort(tf.random.stateless_uniform([len(names)], seed=[seed, 1])).numpy()
    test_names = names[order][: round(test_fraction * len(names))]
    mask = (patients[:, None] == test_names).any(axis=1)
    rows = np.arange(len(patients))
    return rows[~mask], rows[mask]


def leaked_patients(train, test):
    return [int(name) for name in np.unique(train) if (test == name).any()]


def bootstrap_interval(y, scores, patients, draws):
    areas = []
    for draw in draws:
        times = (draw[:, None] == patients).sum(axis=0)
        rows = np.repeat(np.arange(len(y)), times)
        if len(set(y[rows])) == 2:
            areas.append(auc(y[rows], scores[rows]))
    return float(np.quantile(areas, 0.025)), float(np.quantile(areas, 0.975))


def majority(grades, level):
    looked = np.isfinite(grades)
    share = np.divide(
        (looked & (grades >= level)).sum(axis=1),
        looked.sum(axis=1),
        out=np.full(len(grades), np.nan),
        where=looked.any(axis=1),
    )
    result = np.full(len(grades), np.nan)
    result[share >= 0.5] = 1.0
    result[share < 0.5] = 0.0
    return result


def several_losses(Z, Y):
    def one(pair):
        z, y = pair
        known = y == y
        z, y = z[known], y[known]
        if tf.size(y) == 0:
            return 0.0
        return -tf.reduce_mean(y * tf.math.log_sigmoid(z) + (1 - y) * tf.math.log_sigmoid(-z))

    return tf.stack([one((z, y)) for z, y in zip(tf.transpose(Z), tf.transpose(Y))])


def label_weights(Y):
    return np.count_nonzero(Y == 0, axis=0) / Y.shape[0], np.count_nonzero(Y, axis=0) / Y.shape[0]


@tf.function
def _gradients(X, Y, W, b, positive, negative):
    with tf.GradientTape() as tape:
        P = tf.sigmoid(X @ W + b)
        cost = -(positive * Y * tf.math.log(P) + negative * (1 - Y) * tf.math.log(1 - P))
        loss = tf.reduce_sum(tf.reduce_mean(cost, axis=0))
    return tape.gradient(loss, [W, b])


def fit_labels(X, Y, positive, negative, learning_rate, steps):
    W, b = tf.Variable(tf.zeros((X.shape[1], Y.shape[1]))), tf.Variable(tf.zeros((1, Y.shape[1])))
    for _ in range(steps):
        for variable, slope in zip((W, b), _gradients(X, Y, W, b, positive, negative)):
            variable.assign(variable - learning_rate * slope)
    return {"b": b.numpy(), "W": W.numpy()}


def coarse_from_fine(P, taxonomy):
    nodes = {}
    for name, below in taxonomy.items():
        if type(below) is list:
            nodes[name] = tf.reduce_sum(tf.gather(P, below, axis=1), axis=1).numpy()
        else:
            inner = coarse_from_fine(P, below)
            nodes = {**nodes, name: sum(inner[child] for child in below), **inner}
    return nodes
