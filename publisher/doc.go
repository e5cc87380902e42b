// Package publisher is the durable half of kreispresse and the only package that knows NATS. A Bus is a connection to JetStream, by
// default to a server embedded in the process, else to a NATS server or cluster. On it live
//
//   - the raw archive (PRESS_RAW): Append, Snapshot, EachSnapshot, and Snapshots, the durable consumer that feeds extraction;
//   - the releases (PRESS): PublishRelease, Withdraw, Current, and the feed: Replay, Tail, Count, Republish;
//   - run manifests and dead letters (PRESS_RUNS): PublishRun, DeadLetter, DeadLetters;
//   - page state (bucket press_pages): Pages.
//
// # Durability
//
// Whatever writes returns only after the broker has acknowledged the message, and the embedded server syncs every message to disk
// before it acknowledges. A lost acknowledgement is resolved by reading back what is stored, never by a deduplication window:
// every write to PRESS and PRESS_RAW carries the sequence it expects to be the last of its subject, so that a repeated write
// conflicts with itself instead of doubling.
//
// # Files
//
// config.go, bus.go, embedded.go and lock_*.go open and close; streams.go is the table of everything the broker holds; cloudevents.go
// and rawcodec.go are the wire forms; swap.go is the one way to write, get.go and reader.go are the two ways to read; raw.go,
// extract.go, drained.go, pages.go, release.go, feed.go, republish.go, runs.go and status.go are one behaviour each; interrupts.go
// ends requests early for what NATS reports out of band.
package publisher
