"""forward-missing-b2: the output bias b2 is not added.
question: 04.2
cause: missing-term
"""


def forward(X, params):
    H = tf.sigmoid(tf.matmul(X, params["W1"]) + params["b1"])
    return tf.matmul(H, params["W2"])
