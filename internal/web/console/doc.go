// Package console shows the country, the feed and a release in a browser: pages made here, that work without a script. docs/console.md says
// what is on them.
//
//	console.go   the handler: routes, roles, errors
//	door.go      the way in
//	frame.go     templates, assets, the policy of every page
//	lang.go      words, numbers and spans of time in each language
//	format.go    what templates can say
//	told.go      findings, verdicts and errors in each language
//	clean.go     crawled words, made harmless
//	reader.go    what is read
//	acts.go      what operators can do
//	acts_preview.go  other selectors on the lists that are kept
//	releases.go  the list of releases, and search
//	release.go   one release, its archived page
//	layers.go    its text, cut at the boundaries of quotes, people and dates
//	revisions.go its revisions, compared
//	overview.go  the first page: the country, what needs somebody, where pages went
//	charts.go    SVG: the map, columns, shares
//	sources.go   the list of sources
//	source.go    one source
//	host.go      a host: its robots.txt, and what we asked it last
//	check.go     a source asked now, as the site answers; a pause
//	preview.go   the workshop of selectors
//	said.go      who said what
//	aside.go     what is kept from the feed, and what can be done about it
//	reread.go    the archive, read again
//	system.go    subscribers, the system
//	bot.go       the page for webmasters, and their wishes for a pause
//	review.go    somebody's word on a wrong speaker, and what has become of such words
package console
