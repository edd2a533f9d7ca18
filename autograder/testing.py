"""Everything that an assignment's tests are written with.

```python
from autograder.testing import assert_gradients, question

@question("04.4", points=8, after="04.3")
def test_gradients(student, reference, problem):
    \"\"\"Gradients of W1, b1, W2, b2 by the tape.\"\"\"
    assert_gradients(student.gradients, reference.gradients, problem)
```

The fixtures `student`, `reference` and `problem` come from the grader. `student` and `reference` have the same shape;
only where they run differs. Values are NumPy arrays, `Tensor` and `Variable`; `Remote` describes an object, such as an
optimizer, that is built in the process that is called.
"""

from autograder.assertions import (
    CheckFailed,
    assert_array,
    assert_close,
    assert_gradients,
    assert_history,
    assert_loss,
    assert_metric,
    assert_updates,
    check,
    held_out_score,
    tolerance,
)
from autograder.assertions.compare import kind_of, number_of
from autograder.assignment.fixtures import Fixture, Problems, Sizes, cached_property
from autograder.assignment.questions import question
from autograder.fingerprint import derived_seed
from autograder.wire import Remote, Tensor, Variable
from autograder.wire.trees import array_of

__all__ = [
    "CheckFailed",
    "Fixture",
    "Problems",
    "Remote",
    "Sizes",
    "Tensor",
    "Variable",
    "array_of",
    "assert_array",
    "assert_close",
    "assert_gradients",
    "assert_history",
    "assert_loss",
    "assert_metric",
    "assert_updates",
    "cached_property",
    "check",
    "derived_seed",
    "held_out_score",
    "kind_of",
    "number_of",
    "question",
    "tolerance",
]
