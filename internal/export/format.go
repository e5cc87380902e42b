package export

import (
	"io"
	"slices"
	"strings"
	"time"

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
	Updated   time.Time                                        // atom: when the newest of the events was made
	Temp      string                                           // wacz, sqlite: directory for what is put aside; "": that of the system
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
	Newest     bool // a release may stand in it once only: there is no history
	dated      bool // it begins with when the newest of its events was made
	New        func(io.Writer, Options) (Writer, error)
}

// Formats are all formats, in the order in which people are told of them.
func Formats() []Format {
	return []Format{
		{
			Name: "jsonl", Extension: ".jsonl", Tombstones: true, New: newJSONL,
			Says: "CloudEvents with the whole release, one JSON object a line, as tail --json has them",
		},
		{
			Name: "csv", Extension: ".csv", Tombstones: true, New: newCSV,
			Says: "a table for a spreadsheet: releases, or with --table quotes, people, dates, credits",
		},
		{
			Name: "parquet", Extension: ".parquet", Tombstones: true, Binary: true, New: newParquet,
			Says: "one row a release with nested quotes, people, dates; for DuckDB, pandas, Spark",
		},
		{
			Name: "sqlite", Extension: ".sqlite", Tombstones: true, Binary: true, New: newSQLite,
			Says: "the tables of csv as a database with full text, for sqlite3 and Datasette",
		},
		{
			Name: "atom", Extension: ".atom", Tombstones: true, dated: true, New: newAtom,
			Says: "Atom; what is withdrawn as tombstones (RFC 6721)",
		},
		{Name: "jsonfeed", Extension: ".jsonfeed.json", Newest: true, New: newJSONFeed, Says: "JSON Feed 1.1"},
		{Name: "ninjs", Extension: ".ninjs.jsonl", New: newNinjs3, Says: "IPTC ninjs 3.1, one object a line"},
		{Name: "ninjs1", Extension: ".ninjs1.jsonl", New: newNinjs1, Says: "IPTC ninjs 1.4, one object a line, for Superdesk"},
		{Name: "jsonld", Extension: ".jsonld", New: newJSONLD, Says: "schema.org NewsArticle and Quotation as JSON-LD, one node a line"},
		{Name: "html", Extension: ".html", New: newHTML, Says: "one page to read and print, with the quotes marked"},
		{Name: "warc", Extension: ".warc.gz", Binary: true, New: newWARC, Says: "the pages as they were received, as WARC 1.1"},
		{Name: "wacz", Extension: ".wacz", Binary: true, New: newWACZ, Says: "the pages with an index, for replayweb.page"},
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
