"""t-skip-last: starts at the last but one.
question: 01.8
cause: off-by-one, missing-step, early-end
"""


def backpropagate(tape):
    g = [0.0] * len(tape)
    g[-1] = 1.0
    for m in range(len(tape) - 2, -1, -1):
        for n, d in tape[m]:
            g[n] += g[m] * d
    return g
