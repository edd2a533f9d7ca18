"""Small real data sets, most of which come with the library. `datasets/README.md` tells where they are from."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit.data import _download

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, eq=False)
class Dataset:
    """A table of examples, as arrays for networks and as a frame for people.

    Example:

    >>> iris = load_iris()
    >>> iris
    Dataset('iris', 150 examples, 4 features, targets: setosa, versicolor, virginica)
    >>> iris.frame.columns.tolist()
    ['sepal_length', 'sepal_width', 'petal_length', 'petal_width', 'species']

    Attributes:
        name: Its name in `datasets/index.toml`.
        X: Features, float64 (all of MNIST: float32), shape `(M, n)`.
        Y: Targets, float64, shape `(M, k)`; one-hot for classes.
        feature_names: The n columns of X.
        target_names: The k columns of Y: the classes, or the quantity.
        target: The column of the file that Y was made from.
        units: The unit of each column of the file; empty where it has none.
        description: What the data are, and what they are not good for.
    """

    name: str
    X: np.ndarray
    Y: np.ndarray
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...]
    target: str
    units: dict[str, str]
    description: str

    @property
    def frame(self) -> pandas.DataFrame:
        """A new table of features and target, classes by their names; needs pandas."""
        import pandas  # here and not above: arrays are had without it

        table: Any = pandas.DataFrame(self.X, columns=list(self.feature_names))
        if self.target_names == (self.target,):
            table[self.target] = self.Y[:, 0]
        else:
            table[self.target] = pandas.Categorical.from_codes(self.Y.argmax(axis=1), list(self.target_names))
        return table

    def __len__(self) -> int:
        return len(self.X)

    def __repr__(self) -> str:
        features = f"{len(self)} examples, {len(self.feature_names)} features"
        return f"Dataset({self.name!r}, {features}, targets: {', '.join(self.target_names)})"


def load_iris() -> Dataset:
    """Load Anderson's and Fisher's irises: 150 flowers, 4 lengths in cm, 3 species.

    Example:

    >>> iris = load_iris()
    >>> iris.X[0], iris.Y[0]
    (array([5.1, 3.5, 1.4, 0.2]), array([1., 0., 0.]))

    Returns:
        A `Dataset` with X of shape `(150, 4)` and one-hot Y of shape `(150, 3)`. The rows are sorted by
        species: shuffle them, as `split` does.

    Raises:
        FileNotFoundError: If the data are not installed.
        ValueError: If the file was changed.

    Reference:
        Fisher, "The use of multiple measurements in taxonomic problems", 1936.
    """
    return _load("iris")


def load_boston_housing() -> Dataset:
    """Load the houses of Boston: 506 districts of 1970, 12 features, median price in 1000 USD.

    The original has a thirteenth feature, B, which is left out: it encodes the share of Black residents by
    a formula that assumes that segregation raises prices, and cannot be undone. `datasets/README.md` tells
    more, also about what else is wrong with these data. Use them to learn regression, not to learn about
    Boston.

    Example:

    >>> boston = load_boston_housing()
    >>> boston.X.shape, boston.Y.shape, boston.units["MEDV"]
    ((506, 12), (506, 1), '1000 USD')

    Returns:
        A `Dataset` with X of shape `(506, 12)` and Y of shape `(506, 1)`.

    Raises:
        FileNotFoundError: If the data are not installed.
        ValueError: If the file was changed.

    Reference:
        Harrison and Rubinfeld, "Hedonic housing prices and the demand for clean air", 1978.
    """
    return _load("boston_housing")


def load_digits() -> Dataset:
    """Load small images of handwritten digits: 1797 images of 8 × 8 pixels, 10 classes.

    Pixels are whole numbers from 0 (paper) to 16 (ink): divide by 16 before training. `X[i].reshape(8, 8)` is an
    image.

    Example:

    >>> digits = load_digits()
    >>> digits.X.shape, digits.Y.shape, float(digits.X.max())
    ((1797, 64), (1797, 10), 16.0)

    Returns:
        A `Dataset` with X of shape `(1797, 64)` and one-hot Y of shape `(1797, 10)`.

    Raises:
        FileNotFoundError: If the data are not installed.
        ValueError: If the file was changed.

    Reference:
        Alpaydin and Kaynak, "Cascading classifiers", 1998.
    """
    return _load("digits")


def load_breast_cancer() -> Dataset:
    """Load measures of cell nuclei: 569 patients, 30 features, malignant or benign.

    The course's positive class is malignant, the one that must not be missed: `Y[:, :1]` is 1 for malignant and 0
    for benign. In scikit-learn's copy the label of malignant is 0, so a model that is trained on these labels as they
    are predicts the probability of benign.

    Example:

    >>> cancer = load_breast_cancer()
    >>> cancer.X.shape, cancer.target_names, cancer.Y.sum(axis=0)
    ((569, 30), ('malignant', 'benign'), array([212., 357.]))

    Returns:
        A `Dataset` with X of shape `(569, 30)` and one-hot Y of shape `(569, 2)`. Features differ by factors of
        10,000: scale them, as `standardize` does.

    Raises:
        FileNotFoundError: If the data are not installed.
        ValueError: If the file was changed.

    Reference:
        Street, Wolberg and Mangasarian, "Nuclear feature extraction for breast tumor diagnosis", 1993.
    """
    return _load("breast_cancer")


def load_diabetes() -> Dataset:
    """Load the diabetes study: 442 people, 10 measures, and the progress of the disease a year later.

    The measures are in the units of the clinic, which is scikit-learn's `load_diabetes(scaled=False)`.

    Example:

    >>> diabetes = load_diabetes()
    >>> diabetes.X.shape, diabetes.Y.shape, diabetes.units["bp"], diabetes.X[0, :4]
    ((442, 10), (442, 1), 'mmHg', array([ 59. ,   2. ,  32.1, 101. ]))

    Returns:
        A `Dataset` with X of shape `(442, 10)` and Y of shape `(442, 1)`.

    Raises:
        FileNotFoundError: If the data are not installed.
        ValueError: If the file was changed.

    Reference:
        Efron, Hastie, Johnstone and Tibshirani, "Least angle regression", 2004.
    """
    return _load("diabetes")


def load_mnist_5k() -> Dataset:
    """Load 5,000 of MNIST's handwritten digits: images of 28 × 28 pixels, 500 of each digit.

    Pixels are whole numbers from 0 (paper) to 255 (ink): divide by 255 before training. `X[i].reshape(28, 28)` is an
    image.

    Example:

    >>> mnist = load_mnist_5k()
    >>> mnist.X.shape, mnist.Y.shape, float(mnist.X.max())
    ((5000, 784), (5000, 10), 255.0)

    Returns:
        A `Dataset` with X of shape `(5000, 784)` and one-hot Y of shape `(5000, 10)`. The rows are sorted by digit:
        shuffle them, as `split` does.

    Raises:
        FileNotFoundError: If the data are not installed.
        ValueError: If the file was changed.

    Reference:
        LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.
    """
    return _load("mnist_5k")


def load_mnist() -> Dataset:
    """Load all of MNIST: 70,000 images of handwritten digits of 28 × 28 pixels. It is downloaded once, 11.5 MB.

    The first 60,000 rows are MNIST's training set, the other 10,000 its test set, by other writers. Pixels are whole
    numbers from 0 (paper) to 255 (ink): divide by 255 before training. `X[i].reshape(28, 28)` is an image. For most
    exercises `load_mnist_5k` is enough, and needs no network.

    The file is kept in the folder that the environment variable `TFKIT_DATA` names, or else in `~/.cache/tfkit`, for
    all programs of a user.

    Example:

    >>> mnist = load_mnist()  # doctest: +SKIP
    >>> mnist.X.shape, mnist.X.dtype, mnist.Y.shape  # doctest: +SKIP
    ((70000, 784), dtype('float32'), (70000, 10))

    Returns:
        A `Dataset` with X of shape `(70000, 784)`, float32, which is 220 MB, and one-hot Y of shape `(70000, 10)`.

    Raises:
        FileNotFoundError: If the file is not there and cannot be downloaded. One line says why, and how to put it
            there by hand.
        ValueError: If the file in `datasets` is another.

    Reference:
        LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.
    """
    return _load("mnist")


def load_indian_liver() -> Dataset:
    """Load the Indian liver patients: 583 people, 10 measures, a liver patient or not. It is downloaded once, 24 kB.

    The positive class is `patient`, the one that must not be missed: `Y[:, :1]` is 1 for the 416 liver patients and 0
    for the 167 others. Women are few, and models that were trained on these data miss more of the ill women than of
    the ill men: look at each sex by itself. `datasets/README.md` tells more.

    Four people have no `ag_ratio`. It is computed from their other two columns, as
    `albumin / (total_protein - albumin)`, which is what the ratio is.

    The file is kept in the folder that the environment variable `TFKIT_DATA` names, or else in `~/.cache/tfkit`, for
    all programs of a user.

    Example:

    >>> liver = load_indian_liver()  # doctest: +SKIP
    >>> liver.X.shape, liver.target_names, liver.Y.sum(axis=0)  # doctest: +SKIP
    ((583, 10), ('patient', 'no_patient'), array([416., 167.]))

    Returns:
        A `Dataset` with X of shape `(583, 10)` and one-hot Y of shape `(583, 2)`. Sex is 1 for women and 0 for men.
        Features differ by factors of 1,000: scale them, as `standardize` does.

    Raises:
        FileNotFoundError: If the file is not there and cannot be downloaded. One line says why, and how to put it
            there by hand.
        ValueError: If the file in `datasets` is another.

    Reference:
        Straw and Wu, "Investigating for bias in healthcare algorithms: a sex-stratified analysis of supervised machine
        learning models in liver disease prediction", 2022.
    """
    return _load("indian_liver")


def data_folder() -> Path:
    """Return the folder that holds the data: beside the package in a checkout, under `share` when installed.

    Example:

    >>> (data_folder() / "index.toml").exists()
    True

    Returns:
        A path.

    Raises:
        FileNotFoundError: If neither folder is there.
    """
    candidates = (Path(__file__).parents[2] / "datasets", Path(sys.prefix) / "share" / "tfkit" / "datasets")
    for folder in candidates:
        if (folder / "index.toml").is_file():
            return folder
    raise FileNotFoundError(
        f"expected the data sets in {candidates[0]} or {candidates[1]}, found neither; "
        "install tfkit again, or work in a complete checkout"
    )


def _index() -> dict[str, dict[str, Any]]:
    """Return what `datasets/index.toml` says about each data set, by name, every column of images included."""
    with (data_folder() / "index.toml").open("rb") as file:
        entries = tomllib.load(file)["dataset"]
    for entry in entries:
        if "pixels" in entry:
            height, width = entry["pixels"]
            entry["columns"][:0] = [
                {
                    "name": f"pixel_{row}_{column}",
                    "unit": "",
                    "description": entry["pixel"].format(row=row, column=column),
                }
                for row in range(height)
                for column in range(width)
            ]
    return {entry["name"]: entry for entry in entries}


def _content(entry: dict[str, Any]) -> bytes:
    """The bytes of a data set's file: of the one that lies with the others, else of the one that is downloaded."""
    path, digest = data_folder() / entry["file"], _DIGESTS[entry.get("digest", "bytes")]
    if not path.is_file() and "url" in entry:
        remote = _download.Remote(entry["name"], entry["file"], entry["url"], entry["bytes"], entry["sha256"], digest)
        return _download.fetched(remote)
    if not path.is_file():
        raise FileNotFoundError(
            f"expected the data set {entry['name']!r} in {path}, found no file; install tfkit again"
        )
    content: bytes = path.read_bytes()
    received = digest(content)
    if received != entry["sha256"]:
        raise ValueError(
            f"expected {path} with sha256 {entry['sha256']}, received {received}: the file was changed; "
            + (
                f"download {entry['url']} again"
                if "url" in entry
                else f"restore it, as `git checkout {path.name}` does"
            )
        )
    return content


def _of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _of_rows(content: bytes) -> str:
    """Of a table's rows, whatever its line ends and whether or not a line with names is above them."""
    rows = content.decode("utf-8-sig", errors="replace").split()
    return _of_bytes("".join(f"{row}\n" for row in rows if row[:1].isdigit()).encode())


_DIGESTS = {"bytes": _of_bytes, "rows": _of_rows}


def _load(name: str) -> Dataset:
    entry = _index()[name]
    content = _content(entry)
    columns = [column["name"] for column in entry["columns"]]
    target_names = tuple(entry.get("classes", [entry["target"]]))
    X, targets = _READERS[entry.get("layout", Path(entry["file"]).suffix)](content)
    if "classes" in entry:
        Y = np.eye(len(target_names))[[target_names.index(target) for target in targets]]
    else:
        Y = np.array([[target] for target in targets], dtype=np.float64)
    return Dataset(
        name=entry["name"],
        X=X,
        Y=Y,
        feature_names=tuple(columns[:-1]),
        target_names=target_names,
        target=entry["target"],
        units={column["name"]: column["unit"] for column in entry["columns"]},
        description=entry["description"],
    )


def _of_table(content: bytes) -> tuple[np.ndarray, list[str]]:
    _, *rows = csv.reader(io.StringIO(content.decode("utf-8")))
    return np.array([row[:-1] for row in rows], dtype=np.float64), [row[-1] for row in rows]


def _of_arrays(content: bytes) -> tuple[np.ndarray, list[str]]:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return arrays["pixels"].astype(np.float64), [str(label) for label in arrays["labels"]]


def _of_mnist(content: bytes) -> tuple[np.ndarray, list[str]]:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        images = np.concatenate([arrays["x_train"], arrays["x_test"]])
        labels = np.concatenate([arrays["y_train"], arrays["y_test"]])
    return images.reshape(len(images), -1).astype(np.float32), [str(label) for label in labels]


def _of_indian_liver(content: bytes) -> tuple[np.ndarray, list[str]]:
    rows = [row.split(",") for row in content.decode("utf-8-sig").split() if row[:1].isdigit()]
    columns = [(age, sex == "Female", *measures) for age, sex, *measures, _ in rows]
    X = np.array([[value if value != "" else "nan" for value in row] for row in columns], dtype=np.float64)
    total_protein, albumin, ratio = X[:, 7:].T
    X[:, 9] = np.where(np.isnan(ratio), albumin / (total_protein - albumin), ratio)
    return X, [{"1": "patient", "2": "no_patient"}[row[-1]] for row in rows]


_READERS = {".csv": _of_table, ".npz": _of_arrays, "mnist": _of_mnist, "indian_liver": _of_indian_liver}
