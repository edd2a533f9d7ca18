"""init-constants: the parameters are plain tensors, which nothing can update in place.
question: 04.1
cause: kind
"""


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(seed)
    return {
        "W1": generator.uniform((n, h)),
        "b1": tf.zeros((1, h)),
        "W2": generator.uniform((h, k)),
        "b2": tf.zeros((1, k)),
    }
