"""t-forward: walks from left to right.
question: 01.8
cause: order, one-step
"""


def backpropagate(tape):
    g = [0.0] * len(tape)
    g[-1] = 1.0
    for m in range(len(tape)):
        for n, d in tape[m]:
            g[n] += g[m] * d
    return g
