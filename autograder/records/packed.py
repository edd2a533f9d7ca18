"""The results of a class, packed: ten thousand of them fit into tens of megabytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, overload

import msgspec

from autograder.facts.result import Result
from autograder.text import name_key

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Result).decode
_LEVEL = 6


class Packed(Sequence[Result]):
    """Results that take up little: each is unpacked when it is asked for, and forgotten then.

    Go through it as often as need be, and keep of each result no more than what is needed of it. A result that would
    not come back as it was, such as one with a number beyond all reason, stays as it is.

    Example:

    >>> ada, bob = Result("ada", "03", "graded"), Result("bob", "03", "missing")
    >>> kept = Packed([ada, bob])
    >>> (len(kept), kept[1] == bob, list(kept) == [ada, bob])
    (2, True, True)
    """

    def __init__(self, results: Iterable[Result]) -> None:
        # results of a class are much alike: what the first one holds is written out once
        self._common = b""
        self._kept: list[bytes | Result] = []
        for result in results:
            self._kept.append(self._packed(result))

    @classmethod
    def of(cls, results: Iterable[Result]) -> Packed:
        """These results, packed; those that are packed already are as they are."""
        return results if isinstance(results, Packed) else cls(results)

    def by_name(self) -> Packed:
        """The same results, as people look them up in a table of the class."""
        return self.in_order(lambda result: (name_key(result.shown_name), result.student))

    def in_order(self, key: Callable[[Result], Any]) -> Packed:
        """The same results, sorted."""
        keys = [key(result) for result in self]
        ordered = Packed(())
        ordered._common = self._common
        ordered._kept = [self._kept[at] for at in sorted(range(len(self)), key=keys.__getitem__)]
        return ordered

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        if isinstance(index, slice):
            return [self._unpacked(one) for one in self._kept[index]]
        return self._unpacked(self._kept[index])

    def __iter__(self) -> Iterator[Result]:
        return map(self._unpacked, self._kept)

    def _packed(self, result: Result) -> bytes | Result:
        try:
            plain = _encode(result)
            if _decode(plain) != result:
                return result
        except Exception:
            return result
        if not self._common:
            self._common = plain
        packer = zlib.compressobj(_LEVEL, zdict=self._common)
        return packer.compress(plain) + packer.flush()

    def _unpacked(self, kept: bytes | Result) -> Result:
        if isinstance(kept, Result):
            return kept
        unpacker = zlib.decompressobj(zdict=self._common)
        found: Result = _decode(unpacker.decompress(kept) + unpacker.flush())
        return found
