package export_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// read is a table as a reader of CSV has it, without the byte order mark.
func read(t *testing.T, b []byte, comma rune) [][]string {
	t.Helper()
	b, ok := bytes.CutPrefix(b, []byte("\uFEFF"))
	if !ok {
		t.Error("no byte order mark: Excel would take it for Windows-1252")
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestCSV: one row a release, all columns named, cells that go over several lines whole.
func TestCSV(t *testing.T) {
	full := example(t, "full", schemas.EventCorrected)
	full.Changes = []schemas.Change{{Field: "title", Class: schemas.ChangeTypo}}
	out := write(t, "csv", export.Filter{}, export.Options{}, full, example(t, "tombstone", schemas.EventWithdrawn))
	rows := read(t, out, ';')
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		got[name] = rows[1][i]
	}
	r := full.Release
	want := map[string]string{
		"id": r.ID, "status": "current", "published_date": "2026-03-04", "published_time": "09:30", "state": "NW", "source_name": "Kreis Musterau",
		"kicker": "Straßenbau", "title": r.Title, "lead": r.Lead, "text": r.Text, "url": r.URL, "speakers": "Änne Österholt | Kreis Musterau",
		"quotes": "3", "people": "Änne Österholt", "credits": r.Credits[0].Raw, "images": r.Images[0].URL, "attachments": r.Attachments[0].URL,
		"contact": "Pressestelle | 02999 1-100 | presse@kreis-musterau.de", "embargo_until": "", "usage": "", "changed": "title", "reason": "",
		"source_id": "kreis-musterau", "ags": "05999", "language": "de-DE", "event_type": "corrected", "recorded_at": "2026-03-05 10:00:01",
		"revision": "3", "sequence": "7",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if rows[2][1] != "withdrawn" {
		t.Errorf("status of a tombstone: %q", rows[2][1])
	}
	if lines := bytes.Count(out, []byte("\r\n")); lines != 3 {
		t.Errorf("%d lines end with CR LF, want one a row", lines)
	}
}

// TestCSVTables: a row a quote, a person, a date, a credit; with a speaker only what that one said.
func TestCSVTables(t *testing.T) {
	full := example(t, "full", schemas.EventPublished)
	for table, want := range map[string][]string{
		"quotes": {
			"Änne Österholt|Landrätin|Die Brücke ist 62 Jahre alt und sie hat uns nie im Stich gelassen.|direct|person|name",
			"Kreis Musterau||zumutbar|fragment|organisation|name", "||Die Brücke ist 62 Jahre alt|pull||",
		},
		"people": {"Änne Österholt|Dr.|Änne|Österholt|Landrätin|Kreis Musterau|female|1"},
		"dates": {
			"2026-03-09|2026-03-09|Montag, 9. März 2026|DATE|2026-03-09|", "2026-05-21|2026-05-31|Ende Mai|DATE|2026-05|published",
			"||Jeden Freitag|SET|XXXX-WXX-5|",
		},
		"credits":     {"Jörg Beispiel|stock.adobe.com|Foto: Jörg Beispiel / stock.adobe.com|https://www.kreis-musterau.de/img/bruecke.jpg"},
		"images":      {"https://www.kreis-musterau.de/img/bruecke.jpg|Die Mühlenbrücke|Die Mühlenbrücke von Süden|Foto: Jörg Beispiel / stock.adobe.com"},
		"attachments": {"https://www.kreis-musterau.de/plan.pdf|Umleitungsplan|application/pdf"},
	} {
		rows := read(t, write(t, "csv", export.Filter{}, export.Options{Table: table, Separator: ','}, full), ',')
		own := len(rows[0]) - 9 // the release's columns are the last
		if rows[0][own] != "published_date" || rows[0][own+6] != "release_id" {
			t.Fatalf("%s: %v", table, rows[0])
		}
		var got []string
		for i, row := range rows[1:] {
			got = append(got, strings.Join(row[:own], "|"))
			if row[own+6] != full.Release.ID || row[own] != "2026-03-04" || row[own+8] != string(rune('0'+i)) {
				t.Errorf("%s: release of row %d: %v", table, i, row[own:])
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", table, d)
		}
	}
	rows := read(t, write(t, "csv", export.Filter{Speaker: "musterau"}, export.Options{Table: "quotes"}, full), ';')
	if len(rows) != 2 || rows[1][2] != "zumutbar" {
		t.Errorf("quotes of one speaker: %v", rows)
	}
}

// TestSpreadsheetsView: whatever a page says, in whatever separator the program that opens the file believes, no cell is a formula, holds a
// control character or is longer than a cell may be, and every row has the columns of the first.
func TestSpreadsheetsView(t *testing.T) {
	events := hostile(t)
	for _, table := range export.TableNames() {
		for _, comma := range []rune{';', ',', '\t', '|'} {
			out := write(t, "csv", export.Filter{}, export.Options{Table: table, Separator: comma}, events...)
			rows := read(t, out, comma) // refuses rows of another length
			if len(rows) <= len(events) {
				t.Fatalf("%s: %d rows of %d releases", table, len(rows), len(events))
			}
			for _, row := range rows {
				for i, cell := range row {
					if what := harm(cell); what != "" {
						t.Fatalf("%s, %q: column %s: %s: %.60q", table, comma, rows[0][i], what, cell)
					}
				}
			}
			// the same bytes for a program that cuts at something else
			for _, other := range ";,\t|" {
				loose := csv.NewReader(bytes.NewReader(out))
				loose.Comma, loose.LazyQuotes, loose.FieldsPerRecord = other, true, -1
				cells, err := loose.ReadAll()
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range cells[1:] {
					if what := harm(row[0]); strings.HasPrefix(what, "a formula") {
						t.Fatalf("%s, written with %q, read with %q: %s: %.60q", table, comma, other, what, row[0])
					}
				}
			}
		}
	}
}

// harm says what a spreadsheet would make of a cell that it should not, by the rules of OWASP's page on CSV injection.
func harm(cell string) string {
	for _, r := range cell {
		if r == '\r' || unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
			return "a control character"
		}
	}
	if !utf8.ValidString(cell) {
		return "no UTF-8"
	}
	if n := len(utf16.Encode([]rune(cell))); n > 32767 {
		return "longer than a cell of Excel"
	}
	if strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\n") {
		return "a formula, after a tab or a line's end"
	}
	shown := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError })
	if strings.ContainsAny(first(shown), "=+-@＝＋－＠") {
		return "a formula"
	}
	return ""
}

// FuzzCell: whatever a page says, a reader of the table gets it in one cell that does no harm.
func FuzzCell(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ev := &schemas.Event{Release: &schemas.Release{Title: s, Text: s}}
		var out bytes.Buffer
		if _, err := export.Run(t.Context(), &feed{events: []*schemas.Event{ev}}, export.Filter{}, export.Find("csv"), export.Options{}, &out); err != nil {
			t.Fatal(err)
		}
		rows := read(t, out.Bytes(), ';')
		if len(rows) != 2 {
			t.Fatalf("%d rows", len(rows))
		}
		for _, i := range []int{7, 9} {
			if what := harm(rows[1][i]); what != "" {
				t.Errorf("%s: %q", what, rows[1][i])
			}
		}
	})
}

func first(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// TestLongCell: what Excel has no room for is cut at a character and says so; nothing else is.
func TestLongCell(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{strings.Repeat("a", 32766), strings.Repeat("a", 32766)},
		{strings.Repeat("a", 32767), strings.Repeat("a", 32765) + "…"},
		{strings.Repeat("ä", 32766), strings.Repeat("ä", 32766)},
		{strings.Repeat("\U0001f9d1", 16383), strings.Repeat("\U0001f9d1", 16383)},
		{strings.Repeat("\U0001f9d1", 16384), strings.Repeat("\U0001f9d1", 16382) + "…"},
	} {
		ev := example(t, "minimal", schemas.EventPublished)
		ev.Release.Text = c.text
		rows := read(t, write(t, "csv", export.Filter{}, export.Options{}, ev), ';')
		if got := rows[1][9]; got != c.want {
			t.Errorf("%d code points gave %d, want %d", utf8.RuneCountInString(c.text), utf8.RuneCountInString(got), utf8.RuneCountInString(c.want))
		}
	}
}

func TestCSVRefuses(t *testing.T) {
	for _, o := range []export.Options{{Table: "nix"}, {Separator: 'x'}, {Separator: '"'}, {Separator: '\n'}} {
		if _, err := export.Find("csv").New(nil, o); schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
