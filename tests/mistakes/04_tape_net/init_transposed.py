"""init-transposed: the weights are stored as (units, inputs).
question: 04.1
cause: transpose, arguments-swapped, shape
"""


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(seed)
    return {
        "W1": tf.Variable(generator.uniform((h, n))),
        "b1": tf.Variable(tf.zeros((1, h))),
        "W2": tf.Variable(generator.uniform((k, h))),
        "b2": tf.Variable(tf.zeros((1, k))),
    }
