"""What travels between the grader and a student process: plain values in length-limited frames, never pickle."""

from autograder.wire.channel import Channel, ChannelClosed, ChannelTimeout
from autograder.wire.codec import Bounds, FrameError, decode, encode
from autograder.wire.types import SUBMISSION, Handle, Remote, Tensor, Variable

__all__ = [
    "SUBMISSION",
    "Bounds",
    "Channel",
    "ChannelClosed",
    "ChannelTimeout",
    "FrameError",
    "Handle",
    "Remote",
    "Tensor",
    "Variable",
    "decode",
    "encode",
]
