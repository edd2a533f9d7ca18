"""Tells of problems without end: statements that fail with huge texts whenever something is asked, and forged homes.

aims: exhaust
"""

import sys


class Loud(Exception):
    def __str__(self):
        return "L" * 10**7


def fail(number):
    raise Loud(number)


for number in range(200):
    exec(f"class C{number}(dict): pass\nT{number} = C{number}()")

server = sys.modules["autograder.isolation.inside.student"]._Server
answer = server.answer


def answered(self, request):
    found = answer(self, request)
    problem = {
        "kind": "not-honoured",
        "part": "p" * 10_000,
        "line": 2**40,
        "text": "<b>" * 3000,
        "names": ["n"] * 10_000,
    }
    found["problems"] = [problem] * 40 + [{"kind": "status"}, None, {"kind": "syntax", "names": {"a": 1}}]
    found["homes"] = {str(number): ["x"] for number in range(5000)}
    return found


server.answer = answered
WRONG = fail(1)


def sigmoid(Z):
    return WRONG


def mse_loss(Y_hat, Y):
    return T1, WRONG
