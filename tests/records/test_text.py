"""What students wrote becomes harmless text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.text import natural_key, number, one_line, visible


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_visible_text_can_be_encoded_and_holds_no_control(text):
    shown = visible(text)
    shown.encode("utf-8")
    assert not any(character < " " and character not in "\n\t" for character in shown)
    assert not any("\x7f" <= character <= "\x9f" for character in shown)
    assert not any("\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069" for character in shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë 李飞飞 محمد 🙂\n\t", "Zoë 李飞飞 محمد 🙂\n\t"),
        ("one\r\ntwo\rthree", "one\ntwo␍three"),
        ("\x1b[31m\x00\x7f\x9b", "␛[31m␀␡⟨U+009B⟩"),
        ("a\u202eb\u2066c\ud800", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+D800⟩"),
    ],
)
def test_visible_examples(text, shown):
    assert visible(text) == shown


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_a_name_is_shown_on_one_line(text):
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1 and "\t" not in shown
    assert visible(shown) == one_line(shown) == shown


def test_ids_sort_by_their_numbers():
    ids = ["03.10", "03.2", "bonus", "03.1b", "03.1"]
    assert sorted(ids, key=natural_key) == ["03.1", "03.1b", "03.2", "03.10", "bonus"]


@pytest.mark.parametrize(("value", "text"), [(17.0, "17"), (2.5, "2.5"), (1 / 3, "0.333"), (0, "0"), (-0.0, "0")])
def test_numbers_are_short(value, text):
    assert number(value) == text
