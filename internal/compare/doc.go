// Package compare says what a second reading of releases gives and takes: which fields differ, who gains a speaker, which quotes are
// lost. It is pure; what is made of it (a floor, a page, a refusal) is decided elsewhere.
//
//	release.go  two readings of one release → their differences
//	report.go   the differences of many, counted, with samples, in constant memory
package compare
