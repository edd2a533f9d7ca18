"""Pretends to be in a notebook and asks its kernel for later cells, its history and its outputs.

aims: read
"""

import builtins
import gc
import re
import sys
import types

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


class Peeking(list):
    """An input transformer: it would see the source of every cell that runs after this one."""

    def __call__(self, lines):
        show("cell", "".join(lines).encode())
        return lines


def shells():
    """Every shell there is: IPython's, a global one, or one that is being imported."""
    for source in (vars(builtins), globals(), vars(sys.modules.get("IPython", types.ModuleType("none")))):
        ask = source.get("get_ipython")
        if callable(ask):
            yield ask()
    for thing in gc.get_objects():
        if type(thing).__name__.endswith(("InteractiveShell", "IPythonKernel", "HistoryManager")):
            yield thing


def peek():
    for shell in shells():
        if shell is None:
            continue
        for name in ("input_transformers_post", "input_transformers_cleanup"):
            getattr(shell, name, []).append(Peeking())
        show("shell", repr(vars(shell))[:1_000_000].encode("utf-8", "replace"))
    for name in ("In", "Out", "_ih", "_oh", "_dh", "_i", "_ii", "_iii", "_", "__", "___"):
        show(name, repr(globals().get(name, vars(builtins).get(name))).encode("utf-8", "replace"))
    for thing in gc.get_objects():
        if type(thing) is dict and ("parts" in thing or "cells" in thing or "definitions_only" in thing):
            show("request", repr(thing)[:1_000_000].encode("utf-8", "replace"))


builtins.get_ipython = lambda: types.SimpleNamespace(history_manager=None)


def sigmoid(Z):
    peek()
    raise NotImplementedError("03.1: sigmoid")
