"""Terms, factors and steps in another order, and names of one's own."""
import math

import numpy as np
import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    W1, b1, W2, b2 = (params[key] for key in ("W1", "b1", "W2", "b2"))
    with tf.GradientTape() as tape:
        penalty = l2 * (tf.reduce_sum(W2 * W2) + tf.reduce_sum(W1 * W1))
        penalty = l1 * tf.reduce_sum(tf.abs(W2)) + penalty + l1 * tf.reduce_sum(tf.abs(W1))
        hidden = tf.nn.relu(b1 + X @ W1)
        each = tf.nn.softmax_cross_entropy_with_logits(logits=b2 + hidden @ W2, labels=Y)
        data_loss = tf.reduce_sum(each) / X.shape[0]
        objective = penalty + data_loss
    db2, dW2, db1, dW1 = tape.gradient(objective, [b2, W2, b1, W1])
    b1.assign_add(-learning_rate * db1)
    b2.assign_add(-learning_rate * db2)
    W2.assign_add(-learning_rate * dW2)
    W1.assign_add(-learning_rate * dW1)
    return data_loss


class Dropout:
    def __init__(self, rate, seed):
        self.rate = rate
        self.generator = tf.random.Generator.from_seed(seed)
        self.mask = None

    def forward(self, H, training):
        if not training:
            self.mask = tf.ones_like(H)
            return H
        gone = self.generator.uniform(H.shape) < self.rate
        self.mask = tf.where(gone, tf.zeros_like(H), tf.ones_like(H) / (1 - self.rate))
        return tf.multiply(self.mask, H)

    def backward(self, G):
        return tf.multiply(self.mask, G)


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    return (Z - mean) / tf.sqrt(epsilon + variance) * gamma + beta


def random_shifts(count, largest, seed):
    tf.random.set_seed(seed)
    return tf.random.uniform((count, 2), -largest, largest + 1, tf.int32, seed=seed)


def shift_images(images, shifts):
    M, height, width = images.shape
    result = tf.zeros_like(images)
    moved = []
    for i in range(M):
        down, right = int(shifts[i, 0]), int(shifts[i, 1])
        # a matrix with ones beside its diagonal moves the rows, another one the columns
        rows = tf.linalg.diag(tf.ones(height - abs(down), images.dtype), k=-down, num_rows=height, num_cols=height) if abs(down) < height else result[0, :, :1] @ result[0, :1, :1] * tf.ones((1, height), images.dtype)
        columns = tf.constant(np.eye(width, k=right), images.dtype)
        moved.append(rows @ images[i] @ columns)
    return tf.stack(moved)


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = math.inf
        self.best_epoch = -1
        self.best_weights = []
        self.epoch = -1
        self.left = patience

    def update(self, val_loss, variables):
        self.epoch += 1
        if not (self.best_loss - self.min_delta > val_loss):
            self.left -= 1
        else:
            self.left = self.patience
            self.best_epoch, self.best_loss = self.epoch, val_loss
            self.best_weights = [tf.constant(variable.numpy()) for variable in variables]
        return self.left == 0

    def restore(self, variables):
        for weights, variable in zip(self.best_weights, variables):
            variable.assign(weights)


def batchnorm_forward(Z: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: float) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]:
    mean, variance = tf.nn.moments(Z, axes=[0], keepdims=True)
    Z_norm = (Z - mean) / tf.sqrt(variance + epsilon)
    return (gamma * Z_norm + beta, Z_norm, mean, variance)


def batchnorm_backward(G: tf.Tensor, Z_norm: tf.Tensor, gamma: tf.Tensor, variance: tf.Tensor, epsilon: float) -> dict[str, tf.Tensor]:
    M = G.shape[0]
    d_beta = tf.reduce_sum(G, axis=0, keepdims=True)
    d_gamma = tf.reduce_sum(G * Z_norm, axis=0, keepdims=True)
    d_Z = gamma / tf.sqrt(variance + epsilon) * (G - d_beta / M - Z_norm * d_gamma / M)
    return {'Z': d_Z, 'gamma': d_gamma, 'beta': d_beta}


def running_statistics(batches: list[tf.Tensor], momentum: float) -> tuple[tf.Tensor, tf.Tensor]:
    mean = tf.zeros_like(batches[0][:1])
    variance = tf.ones_like(batches[0][:1])
    for batch in batches:
        mu, v = tf.nn.moments(batch, axes=[0], keepdims=True)
        mean = momentum * mean + (1 - momentum) * mu
        variance = momentum * variance + (1 - momentum) * v
    return (mean, variance)


def curve_measures(history: dict[str, list[float]]) -> dict[str, float]:
    loss, val_loss = (np.array(history['loss']), np.array(history['val_loss']))
    rates = history['learning_rate']
    n, guess = (len(loss), math.log(10))
    quarter = n // 4
    late = n - 1 - quarter
    steps = np.array(history['step_loss']).reshape(n, -1)[n // 2:]
    steps = steps - steps.mean(axis=1, keepdims=True)
    lowest, climb = (guess, 0.0)
    for value in loss:
        climb = max(climb, (value - lowest) / guess)
        lowest = min(lowest, value)
    if not (np.isfinite(loss).all() and np.isfinite(val_loss).all()):
        climb = math.inf
    before_cut = 0.0
    for epoch in range(1, n):
        if rates[epoch] <= rates[epoch - 1] / 10 * (1 + 1e-09):
            if epoch > 1:
                before_cut = (loss[epoch - 2] - loss[epoch - 1]) / loss[epoch - 2]
            break
    return {'climb': climb, 'repeats': np.corrcoef(steps[:-1].ravel(), steps[1:].ravel())[0, 1], 'best_accuracy': max(history['val_accuracy']), 'first_fall': (loss[0] - loss[quarter]) / guess, 'last_fall': (loss[late] - loss[-1]) / guess, 'level': loss[-1] / guess, 'before_cut': before_cut, 'rise': val_loss[-1] / val_loss.min() - 1, 'val_fall': 1 - val_loss[-1] / val_loss[late]}


def diagnose(history: dict[str, list[float]]) -> str:
    m = curve_measures(history)
    table = [('no_shuffling', m['repeats'] > 0.5), ('learning_rate_too_high', m['climb'] > 0.15), ('leak', m['best_accuracy'] > 0.95), ('bad_initialisation', m['first_fall'] < 0.01), ('decayed_too_early', m['before_cut'] > 0.05), ('overfitting', m['rise'] > 0.2), ('learning_rate_too_low', m['level'] > 0.6 and m['last_fall'] > m['first_fall'] / 4), ('still_improving', m['val_fall'] > 0.04), ('underfitting', m['level'] > 0.42), ('healthy', True)]
    return next((word for word, fits in table if fits))
