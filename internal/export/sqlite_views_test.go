package export_test

import (
	"bytes"
	"database/sql"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// sqliteReaders are programs that read a database as a researcher does, each with the answer to a query: cells between |, NULL where nothing is.
// The first two are SQLite as others build it, older than ours.
var sqliteReaders = map[string]func(t *testing.T, file, query string) string{
	"sqlite3": func(t *testing.T, file, query string) string {
		return ran(t, "sqlite3", "-readonly", "-batch", "-bail", "-list", "-nullvalue", "NULL", file, query)
	},
	"python3": func(t *testing.T, file, query string) string {
		return ran(t, "python3", "-c", `import sqlite3, sys
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
sys.stdout.reconfigure(encoding="utf-8")
for row in db.execute(sys.argv[2]):
    print("|".join("NULL" if cell is None else str(cell) for cell in row))`, file, query)
	},
	"driver": func(t *testing.T, file, query string) string {
		db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		return strings.Join(answered(t, db, query), "\n")
	},
}

// ran is what a program prints; the test is skipped where it is not installed.
func ran(t *testing.T, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skip("no " + program + " on this machine")
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", args[len(args)-1], err, errs.String())
	}
	return strings.TrimRight(strings.ReplaceAll(out.String(), "\r\n", "\n"), "\n")
}

// answered are the rows of a query, cells between |.
func answered(t *testing.T, db *sql.DB, query string) (list []string) {
	t.Helper()
	found, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	cells := make([]sql.NullString, len(names))
	into := make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for found.Next() {
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := make([]string, len(cells))
		for i, c := range cells {
			if row[i] = c.String; !c.Valid {
				row[i] = "NULL"
			}
		}
		list = append(list, strings.Join(row, "|"))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// corrected is a history: the full example in two revisions, the second without its second quote, beside a tombstone and a release with pictures.
func corrected(t *testing.T) []*schemas.Event {
	t.Helper()
	list := []*schemas.Event{
		example(t, "full", schemas.EventPublished), example(t, "full", schemas.EventCorrected), example(t, "tombstone", schemas.EventWithdrawn),
		example(t, "minimal", schemas.EventPublished), example(t, "picture", schemas.EventPublished),
	}
	later := list[1].Release
	later.Revision, later.Title = later.Revision+1, "Mühlenbrücke wird doch nicht saniert"
	later.Quotes[1], later.Quotes = later.Quotes[2], later.Quotes[:2] // the third repeats the first
	for i, ev := range list {
		ev.Sequence, ev.Revision = uint64(i+1), ev.Release.Revision
	}
	return list
}

// TestSQLiteOfOthers: SQLite as others build it finds the tables whole, tied to their releases, and in the views what is so now.
func TestSQLiteOfOthers(t *testing.T) {
	events := corrected(t)
	file := saved(t, "sqlite", export.Options{}, events...)
	full, last := events[0].Release, events[1].Release
	picture := strings.Join([]string{full.Images[0].URL, full.Images[0].Alt, full.Images[0].Caption, full.Images[0].Credit}, "|")
	for name, ask := range sqliteReaders {
		t.Run(name, func(t *testing.T) {
			for query, want := range map[string][]string{
				"PRAGMA integrity_check":   {"ok"},
				"PRAGMA foreign_key_check": {},
				"SELECT revision, image, alt, caption, credit, number, title FROM images WHERE release_id = '" + full.ID + "' ORDER BY revision": {
					"3|" + picture + "|0|" + full.Title,
					"4|" + picture + "|0|" + last.Title,
				},
				"SELECT attachment, label, media_type, number, release_id FROM attachments WHERE revision = 3 AND release_id = '" + full.ID + "'": {
					full.Attachments[0].URL + "|" + full.Attachments[0].Title + "|" + full.Attachments[0].MediaType + "|0|" + full.ID,
				},
				"SELECT count(*), max(revision), max(title) FROM latest_releases WHERE id = '" + full.ID + "'": {"1|4|" + last.Title},
				"SELECT status, count(*) FROM latest_releases GROUP BY status ORDER BY 1":                      {"current|3", "withdrawn|1"},
				"SELECT speaker, role, quote, title, published_date, published_time, source_name FROM latest_quotes WHERE release_id = '" + full.ID + "'": {
					"Änne Österholt|Landrätin|" + full.Quotes[0].Text + "|" + last.Title + "|2026-03-04|09:30|Kreis Musterau",
				},
				"SELECT sum(releases), sum(withdrawn) FROM releases_by_month": {"4|1"},
				"SELECT state, source_id, source_name FROM releases_by_month WHERE month = '2026-03' AND quotes": {
					"NW|kreis-musterau|Kreis Musterau",
				},
				"SELECT speaker, source_id, quotes, releases, first_date, last_date FROM speakers": {
					"Änne Österholt|kreis-musterau|1|1|2026-03-04|2026-03-04",
				},
				"SELECT count(*) FROM latest_images WHERE image IS NULL OR title IS NULL": {"0"},
				"SELECT credit, holder, agency FROM latest_images WHERE release_id = '" + full.ID + "'": {
					full.Credits[0].Raw + "|Jörg Beispiel|stock.adobe.com",
				},
				"SELECT holder, agency, releases, images, sources FROM picture_credits WHERE holder = 'Jörg Beispiel'": {"Jörg Beispiel|stock.adobe.com|1|1|1"},
			} {
				if d := cmp.Diff(strings.Join(want, "\n"), ask(t, file, query)); d != "" {
					t.Errorf("%s (-want +got):\n%s", query, d)
				}
			}
		})
	}
}

// TestSQLiteOfHostilePages: the views read what pages say without harm, and give no row twice.
func TestSQLiteOfHostilePages(t *testing.T) {
	file := saved(t, "sqlite", export.Options{}, hostile(t)...)
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, view := range answered(t, db, "SELECT name FROM sqlite_master WHERE type = 'view'") {
		if len(answered(t, db, "SELECT * FROM "+view)) == 0 {
			t.Errorf("%s is empty", view)
		}
	}
	for view, table := range map[string]string{"latest_releases": "releases", "latest_images": "images", "latest_quotes": "quotes WHERE kind <> 'pull'"} {
		if got, want := answered(t, db, "SELECT count(*) FROM "+view), answered(t, db, "SELECT count(*) FROM "+table); got[0] != want[0] || want[0] == "0" {
			t.Errorf("%s has %s rows, %s has %s", view, got, table, want)
		}
	}
}
