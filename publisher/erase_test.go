package publisher

import (
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestEraseInterrupted: an erasure that died after it was announced is neither damage nor forgotten: the next one ends it.
func TestEraseInterrupted(t *testing.T) {
	dir := t.TempDir()
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	s := testSnapshot(1, "Seite")
	if _, err := b.Append(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"erste Fassung", "zweite Fassung", "dritte Fassung"} {
		if _, _, err := publishRelease(t.Context(), b, testRelease(s, text)); err != nil {
			t.Fatal(err)
		}
	}
	fillNumbered(t, b, 10, 5)
	rel := testRelease(s, "x")
	list, err := b.erasable(t.Context(), rel.Source, rel.ID, []string{schemas.PageID(s.Source.ID, s.URL)})
	if err != nil || len(list) != 3 {
		t.Fatalf("%v, %v, want two events and a snapshot", list, err)
	}
	if err := b.announce(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	if err := b.eraseOne(t.Context(), list[0]); err != nil { // and here the process dies
		t.Fatal(err)
	}
	b.Close()

	b = openTest(t, func(c *Config) { c.DataDir = dir })
	done, err := b.Erase(t.Context(), rel.Source, rel.ID, nil)
	if err != nil || len(done) != 3 {
		t.Errorf("%v, %v, want the three that were announced", done, err)
	}
	if _, err := b.Mark(t.Context()); err != nil {
		t.Error(err)
	}
	if n := whole(t, b); n != 1+5 {
		t.Errorf("%d events, want the newest one and those of others", n)
	}
	again, err := b.Erase(t.Context(), rel.Source, rel.ID, nil)
	if err != nil || len(again) != 0 {
		t.Errorf("the second time %v, %v", again, err)
	}
	b.Close()
	openTest(t, func(c *Config) { c.DataDir = dir }) // and it is no damage
}

// TestEraseCounted: a message that is missing beyond those that were erased is damage as before.
func TestEraseCounted(t *testing.T) {
	dir := t.TempDir()
	b := openTest(t, func(c *Config) { c.DataDir = dir })
	fillNumbered(t, b, 0, 6)
	s := testSnapshot(0, "Seite 0")
	rel := testRelease(s, "x")
	if _, err := b.Erase(t.Context(), rel.Source, rel.ID, []string{schemas.PageID(s.Source.ID, s.URL)}); err != nil {
		t.Fatal(err)
	}
	press, err := b.stream(t.Context(), schemas.StreamPress)
	if err != nil {
		t.Fatal(err)
	}
	if err := press.DeleteMsg(t.Context(), 3); err != nil { // by nobody's order
		t.Fatal(err)
	}
	b.Close()
	_, err = Open(t.Context(), Config{DataDir: dir}, testLog(t))
	wantKind(t, err, schemas.KindStorage, "1 of 6 messages are missing")
}
