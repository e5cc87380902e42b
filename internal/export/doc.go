// Package export writes the feed in the formats that others read: one Writer a format, all fed in the order of the stream, each in memory
// that does not grow with the number of releases.
//
//	format.go     Writer, and the table of the formats
//	filter.go     which releases
//	run.go        from the feed through the filter into a writer
//	file.go       a file that is there whole or not at all
//	jsonl.go      CloudEvents, one a line, as they are stored
//	csv.go        tables for spreadsheets; formulas are made harmless
//	tables.go     the columns of those tables
//	text.go       the text of a release as paragraphs with its quotes marked, for those below
//	ninjs.go      what both generations of IPTC ninjs share
//	ninjs1.go     ninjs 1.4, which Superdesk reads
//	ninjs3.go     ninjs 3.1
//	jsonld.go     schema.org as JSON-LD
//	html.go       one page to read and print
//	feeds.go      Atom and JSON Feed, which feedformat writes
//	sqlite.go     the tables of csv as a database; views.sql has its views
//	columns.go    Parquet; the columns stand in parquet/
//	warc.go       the pages as they were received, as WARC 1.1
//	wacz.go       WARC with an index and a list of pages, for replayweb.page
//	cdxj.go       that index, sorted in bounded memory
package export
