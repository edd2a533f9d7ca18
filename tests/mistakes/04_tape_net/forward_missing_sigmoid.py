"""forward-missing-sigmoid: the hidden layer has no activation, so the network is linear.
question: 04.2
cause: missing-activation, missing-function, missing-step
"""


def forward(X, params):
    H = tf.matmul(X, params["W1"]) + params["b1"]
    return tf.matmul(H, params["W2"]) + params["b2"]
