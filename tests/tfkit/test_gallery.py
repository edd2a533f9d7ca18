"""The blocks of tfkit/README.md run, print what it says and draw its pictures."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from tests.tfkit import gallery

BLOCKS = gallery.blocks(gallery.PAGE.read_text(encoding="utf-8"))
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
    folder = gallery.PAGE.parent / "gallery"
    assert sorted(folder.iterdir()) == sorted(PICTURES)
    assert all(len(block.words.split()) > 4 for block in BLOCKS if block.picture)
    assert sum(picture.stat().st_size for picture in PICTURES) < 250_000


def test_no_block_is_without_a_result():
    assert gallery.PAGE.read_text(encoding="utf-8").count("```python") == len(BLOCKS) >= 18
    assert all(block.text or block.picture for block in BLOCKS)
