// The page "Terms": what stayed unresolved, most frequent first, and what people decide that it means.

import { ask, send } from "./api.js";
import { readAudit } from "./audit.js";
import { addressOf, choices, search, suggested } from "./choices.js";
import { make } from "./elements.js";
import { attempt } from "./faults.js";
import { part, say } from "./parts.js";
import { _ } from "./words.js";

const language = document.documentElement.lang;
const done = [];
let terms = [];
let next = null;
let chosen = 0;
let latest = 0;

part("author").value = sessionStorage.getItem("drets-author") ?? "";
part("author").addEventListener("change", () => sessionStorage.setItem("drets-author", part("author").value.trim()));
part("filters").addEventListener("change", (event) => event.target.matches("select") && attempt(() => readAnew()));
part("filters").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(() => readAnew());
});
part("more").addEventListener("click", () => attempt(readMore));
part("undo").addEventListener("click", () => attempt(undo));
part("desk").addEventListener("keydown", pressed);
document.addEventListener("drets-decisions", () => attempt(() => readAnew()));
attempt(() => readAnew());

const isSame = (one, other) => one.key === other.key && one.field === other.field;

/** Read the list anew, and choose a term in it: the first one, unless another is named. */
async function readAnew(wanted = null) {
  const given = [...new FormData(part("filters"))].filter(([, value]) => value.trim());
  const mine = latest += 1;
  const found = await ask(`v1/terms?${new URLSearchParams([...given, ["limit", "50"]])}`);
  if (mine !== latest) return;
  ({ terms, next } = found);
  chosen = Math.max(0, terms.findIndex((each) => wanted && isSame(each, wanted)));
  showList();
  await showTerm();
}

async function readMore() {
  const more = await ask(next.slice(1));
  terms = [...terms, ...more.terms];
  ({ next } = more);
  showList();
}

function showList() {
  part("terms").replaceChildren(...terms.map((term, place) => make("li", {
    id: `term-${place}`, role: "option", "aria-selected": String(place === chosen), onclick: () => choose(place),
  }, make("span", { class: "count" }, term.count.toLocaleString(language)), " ", make("bdi", {}, term.text), " ",
  make("span", { class: "hint" }, term.field, term.decision ? ` · ${decisionWords(term.decision)}` : ""))));
  part("more").hidden = !next;
  part("nothing").hidden = terms.length > 0;
  part("terms").hidden = terms.length === 0;
  mark();
}

function choose(place) {
  chosen = Math.max(0, Math.min(place, terms.length - 1));
  mark();
  return attempt(showTerm);
}

function mark() {
  for (const option of part("terms").children) option.setAttribute("aria-selected", String(option.id === `term-${chosen}`));
  part("terms").setAttribute("aria-activedescendant", terms.length ? `term-${chosen}` : "");
  part(`term-${chosen}`)?.scrollIntoView({ block: "nearest" });
}

async function showTerm() {
  const listed = terms[chosen];
  if (!listed) {
    part("term").replaceChildren();
    return;
  }
  const term = await ask(addressOf(listed));
  const concepts = await suggested(term);
  if (terms[chosen] !== listed) return;
  const act = (proposal, name) => attempt(() => decide(term, proposal, name));
  part("term").replaceChildren(
    make("h2", {}, make("bdi", {}, term.text)),
    make("p", { class: "hint" }, facts(term)),
    term.decision ? standing(term) : "",
    make("h3", {}, concepts.length ? _("What it may mean") : _("What it may mean: nothing suggests itself")),
    make("ul", { class: "choices" }, choices(term, concepts, act)),
    term.hints.length ? make("p", { class: "hint" }, _("It is understood in other fields: {fields}", {
      fields: term.hints.map((hint) => `${hint.field} (${hint.identifiers.join(", ")})`).join("; ") })) : "",
    make("label", {}, _("Note, if any"), " ", make("input", { name: "note", maxlength: "2000", autocomplete: "off" })),
    search(term, act));
}

function facts(term) {
  const sources = Object.entries(term.sources).map(([source, count]) => `${source}: ${count.toLocaleString(language)}`);
  const met = _("met {count} times as {field}", { count: term.count.toLocaleString(language), field: term.field });
  return [met, ...sources, term.example ? _("for instance in {example}", { example: term.example }) : ""].filter(Boolean).join(" · ");
}

function decisionWords({ decision, identifier }) {
  return { identifier, none: _("no such thing"), ignore: _("left aside") }[decision];
}

function standing(term) {
  const { author, note } = term.decision;
  return make("p", {}, _("Decided by {author}: {decision}", { author, decision: decisionWords(term.decision) }), note ? ` (${note}) ` : " ",
    make("button", { type: "button", "data-key": "W", "aria-keyshortcuts": "W", onclick: () => attempt(() => withdraw(term)) },
      _("Withdraw"), make("kbd", {}, "W")));
}

function author() {
  const name = part("author").value.trim();
  if (name) return name;
  part("author").focus();
  throw new Error(_("Say your name first: decisions are kept with it."));
}

async function decide(term, proposal, name) {
  const note = part("term").querySelector("[name=note]").value;
  await send(addressOf(term), { ...proposal, author: author(), note }, "PUT");
  done.push(term);
  await after(term, _("{text}: {decision}", { text: term.text, decision: name }));
}

async function withdraw(term) {
  await ask(`${addressOf(term)}?${new URLSearchParams({ author: author() })}`, { method: "DELETE" });
  done.push(term);
  await after(term, _("{text}: decision withdrawn", { text: term.text }));
}

/** Put the last term that was decided on back to what it was. */
async function undo() {
  const term = done.at(-1);
  if (!term) return;
  const { decision, identifier, note } = term.decision ?? {};
  if (decision) await send(addressOf(term), { decision, ...(identifier ? { identifier } : {}), author: author(), note }, "PUT");
  else await ask(`${addressOf(term)}?${new URLSearchParams({ author: author() })}`, { method: "DELETE" });
  done.pop();
  part("undo").hidden = done.length === 0;
  await readAnew(term);
  await readAudit();
  part("terms").focus();
  say(_("{text}: undone", { text: term.text }));
}

/** Go on with the next term: one that no longer fits what is listed leaves the list. */
async function after(term, text) {
  const mine = latest;
  const now = await ask(addressOf(term)).catch(() => null);
  // Unless the list was read anew meanwhile, and so knows already.
  if (mine === latest) await goOn(term, now);
  await readAudit();
  part("undo").hidden = false;
  say(text);
}

async function goOn(term, now) {
  const place = terms.findIndex((each) => isSame(each, term));
  const state = part("filters").state.value;
  const fits = now && (state === "all" || (state === "open") === !now.decision);
  terms = fits ? terms.map((each, index) => (index === place ? now : each)) : terms.filter((_each, index) => index !== place);
  chosen = Math.min(fits ? place + 1 : place, Math.max(0, terms.length - 1));
  showList();
  part(terms.length ? "terms" : "filters").focus();
  await showTerm();
}

/** Heed a key, unless it is typed into a box: letters press the button that shows them. */
function pressed(event) {
  if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const step = { ArrowDown: 1, J: 1, ArrowUp: -1, K: -1 }[key];
  const button = part("desk").querySelector(`[data-key="${CSS.escape(key === "A" ? "1" : key)}"]`);
  if (step) choose(chosen + step);
  else if (key === "Home" || key === "End") choose(key === "Home" ? 0 : terms.length - 1);
  else if (key === "S") part("term").querySelector("[type=search]")?.focus();
  else if (button && !button.disabled) button.click();
  else return;
  event.preventDefault();
}
