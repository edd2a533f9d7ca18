"""softmax-sigmoid: a sigmoid per class.
question: 03.8
cause: other-activation, other-function
"""


def softmax(Z):
    return sigmoid(Z)
