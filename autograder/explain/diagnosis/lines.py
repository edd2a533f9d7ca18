"""Where in a submission a piece of code stands, such as `line 12`.

The text is cut into tokens by Python's own tokenizer, and nothing of it is run. So the numbers are Python's (a form
feed or a line separator of Unicode ends no line), and what stands in a string or a comment is not taken for code.
"""

from __future__ import annotations

import difflib
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.explain.diagnosis.clock import Clock
from autograder.facts.fact import Place

_SIMILAR = 0.72
_MOST_LINES = 200
_LONGEST_CODE = 200
# no lines are named in texts beyond this: they are no homework
_MOST_TEXT, _LONGEST_LINE = 200_000, 2000
_OWN_LINES = re.compile(r"^[ \t]*[!%?].*$", re.MULTILINE)
_WITHOUT_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@dataclass
class CodeLine:
    """One line of a text that holds code.

    Attributes:
        number: Its number, from 1.
        column: Where its first token stands.
        begins: Whether a statement begins here, or goes on from the line above.
        tokens: Its tokens; strings that are no words, such as the key `"W1"`, are left empty.
    """

    number: int
    column: int
    begins: bool
    tokens: list[str]

    @property
    def code(self) -> str:
        """Its tokens without the space between them."""
        return "".join(self.tokens)[:_LONGEST_CODE]

    def defines(self, function: str) -> bool:
        """Whether a definition of this function begins here."""
        names = self.tokens[1:] if self.tokens[:1] == ["async"] else self.tokens
        return self.begins and names[:2] == ["def", function]


def code_lines(text: str, clock: Clock | None = None) -> list[CodeLine]:
    r"""The lines of a text that hold code, up to where it stops being Python.

    Example:

    >>> [(line.number, line.code) for line in code_lines("'''W = 1\n'''\n\fW = 1 + \\\n  x['W1']  # 2\n")]
    [(3, 'W=1+'), (4, 'x["W1"]')]
    """
    found: list[CodeLine] = []
    begins = True
    try:
        for count, token in enumerate(_without_inner_strings(tokenize.generate_tokens(_lines(text).readline))):
            if clock is not None and count % 500 == 0:
                clock.check()
            if token.type == tokenize.NEWLINE:
                begins = True
            if token.type in _WITHOUT_CODE:
                continue
            number, column = token.start
            if not found or found[-1].number != number:
                found.append(CodeLine(number, column, begins, []))
            begins = False
            found[-1].tokens.append(_plain(token))
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        pass  # what came before is Python
    # a docstring, or a string over several lines, is no code
    return [line for line in found if any(token != '""' for token in line.tokens)]


def _lines(text: str) -> io.StringIO:
    # universal newlines: \n, \r\n and \r end a line, as in Python, and nothing else does
    return io.StringIO(text, newline=None)


def _without_inner_strings(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[tokenize.TokenInfo]:
    """Leaves out what stands inside f-strings, which are tokens of their own since Python 3.12."""
    depth = 0
    for token in tokens:
        name = tokenize.tok_name[token.type]
        depth += name.endswith("STRING_START")
        if not depth:
            yield token
        depth -= name.endswith("STRING_END")


def _plain(token: tokenize.TokenInfo) -> str:
    """A token as it is compared: of strings, only a word in quotes is kept, such as the key of a dict."""
    if token.type != tokenize.STRING:
        return token.string
    word = re.fullmatch(r"""(['"])(\w{1,30})\1""", token.string)
    return f'"{word[2]}"' if word else '""'


class Lines:
    """The lines of a submission, read once.

    Example:

    >>> Lines([{"name": "a.py", "text": "def f(a):\\n    return a.sum(axis=1)"}]).place("f", "a.sum(axis=1)")
    (0, 2)
    """

    def __init__(self, parts: list[dict[str, str]], clock: Clock | None = None) -> None:
        self._clock = clock or Clock()
        self._parts = parts
        self._read: list[list[CodeLine]] | None = None

    def place(self, function: str, code: str) -> tuple[int, int]:
        """Cell and line of a piece of code in a function; no cell in a script, and (0, 0) when it cannot be told."""
        wanted = "".join("".join(line.tokens) for line in code_lines(code))[:_LONGEST_CODE]
        if len(wanted) <= 3:
            return 0, 0
        best, place = 0.0, (0, 0)
        for part, lines in zip(self._parts, self._code(), strict=True):
            cell = Place.of(part["name"], 0).cell
            for number, score in self._scores(lines, function, wanted):
                # a function that is defined twice is the last one
                if number == 0:
                    best, place = 0.0, (0, 0)
                elif score > best:
                    best, place = score, (cell, number)
        return place if best >= _SIMILAR else (0, 0)

    def _code(self) -> list[list[CodeLine]]:
        if self._read is None:
            # a line of IPython's own would end what the tokenizer can read
            texts = [_OWN_LINES.sub("", part["text"]) for part in self._parts]
            readable = sum(map(len, texts)) <= _MOST_TEXT and all(
                len(line) <= _LONGEST_LINE for text in texts for line in _lines(text)
            )
            self._read = [code_lines(text, self._clock) if readable else [] for text in texts]
        return self._read

    def _scores(self, lines: list[CodeLine], function: str, wanted: str) -> Iterator[tuple[int, float]]:
        """How alike each line of a function is to the code that is wanted; 0 for a number where it begins."""
        inside, indent, looked = False, 0, 0
        for line in lines:
            if line.defines(function):
                inside, indent, looked = True, line.column, 0
                yield 0, 0.0
            elif inside and line.begins and line.column <= indent:
                inside = False
            elif inside and looked < _MOST_LINES:
                looked += 1
                self._clock.check()
                yield line.number, 1.0 if wanted in line.code else _likeness(wanted, line.code)


def _likeness(one: str, two: str) -> float:
    """How alike two texts are, from 0 to 1; 0 where a glance tells that they are not alike enough."""
    matcher = difflib.SequenceMatcher(None, one, two)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < _SIMILAR:
        return 0.0
    return matcher.ratio()
