// Who decided what, and decisions as a sheet, out and in.

import { ask, Problem } from "./api.js";
import { clock } from "./charts.js";
import { download } from "./downloads.js";
import { identifier, table } from "./elements.js";
import { attempt } from "./faults.js";
import { part, say } from "./parts.js";
import { _ } from "./words.js";

let entries = [];
let next = null;

part("audit").addEventListener("toggle", () => attempt(readAudit));
part("earlier").addEventListener("click", () => attempt(readEarlier));
part("sheet-out").append(download("v1/terms/decisions", _("All decisions as CSV"), null));
part("sheet").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(takeSheet);
});

/** Read the log anew, if it is open. */
export async function readAudit() {
  if (!part("audit").open) return;
  ({ entries, next } = await ask("v1/terms/audit?limit=20"));
  show();
}

async function readEarlier() {
  const earlier = await ask(next.slice(1));
  entries = [...entries, ...earlier.entries];
  ({ next } = earlier);
  show();
}

function show() {
  part("earlier").hidden = !next;
  part("entries").replaceChildren(table(_("Decisions, the latest first"),
    [_("Time"), _("Who"), _("Field"), _("Text"), _("Decision"), _("Note")],
    entries.map((entry) => [clock(Date.parse(entry.time) / 1000), entry.author, entry.field, entry.text, decided(entry), entry.note])));
}

function decided(entry) {
  if (entry.action === "withdraw") return _("withdrawn");
  return { identifier: () => identifier(entry.identifier), none: () => _("no such thing"), ignore: () => _("left aside") }[entry.decision]();
}

async function takeSheet() {
  const [file] = part("sheet").file.files;
  part("sheet-faults").replaceChildren();
  try {
    const { decisions } = await ask("v1/terms/decisions", { method: "POST", body: file, headers: { "Content-Type": "text/csv" } });
    say(_("{count} decisions were taken.", { count: decisions }));
  } catch (fault) {
    if (!(fault instanceof Problem) || !fault.problem.errors?.length) throw fault;
    part("sheet-faults").replaceChildren(table(_("Nothing was taken; what is wrong in the sheet:"), [_("Line and column"), _("Reason")],
      fault.problem.errors.map(({ pointer, detail }) => [pointer.slice(1), detail])));
    return;
  }
  part("sheet").reset();
  document.dispatchEvent(new Event("drets-decisions"));
  await readAudit();
}
