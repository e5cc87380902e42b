// Package pubdate finds out when a page was published and last changed, and from what it is known.
//
//	pubdate.go   asks every witness
//	witness.go   the witnesses with their weights and counts, and what contradicts a day
//	elect.go     the day most is said for
//	sources.go   Sitepark's JSON, and what the listing or feed said
//	linked.go    JSON-LD
//	meta.go      <meta>, <title>, microdata, hAtom
//	address.go   the page's address
//	printed.go   dates printed near the title: their cost
//	readings.go  … what the words around them say
//	place.go     … what they stand beside
//	lines.go     the lines around the title
//	walker.go    … read from the tree
//	forms.go     how a date is written
//	names.go     months and weekdays, from the calendar
//	machine.go   how programs write it
//	moment.go    a day or time with how exactly it was told
//	limits.go    the numbers
package pubdate
