// Package discover finds the pages of a source: it reads lists, feeds and sitemaps into a frontier.
//
//   - discover.go: Read, in the order feeds, lists, sitemaps.
//   - listing.go, feed.go, sitemap.go: one way each.
//   - frontier.go: the pages of one crawl, each once, up to a bound.
//   - dates.go: the dates that lists print.
//   - challenge.go: what is a bot protection's page and not the site's.
//
// It fetches nothing itself: a Fetcher does, politely.
package discover
