// Package text holds the text of a release the way the readers of German want it: cut into blocks, sentences and tokens.
//
// Offsets inside the parser are bytes of Doc.Text, half-open; Doc.Rune turns them into the code points that a release shows.
// Nothing here rewrites the text.
//
//	text.go       Doc: blocks, offsets, the text in lower case
//	tokens.go     words, numbers, marks and signs
//	sentences.go  where sentences end
//	normalise.go  white space and characters that nobody sees
package text
