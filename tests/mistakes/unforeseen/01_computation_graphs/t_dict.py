"""t-dict: dict(tape[m]).
question: 01.8
cause: counted-once
"""


def backpropagate(tape):
    g = [0.0] * len(tape)
    g[-1] = 1.0
    for m in reversed(range(len(tape))):
        operands = dict(tape[m])
        for n in operands:
            g[n] += g[m] * operands[n]
    return g
