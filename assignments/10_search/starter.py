# %% [markdown]
# # 10 · Hyperparameter search
#
# A gradient finds the weights. Nobody differentiates the learning rate, the number of layers or the dropout:
# somebody has to choose them, try, and choose again. Here you write the choosing. First by hand: how to draw a
# learning rate, what a grid is, what random search is, how to go from coarse to fine. Then with keras-tuner,
# which runs the trials, keeps their books and has two cleverer methods.
#
# Three habits decide whether a search means anything, and all three are graded:
#
# - scales: a learning rate is searched by its *order of magnitude*;
# - budgets: so many trials, each of them different, none left over from yesterday;
# - honesty: trials are compared on validation data, and the test set is opened once, at the very end.
#
# You write eight functions, and a ninth if you like. Above each of them stands a text like this one: it shows you
# one small thing, and you do the next. Below it you check your function and see what is right.
#
# **What holds everywhere.** A *space* is a dict from a name to one of four entries:
#
# | entry | values |
# |---|---|
# | `("log", low, high)` | numbers from low to high whose logarithm is uniform |
# | `("linear", low, high)` | numbers from low to high, uniform |
# | `("int", low, high)` | whole numbers, **both ends included**, equally likely |
# | `("choice", [a, b, c])` | one of the list, equally likely |
#
# - A *configuration* is a dict with the same names, such as `{"learning_rate": 0.003, "units": 64}`. Its values
#   are Python's own numbers and texts.
# - Randomness comes from the generator or the seed that you are given, and from nowhere else.
# - To train, call `tfkit.fit(model, X, Y, ...)`. It does what `model.fit(X, Y, ...)` does, several times faster.
# - One is a number like any other: an array of one draw, a space of one configuration, one trial, one step, one
#   output.
#
# **What green means.** Your function was right once in everything its docstring says. After you hand in, the
# same is asked with other sizes, values and seeds. How many points that is worth stands beside each question. A
# question that is green can still lose points there, but usually less than half.

# %%
import functools
from collections.abc import Callable

import keras
import keras_tuner
import numpy as np

import tfkit

# every trial trains this long, in batches of this size
EPOCHS, BATCH_SIZE = 10, 32
# the final model, trained once, may take longer
FINAL_EPOCHS = 30
# the digits: 64 pixels, 10 classes
N_FEATURES, NUM_CLASSES = 64, 10

# %% [markdown]
# ## 10.1 · A number between 0.00001 and 1 (3 points)
#
# Draw learning rates between $10^{-5}$ and 1 uniformly, and nine of ten lie above 0.1, where most networks
# explode. One of 11,000 lies below 0.0001. What matters is the order of magnitude. So it is the *logarithm*
# that is drawn uniformly:
#
# $$\ln x \sim \mathcal{U}(\ln \text{low},\ \ln \text{high})$$
#
# Then every decade gets the same share of the draws. You will see that it works when half of your draws lie
# below the geometric mean of the two ends.


# %%
def log_uniform(
    low: float, high: float, rng: np.random.Generator, size: int | tuple[int, ...] | None = None
) -> float | np.ndarray:
    """Draw numbers between `low` and `high` whose logarithm is uniform.

    Example:

    >>> draws = log_uniform(1e-4, 1.0, np.random.default_rng(0), size=10_000)
    >>> bool(0.48 < np.mean(draws < 1e-2) < 0.52)
    True

    Args:
        low: Lower end, above 0.
        high: Upper end, above `low`.
        rng: The only source of randomness.
        size: None for one number, or the shape of an array of independent draws.

    Returns:
        A float, or a float64 array of shape `size`, between `low` and `high`.

    Reference:
        Bergstra and Bengio, Random search for hyper-parameter optimization, JMLR 13, 2012.
    """
    raise NotImplementedError("10.1: log_uniform")


# %% [markdown]
# ## 10.2 · A grid (3 points)
#
# A grid takes a few values of each hyperparameter and tries every combination. The values are evenly spaced *in
# the range's own measure*: three points of `("log", 1e-4, 1.0)` are 0.0001, 0.01 and 1, not 0.0001, 0.50005 and
# 1.
#
# Count before you run. Five hyperparameters with four values each are 1024 trainings.


# %%
def grid(space: dict[str, tuple], points: int) -> list[dict]:
    """Return every combination of evenly spaced values, each once.

    A log range gives `points` values with equal ratios, a linear range `points` values with equal differences,
    ends included in both. An int range gives `points` values with equal differences, ends included, each
    rounded to the nearest whole number; what becomes equal counts once. A choice gives all its values, whatever
    `points` is.

    Example:

    >>> space = {"learning_rate": ("log", 1e-4, 1.0), "layers": ("int", 1, 2)}
    >>> len(grid(space, 3))
    6

    Args:
        space: The space.
        points: Number of values for each range, 2 or more.

    Returns:
        List of configurations, in any order.
    """
    raise NotImplementedError("10.2: grid")


# %% [markdown]
# ## 10.3 · Random search (3 points)
#
# Of many hyperparameters few matter, and nobody knows in advance which. A grid of 25 trials in two dimensions
# tries five values of the one that matters, five times each. 25 random trials try 25 values of it.
#
# How many trials are enough? If a share $p$ of the space is good, $n$ random trials all miss it with
# probability $(1 - p)^n$. With $p = 5\,\%$, 60 trials miss once in 20 times, however many hyperparameters there
# are.
#
# Running the same configuration twice teaches nothing new, so your configurations must differ. A small space
# may hold fewer than you are asked for. Then return all of them, and see to it that your function still ends.


# %%
def random_search(space: dict[str, tuple], n: int, rng: np.random.Generator) -> list[dict]:
    """Draw `n` different configurations of a space.

    Each value follows its entry's law: log-uniform, uniform, equally likely whole numbers with both ends
    included, equally likely choices.

    Example:

    >>> space = {"layers": ("int", 1, 2), "activation": ("choice", ["relu", "tanh"])}
    >>> len(random_search(space, 100, np.random.default_rng(0)))
    4

    Args:
        space: The space.
        n: How many configurations.
        rng: The only source of randomness.

    Returns:
        List of `n` configurations, no two equal; of all configurations of the space, when it holds fewer than `n`.
    """
    raise NotImplementedError("10.3: random_search")


# %% [markdown]
# **Pause.** You add three hyperparameters that turn out not to matter at all. What does that do to a grid of
# five values each, and what to 25 random trials?
#
# <details><summary>Answer</summary>
#
# The grid grows from 25 trials to 3125, and still tries five values of the one that matters. The random trials
# stay 25, and still try 25 values of it.
#
# </details>

# %% [markdown]
# ### Picture: the grid and the draws
#
# 25 trials each, before any training. The bars at the edges are the different values of each hyperparameter
# that were tried.
#
# If your random trials crowd at the right edge, the learning rate is not drawn by its order of magnitude. If
# the columns of the grid do, they are not evenly spaced on the log axis.


# %%
@tfkit.picture
def show_grid_and_random() -> str:
    """Draw 25 trials of a grid beside 25 random ones."""
    from tfkit.plots import plot_random_against_grid

    space = {"learning_rate": ("log", 1e-5, 1.0), "dropout": ("linear", 0.0, 0.5)}
    drawn = random_search(space, 25, np.random.default_rng(3))
    plot_random_against_grid(drawn, grid(space, 5), ("learning_rate", "dropout"), log=("learning_rate",))
    different = len({trial["learning_rate"] for trial in drawn})
    return f"25 trials of a grid try 5 different learning rates, 25 random ones {different}."


# %%
if __name__ == "__main__":
    show_grid_and_random()

# %% [markdown]
# ## 10.4 · From coarse to fine (5 points)
#
# A first search over a wide space says *where* to look. A second one around the best says *how well* it can
# get. The new range is `factor` times narrower than the old one and centred at the best value, in the measure
# of the range: with factor 2, a log range of four decades shrinks to two decades, one on each side of the best.
#
# If the best lies at an edge, half of the new range lies outside the old one. That is on purpose: the optimum
# may be out there. But there is no negative dropout and no layer number 0, so some ends are cut.
#
# A training that diverged has the score NaN. Try `max([0.3, float("nan"), 0.9])`, and then the same numbers in
# another order.


# %%
def coarse_to_fine(space: dict[str, tuple], trials: list[tuple[dict, float]], factor: float) -> dict[str, tuple]:
    """Return a narrower space around the best trial.

    * A log range: the ratio `high / low` becomes its `factor`-th root, and the best value is the geometric mean
      of the new ends.
    * A linear or int range: `high − low` is divided by `factor`, and the best value is the middle of the new
      ends. The ends of an int range are then rounded to the nearest whole number.
    * A linear range whose `low` was 0 or above keeps its new `low` at 0 or above, an int range whose `low` was
      1 or above keeps it at 1 or above: if the new `low` is below that, it is cut, and `high` stays where it is.
    * A choice stays as it is.

    The best trial is the one with the highest score; a score of NaN is never the best. `space` and `trials` are
    not changed.

    Example:

    >>> space = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"])}
    >>> trials = [({"rate": 0.01, "net": "b"}, 0.9), ({"rate": 1.0, "net": "a"}, 0.2)]
    >>> smaller = coarse_to_fine(space, trials, factor=2)
    >>> [round(end, 6) for end in smaller["rate"][1:]], smaller["net"]
    ([0.001, 0.1], ('choice', ['a', 'b']))

    Args:
        space: The space that was searched.
        trials: List of `(configuration, score)`, higher is better; one score or more is not NaN.
        factor: How much narrower, above 1.

    Returns:
        A space with the same names and kinds of entries.
    """
    raise NotImplementedError("10.4: coarse_to_fine")


# %% [markdown]
# ## 10.5 · Can it learn eight examples? (4 points)
#
# This is the cheapest test of a model, and you run it before any search. A network that cannot learn eight
# examples *by heart* has a mistake in it, and no hyperparameter will help. If the loss does not come close to
# 0, something is wrong with the learning rate, the loss, the labels or the output layer.
#
# A check that stays silent is worth nothing, so your function raises. And beware of NaN: `nan > 0.1` is
# `False`, and so is `nan <= 0.1`. In `tfkit.fit`, `stop_on_nonfinite=False` trains on after a NaN, as Keras
# does.


# %%
def overfit_tiny_batch(build: Callable[[], keras.Model], X: np.ndarray, Y: np.ndarray, steps: int) -> list[float]:
    """Train a fresh model on the first 8 examples, and raise an error if it does not learn them by heart.

    All 8 examples make one batch, and each step is one update. Learned by heart means: the last loss is at most
    0.1.

    Example:

    >>> def build():
    ...     layers = [keras.layers.Dense(32, "relu"), keras.layers.Dense(2, "softmax")]
    ...     model = keras.Sequential([keras.Input((6,)), *layers])
    ...     model.compile(keras.optimizers.Adam(0.05), "categorical_crossentropy", jit_compile=False)
    ...     return model
    >>> X, Y = np.random.default_rng(0).normal(size=(20, 6)), np.eye(2)[[0, 1] * 10]
    >>> losses = overfit_tiny_batch(build, X, Y, 60)
    >>> len(losses), losses[-1] < 0.1
    (60, True)

    Args:
        build: Function without arguments that returns a compiled `keras.Model`.
        X: Examples, array (M, n) with M of 8 or more; those after the eighth are not used.
        Y: Targets, array (M, k).
        steps: Number of updates.

    Returns:
        List of `steps` floats: the loss on the 8 examples before each update, as `fit` reports it.

    Raises:
        ValueError: If the last loss is above 0.1 or not a number. The message says what the loss was and what
            to try.
    """
    raise NotImplementedError("10.5: overfit_tiny_batch")


# %% [markdown]
# **Pause.** A network with ten outputs reports a loss of 2.30 on eight examples, after 20 steps and after 200.
# What do you look at first?
#
# <details><summary>Answer</summary>
#
# $\ln 10 = 2.30$ is the loss of somebody who gives each class the same probability. The network has not moved:
# the learning rate is far too small, or no gradient arrives at the weights.
#
# </details>

# %% [markdown]
# ### Pictures: a narrowing search, and eight digits
#
# The first picture searches for a learning rate four times. There is no network, the score is a hill with its
# top at 0.003. Each line is the range of one round, the mark is its best trial, and the next range is centred
# there. A range that never leaves its place does not look for the best; one that gets wider has its factor
# upside down.
#
# The second picture trains a small network on eight digits. The loss should fall below 0.1 within some 20
# steps. A line that stays near 2.3 has learned nothing.


# %%
@tfkit.picture
def show_narrowing(rounds: int = 4, factor: float = 3, seed: int = 1) -> str:
    """Draw how the range of a learning rate narrows around its best value."""
    import matplotlib.pyplot as plt

    rng = np.random.default_rng(seed)
    space = {"learning_rate": ("log", 1e-5, 1.0)}
    _, axes = plt.subplots(figsize=(7, 2.8))
    for number in range(1, rounds + 1):
        configs = random_search(space, 8, rng)
        trials = [(config, -((np.log10(config["learning_rate"]) - np.log10(0.003)) ** 2)) for config in configs]
        best = max(trials, key=lambda trial: trial[1])[0]["learning_rate"]
        _, low, high = space["learning_rate"]
        axes.plot([low, high], [number, number], "|-", color="C0", markersize=12)
        axes.plot(best, number, "o", color="C1", label="best of 8 trials" if number == 1 else None)
        space = coarse_to_fine(space, trials, factor)
    axes.axvline(0.003, color="grey", linestyle=":", label="top of the hill")
    axes.set(xscale="log", xlabel="learning rate", ylabel="round", yticks=range(1, rounds + 1))
    axes.invert_yaxis()
    axes.legend(loc="lower right", fontsize=8)
    return (
        f"The range of the last of {rounds} rounds goes from {low:.2g} to {high:.2g}, and its best trial is {best:.2g}."
    )


@functools.cache
def digits() -> list[tuple[np.ndarray, np.ndarray]]:
    """Return training, validation and test digits, each as examples and labels."""
    parts = tfkit.split(tfkit.load_digits(), fractions=(0.5, 0.2, 0.3), seed=0)
    return [((part.X / 16).astype(np.float32), part.Y.astype(np.float32)) for part in parts]


@tfkit.picture
def show_tiny_batch() -> str:
    """Draw the losses of a small network on eight digits."""
    from tfkit.plots import plot_losses

    def build():
        layers = [
            keras.Input((N_FEATURES,)),
            keras.layers.Dense(64, "relu"),
            keras.layers.Dense(NUM_CLASSES, "softmax"),
        ]
        model = keras.Sequential(layers)
        model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", jit_compile=False)
        return model

    keras.utils.set_random_seed(0)
    (X_train, Y_train), _, _ = digits()
    losses = overfit_tiny_batch(build, X_train, Y_train, 60)
    plot_losses({"8 digits": losses}, log_scale=True).set(xlabel="step", ylabel="loss on 8 examples")
    return f"The loss on eight digits falls from {losses[0]:.2g} to {losses[-1]:.2g} in {len(losses)} steps."


# %%
if __name__ == "__main__":
    show_narrowing()

# %%
if __name__ == "__main__":
    show_tiny_batch()

# %% [markdown]
# ## 10.6 · A space that keras-tuner understands (8 points)
#
# keras-tuner asks a function for a model and hands it `hp`. Each `hp.Int(...)`, `hp.Float(...)`,
# `hp.Choice(...)` does two things: it declares a hyperparameter, and it returns the value of the current trial.
#
# | name | values | |
# |---|---|---|
# | `hidden_layers` | 1, 2, 3 | number of hidden `Dense` layers |
# | `units` | 16 to 128, log-sampled | units of each hidden layer |
# | `activation` | `relu`, `tanh`, `sigmoid` | of the hidden layers |
# | `dropout` | 0 to 0.5 | rate of the `Dropout` after each hidden layer |
# | `learning_rate` | 1e-5 to 1, log-sampled | |
# | `optimizer` | `sgd`, `adam` | |
# | `momentum` | 0 to 0.9 | **only when the optimizer is sgd** |
#
# "Only when" is a *conditional scope*, `with hp.conditional_scope("optimizer", ["sgd"]):`. A plain `if` hides
# the momentum from nobody: keras-tuner would draw one for Adam too, write it into the trial, and count two
# equal trials as different.
#
# Two traps. `sampling="log"` is for the two that span orders of magnitude, and it cannot start at 0. And
# `step=0.1` never gives the upper end, because keras-tuner rounds 0.5 / 0.1 down: leave it out.


# %%
def build_model(hp: keras_tuner.HyperParameters) -> keras.Model:
    """Build a compiled classifier of the digits from hyperparameters, and declare them.

    64 inputs, then `hidden_layers` times a `Dense` layer of `units` with `activation` and a `Dropout` of rate
    `dropout`, then a `Dense` layer of 10 with softmax. Compiled with categorical cross-entropy (the labels are
    one-hot), the metric `"accuracy"`, and SGD (with `learning_rate` and `momentum`) or Adam (with
    `learning_rate`).

    Example:

    >>> hp = keras_tuner.HyperParameters()
    >>> hp.values = {"hidden_layers": 2, "units": 32, "optimizer": "adam"}
    >>> [weight.shape for weight in build_model(hp).get_weights()]
    [(64, 32), (32,), (32, 32), (32,), (32, 10), (10,)]

    Args:
        hp: The hyperparameters. Names and ranges are those of the table above.

    Returns:
        A compiled `keras.Model`, built for inputs of shape (M, 64), that returns probabilities of shape (M, 10).
    """
    raise NotImplementedError("10.6: build_model")


# %% [markdown]
# ## 10.7 · The search (9 points)
#
# A *tuner* proposes, trains and remembers. Which tuner it is depends on `method`:
#
# | method | tuner | |
# |---|---|---|
# | `random` | `keras_tuner.RandomSearch` | |
# | `grid` | `keras_tuner.GridSearch` | |
# | `bayesian` | `keras_tuner.BayesianOptimization` | a model of the score says where to look next |
# | `hyperband` | `keras_tuner.Hyperband` | many short trials, the best are trained longer; `max_epochs=EPOCHS` |
#
# Give your tuner `tfkit.TrialModel(build_model)` where it asks for a build function: its trials are trained by
# `tfkit.fit`, and each shows a line when it ends. Then call `tuner.search(...)` with what you would give to
# `fit`.
#
# keras-tuner has habits that you must know:
#
# - **The objective.** The validation accuracy is to be *maximised*.
#   `keras_tuner.Objective("val_accuracy", "max")` says so. With `"min"` the worst trial becomes the best, and
#   nothing complains.
# - **Old searches.** A directory with an old search in it is silently reloaded, and the "new" search ends
#   before it began. Either `overwrite=True`, or a fresh folder inside `directory` for each search.
# - **Seeds.** `seed=` decides the proposals, not the training. `keras.utils.set_random_seed(seed)` before the
#   search decides the rest. And `seed=0` is no seed to keras-tuner at all: it draws one.
# - **Failures.** An exception in a trial is written into its `trial.json`, as `message`, and the search goes
#   on. Three in a row end it.
# - **Reading.** `tuner.oracle.start_order` has the ids of the trials in the order in which they began, and
#   `tuner.oracle.get_trial(id)` has a trial's `score` and `hyperparameters.values`.
# - **Hyperband** has a schedule of its own and no `max_trials`. Its oracle has:
#   `tuner.oracle.max_trials = max_trials`. It also writes its books into the values, under names that begin
#   with `tuner/`. They are no hyperparameters.


# %%
def run_search(
    X_train: np.ndarray,
    Y_train: np.ndarray,
    X_val: np.ndarray,
    Y_val: np.ndarray,
    method: str,
    max_trials: int,
    seed: int,
    directory: str,
) -> dict:
    """Search with keras-tuner for the hyperparameters of `build_model` with the best validation accuracy.

    Each trial trains on `X_train, Y_train` alone, with batches of `BATCH_SIZE`, for `EPOCHS` epochs (with
    Hyperband at most that), and is scored by its accuracy on `X_val, Y_val` at its best epoch. The search
    begins anew: whatever an earlier search left in `directory` is neither used nor returned. The same arguments
    give the same trials and scores again.

    Example:

    >>> (X_train, Y_train), (X_val, Y_val), _ = digits()
    >>> found = run_search(X_train[:64], Y_train[:64], X_val, Y_val, "random", 1, 7, "search")
    >>> sorted(found), len(found["trials"])
    (['best', 'trials'], 1)

    Args:
        X_train: Array (M, 64), float32.
        Y_train: One-hot labels, array (M, 10).
        X_val: Array (V, 64).
        Y_val: One-hot labels, array (V, 10).
        method: `"random"`, `"grid"`, `"bayesian"` or `"hyperband"`.
        max_trials: How many trials are run.
        seed: Decides proposals and training.
        directory: Folder below which keras-tuner writes its files, among them a `trial.json` for each trial.

    Returns:
        Dict of `"best"`, the hyperparameters of the trial with the best validation accuracy, and `"trials"`, a
        list of dicts, one for each trial in the order in which they were run: `"trial_id"` (text),
        `"val_accuracy"` (float), and its hyperparameters by name. Hyperparameters are those of `build_model`,
        and `momentum` is there only in trials with sgd.
    """
    raise NotImplementedError("10.7: run_search")


# %% [markdown]
# ## 10.8 · The model that is handed over (4 points)
#
# A search ends with hyperparameters, not with a model: its models were trained for a few epochs, on part of the
# data. The final model is built with the best values, from a fresh start, and trained on everything that is not
# test data. `build_model` wants an `hp`, and one whose `values` are the best ones will do:
#
# ```python
# hp = keras_tuner.HyperParameters()
# hp.values = dict(best)
# ```
#
# You will see how good it is on digits that your program has never seen.


# %%
def final_model(best: dict, X: np.ndarray, Y: np.ndarray, seed: int) -> keras.Model:
    """Train a fresh model with the best hyperparameters.

    Trained for `FINAL_EPOCHS` epochs with batches of `BATCH_SIZE`. The same seed gives the same weights again,
    another seed others.

    Example:

    >>> best = {"hidden_layers": 1, "units": 16, "optimizer": "adam", "learning_rate": 0.01}
    >>> (X, Y), _, _ = digits()
    >>> final_model(best, X[:64], Y[:64], seed=0).count_params()
    1210

    Args:
        best: The hyperparameters, as in `run_search(...)["best"]`; not changed.
        X: Training and validation examples together, array (M, 64), float32.
        Y: One-hot labels, array (M, 10).
        seed: Decides the start and the order of examples.

    Returns:
        A trained `keras.Model`.
    """
    raise NotImplementedError("10.8: final_model")


# %% [markdown]
# **Pause.** The best of 30 validation accuracies is the largest of 30 noisy numbers, measured on 359 digits. By
# how much does it flatter the winner? And why may the final model do better all the same?
#
# <details><summary>Answer</summary>
#
# An accuracy near 0.96 on 359 digits has a standard error of about 0.01. The largest of several nearly equal
# ones is too high by one or two of these. The final model is trained three times as long and on more examples,
# which can be worth as much as the flattery costs.
#
# </details>

# %% [markdown]
# ### Pictures: the search, and the model that you hand over
#
# 30 random trials on 1797 digits, which were divided once into training, validation and test digits. The first
# picture has the validation accuracy over each hyperparameter. Expect a hill over the learning rate and clouds
# elsewhere. The second draws each trial as a line, the best one in orange: where do the good ones gather? If
# all trials lie near 0.1, nothing was trained. If the best one is at the bottom, the objective has the wrong
# direction.
#
# The last picture opens the test set, once. It shows digits that your final model reads wrongly. Would you have
# read them?


# %%
@functools.cache
def search_digits() -> dict:
    """Search with 30 random trials, once, and return what `run_search` returns."""
    (X_train, Y_train), (X_val, Y_val), _ = digits()
    return run_search(X_train, Y_train, X_val, Y_val, "random", 30, 1, "search")


def pairs(trials: list[dict]) -> list[tuple[dict, float]]:
    """Return the trials as pairs of hyperparameters and accuracy."""
    others = ("trial_id", "val_accuracy")
    return [({k: v for k, v in trial.items() if k not in others}, trial["val_accuracy"]) for trial in trials]


@tfkit.picture
def show_search() -> str:
    """Draw the accuracy of each trial against each of its hyperparameters, and all of them side by side."""
    from tfkit.plots import plot_objective, plot_parallel_coordinates

    trials = search_digits()["trials"]
    plot_objective(pairs(trials), label="val_accuracy")
    plot_parallel_coordinates(pairs(trials), label="val_accuracy")
    accuracies = sorted(trial["val_accuracy"] for trial in trials)
    return (
        f"The validation accuracies of 30 trials lie between {accuracies[0]:.3f} and {accuracies[-1]:.3f}; "
        f"half of the trials reach {accuracies[15]:.3f} or more."
    )


@tfkit.picture
def show_final_model() -> str:
    """Draw test digits that the final model reads wrongly."""
    import matplotlib.pyplot as plt

    found = search_digits()
    (X_train, Y_train), (X_val, Y_val), (X_test, Y_test) = digits()
    X, Y = np.concatenate([X_train, X_val]), np.concatenate([Y_train, Y_val])
    model = final_model(found["best"], X, Y, seed=0)
    read, true = np.asarray(model(X_test)).argmax(axis=1), Y_test.argmax(axis=1)
    wrong = np.flatnonzero(read != true)

    _, panels = plt.subplots(2, 6, figsize=(8, 3.2))
    for axes, index in zip(panels.flat, wrong, strict=False):
        axes.imshow(X_test[index].reshape(8, 8), cmap="gray_r")
        axes.set_title(f"{true[index]}, read as {read[index]}", fontsize=8)
    for axes in panels.flat:
        axes.axis("off")
    best = max(trial["val_accuracy"] for trial in found["trials"])
    return (
        f"The best of 30 trials has a validation accuracy of {best:.3f}. On {len(true)} test digits the final model "
        f"has one of {np.mean(read == true):.3f}; it reads {len(wrong)} of them wrongly."
    )


# %%
if __name__ == "__main__":
    show_search()

# %%
if __name__ == "__main__":
    show_final_model()

# %% [markdown]
# ## 10.9 · Stretch: two workers (1 point)
#
# No trial waits for another one, so several processes can share a search. keras-tuner has two roles for them. The
# *chief* proposes and keeps the books; it trains nothing. A *worker* asks the chief for a configuration, trains it,
# reports the score, and asks again. They all run the same program. What makes a process a chief or a worker are three
# variables of its environment:
#
# | variable | what it holds |
# |---|---|
# | `KERASTUNER_TUNER_ID` | the name of the process: `chief` for the chief, a name of its own for each worker |
# | `KERASTUNER_ORACLE_IP` | the address of the chief, here this machine: `127.0.0.1` |
# | `KERASTUNER_ORACLE_PORT` | the port at which the chief listens |
#
# A process without them is a search of its own. And keras-tuner takes every process with `chief` in its name for a
# chief.


# %%
def environments(workers: int, port: int) -> list[dict[str, str]]:
    """Return the variables that make one chief and some workers of the processes of a search.

    Example:

    >>> chief, first, second = environments(2, port=8000)
    >>> chief["KERASTUNER_TUNER_ID"], first["KERASTUNER_ORACLE_PORT"]
    ('chief', '8000')

    Args:
        workers: How many processes train, 1 or more.
        port: Where the chief listens, on the machine 127.0.0.1.

    Returns:
        List of `workers + 1` dicts of texts, each with the three variables. The first is that of the chief.
    """
    raise NotImplementedError("10.9: environments")


# %% [markdown]
# ### Picture: who ran which trial
#
# A chief and two workers search together, with your `build_model` and your `environments`. Each dot is a trial. When
# does the first one come, and how far apart are the others? Two workers are worth it when trials take minutes.
#
# The workers read your answers from a file. In a notebook, save them as a script first.


# %%
@tfkit.picture
def show_two_workers() -> str:
    """Draw when each of two workers ended its trials."""
    import matplotlib.pyplot as plt

    _, *names = [process["KERASTUNER_TUNER_ID"] for process in environments(2, port=8000)]
    if "__file__" not in globals():
        return "Two workers read your answers from a file: save the notebook as a script, and run that."
    trials = tfkit.search_together(__file__, environments, workers=2, max_trials=12)
    _, axes = plt.subplots(figsize=(7, 2))
    dots = axes.scatter(
        [trial.seconds for trial in trials],
        [names.index(trial.worker) for trial in trials],
        c=[trial.score for trial in trials],
        vmin=0,
        vmax=1,
    )
    axes.set(
        xlabel="seconds after the start", xlim=(0, None), yticks=range(len(names)), yticklabels=names, ylim=(-1, 2)
    )
    axes.figure.colorbar(dots, label="val_accuracy")
    first, last = trials[0].seconds, trials[-1].seconds
    return f"The first of {len(trials)} trials ends after {first:.0f} s, the last after {last:.0f} s."


# %%
if __name__ == "__main__":
    show_two_workers()
