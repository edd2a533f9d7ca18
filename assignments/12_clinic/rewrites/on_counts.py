"""Each threshold is tried: its own counts tell what is called what there, and its own rates how often."""


def roc_curve(y, scores):
    thresholds = np.append(np.inf, np.unique(scores)[::-1])
    found = [rates(confusion(y, scores, threshold)) for threshold in thresholds]
    return np.array([1 - specificity for _, specificity in found]), np.array([one for one, _ in found]), thresholds


def operating_point(y, scores, rate, least):
    kept = []
    for threshold in np.append(np.unique(scores), np.inf):
        sensitivity, specificity = rates(confusion(y, scores, threshold))
        if (sensitivity if rate == "sensitivity" else specificity) >= least:
            kept.append(float(threshold))
    return max(kept) if rate == "sensitivity" else min(kept)
