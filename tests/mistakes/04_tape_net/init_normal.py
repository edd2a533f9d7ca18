"""init-normal: the weights are drawn from a normal distribution, not uniform in [0, 1).
question: 04.1
cause: distribution
"""


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(seed)
    return {
        "W1": tf.Variable(generator.normal((n, h))),
        "b1": tf.Variable(tf.zeros((1, h))),
        "W2": tf.Variable(generator.normal((h, k))),
        "b2": tf.Variable(tf.zeros((1, k))),
    }
