"""z33_image_weights: Weights each whole image by its largest label weight, as class_weight does.

question: 12.13
means: whole image weighted, not each label
cause: wrong-value
"""

import tensorflow as tf


def fit_labels(X, Y, positive, negative, learning_rate, steps):
    W = tf.zeros((X.shape[1], Y.shape[1]))
    b = tf.zeros((1, Y.shape[1]))
    weight = tf.reduce_max(Y * positive + (1 - Y) * negative, axis=1, keepdims=True)
    for _ in range(steps):
        slope = weight * (tf.sigmoid(X @ W + b) - Y) / X.shape[0]
        W = W - learning_rate * tf.transpose(X) @ slope
        b = b - learning_rate * tf.reduce_sum(slope, axis=0, keepdims=True)
    return {"W": W, "b": b}
