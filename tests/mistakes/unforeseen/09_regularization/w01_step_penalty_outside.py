"""w01_step_penalty_outside: the penalty is computed after the tape has closed.

question: 09.1
means: the penalty has no gradient
cause: missing-term, not-used
"""
import math

import numpy as np
import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    with tf.GradientTape() as tape:
        S = tf.nn.relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, S))
    total = loss
    for W in (params["W1"], params["W2"]):
        total += l1 * tf.reduce_sum(tf.abs(W)) + l2 * tf.reduce_sum(W**2)
    grads = tape.gradient(loss, params)
    for k in params:
        params[k].assign_sub(learning_rate * grads[k])
    return loss
