// Package probe turns an address into a source: it looks at a site as a person would who was asked where its press releases are, and says
// what it found, by what, and where it doubts.
//
//	probe.go      Probe: from an address to a Finding
//	walk.go       which pages are looked at, the most promising first
//	words.go      what names promise (words.txt)
//	page.go       a page as a tree
//	group.go      what a page repeats: the entries of a list
//	selector.go   selectors that find what was found by structure
//	pager.go      how a list goes on: next pages, years
//	shape.go      addresses that are alike, as patterns
//	feed.go       feeds and sitemaps
//	settle.go     a source made of a list: pager, pattern, feeds, samples
//	reason.go     why a site gives nothing
//	draft.go      the source as YAML
//	judge.go      whether a source works, by what was read from it
//
// It fetches nothing itself: a Fetcher does, politely and at most so often. What a page says is read by whoever knows how to: Options.Read.
package probe
