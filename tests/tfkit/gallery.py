"""The pages that show what tfkit draws: runs their blocks, and makes their pictures and what they print again.

`python tests/tfkit/gallery.py` writes them; `test_gallery.py` compares.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

ROOT = Path(__file__).parents[2]
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]  # as a script it stands alone

PAGE = ROOT / "tfkit" / "README.md"
SYNTHETIC = tuple(sorted((ROOT / "datasets" / "synthetic").glob("*.md")))
_BLOCK = re.compile(
    r"```python\n(?P<code>.*?)```\n"
    r"(?:\n```text\n(?P<text>.*?)```\n)?"
    r"(?:\n!\[(?P<words>[^\]]*)\]\((?P<picture>[^)]+)\)\n)?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """One block of a page: what runs, what it prints, and where its picture is."""

    code: str
    text: str | None
    words: str | None
    picture: Path | None

    @property
    def name(self) -> str:
        return self.picture.stem if self.picture else self.code.splitlines()[0]


def blocks(page: Path) -> list[Block]:
    """All blocks of a page in their order."""
    return [
        Block(
            found["code"],
            found["text"],
            found["words"],
            None if found["picture"] is None else page.parent / found["picture"],
        )
        for found in _BLOCK.finditer(page.read_text(encoding="utf-8"))
    ]


def run(block: Block) -> tuple[str, bytes | None]:
    """What a block prints, and the figure that it leaves, as a small PNG."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.close("all")
    printed = io.StringIO()
    with matplotlib.rc_context(matplotlib.rcParamsDefault), contextlib.redirect_stdout(printed):
        matplotlib.use("Agg")
        exec(compile(block.code, f"gallery: {block.name}", "exec"), {"__name__": "gallery"})
        picture = _small(plt.gcf()) if plt.get_fignums() else None
    plt.close("all")
    return printed.getvalue(), picture


def _small(figure: object) -> bytes:
    """A figure as a PNG of 64 colours: a tenth of what matplotlib writes."""
    from PIL import Image

    drawn, kept = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, dpi=65)
    Image.open(drawn).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def make(page: Path) -> None:
    """Write what the blocks of a page print and draw."""
    text = page.read_text(encoding="utf-8")
    for block in blocks(page):
        printed, picture = run(block)
        if block.text is not None:
            before = f"{block.code}```\n\n```text\n"
            text = text.replace(f"{before}{block.text}```", f"{before}{printed}```")
        if block.picture is not None and picture is not None:
            block.picture.parent.mkdir(exist_ok=True)
            block.picture.write_bytes(picture)
        print(f"{block.name}: {0 if picture is None else len(picture)} bytes")
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for one in (PAGE, *SYNTHETIC):
        if not sys.argv[1:] or one.stem in sys.argv[1:]:
            make(one)
