"""The schema of `results/NAME.json`, from the types of a result. `python -m autograder.records.schema` writes it."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from pathlib import Path
from typing import Any

import msgspec

from autograder.facts.adjustment import Adjustment
from autograder.facts.cause import Cause, Factor
from autograder.facts.fact import Fact, Place
from autograder.facts.result import Diagnosis, Part, Picture, QuestionResult, Result

FILE = Path(__file__).with_name("result.schema.json")
_CLASSES = (Result, QuestionResult, Part, Diagnosis, Picture, Cause, Factor, Fact, Place, Adjustment)
_KINDS = {kind.__name__: kind for kind in _CLASSES}
_DERIVED = {
    "score": "Points earned: the sum over the questions, rounded to a thousandth.",
    "mark": "The points that count: the score, less what being late costs, with what the instructor decided.",
    "max_score": "Points that could be earned.",
    "without_carrying": "The score without what is right on the student's own groundwork, which is not right itself.",
}
# a line of the section Attributes, with those that continue it
_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n        .*)*)", re.MULTILINE)


def schema_text() -> str:
    """The schema as it is kept: nothing else than the fields, all of them there, each described."""
    (_, *_), components = msgspec.json.schema_components([Result], ref_template="#/$defs/{name}")
    for name, part in components.items():
        _describe(part, _KINDS[name])
    schema = components.pop("Result")
    for name, description in _DERIVED.items():
        schema["properties"][name] = {"description": description, "type": "number", "minimum": 0}
    schema["required"] = list(schema["properties"])
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Result of one submission",
        "description": "results/NAME.json, one file per student, UTF-8 without NaN or Infinity.",
    }
    rest = {name: rule for name, rule in schema.items() if name not in head}
    return json.dumps(head | rest | {"$defs": components}, indent=1) + "\n"


def _describe(part: dict[str, Any], kind: type) -> None:
    """Gives each field the words of the class's docstring, and allows no other."""
    said = {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(inspect.getdoc(kind) or "")}
    for field in dataclasses.fields(kind):
        rule = part["properties"][field.name]
        rule.pop("default", None)
        part["properties"][field.name] = {"description": said[field.name]} | rule
    part["description"] = (inspect.getdoc(kind) or "").partition("\n")[0]
    part["required"] = list(part["properties"])
    part["additionalProperties"] = False


if __name__ == "__main__":
    FILE.write_text(schema_text(), "utf-8")
