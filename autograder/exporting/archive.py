"""Several files as one archive: there whole, or not at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# the first day that a zip archive can name: the same files make the same bytes
_TIME = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes], executable: frozenset[str] = frozenset()) -> bytes:
    """Files by their path as a zip archive.

    Args:
        files: Contents by path.
        executable: Paths that can be run.

    Example:

    >>> zipfile.ZipFile(io.BytesIO(zipped({"a/b.txt": b"text"}))).namelist()
    ['a/b.txt']
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _TIME)
            # of Unix, whose permissions an unpacker keeps, whatever system makes it
            entry.create_system = 3
            entry.external_attr = (0o100755 if path in executable else 0o100644) << 16
            archive.writestr(entry, files[path], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
