"""Mistakes that optimizers and schedules invite, besides the general ones: what a student writes for the whole."""

from __future__ import annotations

import ast
import copy
from functools import partial

from autograder.explain.mutation.operators import Operator, Rewritten


def instead(name, text, function, context):
    """Another body of a function of that name."""
    if function.name == name:
        changed = copy.deepcopy(function)
        doc = changed.body[:1] if ast.get_docstring(function) else []
        changed.body = [*doc, *ast.parse(text).body]
        yield Rewritten(function.lineno, name, text, changed)


def bodies(name, right, *rows):
    """Other bodies of one function: kind and text of each."""
    return tuple(
        Operator(code, f"`{name}` is computed in another way.", right, text, partial(instead, name, text))
        for code, text in rows
    )


def remembering(state, move):
    """A step that keeps one dict: its new value, and the new weight, of each name."""
    return (
        "kept, moved = {}, {}\n"
        "for name in w:\n"
        "    old = state[name]\n"
        f"    new = {state}\n"
        f"    moved[name] = {move}\n"
        "    kept[name] = new\n"
        "return moved, kept"
    )


PUSHED = "mu * old - learning_rate * g[name]"
ROLLED = "w[name] + new"
AHEAD = "w[name] + mu * new - learning_rate * g[name]"
SUM = "old + g[name] ** 2"
AVERAGE = "rho * old + (1 - rho) * g[name] ** 2"
DIVIDED = "w[name] - learning_rate * g[name] / (tf.sqrt(new) + epsilon)"
# what both kinds of momentum do to the velocity
VELOCITIES = (
    ("moving-average", "mu * old - (1 - mu) * learning_rate * g[name]"),
    ("moving-average", "mu * old - (1 - mu) * g[name]"),
    ("missing-factor", "old - learning_rate * g[name]"),
    ("missing-factor", "mu * old - g[name]"),
    ("fresh-state", "-learning_rate * g[name]"),
    ("doubled-factor", "mu * old - learning_rate ** 2 * g[name]"),
    ("sign", "mu * old + learning_rate * g[name]"),
    ("misplaced-factor", "learning_rate * (mu * old - g[name])"),
)
# where ε can stand, and what else can stand below the line
STEPS = (
    ("inside-root", "w[name] - learning_rate * g[name] / tf.sqrt(new + epsilon)"),
    ("inside-root", "w[name] - learning_rate * g[name] / tf.sqrt(new + epsilon ** 2)"),
    ("parentheses", "w[name] - learning_rate * g[name] / tf.sqrt(new) + epsilon"),
    ("parentheses", "w[name] - learning_rate * (g[name] / tf.sqrt(new) + epsilon)"),
    ("missing-function", "w[name] - learning_rate * g[name] / (new + epsilon)"),
    ("epsilon", "w[name] - learning_rate * g[name] / tf.sqrt(new)"),
    ("stale-value", "w[name] - learning_rate * g[name] / (tf.sqrt(old) + epsilon)"),
    ("missing-factor", "w[name] - g[name] / (tf.sqrt(new) + epsilon)"),
    ("sign", "w[name] + learning_rate * g[name] / (tf.sqrt(new) + epsilon)"),
)


def remembered(name, state, move, states, moves):
    """Mistakes in what is kept, in how the weights move, and what is kept from before the move or after it."""
    return bodies(
        name,
        remembering(state, move),
        *((code, remembering(wrong, move)) for code, wrong in states),
        *((code, remembering(state, wrong)) for code, wrong in moves),
        ("fresh-state", remembering(state, move).replace("state[name]", "tf.zeros_like(w[name])")),
        ("fresh-state", remembering(state, move).replace("kept[name] = new", "kept[name] = old")),
    )


def adam(m="g[name]", s="g[name] ** 2", hats=("m / (1 - beta_1 ** t)", "s / (1 - beta_2 ** t)"), move="", **changed):
    """The whole of Adam, with other parts."""
    move = move or "w[name] - learning_rate * m_hat / (tf.sqrt(s_hat) + epsilon)"
    text = (
        't = state["t"] + 1\n'
        "moved, means, squares = {}, {}, {}\n"
        "for name in w:\n"
        f'    m = beta_1 * state["m"][name] + (1 - beta_1) * {m}\n'
        f'    s = beta_2 * state["s"][name] + (1 - beta_2) * {s}\n'
        f"    m_hat = {hats[0]}\n"
        f"    s_hat = {hats[1]}\n"
        f"    moved[name] = {move}\n"
        "    means[name], squares[name] = m, s\n"
        'return moved, {"t": t, "m": means, "s": squares}'
    )
    for before, after in changed.values():
        text = text.replace(before, after)
    return text


CORRECTED = ("m / (1 - beta_1 ** t)", "s / (1 - beta_2 ** t)")
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
    *bodies(
        "sgd",
        "return {name: w[name] - learning_rate * g[name] for name in w}, state",
        *(
            (code, f"return {{name: {moved} for name in w}}, state")
            for code, moved in (
                ("sign", "w[name] + learning_rate * g[name]"),
                ("missing-factor", "w[name] - g[name]"),
                ("doubled-factor", "w[name] - learning_rate ** 2 * g[name]"),
                ("missing-term", "-learning_rate * g[name]"),
                ("other-function", "w[name] - learning_rate * tf.sign(g[name])"),
                ("normalised", "w[name] - learning_rate * g[name] / tf.norm(g[name])"),
                ("missing-mean", "w[name] - learning_rate * g[name] / len(g[name])"),
            )
        ),
        ("missing-step", "first = next(iter(w))\nreturn {**w, first: w[first] - learning_rate * g[first]}, state"),
    ),
    *remembered(
        "momentum",
        PUSHED,
        ROLLED,
        VELOCITIES,
        (
            ("nesterov", AHEAD),
            ("stale-value", "w[name] + old"),
            ("sign", "w[name] - new"),
            ("doubled-factor", "w[name] + learning_rate * new"),
            ("doubled-factor", "w[name] + mu * new"),
        ),
    ),
    *bodies(
        "momentum",
        remembering(PUSHED, ROLLED),
        ("rate-place", remembering("mu * old + g[name]", "w[name] - learning_rate * new")),
        ("moving-average", remembering("mu * old + (1 - mu) * g[name]", "w[name] - learning_rate * new")),
        ("sign", remembering("mu * old + learning_rate * g[name]", "w[name] - new")),
    ),
    *remembered(
        "nesterov",
        PUSHED,
        AHEAD,
        VELOCITIES,
        (
            ("nesterov", ROLLED),
            ("stale-value", "w[name] + mu * old - learning_rate * g[name]"),
            ("stale-value", "w[name] - mu * new + (1 + mu) * old"),
            ("arguments-swapped", "w[name] - mu * new + (1 + mu) * old"),
            ("sign", "w[name] + mu * new + learning_rate * g[name]"),
            ("missing-term", "w[name] + mu * new"),
            ("missing-factor", "w[name] + new - learning_rate * g[name]"),
            ("doubled-factor", "w[name] + mu * mu * new - learning_rate * g[name]"),
            ("missing-term", "w[name] + (1 + mu) * new"),
        ),
    ),
    *bodies(
        "nesterov",
        remembering(PUSHED, AHEAD),
        ("rate-place", remembering("mu * old + g[name]", "w[name] - learning_rate * (g[name] + mu * new)")),
    ),
    *remembered(
        "adagrad",
        SUM,
        DIVIDED,
        (
            ("missing-function", "old + g[name]"),
            ("other-function", "old + tf.abs(g[name])"),
            ("fresh-state", "g[name] ** 2"),
            ("order", "(old + g[name]) ** 2"),
            ("extra-term", "old + g[name] ** 2 + 0.1"),
            ("axis", "old + tf.reduce_sum(g[name] ** 2)"),
            ("axis", "old + tf.reduce_mean(g[name] ** 2)"),
            ("moving-average", "0.9 * old + 0.1 * g[name] ** 2"),
            ("doubled-factor", "old + (learning_rate * g[name]) ** 2"),
        ),
        STEPS,
    ),
    *remembered(
        "rmsprop",
        AVERAGE,
        DIVIDED,
        (
            ("weights-swapped", "(1 - rho) * old + rho * g[name] ** 2"),
            ("weighted-mean", "rho * old + g[name] ** 2"),
            ("weighted-mean", "old + (1 - rho) * g[name] ** 2"),
            ("weighted-mean", "old + g[name] ** 2"),
            ("other-function", "rho * old + (1 - rho) * tf.abs(g[name])"),
            ("missing-function", "rho * old + (1 - rho) * g[name]"),
            ("order", "(rho * old + (1 - rho) * g[name]) ** 2"),
            ("fresh-state", "g[name] ** 2"),
            ("fresh-state", "(1 - rho) * g[name] ** 2"),
            ("order", "rho * old + ((1 - rho) * g[name]) ** 2"),
            ("axis", "rho * old + (1 - rho) * tf.reduce_mean(g[name] ** 2)"),
        ),
        (*STEPS, ("bias-correction", "w[name] - learning_rate * g[name] / (tf.sqrt(new / (1 - rho)) + epsilon)")),
    ),
    *bodies(
        "rmsprop",
        remembering(AVERAGE, DIVIDED),
        (
            "missing-function",
            remembering(
                "rho * old + (1 - rho) * g[name]", "w[name] - learning_rate * g[name] / (tf.sqrt(new ** 2) + epsilon)"
            ),
        ),
        (
            "other-function",
            remembering(
                "rho * old + (1 - rho) * tf.abs(g[name])", "w[name] - learning_rate * g[name] / (new + epsilon)"
            ),
        ),
    ),
    *bodies(
        "adam",
        adam(),
        ("bias-correction", adam(hats=("m", "s"))),
        ("bias-correction", adam(hats=(CORRECTED[0], "s"))),
        ("bias-correction", adam(hats=("m", CORRECTED[1]))),
        ("bias-correction", adam(hats=("m / (1 - beta_1)", "s / (1 - beta_2)"))),
        ("bias-correction", adam(hats=("m / (1 - beta_1 * t)", "s / (1 - beta_2 * t)"))),
        ("bias-correction", adam(hats=("m / (1 - beta_1 ** (t - 1))", "s / (1 - beta_2 ** (t - 1))"))),
        (
            "bias-correction",
            adam(
                hats=(
                    "m / (1 - beta_1 ** (t - 1)) if t > 1 else m",
                    "s / (1 - beta_2 ** (t - 1)) if t > 1 else s",
                )
            ),
        ),
        ("bias-correction", adam(hats=("m / (1 - beta_1 ** (t + 1))", "s / (1 - beta_2 ** (t + 1))"))),
        ("sign", adam(hats=("m / (1 + beta_1 ** t)", "s / (1 + beta_2 ** t)"))),
        ("operands-swapped", adam(hats=("m * (1 - beta_1 ** t)", "s * (1 - beta_2 ** t)"))),
        ("arguments-swapped", adam(hats=("m / (1 - beta_2 ** t)", "s / (1 - beta_1 ** t)"))),
        ("arguments-swapped", f"beta_1, beta_2 = beta_2, beta_1\n{adam()}"),
        ("stale-value", adam(kept=("means[name], squares[name] = m, s", "means[name], squares[name] = m_hat, s_hat"))),
        ("stale-value", adam(kept=("means[name], squares[name] = m, s", "means[name], squares[name] = m_hat, s"))),
        ("stale-value", adam(kept=("means[name], squares[name] = m, s", "means[name], squares[name] = m, s_hat"))),
        ("repeated-step", adam(counted=("for name in w:\n", "t -= 1\nfor name in w:\n    t += 1\n"))),
        ("fresh-state", adam(counted=('"t": t', '"t": state["t"]'))),
        ("missing-function", adam(s="g[name]")),
        ("other-function", adam(s="tf.abs(g[name])")),
        ("wrong-value", adam(s="m ** 2")),
        ("missing-term", adam(move="w[name] - learning_rate * m_hat")),
        ("wrong-value", adam(move="w[name] - learning_rate * g[name] / (tf.sqrt(s_hat) + epsilon)")),
        ("missing-function", adam(move="w[name] - learning_rate * m_hat / (s_hat + epsilon)")),
        ("inside-root", adam(move="w[name] - learning_rate * m_hat / tf.sqrt(s_hat + epsilon)")),
        ("inside-root", adam(move="w[name] - learning_rate * m_hat / tf.sqrt(s_hat + epsilon ** 2)")),
        ("parentheses", adam(move="w[name] - learning_rate * m_hat / tf.sqrt(s_hat) + epsilon")),
        ("parentheses", adam(move="w[name] - learning_rate * (m_hat / tf.sqrt(s_hat) + epsilon)")),
        ("epsilon", adam(move="w[name] - learning_rate * m_hat / tf.sqrt(s_hat)")),
        ("sign", adam(move="w[name] + learning_rate * m_hat / (tf.sqrt(s_hat) + epsilon)")),
        ("missing-factor", adam(move="w[name] - m_hat / (tf.sqrt(s_hat) + epsilon)")),
        # ε beside the root of what is not corrected, as in Keras
        (
            "order",
            adam(
                hats=("m / (1 - beta_1 ** t)", "tf.sqrt(s) + epsilon"),
                move="w[name] - learning_rate * (1 - beta_2 ** t) ** 0.5 * m_hat / s_hat",
            ),
        ),
        (
            "extra-term",
            adam(m="(g[name] + 0.01 * w[name])", s="(g[name] + 0.01 * w[name]) ** 2"),
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
        ("not-used", WAVE.format("step % total / total")),
    ),
    *bodies(
        "cosine_restarts",
        PERIODS.format(">=", "    period *= growth\n", "step / period"),
        ("not-used", WAVE.format("step % period / period")),
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
        ("distribution", SWEEP.format("[low + (high - low) * i / (count - 1) for i in range(count)]", FINITE)),
        ("off-by-one", SWEEP.format("[low * (high / low) ** (i / count) for i in range(count)]", FINITE)),
        (
            "missing-function",
            SWEEP.format("[10 ** (low + (high - low) * i / (count - 1)) for i in range(count)]", FINITE),
        ),
        ("exponent", SWEEP.format("[low * 10 ** i for i in range(count)]", FINITE)),
        ("exponent", SWEEP.format("[low * 2 ** i for i in range(count)]", FINITE)),
        ("off-by-one", SWEEP.format("[low * (high / low) ** (i / (count - 1)) for i in range(count - 1)]", FINITE)),
        ("off-by-one", SWEEP.format("[low * (high / low) ** ((i + 1) / count) for i in range(count)]", FINITE)),
        ("not-finite", SWEEP.format(LOGARITHMIC, "max(range(count), key=lambda i: math.isnan(losses[i]))")),
        ("not-finite", SWEEP.format(LOGARITHMIC, "losses.index(min(losses))")),
        (
            "not-finite",
            SWEEP.format(
                LOGARITHMIC, "next((i for i in range(count) if losses[i] != losses[i]), losses.index(min(losses)))"
            ),
        ),
        (
            "not-finite",
            SWEEP.format(
                LOGARITHMIC, "min((i for i in range(count) if losses[i] == losses[i]), key=lambda i: losses[i])"
            ),
        ),
        ("other-function", SWEEP.format(LOGARITHMIC, FINITE.replace("min", "max"))),
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
