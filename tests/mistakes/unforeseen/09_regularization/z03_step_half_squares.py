"""z03_step_half_squares: keeps the one half before the squares that 07 had.

question: 09.1
means: half of the squares, as in 07
cause: term-weight, factor-half
"""

import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    with tf.GradientTape() as tape:
        S = tf.nn.relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, S))
        W = [params["W1"], params["W2"]]
        total = loss + sum(l1 * tf.reduce_sum(tf.abs(w)) + l2 * tf.nn.l2_loss(w) for w in W)
    grads = tape.gradient(total, params)
    for name, grad in grads.items():
        params[name].assign_sub(learning_rate * grad)
    return loss
