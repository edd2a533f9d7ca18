"""Bytes that only the recorded values open: compressed, and locked with a key that is made of the values themselves.

Whoever has no recorded value can read none out of what is locked. It is SHAKE-256 as a stream, begun with a code over
the very bytes that it hides (HMAC-SHA-256, as in SIV): the same code shows, once they are open, that they are whole,
and two contents locked with the same key share no stream.
"""

from __future__ import annotations

import hashlib
import hmac
import zlib

import numpy as np

from autograder.fingerprint import fingerprint

_CODE = 32


class Unopened(ValueError):
    """What is locked is damaged, or the key is another one."""


def locked(content: bytes, key: bytes, label: bytes) -> bytes:
    """Locks some bytes. The label is not hidden, and opening asks for the same one.

    Example:

    >>> opened(locked(b"W1", b"key", b"03"), b"key", b"03", most=100)
    b'W1'
    """
    plain = zlib.compress(content, 9)
    code = _code(plain, key, label)
    return code + _mixed(plain, key, code)


def opened(data: bytes, key: bytes, label: bytes, most: int) -> bytes:
    """The bytes that were locked.

    Args:
        data: What `locked` gave.
        key: The same key.
        label: The same label.
        most: How many bytes there may be at most.

    Raises:
        Unopened: When the data, the key or the label is another one, or there are more bytes.
    """
    code, hidden = data[:_CODE], data[_CODE:]
    plain = _mixed(hidden, key, code)
    if not hmac.compare_digest(code, _code(plain, key, label)):
        raise Unopened("the key does not fit, or some bytes are damaged")
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(plain, most)
    except zlib.error as error:
        raise Unopened(str(error)) from None
    if not reader.eof:
        raise Unopened(f"expected at most {most} bytes")
    return content


def _code(plain: bytes, key: bytes, label: bytes) -> bytes:
    return hmac.digest(fingerprint("code", key).encode(), fingerprint(label, plain).encode(), "sha256")


def _mixed(data: bytes, key: bytes, code: bytes) -> bytes:
    """Data with the stream of a key added to it; the same once more takes it away."""
    stream = hashlib.shake_256(fingerprint("stream", key, code).encode()).digest(len(data))
    return (np.frombuffer(data, np.uint8) ^ np.frombuffer(stream, np.uint8)).tobytes()
