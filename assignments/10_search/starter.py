# %% [markdown]
# # 10 · Hyperparameter search
#
# A gradient finds the weights. Nobody differentiates the learning rate, the number of layers or the dropout:
# somebody has to choose them, try, and choose again. Here you write the choosing. First by hand: how to draw a
# learning rate, what a grid is, what random search is, how to go from coarse to fine. Then with keras-tuner, which
# runs the trials, keeps their books and has two cleverer methods.
#
# Train with `tfkit.fit(model, X, Y, ...)` or with `model.fit(X, Y, ...)`: the arguments and results are the same, but
# a training that returns to Python after each batch takes several times longer.
#
# Three habits decide whether a search means anything, and all three are graded:
#
# * scales: a learning rate is searched by its *order of magnitude*;
# * budgets: so many trials, each different, none left over from yesterday;
# * honesty: trials are compared on validation data, and the test set is opened once, at the very end.
#
# **A space** is a dict from a name to one of four entries:
#
# | entry | values |
# |---|---|
# | `("log", low, high)` | numbers from low to high whose logarithm is uniform |
# | `("linear", low, high)` | numbers from low to high, uniform |
# | `("int", low, high)` | whole numbers, **both ends included**, equally likely |
# | `("choice", [a, b, c])` | one of the list, equally likely |
#
# A configuration is a dict with the same names, such as `{"learning_rate": 0.003, "units": 64}`, whose values are
# Python's own numbers and texts. Randomness always comes from the generator or seed that is passed in.
#
# A check that is green means that each function does once what each sentence of its docstring says, its
# example included. After you hand in, the same is asked with other sizes, values and seeds; how many
# points that is worth stands beside each question. A question that is green can still lose points there,
# but usually less than half.

# %%
import functools
import warnings

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
# Drawn uniformly, nine of ten learning rates lie above 0.1, where most networks explode, and one of 11,000
# lies below 0.0001. What matters is the order of magnitude, so it is the *logarithm* that is drawn uniformly:
#
# $$\ln x \sim \mathcal{U}(\ln \text{low},\ \ln \text{high})$$
#
# Then every decade gets the same number of trials.


# %%
def log_uniform(low, high, rng, size=None):
    """Draws numbers between `low` and `high` whose logarithm is uniform.

    Example:
        >>> draws = log_uniform(1e-4, 1.0, np.random.default_rng(0), size=10_000)
        >>> bool(0.48 < np.mean(draws < 1e-2) < 0.52)
        True

    Args:
        low: lower end, above 0.
        high: upper end, above `low`.
        rng: `numpy.random.Generator`, the only source of randomness.
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
# A grid takes a few values of each hyperparameter and tries every combination. "Evenly spaced" means evenly in
# the range's own measure: three points of `("log", 1e-4, 1.0)` are 0.0001, 0.01 and 1, not 0.0001, 0.50005 and 1.
#
# Count before you run: five hyperparameters with four values each are 1024 trainings.


# %%
def grid(space, points):
    """Returns every combination of evenly spaced values, each once.

    A log range gives `points` values with equal ratios, a linear range `points` values with equal differences,
    ends included in both. An int range gives `points` values with equal differences, ends included, each rounded
    to the nearest whole number; what becomes equal counts once. A choice gives all its values, whatever `points` is.

    Example:
        >>> space = {"learning_rate": ("log", 1e-4, 1.0), "layers": ("int", 1, 2)}
        >>> len(grid(space, 3))
        6

    Args:
        space: the space.
        points: number of values for each range, 2 or more.

    Returns:
        List of configurations, in any order.
    """
    raise NotImplementedError("10.2: grid")


# %% [markdown]
# ## 10.3 · Random search (3 points)
#
# Of many hyperparameters few matter, and nobody knows in advance which. A grid of 25 trials in two dimensions tries
# five values of the one that matters, five times each. 25 random trials try 25 values of it.
#
# Running the same configuration twice teaches nothing new, so the configurations must differ. A small space may hold
# fewer than asked for: then all of them are returned, and the function still ends.


# %%
def random_search(space, n, rng):
    """Draws `n` different configurations of a space.

    Each value follows its entry's law: log-uniform, uniform, equally likely whole numbers with both ends included,
    equally likely choices.

    Example:
        >>> space = {"layers": ("int", 1, 2), "activation": ("choice", ["relu", "tanh"])}
        >>> len(random_search(space, 100, np.random.default_rng(0)))
        4

    Args:
        space: the space.
        n: how many configurations.
        rng: `numpy.random.Generator`, the only source of randomness.

    Returns:
        List of `n` configurations, no two equal; of all configurations of the space, when it holds fewer than `n`.
    """
    raise NotImplementedError("10.3: random_search")


# %% [markdown]
# ## 10.4 · From coarse to fine (5 points)
#
# A first search over a wide space says *where* to look, a second one around the best says *how well* it can get.
# The new range is `factor` times narrower than the old and centred at the best value, in the measure of the
# range: a log range of four decades shrinks with factor 2 to two decades, one on each side of the best.
#
# If the best lies at an edge, half of the new range lies outside the old one. That is on purpose: the optimum may
# be out there. A training that diverged has the score NaN, and `max` with a NaN in the list returns anything.


# %%
def coarse_to_fine(space, trials, factor):
    """Returns a narrower space around the best trial.

    * A log range: the ratio `high / low` becomes its `factor`-th root, and the best value is the geometric
      mean of the new ends.
    * A linear or int range: `high − low` is divided by `factor`, and the best value is the middle of the new ends.
      The ends of an int range are then rounded to the nearest whole number.
    * A linear range whose `low` was 0 or above keeps its new `low` at 0 or above (there is no negative dropout), an int
      range whose `low` was 1 or above keeps it at 1 or above: if the new `low` is below that, it is cut, and
      `high` stays where it is.
    * A choice stays as it is.

    The best trial is the one with the highest score; a score of NaN is never the best. `space` and `trials` are not
    changed.

    Example:
        >>> space = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"])}
        >>> smaller = coarse_to_fine(space, [({"rate": 0.01, "net": "b"}, 0.9), ({"rate": 1.0, "net": "a"}, 0.2)], 2)
        >>> [round(end, 6) for end in smaller["rate"][1:]], smaller["net"]
        ([0.001, 0.1], ('choice', ['a', 'b']))

    Args:
        space: the space that was searched.
        trials: list of `(configuration, score)`, higher is better; one score or more is not NaN.
        factor: how much narrower, above 1.

    Returns:
        A space with the same names and kinds of entries.
    """
    raise NotImplementedError("10.4: coarse_to_fine")


# %% [markdown]
# ## 10.5 · Can it learn eight examples? (4 points)
#
# The cheapest test of a model, to be run before any search: a network that cannot learn eight examples *by heart* has a
# mistake in it, and no hyperparameter will help. If the loss does not come close to 0, something is wrong with the
# learning rate, the loss, the labels or the output layer.
#
# A check that stays silent is worth nothing, so the function raises. And beware of NaN: `nan > 0.1` is `False`.


# %%
def overfit_tiny_batch(build, X, Y, steps):
    """Trains a fresh model on the first 8 examples, and raises if it does not learn them by heart.

    All 8 examples make one batch, and each step is one update. Learned by heart: the last loss is at most 0.1.

    Args:
        build: function without arguments that returns a compiled `keras.Model`.
        X: examples, array (M, n) with M of 8 or more; those after the eighth are not used.
        Y: targets, array (M, k).
        steps: number of updates.

    Returns:
        List of `steps` floats: the loss on the 8 examples before each update, as `fit` reports it.

    Raises:
        ValueError: if the last loss is above 0.1 or not a number. The message says what the loss was and what to try.
    """
    raise NotImplementedError("10.5: overfit_tiny_batch")


# %% [markdown]
# ## 10.6 · A space that keras-tuner understands (8 points)
#
# keras-tuner asks a function for a model and hands it `hp`. Each `hp.Int(...)`, `hp.Float(...)`, `hp.Choice(...)` does
# two things: it declares a hyperparameter, and it returns the value of the current trial.
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
# "Only when" is a *conditional scope*, `with hp.conditional_scope("optimizer", ["sgd"]):`. A plain `if` hides the
# momentum from nobody: keras-tuner would draw one for Adam too, write it into the trial, and count two equal trials
# as different.
#
# Two traps. `sampling="log"` is for the two that span orders of magnitude; it cannot start at 0. And `step=0.1` never
# gives the upper end, because 0.5 / 0.1 is rounded down: leave it out.


# %%
def build_model(hp: keras_tuner.HyperParameters) -> keras.Model:
    """Builds a compiled classifier of the digits from hyperparameters, and declares them.

    64 inputs, then `hidden_layers` times a `Dense` layer of `units` with `activation` and a `Dropout` of rate
    `dropout`, then a `Dense` layer of 10 with softmax. Compiled with categorical cross-entropy (the labels are
    one-hot), the metric `"accuracy"`, and SGD (with `learning_rate` and `momentum`) or Adam (with
    `learning_rate`).

    Args:
        hp: `keras_tuner.HyperParameters`. The names and ranges are those of the table above.

    Returns:
        A compiled `keras.Model`, built for inputs of shape (M, 64), that returns probabilities of shape (M, 10).
    """
    raise NotImplementedError("10.6: build_model")


# %% [markdown]
# ## 10.7 · The search (10 points)
#
# A *tuner* proposes, trains and remembers; which tuner depends on `method`:
#
# | method | tuner | |
# |---|---|---|
# | `random` | `keras_tuner.RandomSearch` | |
# | `grid` | `keras_tuner.GridSearch` | |
# | `bayesian` | `keras_tuner.BayesianOptimization` | a model of the score says where to look next |
# | `hyperband` | `keras_tuner.Hyperband` | many short trials, the best are trained longer; `max_epochs=EPOCHS` |
#
# keras-tuner has habits that you must know:
#
# * The objective: `"val_accuracy"` is to be *maximised*. `keras_tuner.Objective("val_accuracy", "max")` says so; with
#   `"min"` the worst trial becomes the best and nothing complains.
# * A directory with an old search in it is silently reloaded, and the "new" search ends before it began. Either
#   `overwrite=True`, or a fresh folder inside `directory` for each search.
# * `seed=` decides the proposals, not the training. `keras.utils.set_random_seed(seed)` before the search decides the
#   rest. (And `seed=0` is no seed to keras-tuner at all: it draws one.)
# * An exception in a trial is written into its `trial.json`, as `message`, and the search goes on; the trial's score is
#   `None`. Three in a row end it.
# * Hyperband has a schedule of its own and no `max_trials`. Its oracle has: `tuner.oracle.max_trials = max_trials`. It
#   also writes its books into the values, under names that begin with `tuner/`; they are no hyperparameters.
#
# `DigitsModel` below is given. It hands `build_model` to a tuner, trains with `tfkit.fit`, which does what `model.fit`
# does in a fraction of the time, and shows a line for each trial when you run this file. Pass a `DigitsModel()` to
# your tuner in place of a build function.


# %%
class DigitsModel(keras_tuner.HyperModel):
    """What a tuner wants to know: how to build a model, and how to train it."""

    def build(self, hp):
        return build_model(hp)

    def fit(self, hp, model, *args, callbacks=(), **kwargs):
        """Trains a trial's model. The arguments are those of `tuner.search`, and callbacks of the tuner's."""
        # one of the tuner's callbacks writes the best weights of each trial, from which Hyperband alone goes on; the
        # other looks at every batch, does nothing, and would keep the loop from being compiled
        goes_on = "tuner/epochs" in hp.values
        kept = [callback for callback in callbacks if goes_on and type(callback).__name__ != "TunerCallback"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", tfkit.NonFiniteLossWarning)  # a trial that diverges is a result as well
            history = tfkit.fit(model, *args, callbacks=kept, validation_batch_size=1024, **kwargs)
        if __name__ == "__main__":
            values = {name: f"{value:.3g}" if isinstance(value, float) else value for name, value in hp.values.items()}
            print(f"val_accuracy {max(history.history['val_accuracy']):.3f}  {values}", flush=True)
        return history


# %%
def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    """Searches with keras-tuner for the hyperparameters of `build_model` with the best validation accuracy.

    Each trial trains on `X_train, Y_train` alone, with batches of `BATCH_SIZE`, for `EPOCHS` epochs (with Hyperband at
    most that), and is scored by its accuracy on `X_val, Y_val` at its best epoch. The search begins anew:
    whatever an earlier search left in `directory` is neither used nor returned. The same arguments give the same
    trials and scores again.

    Args:
        X_train: array (M, 64), float32.
        Y_train: one-hot labels, array (M, 10).
        X_val: array (V, 64).
        Y_val: one-hot labels, array (V, 10).
        method: `"random"`, `"grid"`, `"bayesian"` or `"hyperband"`.
        max_trials: how many trials are run.
        seed: decides proposals and training.
        directory: folder below which keras-tuner writes its files, among them a `trial.json` for each trial.

    Returns:
        Dict of `"best"`, the hyperparameters of the trial with the best validation accuracy, and `"trials"`, a
        list of dicts, one for each trial in the order in which they were run: `"trial_id"` (text),
        `"val_accuracy"` (float), and its hyperparameters by name. Hyperparameters are those of `build_model`, and
        `momentum` is there only in trials with sgd.
    """
    raise NotImplementedError("10.7: run_search")


# %% [markdown]
# ## 10.8 · The model that is handed over (4 points)
#
# A search ends with hyperparameters, not with a model: its models were trained for a few epochs, on part of the
# data. The final model is built with the best values, from a fresh start, and trained on everything that is not test
# data. `build_model` wants an `hp`; one whose `values` are the best ones does:
#
# ```python
# hp = keras_tuner.HyperParameters()
# hp.values = dict(best)
# ```
#
# Graded by its accuracy on digits that your program never sees.


# %%
def final_model(best, X, Y, seed) -> keras.Model:
    """Trains a fresh model with the best hyperparameters.

    Trained for `FINAL_EPOCHS` epochs with batches of `BATCH_SIZE`. The same seed gives the same weights again,
    another seed others.

    Args:
        best: the hyperparameters, as in `run_search(...)["best"]`; not changed.
        X: training and validation examples together, array (M, 64), float32.
        Y: one-hot labels, array (M, 10).
        seed: decides the start and the order of examples.

    Returns:
        A trained `keras.Model`.
    """
    raise NotImplementedError("10.8: final_model")


# %% [markdown]
# ## The pictures
#
# First the space without any training: 25 trials of a grid and 25 random ones. The bars at the edges are the
# different values of each hyperparameter that were tried.


# %%
@tfkit.picture
def show_grid_and_random():
    """Draws 25 trials of a grid beside 25 random ones."""
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
# Then the digits: 1797 images, divided once. The test part is opened in the last cell.


# %%
def digits():
    """Returns training, validation and test digits, each as examples and labels."""
    parts = tfkit.split(tfkit.load_digits(), fractions=(0.5, 0.2, 0.3), seed=0)
    return [((part.X / 16).astype(np.float32), part.Y.astype(np.float32)) for part in parts]


@tfkit.picture
def show_tiny_batch():
    """Draws the losses of a sensible model on eight digits."""
    from tfkit.plots import plot_losses

    def sensible():
        hp = keras_tuner.HyperParameters()
        hp.values = {"hidden_layers": 2, "units": 64, "optimizer": "adam", "learning_rate": 0.01}
        return build_model(hp)

    (X_train, Y_train), _, _ = digits()
    losses = overfit_tiny_batch(sensible, X_train, Y_train, 60)
    plot_losses({"8 digits": losses}, log_scale=True).set(xlabel="step", ylabel="loss on 8 examples")
    return f"The loss on eight digits falls from {losses[0]:.2g} to {losses[-1]:.2g} in {len(losses)} steps."


# %%
if __name__ == "__main__":
    show_tiny_batch()

# %% [markdown]
# The search: 30 random trials. Which hyperparameters matter? Look for a shape among the clouds.


# %%
@functools.cache
def search_digits():
    """Searches with 30 random trials, once, and returns what `run_search` returns."""
    (X_train, Y_train), (X_val, Y_val), _ = digits()
    return run_search(X_train, Y_train, X_val, Y_val, "random", 30, 1, "search")


def pairs(trials):
    """Returns the trials as pairs of hyperparameters and accuracy."""
    others = ("trial_id", "val_accuracy")
    return [({k: v for k, v in trial.items() if k not in others}, trial["val_accuracy"]) for trial in trials]


@tfkit.picture
def show_search():
    """Draws the accuracy of each trial against each of its hyperparameters, and all of them side by side."""
    from tfkit.plots import plot_objective, plot_parallel_coordinates

    trials = search_digits()["trials"]
    plot_objective(pairs(trials), label="val_accuracy")
    plot_parallel_coordinates(pairs(trials), label="val_accuracy")
    accuracies = sorted(trial["val_accuracy"] for trial in trials)
    return (
        f"The validation accuracies of 30 trials lie between {accuracies[0]:.3f} and {accuracies[-1]:.3f}; "
        f"half of the trials reach {accuracies[15]:.3f} or more."
    )


# %%
if __name__ == "__main__":
    show_search()

# %% [markdown]
# From coarse to fine: where would you look next? And at last the test set, once.


# %%
@tfkit.picture
def show_final_model():
    """Tells the finer space, and the accuracy of the final model on the test digits."""
    found = search_digits()
    coarse = {"learning_rate": ("log", 1e-5, 1.0), "units": ("int", 16, 128)}
    finer = coarse_to_fine(coarse, pairs(found["trials"]), 3)

    (X_train, Y_train), (X_val, Y_val), (X_test, Y_test) = digits()
    X, Y = np.concatenate([X_train, X_val]), np.concatenate([Y_train, Y_val])
    model = final_model(found["best"], X, Y, seed=0)
    accuracy = np.mean(np.asarray(model(X_test)).argmax(axis=1) == Y_test.argmax(axis=1))
    best = max(trial["val_accuracy"] for trial in found["trials"])
    return (
        f"A finer space is {finer}. The best of 30 trials has a validation accuracy of {best:.3f}, "
        f"and the final model reaches {accuracy:.3f} on {len(X_test)} test digits."
    )


# %%
if __name__ == "__main__":
    show_final_model()
