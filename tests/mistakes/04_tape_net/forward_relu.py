"""forward-relu: the hidden layer uses relu instead of the sigmoid.
question: 04.2
cause: other-activation, other-function
"""


def forward(X, params):
    Z1 = tf.matmul(X, params["W1"]) + params["b1"]
    return tf.matmul(tf.nn.relu(Z1), params["W2"]) + params["b2"]
