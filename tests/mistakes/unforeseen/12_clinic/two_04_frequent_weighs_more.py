"""two_04_frequent_weighs_more: Thinks that w+ belongs to the share of yeses, and in the loss multiplies the noes by it as well.

question: 12.12
also: 12.13
means: weights of yes and no exchanged
cause: weights-swapped
"""

import numpy as np
import tensorflow as tf


def label_weights(Y):
    share = Y.mean(axis=0)
    return share, 1 - share


def fit_labels(X, Y, positive, negative, learning_rate, steps):
    W = tf.Variable(tf.zeros([X.shape[1], Y.shape[1]]))
    b = tf.Variable(tf.zeros([1, Y.shape[1]]))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            Z = X @ W + b
            yes = negative * Y * tf.nn.softplus(-Z)
            no = positive * (1 - Y) * tf.nn.softplus(Z)
            loss = tf.reduce_mean(tf.reduce_sum(yes + no, axis=1))
        for variable, slope in zip((W, b), tape.gradient(loss, (W, b))):
            variable.assign_sub(learning_rate * slope)
    return {"W": W, "b": b}
