"""What is told of an exception besides its message: the operands and their shapes, the names and keys there are.

A process sends it, so each part of it is looked at; what is not of the expected kind leaves the plain fact.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from autograder.engine.texts import place_of, text_of, texts_of
from autograder.facts.fact import Fact, Value

_LONGEST, _MOST_KEYS, _MOST_AXES = 80, 12, 8
_ORDER = ("first", "second", "third")
_KINDS = {"name": "undefined-name", "attribute": "undefined-attribute", "key": "no-such-key", "nothing": "is-none"}


def told_more(fact: Fact, more: Any) -> Fact:
    """The fact about an exception, with what was at hand where it came up."""
    if type(more) is not dict:
        return fact
    where, kind = more.get("where"), more.get("kind")
    if type(where) is dict:
        fact = replace(fact, place=place_of(where, _LONGEST))
    if kind == "graph":
        texts = {name: text_of(more.get(name), 500) for name in ("error", "text")}
        return replace(fact, values={**fact.values, **texts}) if texts["error"] else fact
    name = text_of(more.get("name"), _LONGEST)
    if not name or fact.place is None:
        return fact
    values: dict[str, Value] = {**fact.values, "what": name}
    # the line's text says nothing that the sentence does not say
    place = replace(fact.place, code="")
    if kind == "operation":
        operands = _operands(more.get("operands"), more.get("by_dtype") is True)
        if not operands:
            return fact
        values |= {**dict(zip(_ORDER, operands, strict=False)), "maker": text_of(more.get("maker"), _LONGEST)}
        return replace(fact, kind="cannot-compute", values=values, place=place)
    if type(kind) is not str or kind not in _KINDS:
        return fact
    values["maker"] = text_of(more.get("maker"), _LONGEST)
    values["near"] = text_of(more.get("near"), _LONGEST)
    values["key"] = text_of(more.get("key"), _LONGEST)
    values["keys"] = tuple(texts_of(more.get("keys"), _MOST_KEYS))
    return replace(fact, kind=_KINDS[kind], values=values, place=place)


def _operands(value: Any, by_dtype: bool) -> list[Fact]:
    """What each operand is, as facts; none at all where one cannot be read."""
    found: list[Fact] = []
    for pair in value[: len(_ORDER)] if type(value) is list else []:
        if type(pair) is not list or len(pair) != 2 or type(pair[1]) is not dict:
            return []
        fact = _operand(text_of(pair[0], _LONGEST), pair[1])
        if fact is None:
            return []
        found.append(fact)
    if by_dtype and all(fact.values.get("dtype") for fact in found):
        return [Fact("operand-dtype", values=fact.values) for fact in found]
    return found


def _operand(name: str, form: dict[str, Any]) -> Fact | None:
    kind, shape, dtype = text_of(form.get("type"), _LONGEST), form.get("shape"), text_of(form.get("dtype"), _LONGEST)
    if not name or not kind:
        return None
    if kind != "array":
        known = kind in ("None", "list", "tuple", "dict", "int", "float", "bool", "str")
        inner = Fact(f"form-{kind.lower()}") if known else Fact("form-other", values={"name": kind})
        return Fact("operand-is", values={"name": name, "form": inner})
    if type(shape) is not list or len(shape) > _MOST_AXES or not all(type(size) is int for size in shape):
        return None
    if not all(0 <= size < 2**63 for size in shape):
        return None
    values = {"name": name, "shape": tuple(shape), "dtype": dtype}
    return Fact("operand-shape" if shape else "operand-number", values=values)
