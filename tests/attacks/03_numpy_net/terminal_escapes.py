"""Prints terminal commands, HTML, scripts, control characters and text that is not UTF-8, and raises them as messages.

aims: score
"""

import os

import numpy as np

MARKUP = (
    "\x1b[2J\x1b[1;1H\x1b]0;40 of 40\x07\x1b[8m\x1b[?1049h\x9b31m\r40/40 passed\n"
    "</pre></td></table><script>document.body.innerText = '40 / 40'</script><img src=x onerror=alert(1)>"
    '{{ 7 * 7 }} ${{7*7}} <!-- ]]> [bold red]markup[/] \u202e04/04\u2066 =HYPERLINK("http://127.0.0.1","40")'
)


class Loud(Exception):
    """An error that speaks in markup."""

    __qualname__ = MARKUP

    def __str__(self):
        return MARKUP * 200


Loud.__name__ = "<script>alert(2)</script>"


def attack():
    os.write(1, MARKUP.encode() + b"\xff\xfe\x00\xc3\x28\xed\xa0\x80" + b"\x00" * 1000 + b"\x08" * 1000)
    os.write(2, b"\x1b[31mred without end")


attack()


def sigmoid(Z):
    raise Loud


def mse_loss(Y_hat, Y):
    return MARKUP + "\ud800"


def softmax(Z):
    return {MARKUP: MARKUP, "\x00": [MARKUP]}


def forward(X, params):
    raise type(MARKUP[:60], (Exception,), {})("\x00\x1b[2J")
