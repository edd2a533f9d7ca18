"""t-product: multiplies what comes back.
question: 01.8
cause: other-function
"""


def backpropagate(tape):
    g = [1.0] * len(tape)
    for m in reversed(range(len(tape))):
        for n, d in tape[m]:
            g[n] *= g[m] * d
    return g
