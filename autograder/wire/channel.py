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
    """One side of a conversation in frames.

    Args:
        connection: A connected stream socket; the channel owns it.
        trusts_peer: Whether the other side may send `Remote`; True in the student process alone.

    Attributes:
        answers: How large an answer may be: what the student's side sends, and what the grader's side receives.
        seconds_coding: Time that was spent turning values into bytes and back.
    """

    def __init__(self, connection: socket.socket, trusts_peer: bool = False) -> None:
        self._socket = connection
        self._trusts_peer = trusts_peer
        self.answers: Bounds = WIDEST
        self.seconds_coding = 0.0

    def send(
        self,
        value: Any,
        unknown: Callable[[Any], Any] | None = None,
        deadline: float = float("inf"),
    ) -> None:
        """Sends one value.

        Args:
            value: Anything that `encode` takes.
            unknown: As in `encode`.
            deadline: The `time.monotonic` second after which to give up: a peer that stops reading must not
                hold the grader.

        Raises:
            ChannelClosed: When the other side has gone.
            ChannelTimeout: When the other side did not read in time.
            FrameError: When the value is none that the wire carries, or is too large; nothing was sent then.
        """
        start = time.perf_counter()
        payload = encode(value, unknown, self.answers if self._trusts_peer else WIDEST)
        self.seconds_coding += time.perf_counter() - start
        view = memoryview(_LENGTH.pack(len(payload)) + payload)
        while view:
            self._socket.settimeout(_remaining(deadline))
            try:
                view = view[self._socket.send(view) :]
            except TimeoutError:
                continue
            except OSError as error:
                raise ChannelClosed("the process has gone") from error

    def receive(self, deadline: float = float("inf"), tick: Callable[[], None] | None = None) -> Any:
        """Receives one value.

        Args:
            deadline: The `time.monotonic` second after which to give up.
            tick: Called about every 50 ms while waiting; may raise to stop waiting.

        Raises:
            ChannelClosed: When the other side has gone.
            ChannelTimeout: When no whole frame came in time.
            FrameError: When what came is not a frame.
        """
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, deadline, tick))
        bounds = WIDEST if self._trusts_peer else self.answers
        if length > bounds.payload:
            raise FrameError(f"expected a frame of at most {bounds.payload} bytes, received {length}")
        payload = self._exactly(length, deadline, tick)
        start = time.perf_counter()
        value = decode(payload, self._trusts_peer, bounds)
        self.seconds_coding += time.perf_counter() - start
        return value

    def _exactly(self, count: int, deadline: float, tick: Callable[[], None] | None) -> bytearray:
        # grows as bytes arrive: a frame that only announces 256 MB costs nothing
        received = bytearray()
        ticked = time.monotonic()
        while len(received) < count:
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
        return received

    def fileno(self) -> int:
        """The socket's descriptor, so that a channel can be selected on."""
        return self._socket.fileno()

    def close(self) -> None:
        """Closes this side."""
        self._socket.close()


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ChannelTimeout("no answer in time")
    return min(left, _TICK)
