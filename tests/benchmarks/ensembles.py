"""What ensembles of assignment 11 gain over their members: on how many of 50 seeds, in the reference.

`python tests/benchmarks/ensembles.py`, five minutes on one core that is free. Each seed draws its own 300 small digits
to train on; the other 1,497 are for the test. Three networks of three seeds, and three snapshots of one training.
`BENCHMARK_SEEDS=3` makes it short.

Found on 50 seeds:

                                     three seeds    three snapshots
    cross-entropy of a member        0.276          0.251
    together                         0.263          0.222
    below the mean of the members    50 of 50       50 of 50
    below every member               12 of 50       31 of 50
    accuracy of a member             91.92 %        92.80 %
    together                         92.71 %        93.53 %
    above the mean of the members    50 of 50       50 of 50
    at least as high as every one    27 of 50       19 of 50

That the cross-entropy is below the mean of the members is a law (Jensen); that the accuracy is above it has been found.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from tfkit import load_digits

SEEDS = int(os.environ.get("BENCHMARK_SEEDS", "50"))
MEMBERS, EPOCHS, EXAMPLES = 3, 8, 300


def solution() -> ModuleType:
    """The reference of assignment 11, without its pictures."""
    path = Path(__file__).parents[2] / "assignments" / "11_convnets_and_ensembles" / "solution.py"
    spec = importlib.util.spec_from_file_location("convnets", path)
    assert spec and spec.loader
    module = sys.modules["convnets"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ensembles(convnets: ModuleType, X: np.ndarray, Y: np.ndarray, seed: int) -> dict[str, list[keras.Model]]:
    """The members of both, trained on the same digits."""
    seeds = [MEMBERS * seed + number for number in range(MEMBERS)]
    keras.utils.set_random_seed(seed)
    single = convnets.build_cnn((8, 8, 1), [8], 10)
    single.compile(keras.optimizers.SGD(momentum=0.9), "sparse_categorical_crossentropy")
    snapshots = convnets.snapshot_ensemble(single, X, Y, MEMBERS, EPOCHS, 0.2, 32)
    return {
        "three seeds": [convnets.train_cnn(X, Y, [8], EPOCHS, 0, one) for one in seeds],
        "three snapshots": convnets.with_weights(single, snapshots),
    }


def main() -> None:
    convnets, digits = solution(), load_digits()
    images, labels = (digits.X / 16).reshape(-1, 8, 8, 1).astype("float32"), digits.Y.argmax(axis=1)
    rows: dict[str, list[tuple[list[float], float, list[float], float]]] = {}
    start = time.perf_counter()
    for seed in range(SEEDS):
        order = np.random.default_rng(seed).permutation(len(images))
        train, test = order[:EXAMPLES], order[EXAMPLES:]
        for name, models in ensembles(convnets, images[train], labels[train], seed).items():
            P = [np.asarray(model(images[test])) for model in models]
            together = convnets.average_ensemble(models, images[test])
            rows.setdefault(name, []).append(
                (
                    [convnets.cross_entropy(one, labels[test]) for one in P],
                    convnets.cross_entropy(together, labels[test]),
                    [convnets.accuracy(one, labels[test]) for one in P],
                    convnets.accuracy(together, labels[test]),
                )
            )
        keras.backend.clear_session()
        print(f"{seed + 1} of {SEEDS} seeds, {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    for name, found in rows.items():
        losses, loss, scores, score = (np.array(column) for column in zip(*found, strict=True))
        print(f"{name}, {SEEDS} seeds:")
        print(f"  cross-entropy {losses.mean():.3f} of a member, {loss.mean():.3f} together")
        print(f"    below the mean of the members   {np.sum(loss < losses.mean(axis=1))}")
        print(f"    below every member              {np.sum(loss < losses.min(axis=1))}")
        print(f"  accuracy {scores.mean():.4f} of a member, {score.mean():.4f} together")
        print(f"    above the mean of the members   {np.sum(score > scores.mean(axis=1))}")
        print(f"    at least as high as every one   {np.sum(score >= scores.max(axis=1))}")


if __name__ == "__main__":
    main()
