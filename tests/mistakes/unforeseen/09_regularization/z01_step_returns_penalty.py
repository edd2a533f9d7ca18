"""z01_step_returns_penalty: returns the whole loss that the tape saw, with the penalty in it.

question: 09.1
means: returned loss contains the penalty
cause: extra-term, wrong-value
"""

import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    with tf.GradientTape() as tape:
        H = tf.nn.relu(X @ params["W1"] + params["b1"])
        S = H @ params["W2"] + params["b2"]
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=Y, logits=S))
        for name in ("W1", "W2"):
            loss += l1 * tf.reduce_sum(tf.abs(params[name])) + l2 * tf.reduce_sum(tf.square(params[name]))
    grads = tape.gradient(loss, params)
    for name in params:
        params[name].assign_sub(learning_rate * grads[name])
    return loss
