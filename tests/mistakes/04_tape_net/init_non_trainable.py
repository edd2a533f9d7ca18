"""init-non-trainable: the variables are not trainable, so the tape does not watch them.
question: 04.1
cause: flag
"""


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(seed)
    return {
        "W1": tf.Variable(generator.uniform((n, h)), trainable=False),
        "b1": tf.Variable(tf.zeros((1, h)), trainable=False),
        "W2": tf.Variable(generator.uniform((h, k)), trainable=False),
        "b2": tf.Variable(tf.zeros((1, k)), trainable=False),
    }
