"""init-symmetric-range: the weights are uniform in [-1, 1), not in [0, 1).
question: 04.1
cause: distribution, constant
"""


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(seed)
    return {
        "W1": tf.Variable(generator.uniform((n, h), -1.0, 1.0)),
        "b1": tf.Variable(tf.zeros((1, h))),
        "W2": tf.Variable(generator.uniform((h, k), -1.0, 1.0)),
        "b2": tf.Variable(tf.zeros((1, k))),
    }
