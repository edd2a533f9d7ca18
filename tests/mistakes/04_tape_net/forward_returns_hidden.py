"""forward-returns-hidden: the hidden activations are returned, not the output.
question: 04.2
cause: missing-step, shape
"""


def forward(X, params):
    H = tf.sigmoid(tf.matmul(X, params["W1"]) + params["b1"])
    return H
