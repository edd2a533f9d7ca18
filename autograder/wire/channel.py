"""Frames on a socket: an 8-byte length, then the payload, with a deadline on every read."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from autograder.wire.codec import WIDEST, Bounds, FrameError, decode, encode

_LENGTH = struct.Struct("<Q")
_TICK = 0.05


class ChannelClosed(ConnectionError):
    """The other side has gone."""


class ChannelTimeout(TimeoutError):
    """No whole frame came before the deadline."""


class Channel:
    """One side of a conversation in frames; it owns the socket. The student process alone trusts its peer."""

    def __init__(self, connection: socket.socket, trusts_peer: bool = False) -> None:
        self._socket = connection
        self._trusts_peer = trusts_peer
        # how large an answer may be: what the student's side sends, and what the grader's side receives
        self.answers: Bounds = WIDEST
        self.seconds_coding = 0.0  # time that was spent turning values into bytes and back

    def send(
        self,
        value: Any,
        unknown: Callable[[Any], Any] | None = None,
        deadline: float = float("inf"),
        later: Callable[[], float] | None = None,
    ) -> None:
        """Sends one value, whole or not at all where it is too large; `later` as of `receive`."""
        # the deadline holds here too: a peer that stops reading must not hold the grader
        start = time.perf_counter()
        payload = encode(value, unknown, self.answers if self._trusts_peer else WIDEST)
        self.seconds_coding += time.perf_counter() - start
        view = memoryview(_LENGTH.pack(len(payload)) + payload)
        while view:
            deadline = _in_future(deadline, later)
            self._socket.settimeout(_remaining(deadline))
            try:
                view = view[self._socket.send(view) :]
            except TimeoutError:
                continue
            except OSError as error:
                raise ChannelClosed("the process has gone") from error

    def receive(
        self,
        deadline: float = float("inf"),
        tick: Callable[[], None] | None = None,
        later: Callable[[], float] | None = None,
    ) -> Any:
        """Receives one value.

        Args:
            deadline: When it has to be there.
            tick: Called again and again meanwhile.
            later: Asked for a later deadline when it is not; it raises where there is none.
        """
        header, deadline = self._exactly(_LENGTH.size, deadline, tick, later)
        (length,) = _LENGTH.unpack(header)
        bounds = WIDEST if self._trusts_peer else self.answers
        if length > bounds.payload:
            raise FrameError(f"expected a frame of at most {bounds.payload} bytes, received {length}")
        payload, _ = self._exactly(length, deadline, tick, later)
        start = time.perf_counter()
        value = decode(payload, self._trusts_peer, bounds)
        self.seconds_coding += time.perf_counter() - start
        return value

    def _exactly(
        self, count: int, deadline: float, tick: Callable[[], None] | None, later: Callable[[], float] | None
    ) -> tuple[bytearray, float]:
        # grows as bytes arrive: a frame that only announces 256 MB costs nothing
        received = bytearray()
        ticked = time.monotonic()
        while len(received) < count:
            deadline = _in_future(deadline, later)
            self._socket.settimeout(_remaining(deadline))
            try:
                part = self._socket.recv(min(count - len(received), 2**20))
            except TimeoutError:
                part = None
            except OSError as error:
                raise ChannelClosed("the process has gone") from error
            if part == b"":
                raise ChannelClosed("the process has gone")
            if part:
                received += part
            # by the clock and not by silence: a peer that dribbles bytes is watched as well
            if tick is not None and time.monotonic() - ticked >= _TICK:
                tick()
                ticked = time.monotonic()
        return received, deadline

    def fileno(self) -> int:
        """The socket's descriptor, so that a channel can be selected on."""
        return self._socket.fileno()

    def close(self) -> None:
        """Closes this side."""
        self._socket.close()


def _in_future(deadline: float, later: Callable[[], float] | None) -> float:
    """The deadline, or a later one where it has passed and there is one."""
    while later is not None and time.monotonic() >= deadline:
        deadline = later()
    return deadline


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ChannelTimeout("no answer in time")
    return min(left, _TICK)
