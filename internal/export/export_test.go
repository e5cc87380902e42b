package export_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestSameBytes: a feed is the same file whenever it is exported.
func TestSameBytes(t *testing.T) {
	events := append(examples(t), hostile(t)...)
	for _, f := range export.Formats() {
		one, two := write(t, f.Name, export.Filter{}, export.Options{}, events...), write(t, f.Name, export.Filter{}, export.Options{}, events...)
		if !bytes.Equal(one, two) || len(one) == 0 {
			t.Errorf("%s: %d and %d bytes that differ", f.Name, len(one), len(two))
		}
	}
}

// TestErasedNeverAppears, in no format and however it is asked for; withdrawn ones appear where the format says that they are, or when asked.
func TestErasedNeverAppears(t *testing.T) {
	events := examples(t)
	for _, f := range export.Formats() {
		if f.Name == "parquet" || f.Name == "sqlite" || f.Name == "warc" || f.Name == "wacz" { // not to be read with a search: tests of their own
			continue
		}
		for _, filter := range []export.Filter{{}, {Withdrawn: true}, {History: !f.Newest, Withdrawn: true}} {
			out := string(write(t, f.Name, filter, export.Options{}, events...))
			if strings.Contains(out, events[5].Release.ID) {
				t.Errorf("%s: the erased release is in it", f.Name)
			}
			if want := f.Tombstones || filter.Withdrawn; strings.Contains(out, events[4].Release.ID) != want {
				t.Errorf("%s: withdrawn release in it: %v, want %v", f.Name, !want, want)
			}
		}
	}
	for _, filter := range []export.Filter{{Type: "erased"}, {Type: schemas.EventErased}} {
		_, err := export.Run(t.Context(), &feed{events, nil}, filter, export.Find("csv"), export.Options{}, io.Discard)
		if schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("type erased: %v", err)
		}
	}
}

// TestCount counts what Run writes.
func TestCount(t *testing.T) {
	events := append(examples(t), hostile(t)...)
	for _, f := range export.Formats() {
		for _, filter := range []export.Filter{{}, {From: "2026-03-04", To: "2026-03-04"}, {Speaker: "Österholt"}, {Withdrawn: true}} {
			n, err := export.Count(t.Context(), &feed{events, nil}, filter, &f)
			if err != nil {
				t.Fatal(err)
			}
			m, err := export.Run(t.Context(), &feed{events, pagesOf(events)}, filter, &f, export.Options{Temp: t.TempDir()}, io.Discard)
			if err != nil || n != m {
				t.Errorf("%s %+v: counted %d, written %d: %v", f.Name, filter, n, m, err)
			}
		}
	}
}

// TestInterrupted: whatever a format is doing, it ends when its context does.
func TestInterrupted(t *testing.T) {
	events := examples(t)
	for _, f := range export.Formats() {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := export.Run(ctx, &feed{events, pagesOf(events)}, export.Filter{}, &f, export.Options{Temp: t.TempDir()}, io.Discard)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// full is a writer that takes n bytes.
type full struct{ n int }

var errFull = errors.New("no room")

func (f *full) Write(b []byte) (int, error) {
	if f.n -= len(b); f.n < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// TestNoRoom: every format says so when it cannot write, at its beginning, in the middle and at its end.
func TestNoRoom(t *testing.T) {
	events := examples(t)
	for _, f := range export.Formats() {
		whole := len(write(t, f.Name, export.Filter{}, export.Options{}, events...))
		for _, room := range []int{0, whole / 2, whole - 1} {
			_, err := export.Run(t.Context(), &feed{events, pagesOf(events)}, export.Filter{}, &f, export.Options{Temp: t.TempDir()}, &full{room})
			if !errors.Is(err, errFull) {
				t.Errorf("%s, %d of %d bytes: %v", f.Name, room, whole, err)
			}
		}
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]string{
		"a.csv": "csv", "b/März.PARQUET": "parquet", "x.warc.gz": "warc", "x.jsonl": "jsonl", "x.ninjs.jsonl": "ninjs", "x.ninjs1.jsonl": "ninjs1",
		"x.jsonld": "jsonld", "x.html": "html", "x.wacz": "wacz", "x.gz": "", "csv": "",
	} {
		got := ""
		if f := export.FormatOf(name); f != nil {
			got = f.Name
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
