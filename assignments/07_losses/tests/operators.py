"""Mistakes that losses invite, besides the general ones: what a student writes for the whole of a function."""

from common.other_texts import bodies

MEAN = "return tf.reduce_mean(tf.reduce_sum({}, axis=1))"
YES_NO = "cost = Y * tf.nn.softplus(-Z) + (1 - Y) * tf.nn.softplus(Z)"
WEIGHTED = "cost = positive * Y * tf.nn.softplus(-Z) + negative * (1 - Y) * tf.nn.softplus(Z)"
OF_PROBABILITIES = "-(Y * tf.math.log(tf.maximum({0}, {1})) + (1 - Y) * tf.math.log(tf.maximum(1 - {0}, {1})))"
SUM, AREA = "tf.reduce_sum({}, axis=(1, 2))", "tf.cast(tf.size(P[0]), P.dtype)"
QUOTIENT = "-(2 * Y * below - above) / below ** 2"
# limits that are in use, and the one that is given
LIMITS = ("1e-2", "1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "1e-8")
CLIPPED = (10, 15, 20, 30, 50, 80, 100, 500)

OPERATORS = (
    *bodies(
        "mse",
        MEAN.format("tf.square(Y_hat - Y)"),
        ("order", "return tf.reduce_mean(tf.square(tf.reduce_sum(Y_hat - Y, axis=1)))"),
        ("other-function", MEAN.format("tf.abs(Y_hat - Y)")),
        ("extra-function", f"return tf.sqrt({MEAN.format('tf.square(Y_hat - Y)').removeprefix('return ')})"),
        ("extra-function", "return tf.reduce_mean(tf.norm(Y_hat - Y, axis=1))"),
    ),
    *bodies(
        "mae",
        MEAN.format("tf.abs(Y_hat - Y)"),
        ("order", "return tf.reduce_mean(tf.abs(tf.reduce_sum(Y_hat - Y, axis=1)))"),
        ("other-function", MEAN.format("tf.square(Y_hat - Y)")),
        ("missing-function", MEAN.format("(Y_hat - Y)")),
    ),
    *bodies(
        "value_and_gradient",
        "with tf.GradientTape() as tape:\n    …",
        *(
            (
                code,
                f"with tf.GradientTape() as tape:\n    tape.watch({watched})\n    value = {value}\n"
                f"if value.shape != ():\n    raise ValueError\nreturn value, tape.gradient(value, {watched})",
            )
            for code, watched, value in (
                ("not-used", "prediction", "loss(prediction, *others[:1])"),
                ("not-used", "prediction", "loss(prediction)"),
                ("arguments-swapped", "prediction", "loss(*others, prediction)"),
                ("arguments-swapped", "prediction", "loss(*others[::-1], prediction)"),
                ("wrong-source", "others[0]", "loss(prediction, *others)"),
            )
        ),
    ),
    *bodies(
        "binary_cross_entropy",
        MEAN.format(OF_PROBABILITIES.format("P", "EPSILON")),
        *(("epsilon", MEAN.format(OF_PROBABILITIES.format("P", limit))) for limit in LIMITS),
        ("extra-activation", MEAN.format(OF_PROBABILITIES.format("tf.sigmoid(P)", "EPSILON"))),
        ("partial-loss", MEAN.format("-Y * tf.math.log(tf.maximum(P, EPSILON))")),
        ("partial-loss", MEAN.format("-(1 - Y) * tf.math.log(tf.maximum(1 - P, EPSILON))")),
    ),
    *bodies(
        "binary_cross_entropy_from_logits",
        YES_NO,
        ("other-derivative", MEAN.format("tf.maximum(Z, 0) - Z * Y + tf.math.log1p(tf.exp(-tf.abs(Z)))")),
        ("other-derivative", MEAN.format("tf.nn.relu(Z) - Z * Y + tf.math.log1p(tf.exp(-tf.abs(Z)))")),
        ("missing-activation", MEAN.format(OF_PROBABILITIES.format("Z", "EPSILON"))),
        ("not-used", MEAN.format("tf.nn.softplus(-Z) + tf.nn.softplus(Z)")),
        *(("clipped", MEAN.format(OF_PROBABILITIES.format("tf.sigmoid(Z)", limit))) for limit in ("EPSILON", *LIMITS)),
        *(
            ("clipped", f"Z = tf.clip_by_value(Z, -{limit}, {limit})\n{YES_NO}\n{MEAN.format('cost')}")
            for limit in CLIPPED
        ),
    ),
    *bodies(
        "weighted_binary_cross_entropy",
        WEIGHTED,
        *(
            (code, f"{before}\n{WEIGHTED}\n{MEAN.format('cost')}")
            for code, before in (
                ("weights-swapped", "positive, negative = negative, positive"),
                ("not-used", "positive = negative = tf.ones_like(positive)"),
                ("not-used", "positive = tf.ones_like(positive)"),
                ("not-used", "negative = tf.ones_like(negative)"),
                ("wrong-value", "positive, negative = tf.reduce_mean(positive), tf.reduce_mean(negative)"),
                ("wrong-value", "positive, negative = positive[0], negative[0]"),
                (
                    "normalised",
                    "positive, negative = positive / (positive + negative), negative / (positive + negative)",
                ),
            )
        ),
        ("normalised", f"{WEIGHTED}\nreturn tf.reduce_sum(cost) / tf.reduce_sum(positive * Y + negative * (1 - Y))"),
        (
            "misplaced-factor",
            MEAN.format("Y * tf.nn.softplus(-positive * Z) + (1 - Y) * tf.nn.softplus(negative * Z)"),
        ),
        *(
            (
                "clipped",
                MEAN.format(
                    f"-(positive * Y * tf.math.log(tf.maximum(tf.sigmoid(Z), {limit}))"
                    f" + negative * (1 - Y) * tf.math.log(tf.maximum(1 - tf.sigmoid(Z), {limit})))"
                ),
            )
            for limit in ("EPSILON", "1e-7")
        ),
    ),
    *(
        row
        for name, chosen in (
            ("categorical_cross_entropy", "return -tf.reduce_mean(tf.reduce_sum(Y * {}, axis=1))"),
            ("sparse_categorical_cross_entropy", "return -tf.reduce_mean(tf.gather({}, labels, axis=1, batch_dims=1))"),
        )
        for row in bodies(
            name,
            chosen.format("log_P"),
            *(
                (code, chosen.format(log))
                for code, log in (
                    ("clipped", "tf.math.log(tf.maximum(tf.nn.softmax(Z), EPSILON))"),
                    ("clipped", "tf.math.log(tf.maximum(tf.nn.softmax(Z), 1e-7))"),
                    ("missing-activation", "Z"),
                    ("other-activation", "tf.math.log_sigmoid(Z)"),
                    ("missing-function", "tf.nn.softmax(Z)"),
                    ("wrong-value", "tf.math.log(1 - tf.nn.softmax(Z))"),
                    ("axis", "tf.nn.log_softmax(Z, axis=0)"),
                    ("axis", "(Z - tf.reduce_logsumexp(Z))"),
                    ("extra-activation", "tf.nn.log_softmax(tf.nn.softmax(Z))"),
                )
            ),
        )
    ),
    *bodies(
        "categorical_cross_entropy",
        "return -tf.reduce_mean(tf.reduce_sum(Y * log_P, axis=1))",
        ("not-used", "return -tf.reduce_mean(tf.reduce_sum(tf.nn.log_softmax(Z), axis=1))"),
        ("wrong-value", "return -tf.reduce_mean(tf.reduce_max(tf.nn.log_softmax(Z), axis=1))"),
    ),
    *bodies(
        "sparse_categorical_cross_entropy",
        "return -tf.reduce_mean(tf.gather(log_P, labels, axis=1, batch_dims=1))",
        ("broadcast", "return -tf.reduce_mean(tf.gather(tf.nn.log_softmax(Z), labels, axis=1))"),
        ("axis", "return -tf.reduce_mean(tf.gather(tf.nn.log_softmax(Z), labels))"),
        ("wrong-value", "return -tf.reduce_mean(tf.reduce_max(tf.nn.log_softmax(Z), axis=1))"),
        *(
            (
                "off-by-one",
                f"Y = tf.one_hot(labels {shift} 1, tf.shape(Z)[1], dtype=Z.dtype)\n"
                "return -tf.reduce_mean(tf.reduce_sum(Y * tf.nn.log_softmax(Z), axis=1))",
            )
            for shift in "-+"
        ),
        (
            "mean-over-outputs",
            "Y = tf.one_hot(labels, tf.shape(Z)[1], dtype=Z.dtype)\nreturn -tf.reduce_mean(Y * tf.nn.log_softmax(Z))",
        ),
    ),
    *bodies(
        "logarithm_base",
        "return math.exp(-math.log(probability) / loss)",
        ("operands-swapped", "return math.exp(-loss / math.log(probability))"),
        ("operands-swapped", "return probability ** -loss"),
        ("sign", "return math.exp(math.log(probability) / loss)"),
        ("missing-function", "return -math.log(probability) / loss"),
        ("missing-function", "return probability / loss"),
        ("other-function", "return 10 ** (-math.log(probability) / loss)"),
        ("other-function", "return 2 ** (-math.log(probability) / loss)"),
        ("other-function", "return math.exp(-math.log10(probability) / loss)"),
    ),
    *bodies(
        "slide_cross_entropy",
        MEAN.format("-Y * tf.math.log(tf.maximum(P, EPSILON))"),
        ("complement", MEAN.format("-Y * tf.math.log(tf.maximum(1 - P, EPSILON))")),
        ("complement", MEAN.format("-Y * tf.math.log(1 - P)")),
        ("extra-term", MEAN.format(OF_PROBABILITIES.format("P", "EPSILON"))),
        ("extra-activation", MEAN.format("-Y * tf.nn.log_softmax(P)")),
        *(("epsilon", MEAN.format(f"-Y * tf.math.log(tf.maximum(P, {limit}))")) for limit in LIMITS),
    ),
    *bodies(
        "dice_loss",
        "return tf.reduce_mean(1 - (2 * overlap + smoothing) / (areas + smoothing))",
        *(
            (
                code,
                f"overlap = {overlap}\nareas = {areas}\nreturn tf.reduce_mean({loss})",
            )
            for code, overlap, areas, loss in (
                (
                    code,
                    overlap or "tf.reduce_sum(P * Y, axis=(1, 2))",
                    areas or "tf.reduce_sum(P + Y, axis=(1, 2))",
                    loss or "1 - (2 * overlap + smoothing) / (areas + smoothing)",
                )
                for code, overlap, areas, loss in (
                    ("missing-factor", "", "", "1 - (overlap + smoothing) / (areas + smoothing)"),
                    ("complement", "", "", "(2 * overlap + smoothing) / (areas + smoothing)"),
                    ("sign", "", "", "-(2 * overlap + smoothing) / (areas + smoothing)"),
                    ("axis", "tf.reduce_sum(P * Y)", "tf.reduce_sum(P + Y)", ""),
                    *(
                        ("axis", f"tf.reduce_sum(P * Y, axis={axis})", f"tf.reduce_sum(P + Y, axis={axis})", "")
                        for axis in (0, 1, 2)
                    ),
                    ("other-function", "", "", "1 - (overlap + smoothing) / (areas - overlap + smoothing)"),
                    ("exponent", "", "tf.reduce_sum(P ** 2 + Y ** 2, axis=(1, 2))", ""),
                    ("rounding", SUM.format("tf.round(P) * Y"), SUM.format("tf.round(P) + Y"), ""),
                    ("missing-term", "", "", "1 - 2 * overlap / areas"),
                    ("missing-term", "", "", "1 - 2 * overlap / (areas + smoothing)"),
                    ("missing-term", "", "", "1 - (2 * overlap + smoothing) / areas"),
                    ("missing-term", "", "", "tf.where(areas > 0, 1 - 2 * overlap / areas, 0)"),
                    ("missing-term", "", "tf.reduce_sum(Y, axis=(1, 2))", ""),
                    ("missing-term", "", "tf.reduce_sum(P, axis=(1, 2))", ""),
                    ("extra-function", "", "", "-tf.math.log((2 * overlap + smoothing) / (areas + smoothing))"),
                    ("missing-factor", "", "", "1 - 2 * (overlap + smoothing) / (areas + smoothing)"),
                    ("other-function", f"{SUM.format('P * Y')} / {AREA}", f"{SUM.format('P + Y')} / {AREA}", ""),
                )
            )
        ),
    ),
    *bodies(
        "dice_gradient",
        f"return {QUOTIENT} / len(P)",
        *(
            (
                code,
                f"above = 2 * tf.reduce_sum(P * Y, axis={axes}, keepdims=True) + {added}\n"
                f"below = tf.reduce_sum(P + Y, axis={axes}, keepdims=True) + {added}\nreturn {result}",
            )
            for code, axes, added, result in (
                ("missing-mean", "(1, 2)", "smoothing", "-(2 * Y * below - above) / below ** 2"),
                ("sign", "(1, 2)", "smoothing", "(2 * Y * below - above) / below ** 2 / len(P)"),
                ("exponent", "(1, 2)", "smoothing", "-(2 * Y * below - above) / below / len(P)"),
                ("axis", "None", "smoothing", f"{QUOTIENT} / len(P)"),
                ("axis", "1", "smoothing", f"{QUOTIENT} / len(P)"),
                ("axis", "2", "smoothing", f"{QUOTIENT} / len(P)"),
                ("missing-term", "(1, 2)", "smoothing", "-2 * Y / below / len(P)"),
                ("missing-factor", "(1, 2)", "smoothing", "-(Y * below - above) / below ** 2 / len(P)"),
                ("wrong-count", "(1, 2)", "smoothing", f"{QUOTIENT} / tf.cast(tf.size(P), P.dtype)"),
                ("missing-term", "(1, 2)", "0", f"{QUOTIENT} / len(P)"),
                ("parentheses", "(1, 2)", "smoothing", "-(2 * Y * below - above / below ** 2) / len(P)"),
            )
        ),
    ),
    *bodies(
        "elastic_net_penalty",
        "return strength * (mix * absolute + (1 - mix) / 2 * squares)",
        *(
            (
                code,
                f"weights = [value for name, value in params.items() if {condition}]\n"
                f"absolute = sum({absolute} for W in weights)\n"
                f"squares = sum({squares} for W in weights)\nreturn {result}",
            )
            for code, condition, absolute, squares, result in (
                (
                    code,
                    condition or 'name.startswith("W")',
                    absolute or "tf.reduce_sum(tf.abs(W))",
                    squares or "tf.reduce_sum(tf.square(W))",
                    result or "strength * (mix * absolute + (1 - mix) / 2 * squares)",
                )
                for code, condition, absolute, squares, result in (
                    ("weights-swapped", "", "", "", "strength * ((1 - mix) * absolute + mix / 2 * squares)"),
                    ("missing-factor", "", "", "", "strength * (mix * absolute + (1 - mix) * squares)"),
                    ("factor-half", "", "", "", "strength * (mix * absolute + (1 - mix) * squares) / 2"),
                    ("extra-term", "True", "", "", ""),
                    ("missing-term", 'name == "W1"', "", "", ""),
                    ("missing-term", 'name == max(one for one in params if one.startswith("W"))', "", "", ""),
                    ("other-function", "", "tf.reduce_mean(tf.abs(W))", "tf.reduce_mean(tf.square(W))", ""),
                    ("not-used", "", "", "", "mix * absolute + (1 - mix) / 2 * squares"),
                    ("extra-function", "", "", "tf.norm(W)", ""),
                    ("extra-function", "", "", "tf.norm(W)", "strength * (mix * absolute + (1 - mix) * squares)"),
                    ("missing-function", "", "tf.reduce_sum(W)", "", ""),
                )
            )
        ),
    ),
)
