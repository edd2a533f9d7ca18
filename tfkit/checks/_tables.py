"""Examples as a table of numbers, targets as classes or quantities: what all checks of data begin with. NumPy alone."""

from __future__ import annotations

from typing import Any

import numpy as np

#: Up to so many different whole numbers are taken for classes.
_MOST_CLASSES = 30


def table(x: Any, name: str) -> np.ndarray:
    """Return examples as a float array, a row each, NaN and infinity included."""
    array = np.asarray(getattr(x, "X", x))
    if array.dtype == object:
        try:
            array = array.astype(np.float64)
        except (TypeError, ValueError):
            pass
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected numbers in {name}, received dtype {array.dtype}; turn text into numbers first")
    if array.ndim < 2 or array.size == 0:
        raise ValueError(f"expected {name} of shape (examples, features), received {array.shape}")
    return array if array.dtype == np.float32 else array.astype(np.float64)


def classes(y: Any, name: str, count: int) -> tuple[np.ndarray | None, np.ndarray]:
    """Return the class of each example, None if targets are quantities, and the targets as they came, with two axes."""
    # Whole numbers of up to 30 kinds, texts, and rows with a single 1 are classes. A table of zeros and ones with
    # several or no ones in a row, labels that do not exclude each other, is not: it comes back as quantities.
    array = np.asarray(getattr(y, "Y", y))
    if array.ndim not in (1, 2) or len(array) != count or array.size == 0:
        raise ValueError(f"expected a target for each of {count} examples in {name}, received shape {array.shape}")
    columns = array.reshape(count, -1)
    if array.dtype.kind not in "fiub":
        return columns[:, 0] if columns.shape[1] == 1 else None, columns
    if columns.shape[1] > 1:
        one_hot = np.isin(columns, (0, 1)).all() and (columns.sum(axis=1) == 1).all()
        return (columns.argmax(axis=1), columns) if one_hot else (None, columns)
    labels = columns[:, 0]
    kinds = np.unique(labels)
    whole = bool(np.isfinite(labels).all()) and bool((labels == np.round(labels)).all())
    if whole and len(kinds) <= min(_MOST_CLASSES, max(2, count // 2)):
        return labels.astype(np.int64), columns
    return None, columns


def column_names(x: Any, n_columns: int, feature_names: Any = None) -> list[str]:
    """Return names for the columns of a table: those given, those of a frame or data set, or numbers."""
    if feature_names is None:
        feature_names = getattr(x, "feature_names", None)
    if feature_names is None:
        feature_names = getattr(x, "columns", range(n_columns))
    names = [str(name) for name in feature_names]
    if len(names) != n_columns:
        raise ValueError(f"expected {n_columns} feature names, received {len(names)}")
    return names


def row_keys(x: np.ndarray) -> list[bytes]:
    """Return a key for each row, equal for equal rows."""
    rows = np.ascontiguousarray(x.reshape(len(x), -1), np.float32) + np.float32(0)  # + 0 makes -0 a 0
    return [row.tobytes() for row in rows]


def listing(names: list[str], most: int = 3) -> str:
    """Return some names and the number of the others."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
