// Package api shows the feed over HTTP: as JSON, as a stream of server-sent events, as Atom and JSON Feed, as a calendar. docs/http.md says
// what there is for whoever asks, schemas/openapi.yaml for programs.
//
//	reader*.go   Reader, the one way to what is shown: what the handlers answer and what the console shows
package api
