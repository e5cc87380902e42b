package publisher

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// inStore counts the files below a directory that hold a text.
func inStore(t *testing.T, dir string, text []byte) (files []string) {
	t.Helper()
	mustDo(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, text) {
			files = append(files, path[len(dir):])
		}
		return err
	}))
	return files
}

// needles are bytes as the store has them: a piece of each message of a subject.
func needles(t *testing.T, b *Bus, stream, subject string) (list [][]byte) {
	t.Helper()
	mustDo(t, b.each(t.Context(), reading{stream: stream, subject: subject, stop: true}, func(m *stored) error {
		if n := len(m.data); n > 100 {
			list = append(list, bytes.Clone(m.data[n/2:n/2+40]))
		}
		return nil
	}))
	return list
}

// TestNothingIsLeft: of an erased release nothing is in any file of the store, in none of the forms in which it was there: events, pages, a body
// in the object store, states of its page as they were week after week, and the lists that showed it. All else is as it was.
func TestNothingIsLeft(t *testing.T) {
	dir := t.TempDir()
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	fillNumbered(t, b, 100, 40)
	for n := range 200 {
		_, err := b.Pages().Put(t.Context(), testSource.ID, fmt.Sprintf("seite%d", n), schemas.PageState{URL: fmt.Sprint(n), Hints: schemas.Hints{Title: "x"}}, 0)
		mustDo(t, err)
	}
	const title = "Klagegeschrei der Qumranforscher am Ypsilonteich"
	s := testSnapshot(1, bigBody(2<<20))
	page := pageOfSnapshot(t, s)
	small := testSnapshot(1, "<p>"+title+"</p>"+bigBody(4000))
	mustAppend(t, b, small)
	mustAppend(t, b, s)
	var rel *schemas.Release
	for _, text := range []string{"erste " + title, "zweite " + title} {
		rel = testRelease(s, text)
		rel.Title = title
		_, _, err := publishRelease(t.Context(), b, rel)
		mustDo(t, err)
	}
	rev := uint64(0)
	for n := range 30 { // a page is looked at again and again
		st := schemas.PageState{URL: s.URL, Hints: schemas.Hints{Title: title}, Failures: n, Release: rel.ID}
		next, err := b.Pages().Put(t.Context(), testSource.ID, page, st, rev)
		mustDo(t, err)
		rev = next
		list := schemas.ListPage{Kind: "list", URL: "https://www.kreis-musterau.de/presse/", Body: []byte(fmt.Sprint(n, title, bigBody(3000)))}
		mustDo(t, b.Lists().Keep(t.Context(), testSource.ID, list))
	}
	const path = "/presse/klagegeschrei-am-ypsilonteich"
	for n, rev := 0, uint64(0); n < 5; n++ {
		st := schemas.HostState{LastRequest: time.Now(), Asked: []schemas.HostRequest{{Path: path, Status: 200, Millis: int64(n)}}}
		next, err := b.Hosts().Put(t.Context(), "www.kreis-musterau.de", st, rev)
		mustDo(t, err)
		rev = next
	}
	look := [][]byte{[]byte(title), []byte(path)}
	look = append(look, needles(t, b, schemas.StreamRaw, schemas.RawSubject(testSource.ID, page))...)
	look = append(look, needles(t, b, streamBodies, bodiesPrefix+"C.*")...)
	look = append(look, needles(t, b, streamSources, "$KV.press_sources."+testSource.ID+".list.*")...)
	if len(look) < 5 {
		t.Fatalf("the test looks for %d things only", len(look))
	}
	for _, n := range look {
		if len(inStore(t, dir, n)) == 0 {
			t.Fatalf("%q is nowhere: the test looks for the wrong thing", n)
		}
	}
	others := needles(t, b, schemas.StreamPress, schemas.SubjectsRelease)

	// as Line.Forget does it
	_, err := b.Pages().Put(t.Context(), testSource.ID, page, schemas.PageState{URL: s.URL, Erased: true}, rev)
	mustDo(t, err)
	cur, err := b.Current(t.Context(), testSource, rel.ID)
	mustDo(t, err)
	mustDo(t, b.Publish(t.Context(), cur, schemas.NextEvent(cur, schemas.EventErased, schemas.ErasedTombstone(cur.Release, time.Now()), time.Now())))
	mustDo(t, b.Erase(t.Context(), testSource, &schemas.Receipt{Release: rel.ID, Pages: []string{page}}))
	if left, err := b.Left(t.Context()); !left || err != nil {
		t.Errorf("nothing is left before the buckets were moved? %v", err)
	}
	for range 2 {
		if done, err := b.Compact(t.Context()); !done || err != nil {
			t.Fatalf("%v, %v", done, err)
		}
	}
	if left, err := b.Left(t.Context()); left || err != nil {
		t.Errorf("something is left, %v", err)
	}
	for _, n := range look {
		if files := inStore(t, dir, n); len(files) > 0 {
			t.Errorf("%.60q is still in %v", n, files)
		}
	}
	whole(t, b)
	if _, err := b.Mark(t.Context()); err != nil {
		t.Error(err)
	}
	n := 0
	mustDo(t, b.Pages().Each(t.Context(), testSource.ID, func(string, schemas.PageState, uint64) error { n++; return nil }))
	if now := needles(t, b, schemas.StreamPress, schemas.SubjectsRelease); n != 201 || len(now) < 40 || len(now) > len(others) {
		t.Errorf("%d pages, %d events, were %d", n, len(now), len(others))
	}
	b.Close()
	openTest(t, func(c *Config) { c.DataDir = dir })
}

// TestCompactClaims: a claim stays where it is, so that its holder does not lose it; when it has ended the rest goes.
func TestCompactClaims(t *testing.T) {
	b := openTest(t)
	rev, err := b.Sources().Put(t.Context(), "a.schedule", map[string]string{"holder": "me"}, 0)
	mustDo(t, err)
	_, err = b.Sources().Put(t.Context(), "b.line", map[string]string{"ref": "x"}, 0)
	mustDo(t, err)
	mustDo(t, b.Erase(t.Context(), testSource, &schemas.Receipt{Release: "none"}))
	for range 2 {
		if done, err := b.Compact(t.Context()); done || err != nil {
			t.Errorf("%v, %v", done, err)
		}
	}
	_, err = b.Sources().Put(t.Context(), "a.schedule", map[string]string{}, rev)
	if err != nil {
		t.Errorf("the claim is lost: %v", err)
	}
	if done, err := b.Compact(t.Context()); !done || err != nil {
		t.Errorf("%v, %v", done, err)
	}
}
