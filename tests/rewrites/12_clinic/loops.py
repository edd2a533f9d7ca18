"""Plain loops and lists, as somebody who comes from Java."""

import math
import random

import numpy as np
import tensorflow as tf


def confusion(y, scores, threshold):
    TP = FP = TN = FN = 0
    for label, score in zip(y, scores):
        if score >= threshold:
            if label == 1:
                TP += 1
            else:
                FP += 1
        elif label == 1:
            FN += 1
        else:
            TN += 1
    return {"TP": TP, "FP": FP, "TN": TN, "FN": FN}


def rates(counts):
    try:
        sensitivity = counts["TP"] / (counts["TP"] + counts["FN"])
    except ZeroDivisionError:
        sensitivity = float("nan")
    try:
        specificity = counts["TN"] / (counts["TN"] + counts["FP"])
    except ZeroDivisionError:
        specificity = float("nan")
    return sensitivity, specificity


def roc_curve(y, scores):
    thresholds = [math.inf] + sorted(set(scores.tolist()), reverse=True)
    fpr, tpr = [], []
    for threshold in thresholds:
        sensitivity, specificity = rates(confusion(y, scores, threshold))
        fpr.append(1 - specificity)
        tpr.append(sensitivity)
    return np.array(fpr), np.array(tpr), np.array(thresholds)


def auc(y, scores):
    ill = [score for label, score in zip(y, scores) if label == 1]
    well = [score for label, score in zip(y, scores) if label == 0]
    if len(ill) == 0 or len(well) == 0:
        return float("nan")
    total = 0.0
    for a in ill:
        for b in well:
            if a > b:
                total += 1
            elif a == b:
                total += 0.5
    return total / (len(ill) * len(well))


def operating_point(y, scores, rate, least):
    best = None
    for threshold in [math.inf] + sorted(set(scores.tolist()), reverse=True):
        sensitivity, specificity = rates(confusion(y, scores, threshold))
        if rate == "sensitivity":
            if sensitivity >= least:
                return threshold
        elif specificity >= least:
            best = threshold
    return best


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    result = {}
    for name, rate in [("screening", "sensitivity"), ("acting", "specificity")]:
        t = operating_point(y_dev, scores_dev, rate, least)
        sens, spec = rates(confusion(y_test, scores_test, t))
        result[name] = {"threshold": t, "sensitivity": sens, "specificity": spec}
    return result


def split_patients(patients, test_fraction, seed):
    names = sorted(set(patients.tolist()))
    random.Random(seed).shuffle(names)
    chosen = set(names[: round(test_fraction * len(names))])
    train, test = [], []
    for row, name in enumerate(patients):
        if name in chosen:
            test.append(row)
        else:
            train.append(row)
    return np.array(train, dtype=int), np.array(test, dtype=int)


def leaked_patients(train, test):
    found = []
    for name in train:
        if name in test and name not in found:
            found.append(int(name))
    found.sort()
    return found


def bootstrap_interval(y, scores, patients, draws):
    areas = []
    for draw in draws:
        labels, values = [], []
        for name in draw:
            for row in range(len(patients)):
                if patients[row] == name:
                    labels.append(y[row])
                    values.append(scores[row])
        if 0 in labels and 1 in labels:
            areas.append(auc(np.array(labels), np.array(values)))
    return tuple(np.percentile(areas, [2.5, 97.5]))


def majority(grades, level):
    result = np.zeros(len(grades))
    for i, row in enumerate(grades):
        seen = [grade for grade in row if not math.isnan(grade)]
        if not seen:
            result[i] = math.nan
        elif sum(grade >= level for grade in seen) >= len(seen) / 2:
            result[i] = 1
    return result


def several_losses(Z, Y):
    losses = []
    for j in range(Z.shape[1]):
        rows = tf.where(~tf.math.is_nan(Y[:, j]))[:, 0]
        if len(rows) == 0:
            losses.append(tf.constant(0.0))
            continue
        z, y = tf.gather(Z[:, j], rows), tf.gather(Y[:, j], rows)
        losses.append(tf.reduce_mean(y * tf.nn.softplus(-z) + (1 - y) * tf.nn.softplus(z)))
    return tf.stack(losses)


def label_weights(Y):
    positive, negative = [], []
    for column in Y.T:
        share = sum(column) / len(column)
        positive.append(1 - share)
        negative.append(share)
    return np.array(positive), np.array(negative)


def fit_labels(X, Y, positive, negative, learning_rate, steps):
    W = tf.zeros([X.shape[1], Y.shape[1]])
    b = tf.zeros([1, Y.shape[1]])
    for _ in range(steps):
        P = tf.sigmoid(X @ W + b)
        delta = (-positive * Y * (1 - P) + negative * (1 - Y) * P) / len(X)
        W = W - learning_rate * tf.transpose(X) @ delta
        b = b - learning_rate * tf.reduce_sum(delta, axis=0, keepdims=True)
    return {"W": W, "b": b}


def coarse_from_fine(P, taxonomy):
    def leaves(node):
        if isinstance(node, list):
            return node
        return [leaf for child in node.values() for leaf in leaves(child)]

    result = {}

    def visit(nodes):
        for name, node in nodes.items():
            total = np.zeros(len(P))
            for leaf in leaves(node):
                total += P[:, leaf]
            result[name] = total
            if isinstance(node, dict):
                visit(node)

    visit(taxonomy)
    return result
