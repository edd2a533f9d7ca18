"use strict";
// Sorting and filtering; without this script the table stands there whole, sorted by student.
(function () {
  const table = document.getElementById("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);

  function value(row, column, numeric) {
    const cell = row.cells[column];
    const text = cell.dataset.value ?? cell.textContent;
    return numeric ? Number(text) : text;
  }

  heads.forEach(function (head, column) {
    if (!head.dataset.sort) return;
    const numeric = head.dataset.sort === "number";
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", function () {
      const first = numeric ? "descending" : "ascending";
      const now = head.getAttribute("aria-sort");
      const order = now === "ascending" ? "descending" : now === "descending" ? "ascending" : first;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      rows.sort(function (a, b) {
        const x = value(a, column, numeric);
        const y = value(b, column, numeric);
        return sign * (numeric ? x - y : x.localeCompare(y, undefined, { numeric: true }));
      });
      body.append(...rows);
    });
  });

  const filter = document.getElementById("filter");
  const status = document.getElementById("status");
  const shown = document.getElementById("shown");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  function update() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const kinds = row.dataset.status.split(" ");
      const wanted = !status.value || status.value.split(" ").some((kind) => kinds.includes(kind));
      row.hidden = !(wanted && words.every((word) => texts.get(row).includes(word)));
      count += !row.hidden;
    }
    shown.textContent = count === rows.length ? `${count} shown` : `${count} of ${rows.length} shown`;
  }

  filter.addEventListener("input", update);
  status.addEventListener("change", update);
  document.getElementById("tools").hidden = false;
  update(); // a reload keeps what was typed
})();
