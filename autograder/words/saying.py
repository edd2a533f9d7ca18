"""From facts to sentences, with the table of any language."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from autograder.facts.fact import IN_MEMORY, Fact, Place, together
from autograder.text import readable, shortened

if TYPE_CHECKING:
    from autograder.facts.cause import Cause

# a sentence, or parts of one: a part is left out when something that it names is missing
Sentence = str | tuple[str, ...]
# of what is right, so many are named
_MOST_RIGHT = 12
# what is no name of a student's; "a" may be one
_FIRST_WORDS = re.compile(r"(the|in|with|of|you|your|at|among|after|before|it|there|this|all|every|what) ")
# how a line of an author's begins that is no name and no code; and a name of several words
_PLAIN_WORD = re.compile(r"([a-z]{2,}(-[a-z]+)*,? |a [a-z])")
_PHRASE = re.compile(r"[a-z-]{2,}( [\w-]+)+")
_ENDS = (".", "?", "!", "…")
_ALTERNATIVES = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)(?:\|([^\[\]|]*))?\]")


@dataclass(frozen=True)
class Table:
    """All sentences of a language.

    `{name}` stands for a value of the fact, `{about}` for what it is about; `[is|are]` for the one or the other,
    as there is one thing or several, and `[is|are both|are all]` for one of three.

    Attributes:
        facts: A sentence for each kind of fact.
        mistakes: A sentence for each kind of mistake.
        sources: Where a constant factor comes from, by its expression.
        joined: How the last two of a list are joined.
        statuses: What a status is called.
        meanings: What a status means, for the student.
        outcomes: What an outcome is called.
        ordinals: First, second and so on.
    """

    facts: Mapping[str, Sentence]
    mistakes: Mapping[str, str]
    sources: Mapping[str, str]
    joined: str = "and"
    statuses: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    ordinals: Sequence[str] = ()

    def says(self, kind: str, values: Mapping[str, Any], of: Literal["facts", "mistakes", "sources"] = "facts") -> str:
        """The sentence of a kind, its blanks filled; in English, all of it, where this table has none."""
        table = self if kind in getattr(self, of) else _english()
        return rendered(getattr(table, of)[kind], values, table)

    def is_plural(self, about: Sequence[str]) -> bool:
        """Whether one speaks of several things: several names, or one such as `the losses`."""
        return len(about) > 1 or any(re.fullmatch(r"the .*[^s]s", name) for name in about)

    def named(self, name: str) -> str:
        """A name as it is said: an item that has none, such as `[1]` or, of one of several functions, `add()[1]`."""
        place = re.fullmatch(r"(?:(\w+)\(\))?(?:\[(\d)\])?", name)
        if not name or place is None or int(place[2] or 0) >= len(self.ordinals) or "nth-value" not in self.facts:
            return name
        kind = ("nth-value-of" if place[1] else "nth-value") if place[2] else "value-of"
        text = self.says(kind, {"nth": self.ordinals[int(place[2] or 0)], "name": place[1]})
        return text[:1].lower() + text[1:]

    def listed(self, names: Iterable[str]) -> str:
        """Names as they are read aloud: `W1, b1 and W2`."""
        *first, last = [self.named(name) for name in names] or [""]
        return f"{', '.join(first)} {self.joined} {last}" if first else last


def _english() -> Table:
    from autograder.words.english import ENGLISH

    return ENGLISH


def say(fact: Fact, table: Table | None = None) -> str:
    """The sentence of a fact.

    Example:

    >>> say(Fact("right", ("W1", "b1")))
    'W1 and b1 are right.'
    """
    if fact.kind == "right" and len(fact.about) > _MOST_RIGHT:
        fact = Fact("many-right", values={"count": len(fact.about)})
    text = (table or _english()).says(fact.kind, {**fact.values, "about": fact.about, "place": fact.place})
    return text[:1].upper() + text[1:] if fact.kind == "said" and _PLAIN_WORD.match(text) else text


def message(facts: Iterable[Fact], table: Table | None = None) -> str:
    """The lines of several facts; what says the same of several things is said once."""
    return shortened("\n".join(say(fact, table) for fact in together(facts)))


def rendered(sentence: Sentence, values: Mapping[str, Any], table: Table) -> str:
    """A sentence with its blanks filled; a part of it is left out when one of its own blanks has no value."""
    parts = (sentence,) if isinstance(sentence, str) else sentence
    about = values.get("about") or ()
    one, two = not table.is_plural(about), len(about) == 2
    text = ""
    for part in parts:
        names = [name for _, name, _, _ in string.Formatter().parse(part) if name]
        if len(parts) == 1 or not any(_is_missing(values.get(name)) for name in names):
            chosen = _ALTERNATIVES.sub(
                lambda match: match[1] if one else match[2] if two else match[3] or match[2], part
            )
            text = _Filler(table).continued(text, chosen, values)
    # a sentence begins with a capital, a name stays as it is written
    name = next((one for one in (values.get("name"), *about) if isinstance(one, str)), "")
    is_phrase = _PHRASE.fullmatch(name) and text.startswith(name)
    return text[:1].upper() + text[1:] if is_phrase or _FIRST_WORDS.match(text) else text


def _is_missing(value: Any) -> bool:
    """Whether a blank has no value; a count or a place of 0 is none, and a number that was computed is one."""
    return value in (None, "", ()) or (type(value) is int and value == 0)


class _Filler(string.Formatter):
    """Fills blanks: facts as their sentences, shapes as tuples, names as lists."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def continued(self, text: str, part: str, values: Mapping[str, Any]) -> str:
        """A text with a part after it; what has ended with a sign of its own is not ended once more."""
        for literal, name, spec, _ in self.parse(part):
            text += literal[1:] if literal.startswith(".") and text.endswith(_ENDS) else literal
            if name is not None:
                text += self.vformat(f"{{{name}:{spec}}}" if spec else f"{{{name}}}", (), dict(values))
        return text

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(key, "")

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Fact):
            sentence = say(value, self._table).removesuffix(".")
            return sentence[:1].lower() + sentence[1:] if format_spec == "inside" else sentence
        if isinstance(value, Place):
            values = {one.name: getattr(value, one.name) for one in fields(value)}
            if value.file == IN_MEMORY and value.cell:
                values["cell"] = f"[{value.cell}]"
            kind = "place-of-lines" if value.until else "place" if value.line else "place-without-line"
            return self._table.says(kind, values)
        if format_spec == "shape":
            return str(tuple(value) if isinstance(value, (tuple, list)) else value)
        if isinstance(value, (tuple, list)):
            if all(isinstance(item, str) for item in value):
                if format_spec == "code":
                    value = [f"`{item}`" for item in value]
                return self._table.listed(value)
            return str(tuple(value))
        if format_spec.startswith("digits"):
            return readable(float(value), int(format_spec.removeprefix("digits") or 3))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return format(value, format_spec)
        text = str(value)
        return text[:1].lower() + text[1:] if format_spec == "inside" else text


def because(cause: Cause, table: Table | None = None) -> str:
    """The sentences of a proven cause: what, where, and what else it could be.

    What may be said is what the cause holds: help of a lower level holds less.
    """
    table = table or _english()
    text: list[str] = []
    values = {"about": cause.about, "place": cause.place}
    if not cause.code:
        if cause.follows:
            return table.says("builds-on-functions", {**values, "names": cause.about, "questions": cause.follows})
        return table.says("look", values)
    if cause.factor is not None:
        factor = cause.factor
        size = abs(factor.value)
        scale = "opposite" if abs(size - 1) < 1e-3 else "larger" if size > 1 else "smaller"
        kind = f"factor-{scale}" if factor.value > 0 or scale == "opposite" else f"factor-{scale}-opposite"
        more: dict[str, Any] = {**values, "times": size if size > 1 else 1 / size, "size": factor.size}
        more |= {"rows": factor.rows or "examples", "columns": factor.columns or "outputs"}
        if not cause.about:
            more["about"] = (table.says("value", {}),)
        if factor.of_step:
            more["about"] = (table.says("step-of", values),)
        text.append(table.says("factor-and-mistake" if cause.kind else kind, more))
        text.append(table.says(factor.source, more, "sources"))
    if cause.kind:
        parts = {**values, "mistake": table.says(cause.kind, {}, "mistakes")}
        text.append(table.says("mistake-of" if cause.about and not text else "mistake", parts))
    if cause.place is not None:
        text.append(table.says("look-there", values))
    if cause.yours:
        text.append(table.says("yours", {"code": cause.yours}))
    if cause.lecture:
        text.append(table.says("lecture", {"lecture": cause.lecture}))
    if cause.follows:
        text.insert(0, table.says("follows", {"question": cause.follows}))
    return " ".join(text)
