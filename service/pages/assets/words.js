// The words of the page in its language. English is what scripts are written in, so a text without a translation stays as it is.

const messages = JSON.parse(document.getElementById("catalogue").textContent);

/** Translate a text; `{name}` in it is replaced by the value of that name. */
export function _(text, values = {}) {
  return (messages[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
