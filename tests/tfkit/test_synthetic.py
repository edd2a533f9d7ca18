"""Synthetic images: the same for the same seed on every machine, and what they claim to show."""

import hashlib

import numpy as np
import pytest

from tfkit import make_chest_xrays, make_fundus, make_lesions

pytestmark = pytest.mark.turns(3)
MAKERS = {"lesions": make_lesions, "fundus": make_fundus, "chest_xrays": make_chest_xrays}


def digest(*arrays):
    """Of arrays to four decimals: another processor rounds the last bit of a Gaussian in its own way."""
    return hashlib.sha256(b"".join(np.rint(array * 10_000).astype(np.int64).tobytes() for array in arrays)).hexdigest()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lesions", "883b6c32a580ea41"),
        ("fundus", "9a16022b3dda41cd"),
        ("chest_xrays", "0d4daaa5fe9cfd3f"),
    ],
)
def test_images_stay_what_they_were(name, expected):
    # a canary: exercises and their figures rest on these images
    made = MAKERS[name](20, seed=0)
    arrays = [value for value in vars(made).values() if isinstance(value, np.ndarray)]
    assert len(arrays) >= 2
    assert digest(*arrays)[:16] == expected


@pytest.mark.parametrize("name", MAKERS)
def test_fewer_are_the_first_of_many_and_another_seed_draws_others(name):
    many, few, other = (MAKERS[name](count, seed=seed) for count, seed in ((30, 1), (7, 1), (30, 2)))
    for field, value in vars(few).items():
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(value, getattr(many, field)[: len(few)])
    assert not np.array_equal(many.images[:20], other.images[:20])


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("size", [8, 24])
def test_images_are_brightness_and_say_that_they_are_made_up(name, size):
    made = MAKERS[name](40, seed=3, size=size)
    assert made.images.shape[:3] == (len(made), size, size)
    assert made.images.dtype == np.float64
    assert made.images.min() >= 0 and made.images.max() <= 1 and made.images.std() > 0.05
    assert (
        "synthetic" in repr(made) and "synthetic" in made.description and "no image shows a patient" in made.description
    )


def test_lesions_are_darker_than_the_skin_and_some_images_have_none():
    lesions = make_lesions(300, seed=3, size=24)
    assert lesions.images.shape == lesions.masks.shape == (300, 24, 24)
    assert set(np.unique(lesions.masks)) == {0, 1}
    assert lesions.images.min() >= 0 and lesions.images.max() <= 1
    shown = lesions.masks.any(axis=(1, 2))
    assert 0.7 < shown.mean() < 0.9
    for image, mask in zip(lesions.images[shown], lesions.masks[shown], strict=True):
        assert image[mask == 1].mean() < image[mask == 0].mean() - 0.05
    assert "synthetic" in repr(lesions) and "synthetic" in lesions.description


def same_patient_as_nearest(made):
    """How often the image that is most alike is of the same patient, among patients with several images."""
    flat = made.images.reshape(len(made), -1)
    squares = (flat**2).sum(axis=1)
    distance = squares[:, None] + squares - 2 * flat @ flat.T
    np.fill_diagonal(distance, np.inf)
    several = np.bincount(made.patients)[made.patients] > 1
    return float((made.patients[distance.argmin(axis=1)] == made.patients)[several].mean())


@pytest.mark.parametrize("make", [make_fundus, make_chest_xrays])
def test_images_of_a_patient_follow_each_other_and_are_alike(make):
    made = make(150, seed=4)
    numbers, counts = np.unique(made.patients, return_counts=True)
    np.testing.assert_array_equal(numbers, np.arange(150))
    assert (np.diff(made.patients) >= 0).all() and set(counts) == {1, 2, 3, 4}
    # a split by image leaks: among 150 patients, guessing finds the same one in 1 of 100
    assert same_patient_as_nearest(made) > 0.6


def test_severity_brings_red_and_graders_go_from_lenient_to_strict():
    fundus = make_fundus(400, seed=5, graders=3)
    assert fundus.grades.shape == (len(fundus), 3) and fundus.grades.dtype == fundus.severity.dtype == int
    assert set(np.unique(fundus.severity)) == set(np.unique(fundus.grades)) == set(range(5))
    shares = np.bincount(fundus.severity) / len(fundus)
    assert shares.argmax() == 0 and 0.3 < (fundus.severity >= 2).mean() < 0.5 and shares.min() > 0.05
    # pixels that are much darker than those of the same patient's eye at its best
    dark = [(image[..., 0] < 0.6 * np.median(image[8:24, 8:24, 0])).sum() for image in fundus.images[:, 8:24, 8:24]]
    means = [np.mean(np.array(dark)[fundus.severity == severity]) for severity in range(5)]
    assert means[4] > means[3] > means[2] > means[0]
    lenient, fair, strict = fundus.grades.mean(axis=0)
    assert lenient < fair - 0.2 < strict - 0.4
    right = (fundus.grades == fundus.severity[:, None]).mean(axis=0)
    together = (np.median(fundus.grades, axis=1) == fundus.severity).mean()
    assert (right < 0.85).all() and together > right.max() + 0.03


def test_more_graders_leave_the_images_as_they_are():
    one, three = make_fundus(5, seed=0), make_fundus(5, seed=0, graders=3)
    np.testing.assert_array_equal(one.images, three.images)
    np.testing.assert_array_equal(one.severity, three.severity)


def test_severities_of_a_patient_differ_by_little():
    fundus = make_fundus(300, seed=6)
    spread = [np.ptp(fundus.severity[fundus.patients == patient]) for patient in range(300)]
    assert max(spread) <= 2 and 0.1 < np.mean(np.array(spread) > 0) < 0.5


def test_findings_are_as_rare_as_chest_xray14s_and_stay_with_the_patient():
    xrays = make_chest_xrays(2000, seed=7, size=8)
    assert xrays.labels.shape == (len(xrays), 14) and set(np.unique(xrays.labels)) == {0, 1}
    assert xrays.names[:3] == ("Atelectasis", "Cardiomegaly", "Effusion") and xrays.names[-1] == "Hernia"
    prevalence = dict(zip(xrays.names, xrays.labels.mean(axis=0), strict=True))
    assert min(prevalence.values()) > 0.005 and max(prevalence.values()) < 0.2
    assert max(prevalence, key=prevalence.get) == "Infiltration"
    assert 0.35 < (xrays.labels.sum(axis=1) == 0).mean() < 0.6
    # of two images of a patient one after the other, the second mostly shows what the first did
    pairs = np.flatnonzero(np.diff(xrays.patients) == 0)
    first, second = xrays.labels[pairs], xrays.labels[pairs + 1]
    assert 0.7 < second[first == 1].mean() < 0.9


def test_a_linear_model_sees_most_findings_in_patients_it_never_met():
    linear_model, metrics = pytest.importorskip("sklearn.linear_model"), pytest.importorskip("sklearn.metrics")
    xrays = make_chest_xrays(900, seed=8, size=24)
    X, train = xrays.images.reshape(len(xrays), -1) - 0.5, xrays.patients < 600
    model = linear_model.Ridge(alpha=30.0).fit(X[train], xrays.labels[train])
    found = model.predict(X[~train])
    areas = {
        name: metrics.roc_auc_score(xrays.labels[~train, i], found[:, i])
        for i, name in enumerate(xrays.names)
        if xrays.labels[~train, i].any()
    }
    assert np.median(list(areas.values())) > 0.8, areas


@pytest.mark.parametrize("make", MAKERS.values())
@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"size": 4}, "expected size to be 8 or more pixels, received 4"),
        ({"size": 32.0}, "expected size to be an integer"),
        ({"seed": None}, "expected seed to be an integer"),
        ({"seed": -1}, "expected seed to be an integer of 0 or more"),
    ],
)
def test_wrong_settings_are_named(make, settings, message):
    with pytest.raises(ValueError, match=message):
        make(3, **({"seed": 0} | settings))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: make_lesions(0, seed=0), "expected count to be an integer of 1 or more, received 0"),
        (lambda: make_fundus(0, seed=0), "expected patients to be an integer of 1 or more, received 0"),
        (lambda: make_fundus(3, seed=0, graders=0), "expected graders to be an integer of 1 or more, received 0"),
        (lambda: make_chest_xrays("3", seed=0), "expected patients to be an integer of 1 or more, received '3'"),
    ],
)
def test_wrong_counts_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
