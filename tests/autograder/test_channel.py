"""A conversation in frames, with a peer that may be slow, silent, gone or hostile."""

from __future__ import annotations

import socket
import struct
import threading
import time

import numpy as np
import pytest

from autograder.wire import Channel, ChannelClosed, ChannelTimeout, FrameError


@pytest.fixture
def pair():
    one, two = socket.socketpair()
    channel = Channel(one)
    yield channel, two
    channel.close()
    two.close()


def soon(seconds: float = 0.3) -> float:
    return time.monotonic() + seconds


def test_conversation(pair):
    channel, two = pair
    other = Channel(two)
    channel.send({"X": np.ones(3)})
    assert other.receive(soon())["X"].sum() == 3
    other.send([1, 2])
    assert channel.receive(soon()) == [1, 2]


@pytest.mark.parametrize("sent", [b"", b"\x01\x02", struct.pack("<Q", 100), struct.pack("<Q", 100) + b"half"])
def test_silence_ends_at_the_deadline(pair, sent):
    channel, two = pair
    two.sendall(sent)
    start = time.monotonic()
    with pytest.raises(ChannelTimeout):
        channel.receive(soon())
    assert time.monotonic() - start < 2


def test_dribble_does_not_move_the_deadline(pair):
    channel, two = pair
    stop = threading.Event()

    def dribble() -> None:
        two.sendall(struct.pack("<Q", 10**6))
        while not stop.wait(0.02):
            two.sendall(b"x")

    thread = threading.Thread(target=dribble)
    thread.start()
    try:
        with pytest.raises(ChannelTimeout):
            channel.receive(soon())
    finally:
        stop.set()
        thread.join()


def test_announced_size_is_refused_before_it_is_allocated(pair):
    channel, two = pair
    two.sendall(struct.pack("<Q", 2**60))
    with pytest.raises(FrameError, match="at most"):
        channel.receive(soon())


def test_peer_that_does_not_read(pair):
    channel, _ = pair
    with pytest.raises(ChannelTimeout):
        channel.send(np.zeros(10**6), deadline=soon())


def test_closed_peer(pair):
    channel, two = pair
    two.sendall(struct.pack("<Q", 100) + b"half")
    two.close()
    with pytest.raises(ChannelClosed):
        channel.receive(soon())
    with pytest.raises(ChannelClosed):
        channel.send(np.zeros(10**6), deadline=soon())


def test_tick_may_stop_the_wait(pair):
    channel, _ = pair

    def tick() -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        channel.receive(soon(5), tick=tick)
