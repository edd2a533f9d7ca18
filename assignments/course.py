"""The tables of README.md, from what the assignments say of themselves.

    python assignments/course.py            # writes them
    python assignments/course.py --check    # exit status 1 if they are out of date

Titles, hours, topics and lectures come from each `assignment.toml`; questions and points from the headings of the
starter, such as `## 03.5 · Backward pass (8 points)`; data sets from the loaders that it calls; the lectures' topics
from `lectures.toml`. The standard library is enough.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
PAGE = HERE / "README.md"

_QUESTION = re.compile(r"^# ## (\d+\.\d+) · .+ \((\d+(?:\.\d+)?) points?\)$", re.MULTILINE)
_LOADER = re.compile(r"\bload_([a-z_0-9]+)\(")
_DATA = {"boston_housing": "Boston housing", "mnist_5k": "MNIST", "mnist": "MNIST", "breast_cancer": "breast cancer"}


class CourseError(ValueError):
    """Something that does not fit together, with the file to look at."""


@dataclass(frozen=True)
class Entry:
    """An assignment.

    Attributes:
        name: Its folder, such as `03_numpy_net`.
        title: Its title.
        points: The points of each question, by its id.
        hours: How long it takes, such as `2 to 3`.
        builds_on: Names of assignments.
        topics: What it practises.
        data: Its data sets, in words.
        slides: What is said of each lecture, by question: (lecture's title, the rest of the text).
        lectures: Titles of the lectures.
    """

    name: str
    title: str
    points: dict[str, float]
    hours: str
    builds_on: tuple[str, ...]
    topics: tuple[str, ...]
    data: str
    slides: dict[str, list[tuple[str, str]]]
    lectures: tuple[str, ...]


def read_toml(path: Path) -> dict[str, Any]:
    """A file of settings."""
    return tomllib.loads(path.read_text("utf-8"))


def assignments(folder: Path = HERE) -> list[Entry]:
    """All assignments in their order."""
    course = read_toml(folder / "lectures.toml")
    names = {name: one["title"] for one in course["lecture"] for name in (one["title"], *one.get("also", ()))}
    return [_entry(path.parent, names) for path in sorted(folder.glob("*/assignment.toml"))]


def _entry(folder: Path, names: dict[str, str]) -> Entry:
    settings = read_toml(folder / "assignment.toml")
    source = next(path for name in ("solution.py", "starter.py") if (path := folder / name).is_file())
    text = source.read_text("utf-8")
    place = settings.get("course", {})
    slides = {id: slides_of(told, names, folder) for id, told in settings.get("lectures", {}).items()}
    data = dict.fromkeys(_DATA.get(name, name.replace("_", " ")) for name in _LOADER.findall(text))
    return Entry(
        name=folder.name,
        title=settings.get("title", folder.name),
        points={id: float(points) for id, points in _QUESTION.findall(text)},
        hours=place.get("hours", ""),
        builds_on=tuple(place.get("builds_on", ())),
        topics=tuple(place.get("topics", ())),
        data=", ".join(data) or "none",
        slides=slides,
        lectures=tuple(
            dict.fromkeys(names[name] for name in names if any(names[name] in dict(told) for told in slides.values()))
        ),
    )


def slides_of(text: str, names: dict[str, str], folder: Path = HERE) -> list[tuple[str, str]]:
    """What a text says of each lecture that it names.

    Example:
        >>> slides_of("Losses: Dice; Nets, part 2: the loss", {"Losses": "Losses", "Nets": "Networks"})
        [('Losses', 'Dice'), ('Networks', 'part 2: the loss')]

    Args:
        text: The text.
        names: All names of lectures, each with its title.
        folder: The assignment that it stands in, for a message.
    """
    begun = sorted((match.start(), name) for name in names for match in re.finditer(re.escape(name), text, re.I))
    if not begun or begun[0][0] != 0:
        known = ", ".join(names)
        raise CourseError(f"{folder.name}/assignment.toml: expected {text!r} to begin with one of {known}")
    ends = [start for start, _ in begun[1:]] + [len(text)]
    found = [(names[name], text[start + len(name) : end]) for (start, name), end in zip(begun, ends, strict=True)]
    # "A and B: the loss" says the same of both
    told = [(title, re.sub(r"^[\s,:;]+|(?:[\s,:;]|\band\b)+$", "", rest)) for title, rest in found]
    return [(title, rest or told[-1][1]) for title, rest in told]


def topics_of_lectures(entries: list[Entry], folder: Path = HERE) -> dict[str, list[tuple[str, list[str]]]]:
    """For each lecture its topics, each with the questions that practise it."""
    found = {}
    for lecture in read_toml(folder / "lectures.toml")["lecture"]:
        told = [
            (id, text.lower())
            for entry in entries
            for id, slides in entry.slides.items()
            for title, text in slides
            if title == lecture["title"]
        ]
        rows = []
        for topic in lecture["topics"]:
            ids = [id for id, text in told if any(word in text for word in topic["words"])]
            rows.append((topic["topic"], sorted(dict.fromkeys(ids), key=_order)))
        strangers = {id for id, _ in told} - {id for _, ids in rows for id in ids}
        if strangers:
            ids = ", ".join(sorted(strangers, key=_order))
            raise CourseError(f"lectures.toml, {lecture['title']}: no topic has words for {ids}; add a topic or a word")
        found[lecture["title"]] = rows
    return found


def _order(id: str) -> tuple[int, ...]:
    return tuple(map(int, id.split(".")))


def at_a_glance(entries: list[Entry], folder: Path = HERE) -> str:
    """The table of all assignments."""
    short = {lecture["title"]: lecture["short"] for lecture in read_toml(folder / "lectures.toml")["lecture"]}
    rows = [
        "| | assignment | lectures | topics | data | points | hours | builds on |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for entry in entries:
        number = entry.name[:2]
        title = f"[{entry.title}]({entry.name}/README.md)"
        lectures = ", ".join(short[title] for title in entry.lectures)
        points = f"{sum(entry.points.values()):g}"
        before = ", ".join(name[:2] for name in entry.builds_on) or "–"
        cells = (number, title, lectures, "; ".join(entry.topics), entry.data, points, entry.hours or "–", before)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def slide_table(entries: list[Entry], folder: Path = HERE) -> str:
    """The table of lectures' topics and questions."""
    parts = []
    for title, rows in topics_of_lectures(entries, folder).items():
        parts += [f"**{title}**", "", "| topic | questions |", "|---|---|"]
        parts += [f"| {topic} | {', '.join(ids) or '–'} |" for topic, ids in rows]
        parts.append("")
    return "\n".join(parts).rstrip()


def page(text: str, folder: Path = HERE) -> str:
    """The page with its tables made anew, between `<!-- glance -->` and `<!-- end -->`, and `<!-- slides -->`."""
    entries = assignments(folder)
    for name, table in {"glance": at_a_glance(entries, folder), "slides": slide_table(entries, folder)}.items():
        text = replaced(text, name, table, "course.py")
    return text


def replaced(text: str, name: str, table: str, maker: str) -> str:
    """A page with one of its tables made anew, which stands between two comments that name it and its maker."""
    begin, end = f"<!-- {name}: made by {maker} -->", f"<!-- end of {name} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise CourseError(f"README.md: expected one {begin} and one {end}")
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n{table}\n{end}{rest.partition(end)[2]}"


def main(arguments: list[str]) -> int:
    """Writes the page, or says whether it is up to date."""
    before = PAGE.read_text("utf-8")
    after = page(before)
    if "--check" in arguments:
        return int(before != after)
    PAGE.write_text(after, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
