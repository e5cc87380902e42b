package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestHostileRecord puts hostile text into every part of a page and its address: no string of the record holds a character of it that
// commands a terminal, and the record is valid.
func TestHostileRecord(t *testing.T) {
	page := `<!doctype html><html lang="de"><meta charset="utf-8"><title>` + hostile + `</title><meta name="description" content="` + hostile + `">
<main><article><p class="kicker">` + hostile + `</p><h1>` + hostile + `</h1><p class="lead">Der Kreis teilt mit: ` + hostile + `.</p>
<p>„Der ` + hostile + ` bleibt gesperrt“, sagte Landrätin Clara ` + hostile + ` am 12.03.2026.</p><h2>` + hostile + `</h2><ul><li>` + hostile + `</li></ul>
<figure><img src="/bild` + "\u202e\u2066\u009b" + `.jpg" alt="` + hostile + `"><figcaption>` + hostile + ` Foto: ` + hostile + `</figcaption></figure>
<p><a href="/datei` + "\u202e\u2066\u009b" + `.pdf">` + hostile + ` (PDF)</a></p><h3>Pressekontakt</h3><p>` + hostile + `<br>Telefon: 02421 2212 ` +
		hostile + `</p></article></main></html>`
	file := filepath.Join(t.TempDir(), "seite.html")
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"parse", file},
		{"parse", file, "--url", "https://www.kreis-musterau.example/presse/steg \u202e\u2066.php?a=\u009b b"},
	} {
		code, out, errs := run(t.Context(), args...)
		if code != ExitOK {
			t.Fatalf("exit code %d\n%s", code, errs)
		}
		var r schemas.Release
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			t.Fatal(err)
		}
		if err := schemas.Validate([]byte(out)); err != nil {
			t.Error(err)
		}
		if len(r.Quotes) == 0 || len(args) > 2 && len(r.Images)+len(r.Attachments) == 0 {
			t.Errorf("%v: quotes, images and attachments are not read: the test shows nothing", args)
		}
		walkStrings(reflect.ValueOf(r), "", func(where, s string) {
			for _, c := range s {
				if terminal.Commands(c) {
					t.Errorf("%v: %s holds %U: %q", args, where, c, s)
				}
			}
		})
	}
}

func walkStrings(v reflect.Value, where string, each func(where, s string)) {
	switch v.Kind() {
	case reflect.String:
		each(where, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			walkStrings(v.Elem(), where, each)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkStrings(v.Index(i), where+"[]", each)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			walkStrings(v.Field(i), where+"."+v.Type().Field(i).Name, each)
		}
	}
}
