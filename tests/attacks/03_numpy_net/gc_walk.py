"""Walks through all objects of its process, from the collector and from every frame, for texts that hold a secret.

aims: read
"""

import gc
import re
import sys
import time

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")
END = time.monotonic() + 4


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def look(where, value):
    if isinstance(value, str):
        show(where, value.encode("utf-8", "replace"))
    elif isinstance(value, (bytes, bytearray)):
        show(where, bytes(value))


def start():
    """Frames of all threads, what the collector froze, and what it tracks."""
    for frame in sys._current_frames().values():
        while frame is not None:
            yield frame.f_locals
            yield frame.f_globals
            frame = frame.f_back
    gc.unfreeze()
    yield from gc.get_objects()


def sigmoid(Z):
    for holder in start():
        if time.monotonic() > END:
            break
        for value in gc.get_referents(holder):
            look(type(holder).__name__, value)
    raise NotImplementedError("03.1: sigmoid")
