// Package crawler finds and fetches the press pages of a source and hands every new or changed one, as raw bytes, to an archive.
// It is the only package of the project that knows Colly.

// # Where things are
//
//   - source: sources as data, read from YAML; the registry of those that come with the program.
//   - discover: where pages are found: lists, feeds, sitemaps, the frontier.
//   - polite: the chain of http.RoundTrippers that every request passes.
//   - demosite: a press site to try things on.
//
// Here:
//
//   - crawl.go, run.go: one crawl of one source: discover, fetch, archive, and only then remember.
//   - hold.go: no crawl of a source whose host another process asks.
//   - page.go: one page and what its answer means.
//   - choose.go, due.go: which known pages a crawl asks for: by age, in doubt, said to have changed.
//   - sweep.go, agenda.go: which of the known pages that no list names are due, without reading the states of all in each crawl.
//   - recall.go: what is remembered of a source between crawls.
//   - lists.go: the pages of lists that are kept, and read again by other selectors.
//   - explore.go: pages of hosts that no source describes yet, a bounded number of them.
//   - summary.go: the account.
//   - collector.go: Colly, set up so that nothing of it stands between a request and the transport.
//
// # The order of things
//
// A page's snapshot is archived first and its state is written after that was acknowledged. A crash between the two repeats a
// fetch; it never loses a page.
package crawler
