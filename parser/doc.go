// Package parser turns a snapshot of a German press page into a structured release.
//
// Parse is pure: no clock, no network, no randomness. The same snapshot gives the same release, byte for byte, from any number of
// goroutines.
//
// The way of a page: internal/page reads the markup (CMS profiles, else a generic reading), internal/text cuts the text into
// blocks, sentences and tokens, internal/pubdate, internal/timex, internal/person, internal/quote and internal/credit each read one
// thing from it. They speak in bytes; Parse turns these into the code points a release shows.
//
//	parse.go    the order in which they are asked; what is told beside the release
//	write.go    bytes to code points
//	embargo.go  when a Sperrfrist ends
//	version.go  which reading a release comes from
package parser
