// Questions to the service. Addresses are relative, so that the pages also work behind a proxy that adds a path.

const patience = 30;

/** Ask the service, and give its JSON; a problem becomes an error that says what the service says. */
export async function ask(address, options = {}) {
  const response = await untilReady(() => fetch(address, { ...options, headers: { Accept: "application/json", ...options.headers } }));
  const answer = await response.json();
  if (!response.ok) throw new Problem(answer);
  return answer;
}

/** Ask again for as long as the service says that it is only starting, or too busy, and when to come back. */
async function untilReady(request) {
  for (let tries = 0; ; tries += 1) {
    const response = await request();
    const wait = Number(response.headers.get("Retry-After"));
    if (response.status !== 503 || !wait || tries >= patience) return response;
    await new Promise((resume) => setTimeout(resume, wait * 1000));
  }
}

/** Send JSON. */
export function send(address, document, method = "POST") {
  return ask(address, { method, body: JSON.stringify(document), headers: { "Content-Type": "application/json" } });
}

/** A problem of RFC 9457, in a sentence. */
export class Problem extends Error {
  constructor(problem) {
    const faults = (problem.errors ?? []).map((fault) => fault.detail);
    super([problem.title, ...(faults.length ? faults : [problem.detail])].join(". "));
    this.problem = problem;
  }
}
