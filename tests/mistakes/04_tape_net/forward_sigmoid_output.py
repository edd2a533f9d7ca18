"""forward-sigmoid-output: the output goes through a sigmoid as well.
question: 04.2
cause: extra-activation, extra-function
"""


def forward(X, params):
    H = tf.sigmoid(tf.matmul(X, params["W1"]) + params["b1"])
    return tf.sigmoid(tf.matmul(H, params["W2"]) + params["b2"])
