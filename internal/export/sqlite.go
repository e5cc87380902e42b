package export

import (
	"context"
	"database/sql"
	_ "embed" // the views
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/kreispresse/kreispresse/schemas"
)

// database writes the tables of csv as one SQLite file, with keys, full text and views. It is built beside the output and copied there at the end: a
// database is written here and there, an output from front to back.
type database struct {
	w       io.Writer
	dir     string
	path    string
	db      *sql.DB
	tx      *sql.Tx
	inserts []*sql.Stmt // one a table, then the full text
}

func newSQLite(w io.Writer, o Options) (Writer, error) { return &database{w: w, dir: o.Temp}, nil }

// written is how the file is written: nobody else has it, and what is half done is thrown away.
const written = "?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=locking_mode(exclusive)&_pragma=cache_size(-32000)"

func (d *database) Begin() error {
	f, err := os.CreateTemp(d.dir, "kreispresse-sqlite-*")
	if err != nil {
		return storageError(d.dir, err)
	}
	d.path = f.Name()
	if err := f.Close(); err != nil {
		return storageError(d.path, err)
	}
	if d.db, err = sql.Open("sqlite", "file:"+(&url.URL{Path: d.path}).EscapedPath()+written); err != nil {
		return err
	}
	d.db.SetMaxOpenConns(1)
	if _, err := d.db.Exec(createTables()); err != nil {
		return d.failed(err)
	}
	if d.tx, err = d.db.BeginTx(context.Background(), nil); err != nil {
		return d.failed(err)
	}
	for i := range tables {
		if err := d.prepare(insertInto(&tables[i])); err != nil {
			return err
		}
	}
	return d.prepare("INSERT INTO releases_search (rowid, title, kicker, lead, text) VALUES (?, ?, ?, ?, ?)")
}

func (d *database) prepare(query string) error {
	stmt, err := d.tx.Prepare(query)
	d.inserts = append(d.inserts, stmt)
	return d.failed(err)
}

// views are the questions that everybody asks first. They read nothing but the tables, in SQL that SQLite has known for years.
//
//go:embed views.sql
var views string

// createTables are the tables with the columns of csv. Numbers are INTEGER, days and moments ISO 8601, what is absent NULL.
func createTables() string {
	var b strings.Builder
	for _, t := range tables {
		fmt.Fprintf(&b, "CREATE TABLE %s (\n", t.name)
		for _, c := range t.columns {
			typ := "TEXT"
			if c.number {
				typ = "INTEGER"
			}
			fmt.Fprintf(&b, "  %s %s,\n", c.name, typ)
		}
		if t.name == "releases" {
			b.WriteString("  PRIMARY KEY (id, revision)\n);\n")
			b.WriteString("CREATE INDEX releases_published ON releases (published_date);\nCREATE INDEX releases_source ON releases (source_id, published_date);\n")
			continue
		}
		b.WriteString("  PRIMARY KEY (release_id, revision, number),\n  FOREIGN KEY (release_id, revision) REFERENCES releases (id, revision)\n) WITHOUT ROWID;\n")
	}
	b.WriteString("CREATE INDEX quotes_speaker ON quotes (speaker, published_date);\nCREATE INDEX people_name ON people (name);\n")
	b.WriteString("CREATE INDEX dates_from ON dates (from_date);\nCREATE INDEX credits_holder ON credits (holder);\n")
	b.WriteString("CREATE INDEX images_image ON images (image);\nCREATE INDEX attachments_attachment ON attachments (attachment);\n")
	// Datasette looks for a table of full text whose content is the table it shows.
	b.WriteString("CREATE VIRTUAL TABLE releases_search USING fts5 (title, kicker, lead, text, content='releases', tokenize='unicode61 remove_diacritics 2');\n")
	b.WriteString(views)
	return b.String()
}

func insertInto(t *table) string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return "INSERT OR IGNORE INTO " + t.name + " (" + strings.Join(names, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(names)-1) + ")"
}

// Write adds the rows of a release. A revision that is there already is left as it is.
func (d *database) Write(ev *schemas.Event) error {
	for n := range tables {
		t := &tables[n]
		for i := range t.rows(ev.Release) {
			res, err := d.inserts[n].Exec(valuesOf(t, ev, i)...)
			if err != nil {
				return d.failed(err)
			}
			if t.name != "releases" {
				continue
			}
			if fresh, err := res.RowsAffected(); err != nil || fresh == 0 {
				return d.failed(err)
			}
			if err := d.words(ev.Release, res); err != nil {
				return err
			}
		}
	}
	return nil
}

// valuesOf is a row of a table; what is empty is NULL.
func valuesOf(t *table, ev *schemas.Event, i int) []any {
	values := make([]any, len(t.columns))
	for c := range t.columns {
		if v := strings.ToValidUTF8(t.columns[c].of(ev, i), "\uFFFD"); v != "" {
			values[c] = v
		}
	}
	return values
}

// words adds a release to the full text.
func (d *database) words(r *schemas.Release, res sql.Result) error {
	row, err := res.LastInsertId()
	if err != nil {
		return d.failed(err)
	}
	valid := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
	_, err = d.inserts[len(d.inserts)-1].Exec(row, valid(r.Title), valid(r.Kicker), valid(r.Lead), valid(r.Text))
	return d.failed(err)
}

func (d *database) Close() error {
	if err := d.failed(d.tx.Commit()); err != nil {
		return err
	}
	if err := d.failed(d.db.Close()); err != nil {
		return err
	}
	d.db = nil
	f, err := os.Open(d.path)
	if err != nil {
		return storageError(d.path, err)
	}
	defer f.Close()
	_, err = io.Copy(d.w, f)
	return err
}

// Discard removes what was put aside, whether the export ended well or not.
func (d *database) Discard() {
	if d.db != nil {
		_ = d.db.Close()
	}
	if d.path != "" {
		_ = os.Remove(d.path)
	}
}

// failed is an error of SQLite as one of ours.
func (d *database) failed(err error) error {
	if err == nil {
		return nil
	}
	if strings.Contains(err.Error(), "SQLITE_FULL") || strings.Contains(err.Error(), "SQLITE_IOERR") {
		return storageError(d.path, errors.New("the disk is full or cannot be written: "+err.Error()))
	}
	return &schemas.Error{Op: "export", Kind: schemas.KindInternal, Thing: d.path, Err: err}
}
