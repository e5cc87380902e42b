// Package crawler finds and fetches the press pages of a source and hands every new or changed one, as raw bytes, to an archive.
// It is the only package of the project that knows Colly.
//
// # Where things are
//
//   - source.go, decode.go, check.go, problems.go, registry.go: sources as data. A source is one YAML file: where to start, which
//     pages belong to it, how gently to ask. Reading is strict and tells every problem of a file at once.
//   - crawl.go, page.go, summary.go: one crawl of one source: discover, fetch, archive, and only then remember.
//   - discover.go, listing.go, feed.go, sitemap.go, frontier.go: where pages are found.
//   - collector.go: Colly, set up so that nothing of it stands between a request and the transport.
//   - transport.go and the files it names: the chain of http.RoundTrippers that every request passes, each redirect hop and each
//     robots.txt too.
//
// # The order of things
//
// A page's snapshot is archived first and its state is written after that was acknowledged. A crash between the two repeats a
// fetch; it never loses a page.
package crawler
