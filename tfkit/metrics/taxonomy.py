"""Coarse answers from fine classes: sums over the leaves of a taxonomy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike


def coarse_from_fine(
    probabilities: ArrayLike,
    taxonomy: Mapping[str, Any],
    classes: Sequence[str] | None = None,
) -> dict[str, np.ndarray]:
    """Return the probability of every node of a taxonomy: the sum of its leaves' probabilities.

    Trained on many fine diseases, asked for few coarse ones. The coarse answer may contradict the fine one: of
    (0.4, 0.3, 0.3) the first is the likeliest disease, yet the other two together weigh more. So sum first and choose
    after. Nothing is normalised again: what a branch lacks to 1 belongs to the others.

    Example:

    >>> tree = {"benign": ["naevus"], "malignant": {"epidermal": ["carcinoma"], "melanocytic": ["melanoma"]}}
    >>> coarse = coarse_from_fine([0.4, 0.35, 0.25], tree, classes=["naevus", "carcinoma", "melanoma"])
    >>> {name: float(value) for name, value in coarse.items()}
    {'benign': 0.4, 'malignant': 0.6, 'epidermal': 0.35, 'melanocytic': 0.25}

    Args:
        probabilities: Probabilities of the fine classes, shape `(M, k)` or `(k,)`; each row sums to 1.
        taxonomy: Dict from a node's name to its leaves (a list of column numbers, or of names if `classes` is
            given) or to a dict of nodes below it. Every fine class has exactly one place.
        classes: Names of the k columns.

    Returns:
        A dict from each node's name, inner nodes included, to probabilities of shape `(M,)` or `()`, float64.

    Raises:
        ValueError: If rows do not sum to 1, a class is missing, unknown or in two places, or two nodes have one
            name.

    Reference:
        Esteva et al., "Dermatologist-level classification of skin cancer with deep neural networks", 2017, figure 1.
    """
    fine = np.asarray(probabilities)
    if fine.dtype.kind != "f" or fine.ndim not in (1, 2) or fine.size == 0:
        raise ValueError(
            f"expected probabilities of shape (M, k) or (k,), received {fine.dtype} of shape {fine.shape}; "
            "pass all probabilities, not the number of the likeliest class"
        )
    fine = fine.astype(np.float64)
    sums = fine.sum(axis=-1)
    if not ((fine >= 0).all() and np.allclose(sums, 1, rtol=0, atol=1e-3)):
        worst = float(np.ravel(sums)[np.abs(np.ravel(sums) - 1).argmax()])
        raise ValueError(
            f"expected probabilities that sum to 1 in each row, received a sum of {worst:.4g}; are they logits?"
        )
    columns = _columns(classes, fine.shape[-1])
    coarse: dict[str, np.ndarray] = {}
    placed: list[int] = []
    _sum_below(taxonomy, fine, columns, coarse, placed)
    missing = [name for name, column in columns.items() if column not in placed]
    if missing:
        raise ValueError(
            f"expected every fine class in the taxonomy, but {missing} are missing; add a node for the rest"
        )
    return coarse


def _sum_below(
    nodes: Mapping[str, Any],
    fine: np.ndarray,
    columns: dict[Any, int],
    coarse: dict[str, np.ndarray],
    placed: list[int],
) -> np.ndarray:
    """Fill in the nodes at one level and below, and return their sum."""
    if not isinstance(nodes, Mapping) or not nodes:
        raise ValueError(f"expected a dict from names to nodes, received {nodes!r}")
    total = np.zeros(fine.shape[:-1])
    for name, below in nodes.items():
        if name in coarse:
            raise ValueError(f"expected a different name for each node, received {name!r} twice")
        coarse[name] = total  # its place in the order: above what is below it
        if isinstance(below, Mapping):
            coarse[name] = _sum_below(below, fine, columns, coarse, placed)
        else:
            coarse[name] = fine[..., _leaves(name, below, columns, placed)].sum(axis=-1)
        total = total + coarse[name]
    return total


def _leaves(name: str, leaves: Any, columns: dict[Any, int], placed: list[int]) -> list[int]:
    if isinstance(leaves, str) or not isinstance(leaves, Sequence) or not leaves:
        raise ValueError(f"expected a list of fine classes under {name!r}, received {leaves!r}")
    found = []
    for leaf in leaves:
        if isinstance(leaf, bool) or not isinstance(leaf, (str, int, np.integer)) or leaf not in columns:
            raise ValueError(f"expected fine classes under {name!r}, received {leaf!r}; there are {list(columns)[:20]}")
        if columns[leaf] in placed:
            raise ValueError(f"expected each fine class only once, received {leaf!r} twice")
        placed.append(columns[leaf])
        found.append(columns[leaf])
    return found


def _columns(classes: Sequence[str] | None, k: int) -> dict[Any, int]:
    if classes is None:
        return {column: column for column in range(k)}
    columns = {name: column for column, name in enumerate(classes)}
    if len(columns) != k or len(classes) != k:
        raise ValueError(f"expected {k} different class names, received {list(classes)[:20]}")
    return columns
