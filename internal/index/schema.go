package index

import (
	"fmt"
	"strings"
)

// version is that of the tables and of fold together. A file of another version is made anew.
const version = "1"

// Keys. A release is kept under its day of publication and the sequence of its newest event, so that the order of the keys is the order
// in which releases are shown and a range of days is a range of keys. What belongs to a release is kept under its key and a number that
// counts down, so that it comes in its own order when the newest comes first.
const (
	sequenceBits = 35
	numberBits   = 11
	maxNumber    = 1<<numberBits - 1 // of quotes or people of a release; what is beyond is not searched
	maxDay       = 1<<16 - 1         // 2149-06-06, days since 1970-01-01
)

func releaseKey(day int, sequence uint64) int64 {
	return int64(day)<<sequenceBits | int64(sequence&(1<<sequenceBits-1))
}

func partKey(release int64, number int) int64 {
	return release<<numberBits | int64(maxNumber-number)
}

func releaseOf(part int64) int64 { return part >> numberBits }

// parts is the range of keys of what belongs to a release, both ends included.
func parts(release int64) (from, to int64) {
	return release << numberBits, release<<numberBits | maxNumber
}

// Columns of the full text of releases.
const (
	colTitle    = "title"
	colLead     = "lead"
	colText     = "text"
	colPeople   = "people"
	colSpeakers = "speakers"
	colRoles    = "roles"
	colCredits  = "credits"
	colFacets   = "facets"
	colGone     = "gone" // the title of a release that is withdrawn
)

// tables are those that the index and the export share. docs/search.md describes them.
const tables = `
CREATE TABLE releases (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  source_name TEXT,
  state TEXT,
  url TEXT,
  title TEXT NOT NULL,
  kicker TEXT,
  lead TEXT,
  text TEXT NOT NULL,
  published TEXT,
  published_day TEXT,
  type TEXT NOT NULL,
  revision INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  recorded TEXT NOT NULL,
  quote_count INTEGER NOT NULL,
  people_count INTEGER NOT NULL
);
CREATE INDEX releases_source ON releases (source, key);
CREATE TABLE quotes (
  key INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES releases (key),
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  speaker TEXT,
  speaker_key TEXT,
  speaker_kind TEXT,
  roles TEXT,
  organisation TEXT,
  cue TEXT,
  rule TEXT
);
CREATE INDEX quotes_speaker_key ON quotes (speaker_key, key);
CREATE TABLE people (
  key INTEGER PRIMARY KEY,
  release INTEGER NOT NULL REFERENCES releases (key),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  title TEXT,
  given TEXT,
  family TEXT,
  roles TEXT,
  organisation TEXT,
  gender TEXT,
  person_key TEXT,
  name_id INTEGER REFERENCES names (id)
);
CREATE INDEX people_name ON people (name_id, key);
CREATE TABLE names (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, mentions INTEGER NOT NULL);
CREATE TABLE sources (id TEXT PRIMARY KEY, name TEXT, state TEXT, live INTEGER NOT NULL, withdrawn INTEGER NOT NULL);
`

// indexTables are those that only the index has.
const indexTables = `
CREATE TABLE name_words (word TEXT NOT NULL, name_id INTEGER NOT NULL, PRIMARY KEY (word, name_id)) WITHOUT ROWID;
CREATE TABLE hours (
  hour INTEGER NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (hour, source, type)
) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (
  title, lead, text, people, speakers, roles, credits, facets, gone, content='', contentless_delete=1, tokenize='ascii'
);
CREATE VIRTUAL TABLE heads USING fts5 (title, lead, facets, content='', contentless_delete=1, tokenize='ascii');
CREATE VIRTUAL TABLE quote_search USING fts5 (text, speaker, facets, content='', contentless_delete=1, tokenize='ascii');
`

// insertInto is an INSERT for a row of the given columns.
func insertInto(table string, columns ...string) string {
	return fmt.Sprintf(`INSERT INTO %s (%s) VALUES (?%s)`, table, strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1))
}
