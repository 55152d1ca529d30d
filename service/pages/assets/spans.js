// Where in a text the evidence lies. The service counts in code points, a browser in UTF-16 units.

/** Turn a place counted in code points into one counted in UTF-16 units. */
export function unit(text, points) {
  let at = 0;
  for (const character of text) {
    if (points-- <= 0) break;
    at += character.length;
  }
  return at;
}

/** Give the spans of one result, for its own text: {start, end, evidence, field}. */
export function spansOf(result) {
  return result.evidence.map((evidence) => ({
    start: unit(result.text, evidence.start), end: unit(result.text, evidence.end), evidence, field: result.field,
  }));
}

/** Give the spans of a record's decisions for the source as it was pasted; what stands there in other letters is left out. */
export function spansOfRecord(source, decisions) {
  const starts = lineStarts(source);
  const used = new Map();
  return decisions.flatMap((decision) => {
    const place = decision.source.pointer ?? decision.source.line ?? "";
    const from = starts[(decision.source.line ?? 1) - 1] ?? 0;
    const key = `${place} ${decision.text}`;
    const found = used.get(key) ?? find(source, decision.text, from, used);
    if (!found) return [];
    used.set(key, found);
    if (found.escaped || decision.read_as) return whole(decision, found);
    return spansOf(decision).map((span) => ({ ...span, start: span.start + found.at, end: span.end + found.at }));
  });
}

function whole(decision, found) {
  return decision.evidence.slice(0, 1).map((evidence) => ({ start: found.at, end: found.at + found.length, evidence, field: decision.field }));
}

function find(source, text, from, used) {
  const taken = new Set([...used.values()].map((found) => found.at));
  for (const [form, escaped] of forms(text)) {
    let at = source.indexOf(form, from);
    while (at >= 0 && taken.has(at)) at = source.indexOf(form, at + 1);
    if (at >= 0) return { at, length: form.length, escaped };
  }
  return null;
}

function forms(text) {
  if (!text) return [];
  const xml = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [[text, false], [json, true], [ascii, true], [xml, true]];
}

function lineStarts(source) {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Cut a text into pieces {text, spans}, so that every piece lies in the same spans from its start to its end. */
export function pieces(text, spans) {
  const cuts = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((one, other) => one - other);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    const inside = spans.filter((span) => span.start <= start && span.end >= end);
    return { text: text.slice(start, end), spans: inside.sort((one, other) => one.end - one.start - (other.end - other.start)) };
  });
}
