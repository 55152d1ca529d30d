// Building a page from values. Text is only ever set as text, so nothing that a record says can become markup.

/** Make an element: attributes by name (`onclick` and the like are listeners), and children that are elements, texts or nothing. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Make a table of rows, each a list of cells, under a caption and the titles of its columns. */
export function table(caption, titles, rows) {
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, titles.map((title) => make("th", { scope: "col" }, title)))),
      make("tbody", {}, rows.map((cells) => make("tr", {}, cells.map((cell) => make("td", {}, cell)))))));
}

/** Make a link of an identifier that is an address, and plain text of any other. */
export function identifier(text) {
  return /^https?:\/\//.test(text) ? make("a", { href: text, rel: "noreferrer" }, text) : make("code", {}, text);
}
