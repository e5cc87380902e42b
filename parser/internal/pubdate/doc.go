// Package pubdate finds out when a page was published and last changed, and from what it is known.
//
//	pubdate.go   asks every witness
//	witness.go   the witnesses with their weights and counts, and what contradicts a day
//	elect.go     the day most is said for
//	sources.go   Sitepark's JSON, and what the listing or feed said
//	linked.go    JSON-LD
//	meta.go      <meta>, <title>, microdata, hAtom
//	script.go    dates in scripts, for want of better
//	address.go   the page's address
//	printed.go   dates printed near the title: their cost
//	readings.go  … what the words around them say
//	place.go     … what they stand beside
//	lines.go     the lines around the title
//	walker.go    … read from the tree
//	names.go     months and weekdays, from the calendar, as parts of expressions
//	machine.go   dates of a text and of an attribute, read by the calendar
//	moment.go    a day or time with how exactly it was told
//	limits.go    the numbers
package pubdate
