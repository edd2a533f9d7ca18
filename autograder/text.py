"""Text that students wrote, made harmless to look at."""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections.abc import Sequence

# C0 without tab and newline, DEL and C1 (terminals obey ESC and U+009B), the line and paragraph separators
# (one line must stay one line), bidirectional embeddings, overrides and isolates (which
# make `gpj.exe` read as `exe.jpg`), and lone surrogates, which no UTF-8 file can hold.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# characters of a message; a student process may answer with megabytes, and a gradebook holds thousands of messages
MESSAGE_LENGTH = 1500
# no file system has longer names, each character of them made visible
_NAME_LENGTH = 5000
_DIGITS = re.compile("([0-9]+)")
# characters that a name is sorted by: Python reads no number of more than 4300 digits
_SORTED = 200
# letters with a stroke, which Unicode does not take apart
_BARRED = str.maketrans("ØøŁłĐđĦħŦŧı", "OoLlDdHhTti")

# signs that are told apart where a console has none of them; of a code page of Windows, most of the others are there
_PLAIN = str.maketrans({"✓": "+", "✗": "x", "–": "-", "…": "...", "·": ".", "│": "|", "━": "-", "→": "->", "×": "x"})


def plainly(error: UnicodeError) -> tuple[str, int]:
    r"""An error handler for encodings: a plain sign in the place of one of ours, and ? for any other.

    Example:

    >>> codecs.register_error("plainly", plainly)
    >>> "✓ 03.5 … Ωλ".encode("ascii", "plainly")
    b'+ 03.5 ... ??'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    return "".join(sign if sign.isascii() else "?" for sign in text), error.end


def visible(text: str) -> str:
    r"""Replace characters that act instead of being seen by signs that are seen.

    Pages, tables, terminals and exports all show student text through this one function. Line ends of Windows
    become plain newlines; newline and tab stay; the other control characters become their pictures (`␛`) and
    everything without a picture its code point (`⟨U+202E⟩`).

    Example:

    >>> visible("\x1b[2Jgone")
    '␛[2Jgone'
    >>> visible("user\u202efdp")
    'user⟨U+202E⟩fdp'
    """
    return _HIDDEN.sub(_replacement, text.replace("\r\n", "\n"))


def one_line(name: str) -> str:
    r"""A name as it is shown everywhere: visible, and on one line, so that none can look like two rows of a table.

    Example:

    >>> one_line("a\nb.py")
    'a␊b.py'
    """
    shown = visible(name.replace("\r", "␍")).replace("\n", "␊").replace("\t", "␉")
    return shortened(shown, _NAME_LENGTH)


def counted(count: int, thing: str) -> str:
    """A count as it is read aloud.

    Example:

    >>> counted(1, "day"), counted(3, "day")
    ('1 day', '3 days')
    """
    return f"{count} {thing}{'' if count == 1 else 's'}"


def first_of(names: Sequence[str], most: int = 10) -> str:
    """The first of some names in a line, and how many more there are.

    Example:

    >>> first_of(["Doe, Jane", "Ada", "Bo"], most=2)
    'Doe, Jane; Ada and 1 more'
    """
    more = len(names) - most
    # names of platforms hold commas
    return "; ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def shortened(text: str, length: int = MESSAGE_LENGTH) -> str:
    """A text of at most `length` characters, with an ellipsis where it was cut.

    Example:

    >>> shortened("a list of numbers", 10)
    'a list of…'
    """
    return text if len(text) <= length else f"{text[: length - 1]}…"


def flat(text: str) -> str:
    r"""The lines of a message on one line, without the code that is shown below one of them.

    Example:

    >>> flat("line 2 is not Python:\n    x = (1\n        ^\nSo f is missing.")
    'line 2 is not Python: So f is missing.'
    """
    return " ".join(" ".join(line for line in text.split("\n") if not line.startswith("    ")).split())


def natural_key(text: str) -> tuple[tuple[str | int, ...], str]:
    """Sort key that reads digits as numbers, so that `03.2` comes before `03.10`."""
    parts = _DIGITS.split(text)
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts)), text


def name_key(name: str) -> tuple[tuple[tuple[str | int, ...], str], str]:
    """Sort key of names as people sort them: capitals and accents do not count, and digits are numbers.

    Example:

    >>> sorted(["z10", "Öberg", "de la Cruz", "z9", "Olsen", "Dahl", "Łuczak"], key=name_key)
    ['Dahl', 'de la Cruz', 'Łuczak', 'Öberg', 'Olsen', 'z9', 'z10']
    """
    plain = unicodedata.normalize("NFKD", name[:_SORTED].translate(_BARRED)).casefold()
    return natural_key("".join(letter for letter in plain if not unicodedata.combining(letter)).strip()), name


def number(value: float) -> str:
    """Shortest text of a number of points: `17`, `2.5`, `0.333`."""
    rounded = round(float(value), 3)
    return str(int(rounded)) if rounded.is_integer() else repr(rounded)


def readable(value: float, digits: int) -> str:
    """A number with so many significant digits, as one writes it: no exponent where it can be done without.

    Example:

    >>> readable(17.3249, 4), readable(31200.0, 3), readable(-2.0, 4), readable(0.00000123, 3), readable(-0.0, 3)
    ('17.32', '31200', '-2', '1.23e-06', '0')
    """
    value += 0.0  # no sign before a zero
    if value == 0 or not math.isfinite(value) or not 1e-4 <= abs(value) < 1e7:
        return f"{value:.{digits}g}"
    text = f"{float(f'{value:.{digits}g}'):.{max(0, digits - 1 - math.floor(math.log10(abs(value))))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _replacement(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"


codecs.register_error("plainly", plainly)
