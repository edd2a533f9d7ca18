"""Mistakes that batch normalization, running statistics and curves invite, besides the general ones."""

from common.other_texts import bodies, changed, mistakes

SQUARES = "l2 * tf.reduce_sum(W ** 2)"
SIZES = "l1 * tf.reduce_sum(tf.abs(W))"
WEIGHTS = "[params['W1'], params['W2']]"
AFTERWARDS = (
    "H = tf.nn.relu(X @ params['W1'] + params['b1'])\n    scores = H @ params['W2'] + params['b2']\n"
    "    return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, scores))"
)
VARIANCE = "tf.reduce_mean((Z - mean) ** 2, axis=0, keepdims=True)"
ROOT = "tf.sqrt(variance + epsilon)"
INNER = "M * G - d_beta - Z_norm * d_gamma"
SCALE = "gamma / (M * tf.sqrt(variance + epsilon))"
OWN_MEAN = "tf.reduce_mean(Z, axis=0, keepdims=True)"
OWN_VARIANCE = "tf.math.reduce_variance(Z, axis=0, keepdims=True)"
OLD_MEAN, NEW_MEAN = "momentum * mean + (1 - momentum)", "(1 - momentum) * mean + momentum"
OLD_VARIANCE, NEW_VARIANCE = "momentum * variance + (1 - momentum)", "(1 - momentum) * variance + momentum"
RUNNING = f"""mean, variance = tf.zeros_like(batches[0][:1]), tf.ones_like(batches[0][:1])
for Z in batches:
    mean = {OLD_MEAN} * {OWN_MEAN}
    variance = {OLD_VARIANCE} * {OWN_VARIANCE}
return mean, variance"""
WINDOW = "image[height - down:2 * height - down, width - right:2 * width - right]"
MOVED = "image[height {0} {2}:2 * height {0} {2}, width {1} {3}:2 * width {1} {3}]"
# the variance of a sample, which divides by one less
SAMPLE = "tf.cast(tf.shape(Z)[0], Z.dtype)"

OPERATORS = (
    *mistakes(
        "training_step",
        ("term-weight", SQUARES, f"0.5 * {SQUARES}"),
        ("term-weight", SQUARES, f"2 * {SQUARES}"),
        ("mean-twice", SQUARES, f"{SQUARES} / len(X)", SIZES, f"{SIZES} / len(X)"),
        ("extra-function", SQUARES, "l2 * tf.norm(W)"),
        ("other-function", SQUARES, "l2 * tf.reduce_mean(W ** 2)", SIZES, "l1 * tf.reduce_mean(tf.abs(W))"),
        ("missing-function", SIZES, "l1 * tf.reduce_sum(W)"),
        ("sign", "loss + penalty", "loss - penalty"),
        ("weights-swapped", SIZES, "l2 * tf.reduce_sum(tf.abs(W))", SQUARES, "l1 * tf.reduce_sum(W ** 2)"),
        ("extra-term", WEIGHTS, "list(params.values())"),
        ("missing-term", WEIGHTS, "[params['W1']]"),
        ("missing-term", WEIGHTS, "[params['W2']]"),
        ("missing-term", "total = loss + penalty", "total = loss"),
        ("extra-term", "return loss", "return total"),
        ("missing-mean", "tf.reduce_mean(tf.nn.soft", "tf.reduce_sum(tf.nn.soft"),
        ("recorded", "return loss", AFTERWARDS),
    ),
    *mistakes(
        "batchnorm_forward",
        ("sample-variance", VARIANCE, f"tf.reduce_sum((Z - mean) ** 2, axis=0, keepdims=True) / ({SAMPLE} - 1)"),
        ("inside-root", ROOT, "(tf.sqrt(variance) + epsilon)"),
        ("missing-function", ROOT, "(variance + epsilon)"),
        ("missing-term", ROOT, "tf.sqrt(variance)"),
        ("axis", "axis=0", "axis=1"),
        ("missing-term", VARIANCE, "tf.reduce_mean(Z ** 2, axis=0, keepdims=True)"),
        ("returned-swapped", "Z_norm + beta, Z_norm, mean, variance", "Z_norm + beta, Z_norm, variance, mean"),
        ("wrong-value", "beta, Z_norm, mean, variance", "beta, Z_norm, mean, tf.sqrt(variance + epsilon)"),
        ("wrong-value", "beta, Z_norm, mean, variance", "beta, Z_norm, mean, tf.sqrt(variance)"),
        ("wrong-value", "beta, Z_norm, mean, variance", "beta, gamma * Z_norm, mean, variance"),
        ("wrong-value", "beta, Z_norm, mean, variance", "beta, gamma * Z_norm + beta, mean, variance"),
        ("arguments-swapped", "gamma * Z_norm + beta", "beta * Z_norm + gamma"),
        ("order", "gamma * Z_norm + beta", "gamma * (Z_norm + beta)"),
    ),
    *mistakes(
        "batchnorm_backward",
        ("missing-term", INNER, "M * G"),
        ("missing-term", INNER, "M * G - d_beta"),
        ("missing-term", INNER, "M * G - Z_norm * d_gamma"),
        ("missing-mean", INNER, "G - d_beta - Z_norm * d_gamma", SCALE, SCALE.replace("M * ", "")),
        ("missing-mean", SCALE, SCALE.replace("M * ", "")),
        ("missing-factor", "G * Z_norm, axis", "G, axis"),
        ("missing-factor", SCALE, SCALE.replace("gamma", "1")),
        ("inside-root", ROOT, "(tf.sqrt(variance) + epsilon)"),
        ("missing-term", ROOT, "tf.sqrt(variance)"),
        ("sign", INNER, "M * G - d_beta + Z_norm * d_gamma"),
        ("sign", INNER, "M * G + d_beta - Z_norm * d_gamma"),
        ("sign", INNER, "M * G + d_beta + Z_norm * d_gamma"),
        ("missing-factor", INNER, "M * G - d_beta - d_gamma"),
        ("wrong-count", "M = len(G)", "M = G.shape[0] * G.shape[1]"),
        ("wrong-count", "M = len(G)", "M = G.shape[1]"),
        (
            "doubled-factor",
            "G * Z_norm, axis",
            "G * gamma * Z_norm, axis",
            "- Z_norm * d_gamma)",
            "- Z_norm * d_gamma / gamma)",
        ),
        ("mean-twice", "axis=0, keepdims=True)\n", "axis=0, keepdims=True) / len(G)\n"),
    ),
    *bodies(
        "running_statistics",
        RUNNING,
        *changed(
            RUNNING,
            ("weights-swapped", OLD_MEAN, NEW_MEAN, OLD_VARIANCE, NEW_VARIANCE),
            ("weights-swapped", OLD_MEAN, NEW_MEAN),
            ("weights-swapped", OLD_VARIANCE, NEW_VARIANCE),
            ("start-value", "tf.ones_like", "tf.zeros_like"),
            ("start-value", "tf.zeros_like", "tf.ones_like"),
            ("start-value", "tf.zeros_like(batches[0][:1])", OWN_MEAN.replace("Z", "batches[0]")),
            (
                "sample-variance",
                OWN_VARIANCE,
                f"(tf.math.reduce_variance(Z, axis=0, keepdims=True) * {SAMPLE} / tf.maximum({SAMPLE} - 1, 1))",
            ),
            ("missing-function", OWN_VARIANCE, "tf.math.reduce_std(Z, axis=0, keepdims=True)"),
            ("wrong-source", OWN_VARIANCE, "tf.reduce_mean((Z - mean) ** 2, axis=0, keepdims=True)"),
            ("one-step", OLD_MEAN, "0 * mean + 1", OLD_VARIANCE, "0 * variance + 1"),
            ("accumulation", f"momentum * mean + (1 - momentum) * {OWN_MEAN}", f"mean + {OWN_MEAN} / len(batches)"),
        ),
    ),
    *mistakes(
        "batchnorm_inference",
        ("wrong-source", "Z - mean", f"Z - {OWN_MEAN}", ROOT, f"tf.sqrt({OWN_VARIANCE} + epsilon)"),
        ("wrong-source", "Z - mean", f"Z - {OWN_MEAN}"),
        ("wrong-source", ROOT, f"tf.sqrt({OWN_VARIANCE} + epsilon)"),
        ("inside-root", ROOT, "(tf.sqrt(variance) + epsilon)"),
        ("missing-function", ROOT, "(variance + epsilon)"),
        ("missing-term", ROOT, "tf.sqrt(variance)"),
        ("missing-term", "(Z - mean)", "Z"),
        (
            "order",
            "gamma * (Z - mean) / tf.sqrt(variance + epsilon) + beta",
            "gamma * ((Z - mean) / tf.sqrt(variance + epsilon) + beta)",
        ),
    ),
    *mistakes(
        "shift_images",
        ("sign", WINDOW, MOVED.format("+", "+", "down", "right")),
        ("sign", WINDOW, MOVED.format("+", "-", "down", "right")),
        ("sign", WINDOW, MOVED.format("-", "+", "down", "right")),
        ("arguments-swapped", "(down, right)", "(right, down)"),
        ("other-function", "tf.pad(images, [[0, 0], [height, height], [width, width]])", "tf.tile(images, [1, 3, 3])"),
        (
            "other-function",
            "tf.pad(images, [[0, 0], [height, height], [width, width]])",
            "tf.pad(images, [[0, 0], [height, height], [width, width]], 'SYMMETRIC')",
        ),
        ("one-example", WINDOW, WINDOW.replace("down", "shifts[0, 0]").replace("right", "shifts[0, 1]")),
    ),
    *mistakes(
        "curve_measures",
        ("missing-term", "np.minimum(np.minimum.accumulate(loss), guess)", "np.minimum.accumulate(loss)"),
        ("logarithm", "math.log(10)", "math.log10(10)"),
        ("missing-factor", " / guess", ""),
        ("missing-step", "steps - steps.mean(axis=1, keepdims=True)", "steps"),
        ("axis", "steps.mean(axis=1, keepdims=True)", "steps.mean(axis=0, keepdims=True)"),
        ("other-function", "max(history['val_accuracy'])", "history['val_accuracy'][-1]"),
        ("off-by-one", "n - 1 - quarter", "n - quarter"),
        ("off-by-one", "loss[cut - 1] / loss[cut - 2]", "loss[cut] / loss[cut - 1]"),
        ("comparison", "rates[epoch] <= rates[epoch - 1] / 10", "rates[epoch] < rates[epoch - 1]"),
        ("comparison", "rates[epoch] <= rates[epoch - 1] / 10", "rates[epoch] < rates[epoch - 1] / 10"),
        (
            "reversed",
            "next((epoch for epoch in range(1, n) if rates[epoch] <= rates[epoch - 1] / 10), 0)",
            "max((epoch for epoch in range(1, n) if rates[epoch] <= rates[epoch - 1] / 10), default=0)",
        ),
        ("wrong-value", "val_loss[n - 1] / val_loss.min()", "val_loss[n - 1] / loss[n - 1]"),
        ("other-function", "val_loss.min()", "val_loss[0]"),
        ("missing-term", "float(val_loss[n - 1] / val_loss.min()) - 1", "float(val_loss[n - 1] / val_loss.min())"),
        ("missing-factor", "float(loss[n - 1]) / guess", "float(loss[n - 1])"),
        ("operands-swapped", "loss[0] - loss[quarter]", "loss[quarter] - loss[0]"),
    ),
)
