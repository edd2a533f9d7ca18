"""What some exceptions mean that a library raises far from the mistake: the kind of fact that says it."""

from __future__ import annotations

import re
from dataclasses import replace

from autograder.facts.fact import Fact

# type, what its message holds, what the student's line holds, and the kind of fact
_MEANINGS = (
    ("AttributeError", r"EagerTensor' object has no attribute '_unique_id'", "", "pairs-swapped"),
    ("AttributeError", r"'numpy\.float\d+' object has no attribute '_id'", r"\.gradient\(", "loss-is-no-tensor"),
    ("TypeError", r"Cannot convert the argument `type_value`: [\d.e+-]+ to", r"\.gradient\(", "loss-is-no-tensor"),
    ("AttributeError", r"'float' object has no attribute 'dtype'", r"\.gradient\(", "loss-is-no-tensor"),
    ("NotImplementedError", r"Cannot convert a symbolic", "", "numpy-in-graph"),
    ("AttributeError", r"SymbolicTensor' object has no attribute 'numpy'", "", "numpy-in-graph"),
    ("AttributeError", r"EagerTensor'? object has no attribute '([A-Za-z]\w{0,40})'", "", "tensor-is-no-array"),
    ("TypeError", r"EagerTensor' object does not support item assignment", "", "tensor-unchangeable"),
    ("ValueError", r"No gradients provided for any variable", "", "no-gradients"),
)


def meaning_of(fact: Fact) -> Fact:
    """The fact about an exception, in words for what was done, where the exception leaves no doubt."""
    error, text = str(fact.values.get("error")), str(fact.values.get("text"))
    if fact.place is None:
        return fact
    for kind_of_error, message, line, kind in _MEANINGS:
        found = re.search(message, text) if error == kind_of_error else None
        if found and re.search(line, fact.place.code):
            what = {"what": found[1]} if found.groups() else {}
            return replace(fact, kind=kind, values={**fact.values, **what})
    return fact
