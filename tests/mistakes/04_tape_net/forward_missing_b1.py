"""forward-missing-b1: the hidden bias b1 is not added.
question: 04.2
cause: missing-term
"""


def forward(X, params):
    H = tf.sigmoid(tf.matmul(X, params["W1"]))
    return tf.matmul(H, params["W2"]) + params["b2"]
