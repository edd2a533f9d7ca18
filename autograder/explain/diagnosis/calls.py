"""What a submission's functions use, by the names in their code.

The text is cut into tokens by Python's own tokenizer, and nothing of it is run. So the numbers are Python's (a form
feed or a line separator of Unicode ends no line), and what stands in a string or a comment is not taken for code.
"""

from __future__ import annotations

import io
import itertools
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.explain.diagnosis.clock import Clock

# texts beyond this are not looked into: they are no homework
_MOST_TEXT = 200_000
_OWN_LINES = re.compile(r"^[ \t]*[!%?].*$", re.MULTILINE)
_NUMBER = r"-?\d[\d.]*(?:e-?\d+)?"
_ONES = r"(?:np|numpy|tf)\.ones(?:_like)?\([\w.,=\[\]()]*\)"
_FIXED = re.compile(rf"\(?(?:{_NUMBER}|{_ONES})(?:,(?:{_NUMBER}|{_ONES}))*,?\)?", re.IGNORECASE)
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
        return "".join(self.tokens)

    @property
    def defined(self) -> str:
        """The function or class whose definition begins here, or ""."""
        names = self.tokens[1:] if self.tokens[:1] == ["async"] else self.tokens
        return names[1] if self.begins and names[:1] in (["def"], ["class"]) and len(names) > 1 else ""


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


class Calls:
    r"""Which functions of a submission use which, as far as their names tell.

    Example:

    >>> text = "def f(a):\n    return a\ndef g(a):\n    return f(a)"
    >>> sorted(Calls([{"name": "a.py", "text": text}]).reached("g"))
    ['f', 'g']
    """

    def __init__(self, parts: list[dict[str, str]], clock: Clock | None = None) -> None:
        self._clock = clock or Clock()
        self._parts = parts
        self._uses: dict[str, set[str]] | None = None
        self._fixed: set[str] = set()
        self._classes: set[str] = set()
        self._plain: set[str] = set()

    def reached(self, name: str) -> set[str]:
        """A function and those that it uses, directly or through others."""
        uses = self._read()
        found, waiting = set(), [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += uses.get(one, set()) & uses.keys()
        return found

    def is_fixed(self, name: str) -> bool:
        """Whether a function is one line that returns numbers, or ones, whatever it is given.

        Example:

        >>> text = "def f(a):\\n    return np.ones_like(a), -1.5\\ndef g(a):\\n    return np.ones(2) * a"
        >>> calls = Calls([{"name": "a.py", "text": text}])
        >>> calls.is_fixed("f"), calls.is_fixed("g")
        (True, False)
        """
        self._read()
        return name in self._fixed

    def uses_classes(self, name: str) -> bool:
        """Whether a function uses classes of the submission: what they compute, no values of it tell."""
        return bool(self.reached(name) & self._classes)

    def is_plain(self, name: str) -> bool:
        """Whether a name is that of a `def` without decorators and of nothing else: whoever calls it runs its lines.

        Example:

        >>> calls = Calls([{"name": "a.py", "text": "def f(): pass\\n@cache\\ndef g(): pass\\nh = g"}])
        >>> calls.is_plain("f"), calls.is_plain("g"), calls.is_plain("h")
        (True, False, False)
        """
        self._read()
        return name in self._plain

    def _read(self) -> dict[str, set[str]]:
        if self._uses is None:
            self._uses = {}
            # a line of IPython's own would end what the tokenizer can read
            texts = [_OWN_LINES.sub("", part["text"]) for part in self._parts]
            if sum(map(len, texts)) <= _MOST_TEXT:
                for text in texts:
                    self._read_text(text, self._uses)
        return self._uses

    def _read_text(self, text: str, uses: dict[str, set[str]]) -> None:
        name, lines, decorated = "", list[CodeLine](), False
        for line in code_lines(text, self._clock):
            if line.begins and line.column == 0:
                if line.tokens[0] == "def" and not decorated:
                    self._plain.add(line.defined)
                else:
                    self._plain -= {line.defined, line.tokens[0]}
                decorated = line.tokens[0] == "@"
                if name:
                    self._add(name, lines)
                # a function that is defined twice is the last one
                name, lines = line.defined, []
                if line.tokens[0] == "class":
                    self._classes.add(name)
            lines.append(line)
        if name:
            self._add(name, lines)

    def _add(self, name: str, lines: list[CodeLine]) -> None:
        assert self._uses is not None
        self._uses[name] = _used(lines)
        self._fixed.discard(name)
        if _is_fixed(lines):
            self._fixed.add(name)


def _is_fixed(lines: list[CodeLine]) -> bool:
    """Whether all that stands below the head of a function is `return` with numbers, or ones of some shape."""
    tokens = [token for line in lines for token in line.tokens if token != '""']
    starts = [place for place, token in enumerate(tokens) if token == "return"]
    # a colon ends the head: nothing stands between it and the one `return`
    if len(starts) != 1 or tokens[starts[0] - 1] != ":" or tokens[0] != "def":
        return False
    return bool(_FIXED.fullmatch("".join(tokens[starts[0] + 1 :])))


def _used(lines: list[CodeLine]) -> set[str]:
    """The names that a function uses, without those of its own: parameters and variables that it never calls."""
    tokens = [token for line in lines for token in line.tokens]
    followed = list(zip(tokens, [*tokens[1:], ""], strict=True))
    called = {one for one, after in followed if after == "("}
    own = {name for line in lines if line.begins for name in _assigned(line.tokens)} | set(_parameters(tokens))
    own |= {name for place, token in enumerate(tokens) if token == "for" for name in _until(tokens[place + 1 :], "in")}
    own |= {after for one, after in followed if one == "as"}
    return {token for token in tokens if token.isidentifier()} - (own - called)


def _assigned(tokens: list[str]) -> list[str]:
    """The names on the left of a statement that assigns: `a`, or `a, b`."""
    names = list(itertools.takewhile(lambda token: token.isidentifier() or token in ",()*", tokens))
    after = tokens[len(names) : len(names) + 1]
    is_assigned = after and (after[0] == "=" or (after[0].endswith("=") and after[0] not in ("==", "!=", "<=", ">=")))
    return names if is_assigned else []


def _parameters(tokens: list[str]) -> Iterator[str]:
    """The names of parameters of the function that the tokens begin with."""
    depth, before = 0, ""
    for token in tokens:
        depth += (token in "([{") - (token in ")]}") if token else 0
        if depth == 1 and before in ("(", ",", "*", "**"):
            yield token
        if depth == 0 and token == ":":
            return
        before = token


def _until(tokens: list[str], end: str) -> list[str]:
    return list(itertools.takewhile(lambda token: token != end, tokens[:20]))
