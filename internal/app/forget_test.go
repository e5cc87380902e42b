package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestForget erases a release that has two revisions: its sentences are nowhere in the files any more, the store is whole, subscribers are
// told without being told what, and no crawl brings it back, while all others stay.
func TestForget(t *testing.T) {
	site, _, dir := serveSite(t, nil)
	data := t.TempDir()
	do := func(args ...string) string {
		t.Helper()
		code, out, errs := run(t.Context(), append([]string{"--data", data, "--sources", dir}, args...)...)
		if code != ExitOK {
			t.Fatalf("%v: exit code %d\n%s%s", args, code, out, errs)
		}
		return out
	}
	do("crawl")
	if err := site.Correct(demoCorrect); err != nil {
		t.Fatal(err)
	}
	do("crawl")
	var target *schemas.Release
	events(t, data, func(e *schemas.Event) {
		if strings.Contains(e.Release.URL, demoCorrect) {
			target = e.Release
		}
	})
	title := target.Title
	if !inFiles(t, data, title) {
		t.Fatalf("%q is not in the files: the test looks for the wrong thing", title)
	}
	sentence := target.Text[strings.LastIndex(target.Text, "\n")+1:]
	if len(sentence) < 40 || !inFiles(t, data, sentence) {
		t.Fatalf("%q is not in the files: the test looks for the wrong thing", sentence)
	}
	if out := do("forget", target.ID, "--dry-run"); !strings.Contains(out, "would be erased") || !inFiles(t, data, sentence) {
		t.Fatalf("dry run: %s", out)
	}
	// two events, two snapshots
	if out := do("forget", target.URL, "--reason", "Antrag"); !strings.Contains(out, "erased: 4 messages") {
		t.Errorf("forget said %s", out)
	}
	for _, text := range []string{sentence, title} { // the title was in the state of its page and in that of the list, too
		if inFiles(t, data, text) {
			t.Errorf("%q is still in the files", text)
		}
	}
	if out := do("verify"); !strings.Contains(out, " 0 damages") {
		t.Errorf("verify:\n%s", out)
	}
	do("crawl", "--all")
	seen := 0
	events(t, data, func(e *schemas.Event) {
		if e.Subject != target.ID {
			return
		}
		seen++
		b, err := json.Marshal(e.Release)
		if err != nil {
			t.Fatal(err)
		}
		silent := e.Release.Title == schemas.ErasedTitle && !bytes.Contains(b, []byte(demoCorrect))
		if e.Type != schemas.EventErased || e.Revision != 3 || e.Reason != "Antrag" || !silent {
			t.Errorf("%s, revision %d, because %q: %s", e.Type, e.Revision, e.Reason, b)
		}
	})
	if seen != 1 {
		t.Errorf("%d events of the release are in the feed, want the one that says it is erased", seen)
	}
	var rec schemas.Receipt
	err := json.Unmarshal([]byte(do("runs", "--event", "erased")), &rec)
	if err != nil || rec.Release != target.ID || len(rec.Erased) != 4 || rec.Erased[0].SHA256 == "" || !strings.Contains(rec.NotReached, "backups") {
		t.Errorf("receipt %+v, %v", rec, err)
	}
	if out := do("forget", target.ID); !strings.Contains(out, "erased: 0 messages") {
		t.Errorf("the second time: %s", out)
	}
	if out := do("replay", "--last", "--dry-run"); !strings.HasPrefix(out, "44 events") {
		t.Errorf("the others: %s", out)
	}
}

// TestForgetPerson finds what names a person, and wants a whole name.
func TestForgetPerson(t *testing.T) {
	_, _, dir := serveSite(t, nil)
	data := t.TempDir()
	if code, _, errs := run(t.Context(), "--data", data, "--sources", dir, "crawl"); code != ExitOK {
		t.Fatal(errs)
	}
	name, want := "", 0
	events(t, data, func(e *schemas.Event) {
		if name == "" && len(e.Release.People) > 0 && strings.Contains(e.Release.People[0].Name, " ") {
			name = e.Release.People[0].Name
		}
	})
	events(t, data, func(e *schemas.Event) {
		if strings.Contains(strings.ToLower(e.Release.Text), strings.ToLower(name)) {
			want++
		}
	})
	code, out, errs := run(t.Context(), "--data", data, "forget", "--person", name, "--dry-run")
	if code != ExitOK || want == 0 || strings.Count(out, "would be erased") != want {
		t.Errorf("%s: exit code %d, %d of %d releases\n%s%s", name, code, strings.Count(out, "\n"), want, out, errs)
	}
	wantError(t, ExitUsage, []string{"want the whole name"}, "--data", data, "forget", "--person", "Muster")
	wantError(t, ExitUsage, []string{"forget wants releases"}, "--data", data, "forget")
}

// events gives every event of a store.
func events(t *testing.T, data string, fn func(*schemas.Event)) {
	t.Helper()
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: data}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	if _, err := bus.Replay(t.Context(), publisher.Filter{}, func(e *schemas.Event) error { fn(e); return nil }); err != nil {
		t.Fatal(err)
	}
}

// inFiles reports whether a text stands in any file below dir, as it is or as JSON writes it.
func inFiles(t *testing.T, dir, text string) bool {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	quoted = quoted[1 : len(quoted)-1]
	found := false
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // of a server that runs
			return nil
		}
		found = found || bytes.Contains(b, []byte(text)) || bytes.Contains(b, quoted)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestSpeaksOf: a name is found wherever a release has it.
func TestSpeaksOf(t *testing.T) {
	const name = "Erika Muster"
	for where, r := range map[string]schemas.Release{
		"title":      {Title: "Erika Muster geht"},
		"kicker":     {Kicker: "ERIKA MUSTER"},
		"lead":       {Lead: "Frau Erika Muster"},
		"text":       {Text: "dankte Erika Musters Team"},
		"credit":     {Credits: []schemas.Credit{{Raw: "Foto: Erika Muster"}}},
		"alt":        {Images: []schemas.Image{{Alt: "Porträt Erika Muster"}}},
		"caption":    {Images: []schemas.Image{{Caption: "Erika Muster (links)"}}},
		"attachment": {Attachments: []schemas.Attachment{{Title: "Rede von Erika Muster"}}},
		"people":     {People: []schemas.Person{{Name: name}}},
		"contact":    {Contact: &schemas.Contact{Name: name}},
	} {
		if !speaksOf(&r, name) {
			t.Errorf("not found: %s", where)
		}
	}
	if speaksOf(&schemas.Release{Text: "Erika geht, Muster bleibt"}, name) {
		t.Error("found where it is not")
	}
}
