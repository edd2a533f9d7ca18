"""init-depends-on-history: an operation seed without a global one gives other numbers at every call.
question: 04.1
cause: kept-state, seed
"""


def init_params(n, h, k, seed):
    return {
        "W1": tf.Variable(tf.random.uniform((n, h), seed=seed)),
        "b1": tf.Variable(tf.zeros((1, h))),
        "W2": tf.Variable(tf.random.uniform((h, k), seed=seed + 1)),
        "b2": tf.Variable(tf.zeros((1, k))),
    }
