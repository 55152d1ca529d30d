// The page "Dashboard": is the service healthy, and is the data? Figures come from /v1/stats, and live from its events.

import { ask, wantsKey } from "./api.js";
import { clock, draw, figure, fit } from "./charts.js";
import { make, table } from "./elements.js";
import { attempt } from "./faults.js";
import { issueWords } from "./issues.js";
import { jobCard } from "./jobcards.js";
import { part } from "./parts.js";
import { statusWords } from "./reasons.js";
import { sortable } from "./sortable.js";
import { _ } from "./words.js";

const statuses = [["matched", "good"], ["ambiguous", "doubt"], ["none", "none"], ["unmatched", "bad"]];
const sections = ["fields", "languages", "resource_types", "versions", "access_rights", "license_names", "lexicon", "statements"];
let past = { step: 60, points: [] };

part("hours").addEventListener("change", () => attempt(readPast));
part("field").addEventListener("change", showPast);
window.addEventListener("resize", fit);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showPast);
attempt(readPast);
attempt(readData).then(watchJobs);
attempt(readHealth);
setInterval(() => readHealth().catch(() => {}), 10_000);
watch();

/** Follow the events of the service; a browser reconnects by itself. */
function watch() {
  const events = new EventSource("v1/stats/events");
  events.addEventListener("stats", (event) => {
    const recent = JSON.parse(event.data);
    showNow(recent);
    part("live").textContent = _("Live, last heard at {time}", { time: new Date(recent.now * 1000).toLocaleTimeString(document.documentElement.lang) });
    const known = new Map(past.points.map((point) => [point.at, point]));
    if (past.step === recent.step) {
      for (const point of recent.points) known.set(point.at, point);
      past.points = [...known.values()].sort((one, other) => one.at - other.at);
      showPast();
    }
  });
  events.addEventListener("error", () => { part("live").textContent = _("Not connected; trying again"); });
}

async function readPast() {
  past = await ask(`v1/stats?hours=${part("hours").value}`);
  showPast();
}

function showNow(recent) {
  const last = recent.points.at(-1);
  const seconds = last ? Math.max(1, Math.min(recent.step, recent.now - last.at)) : 1;
  const cards = [
    ["rate", _("Requests a second"), figure(last ? total(last.requests) / seconds : 0)],
    ["p50", _("Half answered within"), milliseconds(last?.latency.p50)],
    ["p99", _("99 of 100 within"), milliseconds(last?.latency.p99)],
    ["errors", _("Failed"), figure(last?.requests["5xx"] ?? 0)],
    ["refused", _("Refused"), figure(last?.requests["4xx"] ?? 0)],
    ["read", _("Values read"), figure(last ? total(Object.values(last.values).map(total)) : 0)],
  ];
  part("now").replaceChildren(...cards.map(([id, name, value]) => make("div", { class: "card" }, make("dt", {}, name), make("dd", { id: `now-${id}` }, value))));
}

function showPast() {
  const { points, step } = past;
  const moments = points.map((point) => point.at);
  draw("requests", moments, [["2xx", "good"], ["3xx", "none"], ["4xx", "doubt"], ["5xx", "bad"]].map(([name, colour]) =>
    ({ name, colour, values: series(points, (point) => (point.requests[name] ?? 0) / step, (point) => name in point.requests) })));
  draw("latency", moments, [["p50", "good"], ["p95", "doubt"], ["p99", "bad"]].map(([name, colour]) =>
    ({ name, colour, values: points.map((point) => point.latency[name] === null ? null : point.latency[name] * 1000) })));
  showField(points, moments, step);
  showIssues(points);
}

/** Give a value a point, or nulls alone where no point has any, so that no flat line stands for what never was. */
function series(points, value, has) {
  return points.some(has) ? points.map(value) : points.map(() => null);
}

function showField(points, moments, step) {
  const names = [...new Set(points.flatMap((point) => Object.keys(point.values)))].sort();
  const chosen = names.includes(part("field").value) ? part("field").value : names[0];
  part("field").replaceChildren(...names.map((name) => make("option", { selected: name === chosen }, name)));
  const counts = points.map((point) => point.values[chosen] ?? {});
  draw("outcomes", moments, statuses.map(([status, colour]) =>
    ({ name: statusWords(status).split(":")[0], colour, values: series(counts, (count) => (count[status] ?? 0) * 60 / step, (count) => status in count) })));
  draw("unresolved", moments, [{ name: chosen ?? "", colour: "bad", values: counts.map(unresolvedShare) }]);
}

function unresolvedShare(count) {
  const all = total(count);
  return all ? 100 * ((count.ambiguous ?? 0) + (count.unmatched ?? 0)) / all : null;
}

function showIssues(points) {
  const counts = new Map();
  for (const point of points) for (const [code, count] of Object.entries(point.issues)) counts.set(code, (counts.get(code) ?? 0) + count);
  const rows = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 20);
  part("issues").replaceChildren(rows.length
    ? table(_("Issues by code"), [_("Code"), _("Meaning"), _("Count")], rows.map(([code, count]) => [make("code", {}, code), issueWords(code), figure(count)]))
    : make("p", { class: "hint" }, _("None in this time.")));
}

async function readHealth() {
  const response = await fetch("readyz");
  const health = await response.json();
  const checks = Object.entries(health.checks ?? {}).flatMap(([name, found]) => found.map((check) => ({ name, ...check })));
  const parts = checks.length ? checks : [{ name: "service", status: health.status, output: health.output ?? health.detail }];
  part("health").replaceChildren(...parts.map((check) => {
    const good = check.status === "pass";
    return make("li", { class: "card" }, make("strong", { class: good ? "permits" : "forbids" }, good ? _("well") : _("not well")), ` ${check.name} `,
      make("span", { class: "hint" }, [check.observedValue, check.observedUnit, check.output, check.time].filter((text) => text !== undefined).join(" ")));
  }));
}

/** Show the newest jobs now and then, for as long as the reader may see them. */
async function watchJobs() {
  try {
    if (!document.hidden) await readJobs();
  } catch (fault) {
    if (wantsKey(fault.problem?.status)) return;
  }
  setTimeout(watchJobs, 3_000);
}

async function readJobs() {
  const { jobs } = await ask("v1/jobs?limit=5", { quiet: true });
  part("jobs-section").hidden = jobs.length === 0;
  part("jobs").replaceChildren(...jobs.map((job) => jobCard(job).element));
}

async function readData() {
  const [{ vocabularies, drets }, { locales }] = await Promise.all([ask("v1/vocabularies"), ask("v1/locales")]);
  part("vocabularies").replaceChildren(sortable(_("What answers are made of"), [_("Name"), _("Version")],
    [["drets", drets], ...vocabularies.map((each) => [each.name, each.version])]));
  part("locales").replaceChildren(sortable(_("Words known of each language"), [_("Tag"), _("Name"), ...sections, _("All")],
    locales.map(({ tag, name, labels }) => [tag, name, ...sections.map((section) => labels[section] ?? 0), total(labels)])));
}

function milliseconds(seconds) {
  return seconds === null || seconds === undefined ? "–" : `${figure(seconds * 1000)} ms`;
}

function total(counts) {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
