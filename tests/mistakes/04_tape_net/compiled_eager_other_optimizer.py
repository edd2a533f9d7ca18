"""compiled-eager-other-optimizer: an eager loop with an optimizer made anew from the settings of the given one.
question: 04.8
cause: not-used, retraced, fresh-state
"""


def train_compiled(dataset, params, optimizer, epochs):
    own = keras.optimizers.SGD(learning_rate=float(optimizer.learning_rate), momentum=optimizer.momentum)
    return train(dataset, params, own, epochs)
