"""w13_nan_first: max() of the scores, NaN and all.

question: 10.4
means: the trap of the text, not heeded
cause: comparison, not-finite, one-case, not-used, missing-function, wrong-source, no-copy
"""


def coarse_to_fine(space, trials, factor):
    best = max(trials, key=lambda trial: trial[1])[0]
    finer = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            finer[name] = (kind, list(rest[0]))
            continue
        low, high = rest
        if kind == "log":
            root = (high / low) ** (1 / factor / 2)
            finer[name] = (kind, best[name] / root, best[name] * root)
            continue
        floor = 1 if kind == "int" else 0
        half = (high - low) / factor / 2
        a, b = best[name] - half, best[name] + half
        if low >= floor:
            a = max(a, floor)
        finer[name] = (kind, round(a), round(b)) if kind == "int" else (kind, a, b)
    return finer
