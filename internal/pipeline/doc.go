// Package pipeline is the line: a source is crawled, the run is judged, what was archived is extracted and published, held or put aside,
// what is gone is withdrawn, and all of it is accounted for. It joins crawler, parser and publisher by the interfaces in broker.go and is
// the one place that decides what the feed believes (docs/adr/0011) and in which order (docs/adr/0012).
//
// # Files
//
//   - line.go: Line, its reports, several sources at a time; broker.go: what it needs of the durable half; memory.go: what it remembers;
//   - source_run.go: one run of one source; admit.go: may it run at all; early.go: new pages while the crawl goes on;
//   - look.go: read what waits and weigh it; reading.go: what one snapshot says and which release it is of; parse.go: Parse behind a net;
//   - judge.go: is the run believed; probe.go: what stands at an address that does not exist;
//   - extract.go: every snapshot gets its outcome; apply.go: the decision; aside.go: holds and dead letters; believe.go: holds that are
//     let through by time; gone.go: withdrawals; fate.go: is an error the page's or ours; outcome.go: counts;
//   - watch.go: how the source is, and the alarms;
//   - operate.go: what operators decide; forget.go: erasure; reparse.go: the archive read again, reparse_chunk.go: a part of it.
package pipeline
