// The kinds of evidence: each has a colour in the style sheet and a name in the legend.

import { _ } from "./words.js";

const elements = new Map([["BY", "by"], ["NC", "nc"], ["ND", "nd"], ["SA", "sa"]]);
const fields = new Map([
  ["license", "license"], ["rights", "license"], ["rights_statement", "statement"], ["access_right", "access"], ["embargo", "access"],
  ["resource_type", "type"], ["version", "version"], ["peer_review", "version"], ["language", "language"], ["date", "date"],
  ["identifier", "identifier"],
]);

/** Name the kind of a span: for rights by the licence element it yields, else by its field. */
export function kindOf(span) {
  return elements.get(span.evidence.yields) ?? fields.get(span.field) ?? "other";
}

/** Say what a kind is, for the legend. */
export function nameOf(kind) {
  return {
    by: _("BY: credit is asked"), nc: _("NC: not for commercial use"), nd: _("ND: no adaptations"), sa: _("SA: same licence for adaptations"),
    license: _("Licence"), statement: _("Rights statement"), access: _("Access"), type: _("Type"), version: _("Version or peer review"),
    language: _("Language"), date: _("Date"), identifier: _("Identifier"), other: _("Other"),
  }[kind];
}
