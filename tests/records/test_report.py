"""The pages: well-formed, linked, the same every time, and indifferent to what students put into them."""

import base64
import hashlib
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import autograder.records
from autograder.facts.adjustment import Adjustment
from autograder.facts.result import OUTCOMES, STATUSES, QuestionResult, Result
from autograder.records.in_brief import mail
from autograder.records.report import write_report
from autograder.text import visible
from autograder.words.english import ENGLISH

VOID = {"meta", "input", "br", "img", "link", "hr"}
DRAWN_EMPTY = {"path", "rect"}


class Page(HTMLParser):
    """Elements, attributes and text of a page; fails on tags that are not closed in order."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.text, self.scripts, self.ids = [], [], [], [], []
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.ids += [value for name, value in attributes if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        assert tag in DRAWN_EMPTY
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        (self.scripts if self.open[-1:] == ["script"] else self.text).append(data)

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())

    def values(self, tag, name):
        return [attributes[name] for found, attributes in self.elements if found == tag and name in attributes]


def pages(folder):
    return {path.name: Page(path) for path in folder.glob("*.html")}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "report"


def test_every_link_leads_to_a_page(folder, make_result, hostile):
    results = [make_result("ada"), make_result("Zoë Smith"), make_result("ADA"), *hostile]
    index = write_report(results, folder, "Title")
    assert index == folder / "index.html"
    found = pages(folder)
    assert len(found) == len(results) + 1
    linked = {unquote(link) for link in found["index.html"].values("a", "href")}
    assert linked == set(found) - {"index.html"}
    for page in found.values():
        for link in page.values("a", "href"):
            target, _, anchor = link.partition("#")
            assert not target or unquote(target) in found
            assert not anchor or anchor in page.ids
        assert len(page.ids) == len(set(page.ids))


def test_pages_load_nothing(folder, hostile):
    write_report(hostile, folder, "Title")
    for name, page in pages(folder).items():
        tags = {tag for tag, _ in page.elements}
        assert tags.isdisjoint({"img", "link", "iframe", "object", "embed", "form", "base", "audio", "video"})
        assert not re.search(r"url\(|@import|@font-face|https?://", page.source)
        assert not any(attribute.startswith("on") for _, attributes in page.elements for attribute in attributes)
        assert len(page.scripts) == (name == "index.html")


def test_the_policy_lets_only_our_script_run(folder, hostile):
    write_report(hostile, folder, "<script>alert(2)</script>")
    for name, page in pages(folder).items():
        (policy,) = [value for value in page.values("meta", "content") if "default-src" in value]
        assert "default-src 'none'" in policy
        if name == "index.html":
            digest = hashlib.sha256(page.scripts[0].encode()).digest()
            assert f"script-src 'sha256-{base64.b64encode(digest).decode()}';" in policy
        else:
            assert "script-src 'none'" in policy


def test_hostile_text_is_shown_and_inert(folder, hostile):
    write_report(hostile, folder, "Title")
    found = pages(folder)
    for page in found.values():
        assert visible(page.source) == page.source
    for result in hostile:
        shown = " ".join(visible(result.student).split())
        own = [page for page in found.values() if shown in page.words]
        assert len(own) >= 2  # the class page and the student's own


def test_a_name_is_on_one_line_wherever_it_stands(folder, make_result):
    write_report([make_result("eve\nada\tgraded")], folder, "Title")
    for page in pages(folder).values():
        assert "eve␊ada␉graded" in page.source and "eve\n" not in page.source


def test_templates_in_student_text_are_not_run(folder, make_result):
    # neither a date nor a time holds what it would come to
    write_report([make_result("{{ 7*12345 }}", text="{{ 7*12345 }}")], folder, "{{ 7*12345 }}")
    for page in pages(folder).values():
        assert "86415" not in page.words
        assert "{{ 7*12345 }}" in page.words


def test_the_student_reads_everything_that_concerns_them(folder, make_result):
    result = make_result(
        "ada", text="PRINTED ", message="Stopped in 03.10.", status="timeout", late_days=2, device="gpu:0"
    )
    write_report([result], folder, "A network in NumPy")
    words = pages(folder)["ada.html"].words
    for expected in (
        "A network in NumPy",
        "7 / 14 points",
        "Timed out",
        ENGLISH.meanings["timeout"],
        "Stopped in 03.10.",
        "2 days late",
        "Passed",
        "Failed",
        "The division by M is missing.",
        "missing-mean",
        "W1 differs",
        "What was printed in this question PRINTED",
        "What was printed while the file was loaded PRINTED",
        "Device gpu:0",
        "Sandbox strict",
        "numpy 2.4.6",
    ):
        assert expected in words


def test_the_class_page_has_the_figures(folder, make_result):
    results = [
        make_result("ada", points=(2.0, 4.0, 3.0, 5.0)),
        make_result("bob", points=(0.0, 1.0, 0.0, 0.0), message="A message"),
        make_result("cy", points=(), status="unreadable"),
    ]
    write_report(results, folder, "A network in NumPy")
    words = pages(folder)["index.html"].words
    for expected in (
        "Submissions 3",
        "Mean 35.7 %",
        "Median 7.1 %",
        "Perfect 1",
        "Needing attention 1",
        "90 to 100: 1.",
        "50% 1 full · 0 part · 1 none",
        "62% 1 full · 1 part · 0 none",
        "Unreadable",
        "A message",
    ):
        assert expected in words


def test_the_pages_say_whose_a_row_is_and_why_it_does_not_count(folder, make_result):
    known = {"name": "Ada Lovelace", "id": "17", "email": "ada@example.org", "group": "blue"}
    ada = make_result("ada-l", **known, attempt=2, attempts=3, submitted="2026-03-03T12:00:00", file="ada/net.py")
    gone = make_result("bob", left_out="no longer in the folder")
    missing = Result("cy", "03_numpy_net", "missing", name="Cy Twombly")
    write_report([ada, gone, missing], folder, "A network in NumPy")
    found = pages(folder)
    words = found["index.html"].words
    for expected in (
        "Submissions 1",
        "1 not counted, no longer in the folder: bob",
        "1 handed nothing in: Cy Twombly",
        "Ada Lovelace Graded",
        "attempt 2 of 3",
        "Not counted: no longer in the folder.",
        "Needing attention 0",
    ):
        assert expected in words
    assert 'title="ada-l"><bdi>Ada Lovelace</bdi>' in found["index.html"].source
    assert "Ada Lovelace (ada-l)" in found["ada-l.html"].words
    assert "17 · ada@example.org · group blue · handed in 2026-03-03 12:00" in found["ada-l.html"].words
    assert "File ada/net.py" in found["ada-l.html"].words
    assert "Not counted in the figures of the class: no longer in the folder." in found["bob.html"].words
    assert ENGLISH.meanings["missing"] in found["cy.html"].words and "0 points" not in found["cy.html"].words


@pytest.mark.parametrize(
    ("zone", "submitted", "told"),
    [
        ("UTC", "2026-11-20T10:18:00+00:00", "2026-11-20 10:18"),
        ("UTC", "2026-11-20T10:18:59", "2026-11-20 10:18"),
        ("UTC", "2026-11-20T10:18:00+02:00", "2026-11-20 10:18 UTC+02:00"),
        ("Europe/Berlin", "2026-11-20T10:18:00+00:00", "2026-11-20 10:18 UTC"),
        ("Europe/Berlin", "2026-11-20T10:18:00+01:00", "2026-11-20 10:18"),
        ("Europe/Berlin", "2026-07-20T10:18:00+02:00", "2026-07-20 10:18"),
        ("UTC", "0001-01-01T00:00:00", "0001-01-01 00:00:00"),
        ("UTC", "last Friday", "last Friday"),
    ],
)
def test_when_something_was_handed_in_is_told_to_the_minute(folder, make_result, monkeypatch, zone, submitted, told):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        write_report([make_result("ada", submitted=submitted)], folder, "Title")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert f'<p class="note">handed in {told}</p>' in pages(folder)["ada.html"].source


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"ångströmjürgen": "Ångström, Jürgen", "leeann": "Lee, Ann"}, ["Ångström, Jürgen", "Lee, Ann"]),
        ({"leeann1": "Lee, Ann", "leeann2": "Lee, Ann"}, ["Lee, Ann (leeann1)", "Lee, Ann (leeann2)"]),
        ({"leeann1": "Lee, Ann", "leeann2": "LEE, Ann"}, ["Lee, Ann (leeann1)", "LEE, Ann (leeann2)"]),
        ({"x": "ada", "ada": ""}, ["ada", "ada (x)"]),
        ({"x": "e\nve", "y": "e␊ve"}, ["e␊ve (x)", "e␊ve (y)"]),
    ],
    ids=["different", "the same", "but for capitals", "another's row", "that look the same"],
)
def test_a_rows_name_stands_beside_a_students_only_where_two_have_one_name(folder, make_result, names, shown):
    write_report([make_result(row, name=name) for row, name in names.items()], folder, "Title")
    source = pages(folder)["index.html"].source
    assert sorted(re.findall(r"<bdi>(.*?)</bdi>", source[source.index("<tbody>") :])) == sorted(shown)


def test_the_mark_that_counts_stands_where_the_score_would(folder, make_result):
    bonus = Adjustment("bonus", "found a mistake in the hand-out", "M. Weber", "2026-11-20", points=2)
    excuse = Adjustment("excuse", "ill", "M. Weber", "2026-11-20")
    override = Adjustment("override", "shown on paper", "M. Weber", "2026-11-20", points=4, question="03.10")
    late = make_result("ada", late_days=2, late_hours=30, late_penalty=1.5, adjustments=(bonus, override), was=12.0)
    excused = make_result("bob", points=(0.0, 0.0, 0.0, 0.0), adjustments=(excuse,))
    write_report([late, excused, make_result("cy")], folder, "Title")
    found = pages(folder)
    # 2 + 4 + 4 + 0 points, 1.5 less, 2 more
    for expected in (
        "10.5 / 14 points",
        "The questions come to 7 of 14 points.",
        "Handed in 2 days late, which costs 1.5 points.",
        "2 points more: found a mistake in the hand-out (M. Weber, 2026-11-20).",
        "03.10 was set to 4 points: shown on paper (M. Weber, 2026-11-20).",
        "The mark was 12 before.",
    ):
        assert expected in found["ada.html"].words, expected
    words = found["index.html"].words
    for expected in ("10.5 / 14", "score 7", "was 12", "2 days late", "Submissions 2", "1 excused: bob", "Mean 62.5 %"):
        assert expected in words, expected
    assert "Excused: ill (M. Weber, 2026-11-20)." in found["bob.html"].words


@pytest.mark.parametrize(
    ("kind", "question", "is_done"),
    [("override", "", True), ("override", "03.10", False), ("bonus", "", False)],
    ids=["whole mark", "one question", "bonus"],
)
def test_whose_mark_was_set_needs_no_look_any_more(folder, make_result, kind, question, is_done):
    decided = Adjustment(kind, "shown on paper", "M. Weber", "2026-11-20", points=3, question=question)
    odd = make_result("ada", (2.0, 4.0, 3.0, 5.0), "unreadable", message="ada.py is empty", adjustments=(decided,))
    write_report([odd, make_result("bob")], folder, "Title")
    found = pages(folder)
    words = found["index.html"].words
    assert ("Set by hand" in words) == is_done
    assert (f"Needing attention {1 - is_done}" in words) and ("Needing attention (1)" in words) != is_done
    own = found["ada.html"]
    assert ("Set by hand" in own.words) == is_done and ('class="badge bad"' in own.source) != is_done
    assert "ada.py is empty" in own.words and (ENGLISH.meanings["unreadable"] in own.words) != is_done
    assert ("Somebody should look at 1: 1 unreadable." in mail([odd], "Title")) != is_done


def test_students_stand_in_the_order_in_which_people_look_for_them(folder, make_result):
    ordered = ["Åsa", "Astrid", "de la Cruz", "Dora", "Émile", "Łuczak", "müller", "Munk", "z9", "z10"]
    write_report([make_result(name) for name in sorted(ordered)], folder, "Title")
    page = pages(folder)["index.html"]
    table = page.source[page.source.index("<tbody>") :]
    assert re.findall(r"<bdi>(.*?)</bdi>", table) == ordered


def test_a_class_of_whom_nobody_counts_has_a_page(folder, make_result):
    write_report([make_result("ada", left_out="why")], folder, "Title")
    assert "1 not counted, why: ada" in pages(folder)["index.html"].words


def test_every_status_and_outcome_has_words(folder):
    assert set(ENGLISH.statuses) == set(ENGLISH.meanings) == set(STATUSES)
    assert set(ENGLISH.outcomes) == set(OUTCOMES)
    rows = tuple(QuestionResult(f"1.{i}", "", outcome, 0.0, 0.0) for i, outcome in enumerate(OUTCOMES))
    write_report([Result(status, "01", status, rows) for status in STATUSES], folder, "Title")
    found = pages(folder)
    for status in STATUSES:
        words = found[f"{status}.html"].words
        assert ENGLISH.meanings[status] in words
        assert all(name in words for name in ENGLISH.outcomes.values())


def test_an_empty_class_has_a_page(folder):
    page = Page(write_report([], folder, "Title"))
    assert "No submission has been graded yet." in page.words


def test_the_same_results_give_the_same_bytes(folder, tmp_path, make_result, hostile):
    results = [make_result("ada"), *hostile]
    write_report(results, folder, "Title", generated="2026-01-02 03:04")
    write_report(results[::-1], tmp_path / "again", "Title", generated="another day")
    for path in folder.iterdir():
        one = path.read_text(encoding="utf-8").splitlines()
        other = (tmp_path / "again" / path.name).read_text(encoding="utf-8").splitlines()
        differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        assert len(differing) == 1
        assert differing[0][0] == '<p class="generated">Generated 2026-01-02 03:04</p>'


def test_pages_of_students_who_left_are_removed_and_nothing_else(folder, make_result):
    write_report([make_result("ada"), make_result("bob")], folder, "Title")
    (folder / "notes.html").write_text("mine")
    write_report([make_result("bob")], folder, "Title")
    assert sorted(path.name for path in folder.iterdir()) == ["bob.html", "index.html", "notes.html"]


def test_a_large_class_takes_seconds(folder, make_result):
    results = [make_result(f"student{number:03d}", text="line\n" * 200) for number in range(600)]
    start = time.process_time()
    write_report(results, folder, "Title")
    assert time.process_time() - start < 10  # 1.5 s on an idle core
    assert len(list(folder.iterdir())) == 601


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_has_the_contrast_of_wcag_aa(scheme):
    style = (Path(autograder.records.__file__).parent / "pages" / "base.css").read_text()
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    pairs = [(f"{kind}-text", kind) for kind in ("good", "warn", "bad", "fair", "calm")]
    pairs += [(text, page) for text in ("text", "muted", "accent") for page in ("page", "surface", "sunken")]
    pairs += [("text", "warn"), ("bad-text", "surface"), ("warn-text", "surface"), ("warn-text", "sunken")]
    for text, page in pairs:
        assert contrast(colours[text], colours[page]) >= 4.5, (text, page)
    for mark in ("column", "good-bar", "warn-bar", "bad-bar"):  # graphics need 3 (WCAG 1.4.11)
        if mark != "warn-bar" or scheme:
            assert contrast(colours[mark], colours["surface"]) >= 3, mark
