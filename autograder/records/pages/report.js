"use strict";
// Sorting and filtering; without this script the table stands there whole, sorted by student.
(function () {
  const table = document.getElementById("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells).filter((head) => head.dataset.first);
  const byId = (id) => document.getElementById(id);
  const sorter = byId("sort");

  function sort(column, order) {
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", order);
    sorter.value = String(column);
    const sign = order === "ascending" ? 1 : -1;
    // equal ones in the order of names
    const keys = new Map(rows.map((row) => [row, [Number(row.cells[column].dataset.value), Number(row.cells[0].dataset.value)]]));
    rows.sort(function (a, b) {
      const x = keys.get(a);
      const y = keys.get(b);
      return sign * (x[0] - y[0]) || x[1] - y[1];
    });
    body.append(...rows);
  }

  heads.forEach(function (head, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    sorter.append(new Option(head.textContent, String(column)));
    button.addEventListener("click", function () {
      const now = head.getAttribute("aria-sort");
      sort(column, now === "ascending" ? "descending" : now === "descending" ? "ascending" : head.dataset.first);
    });
  });
  sorter.addEventListener("change", () => sort(Number(sorter.value), heads[Number(sorter.value)].dataset.first));

  const filter = byId("filter");
  const kind = byId("kind");
  const mistake = byId("mistake");
  const shown = byId("shown");
  // whoever types Ake Luczak finds Åke Łuczak
  const strokes = { ø: "o", ł: "l", đ: "d", ħ: "h", ŧ: "t", ı: "i" };
  const plain = (text) =>
    text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/[øłđħŧı]/g, (letter) => strokes[letter]);
  const texts = new Map();

  function says(row, words) {
    if (!texts.has(row)) texts.set(row, plain(`${row.cells[0].textContent} ${row.cells[0].firstElementChild.title} ${row.cells[1].textContent} ${row.lastElementChild.textContent}`));
    return words.every((word) => texts.get(row).includes(word));
  }

  function update() {
    const words = plain(filter.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const has = (list, one) => !one || list.split(" ").includes(one);
      row.hidden = !(has(row.dataset.kinds, kind.value) && has(row.dataset.mistakes, mistake?.value) && says(row, words));
      count += !row.hidden;
    }
    shown.textContent = count === rows.length ? `${count} shown` : `${count} of ${rows.length} shown`;
  }

  filter.addEventListener("input", update);
  kind.addEventListener("change", update);
  mistake?.addEventListener("change", update);

  // beside each mistake: its students alone in the table
  const choices = new Set(Array.from(mistake?.options ?? [], (option) => option.value));
  for (const item of document.querySelectorAll("[data-mistake]")) {
    if (!choices.has(item.dataset.mistake)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = "Show in the table";
    const number = item.querySelector(".sr").cloneNode(true);
    number.textContent = number.textContent.replace(" made", " who made");
    button.append(number);
    button.addEventListener("click", function () {
      filter.value = kind.value = "";
      mistake.value = item.dataset.mistake;
      update();
      byId("students").scrollIntoView();
      mistake.focus({ preventScroll: true });
    });
    item.querySelector("details").before(button);
  }

  byId("tools").hidden = false;
  update(); // a reload keeps what was typed
})();
