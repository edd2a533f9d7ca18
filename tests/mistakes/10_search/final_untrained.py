"""final-untrained: the model is not trained.
question: 10.8
"""


def final_model(best, X, Y, seed) -> keras.Model:
    keras.utils.set_random_seed(seed)
    hp = keras_tuner.HyperParameters()
    hp.values = dict(best)
    model = build_model(hp)
    return model
