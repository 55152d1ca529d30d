// Server-sent events by fetch: the EventSource of browsers can carry no key.

import { problemOf, request } from "./api.js";

/** Follow the events of an address until they end; `heard` is given the JSON of each. */
export async function follow(address, heard) {
  const response = await request(address, { quiet: true, headers: { Accept: "text/event-stream" } });
  if (!response.ok) throw await problemOf(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart());
      if (lines.length) heard(JSON.parse(lines.join("\n")));
    }
  }
}
