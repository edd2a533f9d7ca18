"""w02_step_mean_of_weights: the mean of the squares and sizes.

question: 09.1
means: penalty averaged over the entries
cause: averaged, other-function, wrong-count, mean-twice
"""
import math

import numpy as np
import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    with tf.GradientTape() as tape:
        S = tf.nn.relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, S))
        R = sum(l1 * tf.reduce_mean(tf.abs(params[k])) + l2 * tf.reduce_mean(params[k] ** 2) for k in ("W1", "W2"))
        J = loss + R
    grads = tape.gradient(J, params)
    for k in params:
        params[k].assign_sub(learning_rate * grads[k])
    return loss
