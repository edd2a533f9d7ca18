"""init-fixed-seed: the generator always starts from 42, whatever the seed.
question: 04.1
cause: seed, not-used
"""


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(42)
    return {
        "W1": tf.Variable(generator.uniform((n, h))),
        "b1": tf.Variable(tf.zeros((1, h))),
        "W2": tf.Variable(generator.uniform((h, k))),
        "b2": tf.Variable(tf.zeros((1, k))),
    }
