"""twin-hidden-only: the model ends with the hidden layer.
question: 04.9
cause: missing-step, shape
"""


def sequential_twin(params):
    W1, b1 = params["W1"].numpy(), params["b1"].numpy()
    model = keras.Sequential([keras.Input((W1.shape[0],)), keras.layers.Dense(W1.shape[1], activation="sigmoid")])
    model.set_weights([W1, b1[0]])
    return model
