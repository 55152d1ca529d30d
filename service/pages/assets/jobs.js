// The page "Jobs": files are given, watched while they are read, and their results taken.

import { ask } from "./api.js";
import { follow } from "./events.js";
import { attempt } from "./faults.js";
import { isOpen, jobCard, stateWords } from "./jobcards.js";
import { part, say } from "./parts.js";
import { upload } from "./uploads.js";
import { _ } from "./words.js";

const form = part("give");
const cards = new Map();
const watched = new Set();
// A browser opens six connections to a host; a stream holds one for as long as its job lasts.
const mostWatched = 2;
const seconds = 3;
let older = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  give([...form.file.files]).then(() => form.reset());
});
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
document.addEventListener("dragover", () => part("drop").classList.add("over"));
for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => part("drop").classList.remove("over"));
part("drop").addEventListener("drop", (event) => give([...event.dataTransfer.files]));
part("state").addEventListener("change", () => attempt(readAnew));
part("older").addEventListener("click", () => attempt(readOlder));
attempt(readAnew);
setInterval(() => refresh().catch(() => {}), seconds * 1000);

async function give(files) {
  for (const file of files) {
    const job = await upload(file, form.format.value, part("uploads"));
    if (job) {
      show(job);
      say(_("{name} was taken.", { name: job.name }));
      watch();
    }
  }
}

function address() {
  return `v1/jobs?${new URLSearchParams({ limit: "20", ...(part("state").value ? { state: part("state").value } : {}) })}`;
}

async function readAnew() {
  const { jobs, next } = await ask(address());
  for (const card of cards.values()) card.element.remove();
  cards.clear();
  take(jobs, next);
}

async function readOlder() {
  const { jobs, next } = await ask(older);
  take(jobs, next);
  if (!next) part("list").lastElementChild?.querySelector("a, button")?.focus();
}

function take(jobs, next) {
  older = next?.slice(1) ?? null;
  part("older").hidden = !older;
  for (const job of jobs) show(job);
  part("none").hidden = cards.size > 0;
  watch();
}

/** Look again at what is not followed by events: the newest jobs, which others may have given, and those that go on. */
async function refresh() {
  if (document.hidden) return;
  const { jobs } = await ask(address(), { quiet: true });
  const listed = new Set(jobs.map((job) => job.id));
  const open = [...cards.values()].filter(({ job }) => isOpen(job) && !watched.has(job.id) && !listed.has(job.id)).slice(0, mostWatched);
  const others = await Promise.all(open.map(({ job }) => ask(job.links.self.slice(1), { quiet: true })));
  for (const job of [...jobs, ...others]) if (!watched.has(job.id)) show(job);
  watch();
}

function show(job) {
  const known = cards.get(job.id);
  if (known) {
    const { state } = known.job;
    known.update(job);
    if (state !== job.state) say(`${job.name}: ${stateWords(job.state)}`);
    return;
  }
  const card = jobCard(job, { cancel, remove });
  cards.set(job.id, card);
  const later = [...cards.values()].filter((other) => other !== card && other.job.created < job.created);
  part("list").insertBefore(card.element, later.sort((one, other) => (one.job.created < other.job.created ? 1 : -1))[0]?.element ?? null);
  part("none").hidden = true;
}

/** Follow the events of jobs that are being read, a few at a time. */
function watch() {
  const running = [...cards.values()].map((card) => card.job).filter((job) => job.state === "running" && !watched.has(job.id));
  for (const job of running.slice(0, mostWatched - watched.size)) {
    watched.add(job.id);
    follow(job.links.events.slice(1), show).catch(() => {}).finally(() => watched.delete(job.id));
  }
}

function cancel(job) {
  return attempt(async () => show(await ask(`${job.links.self.slice(1)}/cancel`, { method: "POST" })));
}

function remove(job) {
  return attempt(async () => {
    await ask(job.links.self.slice(1), { method: "DELETE" });
    const { element } = cards.get(job.id);
    const next = element.nextElementSibling ?? element.previousElementSibling;
    cards.delete(job.id);
    element.remove();
    (next?.querySelector("a, button") ?? part("main")).focus();
    part("none").hidden = cards.size > 0;
    say(_("{name} was removed.", { name: job.name }));
  });
}
