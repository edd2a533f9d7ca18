"""init-same-draws: both layers use the same seed, so the smaller matrix repeats the numbers of the larger one.
question: 04.1
cause: same-draws
"""


def init_params(n, h, k, seed):
    return {
        "W1": tf.Variable(tf.random.stateless_uniform((n, h), seed=(seed, 0))),
        "b1": tf.Variable(tf.zeros((1, h))),
        "W2": tf.Variable(tf.random.stateless_uniform((h, k), seed=(seed, 0))),
        "b2": tf.Variable(tf.zeros((1, k))),
    }
