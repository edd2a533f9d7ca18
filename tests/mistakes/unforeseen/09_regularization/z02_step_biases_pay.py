"""z02_step_biases_pay: sums the penalty over all parameters, the biases included.

question: 09.1
means: biases are penalized too
cause: extra-term
"""

import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    with tf.GradientTape() as tape:
        S = tf.nn.relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, S))
        penalty = sum(l1 * tf.reduce_sum(tf.abs(p)) + l2 * tf.reduce_sum(p**2) for p in params.values())
        total = loss + penalty
    grads = tape.gradient(total, params)
    for name, grad in grads.items():
        params[name].assign_sub(learning_rate * grad)
    return loss
