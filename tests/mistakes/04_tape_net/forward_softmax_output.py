"""forward-softmax-output: the output goes through a softmax, as in a classifier.
question: 04.2
cause: extra-activation, extra-function
"""


def forward(X, params):
    H = tf.sigmoid(tf.matmul(X, params["W1"]) + params["b1"])
    return tf.nn.softmax(tf.matmul(H, params["W2"]) + params["b2"])
