# %% [markdown]
# # 12 · Networks in the clinic
#
# A network gives every image a score. A clinic asks other things: how many patients will you miss, how many
# will you frighten for nothing, how sure are you, and does it hold for people whom the network has never
# seen? Most mistakes here raise no error. They give a number, and the number is too good.
#
# **Conventions.** `y` has a label for each image, shape $(M,)$: 1 is ill, 0 is well. Ill is the class that
# must not be missed, so malignant is 1. `scores` has a number for each image, shape $(M,)$; the higher, the
# more suspicious. An image is called ill where `score >= threshold`. `patients` says whose image each is, as a
# whole number.
#
# **A rate of nobody is NaN.** Of no ill images you cannot find a part: not 0, not 1, but NaN.
#
# NumPy is enough for most questions. 12.11 and 12.13 are about training, and use TensorFlow.

# %%
import dataclasses
import math

import numpy as np
import tensorflow as tf

import tfkit
from tfkit import picture, standardize
from scipy import stats
from scipy.special import expit

# %% [markdown]
# ## A · How good is a score?
#
# Four images, two of them of ill patients: `y = [0, 0, 1, 1]`. The network's scores are 0.1, 0.4, 0.35 and 0.8.

# %% [markdown]
# ## 12.1 · Four counts (2 points)
#
# Compare every score with one threshold. Each image is then one of four things: a true positive (ill, and called
# ill), a false positive (well, and called ill), a true negative (well, and called well) or a false negative (ill,
# and called well). That last one is a patient who was sent home.


# %%
def confusion(y: np.ndarray, scores: np.ndarray, threshold: float) -> dict[str, int]:
    """Count true and false positives and negatives at a threshold.

    An image whose score is exactly the threshold is called ill.

    Example:

    >>> confusion(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]), 0.4)
    {'TP': 1, 'FP': 1, 'TN': 1, 'FN': 1}

    Args:
        y: Labels 0 and 1, shape (M,).
        scores: Scores, shape (M,).
        threshold: Any number, infinity included.

    Returns:
        The four counts by the names `TP`, `FP`, `TN` and `FN`.
    """
    called = np.asarray(scores) >= threshold
    TN, FP, FN, TP = np.bincount(2 * np.asarray(y, int) + called, minlength=4)
    return dict(TP=TP, FP=FP, TN=TN, FN=FN)


# %% [markdown]
# ## 12.2 · Two rates (2 points)
#
# $$\text{sensitivity} = \frac{TP}{TP + FN}, \qquad \text{specificity} = \frac{TN}{TN + FP}$$
#
# Sensitivity looks at the ill alone, specificity at the well alone. So neither changes when a disease becomes rare.
# Accuracy does: where 1 of 100 is ill, calling everybody well is right for 99 %, and has sensitivity 0.
#
# Do not mix them up with the share of those *called ill* who are ill, TP / (TP + FP). That one is precision.


# %%
def rates(counts: dict[str, int]) -> tuple[float, float]:
    """Return sensitivity and specificity.

    Where nobody is ill the sensitivity is NaN, and where nobody is well the specificity is.

    Example:

    >>> rates({"TP": 9, "FP": 20, "TN": 80, "FN": 1})
    (0.9, 0.8)
    >>> rates({"TP": 0, "FP": 1, "TN": 3, "FN": 0})
    (nan, 0.75)

    Args:
        counts: What `confusion` returns.

    Returns:
        The sensitivity and the specificity.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        c = {name: np.float64(value) for name, value in counts.items()}
        return float(c["TP"] / (c["TP"] + c["FN"])), float(c["TN"] / (c["TN"] + c["FP"]))


# %% [markdown]
# ## 12.3 · The ROC curve (4 points)
#
# One threshold gives one pair of rates. Lower the threshold from infinity, where nobody is called ill, to the lowest
# score, where everybody is, and note at each step the sensitivity and the *false positive rate*, which is 1 minus the
# specificity. That is the ROC curve. It begins at (0, 0) and ends at (1, 1).
#
# Only a score can be a step, because between two scores nothing changes. **Images with equal scores are one step**:
# no threshold can tell them apart. If all scores are equal, the curve has its two ends and nothing between them.


# %%
def roc_curve(y: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the ROC curve: a point for infinity, and one for each different score.

    Both classes are there.

    Example:

    >>> false_positive_rate, sensitivity, thresholds = roc_curve(np.array([0, 1, 1]), np.array([0.2, 0.7, 0.7]))
    >>> false_positive_rate.tolist(), sensitivity.tolist(), thresholds.tolist()
    ([0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [inf, 0.7, 0.2])

    Args:
        y: Labels 0 and 1, shape (M,).
        scores: Scores in any order, shape (M,).

    Returns:
        False positive rates, sensitivities and thresholds, each of shape (T,). The thresholds descend from infinity.
    """
    thresholds = np.concatenate([[np.inf], np.unique(scores)[::-1]])
    points = np.array([rates(confusion(y, scores, t)) for t in thresholds])
    return 1 - points[:, 1], points[:, 0], thresholds


# %% [markdown]
# ## 12.4 · The area under it (4 points)
#
# The area has a meaning: take one ill and one well image at random. How often does the ill one score higher?
#
# $$\text{AUC} = \frac{1}{P N} \sum_{i \text{ ill}} \; \sum_{j \text{ well}}
# \Big( [s_i > s_j] + \tfrac12 [s_i = s_j] \Big)$$
#
# for $P$ ill and $N$ well images; a bracket is 1 where it holds, else 0. **A tie counts one half**, so constant
# scores have AUC 0.5: a coin. Where one class is empty there is no pair to compare, and the area is NaN. You may
# also add up the trapezoids below your curve of 12.3: it is the same number.
#
# (Keras's `AUC` metric sums over 200 fixed thresholds between 0 and 1. If all scores lie below 0.001 it gives 0.5,
# whatever the network can do. And a label that nobody has counts as 0 there.)


# %%
def auc(y: np.ndarray, scores: np.ndarray) -> float:
    """Return the area under the ROC curve.

    It is exact, wherever the scores lie. A tie counts one half. With an empty class it is NaN.

    Example:

    >>> auc(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]))
    0.75
    >>> auc(np.array([0, 1, 1]), np.array([3.0, 3.0, 3.0])), auc(np.array([0, 0]), np.array([0.2, 0.7]))
    (0.5, nan)

    Args:
        y: Labels 0 and 1, shape (M,).
        scores: Scores, shape (M,).

    Returns:
        The area.
    """
    ill = scores[y == 1]
    well = scores[y == 0]
    if not (ill.size and well.size):
        return np.nan
    r = stats.rankdata(np.concatenate([ill, well]))
    U = r[: ill.size].sum() - ill.size * (ill.size + 1) / 2
    return U / (ill.size * well.size)


# %% [markdown]
# **Pause.** You take the labels 0 and 1 that a network *decided* at its threshold, and compute the AUC of those
# instead of its scores. What do you get?
#
# <details><summary>Answer</summary>
#
# The mean of sensitivity and specificity at that one threshold. The curve then has a single corner, and most pairs
# are ties. It looks like an AUC, and says nothing about the other thresholds.
#
# </details>

# %% [markdown]
# ## B · Two thresholds, and then hands off
#
# Gulshan and others trained a network to see diabetic retinopathy in photographs of the eye. They did not report one
# threshold but two. For **screening** nobody must be missed: high sensitivity. Before a treatment that carries a
# risk, nobody must be treated for nothing: high specificity.

# %% [markdown]
# ## 12.5 · An operating point (4 points)
#
# Somebody promises a rate: "we find at least 95 % of the ill". Of all thresholds that keep this promise on your
# data, take the one that is best in the other rate:
#
# - for a promised *sensitivity* the **largest** threshold that finds enough of the ill,
# - for a promised *specificity* the **smallest** threshold that leaves enough of the well in peace.
#
# A threshold is a score of your data, or infinity.


# %%
def operating_point(y: np.ndarray, scores: np.ndarray, rate: str, least: float) -> float:
    """Return the best threshold that keeps a promised rate.

    The threshold is one of the scores, or infinity where only calling nobody ill is specific enough. A rate of
    exactly `least` is enough. Both classes are there.

    Example:

    >>> y, scores = np.array([0, 0, 0, 0, 1, 1, 1, 1]), np.array([0.1, 0.2, 0.3, 0.8, 0.25, 0.6, 0.7, 0.9])
    >>> operating_point(y, scores, "sensitivity", 0.75), operating_point(y, scores, "specificity", 0.5)
    (0.6, 0.25)
    >>> operating_point(y, scores, "sensitivity", 0.8), operating_point(y, scores, "specificity", 0.8)
    (0.25, 0.9)

    Args:
        y: Labels 0 and 1, shape (M,).
        scores: Scores, shape (M,).
        rate: Which rate is promised, `"sensitivity"` or `"specificity"`.
        least: The least that it may be, above 0 and at most 1.

    Returns:
        The threshold.
    """
    candidates = sorted(set(scores.tolist()) | {math.inf}, reverse=(rate == "sensitivity"))
    which = ["sensitivity", "specificity"].index(rate)
    return next(t for t in candidates if rates(confusion(y, scores, t))[which] >= least)


# %% [markdown]
# ## 12.6 · Frozen (3 points)
#
# Choose both thresholds on the *development* set. Then write the two numbers down and do not touch them again: with
# them, and without another look at its labels, you measure the rates on the *test* set. Chosen on the test set, a
# threshold keeps every promise by construction, and tells you nothing.
#
# The test set may come from elsewhere. McKinney and others took a system for mammograms from the United Kingdom to
# the United States. A frozen threshold is what travels.


# %%
def frozen_rates(
    y_dev: np.ndarray, scores_dev: np.ndarray, y_test: np.ndarray, scores_test: np.ndarray, least: float
) -> dict[str, dict[str, float]]:
    """Choose two operating points on the development set, and measure them on the test set.

    Example:

    >>> y, scores = np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8])
    >>> frozen_rates(y, scores, np.array([0, 0, 1]), np.array([0.2, 0.3, 0.5]), 1.0)["screening"]
    {'threshold': 0.35, 'sensitivity': 1.0, 'specificity': 1.0}

    Args:
        y_dev: Labels of the development set, both classes, shape (D,).
        scores_dev: Scores of the development set, shape (D,).
        y_test: Labels of the test set, shape (M,).
        scores_test: Scores of the test set, shape (M,).
        least: The least sensitivity of `screening`, and the least specificity of `acting`.

    Returns:
        For `screening` and for `acting` the `threshold`, and its `sensitivity` and `specificity` on the test set.
    """
    found = {}
    for name, rate in (("screening", "sensitivity"), ("acting", "specificity")):
        threshold = operating_point(y_dev, scores_dev, rate, least)
        sensitivity, specificity = rates(confusion(y_test, scores_test, threshold))
        found[name] = {"threshold": threshold, "sensitivity": sensitivity, "specificity": specificity}
    return found


# %% [markdown]
# ## The picture of sections A and B
#
# Breast cancer: 569 patients, one row of measures for each; malignant is 1. So that there is something to get wrong,
# the classifier is a straight line that is given four of the thirty measures. On the left are the scores of the
# development set, with your two thresholds. In the middle is its curve, where each point keeps its promise of 0.9.
# On the right are other patients and the *same* thresholds. The points move. That is no mistake: it is what a test
# set is there to tell you.
#
# A wrong picture: a curve below the diagonal, one that does not reach both corners, points beside the curves, or test
# points that keep both promises exactly.
#
# Where you have the internet, `show_operating_points(tfkit.load_indian_liver())` draws the same for 583 Indian liver
# patients. The file is downloaded once.


# %%
def linear_scores(train: np.ndarray, labels: np.ndarray, *others: np.ndarray) -> list[np.ndarray]:
    """Fit a straight line to labels, and return its scores of other data."""
    train, *others = (np.column_stack([X, np.ones(len(X))]) for X in standardize(train, *others))
    line = np.linalg.lstsq(train, labels, rcond=None)[0]
    return [X @ line for X in others]


def unit_square(axes) -> None:
    """Label the axes of an ROC curve, and draw what chance gives."""
    axes.plot([0, 1], [0, 1], ":", color="grey", linewidth=1)
    axes.set(xlabel="false positive rate", ylabel="sensitivity", xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    axes.grid(alpha=0.3)


@picture
def show_operating_points(data: tfkit.Dataset | None = None) -> str:
    """Draw scores, ROC curves and two operating points, on a development and on a test set."""
    import matplotlib.pyplot as plt

    if data is None:
        cancer = tfkit.load_breast_cancer()
        measures = ["mean_texture", "mean_smoothness", "mean_symmetry", "mean_fractal_dimension"]
        data = dataclasses.replace(cancer, X=cancer.X[:, [cancer.feature_names.index(name) for name in measures]])
    parts = tfkit.split(data, fractions=(0.4, 0.3, 0.3), seed=0, stratify=data.Y)
    # column 0 of Y is the class that must not be missed
    labels = [part.Y[:, 0].astype(int) for part in parts]
    scores = linear_scores(parts[0].X, labels[0], parts[1].X, parts[2].X)
    _, (left, *panels) = plt.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
    bins = np.linspace(scores[0].min(), scores[0].max(), 25)
    left.hist([scores[0][labels[1] == label] for label in (0, 1)], bins, stacked=True, label=data.target_names[::-1])
    told = []
    for axes, name, y, found in zip(panels, ("development", "test"), labels[1:], scores, strict=True):
        axes.plot(*roc_curve(y, found)[:2], linewidth=2)
        points = frozen_rates(labels[1], scores[0], y, found, 0.9)
        for (use, point), marker in zip(points.items(), "sD", strict=True):
            pair = f"{point['sensitivity']:.2f} and {point['specificity']:.2f}"
            axes.plot(1 - point["specificity"], point["sensitivity"], marker, markersize=9, label=f"{use}: {pair}")
            told.append(f"{use}, {name} set: {pair}")
        axes.axhline(0.9, color="grey", linestyle="--", linewidth=1)
        axes.axvline(0.1, color="grey", linestyle="--", linewidth=1)
        unit_square(axes)
        axes.set_title(f"{name} set, AUC {auc(y, found):.3f}")
        axes.legend(title="sensitivity and specificity", loc="lower right")
    for (use, point), style in zip(points.items(), ("--", ":"), strict=True):
        left.axvline(point["threshold"], color="black", linestyle=style, label=f"{use}, {point['threshold']:.2f}")
    left.set(xlabel="score", ylabel="patients of the development set")
    left.legend()
    return "Sensitivity and specificity: " + "; ".join(told) + "."


# %%
if __name__ == "__main__":
    show_operating_points()

# %% [markdown]
# **Pause.** In one hospital 30 % of the patients are ill, in another 1 %. The network has sensitivity 0.9 and
# specificity 0.9 in both. Of those whom it calls ill, how many are?
#
# <details><summary>Answer</summary>
#
# Of 1000 patients in the first, 270 ill and 70 well ones are called ill: 79 %. In the second, 9 ill and 99 well
# ones: 8 %. Neither rate moved, and eleven of twelve alarms are false now. Screening needs a second look by a
# person.
#
# </details>

# %% [markdown]
# ## C · Patients, not images
#
# A patient has two eyes, and comes again next year. Images of one patient look alike, so they must not be counted as
# if they were strangers.

# %% [markdown]
# ## 12.7 · A split by patient (3 points)
#
# If one eye of a patient is in the training set and the other in the test set, the network has seen the answer: it
# recognises the patient instead of the disease. So draw *patients* at random, and send all of a patient's images to
# the same side.


# %%
def split_patients(patients: np.ndarray, test_fraction: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Divide images at random into training and test set, so that no patient is in both.

    The test set has `round(test_fraction * n)` of the n patients, with all of their images. All patients are equally
    likely to be drawn, however many images they have. The same seed gives the same split.

    Example:

    >>> train, test = split_patients(np.array([7, 7, 3, 3, 3, 9]), 1 / 3, seed=0)
    >>> sorted([*train.tolist(), *test.tolist()])
    [0, 1, 2, 3, 4, 5]

    Args:
        patients: Whose image each is, shape (M,), in any order.
        test_fraction: Part of the patients that goes to the test set.
        seed: Decides the split.

    Returns:
        The row numbers of the training images and of the test images, whole numbers in any order.
    """
    people = np.unique(patients)
    rng = np.random.default_rng(seed)
    drawn = rng.choice(people, round(test_fraction * len(people)), replace=False)
    in_test = np.isin(patients, drawn)
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)


# %% [markdown]
# ## 12.8 · Find the leak (1 point)
#
# Somebody hands you a split. Before you believe its test result, look for patients who are on both sides.


# %%
def leaked_patients(train: np.ndarray, test: np.ndarray) -> list[int]:
    """Return the patients who are in both sets, each once, in ascending order.

    Example:

    >>> leaked_patients(np.array([7, 7, 3, 5]), np.array([9, 5, 7]))
    [5, 7]

    Args:
        train: Whose image each training image is, shape (M,).
        test: Whose image each test image is, shape (T,).

    Returns:
        A list of patients, empty if nobody is in both.
    """
    return np.intersect1d(train, test).tolist()


# %% [markdown]
# ## 12.9 · How sure is an AUC? (3 points)
#
# With other patients you would have found another AUC. How different? The bootstrap makes up other hospitals: it
# draws as many patients as there are, *with replacement*, and takes the AUC of each made-up hospital. Between the
# 2.5th and the 97.5th percentile of these numbers lie 95 % of them.
#
# Two things decide whether the interval is honest. **A patient who is drawn brings all images along.** And a patient
# who is drawn twice counts twice. Draw images instead, and two eyes of one person pass for two witnesses: on
# average the interval comes out too narrow.
#
# The draws are given, one row for each made-up hospital, so that your interval can be checked. A draw in which one
# class is empty has no AUC: leave it out.


# %%
def bootstrap_interval(
    y: np.ndarray, scores: np.ndarray, patients: np.ndarray, draws: np.ndarray
) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the AUC, by patient.

    Each row of `draws` is one draw: every time that a patient stands in it, all images of that patient are in. Draws
    with an empty class are left out; some have both. The ends are the 2.5 % and the 97.5 % quantile, as
    `np.quantile` gives them.

    Example:

    >>> y, scores, patients = np.array([0, 1, 0, 1]), np.array([0.2, 0.7, 0.5, 0.4]), np.array([3, 3, 7, 7])
    >>> low, high = bootstrap_interval(y, scores, patients, np.array([[3, 3], [3, 7], [7, 7]]))
    >>> round(low, 4), round(high, 4)
    (0.0375, 0.9875)

    Args:
        y: Labels 0 and 1, shape (M,).
        scores: Scores, shape (M,).
        patients: Whose image each is, shape (M,).
        draws: Patients of each draw, shape (B, n).

    Returns:
        The lower and the upper end.
    """
    _, number = np.unique(patients, return_inverse=True)
    people = np.unique(patients)
    values = []
    for draw in draws:
        times = np.array([(draw == who).sum() for who in people])
        rows = np.repeat(np.arange(len(y)), times[number])
        values.append(auc(y[rows], scores[rows]))
    lo, hi = np.nanpercentile(values, (2.5, 97.5))
    return lo, hi


# %% [markdown]
# ## The picture of section C
#
# `make_fundus` draws **synthetic** photographs of the eye, one to four of each patient. A program drew them, and no
# conclusion about any patient follows from them. They are here because real ones may not be passed on, and because
# the truth about these is known.
#
# On the left: a classifier that knows nothing of medicine. It looks for the training image whose *colour* is
# nearest, and says what that one has. Split by image, it seems to find the disease: it recognises patients. Split by
# patient, it is a coin. On the right: the interval of one AUC, once with patients drawn and once with images.
#
# A wrong picture: both rows on the left alike, or patients in both sets where there should be none.


# %%
def details(images: np.ndarray) -> np.ndarray:
    """Return how far the pixels of each image stand out from those around them, in each colour, shape (M, 15)."""
    around = sum(np.roll(images, shift, axis) for shift in (-2, 2) for axis in (1, 2)) / 4
    gaps = ((images - around) / (around + 0.05))[:, 5:-5, 5:-5].reshape(len(images), -1, 3)
    return np.concatenate([gaps.std(axis=1), *np.quantile(gaps, [0.01, 0.05, 0.95, 0.99], axis=1)], axis=1)


@picture
def show_patients() -> str:
    """Draw what a leak promises, and the interval of an AUC by patient and by image."""
    import matplotlib.pyplot as plt

    fundus = tfkit.make_fundus(200, seed=3)
    y = (fundus.severity >= 2).astype(int)
    colour = fundus.images.mean(axis=(1, 2))
    colour /= colour.sum(axis=1, keepdims=True)
    train, test = split_patients(fundus.patients, 0.5, seed=0)
    features = details(fundus.images)
    (scores,) = linear_scores(features[train], y[train], features[test])
    area, rng = auc(y[test], scores), np.random.default_rng(0)
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    told = []
    for height, (name, owners) in enumerate((("image", np.arange(len(y))), ("patient", fundus.patients))):
        areas, leaks = [], 0
        for seed in range(20):
            known, new = split_patients(owners, 0.25, seed)
            nearest = ((colour[new, None] - colour[known]) ** 2).sum(axis=2).argmin(axis=1)
            areas.append(auc(y[new], y[known][nearest]))
            leaks += len(leaked_patients(fundus.patients[known], fundus.patients[new]))
        left.plot(areas, np.full(20, height), "o", alpha=0.4)
        left.plot(np.mean(areas), height, "|", color="black", markersize=24)
        people = np.unique(owners[test])
        low, high = bootstrap_interval(y[test], scores, owners[test], rng.choice(people, size=(400, len(people))))
        right.errorbar(area, height, xerr=[[area - low], [high - area]], fmt="s", capsize=6)
        told.append(f"split by {name}: AUC {np.mean(areas):.2f}, {leaks / 20:.0f} patients in both sets")
        told.append(f"drawn by {name}: {low:.3f} to {high:.3f}")
    for axes, title in ((left, "Nearest colour, 20 splits"), (right, "95 % interval of one AUC")):
        axes.set(yticks=[0, 1], yticklabels=["by image", "by patient"], ylim=(-0.5, 1.5), xlabel="AUC", title=title)
        axes.grid(alpha=0.3)
    left.axvline(0.5, color="grey", linestyle=":")
    return "; ".join(told) + "."


# %%
if __name__ == "__main__":
    show_patients()

# %% [markdown]
# **Pause.** You standardise all images with the mean and the deviation of the whole data set, and then split by
# patient. Is there a leak?
#
# <details><summary>Answer</summary>
#
# Yes, a small one: the mean has seen the test set. `leaked_patients` does not find it. Split first; then take mean
# and deviation from the training set alone, and scale the test set with them.
#
# </details>

# %% [markdown]
# ## D · Many graders, many questions
#
# Gulshan's 128,175 photographs were looked at by 54 ophthalmologists, each of them by three to seven, who gave a
# grade from 0 (no retinopathy) to 4 (proliferative). They did not agree.

# %% [markdown]
# ## 12.10 · The majority (3 points)
#
# The network is to answer a yes or no: is the grade at least 2, so that the patient has to be referred? Let those
# who looked at an image vote. **An even split is a yes**: who is in doubt refers. Where nobody looked there is no
# label, and no guess.


# %%
def majority(grades: np.ndarray, level: int) -> np.ndarray:
    """Return what the graders of each image say by majority: at least that level, or not.

    Of the graders who looked, half or more have to say it.

    Example:

    >>> nobody = np.nan
    >>> grades = np.array([[2, 1, 3], [0, nobody, 2], [1, nobody, nobody], [nobody, nobody, nobody]])
    >>> majority(grades, 2).tolist()
    [1.0, 1.0, 0.0, nan]

    Args:
        grades: Grades 0 to 4 of G graders, NaN where one did not look at the image, float64, shape (M, G).
        level: The lowest grade that counts as a yes.

    Returns:
        1 or 0 for each image, and NaN where nobody looked, float64, shape (M,).
    """
    votes = np.where(np.isnan(grades), np.nan, grades >= level)
    out = []
    for row in votes:
        row = row[~np.isnan(row)]
        out.append(np.nan if row.size == 0 else float(np.median(row) >= 0.5))
    return np.array(out)


# %% [markdown]
# ## 12.11 · Several questions at once (3 points)
#
# One network, several yes-or-no questions about each image: is the retinopathy moderate or worse? Severe or worse?
# Is there an edema? Each question $j$ has its own logit $Z_{ij}$ and its own binary cross-entropy. Not every image
# has every answer: with $A_j$ the images in which question $j$ *was* answered,
#
# $$L_j = \frac{1}{|A_j|} \sum_{i \in A_j} \Big( \text{softplus}(Z_{ij}) - Y_{ij} Z_{ij} \Big)$$
#
# and 0 where nobody answered it. Training adds up the $L_j$.
#
# One trap: NaN times 0 is NaN, in the loss and also in the slope. Put a number in the place of a missing answer
# *before* you compute with it.


# %%
def several_losses(Z: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the binary cross-entropy of each question, over the images in which it was answered.

    A missing answer has no part in the loss, nor in the slope that a tape finds. A question without any answer has
    loss 0. Loss and slope are right for large logits too, such as 200 and -200.

    Example:

    >>> Z = tf.constant([[0.0, 2.0], [0.0, -1.0]])
    >>> Y = tf.constant([[1.0, math.nan], [0.0, 1.0]])
    >>> [round(loss, 4) for loss in several_losses(Z, Y).numpy().tolist()]
    [0.6931, 1.3133]

    Args:
        Z: Logits, float32, shape (M, k).
        Y: Labels 0 and 1, and NaN where there is no answer, float32, shape (M, k).

    Returns:
        One loss for each question, shape (k,).
    """
    answered = ~tf.math.is_nan(Y)
    known = tf.where(answered, Y, 0.0)
    each = tf.where(answered, tf.nn.softplus(Z) - known * Z, 0.0)
    count = tf.reduce_sum(tf.cast(answered, tf.float32), axis=0)
    return tf.math.divide_no_nan(tf.reduce_sum(each, axis=0), count)


# %% [markdown]
# ## 12.12 · Weights for rare labels (2 points)
#
# CheXNet answers 14 questions about a chest X-ray, and the rarest finding is in 1 of 100 images. A network that says
# no to everything is nearly always right. So a yes and a no of label $j$ get weights,
#
# $$w^+_j = \frac{N_j}{M}, \qquad w^-_j = \frac{P_j}{M}$$
#
# for $P_j$ images with the finding and $N_j = M - P_j$ without. Look closely: the *rare* side gets the *large*
# weight. Then all yeses of a label together weigh as much as all its noes. Count on the training set alone; the test
# set is none of your business yet.


# %%
def label_weights(Y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of a yes and of a no, for each label.

    A label that nobody has gets 1 and 0: it teaches nothing, and does no harm.

    Example:

    >>> positive, negative = label_weights(np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]))
    >>> positive.tolist(), negative.tolist()
    ([0.75, 1.0], [0.25, 0.0])

    Args:
        Y: Labels 0 and 1 of the training set, float64, shape (M, k).

    Returns:
        The weights of a yes and the weights of a no, each of shape (k,).
    """
    ill = Y.mean(axis=0)
    return 1 - ill, ill


# %% [markdown]
# ## 12.13 · Train on 14 labels (3 points)
#
# CheXNet has 121 layers. One will do to see what the weights do: logits $Z = X W + b$, a sigmoid for *each* label
# (several findings can be in one image, so no softmax), and the weighted loss of 07.6,
#
# $$L = \frac{1}{M} \sum_{i=1}^{M} \sum_{j=1}^{k} \Big( w^+_j \, Y_{ij} \, \text{softplus}(-Z_{ij})
# \quad + w^-_j \, (1 - Y_{ij}) \, \text{softplus}(Z_{ij}) \Big)$$
#
# Start from zeros, and take `steps` steps of plain gradient descent, each on all images.
#
# (`class_weight=` of Keras's `fit` does not do this. With several labels it takes the first of the largest ones and
# weights the whole *image* by it, without a word.)


# %%
def fit_labels(
    X: tf.Tensor, Y: tf.Tensor, positive: tf.Tensor, negative: tf.Tensor, learning_rate: float, steps: int
) -> dict[str, tf.Tensor]:
    """Train one layer for several labels, with weights.

    W and b start from zeros. There is no randomness, and no step sees less than all images.

    Example:

    >>> X, Y = tf.constant([[1.0], [-1.0]]), tf.constant([[1.0], [0.0]])
    >>> params = fit_labels(X, Y, tf.constant([0.5]), tf.constant([0.25]), learning_rate=1.0, steps=1)
    >>> float(params["W"][0, 0]), float(params["b"][0, 0])  # the slope of L was -0.1875 and -0.0625
    (0.1875, 0.0625)

    Args:
        X: Features of the images, float32, shape (M, n).
        Y: Labels 0 and 1, float32, shape (M, k).
        positive: Weight of a yes for each label, float32, shape (k,).
        negative: Weight of a no for each label, float32, shape (k,).
        learning_rate: The step size.
        steps: How many steps, at least 0.

    Returns:
        `W`, shape (n, k), and `b`, shape (1, k), as tensors or variables.
    """
    x, t = X.numpy().astype(float), Y.numpy().astype(float)
    W, b = np.zeros((x.shape[1], t.shape[1])), np.zeros((1, t.shape[1]))
    wp, wn = positive.numpy(), negative.numpy()
    for _ in range(steps):
        p = expit(x @ W + b)
        G = (wn * (1 - t) * p - wp * t * (1 - p)) / len(x)
        W = W - learning_rate * x.T @ G
        b = b - learning_rate * G.sum(axis=0, keepdims=True)
    return {"W": tf.constant(W, tf.float32), "b": tf.constant(b, tf.float32)}


# %% [markdown]
# ## The pictures of section D
#
# First the eyes again, synthetic as before, with seven graders from lenient to strict. On the left is the ROC curve
# of a straight line that was trained on their majority, with both operating points, frozen on the development set.
# Each dot is a grader. Strict ones stand at the top right, lenient ones at the bottom left: they have different
# operating points, and about one curve. It lies above yours, because people still see more than a straight line.
#
# On the right is a question from the lecture. Gulshan tried fewer grades for each image of the *training* set, and the
# result hardly changed. With fewer grades for each image of the *tuning* set, on which they measured, it did. Why?
#
# A wrong picture: dots that all lie on one spot, or a dashed line that does not rise.


# %%
@picture
def show_graders() -> str:
    """Draw an ROC curve with both operating points and graders as dots, and what more grades change."""
    import matplotlib.pyplot as plt

    fundus = tfkit.make_fundus(600, seed=0, graders=7)
    truth = (fundus.severity >= 2).astype(int)
    features, grades = details(fundus.images), fundus.grades.astype(float)
    train, rest = split_patients(fundus.patients, 0.5, seed=0)
    development, test = (rest[rows] for rows in split_patients(fundus.patients[rest], 0.5, seed=1))
    majorities = majority(grades, 2)
    scores = linear_scores(features[train], majorities[train], features[development], features[test])
    points = frozen_rates(majorities[development], scores[0], truth[test], scores[1], 0.9)
    _, (left, right) = plt.subplots(1, 2, figsize=(9.4, 4.6), layout="constrained")
    left.plot(*roc_curve(truth[test], scores[1])[:2], linewidth=2)
    for (use, point), marker in zip(points.items(), "sD", strict=True):
        left.plot(1 - point["specificity"], point["sensitivity"], marker, markersize=10, label=use)
    dots = np.array([rates(confusion(truth[test], opinion, 2)) for opinion in grades[test].T])
    left.plot(1 - dots[:, 1], dots[:, 0], "o", color="black", label="graders")
    unit_square(left)
    left.set_title(f"Synthetic eyes, AUC {auc(truth[test], scores[1]):.3f}")
    left.legend(loc="lower right")
    numbers, rng = [1, 3, 5, 7], np.random.default_rng(0)
    in_training, in_tuning = [], []
    for count in numbers:
        # mean over ten ways to choose who looks at which image
        few = [majority(rng.permuted(grades, axis=1)[:, :count], 2) for _ in range(10)]
        trained = [linear_scores(features[train], one[train], features[test])[0] for one in few]
        in_training.append(np.mean([auc(majorities[test], found) for found in trained]))
        in_tuning.append(np.mean([auc(one[test], scores[1]) for one in few]))
    right.plot(numbers, in_training, "o-", label="fewer in the training set")
    right.plot(numbers, in_tuning, "s--", label="fewer in the tuning set")
    right.set(xlabel="grades for each image", ylabel="AUC that is measured", title="How many graders?")
    right.grid(alpha=0.3)
    right.legend(loc="lower right")
    return (
        f"With 7 grades the AUC is {in_training[-1]:.3f}. With 1 grade in the training set it is {in_training[0]:.3f}, "
        f"with 1 in the tuning set {in_tuning[0]:.3f}."
    )


# %%
if __name__ == "__main__":
    show_graders()

# %% [markdown]
# **Pause.** So why do fewer grades matter more in the set on which you measure?
#
# <details><summary>Answer</summary>
#
# In training, one grader errs upwards and another downwards, and the network learns what they have in common. In the
# tuning set each wrong label counts as a mistake of the network, also when the network was right. The network did
# not get worse: the ruler did.
#
# </details>
#
# Now chests. `make_chest_xrays` draws **synthetic** X-rays with 14 findings, in 1 to 20 of 100 images; no conclusion
# about patients follows from these either. Your layer of 12.13 is trained twice, with all weights 1 and with those
# of 12.12. The dots are sensitivities at a probability of one half. The AUC is about the same for both: weights
# shift the scores upwards, and an AUC sees their order alone. What one half means has changed. So after weighting,
# choose the threshold again, on the development set.
#
# A wrong picture: filled dots that are not above the empty ones where a finding is rare.


# %%
@picture
def show_chests() -> str:
    """Draw synthetic X-rays, and what weights do to the sensitivity for each of 14 findings."""
    import matplotlib.pyplot as plt

    chests = tfkit.make_chest_xrays(1200, seed=1)
    train, test = split_patients(chests.patients, 0.4, seed=0)
    # means of 2 by 2 pixels, 256 for each image
    tiles = chests.images.reshape(-1, 16, 2, 16, 2).mean(axis=(2, 4)).reshape(-1, 256)
    X, X_test = (tf.constant(part, tf.float32) for part in standardize(tiles[train], tiles[test]))
    Y = tf.constant(chests.labels[train], tf.float32)
    weights = label_weights(chests.labels[train])
    ones = tf.ones(14)
    found, areas = {}, {}
    for name, pair in {"all 1": (ones, ones), "of 12.12": [tf.constant(one, tf.float32) for one in weights]}.items():
        params = fit_labels(X, Y, *pair, learning_rate=0.5, steps=100)
        logits = np.asarray(X_test @ params["W"] + params["b"])
        labels = list(zip(chests.labels[test].T, logits.T, strict=True))
        # a logit of 0 is a probability of one half
        found[name] = [rates(confusion(y, z, 0.0))[0] for y, z in labels]
        areas[name] = np.nanmean([auc(y, z) for y, z in labels])
    order = np.argsort(chests.labels[train].mean(axis=0))
    figure = plt.figure(figsize=(9.4, 5.4), layout="constrained")
    rows = figure.add_gridspec(2, 6, height_ratios=(1, 1.7))
    alone = chests.labels.sum(axis=1) == 1
    shown = {"no finding": int(np.flatnonzero(chests.labels.sum(axis=1) == 0)[0])}
    for j in (2, 4, 1, 8, 13):
        shown[chests.names[j]] = int(np.flatnonzero(alone & (chests.labels[:, j] == 1))[0])
    for place, (name, image) in enumerate(shown.items()):
        axes = figure.add_subplot(rows[0, place])
        axes.imshow(chests.images[image], cmap="gray", vmin=0, vmax=1)
        axes.set_title(name, fontsize=9)
        axes.set_axis_off()
    axes = figure.add_subplot(rows[1, :])
    for (name, values), marker in zip(found.items(), ("o", "s"), strict=True):
        fill = "none" if name == "all 1" else "full"
        label = f"weights {name}: mean AUC {areas[name]:.2f}"
        axes.plot(range(14), np.array(values)[order], marker, fillstyle=fill, markersize=8, label=label)
    shares = chests.labels[train].mean(axis=0)[order]
    names = [f"{chests.names[j].replace('_', ' ')} {share:.0%}" for j, share in zip(order, shares, strict=True)]
    axes.set_xticks(range(14), names, rotation=35, ha="right", fontsize=8)
    axes.set(ylabel="sensitivity at one half", ylim=(-0.05, 1.05))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    figure.suptitle("Synthetic chest X-rays", fontsize=11)
    return (
        "; ".join(
            f"weights {name}: mean sensitivity {np.nanmean(found[name]):.2f}, mean AUC {areas[name]:.2f}"
            for name in found
        )
        + "."
    )


# %%
if __name__ == "__main__":
    show_chests()

# %% [markdown]
# ## E · Fine to coarse
#
# Esteva and others trained a network on 757 fine classes of skin disease. What the clinic asks is coarse: benign or
# malignant? The fine classes are the leaves of a tree, the coarse ones its inner nodes.

# %% [markdown]
# ## 12.14 · Coarse from fine (3 points)
#
# The probability of a node is the **sum** of the probabilities of the leaves below it:
#
# $$P(\text{node}) = \sum_{\text{leaf below node}} P(\text{leaf})$$
#
# In the lecture's figure seven leaves below "malignant" have 0.1, 0.05, 0.05, 0.3, 0.02, 0.03 and 0.05: together
# 0.6. No single one of them needs to be likely.
#
# A tree is a dict. Under each name stands either a list of columns of `P`, or another dict with the nodes below. A
# function that calls itself is the shortest way down.


# %%
def coarse_from_fine(P: np.ndarray, taxonomy: dict[str, dict | list[int]]) -> dict[str, np.ndarray]:
    """Return the probability of every node of a taxonomy, inner nodes included.

    Nothing is normalised again: what a branch lacks to 1 belongs to the others.

    Example:

    >>> P = np.array([[0.4, 0.35, 0.25]])
    >>> taxonomy = {"benign": [0], "malignant": {"epidermal": [1], "melanocytic": [2]}}
    >>> {name: np.round(value, 2).tolist() for name, value in sorted(coarse_from_fine(P, taxonomy).items())}
    {'benign': [0.4], 'epidermal': [0.35], 'malignant': [0.6], 'melanocytic': [0.25]}

    Args:
        P: Probabilities of the fine classes, shape (M, k).
        taxonomy: A list of columns of `P`, or a dict of nodes, under each name. No name and no column comes twice.

    Returns:
        The probabilities of each node by its name, shape (M,), in any order.
    """
    nodes = {}
    for name, below in taxonomy.items():
        if isinstance(below, dict):
            inner = coarse_from_fine(P, below)
            nodes.update(inner)
            nodes[name] = sum(inner[child] for child in below)
        else:
            nodes[name] = P[:, below].sum(axis=1)
    return nodes


# %% [markdown]
# ## The picture of section E
#
# A tree as in the lecture's figure, with made-up probabilities for one made-up lesion. Each box is as wide as its
# probability. Below are the fine classes, above the coarse ones. The likeliest *single* class is benign, and yet the
# lesion is more likely malignant: sum first, and choose after.
#
# A wrong picture: a box that is not exactly as wide as the boxes below it.

# %%
CLASSES = {
    "naevus": 0.4, "amelanotic": 0.1, "lentigo": 0.05, "nodular": 0.05, "superficial": 0.3,
    "basal cell": 0.02, "squamous": 0.03, "in situ": 0.05,
}  # fmt: skip
SKIN = {"benign": [0], "malignant": {"melanoma": [1, 2, 3, 4], "epidermal": [5, 6, 7]}}


@picture
def show_taxonomy() -> str:
    """Draw fine classes, and the coarse ones above them."""
    import matplotlib.pyplot as plt

    fine = np.array([list(CLASSES.values())])
    nodes = {name: float(value[0]) for name, value in coarse_from_fine(fine, SKIN).items()}
    families = {name: nodes[name] for name in ("benign", "melanoma", "epidermal")}
    coarse = {name: nodes[name] for name in ("benign", "malignant")}
    _, axes = plt.subplots(figsize=(9, 3.6), layout="constrained")
    for height, level in enumerate((CLASSES, families, coarse)):
        left = 0.0
        for name, width in level.items():
            narrow = width < 0.06
            axes.barh(height, width, 0.9, left=left, color=f"{0.9 - height / 10}", edgecolor="white", linewidth=2)
            text, turn = (name, 90) if narrow else (f"{name}\n{width:.2f}", 0)
            axes.text(left + width / 2, height, text, ha="center", va="center", fontsize=8, rotation=turn)
            left += width
    axes.set(xlim=(0, 1), yticks=[0, 1, 2], yticklabels=["fine", "families", "coarse"], xlabel="probability")
    axes.set_title("One synthetic lesion")
    return f"Malignant: {nodes['malignant']:.2f}; the likeliest fine class, naevus: {fine.max():.2f}."


# %%
if __name__ == "__main__":
    show_taxonomy()

# %% [markdown]
# **Pause.** Why not train on "benign or malignant" from the start, if that is all that the clinic asks?
#
# <details><summary>Answer</summary>
#
# Then a naevus and a seborrheic keratosis get one and the same label, although they look nothing alike, and the
# network has to find out by itself that there are several ways to be benign. Fine labels tell it so. Esteva found
# that the stronger supervision in training made the coarse answer better.
#
# </details>


# %%
if __name__ == "__main__":
    y = np.array([0, 0, 1, 1])
    print(auc(y, np.array([0.1, 0.4, 0.35, 0.8])))
    print(stats.describe(y))
