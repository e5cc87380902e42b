package timex

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every class has a name of its own and at least one word, and what has a value says where it goes.
func TestClasses(t *testing.T) {
	seen := map[string]bool{}
	words := map[class]int{}
	for low, w := range lexicon().entries {
		if low != strings.ToLower(low) {
			t.Errorf("%q is not in lower case", low)
		}
		for c := range classCount {
			if w.is(c) {
				words[c]++
			}
		}
	}
	for c, k := range classes {
		if k.name == "" || seen[k.name] {
			t.Errorf("class %d is called %q, as another is", c, k.name)
		}
		seen[k.name] = true
		if n := words[class(c)] + len(members(class(c))); n == 0 {
			t.Errorf("no word is of class %s", k.name)
		}
		if k.parts && words[class(c)] > 0 {
			t.Errorf("%s is a class of parts and of words", k.name)
		}
	}
}

func TestLookUp(t *testing.T) {
	for _, x := range []struct {
		low  string
		c    class
		have func(*word) any
		want any
	}{
		{"jänner", month, func(w *word) any { return w.month }, 1},
		{"sonnabends", weekday, func(w *word) any { return w.weekday }, 6},
		{"do", shortDay, func(w *word) any { return w.shortDay }, 4},
		{"sept", shortMonth, func(w *word) any { return w.month }, 9},
		{"früh", dayPart, func(w *word) any { return w.part }, "MO"},
		{"herbstes", season, func(w *word) any { return w.season }, "FA"},
		{"schuljahres", unit, func(w *word) any { return w.unit }, "Y"},
		{"vergangenem", relative, func(w *word) any { return w.rel }, -1},
		{"zwölftes", ordinal, func(w *word) any { return w.ordinal }, 12},
		{"anderthalb", half, func(w *word) any { return w.half }, quantity("1.5")},
		{"übermorgen", deictic, func(w *word) any { return w.days }, 2},
		{"monatsende", edgeOf, func(w *word) any { return w.period }, "M"},
		{"tagelang", long, func(w *word) any { return w.long }, "D"},
		{"vorvorjahr", yearAgo, func(w *word) any { return w.years }, -2},
	} {
		w := lookUp(x.low)
		if !w.is(x.c) {
			t.Errorf("%s is not of class %s", x.low, classes[x.c].name)
		}
		if got := x.have(w); got != x.want {
			t.Errorf("%s: %v, want %v", x.low, got, x.want)
		}
	}
	// Abbreviations of weekdays with three letters are words, and English months no German ones.
	for _, low := range []string{"die", "mit", "son", "may", "march", ""} {
		if w := lookUp(low); w.is(shortDay) || w.is(month) {
			t.Errorf("%q is a day or a month", low)
		}
	}
}

func TestTriggers(t *testing.T) {
	for low, want := range map[string]trigger{
		"montag": strong, "freitagabend": strong, "dreitägig": strong, "zehnmal": strong, "siebzigern": strong, "kita-jahr": strong, "12h": strong,
		"zukunft": strong, "bettag": strong, "der": weak, "einer": weak, "anfang": weak, "etwa": weak, "buß": weak, "christi": weak,
		"kreis": idle, "montagscafé": idle, "deutschen": idle, "eröffnet": idle, "": idle,
	} {
		if got := verbTok(low).trigger; got != want {
			t.Errorf("%q: %d, want %d", low, got, want)
		}
	}
}

func TestPatterns(t *testing.T) {
	for _, x := range []struct {
		pattern, text string
		at, to        int // -1: no match
	}{
		{"im moment|augenblick", "im Augenblick nicht", 0, 2},
		{"im moment|augenblick", "im Kreis", 0, -1},
		{"<in zukunft", "in Zukunft", 1, 2},
		{"<in zukunft", "die Zukunft", 1, -1},
		{"die ^zukunft !der|des", "die Zukunft ist offen", 0, 2},
		{"die ^zukunft !der|des", "die Zukunft der Stadt", 0, -1},
		{"die ^zukunft", "die zukunft", 0, -1},
		{"zur zeit !-s", "zur Zeit Goethes", 0, -1},
		{"zur zeit !-s", "zur Zeit nichts", 0, 2},
		{"der? letzter ^zeit", "der letzter Zeit", 0, 3},
		{"der? letzter ^zeit", "letzter Zeit", 0, 2},
	} {
		d, _ := find(x.text)
		b := &block{d: d}
		b.read(lowered(d.Text), 0, len(d.Tokens))
		to, ok := parsePattern(strings.Fields(x.pattern)).match(b, x.at)
		if !ok {
			to = -1
		}
		if to != x.to {
			t.Errorf("%s in %q: %d, want %d", x.pattern, x.text, to, x.to)
		}
	}
}

// Offsets of the text in lower case are those of the text.
func TestLowered(t *testing.T) {
	for s, want := range map[string]string{
		"Am MÄRZ, Ümit": "am märz, ümit", "İstanbul": "İstanbul", "ẞ und \u212a": "ẞ und \u212a", "": "", "ΑΒΓ": "αβγ", "\xffA": "\xffa",
	} {
		got := lowered(s)
		if diff := cmp.Diff(want, got); diff != "" || len(got) != len(s) {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestParseHoliday(t *testing.T) {
	for s, want := range map[string]string{
		"12-24": "2024-12-24..2024-12-24", "12-25 2": "2024-12-25..2024-12-26", "easter-2": "2024-03-29..2024-03-29", "easter-2 4": "2024-03-29..2024-04-01",
		"advent+0": "2024-12-01..2024-12-01", "advent-11": "2024-11-20..2024-11-20", "nth-7-2-05": "2024-05-12..2024-05-12",
		"": "", "13-01": "", "02-30": "", "easter": "", "12-25 two": "", "christmas": "",
	} {
		got := ""
		if h, err := parseHoliday(s); err == nil {
			p := h.in(2024)
			got = iso(p.from) + ".." + iso(p.to)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func TestQuantities(t *testing.T) {
	for s, want := range map[string]quantity{
		"3": "3", "1.000": "1000", "1,5": "1.5", "2,50": "2.5", "0,5": "0.5", "007": "7", "0": "", "0,0": "", "1.50": "", "12:30": "", "1,2,3": "",
		"1,2.3": "", "1.000.000": "1000000",
	} {
		if got := digits(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
