"""final-unseeded: the seed is not used.
question: 10.8
"""


def final_model(best, X, Y, seed) -> keras.Model:
    keras.utils.set_random_seed(int.from_bytes(__import__('os').urandom(3), 'big'))
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    tfkit.fit(model, X, Y, epochs=FINAL_EPOCHS, batch_size=BATCH_SIZE, verbose=0)
    return model
