"""The slide's gradients are those of 03.5, and the classifier's are half of them: its own `backward` is asked for both."""


def classifier_backward(cache, Y, params):
    return {name: gradient / 2 for name, gradient in backward(cache, Y, params).items()}


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    return backward({"X": X, "Z1": Z, "H": H, "Y_hat": Y_hat}, Y, {"W1": W1, "W2": W2})
