// The page "Explain": a text goes to the service, and comes back with its evidence marked and its reasons told.

import { ask, send } from "./api.js";
import { make, table } from "./elements.js";
import { attempt } from "./faults.js";
import { showMarked } from "./marked.js";
import { reasons, statusWords, verdict } from "./reasons.js";
import { spansOf, spansOfRecord } from "./spans.js";
import { _ } from "./words.js";

const RECORD = "record";
const form = document.getElementById("question");
const answer = document.getElementById("answer");
const samples = JSON.parse(document.getElementById("samples").textContent);
const part = (id) => document.getElementById(id);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  read();
});
form.text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
part("choices").addEventListener("click", (event) => {
  const chosen = samples[event.target.dataset.sample];
  if (chosen) fill(chosen.field, chosen.text, "");
});
part("copy").addEventListener("click", () => attempt(async () => {
  await navigator.clipboard.writeText(part("json").textContent);
  part("copy").textContent = _("Copied");
}));
window.addEventListener("hashchange", readLink);
readLink();

/** Take the question from the address. It stands behind the #, which a browser never sends. */
function readLink() {
  const given = new URLSearchParams(window.location.hash.slice(1));
  if (given.get("text") && given.get("text") !== form.text.value) fill(given.get("field") ?? "rights", given.get("text"), given.get("locale") ?? "");
}

function fill(field, text, locale) {
  form.field.value = field;
  form.text.value = text;
  form.locale.value = locale;
  read();
}

function read() {
  const question = { field: form.field.value, text: form.text.value };
  if (form.locale.value.trim() && question.field !== RECORD) question.locale = form.locale.value.trim();
  window.history.replaceState(null, "", `#${new URLSearchParams(question)}`);
  answer.setAttribute("aria-busy", "true");
  return attempt(async () => {
    if (question.field === RECORD) showRecord(question.text, await askRecord(question.text));
    else showValue(await send("v1/explain", question));
    answer.hidden = false;
  }).finally(() => answer.setAttribute("aria-busy", "false"));
}

function askRecord(text) {
  const type = { "{": "application/json", "<": "application/xml" }[text.trim()[0]] ?? "text/plain";
  return ask("v1/normalize", { method: "POST", body: text, headers: { "Content-Type": type } });
}

function showValue({ result, trace }) {
  const text = result.read_as ?? result.text;
  showMarked(text, spansOf({ ...result, text }), part("marked"), part("legend"));
  part("verdict").replaceChildren(...verdict(result));
  part("reasons").replaceChildren(...reasons(result, trace));
  showJson(result);
}

function showRecord(text, record) {
  showMarked(text, spansOfRecord(text, record.decisions), part("marked"), part("legend"));
  const unread = record.unparsed.length;
  part("verdict").replaceChildren(_("{read} values read, {open} of them unresolved; {unread} not read", {
    read: record.decisions.length, open: record.unresolved.length, unread,
  }));
  part("reasons").replaceChildren(...record.decisions.map(decision), ...(unread ? [leftOver(record.unparsed)] : []));
  showJson(record.metadata);
}

const byClauses = new Set(["license", "rights_statement", "access_right"]);

function decision(made) {
  const body = make("div", {}, ...reasons(made));
  return make("details", { ontoggle: (event) => event.target.open && byClauses.has(made.field) && addClauses(made, body) },
    make("summary", {}, make("code", {}, made.field), " ", make("span", { class: `status ${made.status}` }, statusWords(made.status)), " ",
      make("span", { class: "value" }, made.text)),
    make("p", { class: "verdict" }, ...verdict(made)), body);
}

/** Ask for the clauses of a rights text when somebody wants to see them. */
function addClauses(made, body) {
  return attempt(async () => {
    const { trace } = await send("v1/explain", { field: made.field, text: made.text });
    body.replaceChildren(...reasons(made, trace));
  });
}

function leftOver(unparsed) {
  return table(_("Not read"), [_("Place"), _("Text"), _("Reason")], unparsed.map((value) =>
    [value.source.name ?? value.source.pointer ?? String(value.source.line ?? ""), value.text ?? "", value.reason]));
}

function showJson(document) {
  part("json").textContent = JSON.stringify(document, null, 2);
  part("copy").textContent = _("Copy");
}
