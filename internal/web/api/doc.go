// Package api shows the feed over HTTP: as JSON, as a stream of server-sent events, as Atom and JSON Feed, as a calendar. docs/http.md says
// what there is for whoever asks, schemas/openapi.yaml for programs.
//
// Reader is the one way to what is shown; the handlers answer from it, and the console shows it:
//
//	reader.go           releases, their pages, what is found
//	reader_diff.go      two revisions compared
//	reader_sources.go   the sources, and one of them with its runs
//	reader_hosts.go     a host, for whoever runs it, and wishes for a pause
//	reader_aside.go     what is held, what could not be read, who subscribes, what operators did
//	reader_overview.go  how everything is, and the system
//	reviews.go          what people said of how releases were read
//	memo.go             what is dear to find out, remembered
//	hourly.go           what was counted of a day, remembered
//
// Answers over HTTP:
//
//	server.go    addresses, who may ask, what is bounded
//	params.go    what is asked for, and mistakes in it
//	limit.go     what one client may ask for, and all together
//	problem.go   what is wrong, as RFC 9457 has it
//	reply.go     a whole answer: known already, or compressed
//	releases.go  releases, pages, sources, what is found
//	feeds.go     Atom, JSON Feed, calendars
//	segments.go  files that lie ready
//
// The feed:
//
//	feed.go    where somebody wants to begin; pages of lines
//	hub.go     the feed followed once for all
//	stream.go  one reader of server-sent events
package api
