"""t-no-chain: adds the small derivatives without g[m].
question: 01.8
cause: missing-factor
"""


def backpropagate(tape):
    g = [0.0] * len(tape)
    g[-1] = 1.0
    for m in reversed(range(len(tape))):
        for n, d in tape[m]:
            g[n] += d
    return g
