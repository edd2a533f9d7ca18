"""The area is that under its own curve, and the operating point is one of its points."""


def auc(y, scores):
    if y.min() == y.max():
        return math.nan
    false_positive_rate, sensitivity, _ = roc_curve(y, scores)
    return float(np.trapezoid(sensitivity, false_positive_rate))


def operating_point(y, scores, rate, least):
    false_positive_rate, sensitivity, thresholds = roc_curve(y, scores)
    if rate == "sensitivity":
        return float(thresholds[sensitivity >= least].max())
    return float(thresholds[1 - false_positive_rate >= least].min())
