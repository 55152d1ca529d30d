// A table whose columns sort it, by mouse and keyboard.

import { make } from "./elements.js";

/** Make a table of rows of values, texts or numbers; a title is a button that sorts by its column, and again the other way. */
export function sortable(caption, titles, rows) {
  const body = make("tbody");
  const heads = titles.map((title, column) => make("th", { scope: "col", class: isNumber(rows, column) ? "number" : null },
    make("button", { type: "button", class: "sort", onclick: () => sort(column) }, title)));
  fill(rows);

  function sort(column) {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sorted = [...rows].sort((one, other) => compare(one[column], other[column]));
    fill(down ? sorted.reverse() : sorted);
  }

  function fill(sorted) {
    body.replaceChildren(...sorted.map((row) => make("tr", {}, row.map((value, column) =>
      make(column ? "td" : "th", { class: typeof value === "number" ? "number" : null, scope: column ? null : "row" }, String(value))))));
  }

  return make("div", { class: "scroll tall", tabindex: "0", role: "region", "aria-label": caption },
    make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, heads)), body));
}

function isNumber(rows, column) {
  return typeof rows[0]?.[column] === "number";
}

function compare(one, other) {
  return typeof one === "number" ? one - other : String(one).localeCompare(String(other), document.documentElement.lang);
}
