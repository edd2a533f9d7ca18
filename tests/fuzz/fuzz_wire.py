"""Fuzzes the wire's decoder: `python tests/fuzz/fuzz_wire.py --frames 1000000 --seconds 300`.

With atheris the search is guided by the decoder's own branches; without it frames are mutated at random. A frame
counts as a finding when `decode` raises anything but FrameError, gives a value that does not encode to what decodes to
itself, or takes longer than a second or more memory than its bound. It is saved, its path printed, the exit status 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from autograder.wire import FrameError, Handle, Remote, Tensor, Variable, codec
from tests.slices import today

ATHERIS = importlib.util.find_spec("atheris") is not None
if ATHERIS:
    import atheris

PIECES = rb"""
[ ] { } , : "" 1e999 NaN -1 0 true null 4294967296 "\ud800" "\u0000" [0,134217728] {"t":"list","v":[]} "nan" "|O"
"t" "v" "dtype" "shape" "id" "type" "list" "tuple" "dict" "float" "array" "tensor" "variable" "handle" "remote"
"path" "self" "arguments" "options" "steps"
""".split()
PIECES += [f'"{dtype}"'.encode() for dtype in codec.DTYPES] + [b"9" * 200, b"[" * 40, b"[]," * 200]
TOKEN = re.compile(rb'"[^"]*"|[-+.0-9eE]+|null|true|false|[][{}]')
# what a frame of a few kilobytes may add to the process: beyond it, memory grows with what a frame claims
MEMORY_MB = 256


def seeds() -> list[bytes]:
    """Frames of every kind of value."""
    values = [None, True, 2**500, -0.0, float("nan"), "text", [1, (2.0, "a")], {"a": {"b": []}}, Handle(1, "Model")]
    values += [np.full(shape, 1, dtype) for dtype in codec.DTYPES for shape in ((2, 0, 3), (2, 2))]
    values += [Tensor(np.ones(3)), Variable(np.ones(())), Remote("a.b", np.ones(2), rate=np.zeros(2)).then("batch", 3)]
    return [codec.encode(value) for value in [*values, {"value": values[5:9], "seconds": 0.1}]]


def mutated(frame: bytes, rng: random.Random) -> bytes:
    """A frame with a few changes; its length prefix is right most of the time, so that they are looked at."""
    size = int.from_bytes(frame[:4], "little")
    header, body = bytearray(frame[4 : 4 + size]), frame[4 + size :]
    for _ in range(rng.randint(1, 3)):
        tokens = [match.span() for match in TOKEN.finditer(header)] or [(0, len(header))]
        (start, end), (first, last), kind = rng.choice(tokens), rng.choice(tokens), rng.randrange(8)
        if kind == 0:
            body = rng.choice([body[:-1], body + b"\xff", bytes(rng.randrange(256) for _ in body), body * 2])
        elif kind == 1:
            header[start : start + 1] = bytes([rng.randrange(256)])
        elif kind == 2:
            del header[start : start + rng.randint(1, 12)]
        else:
            piece, other = rng.choice(PIECES), header[first:last]
            header[start:end] = [piece + b"," + header[start:end], frame[4 : 4 + size], other, piece, piece][kind - 3]
    size = len(header) if rng.random() < 0.95 else rng.choice([0, len(header) + 1, len(header) - 1, 2**32 - 1])
    return (max(size, 0).to_bytes(4, "little") + header + body)[:4096]


class Fuzzer:
    """Counts frames, and stops at a number of them or of seconds, whichever comes first."""

    def __init__(self, frames: int, seconds: float, folder: str) -> None:
        self.frames, self.seconds, self.folder = frames, seconds, Path(folder)
        self.done = self.accepted = 0
        self.start = time.monotonic()
        self.corpus = tempfile.TemporaryDirectory(prefix="wire-corpus-")
        self.memory_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def test(self, frame: bytes) -> None:
        """Decodes one frame; ends the process at a finding and at the end."""
        start = time.perf_counter()
        try:
            for allow_remote in (False, True):
                try:
                    value = codec.decode(frame, allow_remote)
                except FrameError:
                    continue
                self.accepted += 1
                again = codec.encode(value)
                if codec.encode(codec.decode(again, allow_remote)) != again:
                    raise ValueError("the value does not come back as it was")
            if time.perf_counter() - start > 1.0 or self.memory_mb() > MEMORY_MB:
                raise ResourceWarning(f"took longer than a second, or more than {MEMORY_MB} MB")
        except BaseException as error:
            (path := self.folder / f"wire-finding-{self.done}.bin").write_bytes(frame)
            print(f"finding: {type(error).__name__}: {error}; the frame is in {path}", flush=True)
            self.end(1)
        self.done += 1
        if self.done >= self.frames or (self.done % 256 == 0 and time.monotonic() - self.start > self.seconds):
            self.end(0)

    def memory_mb(self) -> float:
        """Peak memory since the start."""
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - self.memory_before) / 1024

    def end(self, status: int) -> None:
        """Prints one line and ends the process, past libFuzzer, which would take an exit for a crash."""
        taken = time.monotonic() - self.start
        engine = "atheris (libFuzzer prints the coverage, cov and ft, above)" if ATHERIS else "random mutation"
        counts = f"{self.done} frames, {self.accepted} values accepted, {self.done / taken:.0f} frames a second"
        print(f"{engine}: {counts}, {taken:.0f} s, memory {self.memory_mb():.0f} MB above the start", flush=True)
        self.corpus.cleanup()
        os._exit(status)


def main() -> None:
    """Fuzzes until the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--seed", type=int, default=today(), help="another one each day")
    parser.add_argument("--findings", default=".", help="the folder where a frame that is a finding is saved")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    rng = random.Random(options.seed)
    fuzzer = Fuzzer(options.frames, options.seconds, options.findings)
    if not ATHERIS:
        print("atheris is not installed: frames are mutated at random (pip install '.[fuzz]')", flush=True)
        corpus = seeds()
        while True:
            fuzzer.test(mutated(rng.choice(corpus), rng))

    def mutate(frame: bytes, size: int, seed: int) -> bytes:
        # half the time ours, which knows the grammar; half libFuzzer's, which knows the branches
        changed = mutated(frame, random.Random(seed)) if seed % 2 else atheris.Mutate(frame, len(frame))
        return changed[:size]

    limits = ["-timeout=10", "-rss_limit_mb=1024", "-malloc_limit_mb=300", "-max_len=4096"]
    limits += [f"-seed={options.seed}", f"-artifact_prefix={options.findings}/"]
    for index, frame in enumerate(seeds()):
        Path(fuzzer.corpus.name, f"{index:02}").write_bytes(frame)
    # the codec alone: NumPy and json are not ours to cover
    for owner, names in ((codec, "decode _list _no_constant"), (codec._Reader, "value tagged pairs array remote")):
        for name in names.split():
            setattr(owner, name, atheris.instrument_func(getattr(owner, name)))
    atheris.Setup([sys.argv[0], *limits, fuzzer.corpus.name], fuzzer.test, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
