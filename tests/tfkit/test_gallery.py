"""The blocks of the pages run, print what these say and draw their pictures."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from tests.tfkit import gallery

pytestmark = pytest.mark.turns(4)
PAGES = (gallery.PAGE, *gallery.SYNTHETIC)
BLOCKS = [block for page in PAGES for block in gallery.blocks(page)]
PICTURES = [block.picture for block in BLOCKS if block.picture]


def small(picture):
    """A picture in grey, 48 by 36: another font or another rounding does not matter there."""
    with Image.open(picture) as image:
        return np.asarray(image.convert("L").resize((48, 36), Image.Resampling.BOX), float)


def difference(one, other):
    return float(np.abs(small(one) - small(other)).mean())


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_a_block_prints_and_draws_what_the_page_shows(block):
    printed, picture = gallery.run(block)
    if block.text is not None:
        numbers = r"-?\d+\.?\d*(?:e[+-]?\d+)?"
        assert re.sub(rf"{numbers}| +", " ", printed) == re.sub(rf"{numbers}| +", " ", block.text)
        values = [np.array(re.findall(numbers, text), float) for text in (printed, block.text)]
        np.testing.assert_allclose(*values, rtol=0.1, atol=1e-6)
    if block.picture is not None:
        assert picture is not None, "the block leaves no figure"
        with Image.open(block.picture) as shown, Image.open(io.BytesIO(picture)) as drawn:
            assert np.allclose(shown.size, drawn.size, rtol=0.1)
        assert difference(block.picture, io.BytesIO(picture)) < 4, "run `python tests/tfkit/gallery.py` and look"


def test_pictures_that_differ_are_told_apart():
    for i, one in enumerate(PICTURES):
        assert all(difference(one, other) > 4 for other in PICTURES[i + 1 :])


def test_every_picture_is_shown_told_in_words_and_small():
    shown = [*(gallery.PAGE.parent / "gallery").iterdir(), *(gallery.ROOT / "datasets" / "synthetic").glob("*.png")]
    assert sorted(shown) == sorted(PICTURES)
    assert all(len(block.words.split()) > 4 for block in BLOCKS if block.picture)
    assert sum(picture.stat().st_size for picture in PICTURES) < 400_000


def test_no_block_is_without_a_result():
    assert sum(page.read_text(encoding="utf-8").count("```python") for page in PAGES) == len(BLOCKS) >= 18
    assert all(block.text or block.picture for block in BLOCKS)


def test_each_synthetic_page_says_so_and_what_does_not_follow():
    assert [page.stem for page in gallery.SYNTHETIC] == ["chest_xrays", "fundus", "lesions"]
    for page in gallery.SYNTHETIC:
        text = " ".join(page.read_text(encoding="utf-8").split())
        assert "synthetic" in text.splitlines()[0] or "synthetic" in text[:200]
        assert "## Why nothing about patients follows" in text
        assert f"make_{page.stem}" in text
