// Package api shows the feed over HTTP: as JSON, as a stream of server-sent events, as Atom and JSON Feed, as a calendar. docs/http.md says
// what there is for whoever asks, schemas/openapi.yaml for programs.
//
// Reader is the one way to what is shown; the handlers answer from it, and the console shows it:
//
//	reader.go           releases, their pages, what is found
//	reader_diff.go      two revisions compared
//	reader_sources.go   the sources, and one of them with its runs
//	reader_aside.go     what is held, what could not be read, who subscribes, what operators did
//	reader_overview.go  how everything is, and the system
package api
