"""Replaces the shell, IPython's own transformer and what reads cells, and asks each for the cells of others.

aims: read
"""

import builtins
import gc
import re
import sys

TOKEN = re.compile(r"CANARY-[0-9a-f]{16}")


class Shell:
    """Prints whatever it is given or finds."""

    def __getattr__(self, name):
        return self

    def __call__(self, *given, **options):
        for token in sorted(set(TOKEN.findall(repr((given, options))[:1_000_000]))):
            print("LEAK shell", token, flush=True)
        return self


def replace():
    shell = Shell()
    builtins.get_ipython = lambda: shell
    for name in (
        "IPython.core.inputtransformer2",
        "autograder.isolation.inside.shell",
        "autograder.isolation.inside.loading",
    ):
        module = sys.modules.get(name)
        for attribute in ("TransformerManager", "as_python", "cells_of", "shell_call", "Shell", "load"):
            if module is not None and hasattr(module, attribute):
                setattr(module, attribute, shell)
    for thing in gc.get_objects():
        if type(thing) is list and thing and type(thing[0]) is dict and "text" in thing[0]:
            shell(thing)


def sigmoid(Z):
    replace()
    return get_ipython().run_cell_magic("time", "", "Z")


def softmax(Z):
    return get_ipython().user_ns
