"""init-equal-columns: one column is drawn and repeated for every unit, so all units of a layer are the same.
question: 04.1
cause: distribution
"""


def init_params(n, h, k, seed):
    g = tf.random.Generator.from_seed(seed)

    def layer(inputs, units):
        # one weight vector per unit
        w = g.uniform((inputs, 1))
        return tf.Variable(tf.concat([w] * units, axis=1))

    W1 = layer(n, h)
    W2 = layer(h, k)
    return {"W1": W1, "b1": tf.Variable(tf.zeros((1, h))), "W2": W2, "b2": tf.Variable(tf.zeros((1, k)))}
