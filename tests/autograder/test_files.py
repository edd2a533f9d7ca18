"""What a file is: files as strangers hand them in, each read for what it holds, or refused in one line that helps."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import marshal
import zipfile
from importlib.util import MAGIC_NUMBER

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.handin.errors import Unreadable
from autograder.handin.notebooks import MAX_PLAIN
from autograder.handin.sources import MAX_BYTES, MAX_CODE, source_of
from autograder.handin.submissions import Submission
from autograder.words import say

CODE = "def sigmoid(Z):\n    return Z\n"
PICTURE = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo=" * 1000}, "metadata": {}}
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def cell(source, kind="code", **more):
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook(*cells, metadata=PYTHON, **more):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [*cells], **more}


def saved(record, **options):
    """A notebook as Jupyter writes it."""
    return json.dumps(record, indent=1, ensure_ascii=False, **options).encode() + b"\n"


def old(record, level):
    """A notebook of format 3 or 2."""
    return saved({"nbformat": level, "nbformat_minor": 0, "metadata": {"name": "net"}, **record})


ONE = saved(notebook(cell("# Lösung", "markdown"), cell(CODE.splitlines(keepends=True), outputs=[PICTURE])))
CELLS = {"cell 2": CODE}
V3 = {"cell_type": "code", "collapsed": False, "input": CODE, "language": "python", "outputs": [], "prompt_number": 1}


def read(name, data):
    """What is graded: a text, or the texts of cells by their names."""
    source = source_of(name, data)
    texts = {part["name"].removeprefix(f"{name}, "): part["text"] for part in source.parts}
    return texts[name] if [*texts] == [name] else texts


UMLAUTS = "# Lösung für Übung 3\nx = 'größer'\n"
CYRILLIC = "# -*- coding: windows-1251 -*-\n# Решение задачи: обратное распространение\nx = 1\n"
ENCODINGS = {
    "cp1252, a coding line": ("# -*- coding: cp1252 -*-\n" + UMLAUTS, "cp1252"),
    "latin-1, as vim writes it": ("#!/usr/bin/python3\n# vim: set fileencoding=latin-1 :\n" + UMLAUTS, "latin-1"),
    "latin-1, as emacs writes it": ("# -*- coding: latin-1-unix -*-\n" + UMLAUTS, "latin-1"),
    "latin-1, old Mac lines": ("# coding: latin-1\r" + UMLAUTS.replace("\n", "\r"), "latin-1"),
    "cyrillic": (CYRILLIC, "cp1251"),
    "shift-jis": ("# coding: shift_jis\n# 逆伝播\nx = 1\n", "shift_jis"),
    "gbk": ("# coding=gbk\n# 反向传播\nx = 1\n", "gbk"),
    "UTF-8": (UMLAUTS, "utf-8"),
    "UTF-8 that says so": ("# coding: utf-8\n" + UMLAUTS, "utf-8"),
    "UTF-8 with a mark, as Notepad writes it": (UMLAUTS, "utf-8-sig"),
    "two marks": ("\ufeff" + UMLAUTS, "utf-8-sig"),
    "a mark, and a coding line that Python would mind": ("# coding: latin-1\n" + UMLAUTS, "utf-8-sig"),
    "UTF-16, as PowerShell writes it": (UMLAUTS.replace("\n", "\r\n"), "utf-16"),
    "UTF-32": (UMLAUTS, "utf-32"),
    "Windows lines": (UMLAUTS.replace("\n", "\r\n"), "utf-8"),
    "old Mac lines": (UMLAUTS.replace("\n", "\r"), "utf-8"),
    "mixed lines": ("x = 1\r\ny = 2\nz = 3\r\r\n", "utf-8"),
    "form feeds": ("x = 1\n\f\ny = 2\n", "utf-8"),
    "a coding in the third line": ("x = 1\n\n# coding: latin-1\n" + UMLAUTS, "utf-8"),
    "a coding below code": ("x = 1\n# coding: latin-1\n" + UMLAUTS, "utf-8"),
    "a word that is none": ("# encoding: one-hot? y\n".replace("encoding:", "encoding :") + UMLAUTS, "utf-8"),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_scripts_are_read_by_the_rules_of_python(case):
    text, encoding = ENCODINGS[case]
    assert read("answer.py", text.encode(encoding)) == text.lstrip("\ufeff")


@pytest.mark.parametrize("mark, encoding", [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_either_order_of_bytes(mark, encoding):
    assert read("answer.py", mark + UMLAUTS.encode(encoding)) == UMLAUTS
    assert read("net.ipynb", mark + ONE.decode().encode(encoding)) == CELLS


NAMES = [
    "answer.py",
    "answer.PY",
    "answer.py.txt",
    "answer.py (1)",
    "answer(1).py",
    "answer.py.py",
    "answer",
    "a.ipynb",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_script_is_read_as_one_whatever_it_is_called(name):
    assert read(name, f"import numpy as np\n{CODE}".encode()) == f"import numpy as np\n{CODE}"


@pytest.mark.parametrize(
    "name", ["net.ipynb", "net.IPYNB", "net.ipynb.txt", "net.ipynb.json", "net.ipynb (2)", "net.json", "net.py"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_notebook_is_read_as_one_whatever_it_is_called(name, encoding):
    assert read(name, ONE.decode().encode(encoding)) == CELLS


@pytest.mark.parametrize(
    "text",
    [
        "{}\nx = 1\n",
        "{\n'cells': 3}\n",
        '["cell_type"]\n',
        "BZh = 9\n",
        "RIFF = 3\n",
        "From: int = 3\nSubject: str = ''\nmime = 'MIME-Version: 1.0'\n",
        "x" * 256 + " ustar = 1\n",
        "page = '<!DOCTYPE html>'\n",
        "# version https://git-lfs.github.com/spec/v1\n",
        '"""\nTitle\n=======\n"""\n',
        "x = 3  # below\n>>>>>>> a\n<<<<<<< b\n",
    ],
)
def test_a_script_that_looks_like_something_else_is_one(text):
    assert read("answer.py", text.encode()) == text


COLAB = {
    "colab": {"name": "net.ipynb", "provenance": []},
    "kernelspec": {"name": "python3", "display_name": "Python 3"},
}
NOTEBOOKS = {
    "one string": (saved(notebook(cell(CODE))), {"cell 1": CODE}),
    "a list of lines": (saved(notebook(cell(["x = 1\n", "y = 2"]))), {"cell 1": "x = 1\ny = 2"}),
    "magics stay for the student's process": (saved(notebook(cell("%pylab\nx = 1?"))), {"cell 1": "%pylab\nx = 1?"}),
    "an empty cell": (saved(notebook(cell([]), cell("x = 1"))), {"cell 1": "", "cell 2": "x = 1"}),
    "no source": (saved(notebook({"cell_type": "code"}, cell("x = 1"))), {"cell 1": "", "cell 2": "x = 1"}),
    "source is null": (saved(notebook(cell(None), cell("x = 1"))), {"cell 1": "", "cell 2": "x = 1"}),
    "source is a number": (
        saved(notebook(cell(3), cell(["x", 3]), cell("x = 1"))),
        {"cell 1": "", "cell 2": "", "cell 3": "x = 1"},
    ),
    "cells of kinds that nobody knows": (
        saved(notebook(cell("a", "raw"), cell("b", None), cell("c", 3), {}, cell("x = 1"))),
        {"cell 5": "x = 1"},
    ),
    "of Colab": (saved(notebook(cell(CODE), metadata=COLAB)), {"cell 1": CODE}),
    "no metadata": (json.dumps({"cells": [cell(CODE)]}).encode(), {"cell 1": CODE}),
    "metadata is null": (saved(notebook(cell(CODE), metadata=None)), {"cell 1": CODE}),
    "metadata of another shape": (saved(notebook(cell(CODE), metadata={"kernelspec": [3]})), {"cell 1": CODE}),
    "a kernel of one's own": (
        saved(notebook(cell(CODE), metadata={"kernelspec": {"name": "tf-env", "display_name": "R2D2"}})),
        {"cell 1": CODE},
    ),
    "Python by another name": (
        saved(notebook(cell(CODE), metadata={"kernelspec": {"name": "x", "language": "Python 3"}})),
        {"cell 1": CODE},
    ),
    "pyspark": (saved(notebook(cell(CODE), metadata={"language_info": {"name": "pyspark"}})), {"cell 1": CODE}),
    "a language of old, and Python since": (
        saved(notebook(cell(CODE), metadata={"kernelspec": {"language": "R"}, "language_info": {"name": "python"}})),
        {"cell 1": CODE},
    ),
    "format 3": (old({"worksheets": [{"cells": [{"cell_type": "heading", "source": "x"}, V3]}]}, 3), CELLS),
    "format 3, lines": (
        old({"worksheets": [{"cells": [V3 | {"input": ["x = 1\n", "y = 2"]}]}]}, 3),
        {"cell 1": "x = 1\ny = 2"},
    ),
    "format 3, two worksheets": (
        old({"worksheets": [{"cells": [V3]}, {"metadata": {}, "cells": [V3]}]}, 3),
        {"cell 1": CODE, "cell 2": CODE},
    ),
    "format 2": (old({"worksheets": [{"cells": [V3]}]}, 2), {"cell 1": CODE}),
    "NaN in outputs": (
        saved(notebook(cell(CODE, outputs=[{"data": {"application/json": [float("nan"), float("-inf"), 1]}}]))),
        {"cell 1": CODE},
    ),
    "half a character in outputs": (
        json.dumps(notebook(cell(CODE, outputs=[{"text": "\ud83d"}]))).encode(),
        {"cell 1": CODE},
    ),
    "half a character in code": (
        json.dumps(notebook(cell("x = '\ud83d'"), cell("y = 1"))).encode(),
        {"cell 1": "x = '\ud83d'", "cell 2": "y = 1"},
    ),
    "half a character in code and NaN": (
        json.dumps(notebook(cell("x = '\ud83d'"), x=float("inf"))).encode(),
        {"cell 1": "x = '\ud83d'"},
    ),
    "NaN in code": (saved(notebook(cell("x = [NaN, 1]"), x=float("nan"))), {"cell 1": "x = [NaN, 1]"}),
    "outputs that are not UTF-8": (ONE.replace(b"iVBO", b"\xff\xfe\xfd\xfc"), CELLS),
    "attachments, and pictures in text": (
        saved(notebook(cell("![x](a.png)", "markdown", attachments={"a.png": {"image/png": "x" * 10**6}}), cell(CODE))),
        CELLS,
    ),
    "widgets with their states": (
        saved(notebook(cell(CODE), metadata=PYTHON | {"widgets": {"x": {"state": ["x" * 100] * 1000}}})),
        {"cell 1": CODE},
    ),
    "a title underlined, no merge conflict": (
        saved(notebook(cell('"""\nTitle\n=======\n"""'))),
        {"cell 1": '"""\nTitle\n=======\n"""'},
    ),
    "no white space": (json.dumps(notebook(cell(CODE)), separators=(",", ":")).encode(), {"cell 1": CODE}),
    "Windows lines": (ONE.replace(b"\n", b"\r\n"), CELLS),
    "space before": (b"\n\n  " + ONE, CELLS),
}


@pytest.mark.parametrize("case", NOTEBOOKS)
def test_code_cells_of_a_notebook(case):
    data, expected = NOTEBOOKS[case]
    assert read("net.ipynb", data) == expected


DUMP = "data = [" + "1.5, " * 10**6 + "]"
CONFLICT = "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> feature\n"
LEFT_OUT = {
    "data in a cell": (
        [cell("x = 1"), cell(DUMP), cell(CODE)],
        {"cell 1": "x = 1", "cell 3": CODE},
        "In net.ipynb, cell 2 was left out: your submission has more than 500 KB of code with it. "
        "Keep data in a file of its own.",
    ),
    "several that are too much together": (
        [cell("# " + "x" * 300_000), cell("y" * 250_000), cell(["z" * 2_000_000, "z"] * 2), cell(CODE)],
        {"cell 2": "y" * 250_000, "cell 4": CODE},
        "In net.ipynb, cell 1 and cell 3 were left out: your submission has more than 500 KB of code with them. "
        "Keep data in a file of its own.",
    ),
    "a merge conflict in a cell": (
        [cell("import numpy\n" + CONFLICT), cell(CODE)],
        {"cell 2": CODE},
        "In net.ipynb, cell 1 was left out: it holds the marks of a merge conflict. "
        "Keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>.",
    ),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_cell_that_is_left_out_is_told_and_the_others_are_read(case):
    cells, expected, line = LEFT_OUT[case]
    data = saved(notebook(*cells))
    assert read("net.ipynb", data) == expected
    (fact,) = source_of("net.ipynb", data).left_out
    assert say(fact) == line


def zipped(*files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in files:
            archive.writestr(*(file if isinstance(file, tuple) else (file, "<x/>")))
    return buffer.getvalue()


LOGIN = b"""\n<!-- saved from url=(0030)https://moodle.example.org/login -->
<!DOCTYPE html>\n<html><head><title>Log in</title></head><body></body></html>"""
MAIL = b"""Return-Path: <ada@example.org>\nReceived: from mail.example.org\n\tby mx.example.org\nSubject: homework
MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nimport numpy as np\n"""
PLIST = b"""<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://x">
<plist version="1.0"><dict><key>URL</key><string>https://colab.research.google.com/drive/1</string></dict></plist>"""
LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"
DRIVE = b'{"":"WARNING! DO NOT EDIT THIS FILE!","doc_id":"1x","resource_key":"","email":"ada@example.org"}'
ITSELF = "hand in the .py or .ipynb file itself"
SHORTCUT = "is a shortcut, not the file that it leads to; " + ITSELF
PAGE = "is a web page, as a link or a login page gives it; open it in a browser, download the file itself, "
PAGE += "and hand in that"
WORD = "is a Word document; copy your code into a plain text file called .py, or " + ITSELF
PICTURES = "is a picture; " + ITSELF
UTF8 = "save it as UTF-8 and hand it in again"
CUT = "net.ipynb is cut off in the middle, in line {}; download or save it again, and hand in that"
NO_NOTEBOOK = "is JSON, but not a notebook: it has no list of cells; hand in the notebook as Jupyter saves it"
CONFLICTED = (
    "holds the marks of a merge conflict (line {}); keep one of the two versions, delete the lines with <<<<<<<, "
    "======= and >>>>>>>, and hand it in again"
)


def in_language(**metadata):
    return saved(notebook(cell("x <- 1"), metadata=metadata))


def no_python(language):
    return f"is a notebook in {language}, and Python is expected; choose a Python kernel and hand it in again"


REFUSED = {
    "empty": ("a.py", b"", "is empty; save your work and hand it in again"),
    "blank": ("a.py", b" \n\t\f", "is empty; save your work and hand it in again"),
    "an empty notebook": ("a.ipynb", b"", "is empty; save your work and hand it in again"),
    "nothing but a mark": ("a.py", codecs.BOM_UTF8 + b"\n", "is empty; save your work and hand it in again"),
    # encodings
    "cp1252": ("a.py", UMLAUTS.encode("cp1252"), f"is not UTF-8 text (line 1 looks like cp1252); {UTF8}"),
    "one letter": ("a.py", b"x = 1\ny = '\xe9'", f"is not UTF-8 text (line 2 looks like cp1252); {UTF8}"),
    "old Mac": (
        "a.py",
        (UMLAUTS + "# Rückwärts über alle Schichten\n").encode("mac_roman"),
        f"is not UTF-8 text (line 1 looks like mac_roman); {UTF8}",
    ),
    "cyrillic": (
        "a.py",
        ("x = 1\n" + CYRILLIC.partition("\n")[2]).encode("cp1251"),
        f"is not UTF-8 text (line 2 looks like cp1251); {UTF8}",
    ),
    "gbk": ("a.py", "# 反向传播 的 解答\n".encode("gbk"), f"is not UTF-8 text (line 1 looks like gb18030); {UTF8}"),
    "shift-jis": ("a.py", "# 逆伝播の解答です\n".encode("shift_jis"), f"(line 1 looks like shift_jis); {UTF8}"),
    "a coding line that is wrong": (
        "a.py",
        b"# coding: ascii\nx = '\xc3\xa9'\n",
        f"says that its encoding is ascii, and line 2 is not; {UTF8}",
    ),
    "a coding line of UTF-8 that is wrong": (
        "a.py",
        b"# coding: utf-8\n" + UMLAUTS.encode("cp1252"),
        f"is not UTF-8 text (line 2 looks like cp1252); {UTF8}",
    ),
    "an encoding that nobody knows": ("a.py", b"# coding: klingon\n", f"encoding is klingon, which is unknown; {UTF8}"),
    "UTF-16 that is cut": (
        "a.py",
        UMLAUTS.encode("utf-16")[:-1],
        "begins as UTF-16 and goes on as something else",
    ),
    "UTF-16 without its mark": ("a.py", UMLAUTS.encode("utf-16-le"), f"is UTF-16 text without its mark; {UTF8}"),
    "UTF-16 without its mark, the other way": ("a.py", UMLAUTS.encode("utf-16-be"), f"without its mark; {UTF8}"),
    "a notebook in UTF-16 without its mark": ("a.ipynb", ONE.decode().encode("utf-16-le"), f"without its mark; {UTF8}"),
    "NUL bytes": ("a.py", b"x = 1\0", f"holds NUL bytes, so it is not a text file; {ITSELF}"),
    "a notebook in cp1252": (
        "a.ipynb",
        saved(notebook(cell(UMLAUTS))).decode().encode("cp1252"),
        f"is not UTF-8 text (line 15 looks like cp1252); {UTF8}",
    ),
    # notebooks
    "cut off": ("net.ipynb", ONE[:-50], CUT.format(ONE[:-50].count(b"\n") + 1)),
    "cut off behind NaN": ("net.ipynb", saved(notebook(x=float("nan")))[:-3], CUT.format(12)),
    "JSON that is none": ("a.ipynb", b'{"a": [1, 2]}', NO_NOTEBOOK),
    "a list": ("a.ipynb", b"[1]", NO_NOTEBOOK),
    "cells that are none": ("a.ipynb", b'{"cells": 3}', NO_NOTEBOOK),
    "cells of something else": ("a.ipynb", b'{"cells": [1, 2]}', NO_NOTEBOOK),
    "null for cells": ("a.ipynb", b'{"cells": null}', NO_NOTEBOOK),
    "no worksheet": (
        "a.ipynb",
        b'{"worksheets": []}',
        "is a notebook without cells; save your work and hand it in again",
    ),
    "no cells": ("a.ipynb", saved(notebook()), "is a notebook without cells; save your work and hand it in again"),
    "text alone": (
        "a.ipynb",
        saved(notebook(cell("# x", "markdown"), cell("x", "raw"))),
        "has no code in its cells; hand in the notebook with your answers",
    ),
    "empty cells": (
        "a.ipynb",
        saved(notebook(cell(""), cell(["\n", "  "]))),
        "has no code in its cells; hand in the notebook with your answers",
    ),
    "nothing but data": (
        "a.ipynb",
        saved(notebook(cell(DUMP))),
        "holds more than 500 KB of code; keep data in files of its own",
    ),
    "a comma is missing": (
        "a.ipynb",
        b'{"cells": [\n{} {}]}',
        "is not a notebook that Jupyter can open (Expecting ',' delimiter: line 2 column 4); save it again in Jupyter, "
        "and hand in that",
    ),
    "nested too deep": (
        "a.ipynb",
        b'{"a":' + b"[" * 100_000,
        "is not a notebook that Jupyter can open (too deeply nested)",
    ),
    "too many cells": (
        "a.ipynb",
        saved(notebook(*[cell("x")] * 2001)),
        "expected a notebook of at most 2000 cells, a.ipynb has more; remove what is not needed",
    ),
    "words": (
        "a.ipynb",
        b"see my e-mail",
        "is neither a notebook nor Python; hand in the notebook as Jupyter saves it",
    ),
    "R": ("a.ipynb", in_language(kernelspec={"name": "ir", "display_name": "R", "language": "R"}), no_python("R")),
    "R of Colab": ("a.ipynb", in_language(kernelspec={"name": "ir", "display_name": "R"}), no_python("R")),
    "Julia": ("a.ipynb", in_language(language_info={"name": "julia", "version": "1.9"}), no_python("julia")),
    "Julia by its kernel": ("a.ipynb", in_language(kernelspec={"name": "julia-1.9"}), no_python("Julia")),
    "C++": ("a.ipynb", in_language(kernelspec={"name": "xcpp17", "language": "C++17"}), no_python("C++17")),
    "Julia of format 3": (
        "a.ipynb",
        saved({"nbformat": 3, "metadata": {"language": "Julia"}, "worksheets": [{"cells": [V3]}]}),
        no_python("Julia"),
    ),
    "R of format 3": ("a.ipynb", old({"worksheets": [{"cells": [V3 | {"language": "R"}]}]}, 3), no_python("R")),
    # merge conflicts
    "a merge conflict": ("a.py", ("import numpy\n" + CONFLICT).encode(), CONFLICTED.format(2)),
    "a merge conflict, Windows lines": ("a.py", CONFLICT.replace("\n", "\r\n").encode(), CONFLICTED.format(1)),
    "a merge conflict in a notebook": (
        "a.ipynb",
        b'{\n "cells": [\n<<<<<<< HEAD\n  {},\n=======\n  {}\n>>>>>>> ada\n ]\n}\n',
        CONFLICTED.format(3),
    ),
    "a merge conflict at the top of a notebook": (
        "a.ipynb",
        b"<<<<<<< HEAD\n" + ONE + b"=======\n" + ONE + b">>>>>>> ada\n",
        CONFLICTED.format(1),
    ),
    "every cell has a merge conflict": (
        "a.ipynb",
        saved(notebook(cell("x\n" + CONFLICT))),
        CONFLICTED.replace("(line {}", "(cell 1, line 2"),
    ),
    # something else
    "a login page": ("a.py", LOGIN, PAGE),
    "a login page for a notebook": ("a.ipynb", codecs.BOM_UTF8 + b"<html lang=en>", PAGE),
    "a page of XML": ("a.ipynb", b'<?xml version="1.0"?>\n<html xmlns="x">', PAGE),
    "a web page in UTF-16": ("a.py", "<!DOCTYPE HTML>".encode("utf-16"), PAGE),
    "a notebook exported as a web page": ("a.ipynb.txt", b"<!DOCTYPE html>\n<html>" + b" " * 10**6, PAGE),
    "PDF": ("a.py", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", f"is a PDF; {ITSELF}"),
    "Word": ("a.py", zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), WORD),
    "Word in UTF-8": ("a.ipynb", zipped("word/document.xml"), WORD),
    "old Word": ("a.py", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), f"is an old Office document; {ITSELF}"),
    "a table": ("a.py", zipped("[Content_Types].xml", "xl/workbook.xml"), f"is an Excel table; {ITSELF}"),
    "OpenDocument": (
        "a.py",
        zipped("mimetype", "content.xml", "META-INF/manifest.xml"),
        "is an OpenDocument text; copy",
    ),
    "Pages": ("a.py", zipped("Index/Document.iwa"), "is a document of Pages; copy"),
    "RTF": ("a.py", rb"{\rtf1\ansi import numpy}", "is a document in Rich Text Format; save it as plain text"),
    "PNG": ("a.py", b"\x89PNG\r\n\x1a\n\0\0", PICTURES),
    "JPEG": ("a.ipynb", b"\xff\xd8\xff\xe0\0\x10JFIF", PICTURES),
    "GIF": ("a.py", b"GIF89a\x01\0", PICTURES),
    "WebP": ("a.py", b"RIFF\x24\0\0\0WEBPVP8 ", PICTURES),
    "HEIC": ("a.py", b"\0\0\0\x18ftypheic\0\0", PICTURES),
    "byte code": (
        "a.py",
        MAGIC_NUMBER + bytes(12) + marshal.dumps(compile("x = 1", "x", "exec")),
        "is Python byte code (.pyc), not the text; hand in the .py file itself",
    ),
    "a pointer of Git LFS": (
        "a.ipynb",
        LFS,
        "is a pointer of Git LFS, not the file itself; run `git lfs pull`, and hand in the file that this brings",
    ),
    "a file of Google Drive": ("a.ipynb", DRIVE, SHORTCUT),
    "a shortcut of Windows": ("a.py", b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F", SHORTCUT),
    "an Internet shortcut": ("a.py", b"[InternetShortcut]\r\nURL=https://x\r\n", SHORTCUT),
    "a shortcut of macOS": ("a.ipynb", PLIST, SHORTCUT),
    "an alias of macOS": ("a.py", b"book\0\0\0\0mark\0\0\0\0", SHORTCUT),
    "a shortcut of Linux": ("a.py", b"[Desktop Entry]\nType=Link\n", SHORTCUT),
    "an e-mail": ("a.py", MAIL, "is an e-mail; save what is attached to it, and hand in that"),
    "rar": (
        "a.zip",
        b"Rar!\x1a\x07\x01\0",
        "is a RAR archive, which cannot be read; hand in a .zip, or the file itself",
    ),
    "7z": (
        "a.py",
        b"7z\xbc\xaf\x27\x1c\0\x04",
        "is a 7z archive, which cannot be read; hand in a .zip, or the file itself",
    ),
    "a saved model": ("a.py", b"\x89HDF\r\n\x1a\n\0", f"is a saved model or its data, not code; {ITSELF}"),
    "a saved model of Keras": (
        "a.py",
        zipped("metadata.json", "config.json", "model.weights.h5"),
        "is a saved model or",
    ),
    "an array": ("a.py", b"\x93NUMPY\x01\0v\0", f"is a saved model or its data, not code; {ITSELF}"),
    "a program": ("a.py", b"\x7fELF\x02\x01\x01\0", f"is a program that is made for a machine; {ITSELF}"),
    "a zip with neither": ("a.py", zipped("notes.txt"), "expected a .py or .ipynb in the archive, found none"),
    "a web page for a zip": ("a.zip", LOGIN, PAGE),
    "words for a zip": ("a.zip", b"see my e-mail", "the archive is broken (File is not a zip file); make it again"),
    "a zip in a zip in a zip": (
        "a.zip",
        zipped(("b.zip", zipped(("c.zip", zipped("answer.py"))))),
        "it holds another archive, c.zip; unpack it and hand in the file itself",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_one_line_that_says_what_to_do(tmp_path, unpack, case):
    name, data, line = REFUSED[case]
    (tmp_path / name).write_bytes(data)
    # all the way, as a file of a class is read
    reason = Submission("ada", tmp_path / name, wanted="answer.py").read(unpack).reason
    assert line in reason and (reason.startswith((f"{name} ", f"{name}: ", "expected ")))
    assert len(reason) < 300 and reason.isprintable()


@pytest.mark.parametrize(
    "name, data", [("a.py", zipped("answer.py")), ("a.ipynb", gzip.compress(b"x", mtime=0)), ("a.zip", b"x")]
)
def test_without_a_sandbox_no_archive_is_opened(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    assert Submission("ada", tmp_path / name).read().reason == f"{name} is an archive; unpack it first"


def test_a_notebook_that_is_cut_off_anywhere_is_told_from_one_that_is_broken():
    record = notebook(cell("x = 'é☃🙂'\n", outputs=[{"text": '\ud83d\\" 🙂'}]), x=[float("nan"), 1.5, True, None])
    for data in (ONE.rstrip()[:900] + ONE.rstrip()[-300:], json.dumps(record).encode()):
        for length in range(20, len(data) - 1):
            with pytest.raises(Unreadable, match="cut off in the middle"):
                source_of("net.ipynb", data[:length])


NO_TEXT = "punycode idna unicode_escape raw_unicode_escape rot13 zlib base64 hex bz2 utf-7 undefined uu quopri utf-16"


@pytest.mark.parametrize("encoding", [*NO_TEXT.split(), "x" * 900, "../../x", "encodings.punycode"])
def test_an_encoding_that_no_text_file_has_is_not_tried(encoding):
    data = f"# coding: {encoding}\n".encode() + b"x" * 10**6
    with pytest.raises(Unreadable, match=r"says that its encoding is [\w.-]{1,30}, which is unknown; save it as UTF-8"):
        source_of("a.py", data)


BIG = b'{"cells": [], "x": [' + b'"' + b"x" * MAX_PLAIN + b'", '
LARGE = {
    "NaN in a large notebook": (
        BIG + b"NaN]}",
        "holds NaN or Infinity in its outputs, which JSON does not have; clear its outputs and hand it in again",
    ),
    "no JSON": (BIG + b"x]}", "is not a notebook that Jupyter can open (JSON is malformed: invalid character (byte "),
    "cut off": (BIG, "is cut off in the middle"),
    "UTF-16": (codecs.BOM_UTF16_LE + b"x\0" * MAX_PLAIN, f"is UTF-16 text of more than 10 MB; {UTF8}"),
    "too large": (b"{" + b" " * MAX_BYTES, "is larger than 64 MB; clear its outputs and hand it in again"),
    "too much code": (b"x = 1\n" * MAX_CODE, "holds more than 500 KB of code; keep data in files of its own"),
}


@pytest.mark.parametrize("case", LARGE)
def test_large_files(tmp_path, case):
    data, line = LARGE[case]
    name = "a.py" if case == "too much code" else "a.ipynb"
    (tmp_path / name).write_bytes(data)
    assert line in Submission("ada", tmp_path / name).read().reason


SEEDS = [data for data, _ in NOTEBOOKS.values() if len(data) < 5000]
SEEDS += [text.encode(encoding) for text, encoding in ENCODINGS.values()]
SEEDS += [data for _, data, _ in REFUSED.values() if len(data) < 5000]
PIECES = [
    b"NaN",
    b"null",
    b"[",
    b"{}",
    b'"',
    b"\\ud83d",
    b"\xff",
    b"\0",
    b"1e999",
    b'"source"',
    b'"cells"',
    b"# coding: big5\n",
]
PIECES += [b"\n<<<<<<< a\n", b"\n>>>>>>> b\n", b'"language"', b'"metadata"', b""]
EDITS = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 12), st.sampled_from(PIECES)), max_size=6)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.sampled_from(["a.py", "a.ipynb", "a"]), st.sampled_from(SEEDS), EDITS)
def test_any_bytes_are_read_or_refused(name, data, edits):
    for place, length, piece in edits:
        start = place % (len(data) + 1)
        data = data[:start] + piece + data[start + length :]
    try:
        assert all(type(part["text"]) is str for part in source_of(name, data).parts)
    except Unreadable as refused:
        assert str(refused).isprintable() and len(str(refused)) < 330
