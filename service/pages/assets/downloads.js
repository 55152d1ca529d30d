// Files from the service. A link can carry no key, so with one the file is fetched first and then saved.

import { problemOf, request } from "./api.js";
import { make } from "./elements.js";
import { attempt } from "./faults.js";
import { heldKey } from "./key.js";

/** Make a link that saves what an address gives. */
export function download(address, text, described) {
  return make("a", { href: address, download: "", "aria-label": described, onclick: (event) => {
    if (!heldKey()) return;
    event.preventDefault();
    attempt(() => save(address));
  } }, text);
}

async function save(address) {
  const response = await request(address);
  if (!response.ok) throw await problemOf(response);
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
  const url = URL.createObjectURL(await response.blob());
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
