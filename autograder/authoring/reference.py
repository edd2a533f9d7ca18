"""The tables of REFERENCE.md, which lists all that an author can write.

    python -m autograder.authoring.reference            # writes them
    python -m autograder.authoring.reference --check    # exit status 1 if they are out of date

Names, types, defaults and sentences are those of the code: its signatures, its dataclasses and its docstrings.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder import assertions, testing
from autograder.assignment.course import Course
from autograder.assignment.definition import Assignment, types_of_settings
from autograder.assignment.fixtures import Fixture, Problems, Sizes
from autograder.assignment.late import LatePolicy
from autograder.assignment.questions import question
from autograder.authoring import tables
from autograder.engine.proxies import Call, Student, StudentFunction, StudentObject
from autograder.engine.reference import Reference, ReferenceFunction
from autograder.explain.mutation.operators import Operator, rules
from autograder.facts.kinds import CODES
from autograder.files import write_atomic
from autograder.isolation.settings import Limits
from autograder.words.english import ENGLISH

PAGE = Path(__file__).with_name("REFERENCE.md")
# what an author writes otherwise than it is kept
_SENTENCES = {
    "data": "Names of files that submissions may read: in the assignment's folder `data`, or in the kit's `datasets`.",
    "tfkit": "Modules of tfkit that submissions may import; all others are closed to them.",
    "without": "Other modules that they cannot import.",
    "framework": "With which it is solved; Keras is part of tensorflow.",
    "due": "When submissions are due; without a time zone by the clock of this machine; a date alone is the whole day.",
    "time_zone": 'Whose clock `due` is by, such as `"Europe/Berlin"`.',
}
_DEFAULTS = {
    "course": "none",
    "late": "free",
    "time_zone": "this machine's",
    "title": "the folder's name",
    "framework": "must be there",
    "submission": "the folder's name with `.py`",
    "carry": '`"full"`',
}
_TYPES = {"Asked": "student.NAME", "Known": "reference.NAME", "OwnLoss": "Callable[[Fixture], Any]"}
# what the grader itself asks of these objects
_INTERNAL = {"calls", "explains", "carries", "counts_loss", "unobserved", "observed", "nothing", "is_plain"}
_HEADER = ("setting", "type", "default", "what it is")
_NEEDED = "must be there"
_SECTION = re.compile(r"^(\w+):\n((?:(?:    .*)?\n)*)", re.MULTILINE)
_ENTRY = re.compile(r"^    (\*{0,2}\w+): ((?:.*)(?:\n {8}.*)*)", re.MULTILINE)


def sections_of(docstring: str) -> dict[str, dict[str, str]]:
    """What a docstring says of each argument or attribute, by its sections.

    Example:

    >>> sections_of("Halves.\\n\\nArgs:\\n    x: A number,\\n        or two.\\n    y: Another.\\n")
    {'Args': {'x': 'A number, or two.', 'y': 'Another.'}}
    """
    text = inspect.cleandoc(docstring) + "\n"
    return {
        title: {name: " ".join(told.split()) for name, told in _ENTRY.findall(inner)}
        for title, inner in _SECTION.findall(text)
        if title in ("Args", "Attributes", "Raises")
    }


def told_first(thing: Any) -> str:
    """What a docstring says before its first empty line.

    Raises:
        ValueError: When it has none: what an author can use is told.
    """
    text = inspect.getdoc(thing)
    if not text:
        raise ValueError(f"{thing!r} has no docstring; write one: the authors' page is made of it")
    return " ".join(text.partition("\n\n")[0].split())


def parts() -> dict[str, list[str]]:
    """What is made of the code, by the names of the places where it stands in the page."""
    problem = f"{told_first(Problems)} `for one in problem` goes through them; `problem.X` is that of the first."
    values = [name for name in testing.__all__ if name not in (*assertions.__all__, *_TOLD)]
    return {
        "settings": [_settings()],
        "late": [_late()],
        "course": [_course()],
        "given": [
            *_members("student", Student, "The submission, in a process of its own."),
            *_members("student.NAME", StudentFunction, "A function, or a class, of the submission."),
            *_members("student.NAME.call(…)", Call, told_first(Call)),
            *_members("An object of the submission", StudentObject, told_first(StudentObject)),
            *_members("reference", Reference, "The reference solution, in a trusted process of its own."),
            *_members("reference.NAME", ReferenceFunction, "A function of the solution."),
            *_members("problem", Problems, problem),
        ],
        "inputs": [
            *_members("Fixture", Fixture, told_first(Fixture)),
            *_members("Sizes", Sizes, told_first(Sizes)),
        ],
        "question": _function("question", question),
        "assertions": [part for name in assertions.__all__ for part in _named(name)],
        "values": [part for name in values for part in _named(name)],
        "operators": [*_function("rules", rules), *_members("Operator", Operator, told_first(Operator))],
        "tables": [f"```\n{inspect.cleandoc(tables.__doc__ or '')}\n```"],
        "kinds": [_kinds()],
    }


def page(text: str) -> str:
    """The page with its tables made anew, between `<!-- settings: made by reference.py -->` and `<!-- end -->`.

    Raises:
        ValueError: When a place is missing in it, or is there twice.
    """
    for name, made in parts().items():
        begin = f"<!-- {name}: made by reference.py -->"
        if text.count(begin) != 1:
            raise ValueError(f"{PAGE.name}: expected one {begin}, found {text.count(begin)}")
        before, _, rest = text.partition(begin)
        _, end, after = rest.partition("<!-- end -->")
        if not end:
            raise ValueError(f"{PAGE.name}: expected <!-- end --> below {begin}")
        text = f"{before}{begin}\n\n{chr(10).join(f'{part}{chr(10)}' for part in made)}\n{end}{after}"
    return text


# what has a section of its own
_TOLD = ("Fixture", "Problems", "Sizes", "question")


def _named(name: str) -> list[str]:
    """A name that authors import."""
    thing = getattr(testing, name)
    if inspect.isfunction(thing):
        return _function(name, thing)
    if name == "cached_property":
        return [
            "### `cached_property`",
            "Above a method of a `Fixture`: its value is an input, made when it is first asked for.",
        ]
    return _members(name, thing, told_first(thing))


def _function(name: str, thing: Callable[..., Any]) -> list[str]:
    """A function: what it does, and a table of its arguments."""
    told = sections_of(thing.__doc__ or "")
    parts = [f"### `{name}`", told_first(thing)]
    rows = list(_arguments(thing, told.get("Args", {})))
    if rows:
        parts.append(_table(("argument", "type", "default", "what it is"), rows))
    if "Raises" in told:
        raised = (f"`{error}` {when[:1].lower()}{when[1:]}" for error, when in told["Raises"].items())
        parts.append(f"Raises {' '.join(raised)}")
    return parts


def _arguments(thing: Callable[..., Any], told: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for argument in inspect.signature(thing).parameters.values():
        stars = _stars(argument)
        name = f"{stars}{argument.name}"
        if name not in told:
            raise ValueError(f"{thing.__qualname__} tells nothing of {name}; write it into its docstring")
        default = "" if stars else _NEEDED
        if argument.default is not argument.empty:
            default = f"`{argument.default!r}`"
        yield f"`{name}`", _code(_type(argument.annotation)), default, told[name]


def _members(name: str, kind: type, sentence: str) -> list[str]:
    """A class: how it is made, its fields, its methods."""
    told = sections_of(kind.__doc__ or "")
    parts = [f"### `{name}`" if " " not in name else f"### {name}", sentence]
    # of what the grader makes, nobody needs to know how
    if (
        kind.__name__ == name
        and "Args" in told
        and not dataclasses.is_dataclass(kind)
        and kind not in (Fixture, Problems)
    ):
        parts.append(_table(("argument", "type", "default", "what it is"), _arguments(kind, told["Args"])))
    if "Attributes" in told:
        rows = [
            (f"`{field}`", _code(_type_of_field(kind, field)), _default_of(kind, field), text)
            for field, text in told["Attributes"].items()
            if field not in _INTERNAL
        ]
        parts += [_table(("attribute", "type", "default", "what it is"), rows)] if rows else []
    methods = list(_methods(kind))
    if methods:
        parts.append(_table(("asked", "gives", "what it does"), methods))
    return parts


def _methods(kind: type) -> Iterator[tuple[str, ...]]:
    """Public methods and properties, and the call itself where it is told."""
    for name, thing in vars(kind).items():
        function = thing.fget if isinstance(thing, property) else thing
        is_public = not name.startswith("_") or name == "__call__"
        if not is_public or name in _INTERNAL or not inspect.isfunction(function) or not function.__doc__:
            continue
        signature = inspect.signature(function)
        arguments = ", ".join(_argument(one) for one in list(signature.parameters.values())[1:])
        call = name if isinstance(thing, property) else f"{'' if name == '__call__' else name}({arguments})"
        gives = signature.return_annotation
        yield f"`{call}`", _code("" if gives is signature.empty else _type(gives)), told_first(function)


def _argument(one: inspect.Parameter) -> str:
    return f"{_stars(one)}{one.name}" + ("" if one.default is one.empty else f"={one.default!r}")


def _stars(one: inspect.Parameter) -> str:
    return "**" if one.kind is one.VAR_KEYWORD else "*" if one.kind is one.VAR_POSITIONAL else ""


def _type_of_field(kind: type, field: str) -> str:
    annotations = getattr(kind, "__annotations__", {})
    found = _type(annotations.get(field, ""))
    return re.sub(r"^ClassVar\[(.*)\]$", r"\1", found)


def _type(annotation: Any) -> str:
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return re.sub(r"\w+", lambda word: _TYPES.get(word[0], word[0]), name)


def _default_of(kind: type, field: str) -> str:
    known = {one.name: one for one in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else {}
    if field in known:
        default = known[field].default
        has_none = default is dataclasses.MISSING and known[field].default_factory is dataclasses.MISSING
        # of what the grader makes, nothing has to be given
        return (
            ""
            if kind is Call
            else _NEEDED
            if has_none
            else f"`{default!r}`"
            if default is not dataclasses.MISSING
            else ""
        )
    value = vars(kind).get(field)
    return "" if value is None or inspect.isroutine(value) or isinstance(value, property) else f"`{value!r}`"


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return "none" if field.default is None else f"`{_in_toml(field.default)}`"
    if field.default_factory is not dataclasses.MISSING:
        return f"`{_in_toml(field.default_factory())}`"
    return ""


def _in_toml(value: Any) -> str:
    """A value as it is written in a file of settings."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple | list):
        return "[]" if not value else str(list(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _settings() -> str:
    """Every setting of `assignment.toml`."""
    told: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for kind in (Limits, Assignment):
        told |= sections_of(kind.__doc__ or "")["Attributes"]
        defaults |= {one.name: _default(one) for one in dataclasses.fields(kind)}
    told |= _SENTENCES
    defaults |= _DEFAULTS
    missing = [name for name in types_of_settings() if name not in told]
    if missing:
        raise ValueError(f"the docstring of Assignment tells nothing of {missing[0]}; write it there")
    rows = [(f"`{name}`", kind, defaults.get(name, "`[]`"), told[name]) for name, kind in types_of_settings().items()]
    return _table(_HEADER, rows)


def _late() -> str:
    """Every setting of its table `[late]`."""
    late = sections_of(LatePolicy.__doc__ or "")["Attributes"]
    kinds = {"bool": "true or false"}
    rows = [
        (f"`{one.name}`", kinds.get(str(one.type), "a number"), _default(one).lower(), late[one.name])
        for one in dataclasses.fields(LatePolicy)
    ]
    return _table(_HEADER, rows)


def _course() -> str:
    """Every setting of its table `[course]`."""
    course = sections_of(Course.__doc__ or "")["Attributes"]
    fields = dataclasses.fields(Course)
    inner = [
        (f"`{one.name}`", "a text" if one.type == "str" else "a list of texts", _default(one), course[one.name])
        for one in fields
    ]
    return _table(_HEADER, inner)


def _kinds() -> str:
    """Every kind of mistake, and what students are told of it."""
    return _table(("kind", "what is told"), [(f"`{code}`", ENGLISH.mistakes[code]) for code in CODES])


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _table(header: tuple[str, ...], rows: Any) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def main(arguments: list[str]) -> int:
    """Writes the page, or says whether it is up to date."""
    before = PAGE.read_text("utf-8")
    after = page(before)
    if "--check" in arguments:
        return int(before != after)
    write_atomic(PAGE, after)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
