"""Tables as spreadsheets and platforms write them: any usual encoding and separator, to rows of texts."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass

# the tables of platforms have some hundred columns; a class has some thousand rows
MOST_BYTES = 8 * 2**20
_SEPARATORS = ",;\t"
_SPECIAL = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class Table:
    """A table, and how its file writes it.

    Attributes:
        rows: Its cells as they are, row by row.
        separator: What stands between two cells.
        encoding: `utf-8`, `utf-8-sig` (with a byte-order mark), `utf-16` or `cp1252`.
        ending: How a line ends.
    """

    rows: list[list[str]]
    separator: str
    encoding: str
    ending: str


def table_of(data: bytes) -> Table:
    """The table in the bytes of a file; raises `ValueError` that says what the bytes are instead.

    Example:

    >>> table_of("name;id\\r\\nZoë;7\\r\\n".encode("cp1252"))
    Table(rows=[['name', 'id'], ['Zoë', '7']], separator=';', encoding='cp1252', ending='\\r\\n')
    """
    if data.startswith(b"PK"):
        raise ValueError("it is a spreadsheet or an archive; save it as CSV")
    text, encoding = _text_of(data)
    if not text.strip():
        raise ValueError("it is empty")
    if text.startswith("sep="):
        # Excel's own line
        text = text.partition("\n")[2]
    head = "\n".join(text.splitlines()[:10])
    separator = max(_SEPARATORS, key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ValueError(f"it is not a table ({error}); save it as CSV") from None
    return Table(rows, separator, encoding, "\r\n" if "\r\n" in text else "\n")


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a table, without spaces around its cells; raises `ValueError` as `table_of`.

    Example:

    >>> rows_of(b"name, id\\nZoe, 7")
    [['name', 'id'], ['Zoe', '7']]
    """
    return [[cell.strip() for cell in row] for row in table_of(data).rows]


def _text_of(data: bytes) -> tuple[str, str]:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    utf8 = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    for encoding in ("utf-16",) if is_wide else (utf8, "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding != "cp1252" or _is_western(data)):
            return text, encoding
    if is_wide or b"\0" in data:
        raise ValueError("it is not text; save it as CSV")
    raise ValueError("its letters are in an encoding that is not known here; save it as UTF-8")


def _is_western(data: bytes) -> bool:
    """Whether special letters stand between others, as in Müller; in GB18030, Big5 or Cyrillic most stand together."""
    lengths = [len(letters) for letters in _SPECIAL.findall(data)]
    return 2 * sum(length for length in lengths if length > 1) <= sum(lengths)
