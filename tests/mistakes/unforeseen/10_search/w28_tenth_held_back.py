"""w28_tenth_held_back: a tenth of the examples is kept for validation.

question: 10.8
means: validation as always
cause: incomplete, partial-loss
"""

import keras
import keras_tuner

import tfkit


def final_model(best, X, Y, seed):
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    tfkit.fit(model, X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, validation_split=0.1)
    return model
