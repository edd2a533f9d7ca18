"""compiled-eager: nothing is compiled: the eager loop runs again.
question: 04.8
cause: retraced
"""


def train_compiled(dataset, params, optimizer, epochs):
    return train(dataset, params, optimizer, epochs)
