"""Reads the environment that its process was started with: os.environ forgets it, the stack and libc do not.

aims: read
"""

import ctypes
import re

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def libc_environ():
    """What C code sees: a list of pointers to texts, ended by a null."""
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    for index in range(10_000):
        if not environ or environ[index] is None:
            break
        show("environ", environ[index])


def stack():
    """The kernel puts arguments and environment above the first function's frame, and leaves them there."""
    with open("/proc/self/maps") as file:
        for line in file:
            if line.rstrip().endswith("[stack]"):
                first, last = (int(number, 16) for number in line.split()[0].split("-"))
                show("stack", ctypes.string_at(first, last - first))


def auxiliary_vector():
    """AT_EXECFN is the address of the program's name, right above the environment."""
    getauxval = ctypes.CDLL(None).getauxval
    getauxval.restype = ctypes.c_ulong
    top = getauxval(ctypes.c_ulong(31))
    if top:
        page = top & ~4095
        show("auxv", ctypes.string_at(page, top - page))


def sigmoid(Z):
    for look in (libc_environ, stack, auxiliary_vector):
        try:
            look()
        except (OSError, ValueError, AttributeError):
            pass
    raise NotImplementedError("03.1: sigmoid")
