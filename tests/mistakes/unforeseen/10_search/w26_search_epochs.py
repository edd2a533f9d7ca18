"""w26_search_epochs: trains as long as a trial, and not as the final model.

question: 10.8
means: EPOCHS for FINAL_EPOCHS
cause: early-end, constant, wrong-count, incomplete
"""

import keras
import keras_tuner

import tfkit


def final_model(best, X, Y, seed):
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    tfkit.fit(model, X, Y, epochs=EPOCHS, batch_size=BATCH_SIZE)
    return model
