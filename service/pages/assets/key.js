// The key of whoever sits here: asked for only where the service asks for one, and kept until the window closes.

const name = "drets-key";
const dialog = document.getElementById("key");
const form = dialog.querySelector("form");
const forget = document.getElementById("forget-key");
let asking = null;

forget.hidden = !heldKey();
forget.addEventListener("click", () => {
  sessionStorage.removeItem(name);
  window.location.reload();
});

/** Give the key that was entered, or an empty text. */
export function heldKey() {
  return sessionStorage.getItem(name) ?? "";
}

/** Give the header that carries the key, if there is one. */
export function keyHeader() {
  return heldKey() ? { Authorization: `Bearer ${heldKey()}` } : {};
}

/** Ask for a key, once for all questions that wait for one, and tell whether one was given; `reason` is what the service said. */
export function askKey(reason) {
  asking ??= new Promise((resolve) => {
    document.getElementById("key-reason").textContent = reason;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "use";
      if (given) sessionStorage.setItem(name, form.secret.value.trim());
      form.reset();
      forget.hidden = !heldKey();
      asking = null;
      resolve(given);
    }, { once: true });
    dialog.showModal();
  });
  return asking;
}
