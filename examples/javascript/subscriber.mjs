// Follows a feed and prints each quote as "title, speaker: quote", until Ctrl-C.
//
//   npm ci && node subscriber.mjs nats://127.0.0.1:4222 [LAND]
import { createHash } from "node:crypto";
import { connect } from "@nats-io/transport-node";
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";

const [url, land = ""] = process.argv.slice(2);
if (!url) {
  console.error("usage: node subscriber.mjs NATS-URL [LAND]");
  process.exit(2);
}

// The broker remembers under this name how far the subscriber is. Filter and start are fixed when the name is first used: both are part of the name, so
// that another filter begins anew instead of silently leaving out the past.
const filter = `press.v1.release.${land.toLowerCase() || "*"}.*.*`;
const start = DeliverPolicy.LastPerSubject; // the newest event of each release, then live; DeliverPolicy.All is everything
const name = "example-js-" + createHash("sha256").update(filter + "\n" + start).digest("hex").slice(0, 8);

const nc = await connect({ servers: url, maxReconnectAttempts: -1, name: "kreispresse example" });
const manager = await jetstreamManager(nc);
await manager.consumers.add("PRESS", {
  durable_name: name,
  filter_subject: filter,
  deliver_policy: start,
  ack_policy: AckPolicy.Explicit,
  ack_wait: 60_000_000_000, // nanoseconds
});
const consumer = await jetstream(nc).consumers.get("PRESS", name);
// A few messages at a time; the library asks for more by itself, and again when a connection was lost.
const messages = await consumer.consume({ max_messages: 64 });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => messages.stop());

for await (const m of messages) {
  take(m.seq, m.headers, m.json());
  m.ack(); // after the work: an event that is not acknowledged comes again
}
await nc.drain();

// take deals with an event. It may come twice, so what it does must bear being done twice: store releases by their id, and let a lower revision not replace a
// higher one.
function take(sequence, headers, release) {
  const attribute = (n) => decodeURIComponent(headers.get("ce-" + n));
  switch (attribute("type")) {
    case "de.kreispresse.release.erased.v1": // erase every copy, and every revision
      console.log(`${sequence} erased: ${attribute("subject")}`);
      break;
    case "de.kreispresse.release.withdrawn.v1": // the authority has taken it down
      console.log(`${sequence} withdrawn: ${release.title} (${attribute("reason")})`);
      break;
    case "de.kreispresse.release.published.v1":
    case "de.kreispresse.release.corrected.v1":
    case "de.kreispresse.release.reextracted.v1": { // replace what you have of it
      const changes = attribute("changes"); // field:class,field:class
      if (changes) console.log(`${sequence} ${release.title}: changed ${changes}`);
      for (const quote of release.quotes ?? []) {
        if (quote.speaker) console.log(`${sequence} ${release.title}, ${quote.speaker.name}: ${quote.text}`);
      }
      break;
    }
    default: // a type that this program does not know: later versions may have more
  }
}
