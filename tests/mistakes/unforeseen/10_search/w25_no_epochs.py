"""w25_no_epochs: the number of epochs is not handed on, and a trial trains for one.

question: 10.7
means: fit knows it
cause: early-end
"""

import keras
import keras_tuner

import tfkit


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    keras.utils.set_random_seed(seed)
    common = dict(
        objective=keras_tuner.Objective("val_accuracy", "max"), directory=directory, seed=seed + 1, overwrite=True
    )
    model = tfkit.TrialModel(build_model)
    if method == "hyperband":
        tuner = keras_tuner.Hyperband(model, max_epochs=EPOCHS, **common)
        tuner.oracle.max_trials = max_trials
    elif method == "grid":
        tuner = keras_tuner.GridSearch(model, max_trials=max_trials, **common)
    elif method == "bayesian":
        tuner = keras_tuner.BayesianOptimization(model, max_trials=max_trials, **common)
    else:
        tuner = keras_tuner.RandomSearch(model, max_trials=max_trials, **common)
    tuner.search(
        X_train,
        Y_train,
        validation_data=(X_val, Y_val),
        batch_size=BATCH_SIZE,
        verbose=0,
    )
    own = lambda values: {k: v for k, v in values.items() if not k.startswith("tuner/")}  # noqa: E731
    trials = [
        {"trial_id": name, "val_accuracy": float(tuner.oracle.trials[name].score)}
        | own(tuner.oracle.trials[name].hyperparameters.values)
        for name in tuner.oracle.start_order
    ]
    return {"best": own(tuner.get_best_hyperparameters()[0].values), "trials": trials}
