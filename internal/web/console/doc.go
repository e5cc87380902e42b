// Package console shows the country, the feed and a release in a browser: pages made here, that work without a script. docs/console.md says
// what is on them.
//
//	console.go   the handler: routes, roles, errors
//	door.go      the way in
//	frame.go     templates, assets, the policy of every page
//	lang.go      words, numbers and spans of time in each language
//	format.go    what templates can say
//	clean.go     crawled words, made harmless
//	reader.go    what is read
//	acts.go      what operators can do
//	releases.go  the list of releases, and search
//	release.go   one release, its archived page
//	layers.go    its text, cut at the boundaries of quotes, people and dates
//	review.go    somebody's word on a wrong speaker
package console
