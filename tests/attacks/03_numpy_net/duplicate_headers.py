"""Writes frame headers that JSON readers understand in different ways: duplicate keys, giant numbers, deep nesting.

aims: score
"""

import sys

channel = sys.modules["autograder.wire.channel"]
HEADERS = (
    b'{"t":"dict","v":[["value",0.0],["value",1.0],["seconds",0.0],["seconds","x"]]}',
    b'{"t":"list","t":"dict","v":[["value",null]],"v":[["value",2.0],["seconds",0.0]]}',
    b'{"t":"dict","v":[["seconds",0.0],["value",' + b"9" * 5000 + b"]]}",
    b'{"t":"dict","v":[["seconds",0.0],["value",1e999]]}',
    b'{"t":"dict","v":[["seconds",0.0],["value",NaN]]}',
    b'{"t":"dict","v":[["seconds",0.0],["value",' + b"[" * 100_000 + b"]" * 100_000 + b"]]}",
    b'{"t":"dict","v":[["seconds",0.0],["value",{"t":"array","dtype":"<f8","shape":[4294967296,4294967296]}]]}',
    b'{"t":"dict","v":[["seconds",0.0],["value",{"t":"array","dtype":"|O8","shape":[1]}]]}' + b"\0" * 8,
    b'{"t":"dict","v":[["seconds",0.0],["value",{"t":"array","dtype":"<f8","shape":[true,-1]}]]}' + b"\0" * 8,
    b'\xef\xbb\xbf{"t":"dict","v":[["seconds",0.0],["value",null]]}',
    b'{"t":"dict","v":[["seconds",0.0],["value",{"t":"handle","id":1e400,"type":"\\ud800"}]]}',
    b"\xff\xfe" + '{"t":"dict"}'.encode("utf-16-le"),
)
turn = iter(range(10**9))


def encode(value, unknown=None):
    """Each answer in another of these spellings."""
    header = HEADERS[next(turn) % len(HEADERS)]
    end = header.rfind(b"}") + 1
    return end.to_bytes(4, "little") + header


def forge(*arguments):
    channel.encode = encode
    return 0.0


sigmoid = softmax = mse_loss = cross_entropy = forward = backward = gradient_step = forge
