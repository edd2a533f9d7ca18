"""search-train-accuracy: the training accuracy is maximised.
question: 10.7
"""


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    keras.utils.set_random_seed(seed)
    common = {
        "hypermodel": DigitsModel(),
        "objective": keras_tuner.Objective("accuracy", "max"),
        "seed": seed + 1,  # never 0, which keras-tuner takes for None
        "directory": directory,
        "project_name": method,
        "overwrite": True,
    }
    if method == "hyperband":
        tuner = keras_tuner.Hyperband(max_epochs=EPOCHS, **common)
        tuner.oracle.max_trials = max_trials
    else:
        tuners = {
            "random": keras_tuner.RandomSearch,
            "grid": keras_tuner.GridSearch,
            "bayesian": keras_tuner.BayesianOptimization,
        }
        tuner = tuners[method](max_trials=max_trials, **common)
    tuner.search(
        X_train,
        Y_train,
        validation_data=(X_val, Y_val),
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        verbose=0,
    )

    def hyperparameters(hp):
        """The values without Hyperband's books."""
        return {name: value for name, value in hp.values.items() if not name.startswith("tuner/")}

    trials = []
    for trial_id in tuner.oracle.start_order:
        trial = tuner.oracle.get_trial(trial_id)
        row = {"trial_id": trial_id, "val_accuracy": float(trial.score)}
        trials.append(row | hyperparameters(trial.hyperparameters))
    return {"best": hyperparameters(tuner.get_best_hyperparameters()[0]), "trials": trials}
