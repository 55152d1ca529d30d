// Questions to the service. Addresses are relative, so that the pages also work behind a proxy that adds a path.

import { askKey, heldKey, keyHeader } from "./key.js";

const patience = 30;

/** Ask the service, and give its JSON; a problem becomes an error that says what the service says. */
export async function ask(address, options = {}) {
  const response = await request(address, { ...options, headers: { Accept: "application/json", ...options.headers } });
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? null : response.json();
}

/** Ask the service with the key that there is. Where one is wanted, the reader is asked for it, unless `quiet` says not to. */
export async function request(address, { quiet = false, ...options } = {}) {
  for (;;) {
    const key = heldKey();
    const response = await untilReady(() => fetch(address, { ...options, headers: { ...keyHeader(), ...options.headers } }));
    if (quiet || !wantsKey(response.status)) return response;
    const problem = await problemOf(response);
    if (key === heldKey() && !await askKey(problem.message)) throw problem;
  }
}

/** Tell whether an answer means that a key is missing, or is not the right one. */
export function wantsKey(status) {
  return status === 401 || status === 403;
}

/** Ask again for as long as the service says that it is only starting, or too busy, and when to come back. */
async function untilReady(question) {
  for (let tries = 0; ; tries += 1) {
    const response = await question();
    const wait = Number(response.headers.get("Retry-After"));
    if (response.status !== 503 || !wait || tries >= patience) return response;
    await new Promise((resume) => setTimeout(resume, wait * 1000));
  }
}

/** Send JSON. */
export function send(address, document, method = "POST") {
  return ask(address, { method, body: JSON.stringify(document), headers: { "Content-Type": "application/json" } });
}

/** Read the problem that an answer is; what is none, as of a proxy between, is told by its status. */
export async function problemOf(response) {
  const told = await response.json().catch(() => null);
  return new Problem(told ?? { title: String(response.status), detail: response.statusText });
}

/** A problem of RFC 9457, in a sentence. */
export class Problem extends Error {
  constructor(problem) {
    const faults = (problem.errors ?? []).map((fault) => fault.detail);
    super([problem.title, ...(faults.length ? faults : [problem.detail])].filter(Boolean).join(". "));
    this.problem = problem;
  }
}
