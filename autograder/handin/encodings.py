"""From bytes to text, by Python's own rules: a mark at the beginning, a coding line, or else UTF-8."""

from __future__ import annotations

import codecs
import re
import tokenize

from autograder.handin.errors import Unreadable

# what is held in memory a second time, in another form
MAX_PLAIN = 10 * 2**20
AGAIN = "save it as UTF-8 and hand it in again"
# the longer marks first: that of UTF-32 begins like that of UTF-16
_MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32"}
_MARKS |= {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
# encodings that text files have. Others decode something else, and some take minutes for what is allowed (punycode)
_TEXT = re.compile(
    r"ascii|utf-8|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb2312|gbk|gb18030|big5(hkscs)?|shift_jis\w*|euc_\w+"
    r"|iso2022_\w+|tis-620|kz1048|ptcp154|johab|hp-roman8"
)
# a coding line stands in the first two; whoever writes longer ones says it elsewhere
_HEAD = 1000
# likely ones, the likelier first where several give the same text
_LIKELY = ["cp1252", "cp1250", "cp1251", "gb18030", "shift_jis", "big5", "euc_kr", "euc_jp", "koi8_r", "mac_roman"]
_LIKELY += ["cp437", "cp1253", "cp1254"]
_SAMPLE = 20_000


def in_utf8(name: str, data: bytes) -> bytes:
    """The same text in UTF-8, where a mark says that it is UTF-16 or UTF-32; PowerShell writes the former."""
    encoding = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    if encoding is None:
        return data
    if len(data) > MAX_PLAIN:
        raise Unreadable(f"{name} is {encoding} text of more than {MAX_PLAIN // 2**20} MB; {AGAIN}")
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        raise Unreadable(f"{name} begins as {encoding} and goes on as something else; {AGAIN}") from None


def refuse_nul(name: str, data: bytes) -> None:
    """Raises for bytes that no text in UTF-8 holds."""
    if b"\0" not in data:
        return
    head = data[:_HEAD]
    if max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4:
        raise Unreadable(f"{name} is UTF-16 text without its mark; {AGAIN}")
    raise Unreadable(f"{name} holds NUL bytes, so it is not a text file; hand in the .py or .ipynb file itself")


def script_text(name: str, data: bytes) -> str:
    """The text of a script, as Python would read it."""
    encoding = "utf-8" if data.startswith(codecs.BOM_UTF8) else _declared(name, data)
    try:
        return data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            raise not_utf8(name, data, error.start) from None
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"{name} says that its encoding is {encoding}, and line {line} is not; {AGAIN}") from None


def _declared(name: str, data: bytes) -> str:
    """The encoding that the first lines declare."""
    lines = iter(data[:_HEAD].splitlines(keepends=True))
    try:
        encoding = tokenize.detect_encoding(lambda: next(lines, b""))[0]
    except SyntaxError as error:
        encoding = str(error).partition("unknown encoding: ")[2]
        if not encoding:
            # the first lines are not UTF-8, which is told with their number
            return "utf-8"
    else:
        encoding = codecs.lookup(encoding).name
        if _TEXT.fullmatch(encoding):
            return encoding
    raise Unreadable(f"{name} says that its encoding is {encoding[:30]}, which is unknown; {AGAIN}")


def not_utf8(name: str, data: bytes, start: int) -> Unreadable:
    """Says where a text is not UTF-8, and what it is likely to be."""
    line = data.count(b"\n", 0, start) + 1
    guess = _guessed(data[max(0, start - _SAMPLE) : start + _SAMPLE])
    looks = f" looks like {guess}" if guess else ""
    return Unreadable(f"{name} is not UTF-8 text (line {line}{looks}); {AGAIN}")


def _guessed(sample: bytes) -> str:
    """The likeliest encoding of a text, for a message; "" when nothing fits."""
    # a part of the grader that hardly any submission needs
    from charset_normalizer import from_bytes

    lines = [line for line in sample.splitlines() if not line.isascii()]
    found = from_bytes(b"\n".join(lines), cp_isolation=_LIKELY)
    best = found.best()
    if best is None:
        return ""
    equal = [one for one in found if (one.chaos, one.coherence) == (best.chaos, best.coherence)]
    fitting = {encoding for one in equal for encoding in one.could_be_from_charset}
    return next(encoding for encoding in _LIKELY if encoding in fitting)
