"""The pages in a real browser: nothing is cut at any width, all can be found, and nothing that students wrote acts.

Needs Chromium (Debian: `chromium`); playwright drives the one that is installed and downloads none.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from urllib.parse import quote

import pytest

from autograder.facts.adjustment import Adjustment
from autograder.facts.cause import Cause
from autograder.facts.fact import Fact, Place
from autograder.facts.result import Diagnosis, Picture, QuestionResult, Result
from autograder.handin.sources import source_of
from autograder.records.names import file_names
from autograder.records.report import write_report
from autograder.similar.comparing import compare
from autograder.similar.page import write_page
from autograder.similar.texts import Written
from autograder.text import one_line
from tests.records.conftest import HOSTILE

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.turns(4),
    pytest.mark.skipif(BROWSER is None, reason="there is no Chromium; Debian: apt-get install chromium"),
]
WIDTHS = {"desk": 1280, "tablet": 800, "phone": 390}
# A4 on its side, less its margins, at 96 pixels an inch
PRINTED = 1047
NAMES = ["Åsa Öberg", "Astrid", "de la Cruz", "Émile", "Łuczak", "z9", "z10"]
LONG = "Maximilian-Alexander McCarthy-Featherstonehaugh"


def row(number, points, **fields):
    name = f"Question {number}: gradients of W1, b1, W2 and b2."
    return QuestionResult(f"03.{number}", name, "passed" if points == 4 else "failed", points, 4.0, **fields)


def wrong(number, code="sign", points=0.0):
    place = Place("net.py", 0, 228, "backward", "dW1 = X.T @ d1")
    cause = Cause(("W1", "b1"), kind=code, place=place)
    told = Diagnosis(code, "W1", "A sign is flipped. Look at line 228.", (cause,))
    picture = Picture("heatmap", "W1", [[1.0, -2.0], [0.0, 3.0]], [[1.0, 0.0], [0.0, -1.0]], False)
    message = "All 20 entries of W1 are wrong.\n" * 3
    return row(number, points, diagnosis=told, message=message, picture=picture, output="x" * 300)


def student(who, *rows, status="graded", **fields):
    """A student who has right what is not given."""
    given = {one.id: one for one in rows}
    questions = tuple(given.get(f"03.{number}", row(number, 4.0)) for number in range(1, 13))
    fields = {"seconds": 1.0, "versions": {"numpy": "2.4.6"}} | fields
    return Result(who, "03_numpy_net", status, questions, **fields)


def the_class():
    decided = ("why", "M. Weber", "2026-11-20")
    undefined = Fact(
        "undefined-name", values={"name": "f", "error": "NameError", "what": "np", "near": ""}, code="raises"
    )
    raises = [row(n, 0.0, facts=(undefined,), diagnosis=Diagnosis("raises", None, "", ())) for n in range(1, 13)]
    return [
        student("Åsa Öberg", wrong(5)),
        student("Astrid", wrong(5), wrong(12, "transpose", 1.167), late_days=2, late_hours=30, late_penalty=2.5),
        student("de la Cruz", *raises),
        student("Émile", wrong(5), status="timeout", seconds=61.0, message="03.7 took longer than 10 s."),
        student("Łuczak", was=12.0, attempt=2, attempts=3),
        student("z9", adjustments=(Adjustment("bonus", *decided, points=3),)),
        student("z10", wrong(1), adjustments=(Adjustment("excuse", *decided),)),
        student(LONG, status="crashed", message="The process left with exit status 3. " * 20, name="W" * 120),
        Result("cy", "03_numpy_net", "missing", name="Cy Twombly"),
        Result("eve", "03_numpy_net", "unreadable", file="eve.py", facts=(Fact.said("eve.py is empty"),)),
        student("zz gone", left_out="no longer in the folder"),
        *(student(name, wrong(3), message=name, output=name, name=name, file=name) for name in HOSTILE),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    write_report(the_class(), folder, "A two-layer network in NumPy <script>alert(3)</script>")
    code = "\n".join(f"def f{number}(x):\n    return {'x + ' * 40}{number}" for number in range(9))
    texts = [Written.of(name, name, source_of("x.py", code.encode())) for name in ["Åsa", "W" * 120, *HOSTILE[:3]]]
    write_page(compare(texts, [], 0.5, lambda: None), "A network", 0.5, folder / "similar.html")
    return folder


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, folder):
    """A function that opens a page of the report; in the end nothing may have been said on the console."""
    said, contexts = [], []

    def visit(name="index.html", width=1280, scheme="light", within=folder):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", offline=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(f"file://{quote(str(within))}/{quote(name)}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert said == []


def shown(page):
    """The names in the table, from top to bottom, of the rows that are shown."""
    return page.eval_on_selector_all(
        "#table tbody tr", "rows => rows.filter(r => !r.hidden).map(r => r.cells[0].innerText)"
    )


def cut(page):
    """What reaches beyond the window, or is not wide enough to be read."""
    return page.evaluate(
        """() => Array.from(document.querySelectorAll("main *:not(option):not(optgroup)")).filter(one => {
          const place = one.getBoundingClientRect();
          const hidden = !place.width || one.closest(".sr, svg, details:not([open]) > *:not(summary)");
          const isCut = getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
          const mayBeCut = one.matches(".name, .what, select, input, .scroll");
          const mayReachOut = hidden || one.closest(".scroll > *");
          return !mayReachOut && (place.right > innerWidth + 0.5 || place.left < -0.5 || (isCut && !mayBeCut));
        }).map(one => one.outerHTML.slice(0, 200))"""
    )


@pytest.mark.parametrize("name", ["index.html", "Astrid.html", "cy.html", "similar.html"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nothing_is_cut_and_the_page_scrolls_one_way(visit, name, width):
    page = visit(name, width)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert cut(page) == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_code_beside_code_is_broken_between_words_and_scrolls_on_a_phone_alone(visit, width):
    page = visit("similar.html", width)
    # the rectangles of each word: of one that is broken, there are two
    broken = page.evaluate(
        """() => Array.from(document.querySelectorAll("table.beside code, table.beside th.place")).flatMap(cell => {
          const text = cell.firstChild;
          return Array.from(text?.data.matchAll(/\\S+/g) ?? []).filter(word => {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            return new Set(Array.from(range.getClientRects(), one => one.top)).size > 1;
          }).map(word => word[0]);
        })"""
    )
    assert broken == []
    scrolls = page.evaluate(
        "(() => { const one = document.querySelector('.scroll'); return one.scrollWidth > one.clientWidth })()"
    )
    assert scrolls == (width == 390)


@pytest.mark.parametrize("name", ["index.html", "Astrid.html"])
def test_nothing_is_cut_on_paper(visit, name):
    page = visit(name, PRINTED)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= PRINTED
    assert cut(page) == []
    assert not page.locator("#tools").is_visible() if name == "index.html" else True


def test_a_row_is_a_line_of_columns_at_a_desk_and_a_card_on_a_phone(visit):
    for width, is_table in ((1280, True), (390, False)):
        row = visit(width=width).locator("#table tbody tr").first
        boxes = [cell.bounding_box() for cell in row.locator("th, td").all()]
        assert all(box["width"] > 0 for box in boxes)
        assert (len({round(box["y"]) for box in boxes}) == 1) == is_table


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", ["index.html", "Astrid.html", "eve.html", "similar.html"])
def test_axe_finds_nothing(visit, name, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(name, width, scheme)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    found = axe.run(page).response["violations"]
    assert [(one["id"], [node["html"][:150] for node in one["nodes"][:3]]) for one in found] == []


def test_every_link_leads_to_its_student_and_back(visit, folder):
    page = visit()
    names = file_names(result.student for result in the_class())
    links = page.eval_on_selector_all("#table tbody th a", "all => all.map(one => [one.innerText, one.href])")
    assert len(links) == len(names)
    expected = {f"{names[result.student]}.html": result for result in the_class()}
    for text, href in links:
        page.goto(href)
        (file,) = [name for name in expected if href.endswith(quote(name))]
        result = expected.pop(file)
        assert page.locator("h1").inner_text() == (one_line(result.shown_name) or "(no name)")
        # no two of them have one name
        assert text == (one_line(result.name or result.student) or "(no name)")
    page.get_by_role("link", name="Class report").click()
    assert page.url.endswith("/index.html")


def test_columns_sort_and_equal_ones_stay_in_the_order_of_names(visit):
    page = visit()
    ordered = shown(page)
    assert [name for name in ordered if name in NAMES] == NAMES
    head = page.locator("#table thead th").first
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert shown(page) == ordered[::-1] and head.get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Mark", exact=True).click()
    assert head.get_attribute("aria-sort") is None
    marks = page.eval_on_selector_all("#table tbody td.mark", "all => all.map(one => Number(one.dataset.value))")
    assert marks == sorted(marks, reverse=True)
    # the best by far is the one with a bonus; whoever has no mark is last
    assert shown(page)[0] == "z9" and shown(page)[-1] == "Cy Twombly"
    page.get_by_role("button", name="03.5", exact=True).click()
    page.get_by_role("button", name="03.5", exact=True).click()
    lost = [name for name in ordered if name in ("Åsa Öberg", "Astrid", "Émile", "de la Cruz")]
    assert [name for name in shown(page) if name in lost] == lost
    assert shown(page)[0] == "Cy Twombly"


def test_a_phone_sorts_by_a_list(visit):
    page = visit(width=390)
    assert not page.locator("thead").is_visible()
    page.get_by_label("Sort by").select_option("Mark")
    assert shown(page)[0] == "z9"


def test_filters_give_what_they_say(visit):
    page = visit()
    kinds = {
        "late": ["Astrid"],
        "slow": ["Émile"],
        "changed": ["Łuczak"],
        "adjusted": ["z9", "z10"],
        "crashed": ["W" * 120],
        "missing": ["Cy Twombly"],
        "left-out": ["Cy Twombly", "z10", "zz gone"],
        "look": ["Émile", "eve", "W" * 120],
    }
    for kind, names in kinds.items():
        page.get_by_role("combobox", name="Show").select_option(kind)
        assert sorted(shown(page)) == sorted(names), kind
        option = page.locator(f"#kind option[value={kind}]").inner_text()
        assert option.endswith(f"({len(names)})")
    page.get_by_role("combobox", name="Show").select_option("")
    for words, names in {
        "asa oberg": ["Åsa Öberg"],
        "LUCZAK": ["Łuczak"],
        # the row's name, which is not shown
        "mccarthy": ["W" * 120],
        "took longer": ["Émile"],
        "<script>": ["<script>alert(1)</script>"],
        "no such": [],
    }.items():
        page.get_by_label("Name or remark").fill(words)
        assert shown(page) == names, words
    assert page.locator("#shown").inner_text() == f"0 of {len(the_class())} shown"


def test_a_mistake_shows_who_made_it_and_chooses_their_rows(visit):
    page = visit()
    mistakes = page.locator(".mistakes > li").filter(has_text="03.5")
    made = mistakes.filter(has_text="A sign is flipped.")
    assert "In backward: W1 and b1" in made.inner_text() and made.inner_text().startswith("3 students")
    made.locator("summary").click()
    who = made.locator(".who a")
    assert who.all_inner_texts() == ["Åsa Öberg", "Astrid", "Émile"]
    made.get_by_role("button", name="Show in the table").click()
    assert shown(page) == ["Åsa Öberg", "Astrid", "Émile"]
    # one that costs twelve questions is one mistake
    page.get_by_role("combobox", name="Mistake").select_option(label="03.1 `np` is not defined. (1)")
    assert shown(page) == ["de la Cruz"]
    who.nth(1).click()
    assert page.locator("h1").inner_text() == "Astrid"


def test_a_large_class_opens_and_sorts_at_once(visit, tmp_path):
    few = the_class()[:8]
    results = [replace(few[number % 8], student=f"student {number}", name="") for number in range(600)]
    write_report(results, tmp_path, "A large class")
    page = visit(within=tmp_path)
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    sort = """() => { const began = performance.now(); document.querySelectorAll("#table thead button")[2].click();
                      document.body.offsetHeight; return performance.now() - began }"""
    sorting = sorted(page.evaluate(sort) for _ in range(9))[0]
    # milliseconds; on an idle core 300 and 60
    assert loaded < 5000 and sorting < 2000
