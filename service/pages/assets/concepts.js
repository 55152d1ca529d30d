// The vocabulary of a field: concepts in the reader's language, with the way down to each, found by name or by walking down.

import { ask } from "./api.js";
import { make } from "./elements.js";

const locale = document.documentElement.lang;

/** List concepts of a field; `how` is {q}, {below}, {identifier} or nothing for the highest. */
export async function listConcepts(field, how = {}, options = {}) {
  return (await ask(`v1/concepts?${new URLSearchParams({ field, locale, ...how })}`, options)).concepts;
}

/** Give the concept of an identifier; one that is not listed is named by itself. */
export async function conceptOf(field, identifier, label) {
  const found = await listConcepts(field, { identifier }, { quiet: true }).catch(() => []);
  return found[0] ?? { identifier, label: label ?? identifier, path: [], narrower: 0 };
}

/** Say a concept: the way down to it, its name, its identifier. */
export function conceptWords(concept) {
  const way = concept.path.map((above) => `${above.label} › `).join("");
  return [way ? make("span", { class: "hint" }, way) : null, make("strong", {}, concept.label),
    make("div", { class: "hint" }, make("code", {}, concept.identifier))];
}
