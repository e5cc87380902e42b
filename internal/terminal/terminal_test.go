package terminal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// commands are texts that would do something to a terminal or to the reading order.
var commands = []string{
	"\x1b]0;title\x07", "\x1b[2J", "\x1b[31mred", "\x00", "\x08\x08\x08", "\r", "\x0b", "\x0e", "\x7f",
	"\u0085", "\u009b31m", "\u009d0;x\u009c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069",
	"\u200e", "\u200f", "\u061c", "\x9b2J", "a\xffb",
}

func check(t *testing.T, how, in, out string) {
	t.Helper()
	for _, r := range out {
		if Commands(r) {
			t.Errorf("%s: %q → %q keeps %U", how, in, out, r)
		}
	}
	if !utf8.ValidString(out) {
		t.Errorf("%s: %q → %q is no UTF-8", how, in, out)
	}
	if utf8.RuneCountInString(in) != utf8.RuneCountInString(out) {
		t.Errorf("%s: %q → %q: other offsets", how, in, out)
	}
}

func TestSafe(t *testing.T) {
	for _, in := range commands {
		check(t, "Safe", in, Safe(in))
	}
	for _, in := range []string{"", "Kreis Ahrenfels: „Ja“, sagte sie – 100 €\n\tzweite Zeile", "\u200dZWJ", "𝄞"} {
		if got := Safe(in); got != in {
			t.Errorf("%q → %q", in, got)
		}
	}
	if got := Safe("a\x1b[2J\u202eb"); got != "a␛[2J\ufffdb" {
		t.Errorf("%q", got)
	}
}

// TestWriter cuts what is written at every byte.
func TestWriter(t *testing.T) {
	for _, in := range commands {
		for cut := 0; cut <= len(in); cut++ {
			var b bytes.Buffer
			w := NewWriter(&b)
			for _, part := range []string{"ä" + in[:cut], in[cut:] + "z"} {
				if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
					t.Fatal(n, err)
				}
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			check(t, "Writer", "ä"+in+"z", b.String())
		}
	}
}

func TestPainted(t *testing.T) {
	text := "vor " + Paint("31", "rot \x1b[32m grün") + " nach\x1b"
	want := "vor \x1b[31mrot ␛[32m grün\x1b[0m nach␛"
	for cut := 0; cut <= len(text); cut++ {
		var b bytes.Buffer
		w := NewWriter(&b)
		_, _ = w.Write([]byte(text[:cut]))
		_, _ = w.Write([]byte(text[cut:]))
		_ = w.Flush()
		if b.String() != want {
			t.Fatalf("cut at %d: %q, want %q", cut, b.String(), want)
		}
	}
}

func TestColourWriter(t *testing.T) {
	var b bytes.Buffer
	w := NewColourWriter(&b)
	_, _ = w.Write([]byte("\x1b[92mINF\x1b[0m a\x1b]0;x\x07 \x1b[2J"))
	_ = w.Flush()
	if want := "\x1b[92mINF\x1b[0m a␛]0;x␇ ␛[2J"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

func TestJSON(t *testing.T) {
	for _, in := range commands {
		if !utf8.ValidString(in) {
			continue
		}
		b, err := json.Marshal(map[string]string{"title": "ä" + in})
		if err != nil {
			t.Fatal(err)
		}
		out := JSON(b)
		for _, r := range string(out) {
			if Commands(r) {
				t.Errorf("%q keeps %U", out, r)
			}
		}
		var back map[string]string
		if err := json.Unmarshal(out, &back); err != nil || back["title"] != "ä"+in {
			t.Errorf("%q → %q, %v", in, back["title"], err)
		}
	}
}

func TestCut(t *testing.T) {
	var b bytes.Buffer
	w := Cut(&b, 10)
	for _, part := range []string{"kurz   \nüber zehn ", "Zeichen\n", "genau zehn\n"} {
		if _, err := w.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	if want := "kurz\nüber zehn…\ngenau zehn\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
	if got := Shorten(strings.Repeat("Wort ", 10), 12); got != "Wort Wort…" {
		t.Errorf("%q", got)
	}
}
