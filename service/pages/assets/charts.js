// Lines over time, drawn by uPlot where it is there, and always also as a table.

import { make, table } from "./elements.js";
import { _ } from "./words.js";

const height = 180;
const drawn = new Map();

/** Draw lines: `lines` are {name, colour, values}, with one value a moment, null for none. */
export function draw(id, moments, lines) {
  const shown = lines.filter((line) => line.values.some((value) => value !== null));
  document.getElementById(`${id}-table`).replaceChildren(table(document.getElementById(`${id}-title`).textContent,
    [_("Time"), ...shown.map((line) => line.name)],
    moments.map((at, index) => [clock(at), ...shown.map((line) => figure(line.values[index]))]).reverse()));
  if (window.uPlot) drawLines(id, moments, shown);
}

function drawLines(id, moments, lines) {
  const place = document.getElementById(id);
  drawn.get(id)?.destroy();
  drawn.delete(id);
  if (!moments.length) {
    place.replaceChildren(make("p", { class: "hint" }, _("Nothing was asked in this time.")));
    return;
  }
  place.replaceChildren();
  const ink = getComputedStyle(document.body).color;
  const grid = getComputedStyle(document.documentElement).getPropertyValue("--line");
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  drawn.set(id, new window.uPlot({
    width: place.clientWidth, height, axes: [axis, { ...axis, size: 60 }], scales: { y: { range: (_chart, _low, high) => [0, high > 0 ? high * 1.1 : 1] } },
    series: [{}, ...lines.map((line) => ({ label: line.name, stroke: colour(line.colour), width: 2, points: { size: 4 } }))],
  }, [moments, ...lines.map((line) => line.values)], place));
}

/** Draw nothing anew, only wider or narrower. */
export function fit() {
  for (const [id, chart] of drawn) chart.setSize({ width: document.getElementById(id).clientWidth, height });
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Say a moment, in the reader's way. */
export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
}

/** Say a number with three places that count. */
export function figure(value) {
  return value === null || value === undefined ? "–" : new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 3 }).format(value);
}
