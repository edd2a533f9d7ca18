"""t-return-early: return inside of the loop.
question: 01.8
cause: early-end, one-step, incomplete
"""


def backpropagate(tape):
    g = [0.0] * len(tape)
    g[-1] = 1.0
    for m in reversed(range(len(tape))):
        for n, d in tape[m]:
            g[n] += g[m] * d
        return g
