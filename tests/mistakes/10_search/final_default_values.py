"""final-default-values: the default hyperparameters in place of the best.
question: 10.8
"""


def final_model(best, X, Y, seed) -> keras.Model:
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    model = build_model(hp)
    tfkit.fit(model, X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return model
