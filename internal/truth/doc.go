// Package truth says what is true of a page and judges a release by it: one format and one scorer for every page this project has
// written.
//
// Silence counts: what a truth does not name is not there, and a reader that finds it is wrong. What nobody has judged has to be
// written down as unjudged; a truth may name a part of a field (partly) and leave spelling unjudged (loose), as that of the demo site does.
//
//	truth.go  the format
//	case.go   pages with their truth in a directory
//	of.go     the truth that a release claims, and writing one
//	judge.go  a release against it, field by field
//	table.go  the judgements of many pages as a table that is checked in
package truth
