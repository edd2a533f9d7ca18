"""w14_only_choice_best: the choice is narrowed as well, to the best one.

question: 10.4
means: narrower everywhere
cause: constant, kind, other-function, wrong-value, shape, one-case, wrong-count, incomplete
"""


def coarse_to_fine(space, trials, factor):
    best = max((trial for trial in trials if trial[1] == trial[1]), key=lambda trial: trial[1])[0]
    finer = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            finer[name] = (kind, [best[name]])
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
