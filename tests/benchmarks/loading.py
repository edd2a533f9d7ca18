"""What it costs to load a notebook of 60 cells and make all its functions, beside what Python takes to define them.

`python tests/benchmarks/loading.py`
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

# what a template has imported before the class begins
import IPython.core.inputtransformer2  # noqa: F401

from autograder.assignment.definition import find_assignment
from autograder.isolation.inside.loading import load

CELLS = 60
SETUP = "%matplotlib inline\n!pip install tqdm\nimport numpy as np"
HELPER = """# step {0}
def helper_{0}(a, b=1):
    total = 0
    for i in range(a):
        total += i * b
        if total > 10**6:
            break
    return total

result_{0} = helper_{0}(3)
print(result_{0})
"""

solution = find_assignment("03").solution.read_text("utf-8").partition("\nif __name__")[0]
cells = [
    SETUP,
    *("# " + text for text in solution.split("\n# %%")),
    *(HELPER.format(number) for number in range(CELLS)),
][:CELLS]
parts = [{"name": f"net.ipynb, cell {number}", "text": text} for number, text in enumerate(cells, 1)]
functions = [name for name in load(parts).names.known if not name.startswith(("result", "helper"))]


def by_demand() -> None:
    """As a submission is loaded."""
    names = load(parts).names
    for name in functions:
        names.read(name)


def at_once() -> None:
    """The same text, run from top to bottom; what it prints is left out."""
    exec(compile("\n".join(cells[1:]).replace("print(", "str("), "net.py", "exec"), {"__name__": "net"})


def milliseconds(do: Callable[[], None]) -> float:
    """Processor time of one of many."""
    start = time.process_time()
    do()
    return 1000 * (time.process_time() - start)


pairs = [(milliseconds(by_demand), milliseconds(at_once)) for _ in range(30)]
demand, once = (statistics.median(column) for column in zip(*pairs, strict=True))
print(f"{len(cells)} cells: {demand:.1f} ms as a submission, {once:.1f} ms as a plain script: {demand - once:+.1f} ms")
