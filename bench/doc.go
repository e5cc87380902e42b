// Package bench compares kreispresse with its peers: go-trafilatura, which reads text and metadata from pages, and Colly as it comes,
// which fetches them. It is a module of its own, so that the peers are no dependencies of the program.
//
//	go test -bench . -benchmem               pages of the demo site
//	BENCH_PAGES=DIR go test -bench Read      pages of your own (*.html)
//
// results/ keeps the figures of each version.
package bench
