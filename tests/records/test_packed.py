"""Results of a class, packed: each comes back as it was, and takes up little."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from autograder.records.packed import Packed


def test_each_comes_back_as_it_was(make_result, hostile):
    results = [make_result("ada"), *hostile, make_result("bob", status="timeout")]
    packed = Packed(results)
    assert len(packed) == len(results)
    assert list(packed) == list(packed) == results
    assert [packed[at] for at in range(len(packed))] == results
    assert packed[1:3] == results[1:3] and packed[-1] == results[-1]
    assert Packed.of(packed) is packed and list(Packed.of(results)) == results


@pytest.mark.parametrize("odd", [{"seed": 10**5000}, {"seconds": math.nan}, {"status": None}, {"versions": {1: {2}}}])
def test_what_cannot_be_packed_stays_as_it_is(make_result, odd):
    result = replace(make_result("ada"), **odd)
    assert Packed([make_result("bob"), result, make_result("cy")])[1] is result


def test_they_are_sorted_by_anything(make_result):
    results = [make_result(name, points=(points,)) for name, points in (("ada", 2.0), ("bob", 1.0), ("cy", 2.0))]
    packed = Packed(results)
    ordered = packed.in_order(lambda result: (-result.score, result.student))
    assert [result.student for result in ordered] == ["ada", "cy", "bob"]
    assert list(ordered.in_order(lambda result: result.student)) == list(packed) == results
    assert list(Packed([]).in_order(lambda result: result.student)) == []


def test_what_is_alike_takes_up_little(make_result):
    results = [make_result(f"student{number:05}", text="the same for everybody, " * 40) for number in range(200)]
    whole = sum(len(result.to_json()) for result in results)
    assert sum(len(one) for one in Packed(results)._kept if isinstance(one, bytes)) < whole / 20
