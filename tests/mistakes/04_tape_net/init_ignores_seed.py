"""init-ignores-seed: the seed is not used, so two calls with one seed differ.
question: 04.1
cause: seed, not-used, kept-state
"""


def init_params(n, h, k, seed):
    return {
        "W1": tf.Variable(tf.random.uniform((n, h))),
        "b1": tf.Variable(tf.zeros((1, h))),
        "W2": tf.Variable(tf.random.uniform((h, k))),
        "b2": tf.Variable(tf.zeros((1, k))),
    }
