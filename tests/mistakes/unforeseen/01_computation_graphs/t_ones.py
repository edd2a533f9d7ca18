"""t-ones: starts with ones everywhere.
question: 01.8
cause: start-value, constant
"""


def backpropagate(tape):
    g = [1.0] * len(tape)
    for m in reversed(range(len(tape))):
        for n, d in tape[m]:
            g[n] += g[m] * d
    return g
