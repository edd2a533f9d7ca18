"""w23_sorted_by_score: the trials come sorted by score, as the oracle lists the best.

question: 10.7
means: get_best_trials for the list
cause: order
"""

import keras
import keras_tuner

import tfkit


def run_search(X_train, Y_train, X_val, Y_val, method, max_trials, seed, directory):
    keras.utils.set_random_seed(seed)
    kinds = {
        "random": keras_tuner.RandomSearch,
        "grid": keras_tuner.GridSearch,
        "bayesian": keras_tuner.BayesianOptimization,
    }
    common = dict(
        hypermodel=tfkit.TrialModel(build_model),
        objective=keras_tuner.Objective("val_accuracy", "max"),
        directory=directory,
        seed=seed + 1,
        overwrite=True,
        project_name=method,
    )
    if method == "hyperband":
        tuner = keras_tuner.Hyperband(max_epochs=EPOCHS, **common)
        tuner.oracle.max_trials = max_trials
        tuner.search(X_train, Y_train, validation_data=(X_val, Y_val), batch_size=BATCH_SIZE, verbose=0)
    else:
        tuner = kinds[method](max_trials=max_trials, **common)
        tuner.search(X_train, Y_train, validation_data=(X_val, Y_val), epochs=EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    best_first = tuner.oracle.get_best_trials(max_trials)

    def values(trial):
        return {k: v for k, v in trial.hyperparameters.values.items() if not k.startswith("tuner/")}

    trials = [{"trial_id": t.trial_id, "val_accuracy": float(t.score), **values(t)} for t in best_first]
    return {"best": values(best_first[0]), "trials": trials}
