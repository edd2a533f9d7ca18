"""Ranks, pandas-like grouping, closed formulas."""

import math

import numpy as np
import tensorflow as tf


def confusion(y, scores, threshold):
    P, N = np.count_nonzero(y), np.count_nonzero(y == 0)
    TP, FP = np.count_nonzero(scores[y == 1] >= threshold), np.count_nonzero(scores[y != 1] >= threshold)
    return dict(TP=TP, FP=FP, TN=N - FP, FN=P - TP)


def rates(counts):
    nan = float("nan")
    P, N = counts["TP"] + counts["FN"], counts["TN"] + counts["FP"]
    return [P and counts["TP"] / P or (0.0 if P else nan), N and counts["TN"] / N or (0.0 if N else nan)]


def roc_curve(y, scores):
    steps, group = np.unique(-scores, return_inverse=True)
    tp = np.concatenate(([0.0], np.cumsum(np.bincount(group, weights=y))))
    fp = np.concatenate(([0.0], np.cumsum(np.bincount(group, weights=1 - y))))
    return [fp / fp[-1], tp / tp[-1], np.concatenate(([np.inf], -steps))]


def auc(y, scores):
    P, N = (y == 1).sum(), (y == 0).sum()
    if P * N == 0:
        return np.nan
    _, group, size = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(size)
    rank = (last - (size - 1) / 2)[group]  # ties get their mean rank
    return (rank[y == 1].sum() - P * (P + 1) / 2) / (P * N)


def operating_point(y, scores, rate, least):
    if rate == "sensitivity":
        ill = np.sort(scores[y == 1])[::-1]
        needed = next(count for count in range(1, len(ill) + 1) if count / len(ill) >= least)
        return ill[needed - 1]
    well = np.sort(scores[y == 0])
    needed = next(count for count in range(1, len(well) + 1) if count / len(well) >= least)
    above = scores[scores > well[needed - 1]]
    return above.min() if len(above) else math.inf


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    points = {"screening": {}, "acting": {}}
    points["screening"]["threshold"] = operating_point(y_dev, scores_dev, "sensitivity", least)
    points["acting"]["threshold"] = operating_point(y_dev, scores_dev, "specificity", least)
    for point in points.values():
        counts = confusion(y_test, scores_test, point["threshold"])
        point["sensitivity"], point["specificity"] = rates(counts)
        point["note"] = "frozen"
    return points


def split_patients(patients, test_fraction, seed):
    people = list(dict.fromkeys(patients.tolist()))
    count = round(test_fraction * len(people))
    drawn = np.random.default_rng(seed).choice(people, count, replace=False).tolist()
    test = [row for row, patient in enumerate(patients.tolist()) if patient in drawn]
    train = [row for row in range(len(patients)) if row not in test]
    return train, test


def leaked_patients(train, test):
    return list(np.intersect1d(np.unique(train), np.unique(test)))


def bootstrap_interval(y, scores, patients, draws):
    areas = []
    for draw in draws:
        names, times = np.unique(draw, return_counts=True)
        rows = np.concatenate([np.tile(np.flatnonzero(patients == n), t) for n, t in zip(names, times)])
        areas.append(auc(y[rows], scores[rows]))
    return tuple(np.nanpercentile(areas, [2.5, 97.5]))


def majority(grades, level):
    out = []
    for row in grades:
        row = row[~np.isnan(row)]
        out.append(np.nan if row.size == 0 else float(np.mean(row >= level) >= 0.5))
    return np.array(out)


def several_losses(Z, Y):
    mask = tf.math.is_nan(Y)
    y = tf.where(mask, 0.5, Y)
    cost = tf.maximum(Z, 0) - Z * y + tf.math.log1p(tf.exp(-tf.abs(Z)))
    w = tf.cast(tf.logical_not(mask), tf.float32)
    return tf.einsum("ij,ij->j", w, cost) / tf.maximum(tf.einsum("ij->j", w), 1e-9)


def label_weights(Y):
    negative = np.einsum("ij->j", Y) / Y.shape[0]
    return np.ones_like(negative) - negative, negative


def fit_labels(X, Y, positive, negative, learning_rate, steps):
    W, b = np.zeros((X.shape[1], Y.shape[1]), np.float32), np.zeros((1, Y.shape[1]), np.float32)
    X, Y, positive, negative = (np.asarray(one) for one in (X, Y, positive, negative))
    for _ in range(steps):
        P = 1 / (1 + np.exp(-(X @ W + b)))
        slope = np.where(Y == 1, positive * (P - 1), negative * P) / len(X)
        W, b = W - learning_rate * X.T @ slope, b - learning_rate * slope.sum(0, keepdims=True)
    return {"W": W, "b": b}


def coarse_from_fine(P, taxonomy):
    result, waiting = {}, [((), taxonomy)]
    while waiting:
        above, nodes = waiting.pop()
        for name, below in nodes.items():
            path = (*above, name)
            if isinstance(below, dict):
                waiting.append((path, below))
            else:
                for node in path:
                    result[node] = result.get(node, 0) + P[:, below].sum(axis=1)
    return result
