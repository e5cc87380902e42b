// Package replay sends past events again: to a file, an HTTP address or a NATS subject, at a rate, so that it can be interrupted and goes on.
//
//	job.go     one replay: what it would do, how far it is, what it did
//	target.go  where events go; the subject of a NATS server
//	file.go    a file of JSON lines, which knows itself how far it is
//	http.go    an HTTP address that takes batches of CloudEvents
package replay
