"""z04_step_l1_without_sign: adds l1 itself to the gradient of each weight, which is right for positive weights only.

question: 09.1
means: L1 gradient without the sign
cause: missing-function, other-derivative, missing-derivative
"""

import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    with tf.GradientTape() as tape:
        S = tf.nn.relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, S))
    grads = tape.gradient(loss, params)
    for name, grad in grads.items():
        if name.startswith("W"):
            grad = grad + l1 + 2 * l2 * params[name]
        params[name].assign_sub(learning_rate * grad)
    return loss
