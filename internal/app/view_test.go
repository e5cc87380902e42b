package app

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestViewEvent: the columns of all events stand below each other, painted or not, and no line is wider than the terminal.
func TestViewEvent(t *testing.T) {
	release := func(title string) *schemas.Release {
		return &schemas.Release{
			Title: title, Source: schemas.Source{ID: "kreis-musterau"}, Published: &schemas.Stamp{Value: "2026-03-12"},
			Quotes: make([]schemas.Quote, 1),
		}
	}
	long := strings.Repeat("Der Kreistag berät über den Haushalt ", 5)
	for _, s := range []style{{}, {on: true}, {on: true, width: 80}, {width: 70}, {width: 120}} {
		var b bytes.Buffer
		w := terminal.NewWriter(&b)
		for _, e := range []schemas.Event{
			{Sequence: 1, Type: schemas.EventPublished, Release: release("Steg gesperrt")},
			{Sequence: 2, Type: schemas.EventCorrected, Release: release(long), Changes: []schemas.Change{
				{Field: "title", Class: schemas.ChangeTypo},
				{Field: "url", Class: schemas.ChangeURL},
			}},
			{Sequence: 12345, Type: schemas.EventWithdrawn, Release: release("Steg gesperrt"), Reason: "answers 410"},
		} {
			if err := viewEvent(w, &e, s); err != nil {
				t.Fatal(err)
			}
		}
		plain := b.String()
		for _, code := range []string{"0", "1", "2", "31", "33"} {
			plain = strings.ReplaceAll(plain, "\x1b["+code+"m", "")
		}
		if s.on == (plain == b.String()) {
			t.Errorf("%+v: painted %v", s, plain != b.String())
		}
		column := -1
		for line := range strings.Lines(plain) {
			line = strings.TrimSuffix(line, "\n")
			at := strings.Index(line, "kreis-musterau")
			if column < 0 {
				column = at
			}
			if at != column {
				t.Errorf("%+v: column %d, want %d: %q", s, at, column, line)
			}
			if n := utf8.RuneCountInString(line); s.width > 0 && n > s.width {
				t.Errorf("%+v: %d columns: %q", s, n, line)
			}
		}
		if s.width == 0 {
			for _, want := range []string{"1 quote, 0 people, 0 credits", "changed: title (typo), url", "answers 410"} {
				if !strings.Contains(plain, want) {
					t.Errorf("no %q in %q", want, plain)
				}
			}
		}
	}
}

// TestProgressWidth: a line that is written over never wraps and commands nothing else.
func TestProgressWidth(t *testing.T) {
	var b bytes.Buffer
	g := &progress{w: &b, width: 40}
	g.show("%s", "kreis-musterau: 12 of 500 pages · https://www.kreis-musterau.example/\x1b[2J"+strings.Repeat("sehr-lang-", 10))
	g.done()
	for part := range strings.SplitSeq(b.String(), "\r\x1b[K") {
		if n := utf8.RuneCountInString(part); n >= 40 || strings.Contains(part, "\x1b") {
			t.Errorf("%d columns: %q", n, part)
		}
	}
	silent := &progress{w: &b}
	b.Reset()
	silent.show("x")
	silent.done()
	if b.Len() > 0 {
		t.Errorf("prints %q where nobody looks", b.String())
	}
}
