// What may be decided on a term, each with what it would change; nothing can be pressed before that is known.

import { ask } from "./api.js";
import { conceptOf, conceptWords, listConcepts } from "./concepts.js";
import { make } from "./elements.js";
import { attempt } from "./faults.js";
import { _ } from "./words.js";

const language = document.documentElement.lang;
let turn = Promise.resolve();

/** Give the address of a term. */
export function addressOf(term) {
  return `v1/terms/${term.field}/${term.key}`;
}

/** Make the choices on a term: suggestions by number, no such thing, leave aside; `decide` is called with what was chosen. */
export function choices(term, concepts, decide) {
  return [
    ...concepts.map((concept, place) => choice(term, { decision: "identifier", identifier: concept.identifier }, {
      key: String(place + 1), words: conceptWords(concept), name: concept.label, decide,
    })),
    choice(term, { decision: "none" }, { key: "N", words: [make("strong", {}, _("States no such thing"))], name: _("no such thing"), decide }),
    choice(term, { decision: "ignore" }, { key: "I", words: [make("strong", {}, _("Leave it aside"))], name: _("left aside"), decide }),
  ];
}

/** Give the concepts that are suggested for a term, in the reader's language. */
export async function suggested(term) {
  const concepts = [];
  for (const { identifier, label } of term.suggestions.slice(0, 5)) concepts.push(await conceptOf(term.field, identifier, label));
  return concepts;
}

/** Ask one thing after another: a page that asks ten at once is turned away by a busy service. */
function inTurn(work) {
  turn = turn.then(work, work);
  return turn;
}

function choice(term, proposal, { key, words, name, decide, more = [] }) {
  const impact = make("div", { class: "impact" }, _("Looking what it would change …"));
  const accept = make("button", {
    type: "button", disabled: true, "data-key": key, "aria-keyshortcuts": key, "aria-label": _("Accept: {name}", { name }),
    onclick: () => decide(proposal, name),
  }, _("Accept"), key ? make("kbd", {}, key) : null);
  const shown = make("li", { class: "choice" }, make("div", {}, words, impact), make("div", { class: "row" }, accept, more));
  setTimeout(() => inTurn(() => (shown.isConnected ? tellImpact(term, proposal) : "")).then((told) => {
    impact.textContent = told;
    accept.disabled = false;
  }, (fault) => { impact.textContent = fault.message; }));
  return shown;
}

async function tellImpact(term, proposal) {
  const { changed, met, days } = await ask(`${addressOf(term)}/impact?${new URLSearchParams(proposal)}`);
  const number = (value) => value.toLocaleString(language);
  return _("Changes {changed} of {met} values met in {days} days", { changed: number(changed), met: number(met), days: number(days) });
}

/** Make the search in the vocabulary of a term's field, by name and by walking down. */
export function search(term, decide) {
  const found = make("ul", { class: "choices", "aria-label": _("Found in the vocabulary") });
  const box = make("input", { type: "search", name: "concept", autocomplete: "off", spellcheck: "false" });
  const look = (how) => attempt(async () => {
    const concepts = await listConcepts(term.field, { ...how, limit: "10" });
    found.replaceChildren(...concepts.length ? concepts.map(line) : [make("li", { class: "hint" }, _("Nothing is called so."))]);
    if (how.below) found.querySelector("button")?.focus();
  });
  const line = (concept) => {
    const words = conceptWords(concept);
    const more = concept.narrower ? make("button", {
      type: "button", onclick: () => look({ below: concept.identifier }),
    }, _("{count} narrower than {name}", { count: concept.narrower, name: concept.label })) : [];
    // What only gathers others can be walked through, and not accepted.
    return concept.decidable
      ? choice(term, { decision: "identifier", identifier: concept.identifier }, { words, name: concept.label, decide, more })
      : make("li", { class: "choice" }, make("div", {}, words), make("div", { class: "row" }, more));
  };
  const form = make("form", { role: "search", onsubmit: (event) => {
    event.preventDefault();
    look(box.value.trim() ? { q: box.value.trim() } : {});
  } }, make("label", {}, _("Search in the vocabulary"), " ", make("kbd", {}, "S"), " ", box), make("button", { type: "submit" }, _("Search")),
  make("p", { class: "hint" }, _("With nothing written, the highest concepts are listed.")));
  return make("div", {}, form, found);
}
