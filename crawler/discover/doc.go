// Package discover finds the pages of a source: it reads lists, feeds and sitemaps into a frontier.
//
//   - discover.go: Read, in the order feeds, lists, sitemaps.
//   - listing.go, feed.go, sitemap.go: one way each.
//   - frontier.go: the pages of one crawl, each once, up to a bound.
//   - hints.go: title and date of an entry. xml.go: what people save as XML. health.go: the account of a start.
//   - keep.go: what a list begins with, to keep and to read again.
//   - stub.go: pages that only lead to another. challenge.go: what is a bot protection's page and not the site's.
//
// families of systems are data in family/; probe/ makes a source of an address.
//
// It fetches nothing itself: a Fetcher does, politely.
package discover
