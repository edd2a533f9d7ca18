"""t-first-seed: the 1 stands at the first node.
question: 01.8
cause: start-value, wrong-value
"""


def backpropagate(tape):
    g = [0.0] * len(tape)
    g[0] = 1.0
    for m in reversed(range(len(tape))):
        for n, d in tape[m]:
            g[n] += g[m] * d
    return g
