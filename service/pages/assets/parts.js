// The parts of a page by their names.

/** Give an element by its id. */
export const part = (id) => document.getElementById(id);

/** Say something that happened, to eyes and to screen readers. */
export function say(text) {
  part("said").textContent = text;
}
