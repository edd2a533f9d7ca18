"""Mistakes that clinical metrics invite, besides the general ones: other texts in a function, or another body."""

from common.other_texts import bodies, mistakes

FOUND = "called[:, y == 1].mean(axis=1)"
ALARMED = "called[:, y == 0].mean(axis=1)"
AREA = "np.mean(gaps > 0) + np.mean(gaps == 0) / 2"
HARD = "called = scores >= {}\nreturn float((np.mean(called[y == 1]) + np.mean(~called[y == 0])) / 2)"
# Keras's own thresholds, and what a loop over some of them gives
FIXED = "false, true = (np.array([np.mean(scores[y == label] >= t) for t in {}]) for label in (0, 1))\n"
TRAPEZOIDS = "return float(np.sum((false[:-1] - false[1:]) * (true[:-1] + true[1:]) / 2))"
# of labels that a sort has put in order, whatever is equal
STEPS = "found = np.cumsum(y) / y.sum()\nreturn float(found[y == 0].mean())"
CALLED = (
    "thresholds = np.append(np.unique(scores), np.inf)\ncalled = scores >= thresholds[:, None]\n"
    "found, spared = called[:, y == 1].mean(axis=1), (~called)[:, y == 0].mean(axis=1)\n"
)
REACHED = "reached = found if rate == 'sensitivity' else spared\n"
CHOSEN = "operating_point(y_dev, scores_dev, rate, least)"
MEASURED = "confusion(y_test, scores_test, threshold)"
ROWS = "np.concatenate([np.flatnonzero(patients == patient) for patient in draw])"
ENDS = "np.nanquantile(areas, [0.025, 0.975])"
VOTE = "yes >= no"
COST = "tf.where(answered, tf.nn.softplus(Z) - labels * Z, 0.0)"
PER_QUESTION = "tf.reduce_sum(cost, axis=0) / tf.maximum(count, 1.0)"
WEIGHTED = "positive * Y * tf.nn.softplus(-Z) + negative * (1 - Y) * tf.nn.softplus(Z)"
MEAN = "tf.reduce_sum(cost) / len(X)"
LEAVES = "P[:, below].sum(axis=1)"

OPERATORS = (
    *mistakes(
        "confusion",
        ("comparison", "scores >= threshold", "scores > threshold"),
        ("reversed", "scores >= threshold", "scores <= threshold"),
        ("reversed", "scores >= threshold", "scores < threshold"),
        ("branches-swapped", "y == 1", "y == 0"),
        ("hard-coded", "scores >= threshold", "scores >= 0.5"),
        ("hard-coded", "scores >= threshold", "scores >= 0"),
        (
            "returned-swapped",
            "'FP': int(np.sum(called & ~ill))",
            "'FP': int(np.sum(~called & ill))",
            "'FN': int(np.sum(~called & ill))",
            "'FN': int(np.sum(called & ~ill))",
        ),
        ("averaged", "np.sum(", "np.mean(", "int(", "float("),
    ),
    *mistakes(
        "rates",
        ("wrong-value", "counts['TP'] + counts['FN']", "counts['TP'] + counts['FP']"),
        ("wrong-value", "counts['TN'] + counts['FP']", "counts['TN'] + counts['FN']"),
        ("complement", "counts['TN'] / well", "counts['FP'] / well"),
        ("complement", "counts['TP'] / ill", "counts['FN'] / ill"),
    ),
    *mistakes(
        "roc_curve",
        ("start-value", "np.concatenate([[np.inf], np.unique(scores)[::-1]])", "np.unique(scores)[::-1]"),
        (
            "reversed",
            "np.concatenate([[np.inf], np.unique(scores)[::-1]])",
            "np.concatenate([np.unique(scores), [np.inf]])",
        ),
        ("missing-step", "np.unique(scores)", "np.sort(scores)"),
        ("comparison", "scores >= thresholds", "scores > thresholds"),
        ("complement", ALARMED, f"1 - {ALARMED}"),
        ("missing-mean", ".mean(axis=1)", ".sum(axis=1)"),
        (
            "wrong-count",
            ALARMED,
            "called[:, y == 0].sum(axis=1) / len(y)",
            FOUND,
            "called[:, y == 1].sum(axis=1) / len(y)",
        ),
        ("returned-swapped", "y == 0", "y == 2", "y == 1", "y == 0", "y == 2", "y == 1"),
        ("constant", "[[np.inf]", "[[1.0]"),
        ("constant", "[[np.inf]", "[[scores.max() + 1]"),
    ),
    *mistakes(
        "auc",
        ("missing-term", AREA, "np.mean(gaps > 0)"),
        ("comparison", AREA, "np.mean(gaps >= 0)"),
        ("missing-factor", AREA, "np.mean(gaps > 0) + np.mean(gaps == 0)"),
        ("reversed", "gaps > 0", "gaps < 0"),
        ("missing-mean", AREA, "np.sum(gaps > 0) + np.sum(gaps == 0) / 2"),
        ("wrong-count", AREA, "(np.sum(gaps > 0) + np.sum(gaps == 0) / 2) / len(y) ** 2"),
    ),
    *bodies(
        "auc",
        f"return float({AREA})",
        *(
            ("other-function", HARD.format(threshold))
            for threshold in ("0.5", "0", "np.median(scores)", "scores.mean()")
        ),
        *(
            ("hard-coded", FIXED.format(grid) + TRAPEZOIDS)
            for grid in (
                "np.linspace(0, 1, 200)",
                "np.linspace(0, 1, 101)",
                "np.linspace(0, 1, 11)",
                "np.linspace(0, 1, 100)",
                "[-1e-7, *np.linspace(0, 1, 200)[1:-1], 1 + 1e-7]",
            )
        ),
        (
            "missing-step",
            f"y = y[np.argsort(-scores, kind='stable')]\n{STEPS}",
        ),
        (
            "missing-step",
            f"y = 1 - y[np.argsort(scores, kind='stable')]\n{STEPS}",
        ),
    ),
    *mistakes(
        "operating_point",
        ("other-function", ".max()", ".min()"),
        ("other-function", ".min()", ".max()"),
        ("branches-swapped", ".max()", ".least()", ".min()", ".max()", ".least()", ".min()"),
        ("comparison", ">= least].max()", "> least].max()"),
        ("comparison", ">= least].min()", "> least].min()"),
        ("comparison", ">= least", "> least"),
        ("comparison", "scores >= thresholds", "scores > thresholds"),
        ("complement", "(~called)[:, y == 0]", "called[:, y == 0]"),
        ("branches-swapped", "rate == 'sensitivity'", "rate == 'specificity'"),
        ("one-case", "rate == 'sensitivity'", "True"),
        ("one-case", "rate == 'sensitivity'", "False"),
        ("start-value", "np.append(np.unique(scores), np.inf)", "np.unique(scores)"),
    ),
    *bodies(
        "operating_point",
        "return float(thresholds[called[:, y == 1].mean(axis=1) >= least].max())",
        ("not-used", f"{CALLED}return float(thresholds[np.argmax(found + spared)])"),
        ("other-function", f"{CALLED}{REACHED}return float(thresholds[np.argmin(np.abs(reached - least))])"),
        ("order", f"{CALLED}{REACHED}return float(thresholds[np.argmax(reached >= least)])"),
        (
            "other-function",
            "of, part = (1, 1 - least) if rate == 'sensitivity' else (0, least)\n"
            "return float(np.quantile(scores[y == of], part))",
        ),
    ),
    *mistakes(
        "frozen_rates",
        ("wrong-source", CHOSEN, "operating_point(y_test, scores_test, rate, least)"),
        ("wrong-source", MEASURED, "confusion(y_dev, scores_dev, threshold)"),
        (
            "wrong-source",
            CHOSEN,
            "operating_point(y_test, scores_test, rate, least)",
            MEASURED,
            "confusion(y_dev, scores_dev, threshold)",
        ),
        (
            "arguments-swapped",
            "('screening', 'sensitivity')",
            "('screening', 'specificity')",
            "('acting', 'specificity')",
            "('acting', 'sensitivity')",
        ),
        ("one-case", "('acting', 'specificity')", "('acting', 'sensitivity')"),
        ("one-case", "('screening', 'sensitivity')", "('screening', 'specificity')"),
        ("hard-coded", "rate, least", "rate, 0.95"),
        ("hard-coded", "rate, least", "rate, 0.9"),
        ("hard-coded", CHOSEN, "0.5"),
        ("returned-swapped", "sensitivity, specificity = rates", "specificity, sensitivity = rates"),
    ),
    *mistakes(
        "leaked_patients",
        ("reversed", ".tolist()", "[::-1].tolist()"),
        ("other-function", "np.intersect1d(train, test)", "np.union1d(train, test)"),
        ("other-function", "np.intersect1d(train, test)", "np.setdiff1d(train, test)"),
        ("other-function", "np.intersect1d(train, test)", "np.setdiff1d(test, train)"),
        ("repeated-step", "np.intersect1d(train, test)", "np.sort(test[np.isin(test, train)])"),
        ("repeated-step", "np.intersect1d(train, test)", "np.sort(train[np.isin(train, test)])"),
    ),
    *mistakes(
        "bootstrap_interval",
        ("counted-once", ROWS, "np.flatnonzero(np.isin(patients, draw))"),
        ("one-example", "np.flatnonzero(patients == patient)", "np.flatnonzero(patients == patient)[:1]"),
        ("one-example", ROWS, "np.array([np.argmax(patients == patient) for patient in draw])"),
        ("constant", "[0.025, 0.975]", "[0.05, 0.95]"),
        ("constant", "[0.025, 0.975]", "[0.0, 1.0]"),
        ("constant", "[0.025, 0.975]", "[0.005, 0.995]"),
        ("constant", "[0.025, 0.975]", "[0.25, 0.75]"),
        (
            "other-function",
            ENDS,
            "np.nanmean(areas) - 1.96 * np.nanstd(areas), np.nanmean(areas) + 1.96 * np.nanstd(areas)",
        ),
        ("other-function", ENDS, "auc(y, scores) - 1.96 * np.nanstd(areas), auc(y, scores) + 1.96 * np.nanstd(areas)"),
        ("pairing", "auc(y[rows], scores[rows])", "auc(y[np.sort(rows)], scores[rows])"),
        ("pairing", "auc(y[rows], scores[rows])", "auc(y[:len(rows)], scores[rows])"),
        ("other-function", ENDS, "np.nanquantile(areas, [0.025, 0.975], method='nearest')"),
        ("other-function", ENDS, "np.nanquantile(areas, [0.025, 0.975], method='lower')"),
        ("missing-step", ENDS, "np.quantile(np.nan_to_num(areas, nan=0.5), [0.025, 0.975])"),
        ("missing-step", ENDS, "np.quantile(np.nan_to_num(areas), [0.025, 0.975])"),
        ("missing-step", ENDS, "np.quantile(np.nan_to_num(areas, nan=1.0), [0.025, 0.975])"),
        ("not-used", ROWS, "draw % len(y)"),
    ),
    *bodies(
        "bootstrap_interval",
        f"low, high = {ENDS}",
        (
            "not-used",
            "drawn = np.random.default_rng(0).integers(len(y), size=(len(draws), len(y)))\n"
            "areas = [auc(y[rows], scores[rows]) for rows in drawn]\n"
            "low, high = np.nanquantile(areas, [0.025, 0.975])\nreturn (float(low), float(high))",
        ),
    ),
    *mistakes(
        "majority",
        ("comparison", VOTE, "yes > no"),
        ("comparison", "grades >= level", "grades > level", "grades < level", "grades <= level"),
        ("wrong-count", VOTE, "2 * yes >= grades.shape[1]"),
        ("wrong-count", VOTE, "2 * yes > grades.shape[1]"),
        ("missing-step", VOTE, "yes / np.maximum(yes + no, 1)"),
        ("constant", "np.nan, ", "0.0, "),
        ("reversed", VOTE, "yes <= no"),
        ("reversed", VOTE, "yes < no"),
        ("one-example", VOTE, "grades[:, 0] >= level"),
        *(
            ("hard-coded", "grades >= level", f"grades >= {level}", "grades < level", f"grades < {level}")
            for level in (1, 2, 3)
        ),
    ),
    *mistakes(
        "several_losses",
        ("wrong-count", PER_QUESTION, "tf.reduce_mean(cost, axis=0)"),
        ("missing-mean", PER_QUESTION, "tf.reduce_sum(cost, axis=0)"),
        ("missing-step", COST, "tf.nn.softplus(Z) - labels * Z"),
        ("missing-step", COST, "tf.nn.softplus(Z) - labels * Z", PER_QUESTION, "tf.reduce_mean(cost, axis=0)"),
        ("sign", COST, "tf.where(answered, tf.nn.softplus(-Z) - labels * Z, 0.0)"),
        ("sign", COST, "tf.where(answered, tf.nn.softplus(Z) + labels * Z, 0.0)"),
        ("sign", COST, "-tf.where(answered, tf.nn.softplus(Z) - labels * Z, 0.0)"),
        ("sign", COST, "tf.where(answered, tf.nn.softplus(-Z) + labels * Z, 0.0)"),
        ("missing-term", COST, "tf.where(answered, tf.nn.softplus(Z), 0.0)"),
        ("partial-loss", COST, "tf.where(answered, labels * tf.nn.softplus(-Z), 0.0)"),
        ("partial-loss", COST, "tf.where(answered, (1 - labels) * tf.nn.softplus(Z), 0.0)"),
        ("axis", "axis=0", "axis=1"),
        ("wrong-count", PER_QUESTION, "tf.reduce_sum(cost, axis=0) / tf.reduce_sum(count)"),
        (
            "other-activation",
            COST,
            "tf.where(answered, -labels * tf.nn.log_softmax(Z), 0.0)",
        ),
        ("extra-activation", COST, "tf.where(answered, tf.nn.softplus(tf.sigmoid(Z)) - labels * tf.sigmoid(Z), 0.0)"),
        ("extra-term", "tf.maximum(count, 1.0)", "(count + 1.0)"),
        (
            "constant",
            "tf.where(answered, Y, 0.0)",
            "tf.where(answered, Y, 0.5)",
            COST,
            "tf.nn.softplus(Z) - labels * Z",
        ),
    ),
    *mistakes(
        "label_weights",
        ("weights-swapped", "(1 - share, share)", "(share, 1 - share)"),
        ("axis", "Y.mean(axis=0)", "Y.mean(axis=1)"),
        ("wrong-count", "Y.mean(axis=0)", "np.full(Y.shape[1], Y.mean())"),
        ("missing-mean", "Y.mean(axis=0)", "Y.sum(axis=0)"),
        ("missing-mean", "(1 - share, share)", "(len(Y) * (1 - share), len(Y) * share)"),
        ("other-function", "(1 - share, share)", "(1 / share, 1 / (1 - share))"),
        ("other-function", "(1 - share, share)", "(1 / (2 * share), 1 / (2 * (1 - share)))"),
        ("other-function", "(1 - share, share)", "((1 - share) / share, np.ones_like(share))"),
        ("other-function", "(1 - share, share)", "(1 - share, np.ones_like(share))"),
        ("normalised", "(1 - share, share)", "(share / share.sum(), (1 - share) / (1 - share).sum())"),
    ),
    *mistakes(
        "fit_labels",
        ("weights-swapped", WEIGHTED, "negative * Y * tf.nn.softplus(-Z) + positive * (1 - Y) * tf.nn.softplus(Z)"),
        ("not-used", WEIGHTED, "Y * tf.nn.softplus(-Z) + (1 - Y) * tf.nn.softplus(Z)"),
        ("not-used", WEIGHTED, "positive * Y * tf.nn.softplus(-Z) + (1 - Y) * tf.nn.softplus(Z)"),
        ("not-used", WEIGHTED, "Y * tf.nn.softplus(-Z) + negative * (1 - Y) * tf.nn.softplus(Z)"),
        ("mean-over-outputs", MEAN, "tf.reduce_mean(cost)"),
        ("missing-mean", MEAN, "tf.reduce_sum(cost)"),
        ("sign", "softplus(-Z)", "softplus(Z)", "(1 - Y) * tf.nn.softplus(Z)", "(1 - Y) * tf.nn.softplus(-Z)"),
        ("other-activation", WEIGHTED, "-positive * Y * tf.nn.log_softmax(Z)"),
        (
            "other-activation",
            WEIGHTED,
            "-(positive * Y * tf.math.log(tf.nn.softmax(Z)) + negative * (1 - Y) * tf.math.log(1 - tf.nn.softmax(Z)))",
        ),
        ("partial-loss", WEIGHTED, "positive * Y * tf.nn.softplus(-Z)"),
        ("partial-loss", WEIGHTED, "negative * (1 - Y) * tf.nn.softplus(Z)"),
        ("missing-step", "b.assign_sub(learning_rate * db)", "pass"),
        (
            "sign",
            "W.assign_sub(learning_rate * dW)",
            "W.assign_add(learning_rate * dW)",
            "b.assign_sub(learning_rate * db)",
            "b.assign_add(learning_rate * db)",
        ),
        ("not-used", "learning_rate * dW", "dW", "learning_rate * db", "db"),
        ("start-value", "tf.zeros((n, k), X.dtype)", "tf.ones((n, k), X.dtype)"),
        ("off-by-one", "range(steps)", "range(steps + 1)"),
        ("off-by-one", "range(steps)", "range(1, steps)"),
        ("one-step", "range(steps)", "range(1)"),
        ("normalised", MEAN, "tf.reduce_sum(cost) / tf.reduce_sum(positive * Y + negative * (1 - Y))"),
        (
            "wrong-value",
            "for _ in range(steps)",
            "positive, negative = (tf.reduce_mean(positive), tf.reduce_mean(negative))\n    for _ in range(steps)",
        ),
    ),
    *mistakes(
        "coarse_from_fine",
        ("other-function", LEAVES, "P[:, below].mean(axis=1)"),
        ("other-function", LEAVES, "P[:, below].max(axis=1)"),
        ("other-function", LEAVES, "P[:, below].prod(axis=1)"),
        ("other-mean", "sum((nodes[child] for child in below))", "np.mean([nodes[child] for child in below], axis=0)"),
        (
            "other-function",
            "sum((nodes[child] for child in below))",
            "np.max([nodes[child] for child in below], axis=0)",
        ),
        ("repeated-step", "sum((nodes[child] for child in below))", "sum(coarse_from_fine(P, below).values())"),
        ("repeated-step", "sum((nodes[child] for child in below))", "sum(nodes.values())"),
        (
            "missing-step",
            "nodes |= coarse_from_fine(P, below)\n            nodes[name] = sum((nodes[child] for child in below))",
            "nodes[name] = sum(coarse_from_fine(P, below).values())",
        ),
        ("missing-step", "nodes[name] = sum((nodes[child] for child in below))", "pass"),
        ("normalised", LEAVES, "P[:, below].sum(axis=1) / P[:, below].sum()"),
        ("order", LEAVES, "np.eye(P.shape[1])[P.argmax(axis=1)][:, below].sum(axis=1)"),
        ("off-by-one", LEAVES, "P[:, np.array(below) - 1].sum(axis=1)"),
        ("one-example", LEAVES, "P[:, below[0]]"),
        ("one-example", LEAVES, "P[:, below[-1]]"),
    ),
)
