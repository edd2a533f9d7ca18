"""fine-int-floats: int ranges get fractions.
question: 10.4
cause: missing-function, missing-step, kind, dtype
"""


def coarse_to_fine(space, trials, factor):
    scored = [(config, score) for config, score in trials if not np.isnan(score)]
    best, _ = max(scored, key=lambda trial: trial[1])
    finer = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            finer[name] = (kind, *rest)
            continue
        low, high = rest
        if kind == "log":
            reach = (high / low) ** (1 / factor / 2)
            finer[name] = (kind, best[name] / reach, best[name] * reach)
            continue
        reach = (high - low) / factor / 2
        new_low, new_high = best[name] - reach, best[name] + reach
        if kind == "int":
            pass
            if low >= 1:
                new_low = max(new_low, 1)
        elif low >= 0:
            new_low = max(new_low, 0.0)
        finer[name] = (kind, new_low, new_high)
    return finer
