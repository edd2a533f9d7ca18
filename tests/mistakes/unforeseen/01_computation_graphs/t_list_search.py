"""t-list-search: inner loop finds users, and stops at the first.
question: 01.8
cause: counted-once, early-end, incomplete
"""


def backpropagate(tape):
    g = [0.0] * len(tape)
    g[-1] = 1.0
    for n in range(len(tape) - 2, -1, -1):
        for m in range(n + 1, len(tape)):
            found = [d for place, d in tape[m] if place == n]
            if found:
                g[n] = g[m] * sum(found)
                break
    return g
