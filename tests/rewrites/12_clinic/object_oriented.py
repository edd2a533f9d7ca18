"""A class for the test, with its rates as properties."""

from dataclasses import dataclass
from functools import cached_property

import keras
import numpy as np
import tensorflow as tf


@dataclass
class Counts:
    TP: int
    FP: int
    TN: int
    FN: int

    @classmethod
    def at(cls, y, scores, threshold):
        ill, called = np.asarray(y, bool), np.greater_equal(scores, threshold)
        return cls(*(int(np.sum(a & b)) for a, b in ((ill, called), (~ill, called), (~ill, ~called), (ill, ~called))))

    @property
    def sensitivity(self):
        return self.TP / (self.TP + self.FN) if self.TP + self.FN > 0 else float("nan")

    @property
    def specificity(self):
        return self.TN / (self.TN + self.FP) if self.TN + self.FP > 0 else float("nan")


def confusion(y, scores, threshold):
    return vars(Counts.at(y, scores, threshold))


def rates(counts):
    c = Counts(**counts)
    return c.sensitivity, c.specificity


class Curve:
    def __init__(self, y, scores):
        self.y, self.scores = y, scores

    @cached_property
    def thresholds(self):
        return np.append(np.unique(self.scores), np.inf)[::-1]

    @cached_property
    def points(self):
        return [Counts.at(self.y, self.scores, t) for t in self.thresholds]

    @cached_property
    def sensitivity(self):
        return np.array([point.sensitivity for point in self.points])

    @cached_property
    def specificity(self):
        return np.array([point.specificity for point in self.points])

    def area(self):
        x, h = 1 - self.specificity, self.sensitivity
        return float(((x[1:] - x[:-1]) * (h[1:] + h[:-1])).sum() / 2)


def roc_curve(y, scores):
    curve = Curve(y, scores)
    return 1 - curve.specificity, curve.sensitivity, curve.thresholds


def auc(y, scores):
    return Curve(y, scores).area()


def operating_point(y, scores, rate, least):
    curve = Curve(y, scores)
    enough = curve.thresholds[getattr(curve, rate) >= least]
    return enough[0] if rate == "sensitivity" else enough[-1]


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    thresholds = {
        "screening": operating_point(y_dev, scores_dev, "sensitivity", least),
        "acting": operating_point(y_dev, scores_dev, "specificity", least),
    }
    return {
        use: {"threshold": t, "sensitivity": point.sensitivity, "specificity": point.specificity}
        for use, t in thresholds.items()
        for point in [Counts.at(y_test, scores_test, t)]
    }


def split_patients(patients, test_fraction, seed):
    rng = np.random.default_rng(seed)
    names = np.unique(patients)
    rng.shuffle(names)
    count = round(test_fraction * len(names))
    parts = np.split(names, [count])
    test, train = (np.flatnonzero(np.isin(patients, part)) for part in parts)
    return train, test


def leaked_patients(train, test):
    return sorted({*map(int, train)}.intersection(map(int, test)))


class Hospital:
    def __init__(self, y, scores, patients):
        self.y, self.scores, self.patients = y, scores, patients

    def area(self, draw):
        rows = [row for patient in draw for row in np.where(self.patients == patient)[0]]
        y = self.y[rows]
        return None if y.all() or not y.any() else auc(y, self.scores[rows])


def bootstrap_interval(y, scores, patients, draws):
    hospital = Hospital(y, scores, patients)
    areas = [area for area in map(hospital.area, draws) if area is not None]
    return np.quantile(areas, 0.025), np.quantile(areas, 0.975)


def majority(grades, level):
    votes = np.ma.masked_invalid(grades) >= level
    share = np.ma.filled(votes.mean(axis=1).astype(float), np.nan)
    return np.where(np.isnan(share), np.nan, share >= 0.5)


def several_losses(Z, Y):
    known = tf.cast(tf.math.is_finite(Y), tf.float32)
    labels = tf.where(tf.math.is_finite(Y), Y, tf.zeros_like(Y))
    cost = labels * keras.ops.softplus(-Z) + (1 - labels) * keras.ops.softplus(Z)
    return tf.reduce_sum(known * cost, axis=0) / tf.clip_by_value(tf.reduce_sum(known, axis=0), 1, len(Y))


def label_weights(Y):
    return tuple(np.mean([Y == 0, Y == 1], axis=1))


class Layer(tf.Module):
    def __init__(self, n, k):
        self.W = tf.Variable(tf.zeros((n, k)))
        self.b = tf.Variable(tf.zeros((1, k)))

    def __call__(self, X):
        return X @ self.W + self.b

    def step(self, X, Y, positive, negative, learning_rate):
        with tf.GradientTape() as tape:
            Z = self(X)
            yes, no = tf.nn.softplus(-Z), tf.nn.softplus(Z)
            loss = tf.reduce_mean(tf.reduce_sum(tf.where(Y > 0, positive * yes, negative * no), axis=-1))
        for variable, slope in zip(self.trainable_variables, tape.gradient(loss, self.trainable_variables)):
            variable.assign_sub(learning_rate * slope)


def fit_labels(X, Y, positive, negative, learning_rate, steps):
    layer = Layer(X.shape[-1], Y.shape[-1])
    for _ in range(steps):
        layer.step(X, Y, positive, negative, learning_rate)
    return {"W": layer.W, "b": layer.b}


class Node:
    def __init__(self, name, below):
        self.name, self.below = name, below

    def walk(self, P):
        if isinstance(self.below, list):
            total = sum(P[:, leaf] for leaf in self.below)
            return total, {self.name: total}
        found = [Node(name, below).walk(P) for name, below in self.below.items()]
        total = sum(one for one, _ in found)
        inner = {name: value for _, nodes in found for name, value in nodes.items()}
        return total, {self.name: total, **inner}


def coarse_from_fine(P, taxonomy):
    return {name: value for name, value in Node("", taxonomy).walk(P)[1].items() if name}
