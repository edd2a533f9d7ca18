"""z32_with_momentum: Uses SGD with momentum 0.9 instead of plain gradient descent.

question: 12.13
means: momentum instead of plain descent
cause: other-function
"""

import keras
import tensorflow as tf


def fit_labels(X, Y, positive, negative, learning_rate, steps):
    n, k = X.shape[1], Y.shape[1]
    W, b = tf.Variable(tf.zeros((n, k))), tf.Variable(tf.zeros((1, k)))
    optimizer = keras.optimizers.SGD(learning_rate, momentum=0.9)
    M = tf.cast(tf.shape(X)[0], tf.float32)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            Z = tf.matmul(X, W) + b
            L = tf.reduce_sum(positive * Y * tf.math.softplus(-Z) + negative * (1.0 - Y) * tf.math.softplus(Z)) / M
        optimizer.apply_gradients(zip(tape.gradient(L, [W, b]), [W, b]))
    return {"W": W, "b": b}
