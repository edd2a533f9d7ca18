"""init-flat-biases: the biases have shape (h,) and (k,), not (1, h) and (1, k).
question: 04.1
cause: keepdims, shape
"""


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(seed)
    return {
        "W1": tf.Variable(generator.uniform((n, h))),
        "b1": tf.Variable(tf.zeros((h,))),
        "W2": tf.Variable(generator.uniform((h, k))),
        "b2": tf.Variable(tf.zeros((k,))),
    }
