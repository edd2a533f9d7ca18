"""forward-sigmoid-twice: the sigmoid is applied to the hidden layer twice.
question: 04.2
cause: extra-activation, repeated-step
"""


def forward(X, params):
    H = tf.sigmoid(tf.matmul(X, params["W1"]) + params["b1"])
    return tf.matmul(tf.sigmoid(H), params["W2"]) + params["b2"]
