"""Everything is computed in float64 and cast back at the end; `diagnose` has no use for `curve_measures`."""
import math
import numpy as np
import tensorflow as tf


def wide(*tensors):
    return [tf.cast(one, tf.float64) for one in tensors]


def training_step(X, Y, params, learning_rate, l1, l2):
    names = list(params)
    values = dict(zip(names, wide(*(params[name] for name in names))))
    x, y = wide(X, Y)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(values)
        S = tf.nn.relu(x @ values["W1"] + values["b1"]) @ values["W2"] + values["b2"]
        loss = tf.reduce_mean(tf.reduce_logsumexp(S, axis=1) - tf.reduce_sum(y * S, axis=1))
        price = 0.0
        for name in names:
            if name.startswith("W"):
                price += l1 * tf.reduce_sum(tf.abs(values[name])) + l2 * tf.reduce_sum(tf.square(values[name]))
        total = loss + price
    for name in names:
        step = tf.cast(tape.gradient(total, values[name]), params[name].dtype)
        params[name].assign(params[name] - learning_rate * step)
    return tf.cast(loss, X.dtype)


class Dropout:
    def __init__(self, rate, seed):
        tf.random.set_seed(seed)
        self.rate = rate
        self.generator = tf.random.Generator.from_seed(seed)

    def forward(self, H, training):
        keep = 1.0 - self.rate if training else 1.0
        uniform = self.generator.uniform(H.shape, dtype=tf.float64)
        self.mask = tf.floor(uniform + keep) / keep
        return tf.cast(self.mask * tf.cast(H, tf.float64), H.dtype)

    def backward(self, G):
        return tf.cast(self.mask, G.dtype) * G


def batchnorm_forward(Z, gamma, beta, epsilon):
    z, g, b = wide(Z, gamma, beta)
    mean, variance = tf.reduce_mean(z, 0, True), tf.math.reduce_variance(z, 0, True)
    Z_norm = (z - mean) / (variance + epsilon) ** 0.5
    return tuple(tf.cast(one, Z.dtype) for one in (g * Z_norm + b, Z_norm, mean, variance))


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    grad, x, g, v = wide(G, Z_norm, gamma, variance)
    d_norm = grad * g
    root = (v + epsilon) ** 0.5
    M = float(len(G))
    d_variance = -tf.reduce_sum(d_norm * x, 0, True) / (2 * root**2)
    d_Z = d_norm / root + d_variance * 2 * x * root / M
    d_Z -= tf.reduce_sum(d_norm, 0, True) / root / M
    found = {"Z": d_Z, "gamma": tf.reduce_sum(grad * x, 0, True), "beta": tf.reduce_sum(grad, 0, True)}
    return {name: tf.cast(one, G.dtype) for name, one in found.items()}


def running_statistics(batches, momentum):
    # the sum that the loop comes to, written out
    T = len(batches)
    shares = [(1 - momentum) * momentum ** (T - 1 - t) for t in range(T)]
    z = wide(*batches)
    mean = sum(share * tf.reduce_mean(one, 0, True) for share, one in zip(shares, z))
    variance = momentum**T + sum(share * tf.math.reduce_variance(one, 0, True) for share, one in zip(shares, z))
    return tf.cast(mean, batches[0].dtype), tf.cast(variance, batches[0].dtype)


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    z, g, b, m, v = wide(Z, gamma, beta, mean, variance)
    slope = g / tf.sqrt(v + epsilon)
    return tf.cast(slope * z + (b - slope * m), Z.dtype)


def random_shifts(count, largest, seed):
    rng = np.random.RandomState(seed)
    values = np.arange(-largest, largest + 1)
    return tf.constant(rng.choice(values, size=(count, 2)), dtype=tf.int32)


def shift_images(images, shifts):
    _, height, width = images.shape
    moved = []
    for image, (down, right) in zip(images.numpy(), shifts.numpy()):
        image = np.roll(image, (down, right), axis=(0, 1))
        if down > 0:
            image[:down] = 0
        elif down < 0:
            image[height + down :] = 0
        if right > 0:
            image[:, :right] = 0
        elif right < 0:
            image[:, width + right :] = 0
        moved.append(image)
    return tf.convert_to_tensor(np.stack(moved))


def diagnose(history):
    loss, val = np.array(history["loss"]), np.array(history["val_loss"])
    n, guess = len(loss), np.log(10.0)
    back = n - 1 - n // 4
    if not (np.isfinite(loss).all() and np.isfinite(val).all()):
        return "learning_rate_too_high"
    table = np.array(history["step_loss"]).reshape(n, -1)[n // 2 :]
    table = table - table.mean(axis=1, keepdims=True)
    if np.corrcoef(table[:-1].ravel(), table[1:].ravel())[0, 1] > 0.5:
        return "no_shuffling"
    if np.max(loss - np.minimum(guess, np.minimum.accumulate(loss))) > 0.15 * guess:
        return "learning_rate_too_high"
    if max(history["val_accuracy"]) > 0.95:
        return "leak"
    first = loss[0] - loss[n // 4]
    if first < 0.01 * guess:
        return "bad_initialisation"
    rates = np.array(history["learning_rate"])
    cuts = np.flatnonzero(rates[1:] <= rates[:-1] / 10) + 1
    if cuts.size and cuts[0] > 1 and loss[cuts[0] - 1] < 0.95 * loss[cuts[0] - 2]:
        return "decayed_too_early"
    if val[-1] > 1.2 * val.min():
        return "overfitting"
    if loss[-1] > 0.6 * guess and loss[back] - loss[-1] > first / 4:
        return "learning_rate_too_low"
    if val[-1] < 0.96 * val[back]:
        return "still_improving"
    return "underfitting" if loss[-1] > 0.42 * guess else "healthy"


class EarlyStopping:

    def __init__(self, patience: int, min_delta: float=0.0) -> None:
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = math.inf
        self.best_epoch = -1
        self.best_weights: list[tf.Tensor] = []
        self.epoch = -1

    def update(self, val_loss: float, variables: list[tf.Variable]) -> bool:
        self.epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss = val_loss
            self.best_epoch = self.epoch
            self.best_weights = [tf.identity(variable) for variable in variables]
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, variables: list[tf.Variable]) -> None:
        if self.best_epoch >= 0:
            for variable, best in zip(variables, self.best_weights, strict=True):
                variable.assign(best)


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
