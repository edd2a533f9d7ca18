"""init-float64: NumPy's default dtype float64 is kept, where float32 is asked.
question: 04.1
cause: dtype
"""


def init_params(n, h, k, seed):
    import numpy as np

    rng = np.random.default_rng(seed)
    return {
        "W1": tf.Variable(rng.uniform(size=(n, h))),
        "b1": tf.Variable(np.zeros((1, h))),
        "W2": tf.Variable(rng.uniform(size=(h, k))),
        "b2": tf.Variable(np.zeros((1, k))),
    }
