"""Mistakes that activations, initialisers and models of many layers invite, besides the general ones."""

from common.other_texts import mistakes

RELU_SLOPE = "tf.cast(Z > 0, Z.dtype)"
LEAK = "alpha * tf.ones_like(Z)"
MAXIMUM = "tf.reduce_max(Z, axis=2)"
WINNER = "tf.argmax(Z, axis=2)"
PIECE_SLOPE = "tf.one_hot(winner, Z.shape[2], dtype=Z.dtype)"
SHARES = "powers / tf.reduce_sum(powers, axis=1, keepdims=True)"
SQUARE = "P[:, :, None] * (same - P[:, None, :])"
UNIFORM = "math.sqrt(6 / (n + m))"
GLOROT = "math.sqrt(2 / (n + m))"
HE = "math.sqrt(2 / n)"
LAYERS = "    for layer in model.layers:\n        signals.append(layer(signals[-1]))\n"
BEFORE = "H @ layer.kernel + layer.bias"
DEVIATION = "tf.math.reduce_std(H @ layer.kernel)"
DIVIDED = "layer.kernel.assign(layer.kernel / deviation)"
LOSS = "tf.reduce_sum((model(X) - Y) ** 2) / len(X)"


def measured(code, before, after):
    """Of every signal, or of those alone that a layer makes."""
    of_data = before.replace("(H)", "(X)")
    return (
        (code, before, after),
        (code, f"[float({before}) for H in signals]", f"[float({of_data})] + [float({after}) for H in signals[1:]]"),
    )


def walked(code, what, after):
    """Statistics of something else on the way through the layers."""
    loop = f"    H = X\n    for layer in model.layers:\n        signals.append({what})\n        H = {after}\n"
    return code, LAYERS, loop


OPERATORS = (
    *mistakes(
        "relu",
        ("other-function", "tf.nn.relu(Z)", "tf.minimum(Z, 0)"),
        ("other-function", "tf.nn.relu(Z)", "tf.abs(Z)"),
        ("missing-derivative", RELU_SLOPE, "tf.ones_like(Z)"),
        ("not-differentiated", RELU_SLOPE, "tf.nn.relu(Z)"),
        ("other-derivative", RELU_SLOPE, "tf.sign(Z)"),
        ("complement", RELU_SLOPE, "tf.cast(Z <= 0, Z.dtype)"),
    ),
    *mistakes(
        "leaky_relu",
        ("other-derivative", LEAK, "tf.zeros_like(Z)"),
        ("doubled-factor", LEAK, "alpha ** 2 * tf.ones_like(Z)"),
        ("sign", LEAK, "-alpha * tf.ones_like(Z)"),
        ("not-differentiated", LEAK, "alpha * Z"),
        ("missing-factor", LEAK, "tf.ones_like(Z)"),
        ("constant", "alpha * Z)", "-alpha * tf.ones_like(Z))"),
        ("sign", "alpha * Z)", "-alpha * Z)"),
        *(("hard-coded", "alpha * Z)", f"{leak} * Z)") for leak in (0.2, 0.1, 0.3, 0.01)),
        *(("hard-coded", LEAK, f"{leak} * tf.ones_like(Z)") for leak in (0.2, 0.1, 0.3, 0.01)),
    ),
    *mistakes(
        "elu",
        ("not-differentiated", "alpha * power)", "alpha * (power - 1))"),
        ("constant", "alpha * power)", "H + 1)"),
        ("other-derivative", "alpha * power)", "alpha * tf.ones_like(Z))"),
        ("extra-derivative", "alpha * power)", "alpha * power * Z)"),
        ("parentheses", "alpha * (power - 1)", "(alpha * power - 1)"),
        ("sign", "alpha * (power - 1)", "alpha * (1 - power)"),
    ),
    *mistakes(
        "maxout",
        ("comparison", PIECE_SLOPE, f"tf.cast(Z == {MAXIMUM}[..., None], Z.dtype)"),
        ("order", WINNER, "Z.shape[2] - 1 - tf.argmax(Z[..., ::-1], axis=2)"),
        ("other-function", MAXIMUM, "tf.reduce_mean(Z, axis=2)"),
        ("other-function", MAXIMUM, "tf.reduce_sum(Z, axis=2)"),
        ("axis", MAXIMUM, "tf.reduce_max(Z, axis=1)"),
        ("extra-activation", MAXIMUM, "tf.nn.relu(tf.reduce_max(Z, axis=2))"),
        ("missing-derivative", PIECE_SLOPE, "tf.ones_like(Z)"),
        ("not-differentiated", PIECE_SLOPE, f"{PIECE_SLOPE} * Z"),
    ),
    *mistakes(
        "softmax",
        ("axis", SHARES, "tf.nn.softmax(Z, axis=0)"),
        ("axis", SHARES, "powers / tf.reduce_sum(powers)"),
        ("axis", SHARES, "tf.exp(Z - tf.reduce_max(Z)) / tf.reduce_sum(tf.exp(Z - tf.reduce_max(Z)))"),
        ("other-activation", SHARES, "tf.sigmoid(Z)"),
        ("missing-term", SQUARE, "tf.linalg.diag(P * (1 - P))"),
        ("missing-factor", SQUARE, "same - P[:, :, None] * P[:, None, :]"),
        ("missing-factor", SQUARE, "P[:, :, None] * same - P[:, None, :]"),
    ),
    *mistakes(
        "weight_scales",
        ("missing-function", GLOROT, "2 / (n + m)", HE, "2 / n"),
        ("exponent", GLOROT, "(2 / (n + m)) ** 2", HE, "(2 / n) ** 2"),
        ("exponent", GLOROT, "(2 / (n + m)) ** 2"),
        ("exponent", HE, "(2 / n) ** 2"),
        ("inside-root", GLOROT, "math.sqrt(2) / (n + m)", HE, "math.sqrt(2) / n"),
        ("inside-root", GLOROT, "math.sqrt(2) / (n + m)"),
        ("inside-root", HE, "math.sqrt(2) / n"),
        ("wrong-count", HE, "math.sqrt(2 / m)"),
        ("wrong-count", HE, GLOROT),
        ("wrong-count", GLOROT, HE),
        ("wrong-count", UNIFORM, "math.sqrt(6 / n)"),
        ("constant", HE, "math.sqrt(1 / n)"),
        ("constant", GLOROT, "math.sqrt(1 / (n + m))"),
        ("constant", UNIFORM, "math.sqrt(3 / (n + m))"),
        ("parentheses", "2 / (n + m)", "2 / n + m"),
        ("parentheses", "6 / (n + m)", "6 / n + m"),
    ),
    *mistakes(
        "activation_statistics",
        *measured("missing-function", "tf.math.reduce_std(H)", "tf.math.reduce_variance(H)"),
        *measured("axis", "tf.math.reduce_std(H)", "tf.reduce_mean(tf.math.reduce_std(H, axis=0))"),
        *measured("axis", "tf.math.reduce_std(H)", "tf.reduce_mean(tf.math.reduce_std(H, axis=1))"),
        *measured("sample-variance", "tf.math.reduce_std(H)", "np.std(H, ddof=1)"),
        *measured("extra-function", "tf.reduce_mean(H)", "tf.reduce_mean(tf.abs(H))"),
        *measured("other-function", "tf.math.reduce_std(H)", "tf.sqrt(tf.reduce_mean(H ** 2))"),
        walked("missing-activation", BEFORE, "layer(H)"),
        walked("missing-activation", BEFORE, BEFORE),
        walked("recorded", "H", "layer(H)"),
        *(
            (
                "wrong-source",
                "[float(tf.math.reduce_std(H)) for H in signals]",
                f"[float(tf.math.reduce_std(X))] + [float(tf.math.reduce_std(layer.{what})) for layer in model.layers]",
            )
            for what in ("kernel", "bias")
        ),
    ),
    *mistakes(
        "lsuv",
        ("missing-function", DEVIATION, "tf.math.reduce_variance(H @ layer.kernel)"),
        ("other-function", DEVIATION, "tf.sqrt(tf.reduce_mean((H @ layer.kernel) ** 2))"),
        ("extra-activation", DEVIATION, "tf.math.reduce_std(layer(H))"),
        ("wrong-source", DEVIATION, "tf.math.reduce_std(layer.kernel)"),
        ("operands-swapped", "layer.kernel / deviation", "layer.kernel * deviation"),
        (
            "axis",
            DEVIATION,
            "tf.math.reduce_std(H @ layer.kernel, axis=0)",
            "float(deviation)",
            "float(tf.reduce_mean(deviation))",
        ),
        ("missing-activation", "H = layer(H)", "H = H @ layer.kernel"),
        ("recorded", "float(deviation)", f"float({DEVIATION})"),
        ("order", DIVIDED, f"after = layer(H)\n        {DIVIDED}", "H = layer(H)", "H = after"),
    ),
    *mistakes(
        "kernel_gradients",
        ("not-summed", LOSS, "tf.reduce_sum((model(X) - Y) ** 2, axis=1)"),
        ("other-function", LOSS, "tf.reduce_sum(tf.abs(model(X) - Y)) / len(X)"),
        ("mean-over-outputs", LOSS, "tf.reduce_mean((model(X) - Y) ** 2)"),
    ),
)
