// Package terminal writes for people: what pages, servers and files say reaches a terminal without commanding it, and lines fit it.
//
//	safe.go    which characters command a terminal or turn the reading order, and what stands for them
//	writer.go  a Writer that lets none of them through, except the colours that Paint made
//	json.go    the same characters in JSON, as escapes that lose nothing
//	width.go   how wide a terminal is, and lines cut to it
package terminal
