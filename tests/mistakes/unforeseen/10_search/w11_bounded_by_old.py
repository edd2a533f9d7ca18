"""w11_bounded_by_old: the new range never leaves the old one.

question: 10.4
means: outside was not searched, so it is not allowed
cause: clipped, extra-function, extra-term
"""


def coarse_to_fine(space, trials, factor):
    best = max((trial for trial in trials if trial[1] == trial[1]), key=lambda trial: trial[1])[0]
    finer = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            finer[name] = (kind, list(rest[0]))
            continue
        low, high = rest
        if kind == "log":
            root = (high / low) ** (1 / factor / 2)
            new = best[name] / root, best[name] * root
        else:
            half = (high - low) / factor / 2
            new = best[name] - half, best[name] + half
        new = max(new[0], low), min(new[1], high)
        finer[name] = (kind, round(new[0]), round(new[1])) if kind == "int" else (kind, *new)
    return finer
