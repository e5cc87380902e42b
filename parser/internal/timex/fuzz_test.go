package timex

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// The values the package may write, by type: a part of TimeML TIMEX3.
const (
	reYear = `(?:\d{4}|XXXX)`
	reDay  = reYear + `-(?:\d\d|XX)-(?:\d\d|XX)`
	reUnit = `(?:\d+(?:\.\d+)?|X)`
)

var grammar = map[string]*regexp.Regexp{
	schemas.DateDate: regexp.MustCompile(`^(?:` + reDay + `|` + reYear + `|` + reYear + `-(?:\d\d|XX)|` + reYear + `-W(?:\d\d|XX)(?:-WE|-[1-7])?|` +
		reYear + `-(?:Q[1-4X]|H[12X]|SP|SU|FA|WI)|\d{3}|XXX|\d\d|XX|(?:PAST|PRESENT|FUTURE)_REF|\d{4}(?:-\d\d)?/\d{4}(?:-\d\d)?)$`),
	schemas.DateTime:     regexp.MustCompile(`^(?:` + reDay + `|XXXX-WXX-[1-7])?T(?:[0-2]\d:[0-5]\d|MO|MI|AF|EV|NI)$`),
	schemas.DateDuration: regexp.MustCompile(`^P(?:` + reUnit + `(?:Y|M|W|D|Q|DE|CE|WE))*(?:T(?:` + reUnit + `[HMS])+|` + `)$`),
	schemas.DateSet: regexp.MustCompile(`^(?:P` + reUnit + `(?:Y|M|W|D|Q|DE|CE)|PT` + reUnit +
		`[HMS]|XXXX-(?:W(?:XX|\d\d)-(?:[1-7]|WE|WD)|XX-XX|\d\d|SP|SU|FA|WI)(?:T(?:MO|MI|AF|EV|NI))?)$`),
}

var (
	reFreq  = regexp.MustCompile(`^(?:\d+(?:\.\d+)?X|XX)?$`)
	reQuant = regexp.MustCompile(`^(?:every)?$`)
)

// checkExprs reports what no text may ever cause.
func checkExprs(t *testing.T, d *text.Doc, es []Expr) {
	t.Helper()
	end := 0
	for _, e := range es {
		if e.Start < end || e.End <= e.Start || e.End > len(d.Text) {
			t.Fatalf("span %v after %d of %d bytes", e.Span, end, len(d.Text))
		}
		end = e.End
		if s := d.Slice(e.Span); !utf8.ValidString(s) || strings.ContainsRune(s, '\n') || strings.TrimSpace(s) != s {
			t.Fatalf("span %v is %q", e.Span, s)
		}
		re := grammar[e.Type]
		if re == nil || !re.MatchString(e.Value) {
			t.Fatalf("%q has type %q and value %q", d.Slice(e.Span), e.Type, e.Value)
		}
		if !reFreq.MatchString(e.Freq) || !reQuant.MatchString(e.Quant) || e.Rule == "" {
			t.Fatalf("%q has freq %q, quant %q, rule %q", d.Slice(e.Span), e.Freq, e.Quant, e.Rule)
		}
		checkDays(t, d, e)
	}
}

// checkDays holds From and To to the value: both or none, in order, and exactly the days a definite value covers.
func checkDays(t *testing.T, d *text.Doc, e Expr) {
	t.Helper()
	s := d.Slice(e.Span)
	if (e.From == "") != (e.To == "") {
		t.Fatalf("%q: from %q, to %q", s, e.From, e.To)
	}
	if e.From == "" {
		return
	}
	from, err1 := time.Parse(time.DateOnly, e.From)
	to, err2 := time.Parse(time.DateOnly, e.To)
	if err1 != nil || err2 != nil || to.Before(from) {
		t.Fatalf("%q: from %q, to %q", s, e.From, e.To)
	}
	if e.Type != schemas.DateDate && e.Type != schemas.DateTime {
		return
	}
	want, ok := covered(e.Value)
	if !ok {
		t.Fatalf("%q: %s has days, but no definite value", s, e.Value)
	}
	if e.Rule == "holiday" { // a feast may last longer than its first day
		want[1] = e.To
	}
	if want != [2]string{e.From, e.To} {
		t.Fatalf("%q: %s covers %v, has %s to %s", s, e.Value, want, e.From, e.To)
	}
}

// covered is an independent reading of a value: its first and its last day, by trying the calendar.
func covered(value string) (days [2]string, ok bool) {
	value, _, _ = strings.Cut(value, "T")
	try := func(layout string, years, months, day int) bool {
		t, err := time.Parse(layout, value)
		if err == nil && len(value) == len(layout) {
			days, ok = [2]string{t.Format(time.DateOnly), t.AddDate(years, months, day).AddDate(0, 0, -1).Format(time.DateOnly)}, true
		}
		return ok
	}
	if try("2006-01-02", 0, 0, 1) || try("2006-01", 0, 1, 0) || try("2006", 1, 0, 0) {
		return days, true
	}
	switch {
	case regexp.MustCompile(`^\d{3}$`).MatchString(value):
		return [2]string{value + "0-01-01", value + "9-12-31"}, true
	case regexp.MustCompile(`^\d\d$`).MatchString(value):
		return [2]string{value + "00-01-01", value + "99-12-31"}, true
	}
	if first, last, interval := strings.Cut(value, "/"); interval {
		a, ok1 := covered(first)
		b, ok2 := covered(last)
		return [2]string{a[0], b[1]}, ok1 && ok2
	}
	year, part, _ := strings.Cut(value, "-")
	start, err := time.Parse("2006", year)
	if err != nil {
		return days, false
	}
	month := map[string][2]int{"Q1": {1, 3}, "Q2": {4, 3}, "Q3": {7, 3}, "Q4": {10, 3}, "H1": {1, 6}, "H2": {7, 6}, "SP": {3, 3}, "SU": {6, 3}, "FA": {
		9,
		3,
	}, "WI": {12, 3}}[part]
	if month[0] > 0 {
		a := start.AddDate(0, month[0]-1, 0)
		return [2]string{a.Format(time.DateOnly), a.AddDate(0, month[1], -1).Format(time.DateOnly)}, true
	}
	if week, weekend := strings.CutSuffix(part, "-WE"); strings.HasPrefix(week, "W") {
		for t := start.AddDate(0, 0, -7); t.Before(start.AddDate(1, 0, 14)); t = t.AddDate(0, 0, 1) {
			y, w := t.ISOWeek()
			if t.Weekday() == time.Monday && t.Format("2006") != "" && week == isoWeekName(w) && y == start.Year() {
				if weekend {
					return [2]string{t.AddDate(0, 0, 5).Format(time.DateOnly), t.AddDate(0, 0, 6).Format(time.DateOnly)}, true
				}
				return [2]string{t.Format(time.DateOnly), t.AddDate(0, 0, 6).Format(time.DateOnly)}, true
			}
		}
	}
	return days, false
}

func isoWeekName(w int) string { return "W" + two(w) }

// seeds are sentences of the kinds press releases have, and some that try to trip the grammar.
var seeds = []string{
	"Die Sitzung findet am Dienstag, 19. März 2024, um 18.30 Uhr statt.", "Vom 28. Dezember bis einschließlich 3. Januar 2025 geschlossen.",
	"Am 3., 10. und 17. April jeweils ab 18.30 Uhr", "Mo-Fr 8-12 Uhr, Do zusätzlich 14 bis 18 Uhr",
	"Jeden ersten und dritten Montag im Monat, dienstags, zweimal jährlich",
	"Im 19. und 20. Jahrhundert, Mitte der 1990er-Jahre, Ende der Neunziger", "Seit über zehn Jahren, vor knapp zwei Wochen, in den kommenden drei Tagen",
	"Nächste Woche Dienstag, am letzten Sonntag im Juni, am Mittwoch dieser Woche", "Samstag/Sonntag, 16./17. März 2024",
	"24-Stunden-Dienst, 14-Tage-Frist, Fünf-Tage-Woche",
	"Am 29. Februar 2023 und vom 1. Oktober bis 28./29. Februar", "0. 0.0. 32.13.9999 99:99 24:00 Uhr 24:30 Uhr 1939-45 2023/24 2023-99-99",
	"heute gestern morgen früh am Abend nachts um Mitternacht",
	"KW 53, 1. KW 2021, 53. Kalenderwoche 2020, KW 0", "Ostern 1999, 2. Weihnachtsfeiertag, 4. Advent, Buß- und Bettag",
	"eine halbe Stunde, zwei Stunden und 30 Minuten, 1,5 Jahre, 2.000 Jahre",
	"ein ein ein der der der erste zweite dritte vierte 1. 2. 3. 4. 5.", "bis bis bis und und und , , , / / / – – –",
	"Ende Anfang Mitte Ende Jahres des Jahres des", "İstanbul’da 5. MÄRZ, SONNTAGmorgen und ẞ",
	"jeden jeden zweiten jeden Tag, alle alle zwei zwei Jahre im Jahr im Monat", "1.1. 1.1.1 1.1.11 1.1.1111 11.11.11, 11-11-11",
	"Stunde für Stunde, Halbjahr um Halbjahr, Tag für Tag, jedes Halbjahr, jede Sekunde, pro Quartal, je Stunde, alle 1,5 Stunden, jedes zweite Wochenende",
	"2024 2024 2024-2023 2024–2025 (2024) © 2024 §2024 2024er", "\u00a0\u202f12.\u00a0März\u00a02024\u00ad", "am 15. März in Rom; im März des Jahres 44",
}

func FuzzFind(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, int64(i*137))
	}
	f.Fuzz(func(t *testing.T, s string, days int64) {
		anchor := Anchor{Day: date(1970, 1, 1).AddDate(0, 0, int(days%40000)), Kind: "published"}
		if days%7 == 0 {
			anchor = Anchor{}
		}
		var ps []text.Piece
		for _, l := range strings.Split(s, "\n") {
			ps = append(ps, text.Piece{Type: "paragraph", Text: l})
		}
		d := text.New(ps)
		es := Find(d, anchor)
		checkExprs(t, d, es)
		if diff := cmp.Diff(es, Find(d, anchor)); diff != "" {
			t.Fatal("two readings of one text differ", diff)
		}
	})
}
