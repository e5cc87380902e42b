// Package source holds sources as data. A source is one YAML document: where to start, which pages belong to it, how gently to ask.
// Reading is strict and tells every problem of a file at once.
//
//	source.go    Source and what Check makes of it, Plan
//	status.go    whether a source works, and the keys that subscribers join on
//	note.go      writing the status down
//	schedule.go  when a source is crawled
//	retention.go for how long what came is kept
//	decode.go    YAML laid over a struct, each problem with its line
//	check.go     what a source must be
//	patterns.go  patterns that can match no page
//	problems.go  what is wrong with a file
//	registry.go  the sources that come with the program (sources/*.yaml), those of a directory, and what lies over them
//	claims.go    no two sources may want the same pages
//	meet.go      whether two patterns have a path in common
//	scope.go     which hosts and pages are a source's
package source
