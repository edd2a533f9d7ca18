"""Learning curves of real runs, and what a submission calls them, word by word."""

import gzip
import json
import math
from pathlib import Path

from common.made_up_curves import crossed

from autograder.testing import check, kind_of


def runs(place):
    """Recorded runs as pairs of what was done and the history. `record_curves.py` of 09 tells how they were made."""
    path = Path(__file__).parents[1] / "09_regularization" / place
    return [(run["done"], run["history"]) for run in json.loads(gzip.decompress(path.read_bytes()))]


def finite(pairs):
    """The last run of each word, of those that never reach infinity."""
    return {done: history for done, history in pairs if all(map(math.isfinite, history["loss"] + history["val_loss"]))}


def check_words(student, reference, runs, epochs):
    """That each run has its word; half of the points are earned at most, a part for each word that is always right.

    Args:
        student: The submission.
        reference: The reference.
        runs: What was done, and the history, of each run.
        epochs: Of how many epochs the made-up histories are that are asked about where all runs have their word.
    """
    words = list(dict.fromkeys(done for done, _ in runs))
    given: dict[str, list[str]] = {word: [] for word in words}
    for _, history in runs:
        received = student.diagnose(history)
        told = f"you return {kind_of(received)}; expected one of the ten words, a string"
        check(isinstance(received, str), told, code="no-return" if received is None else "kind")
        wrong = f'you return "{received[:40]}", which is none of the ten words'
        check(received in words, wrong, code="constant")
        given[reference.diagnose(history)].append(received)
    said = {one for row in given.values() for one in row}
    check(len(said) > 1, f"you call all {len(runs)} runs {min(said)}", code="same-answer")
    missed = {word: [one for one in row if one != word] for word, row in given.items()}
    missed = {word: row for word, row in missed.items() if row}
    told, code = misread(student, reference, epochs)
    if not missed:
        # the order of the rows and what each measures: who names all real runs has earned half
        check(not told, told, share=0.5, code=code)
        return
    parts = []
    for word, row in missed.items():
        called = max(set(row), key=row.count)
        parts.append(f"{row.count(called)} of {len(given[word])} runs that show {word} you call {called}")
    swapped = [(one, two) for one in missed for two in missed if set(given[one]) == {two} and set(given[two]) == {one}]
    right = len(words) - len(missed)
    share = 0.5 * max(0, right - 1) / (len(words) - 1)
    rest = f"; and {len(parts) - 3} more words" if len(parts) > 3 else ""
    first = f"{told}; " if code == "order" else ""
    code = "branches-swapped" if swapped else code if code == "order" else ""
    check(False, first + "; ".join(parts[:3]) + rest, share=share, code=code)


def misread(student, reference, epochs):
    """What is wrong of the first made-up run that is misnamed, and the kind of mistake; "" for both where none is."""
    for rows, history in crossed(epochs):
        received = student.diagnose(history)
        if received == reference.diagnose(history):
            continue
        fits = f"fits {' and '.join(rows)}" if rows else "fits no row but the last"
        told = f"a made-up run that {fits}, you call {str(received)[:40]}"
        if received in rows[1:]:
            return f"{told}; the first row that fits is asked for", "order"
        return told, "wrong-value"
    return "", ""
