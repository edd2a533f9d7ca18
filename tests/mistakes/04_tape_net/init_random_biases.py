"""init-random-biases: the biases are random as well, as on the lecture's slide, instead of zero.
question: 04.1
cause: wrong-value, distribution
"""


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(seed)
    return {
        "W1": tf.Variable(generator.uniform((n, h))),
        "b1": tf.Variable(generator.uniform((1, h))),
        "W2": tf.Variable(generator.uniform((h, k))),
        "b2": tf.Variable(generator.uniform((1, k))),
    }
