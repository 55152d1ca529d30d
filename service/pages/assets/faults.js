// What went wrong, said where every reader finds it.

const place = document.getElementById("fault");

/** Do something, and say on the page if it fails. */
export async function attempt(work) {
  place.hidden = true;
  try {
    await work();
  } catch (fault) {
    place.textContent = fault.message;
    place.hidden = false;
  }
}
