// Files on their way to the service, each with a bar. XMLHttpRequest is used since fetch does not tell how much it has sent.

import { Problem, wantsKey } from "./api.js";
import { make } from "./elements.js";
import { askKey, heldKey, keyHeader } from "./key.js";
import { _ } from "./words.js";

/** Send a file, showing its way in `place`, and give the job that was made of it; null where the reader stopped it. */
export async function upload(file, format, place) {
  const address = `v1/jobs?${new URLSearchParams({ name: file.name, ...(format ? { format } : {}) })}`;
  const bar = make("progress", { max: "1", value: "0", "aria-label": _("Upload of {name}", { name: file.name }) });
  const fault = make("p", { class: "forbids", role: "alert", hidden: true });
  const stop = make("button", { type: "button" }, _("Stop the upload"));
  const again = make("button", { type: "button", hidden: true }, _("Try again"));
  const shown = make("li", { class: "card" }, make("strong", {}, file.name), bar, fault, make("p", { class: "row" }, stop, again));
  place.append(shown);
  // The same key at each try: a file that had arrived after all does not become a second job.
  const once = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    for (;;) {
      fault.hidden = again.hidden = true;
      try {
        return await sendOnce(address, file, once, bar, stop);
      } catch (problem) {
        fault.textContent = problem.message;
        fault.hidden = again.hidden = false;
        if (!await choice(again, stop)) return null;
      }
    }
  } finally {
    shown.remove();
  }
}

async function sendOnce(address, file, once, bar, stop) {
  for (;;) {
    const key = heldKey();
    const { status, text } = await put(address, file, once, bar, stop);
    if (status === 0) return null;
    const answer = JSON.parse(text);
    if (status === 202) return answer;
    const problem = new Problem(answer);
    if (!wantsKey(status) || (key === heldKey() && !await askKey(problem.message))) throw problem;
  }
}

function put(address, file, once, bar, stop) {
  return new Promise((resolve, refuse) => {
    const asked = new XMLHttpRequest();
    asked.upload.addEventListener("progress", (event) => { bar.value = event.loaded / (event.total || 1); });
    asked.addEventListener("load", () => resolve({ status: asked.status, text: asked.responseText }));
    asked.addEventListener("abort", () => resolve({ status: 0, text: "" }));
    asked.addEventListener("error", () => refuse(new Error(_("The upload broke off."))));
    stop.onclick = () => asked.abort();
    asked.open("POST", address);
    const headers = { ...keyHeader(), "Content-Type": "application/octet-stream", "Idempotency-Key": once, Accept: "application/json" };
    for (const [name, value] of Object.entries(headers)) asked.setRequestHeader(name, value);
    asked.send(file);
  });
}

function choice(again, stop) {
  return new Promise((resolve) => {
    again.onclick = () => resolve(true);
    stop.onclick = () => resolve(false);
  });
}
