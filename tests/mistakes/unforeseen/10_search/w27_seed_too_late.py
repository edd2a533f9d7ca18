"""w27_seed_too_late: the seed is set when the model is there already.

question: 10.8
means: the start is left to chance
cause: seed, order
"""

import keras
import keras_tuner

import tfkit


def final_model(best, X, Y, seed):
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    keras.utils.set_random_seed(seed)
    tfkit.fit(model, X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE)
    return model
