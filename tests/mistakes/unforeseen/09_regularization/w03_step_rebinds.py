"""w03_step_rebinds: new tensors in place of the variables.

question: 09.1
means: the variables are not updated
cause: missing-step, copy-updated, kind
"""
import math

import numpy as np
import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    with tf.GradientTape() as tape:
        S = tf.nn.relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, S))
        R = sum(l1 * tf.reduce_sum(tf.abs(params[k])) + l2 * tf.reduce_sum(params[k] ** 2) for k in ("W1", "W2"))
        J = loss + R
    grads = tape.gradient(J, params)
    params = {k: params[k] - learning_rate * grads[k] for k in params}
    return loss
