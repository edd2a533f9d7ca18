"""What strangers hand in: tables of cases, and the files that come out of each.

A table `tests/real/*.txt` begins with some text about it. A case begins with `---`, its name and a sentence. Then come
facts, `key: value`, one a line:

    --- question-mark-comment: A comment that ends in a question mark.
    base: 03 cells
    loses: 03.5
    [code]
    import numpy as np
    [markdown]
    ## My answer
    [code]
    <<backward>>
    [code]
    <<rest>>

`base` names the assignment and a right solution in somebody's style, `bases/03_cells.txt`; `[code]`, `[markdown]` and
`[raw]` each begin a cell. In a code cell a line `<<backward>>` stands for that part of the base (indented, if the
line is), `<<rest>>` for all parts that the case names nowhere, and `<<all>>` for the whole base. A cell with nothing
but `<<rest>>` or `<<all>>` becomes one cell for each part. `[change backward]` changes the part for this case: lines
with `-` stand in it, one after the other, in one place only, and lines with `+` take their place.

What is right:

    right: full            full marks, which is also what holds where nothing is said
    loses: 03.5            these questions lose marks, and all others get theirs
    may: 03.7              these may lose marks as well, because they build on those, or because a rule is open
    right: unreadable      nothing can be read
    says: words            what the result says somewhere
    says 03.5: words       what a line of this question says

How it is handed in:

    absent: tqdm           a package that is missing: its name is changed in the file, for it may be installed here
    without: backward      parts that `<<rest>>` leaves out, because the case has its own
    form: notebook script  which files are made: `notebook`, `script` (cells with blank lines between them), `percent`
                           (with `# %%` lines) or `file` (the one cell is the file); without it `notebook script`
    file: hw3.py.txt       the name of the file
    encoding: cp1252       of the script or file; also `utf-16` and `utf-8-sig`, which begin with a mark
    line ends: cr          or `crlf`
    form feeds: yes        a form feed before each cell of a script
    nbformat: 3            the notebook's format
    source: text           a cell's source is one text, and not a list of lines
    kernel: ir             the notebook's kernel, `python3` if nothing is said; `none` leaves it out
    colab: yes             with the metadata that Colab writes
    outputs: 11            megabytes of pictures among the outputs
    cut: 60                only so many percent of the bytes are there
    conflict: yes          a notebook in which Git left its marks
    bytes: 00 ff           bytes in hexadecimal that are put in front
    endless: yes           some statement never ends, or ends what runs it: no person should run this file

The standard library alone is imported here.
"""

from __future__ import annotations

import base64
import json
import random
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
ASSIGNMENTS = {"03": "03_numpy_net", "04": "04_tape_net"}
FACTS = {"line ends", "form feeds", "outputs", "colab", "cut", "conflict", "bytes", "endless"} | set(
    "base right loses may absent without form file encoding nbformat source kernel".split()
)


class CaseError(ValueError):
    """A table that cannot be read."""


@dataclass(frozen=True)
class Cell:
    """A cell: its kind and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class HandedIn:
    """One file, and what is right for it.

    Attributes:
        kind: The table that it stands in, such as `syntax`.
        name: The case.
        form: `notebook`, `script`, `percent` or `file`.
        sentence: What a person wrote about it.
        assignment: Such as `03_numpy_net`.
        file: The name of the file.
        content: Its bytes.
        unreadable: Whether nothing can be read.
        loses: Questions that lose marks.
        may: Questions that may lose marks as well.
        says: Words that the result says somewhere (key `""`) or in a line of a question.
        endless: Whether no person should run it.
        cells: The cells it was made of.
    """

    kind: str
    name: str
    form: str
    sentence: str
    assignment: str
    file: str
    content: bytes
    unreadable: bool
    loses: tuple[str, ...]
    may: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    endless: bool
    cells: tuple[Cell, ...] = field(repr=False)

    @property
    def id(self) -> str:
        """What a test's id shows."""
        return f"{self.kind}-{self.name}-{self.form}"


def all_cases(folder: Path = FOLDER) -> Iterator[HandedIn]:
    """Every file of every table."""
    for path in sorted(folder.glob("*.txt")):
        yield from read(path.read_text("utf-8"), path.stem)


def read(text: str, kind: str) -> Iterator[HandedIn]:
    """The files of one table."""
    names: set[str] = set()
    for block in re.split(r"^--- ", text, flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        name, _, sentence = head.partition(": ")
        if name in names:
            raise CaseError(f"{kind}: two cases are called {name}")
        names.add(name)
        try:
            yield from _files(kind, name, sentence.strip(), body)
        except (CaseError, KeyError) as error:
            raise CaseError(f"{kind}, {name}: {error}") from error


def base(name: str) -> dict[str, str]:
    """The parts of a base such as `03 cells`, by name, in order."""
    text = (FOLDER / "bases" / f"{name.replace(' ', '_')}.txt").read_text("utf-8")
    pieces = re.split(r"^\[(\w+)\]\n", text, flags=re.MULTILINE)[1:]
    return {part: piece.strip("\n") for part, piece in zip(pieces[::2], pieces[1::2], strict=True)}


def _files(kind: str, name: str, sentence: str, body: str) -> Iterator[HandedIn]:
    pieces = re.split(r"^\[(code|markdown|raw|change \w+)\]\n", body, flags=re.MULTILINE)
    facts, says = _facts(pieces[0])
    parts = base(facts.get("base", "03 cells"))
    written: list[Cell] = []
    for what, text in zip(pieces[1::2], pieces[2::2], strict=True):
        text = text.removesuffix("\n")
        if what.startswith("change "):
            part = what.split()[1]
            parts[part] = _changed(parts[part], text)
        else:
            written.append(Cell(what, text))
    cells = tuple(_filled(written, parts, facts.get("without", "").split()))
    for package in facts.get("absent", "").split():
        cells = tuple(Cell(cell.kind, re.sub(rf"\b{package}\b", f"{package}_absent", cell.text)) for cell in cells)
    if not cells:
        raise CaseError("no cells")
    assignment = ASSIGNMENTS[facts.get("base", "03 cells").split()[0]]
    for form in facts.get("form", "notebook script").split():
        ending = ".ipynb" if form == "notebook" else ".py"
        yield HandedIn(
            kind,
            name,
            form,
            sentence,
            assignment,
            facts.get("file", assignment + ending),
            _bytes(form, cells, facts),
            facts.get("right", "full") == "unreadable",
            tuple(facts.get("loses", "").split()),
            tuple(facts.get("may", "").split()),
            tuple(says),
            "endless" in facts,
            cells,
        )


def _facts(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    facts: dict[str, str] = {}
    says = []
    for line in text.splitlines():
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        if key.split()[0] == "says":
            says.append((key.removeprefix("says").strip(), value.strip()))
        elif not colon or key not in FACTS:
            raise CaseError(f"no fact: `{line}`")
        else:
            facts[key] = value.strip()
    return facts, says


def _changed(part: str, patch: str) -> str:
    """The part with each place of the patch changed."""
    lines = part.splitlines()
    hunks: list[tuple[list[str], list[str]]] = [([], [])]
    for line in patch.splitlines():
        if not line.strip():
            continue
        if line[0] not in "-+":
            raise CaseError(f"a line of a change has no sign: `{line}`")
        if line[0] == "-" and hunks[-1][1]:
            hunks.append(([], []))
        hunks[-1][line[0] == "+"].append(line[2:])
    for old, new in hunks:
        wanted = [line.strip() for line in old]
        places = [i for i in range(len(lines)) if [line.strip() for line in lines[i : i + len(old)]] == wanted]
        if len(places) != 1 or not old:
            raise CaseError(f"expected once in the part, found {len(places)} times: {old}")
        first = lines[places[0]]
        new = textwrap.dedent("\n".join(new)).splitlines()
        lines[places[0] : places[0] + len(old)] = [first[: len(first) - len(first.lstrip())] + line for line in new]
    return "\n".join(lines)


def _filled(written: list[Cell], parts: dict[str, str], without: list[str]) -> Iterator[Cell]:
    named = {name for cell in written for name in re.findall(r"<<(\w+)>>", cell.text)}
    for name in (named | set(without)) - set(parts) - {"all", "rest"}:
        raise CaseError(f"the base has no part {name}")
    groups = {"all": list(parts), "rest": [name for name in parts if name not in named and name not in without]}
    for cell in written:
        alone = re.fullmatch(r"\s*<<(all|rest)>>\s*", cell.text)
        if cell.kind == "code" and alone:
            yield from (Cell("code", parts[name]) for name in groups[alone[1]])
        else:
            text = re.sub(
                r"^([ \t]*)<<(\w+)>>$",
                lambda found: textwrap.indent(
                    "\n\n".join(parts[name] for name in groups.get(found[2], [found[2]])), found[1]
                ),
                cell.text,
                flags=re.MULTILINE,
            )
            yield Cell(cell.kind, text)


def _bytes(form: str, cells: tuple[Cell, ...], facts: dict[str, str]) -> bytes:
    text = _notebook(cells, facts) if form == "notebook" else _script(form, cells, facts)
    end = {"cr": "\r", "crlf": "\r\n"}.get(facts.get("line ends", ""), "\n")
    content = text.replace("\n", end).encode(facts.get("encoding", "utf-8"))
    content = bytes.fromhex(facts.get("bytes", "")) + content
    return content[: len(content) * int(facts.get("cut", "100")) // 100]


def _script(form: str, cells: tuple[Cell, ...], facts: dict[str, str]) -> str:
    if form == "file":
        return "\n".join(cell.text for cell in cells) + "\n"
    marks = {"code": "# %%\n", "markdown": "# %% [markdown]\n", "raw": "# %% [raw]\n"} if form == "percent" else {}
    pieces = []
    for cell in cells:
        text = cell.text if cell.kind == "code" else textwrap.indent(cell.text, "# ", lambda line: True)
        pieces.append(marks.get(cell.kind, "") + text)
    between = "\n\n\f\n" if "form feeds" in facts else "\n\n"
    return between.join(pieces) + "\n"


def _notebook(cells: tuple[Cell, ...], facts: dict[str, str]) -> str:
    old = facts.get("nbformat") == "3"
    lines = facts.get("source", "list") == "list"
    made = []
    for number, cell in enumerate(cells, 1):
        one: dict[str, object] = {"cell_type": cell.kind, "metadata": {}}
        one["input" if old and cell.kind == "code" else "source"] = (
            cell.text.splitlines(keepends=True) if lines else cell.text
        )
        if cell.kind == "code":
            one["outputs"] = []
            one["prompt_number" if old else "execution_count"] = number
            if old:
                one |= {"language": "python", "collapsed": False}
        made.append(one)
    if "outputs" in facts:
        _draw(made, int(facts["outputs"]), old)
    kernel = facts.get("kernel", "python3")
    language = {"python3": "python", "ir": "R", "julia-1.9": "julia", "xcpp17": "c++"}.get(kernel, "python")
    metadata: dict[str, object] = {
        "kernelspec": {"display_name": kernel, "language": language, "name": kernel},
        "language_info": {"name": language},
    }
    if "colab" in facts:
        metadata = {
            "colab": {"provenance": [], "name": "Untitled3.ipynb"},
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
            "accelerator": "GPU",
        }
    if kernel == "none":
        metadata = {}
    if old:
        book: dict[str, object] = {
            "metadata": {"name": ""},
            "nbformat": 3,
            "nbformat_minor": 0,
            "worksheets": [{"cells": made, "metadata": {}}],
        }
    else:
        book = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        for number, one in enumerate(made):
            one["id"] = f"cell{number:04}"
    text = json.dumps(book, indent=1, ensure_ascii=False) + "\n"
    if "conflict" in facts:
        head, mark, tail = text.partition('   "execution_count": 2')
        if not mark:
            head, mark, tail = text.partition('"execution_count": 2')
        theirs = mark.replace("2", "7")
        text = f"{head.rstrip(' ')}<<<<<<< HEAD\n{mark}\n=======\n{theirs}\n>>>>>>> 3f2a91c (fix)\n{tail.lstrip()}"
    return text


def _draw(cells: list[dict[str, object]], megabytes: int, old: bool) -> None:
    """Spreads pictures over the outputs of the code cells."""
    noise = random.Random(0)
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    size = megabytes * 2**20 * 3 // 4 // len(code)
    for cell in code:
        picture = base64.b64encode(noise.randbytes(size)).decode("ascii") + "\n"
        if old:
            cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "png": picture}]
        else:
            data = {"image/png": picture, "text/plain": ["<Figure size 640x480 with 1 Axes>"]}
            cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
