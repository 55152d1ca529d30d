// One job as a card: its state, a bar, how far it is, and what can be done with it. A card is changed in place, so that focus stays where it is.

import { clock } from "./charts.js";
import { download } from "./downloads.js";
import { make } from "./elements.js";
import { _ } from "./words.js";

const language = document.documentElement.lang;

/** Tell whether a job still goes on. */
export function isOpen(job) {
  return job.state === "queued" || job.state === "running";
}

/** Say a state in a word or two. */
export function stateWords(state) {
  return {
    queued: _("waiting"), running: _("being read"), done: _("done"), failed: _("failed"), cancelled: _("cancelled"), expired: _("results removed"),
  }[state] ?? state;
}

/** Make a card; `cancel` and `remove` are called with the job, and without them there is nothing to press. */
export function jobCard(first, { cancel, remove } = {}) {
  const state = make("span", { class: "state" });
  const bar = make("progress", { max: "1", "aria-label": _("Progress of {name}", { name: first.name }) });
  const figures = make("p", { class: "figures" });
  const fault = make("p", { class: "forbids" });
  const actions = make("p", { class: "row actions", hidden: !cancel });
  const element = make("li", { class: "card job" }, make("h3", {}, first.name, " ", state), bar, figures, fault, actions);
  const card = { element, job: first, update };
  update(first);
  return card;

  function update(job) {
    const turned = job.state !== element.dataset.state;
    card.job = job;
    element.dataset.state = job.state;
    state.textContent = stateWords(job.state);
    bar.value = job.state === "done" || job.state === "expired" ? 1 : share(job.progress);
    bar.hidden = job.state === "failed" || job.state === "cancelled";
    figures.textContent = progressWords(job);
    fault.textContent = job.fault ?? "";
    fault.hidden = !job.fault;
    if (turned && cancel) showActions(job);
  }

  function showActions(job) {
    const had = actions.contains(document.activeElement);
    const files = [["result", _("Result")], ["rejects", _("Rejects")], ["report", _("Report")]].filter(([name]) => job.links[name]);
    // Addresses of the service are absolute; the pages may lie below a path.
    actions.replaceChildren(
      ...files.map(([name, text]) => download(job.links[name].slice(1), text, `${text}: ${job.name}`)),
      isOpen(job) ? button(_("Cancel"), job, cancel) : button(_("Remove"), job, remove));
    if (had) actions.querySelector("a, button").focus();
  }
}

function button(text, job, act) {
  return make("button", { type: "button", "aria-label": `${text}: ${job.name}`, onclick: () => act(job) }, text);
}

function share({ bytes, bytes_total: all }) {
  return all ? Math.min(1, bytes / all) : 0;
}

function progressWords(job) {
  const { records, rejected, records_per_second: rate, seconds_left: left } = job.progress;
  const parts = [_("{count} records", { count: number(records) }), _("{count} rejected", { count: number(rejected) })];
  if (isOpen(job)) {
    if (job.state === "running") parts.unshift(number(share(job.progress), { style: "percent" }));
    if (rate !== null) parts.push(_("{rate} a second", { rate: number(rate, { maximumSignificantDigits: 3 }) }));
    if (left !== null) parts.push(_("about {time} left", { time: duration(left) }));
  }
  if (job.format) parts.push(job.format);
  parts.push(clock(Date.parse(job.created) / 1000));
  return parts.join(" · ");
}

function number(value, options = {}) {
  return new Intl.NumberFormat(language, options).format(value);
}

function duration(seconds) {
  const [value, unit] = seconds < 90 ? [seconds, "second"] : seconds < 5400 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
  return number(Math.ceil(value), { style: "unit", unit, unitDisplay: "long" });
}
