"""What came of decoys before: it is the same for every submission of a class that has the same functions wrong."""

from __future__ import annotations

from collections.abc import Collection

# numbers of small networks: a class has a few kinds of mistakes, and each asks for a few dozen of them
_MOST_BYTES = 2**25


class Remembered:
    """Values that do not depend on a submission, as they travel, each with the decoys that were asked for it.

    Whoever asks gives a key that says all that a value depends on.
    """

    def __init__(self) -> None:
        self._values: dict[str, tuple[bytes, tuple[str, ...]]] = {}
        self._bytes = 0

    def value(self, key: str) -> tuple[bytes, tuple[str, ...]] | None:
        """A value and the names of what was asked for it, or None."""
        return self._values.get(key)

    def keep(self, key: str, value: bytes, asked: Collection[str] = ()) -> None:
        """Keeps a value; where that is too much, none of those that came before."""
        if self._bytes + len(value) > _MOST_BYTES:
            self._values.clear()
            self._bytes = 0
        if len(value) <= _MOST_BYTES:
            self._values[key] = value, tuple(asked)
            self._bytes += len(value)
