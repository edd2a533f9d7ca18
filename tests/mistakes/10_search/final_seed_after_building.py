"""final-seed-after-building: the seed is set when the weights are drawn already.
question: 10.8
"""


def final_model(best, X, Y, seed):
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    keras.utils.set_random_seed(seed)
    model.fit(X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return model
