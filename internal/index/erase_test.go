package index

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// secrets stand in one release only, in either of its revisions: in title, lead, text, name, role, holder, quote. No two begin alike, since
// the full text keeps of a word only what differs from the one before.
var secrets = []string{"qxtitel", "jylead", "xvtext", "yqname", "vxrolle", "cqbild", "wxzitat", "bxtitel", "dxtext", "fqname"}

func secret(title, text, name string) release {
	return release{
		n: 7, source: anderau, title: title + " wird erwähnt", lead: "Jylead steht vorn.",
		text: "Hier steht " + text + ", und weiter: „Ein Wxzitat steht hier.“ " + strings.Repeat("Und noch viel mehr von alledem. ", 200), published: "2026-02-02",
		people:  []schemas.Person{{Name: "Paula " + name, Roles: []string{"Vxrolle"}}},
		quotes:  []said{{"Ein Wxzitat steht hier.", 0}},
		credits: []schemas.Credit{{Holder: "Cqbild", Raw: "Foto: Cqbild"}},
	}
}

// TestErased looks for what was erased in the bytes of the file and of its log.
func TestErased(t *testing.T) {
	bus, x := fill(t, shelf()...)
	publish(t, bus, secret("Bxtitel", "Dxtext", "Fqname").record(t))
	catchUp(t, x, bus) // each revision is written by itself
	ev := publish(t, bus, secret("Qxtitel", "Xvtext", "Yqname").record(t))
	catchUp(t, x, bus)
	for _, word := range secrets[:7] {
		if !inFile(t, x.path, word) {
			t.Fatalf("%q is not in the file: the test sees nothing", word)
		}
	}
	publishAs(t, bus, ev, schemas.EventErased, schemas.ErasedTombstone(ev.Release, recorded))
	if err := bus.Erase(t.Context(), anderau, &schemas.Receipt{Release: ev.Subject}); err != nil {
		t.Fatal(err)
	}
	catchUp(t, x, bus)
	for _, word := range secrets {
		if inFile(t, x.path, word) {
			t.Errorf("%q is still in the file", word)
		}
	}
	h, err := x.Hit(t.Context(), ev.Subject)
	if err != nil || h.Type != "erased" || h.Title != schemas.ErasedTitle || h.URL != "" || h.Snippet != "" {
		t.Errorf("%+v, %v", h, err)
	}
	if got := titles(t, x, Query{Text: "wxzitat"}) + titles(t, x, Query{Person: "Paula"}); got != "" {
		t.Errorf("found %q", got)
	}
	if people, err := x.People(t.Context(), "Paula", 0); err != nil || len(people) != 0 {
		t.Errorf("%+v, %v", people, err)
	}
	if got := titles(t, x, Query{Text: "marktplatz"}); got != "Düren feiert" {
		t.Errorf("of the rest %q is found", got)
	}
	var left string
	if x.w.one("SELECT value FROM meta WHERE name = ?", []any{metaPurge}, &left) {
		t.Error("the file still says that something is to be overwritten")
	}
}

// TestErasureGoesOn opens a file in which an erasure was interrupted after it was noted: it is ended before anything else.
func TestErasureGoesOn(t *testing.T) {
	bus, x := fill(t, shelf()...)
	publish(t, bus, secret("Bxtitel", "Dxtext", "Fqname").record(t))
	catchUp(t, x, bus)
	err := x.w.in(t.Context(), func() { // as it is between the two transactions of an erasure
		old, _ := x.w.known(secret("", "", "").record(t).ID)
		x.w.remove(old)
		x.w.setMeta(metaPurge, "due")
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	y := openIndex(t, x.path)
	catchUp(t, y, bus)
	for _, word := range []string{"bxtitel", "dxtext", "fqname"} {
		if inFile(t, x.path, word) {
			t.Errorf("%q is still in the file", word)
		}
	}
	var left string
	if y.w.one("SELECT value FROM meta WHERE name = ?", []any{metaPurge}, &left) {
		t.Error("the file still says that something is to be overwritten")
	}
}

// inFile reports whether a word stands in the file or its log, in any case.
func inFile(t *testing.T, path, word string) bool {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ToLower(b), []byte(word)) {
			return true
		}
	}
	return false
}
