// Package source holds sources as data. A source is one YAML file: where to start, which pages belong to it, how gently to ask.
// Reading is strict and tells every problem of a file at once.
//
//   - source.go: Source and what Check makes of it, Plan.
//   - decode.go: YAML laid over a struct, each problem with its line.
//   - check.go, patterns.go, problems.go: what a source must be.
//   - registry.go: the sources that come with the program (sources/*.yaml) and those of a directory.
//   - scope.go: which hosts and pages are a source's.
package source
