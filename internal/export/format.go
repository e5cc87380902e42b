package export

import (
	"io"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Writer writes one export. Begin comes first, once; Close ends what Begin began and does not close what is below. The events of a Writer
// come in the order of the stream, and the same events give the same bytes. An error of any call spoils the export. A Writer is not for
// several goroutines; it does not keep what it is given.
type Writer interface {
	Begin() error
	Write(*schemas.Event) error
	Close() error
}

// RawWriter is a Writer that can take a release as it is stored, without anybody having read it; ev.Release is nil then.
type RawWriter interface {
	Writer
	WriteRaw(ev *schemas.Event, release []byte) error
}

// Options are what a format may ask for beside the events.
type Options struct {
	Table     string                                           // csv: releases, quotes, people, dates or credits; "": releases
	Separator rune                                             // csv: between two cells; 0: a semicolon
	Speaker   string                                           // csv: only quotes of this speaker
	Snapshot  func(uint64) (*schemas.Snapshot, error)          // warc, wacz: a page of the archive
	History   bool                                             // jsonld: several revisions of a release come, each a node of its own
	Temp      string                                           // wacz: directory for what is sorted; "": that of the system
	Skipped   func(release string, sequence uint64, why error) // warc, wacz: told of pages that are not there; may be nil
}

// Format is a way to write releases.
type Format struct {
	Name      string
	Extension string // of files, with the dot
	Says      string // one line for people
	Binary    bool   // not for a terminal
	// Tombstones: releases that are withdrawn are in it and say so. Elsewhere they are left out unless they are asked for.
	Tombstones bool
	New        func(io.Writer, Options) (Writer, error)
}

// Formats are all formats, in the order in which people are told of them.
func Formats() []Format {
	return []Format{
		{"jsonl", ".jsonl", "CloudEvents with the whole release, one JSON object a line, as tail --json has them", false, true, newJSONL},
		{"csv", ".csv", "a table for a spreadsheet: releases, or with --table quotes, people, dates, credits", false, true, newCSV},
		{"ninjs", ".ninjs.jsonl", "IPTC ninjs 3.1, one object a line", false, false, newNinjs3},
		{"ninjs1", ".ninjs1.jsonl", "IPTC ninjs 1.4, one object a line, for Superdesk", false, false, newNinjs1},
		{"jsonld", ".jsonld", "schema.org NewsArticle and Quotation as JSON-LD, one node a line", false, false, newJSONLD},
		{"parquet", ".parquet", "one row a release with nested quotes, people, dates; for DuckDB, pandas, Spark", true, true, newParquet},
		{"html", ".html", "one page to read and print, with the quotes marked", false, false, newHTML},
		{"warc", ".warc.gz", "the pages as they were received, as WARC 1.1", true, false, newWARC},
		{"wacz", ".wacz", "the pages with an index, for replayweb.page", true, false, newWACZ},
	}
}

// Find is the format with the name, nil when there is none.
func Find(name string) *Format {
	all := Formats()
	if i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// FormatOf is the format that the name of a file asks for, nil when its extension is that of none.
func FormatOf(file string) *Format {
	var best *Format
	for _, f := range Formats() {
		if strings.HasSuffix(strings.ToLower(file), f.Extension) && (best == nil || len(f.Extension) > len(best.Extension)) {
			best = &f
		}
	}
	return best
}

// Names are the names of the formats.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}
