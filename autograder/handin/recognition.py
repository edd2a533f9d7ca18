"""What a file is that is neither a script nor a notebook, by its content: its name may say anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from autograder.handin.errors import Unreadable

_ITSELF = "hand in the .py or .ipynb file itself"
_COPY = f"copy your code into a plain text file called .py, or {_ITSELF}"
_OTHER_ARCHIVE = "which cannot be read; hand in a .zip, or the file itself"
_SHORTCUT = f"is a shortcut, not the file that it leads to; {_ITSELF}"
_PICTURE = f"is a picture; {_ITSELF}"
_MODEL = f"is a saved model or its data, not code; {_ITSELF}"
_PROGRAM = f"is a program that is made for a machine; {_ITSELF}"
_PAGE = "is a web page, as a link or a login page gives it; open it in a browser, download the file itself, "
_PAGE += "and hand in that"
_POINTER = "is a pointer of Git LFS, not the file itself; run `git lfs pull`, and hand in the file that this brings"

_BEGINNINGS = {
    b"%PDF-": f"is a PDF; {_ITSELF}",
    b"%!PS": f"is a PostScript file; {_ITSELF}",
    b"{\\rtf": f"is a document in Rich Text Format; save it as plain text, or {_ITSELF}",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": f"is an old Office document; {_ITSELF}",
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF87a": _PICTURE,
    b"GIF89a": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"L\0\0\0\x01\x14\x02\0": _SHORTCUT,
    b"bplist00": _SHORTCUT,
    b"book\0\0\0\0mark\0\0\0\0": _SHORTCUT,
    b"[InternetShortcut]": _SHORTCUT,
    b"[Desktop Entry]": _SHORTCUT,
    b"Rar!\x1a\x07": f"is a RAR archive, {_OTHER_ARCHIVE}",
    b"7z\xbc\xaf\x27\x1c": f"is a 7z archive, {_OTHER_ARCHIVE}",
    b"\x28\xb5\x2f\xfd": f"is a zstd archive, {_OTHER_ARCHIVE}",
    b"\x89HDF": _MODEL,
    b"\x93NUMPY": _MODEL,
    b"\x7fELF": _PROGRAM,
    b"MZ\x90\0": _PROGRAM,
    b"version https://git-lfs": _POINTER,
}
# what a zip holds that is one document
_DOCUMENTS = {
    "word/document.xml": f"is a Word document; {_COPY}",
    "xl/workbook.xml": f"is an Excel table; {_ITSELF}",
    "ppt/presentation.xml": f"is a PowerPoint file; {_ITSELF}",
    "META-INF/manifest.xml": f"is an OpenDocument text; {_COPY}",
    "Index/Document.iwa": f"is a document of Pages; {_COPY}",
    "model.weights.h5": _MODEL,
}
# the beginnings of a zip, of an empty one, of gzip, of xz, and of bzip2 with something in it or nothing
_CONTAINER = re.compile(rb"PK\x03\x04|PK\x05\x06|\x1f\x8b|\xfd7zXZ\0|BZh\d(?:1AY&SY|\x17rE8P\x90)")
_HEAD = 4096
_HTML = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype html|html|head|body|meta|title|script)\b",
    re.I | re.S,
)
_HEADER = re.compile(r"(?:From |[A-Za-z][\w-]*: )")
# with a hyphen: what a line of Python cannot begin with
_MAIL = re.compile(r"^(?:MIME-Version|Message-ID|Return-Path|Content-Type|Delivered-To|X-[\w-]+): ", re.I | re.M)


def is_container(data: bytes) -> bool:
    """Whether bytes begin as an archive, or a compressed file, that the sandbox can open."""
    return _CONTAINER.match(data) is not None or (data[257:262] == b"ustar" and b"\0" in data[:257])


def refuse_other(name: str, data: bytes) -> None:
    """Raises for a file that is plainly something else than code; says what, and what to do."""
    what = _recognized(data)
    if what:
        raise Unreadable(f"{name} {what}")


def document_of(names: Iterable[str]) -> str:
    """What an archive with these files in it is, where it is a document; else ""."""
    there = set(names)
    return next((what for inner, what in _DOCUMENTS.items() if inner in there), "")


def conflict_line(data: bytes) -> int:
    """The line where the marks of a merge conflict begin; 0 where there is none.

    A line of equals signs alone may underline a title: both other marks must be there.
    """
    begins = data.startswith(b"<<<<<<< ")
    place = -1 if begins else data.find(b"\n<<<<<<< ")
    if (not begins and place < 0) or data.find(b"\n>>>>>>> ", place + 1) < 0:
        return 0
    return data.count(b"\n", 0, place + 1) + 1


def conflict(name: str, where: str) -> Unreadable:
    """What is said of a merge conflict."""
    return Unreadable(
        f"{name} holds the marks of a merge conflict ({where}); keep one of the two versions, delete the lines with "
        "<<<<<<<, ======= and >>>>>>>, and hand it in again"
    )


def _recognized(data: bytes) -> str:
    for beginning, what in _BEGINNINGS.items():
        if data.startswith(beginning):
            return what
    if data[4:8] == b"ftyp" or data[8:12] == b"WEBP":
        return _PICTURE
    # two bytes of the version of Python, and a line end
    if data[2:4] == b"\r\n" and b"\0" in data[4:16]:
        return "is Python byte code (.pyc), not the text; hand in the .py file itself"
    head = data[:_HEAD].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if _HTML.match(head):
        return _PAGE
    if "<!DOCTYPE plist" in head or (head.startswith("{") and '"doc_id"' in head and len(data) < _HEAD):
        return _SHORTCUT
    if _HEADER.match(head) and _MAIL.search(head):
        return "is an e-mail; save what is attached to it, and hand in that"
    return ""
