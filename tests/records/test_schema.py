"""`result.schema.json` describes every result, and nothing else."""

import json
from dataclasses import fields

import pytest
from jsonschema import Draft202012Validator

from autograder.facts.result import OUTCOMES, STATUSES, Diagnosis, QuestionResult, Result
from autograder.records.exports import write_json
from autograder.records.schema import FILE, schema_text


@pytest.fixture(scope="module")
def schema():
    return json.loads(FILE.read_text("utf-8"))


@pytest.fixture(scope="module")
def validator(schema):
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_status_and_outcome_is_valid(validator, make_result, tmp_path):
    for status in STATUSES:
        validator.validate(json.loads(write_json(make_result(status=status), tmp_path).read_text()))
    for outcome in OUTCOMES:
        question = QuestionResult("03.1", "", outcome, 0.0, 2.0, "m", Diagnosis("code", None, "text"))
        validator.validate(json.loads(Result("", "03_numpy_net", "graded", (question,)).to_json()))
    validator.validate(json.loads(Result("", "03_numpy_net", "unreadable").to_json()))


def test_hostile_results_are_valid(validator, hostile):
    for result in hostile:
        validator.validate(json.loads(result.to_json()))


def test_the_schema_is_made_from_the_types():
    assert FILE.read_text("utf-8") == schema_text(), "run `python -m autograder.records.schema`"


def test_fields_are_those_of_the_record(schema):
    derived = {"score", "mark", "max_score", "without_carrying"}
    assert set(schema["properties"]) == {field.name for field in fields(Result)} | derived
    assert tuple(schema["properties"]["status"]["enum"]) == STATUSES
    assert tuple(schema["$defs"]["QuestionResult"]["properties"]["outcome"]["enum"]) == OUTCOMES


def test_every_object_is_strict_and_every_field_is_described(schema):
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])
        assert all(rule["description"] for rule in part["properties"].values())


@pytest.mark.parametrize(
    "change",
    [
        {"status": "great"},
        {"score": "17"},
        {"score": -1},
        {"late_days": 1.5},
        {"device": "tpu"},
        {"versions": {"numpy": 2}},
        {"extra": 1},
        {"questions": None},
        {"questions": [{"id": "03.1"}]},
    ],
)
def test_anything_else_is_refused(validator, make_result, change):
    record = json.loads(make_result().to_json())
    assert validator.is_valid(record)
    assert not validator.is_valid(record | change)


def test_a_missing_field_is_refused(validator, make_result):
    record = json.loads(make_result().to_json())
    for name in record:
        assert not validator.is_valid({key: value for key, value in record.items() if key != name})
