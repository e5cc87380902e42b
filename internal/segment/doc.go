// Package segment keeps the feed as files that any web server can serve: sealed segments of a range of sequences each, an open one at the end, and a
// manifest that accounts for every sequence. docs/segments.md describes the format for those who read it with other programs.
//
//	manifest.go   what segments.json says
//	chain.go      the hash of an event, and the chain over all
//	keys.go       who signs, and who signed before
//	sign.go       the statements that are signed, of days and of the whole
//	writer.go     one segment as files
//	archive.go    the directory
//	update.go     what is new goes in
//	forget.go     what was erased goes out, and a receipt stays
//	days.go       which sequences a day has
//	store.go      a directory or a web server to read from
//	reader.go     events from segments
//	verify.go     whether everything is there and nothing was altered
//	held.go       whether a subscriber has everything, and the same
//	sync.go       names on disk
//	lock_unix.go  one writer at a time
//	lock_other.go  the same where there is no flock
package segment
