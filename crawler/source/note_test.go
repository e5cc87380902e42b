package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestSetStatus: what is noted lies over the registry, is noted anew in the same place, and nothing else of a file is touched.
func TestSetStatus(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "own")
	below, err := Parse("m.yaml", []byte(minimal+"status: {is: unverified, date: 2026-11-25, reason: home page only}\n"))
	if err != nil {
		t.Fatal(err)
	}
	over := func() *Source {
		t.Helper()
		all, err := Overlay([]*Source{below}, dir)
		if err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	if over() != below {
		t.Error("a directory that is not there changes something")
	}
	for _, st := range []Status{{Verified, "2026-11-26", "8 releases of Kreis 'Muster'"}, {NoAnswer, "2026-11-27", "no\nanswer: 503"}} {
		if err := SetStatus(dir, "kreis-muster", st); err != nil {
			t.Fatal(err)
		}
		s := over()
		if st.Reason = strings.ReplaceAll(st.Reason, "\n", " "); s.Status != st || s.Name != below.Name || len(s.Start.Feeds) != 1 {
			t.Errorf("got %+v", s)
		}
	}
	file := filepath.Join(dir, "kreis-muster.yaml")
	if text, _ := os.ReadFile(file); !StatusOnly(text) || StatusOnly([]byte(minimal)) {
		t.Errorf("%s", text)
	}
	text := "# mein Kreis\nid: kreis-muster # bleibt\nstatus:\n  is: verified\n  date: 2026-11-26\n  reason: x\n\n" +
		"start:\n  listings: [{url: /p/, item: li}]\n---\n" +
		"id: stadt-muster\nname: Stadt\nstate: NW\nbase: https://stadt.example\nstart: {feeds: [/f]}"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"kreis-muster", "stadt-muster"} {
		if err := SetStatus(dir, id, Status{OnlyPDF, "2026-11-28", "files"}); err != nil {
			t.Fatal(err)
		}
	}
	const line = "status: {is: only PDF, date: 2026-11-28, reason: 'files'}\n"
	want := "# mein Kreis\nid: kreis-muster # bleibt\n" + line + "start:\n  listings: [{url: /p/, item: li}]\n---\n" +
		"id: stadt-muster\nname: Stadt\nstate: NW\nbase: https://stadt.example\nstart: {feeds: [/f]}\n" + line
	if got, _ := os.ReadFile(file); string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if s := over(); len(s.Start.Feeds) != 0 || len(s.Start.Listings) != 1 {
		t.Errorf("start is not said anew as a whole: %+v", s.Start)
	}
	for id, st := range map[string]Status{"../x": {Verified, "2026-11-26", "x"}, "kreis-x": {"fine", "2026-11-26", "x"}, "kreis-y": {Verified, "today", "x"}} {
		if err := SetStatus(dir, id, st); schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("%s %+v: %v", id, st, err)
		}
	}
}
