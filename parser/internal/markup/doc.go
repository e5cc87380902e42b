// Package markup is the page as a tree that is read once and asked often: every node in document order with what its subtree amounts
// to, and what the names of its element say. It knows HTML and the words that templates put into class and id; it knows nothing of
// releases, which is the business of page, pubdate and credit.
//
//	decode.go    bytes to UTF-8; what is no HTML page
//	parse.go     UTF-8 to nodes, however deep they nest; attributes
//	elements.go  what the HTML standard says about elements
//	letters.go   the measure of text
//	names.go     what the words in class and id say; the vocabulary is names.txt
//	tree.go      the one pass over the nodes
//	head.go      what the head says: title, language, metas, JSON-LD
//	text.go      the text of a subtree, in the ways readers need it
package markup
