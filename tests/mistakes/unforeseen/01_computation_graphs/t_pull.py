"""t-pull: takes the derivative in the node, g[m] += g[n] * d, left to right.
question: 01.8
cause: wrong-value, arguments-swapped, order
"""


def backpropagate(tape):
    g = [0.0] * len(tape)
    for m in range(len(tape)):
        if not tape[m]:
            g[m] = 1.0
        for n, d in tape[m]:
            g[m] += g[n] * d
    return g
