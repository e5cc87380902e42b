// Package publisher is the durable half of kreispresse and the only package that knows NATS. A Bus is a connection to JetStream, by
// default to a server embedded in the process, else to a NATS server or cluster. On it live
//
//   - the raw archive (PRESS_RAW): Append, Snapshot, EachSnapshot, and Snapshots, the durable consumer that feeds extraction;
//   - the releases (PRESS): PublishRelease, Withdraw, Current, and the feed: Replay, Tail, Count, Republish;
//   - run manifests and dead letters (PRESS_RUNS): PublishRun, DeadLetter, DeadLetters;
//   - what is remembered of pages, sources and hosts (buckets press_pages, press_sources, press_hosts): Pages, Sources,
//     Hosts, and Lists, the last pages of lists.
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
// One noun a group, told by the name:
//
//   - server: config.go, bus.go (the connection), server*.go (the embedded server, its lock and its log), streams.go (the table of
//     everything the broker holds), status.go, status_counts.go,
//     room.go (how much more can be stored);
//   - damage: marks.go (how far every stream was), damage.go (what is missing), rebuild.go (what is made anew), verify.go;
//   - erasure: may.go (who may), erase.go (account, receipt, and the going), erase_release.go (what of a release goes), retention.go (what goes by age),
//     gone.go (the ledger: which sequences went on purpose), compact.go (what buckets leave on disk); backup.go and restore.go;
//   - archive: archive.go, archive_bodies.go (the object store), archive_codec.go (the wire form);
//   - releases: release.go, revisions.go, cloudevents.go (the wire form);
//   - feed: feed.go, feed_page.go (from place to place, and from its end), subscribers.go,
//     feed_count.go, feed_republish.go, feed_reader.go (reading a stream in order without a gap), feed_behind.go,
//     feed_whole.go (what came against what was promised);
//   - releases: release.go, cloudevents.go (the wire form), together.go (what is published at the same time), batch.go;
//   - feed: feed.go, feed_count.go, feed_republish.go, feed_decode.go, feed_reader.go (reading a stream in order without a gap),
//     feed_pull.go (asking for messages), feed_behind.go, feed_whole.go (what came against what was promised);
//   - runs: runs.go; services.go: requests over NATS;
//   - what is remembered: bucket.go, and pages.go, sources.go, lists.go, hosts.go made from it.
//
// Below them lie clock.go, the time that all processes have in common; swap.go, the one way to write; get.go, the way to read one message;
// wait.go, errors.go and interrupts.go, which ends
// requests early for what NATS reports out of band.
package publisher
