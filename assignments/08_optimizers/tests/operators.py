"""Mistakes that optimizers and schedules invite, besides the general ones."""

from common.other_texts import bodies, changed, mistakes

PUSH = "mu * state[name] - learning_rate * g[name]"
ROLLED = "w[name] + velocity[name]"
AHEAD = "w[name] + mu * velocity[name] - learning_rate * g[name]"
SUM = "state[name] + tf.square(g[name])"
AVERAGE = "rho * state[name] + (1 - rho) * tf.square(g[name])"
FIRST = "beta_1 * state['m'][name] + (1 - beta_1) * g[name]"
SECOND = "beta_2 * state['s'][name] + (1 - beta_2) * tf.square(g[name])"
M_HAT, S_HAT = "m[name] / (1 - beta_1 ** t)", "s[name] / (1 - beta_2 ** t)"
MOVED = "w[name] - learning_rate * m_hat / (tf.sqrt(s_hat) + epsilon)"


def instead(right, *rows):
    """What may stand in place of one text: kind and text of each."""
    return tuple((code, right, wrong) for code, wrong in rows)


# what both kinds of momentum do to the velocity
VELOCITIES = instead(
    PUSH,
    ("moving-average", "mu * state[name] - (1 - mu) * learning_rate * g[name]"),
    ("moving-average", "mu * state[name] - (1 - mu) * g[name]"),
    ("missing-factor", "state[name] - learning_rate * g[name]"),
    ("missing-factor", "mu * state[name] - g[name]"),
    ("fresh-state", "-learning_rate * g[name]"),
    ("doubled-factor", "mu * state[name] - learning_rate ** 2 * g[name]"),
    ("sign", "mu * state[name] + learning_rate * g[name]"),
    ("misplaced-factor", "learning_rate * (mu * state[name] - g[name])"),
)


LOOKS_AHEAD = f"velocity = {{name: {PUSH} for name in w}}\nreturn {{name: {AHEAD} for name in w}}, velocity"


def divided(gradient, below):
    """What can go wrong in a step that divides by a root: where ε stands, and what else stands below the line."""
    step = "w[name] - learning_rate * {} / {}"
    return instead(
        step.format(gradient, f"(tf.sqrt({below}) + epsilon)"),
        ("inside-root", step.format(gradient, f"tf.sqrt({below} + epsilon)")),
        ("inside-root", step.format(gradient, f"tf.sqrt({below} + epsilon ** 2)")),
        ("parentheses", step.format(gradient, f"tf.sqrt({below}) + epsilon")),
        ("parentheses", f"w[name] - learning_rate * ({gradient} / tf.sqrt({below}) + epsilon)"),
        ("missing-function", step.format(gradient, f"({below} + epsilon)")),
        ("epsilon", step.format(gradient, f"tf.sqrt({below})")),
        ("missing-term", f"w[name] - learning_rate * {gradient}"),
        ("missing-factor", f"w[name] - {gradient} / (tf.sqrt({below}) + epsilon)"),
        ("sign", f"w[name] + learning_rate * {gradient} / (tf.sqrt({below}) + epsilon)"),
    )


EPOCHS = "return learning_rate * factor ** {}"
WAVE = "return learning_rate / 2 * (1 + math.cos(math.pi * {}))"
PERIODS = "while step {} period:\n    step -= period\n{}return learning_rate / 2 * (1 + math.cos(math.pi * {}))"
SWEEP = (
    "rates = {}\nlosses = [loss_after(rate) for rate in rates]\n"
    "best = {}\nreturn rates[best], [float(rate) for rate in rates]"
)
FINITE = "min((i for i in range(len(rates)) if math.isfinite(losses[i])), key=lambda i: losses[i])"
LOGARITHMIC = "[low * (high / low) ** (i / (count - 1)) for i in range(count)]"

OPERATORS = (
    *mistakes(
        "sgd",
        *instead(
            "w[name] - learning_rate * g[name]",
            ("sign", "w[name] + learning_rate * g[name]"),
            ("missing-factor", "w[name] - g[name]"),
            ("doubled-factor", "w[name] - learning_rate ** 2 * g[name]"),
            ("missing-term", "-learning_rate * g[name]"),
            ("other-function", "w[name] - learning_rate * tf.sign(g[name])"),
            ("normalised", "w[name] - learning_rate * g[name] / tf.norm(g[name])"),
            ("missing-step", "w[name] - learning_rate * g[name] if name == next(iter(w)) else w[name]"),
        ),
    ),
    *mistakes(
        "momentum",
        *VELOCITIES,
        *instead(
            ROLLED,
            ("nesterov", AHEAD),
            ("stale-value", "w[name] + state[name]"),
            ("sign", "w[name] - velocity[name]"),
            ("doubled-factor", "w[name] + learning_rate * velocity[name]"),
            ("doubled-factor", "w[name] + mu * velocity[name]"),
        ),
        ("rate-place", PUSH, "mu * state[name] + g[name]", ROLLED, "w[name] - learning_rate * velocity[name]"),
        (
            "moving-average",
            *(PUSH, "mu * state[name] + (1 - mu) * g[name]"),
            *(ROLLED, "w[name] - learning_rate * velocity[name]"),
        ),
        ("sign", PUSH, "mu * state[name] + learning_rate * g[name]", ROLLED, "w[name] - velocity[name]"),
        ("fresh-state", "for name in w}, velocity", "for name in w}, state"),
    ),
    *bodies(
        "nesterov",
        LOOKS_AHEAD,
        *changed(
            LOOKS_AHEAD,
            *VELOCITIES,
            *instead(
                AHEAD,
                ("nesterov", ROLLED),
                ("stale-value", "w[name] + mu * state[name] - learning_rate * g[name]"),
                ("stale-value", "w[name] - mu * velocity[name] + (1 + mu) * state[name]"),
                ("sign", "w[name] + mu * velocity[name] + learning_rate * g[name]"),
                ("missing-term", "w[name] + mu * velocity[name]"),
                ("missing-factor", "w[name] + velocity[name] - learning_rate * g[name]"),
                ("doubled-factor", "w[name] + mu * mu * velocity[name] - learning_rate * g[name]"),
                ("missing-term", "w[name] + (1 + mu) * velocity[name]"),
            ),
            (
                "rate-place",
                *(PUSH, "mu * state[name] + g[name]"),
                *(AHEAD, "w[name] - learning_rate * (g[name] + mu * velocity[name])"),
            ),
            ("fresh-state", "for name in w}, velocity", "for name in w}, state"),
        ),
    ),
    *mistakes(
        "adagrad",
        *instead(
            SUM,
            ("missing-function", "state[name] + g[name]"),
            ("other-function", "state[name] + tf.abs(g[name])"),
            ("fresh-state", "tf.square(g[name])"),
            ("order", "tf.square(state[name] + g[name])"),
            ("extra-term", "state[name] + tf.square(g[name]) + 0.1"),
            ("axis", "state[name] + tf.reduce_sum(tf.square(g[name]))"),
            ("axis", "state[name] + tf.reduce_mean(tf.square(g[name]))"),
            ("moving-average", "0.9 * state[name] + 0.1 * tf.square(g[name])"),
            ("doubled-factor", "state[name] + tf.square(learning_rate * g[name])"),
        ),
        *divided("g[name]", "sums[name]"),
        ("stale-value", "tf.sqrt(sums[name])", "tf.sqrt(state[name])"),
        ("fresh-state", "for name in w}, sums", "for name in w}, state"),
    ),
    *mistakes(
        "rmsprop",
        *instead(
            AVERAGE,
            ("weights-swapped", "(1 - rho) * state[name] + rho * tf.square(g[name])"),
            ("weighted-mean", "rho * state[name] + tf.square(g[name])"),
            ("weighted-mean", "state[name] + (1 - rho) * tf.square(g[name])"),
            ("weighted-mean", "state[name] + tf.square(g[name])"),
            ("other-function", "rho * state[name] + (1 - rho) * tf.abs(g[name])"),
            ("missing-function", "rho * state[name] + (1 - rho) * g[name]"),
            ("order", "tf.square(rho * state[name] + (1 - rho) * g[name])"),
            ("order", "rho * state[name] + tf.square((1 - rho) * g[name])"),
            ("fresh-state", "tf.square(g[name])"),
            ("fresh-state", "(1 - rho) * tf.square(g[name])"),
            ("doubled-factor", "rho * state[name] + (1 - rho) * tf.square(learning_rate * g[name])"),
            ("axis", "rho * state[name] + (1 - rho) * tf.reduce_mean(tf.square(g[name]))"),
        ),
        *divided("g[name]", "averages[name]"),
        ("stale-value", "tf.sqrt(averages[name])", "tf.sqrt(state[name])"),
        ("fresh-state", "for name in w}, averages", "for name in w}, state"),
        (
            "order",
            *(AVERAGE, "rho * state[name] + (1 - rho) * g[name]"),
            *("tf.sqrt(averages[name])", "tf.sqrt(tf.square(averages[name]))"),
        ),
        (
            "other-function",
            *(AVERAGE, "rho * state[name] + (1 - rho) * tf.abs(g[name])"),
            *("tf.sqrt(averages[name])", "averages[name]"),
        ),
    ),
    *mistakes(
        "adam",
        *(
            ("bias-correction", M_HAT, f"m[name]{m}", S_HAT, f"s[name]{s}")
            for m, s in (
                ("", ""),
                (" / (1 - beta_1 ** t)", ""),
                ("", " / (1 - beta_2 ** t)"),
                (" / (1 - beta_1)", " / (1 - beta_2)"),
                (" / (1 - beta_1 * t)", " / (1 - beta_2 * t)"),
                (" / (1 - beta_1 ** (t - 1))", " / (1 - beta_2 ** (t - 1))"),
                (" / (1 - beta_1 ** (t + 1))", " / (1 - beta_2 ** (t + 1))"),
                (" / (1 + beta_1 ** t)", " / (1 + beta_2 ** t)"),
            )
        ),
        (
            "bias-correction",
            *(M_HAT, "m[name] / (1 - beta_1 ** (t - 1)) if t > 1 else m[name]"),
            *(S_HAT, "s[name] / (1 - beta_2 ** (t - 1)) if t > 1 else s[name]"),
        ),
        ("operands-swapped", M_HAT, M_HAT.replace("/", "*"), S_HAT, S_HAT.replace("/", "*")),
        ("arguments-swapped", M_HAT, "m[name] / (1 - beta_2 ** t)", S_HAT, "s[name] / (1 - beta_1 ** t)"),
        ("repeated-step", "for name in w:\n        m_hat", "t -= 1\n    for name in w:\n        t += 1\n        m_hat"),
        ("fresh-state", "'t': t", "'t': state['t']"),
        *instead(
            SECOND,
            ("missing-function", "beta_2 * state['s'][name] + (1 - beta_2) * g[name]"),
            ("other-function", "beta_2 * state['s'][name] + (1 - beta_2) * tf.abs(g[name])"),
            ("wrong-value", "beta_2 * state['s'][name] + (1 - beta_2) * tf.square(m[name])"),
        ),
        *divided("m_hat", "s_hat"),
        ("wrong-value", MOVED, MOVED.replace("m_hat", "g[name]")),
        # ε beside the root of what is not corrected, as in Keras
        ("order", MOVED, "w[name] - learning_rate * (1 - beta_2 ** t) ** 0.5 * m_hat / (tf.sqrt(s[name]) + epsilon)"),
        (
            "extra-term",
            *(FIRST, FIRST.replace("g[name]", "(g[name] + 0.01 * w[name])")),
            *(SECOND, SECOND.replace("g[name]", "g[name] + 0.01 * w[name]")),
        ),
    ),
    *bodies(
        "adam",
        "m_hat = m[name] / (1 - beta_1**t)",
        *(
            (
                "stale-value",
                f"""
t = state["t"] + 1
m = {{name: beta_1 * state["m"][name] + (1 - beta_1) * g[name] for name in w}}
s = {{name: beta_2 * state["s"][name] + (1 - beta_2) * tf.square(g[name]) for name in w}}
m_hat = {{name: m[name] / (1 - beta_1**t) for name in w}}
s_hat = {{name: s[name] / (1 - beta_2**t) for name in w}}
moved = {{name: w[name] - learning_rate * m_hat[name] / (tf.sqrt(s_hat[name]) + epsilon) for name in w}}
return moved, {{"t": t, "m": {m}, "s": {s}}}
""",
            )
            for m, s in (("m_hat", "s_hat"), ("m_hat", "s"), ("m", "s_hat"))
        ),
    ),
    *bodies(
        "step_decay",
        EPOCHS.format("(step // steps_per_epoch // every)"),
        ("rounding", EPOCHS.format("(step / steps_per_epoch / every)")),
        ("rounding", EPOCHS.format("(step // steps_per_epoch / every)")),
        ("rounding", EPOCHS.format("round(step / steps_per_epoch / every)")),
        ("rounding", EPOCHS.format("math.ceil(step / steps_per_epoch / every)")),
        ("not-used", EPOCHS.format("(step // every)")),
        ("not-used", EPOCHS.format("(step // steps_per_epoch)")),
        ("off-by-one", EPOCHS.format("((step // steps_per_epoch + 1) // every)")),
        ("off-by-one", EPOCHS.format("((step + 1) // steps_per_epoch // every)")),
        ("off-by-one", EPOCHS.format("((step - 1) // steps_per_epoch // every)")),
        ("off-by-one", EPOCHS.format("(step // steps_per_epoch // every + 1)")),
        ("missing-function", "return learning_rate * factor * (step // steps_per_epoch // every)"),
        ("exponent", "return learning_rate * factor ** (step % (steps_per_epoch * every))"),
        ("other-function", "return learning_rate * math.exp(-factor * (step // steps_per_epoch // every))"),
        ("other-function", "return learning_rate / (1 + factor * (step // steps_per_epoch // every))"),
        *(
            (
                "one-case",
                f"epoch = step // steps_per_epoch\nreturn learning_rate * factor if {condition} else learning_rate",
            )
            for condition in ("epoch >= every", "epoch and epoch % every == 0", "epoch % every == 0")
        ),
        (
            "doubled-factor",
            "for epoch in range(1, step // steps_per_epoch + 1):\n"
            "    learning_rate *= factor ** (epoch // every)\n"
            "return learning_rate",
        ),
        ("missing-factor", EPOCHS.format("(step // steps_per_epoch // every)").replace("learning_rate * ", "")),
    ),
    *bodies(
        "exponential_decay",
        EPOCHS.format("(step / every)"),
        ("rounding", EPOCHS.format("(step // every)")),
        ("missing-factor", EPOCHS.format("step")),
        ("operands-swapped", EPOCHS.format("(step * every)")),
        ("operands-swapped", EPOCHS.format("(every / step) if step else learning_rate")),
        ("off-by-one", EPOCHS.format("((step + 1) / every)")),
        ("other-function", "return learning_rate * math.exp(-factor * step / every)"),
        ("other-function", "return learning_rate * math.exp(-factor * step)"),
        ("other-function", "return learning_rate * math.exp(-step / every)"),
        ("other-function", "return learning_rate / (1 + factor * step / every)"),
        ("missing-function", "return learning_rate * factor * step / every"),
        ("sign", EPOCHS.format("(-step / every)")),
        (
            "doubled-factor",
            "for one in range(step + 1):\n    learning_rate *= factor ** (one / every)\nreturn learning_rate",
        ),
        ("complement", "return learning_rate * (1 - factor) ** (step / every)"),
    ),
    *bodies(
        "linear_decay",
        "return learning_rate * max(0, 1 - step / total)",
        ("missing-function", "return learning_rate * (1 - step / total)"),
        ("other-function", "return learning_rate * abs(1 - step / total)"),
        ("off-by-one", "return learning_rate * max(0, 1 - step / (total - 1))"),
        ("off-by-one", "return learning_rate * max(0, 1 - step / (total + 1))"),
        ("off-by-one", "return learning_rate * max(0, 1 - (step + 1) / total)"),
        ("missing-factor", "return max(0, 1 - step / total)"),
        ("misplaced-factor", "return max(0, learning_rate - step / total)"),
        ("complement", "return learning_rate * min(1, step / total)"),
        ("one-case", "return learning_rate * (1 - step / total) if step <= total else learning_rate"),
        ("rounding", "return learning_rate * max(0, 1 - step // total)"),
        ("other-function", "return learning_rate * max(0, 1 - step / total) ** 2"),
        ("exponent", "return learning_rate * max(0, 1 - step / total) ** 0.5"),
        (
            "doubled-factor",
            "for one in range(step + 1):\n    learning_rate *= max(0, 1 - one / total)\nreturn learning_rate",
        ),
    ),
    *bodies(
        "inverse_sqrt",
        "return learning_rate / math.sqrt(1 + step / every)",
        ("missing-function", "return learning_rate / (1 + step / every)"),
        ("missing-function", "return learning_rate / (1 + step * every)"),
        ("missing-term", "return learning_rate / math.sqrt(step / every) if step else learning_rate"),
        ("missing-term", "return learning_rate / math.sqrt(max(1, step / every))"),
        ("missing-term", "return learning_rate / math.sqrt(max(1, step))"),
        ("not-used", "return learning_rate / math.sqrt(1 + step)"),
        ("not-used", "return learning_rate / math.sqrt(step + 1) / every"),
        ("operands-swapped", "return learning_rate * math.sqrt(1 + step / every)"),
        ("operands-swapped", "return learning_rate / math.sqrt(1 + step * every)"),
        ("inside-root", "return learning_rate / (1 + math.sqrt(step / every))"),
        ("parentheses", "return learning_rate / math.sqrt((1 + step) / every)"),
        ("parentheses", "return learning_rate / math.sqrt((1 + step) / every) if step else learning_rate"),
        ("rounding", "return learning_rate / math.sqrt(1 + step // every)"),
        ("off-by-one", "return learning_rate / math.sqrt(1 + (step + 1) / every)"),
        ("exponent", "return learning_rate / (1 + step / every) ** 2"),
    ),
    *bodies(
        "cosine_decay",
        WAVE.format("min(step, total) / total"),
        ("missing-function", WAVE.format("step / total")),
        ("factor-two", WAVE.format("2 * min(step, total) / total")),
        ("factor-two", "return 0.0 if step > total else " + WAVE.format("2 * step / total").removeprefix("return ")),
        ("factor-half", WAVE.format("min(step, total) / total / 2")),
        ("missing-factor", WAVE.format("min(step, total) / total").replace("math.pi * ", "")),
        ("off-by-one", WAVE.format("min(step, total - 1) / (total - 1)")),
        ("off-by-one", WAVE.format("min(step + 1, total) / total")),
        ("off-by-one", WAVE.format("min(step, total + 1) / (total + 1)")),
        ("missing-factor", WAVE.format("min(step, total) / total").replace(" / 2", "")),
        ("missing-term", "return learning_rate / 2 * math.cos(math.pi * min(step, total) / total)"),
        ("missing-term", "return learning_rate * math.cos(math.pi * min(step, total) / total)"),
        ("other-function", "return learning_rate * max(0, math.cos(math.pi / 2 * min(step, total) / total))"),
        ("other-function", WAVE.format("min(step, total) / total").replace("cos", "sin")),
        ("sign", WAVE.format("min(step, total) / total").replace("1 + ", "1 - ")),
        ("parentheses", "return learning_rate / 2 * 1 + math.cos(math.pi * min(step, total) / total)"),
        (
            "one-case",
            "return learning_rate if step > total else " + WAVE.format("step / total").removeprefix("return "),
        ),
        ("other-function", WAVE.format("(step % total) / total")),
    ),
    *bodies(
        "cosine_restarts",
        PERIODS.format(">=", "    period *= growth\n", "step / period"),
        ("not-used", WAVE.format("(step % period) / period")),
        ("comparison", PERIODS.format(">", "    period *= growth\n", "step / period")),
        ("missing-step", WAVE.format("min(step, period) / period")),
        ("missing-step", WAVE.format("step / period")),
        (
            "missing-factor",
            PERIODS.format(">=", "    period *= growth\n    learning_rate /= growth\n", "step / period"),
        ),
        ("factor-half", PERIODS.format(">=", "    period *= growth\n    learning_rate /= 2\n", "step / period")),
        ("other-function", PERIODS.format(">=", "    period += growth\n", "step / period")),
        ("off-by-one", PERIODS.format(">=", "    period *= growth\n", "step / (period - 1)")),
        ("off-by-one", PERIODS.format(">=", "    period *= growth\n", "(step + 1) / period")),
        (
            "stale-value",
            "first = period\n" + PERIODS.format(">=", "    period *= growth\n", "step / first"),
        ),
        ("order", "while step >= period:\n    period *= growth\n    step -= period\n" + WAVE.format("step / period")),
        ("order", "while step >= period:\n    period *= growth\n" + WAVE.format("step / period")),
        (
            "start-value",
            "top = learning_rate\nwhile step >= period:\n    step -= period\n    period *= growth\n    top *= 0.5\n"
            + WAVE.format("step / period").replace("learning_rate", "top"),
        ),
        (
            "early-end",
            "if step >= period:\n    step -= period\n    period *= growth\n" + WAVE.format("step / period"),
        ),
        (
            "factor-half",
            PERIODS.format(">=", "    period *= growth\n", "step / period / 2"),
        ),
        ("factor-two", PERIODS.format(">=", "    period *= growth\n", "2 * step / period")),
    ),
    *bodies(
        "warmup",
        "return learning_rate * min(1, (step + 1) / steps)",
        ("off-by-one", "return learning_rate * min(1, step / steps)"),
        ("off-by-one", "return learning_rate * min(1, step / (steps - 1)) if steps > 1 else learning_rate"),
        ("off-by-one", "return learning_rate * min(1, (step + 1) / (steps + 1))"),
        ("off-by-one", "return learning_rate * min(1, (step + 2) / steps)"),
        ("missing-function", "return learning_rate * (step + 1) / steps"),
        ("missing-factor", "return min(1, (step + 1) / steps)"),
        ("operands-swapped", "return learning_rate * min(1, steps / (step + 1))"),
        ("one-case", "return learning_rate * (step + 1) / steps if step < steps else 0.0"),
        ("rounding", "return learning_rate * min(1, (step + 1) // steps)"),
        ("other-function", "return learning_rate * max(1, (step + 1) / steps)"),
        ("one-case", "return 0.0 if step < steps else learning_rate"),
    ),
    *bodies(
        "linear_scaling",
        "return learning_rate * batch_size / old_batch_size",
        ("operands-swapped", "return learning_rate * old_batch_size / batch_size"),
        ("extra-function", "return learning_rate * math.sqrt(batch_size / old_batch_size)"),
        ("rounding", "return learning_rate * (batch_size // old_batch_size)"),
        ("other-function", "return learning_rate + batch_size / old_batch_size"),
        ("other-function", "return learning_rate * (batch_size - old_batch_size)"),
        ("missing-factor", "return learning_rate * batch_size"),
        ("missing-factor", "return learning_rate / old_batch_size"),
        ("other-function", "return learning_rate * math.log2(batch_size / old_batch_size)"),
    ),
    *bodies(
        "lr_range",
        SWEEP.format(LOGARITHMIC, FINITE),
        ("other-function", SWEEP.format("[low + (high - low) * i / (count - 1) for i in range(count)]", FINITE)),
        ("off-by-one", SWEEP.format("[low * (high / low) ** (i / count) for i in range(count)]", FINITE)),
        (
            "missing-function",
            SWEEP.format("[10 ** (low + (high - low) * i / (count - 1)) for i in range(count)]", FINITE),
        ),
        ("exponent", SWEEP.format("[low * 10 ** i for i in range(count)]", FINITE)),
        ("exponent", SWEEP.format("[low * 2 ** i for i in range(count)]", FINITE)),
        ("off-by-one", SWEEP.format("[low * (high / low) ** (i / (count - 1)) for i in range(count - 1)]", FINITE)),
        ("off-by-one", SWEEP.format("[low * (high / low) ** ((i + 1) / count) for i in range(count)]", FINITE)),
        ("one-case", SWEEP.format(LOGARITHMIC, "max(range(count), key=lambda i: math.isnan(losses[i]))")),
        ("one-case", SWEEP.format(LOGARITHMIC, "losses.index(min(losses))")),
        (
            "one-case",
            SWEEP.format(
                LOGARITHMIC, "next((i for i in range(count) if losses[i] != losses[i]), losses.index(min(losses)))"
            ),
        ),
        (
            "one-case",
            SWEEP.format(
                LOGARITHMIC, "min((i for i in range(count) if losses[i] == losses[i]), key=lambda i: losses[i])"
            ),
        ),
        ("other-function", SWEEP.format(LOGARITHMIC, FINITE.replace("min", "max"))),
        ("extra-function", SWEEP.format(LOGARITHMIC, FINITE.replace("i: losses[i]", "i: abs(losses[i])"))),
        ("reversed", SWEEP.format(LOGARITHMIC + "[::-1]", FINITE)),
        (
            "wrong-value",
            SWEEP.format(LOGARITHMIC, FINITE).replace("return rates[best]", "return losses[best]"),
        ),
        ("wrong-value", SWEEP.format(LOGARITHMIC, FINITE).replace("return rates[best]", "return best")),
        ("stale-value", SWEEP.format(LOGARITHMIC, "0")),
        ("wrong-value", SWEEP.format(LOGARITHMIC, "-1")),
    ),
)
