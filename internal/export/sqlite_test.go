package export_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestSQLite: the tables of csv with their values, keys that hold, full text in the way in which Datasette finds it, and nothing that another
// program could trip over.
func TestSQLite(t *testing.T) {
	events := examples(t)
	again := *events[0] // the same revision once more
	file := filepath.Join(t.TempDir(), "x.sqlite")
	if err := os.WriteFile(file, write(t, "sqlite", export.Filter{}, export.Options{}, append(append(events, &again), hostile(t)...)...), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const found = "SELECT id FROM releases WHERE rowid IN (SELECT rowid FROM releases_search WHERE releases_search "
	r := events[0].Release
	for query, want := range map[string]string{
		"PRAGMA integrity_check":                                  "ok",
		"PRAGMA foreign_key_check":                                "",
		"SELECT count(*) FROM releases WHERE id = '" + r.ID + "'": "1",
		"SELECT group_concat(status, ' ') FROM (SELECT DISTINCT status FROM releases ORDER BY 1)":              "current withdrawn",
		"SELECT title FROM releases WHERE published_date = '2026-03-04' AND id = '" + r.ID + "'":               r.Title,
		"SELECT speaker || ': ' || quote FROM quotes WHERE release_id = '" + r.ID + "' AND role = 'Landrätin'": "Änne Österholt: " + r.Quotes[0].Text,
		"SELECT kicker IS NULL FROM releases WHERE id = '" + events[1].Release.ID + "'":                        "1",
		"SELECT typeof(revision) || typeof(published_date) FROM releases WHERE id = '" + r.ID + "'":            "integertext",
		"SELECT count(*) FROM quotes WHERE release_id = '" + r.ID + "'":                                        "3",
		"SELECT count(*) FROM dates WHERE from_date = '2026-03-09' AND release_id = '" + r.ID + "'":            "1",
		found + "MATCH 'muhlenbrucke') LIMIT 1":                                                                r.ID,
		"SELECT sql LIKE '%content=''releases''%' FROM sqlite_master WHERE name = 'releases_search'":           "1",
	} {
		var got sql.NullString
		err := db.QueryRow(query).Scan(&got)
		if want == "" && (err == sql.ErrNoRows || err == nil) {
			continue
		}
		if err != nil || got.String != want {
			t.Errorf("%s:\n%q, want %q: %v", query, got.String, want, err)
		}
	}
	var n int
	if err := db.QueryRow("SELECT count(*) FROM releases").Scan(&n); err != nil || n != 5+len(nasty)+1 {
		t.Errorf("%d releases: %v", n, err)
	}
	for i, bad := range nasty {
		var kicker string
		err := db.QueryRow("SELECT kicker FROM releases WHERE sequence = ? AND title = kicker", i+1).Scan(&kicker)
		if want := validText(bad); err != nil || kicker != want {
			t.Errorf("%q came back as %q: %v", want, kicker, err)
		}
	}
}

// TestHistory: revisions of a release stand side by side where a format can hold them, and are refused where it cannot.
func TestHistory(t *testing.T) {
	one, two := example(t, "full", schemas.EventPublished), example(t, "full", schemas.EventCorrected)
	two.Release.Revision, two.Revision = 4, 4
	for _, f := range export.Formats() {
		n, err := export.Run(t.Context(), &feed{[]*schemas.Event{one, two}, pagesOf([]*schemas.Event{one, two})}, export.Filter{History: true}, &f,
			export.Options{Temp: t.TempDir()}, discard{})
		if refused := schemas.KindOf(err) == schemas.KindInvalid; refused != f.Newest || !refused && n != 2 {
			t.Errorf("%s: %d, %v", f.Name, n, err)
		}
	}
}
