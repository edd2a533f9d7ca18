"""What may be told of a mistake in a copy without the solution: words that give nothing of the solution away.

"You computed `Z1` where something else belongs" is told to whoever computed it. A list of all mistakes is more than
that: together, their longer expressions are the solution. So what shares more than a few words in a row with it stays.
"""

from __future__ import annotations

from collections.abc import Callable

from autograder.explain.mutation.mutants import Mutant, words_of

# `np.log` is no secret, `1 - H ** 2` is
MOST_WORDS = 3


def told_of(solution: str) -> Callable[[Mutant], str]:
    """A function that gives what may be told of a mutant, or "".

    Example:

    >>> told = told_of("d = D @ W.T * H * (1 - H)")
    >>> told(Mutant("wrong-value", "f", 1, "H * (1 - H)", "Z * (1 - H)", "def f(): …"))
    'Z'
    >>> told(Mutant("doubled-factor", "f", 1, "H * (1 - H)", "H * (1 - H) * H * (1 - H)", "def f(): …"))
    ''
    """
    words = words_of(solution)
    known = {tuple(words[start : start + MOST_WORDS + 1]) for start in range(len(words) - MOST_WORDS)}

    def told(mutant: Mutant) -> str:
        own = words_of(mutant.yours)
        runs = (tuple(own[start : start + MOST_WORDS + 1]) for start in range(len(own) - MOST_WORDS))
        return "" if any(run in known for run in runs) else mutant.yours

    return told
