// A text with its evidence marked, and the tip that tells the rule.

import { make } from "./elements.js";
import { kindOf, nameOf } from "./kinds.js";
import { pieces } from "./spans.js";
import { _ } from "./words.js";

const tip = document.getElementById("tip");

/** Show a text with its spans marked, and a legend of the kinds that occur. */
export function showMarked(text, spans, place, legend) {
  place.replaceChildren(...pieces(text, spans).map(mark));
  const kinds = [...new Set(spans.map(kindOf))];
  legend.replaceChildren(...kinds.map((kind) => make("li", {}, make("span", { class: `swatch ${kind}` }), nameOf(kind))));
}

function mark(piece) {
  if (!piece.spans.length) return piece.text;
  const show = (event) => showTip(event.currentTarget, piece.spans);
  return make("mark", {
    class: kindOf(piece.spans[0]), tabindex: "0", "aria-describedby": "tip",
    onfocus: show, onmouseenter: show, onblur: hideTip, onmouseleave: hideTip,
  }, piece.text);
}

function showTip(element, spans) {
  tip.replaceChildren(...spans.map((span) => {
    const [locale, rule] = split(span.evidence.rule);
    return make("dl", {},
      make("dt", {}, _("yields")), make("dd", {}, span.evidence.yields),
      make("dt", {}, _("rule")), make("dd", {}, rule),
      locale ? [make("dt", {}, _("locale")), make("dd", {}, locale)] : null);
  }));
  tip.hidden = false;
  const box = element.getBoundingClientRect();
  const left = Math.max(4, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 4));
  tip.style.left = `${left + window.scrollX}px`;
  tip.style.top = `${box.bottom + window.scrollY + 4}px`;
}

function hideTip() {
  tip.hidden = true;
}

/** Tell the locale of a rule from its name; what was read by its shape has none. */
function split(rule) {
  const at = rule.indexOf(":");
  return at < 0 || rule.startsWith("shape:") ? [null, rule] : [rule.slice(0, at), rule.slice(at + 1)];
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideTip();
});
