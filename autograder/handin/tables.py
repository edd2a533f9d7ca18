"""Tables as spreadsheets and platforms write them: any usual encoding and separator, to rows of texts."""

from __future__ import annotations

import csv
import io
import re

# the tables of platforms have some hundred columns; a class has some thousand rows
MOST_BYTES = 8 * 2**20
_SEPARATORS = ",;\t"
_SPECIAL = re.compile(rb"[\x80-\xff]+")


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a table; raises `ValueError` that says what the bytes are instead.

    Example:

    >>> rows_of("name;id\\nZoë;7".encode("cp1252"))
    [['name', 'id'], ['Zoë', '7']]
    """
    if data.startswith(b"PK"):
        raise ValueError("it is a spreadsheet or an archive; save it as CSV")
    text = _text_of(data)
    if not text.strip():
        raise ValueError("it is empty")
    if text.startswith("sep="):
        # Excel's own line
        text = text.partition("\n")[2]
    head = "\n".join(text.splitlines()[:10])
    separator = max(_SEPARATORS, key=head.count)
    try:
        return [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise ValueError(f"it is not a table ({error}); save it as CSV") from None


def _text_of(data: bytes) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding != "cp1252" or _is_western(data)):
            return text
    if is_wide or b"\0" in data:
        raise ValueError("it is not text; save it as CSV")
    raise ValueError("its letters are in an encoding that is not known here; save it as UTF-8")


def _is_western(data: bytes) -> bool:
    """Whether special letters stand between others, as in Müller; in GB18030, Big5 or Cyrillic most stand together."""
    lengths = [len(letters) for letters in _SPECIAL.findall(data)]
    return 2 * sum(length for length in lengths if length > 1) <= sum(lengths)
