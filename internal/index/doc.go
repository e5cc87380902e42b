// Package index finds releases, quotes and people: a projection of the feed that can be thrown away and is rebuilt from PRESS.
//
// What is asked:
//
//	query.go    what can be asked for, and what is answered
//	search.go   releases
//	plan.go     a question as expressions of the full text
//	find.go     one page of what a plan matches, and how much there is
//	quotes.go   quotes
//	people.go   people by name
//	person.go   which mentions of a full name are one person; offices.tsv is its data
//	counts.go   how much there is, by source and hour
//	ask.go      what somebody typed, as terms and as an expression
//	snippet.go  the part of a text around what was asked for
//	cursor.go   where a page ended, sealed
//
// What is kept:
//
//	fold.go     words in the form in which they are compared
//	facet.go    filters as words
//	schema.go   tables and keys
//	rows.go     an event, ready to be written
//	speaker.go  who says a quote, and the keys of people
//	write.go    changes to the tables
//	tally.go    names and sources, counted for a batch
//	writer.go   the connection that writes
//	open.go     the file: made, recognised, made anew; who may write to it
//	follow.go   from the feed to the file, with the cursor in the same transaction
//	tidy.go     the segments of the full text, merged
//	errors.go   what went wrong, and what to do
package index
