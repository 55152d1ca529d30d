// Why an answer is what it is: the verdict, clauses, candidates and issues of one result, in words.

import { identifier, make, table } from "./elements.js";
import { issueWords } from "./issues.js";
import { _ } from "./words.js";

/** Say a status in a word or two. */
export function statusWords(status) {
  return { matched: _("matched"), ambiguous: _("ambiguous"), none: _("none: understood, and there is no such thing"), unmatched: _("not understood") }[status];
}

/** Give the verdict on one result as the children of an element. */
export function verdict(result) {
  const parts = [make("strong", { class: `status ${result.status}` }, statusWords(result.status)), " "];
  for (const each of result.identifiers) parts.push(identifier(each), " ");
  if (result.method) parts.push(make("span", { class: "hint" }, _("read by {method}", { method: result.method })));
  if (result.vocabulary) parts.push(" ", make("span", { class: "hint" }, `${result.vocabulary.name} ${result.vocabulary.version}`));
  return parts;
}

/** Give all that led to a result and all that stayed in doubt; `trace` are the clauses of a rights text. */
export function reasons(result, trace = []) {
  return [permissions(result.license?.permissions), clauses(trace), candidates(result.candidates), issues(result.issues)].filter(Boolean);
}

function permissions(granted) {
  if (!granted) return null;
  const questions = [
    [_("Commercial use"), granted.commercial_use], [_("Adaptations"), granted.derivatives],
    [_("Same licence for adaptations"), granted.share_alike], [_("Credit is asked"), granted.attribution],
  ];
  return table(_("What it allows and asks"), [_("Question"), _("Answer")], questions.map(([question, holds]) => [question, yesOrNo(holds)]));
}

function yesOrNo(holds) {
  if (holds === true) return _("yes");
  return holds === false ? _("no") : _("not said");
}

function clauses(trace) {
  if (!trace.length) return null;
  return table(_("Clauses"), [_("Opened by"), _("Words"), _("Permits"), _("What follows")], trace.map((clause) => [
    clause.opener ?? "",
    clause.words.map((word) => make("div", {}, make("code", {}, word.concept), " ", word.text)),
    clause.permits === null ? "" : make("span", { class: clause.permits ? "permits" : "forbids" }, yesOrNo(clause.permits)),
    clause.facts.map((fact) => make("div", {}, `${factWords(fact.question)}: ${yesOrNo(fact.holds)}`)),
  ]));
}

function factWords(question) {
  return {
    sharing: _("Sharing"), commercial_use: _("Commercial use"), derivatives: _("Adaptations"),
    share_alike: _("Same licence for adaptations"), attribution: _("Credit is asked"),
  }[question] ?? question;
}

function candidates(found) {
  if (!found.length) return null;
  return table(_("Candidates"), [_("Identifier"), _("Label"), _("Reason")],
    found.map((candidate) => [identifier(candidate.identifier), candidate.label ?? "", candidate.reason ?? ""]));
}

function issues(found) {
  if (!found.length) return null;
  return make("div", {}, make("h3", {}, _("Issues")), make("ul", {}, found.map((issue) =>
    make("li", {}, issueWords(issue.code), " ", make("span", { class: "hint" }, `${issue.code}: ${issue.detail}`)))));
}
