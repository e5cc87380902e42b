// Package source holds sources as data. A source is one YAML file: where to start, which pages belong to it, how gently to ask.
// Reading is strict and tells every problem of a file at once.
//
//   - source.go: Source and what Check makes of it, Plan.
//   - status.go, note.go: whether a source works, and writing that down.
//   - decode.go: YAML laid over a struct, each problem with its line.
//   - check.go, patterns.go, problems.go: what a source must be.
//   - registry.go: the sources that come with the program (sources/*.yaml) and those of a directory.
//   - claims.go, meet.go: no two sources may want the same pages.
//   - scope.go: which hosts and pages are a source's.
package source
