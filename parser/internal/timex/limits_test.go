package timex

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// filler is n sentences without a time.
func filler(n int) string { return strings.Repeat(" Der Chor sang.", n) }

// idleWords is n times a word that says nothing.
func idleWords(n int) string { return strings.Repeat("dort ", n) }

// A boundary is a pair of texts, one on either side of a number in limits.go, so that the number cannot change unnoticed: texts are
// written out, or built with a number that stands here.
type boundary struct {
	limit          string
	within, beyond string
	want, wantElse []string
	anchor         string // 2024-03-12 where empty
}

func TestReachOfDays(t *testing.T) {
	const day, evening = "20. März DATE 2024-03-20", "Abend TIME 2024-03-20TEV"
	const late, lateOpen = "18 Uhr TIME 2024-03-20T18:00", "18 Uhr TIME T18:00"
	checkBoundaries(t, []boundary{
		{
			limit: "dayReachBlocks", within: "Am 20. März ist Fest.\nAm Abend wird gegrillt.", beyond: "Am 20. März ist Fest.\nAlle kommen.\nAm Abend wird gegrillt.",
			want: []string{day, evening}, wantElse: []string{day, "Abend TIME XXXX-XX-XXTEV"},
		},
		{
			limit: "dayReachSents", within: "Am 20. März ist Fest." + filler(3) + "\nAm Abend wird gegrillt.",
			beyond: "Am 20. März ist Fest." + filler(4) + "\nAm Abend wird gegrillt.",
			want:   []string{day, evening}, wantElse: []string{day, "Abend TIME XXXX-XX-XXTEV"},
		},
		{
			limit: "dayReachSentsInBlock", within: "Am 20. März ist Fest." + filler(7) + " Am Abend wird gegrillt.",
			beyond: "Am 20. März ist Fest." + filler(8) + " Am Abend wird gegrillt.",
			want:   []string{day, evening}, wantElse: []string{day, "Abend TIME XXXX-XX-XXTEV"},
		},
		{
			limit: "clockReachBlocks", within: "Am 20. März ist Fest." + strings.Repeat("\nKuchen", 3) + "\nBeginn ist um 18 Uhr.",
			beyond: "Am 20. März ist Fest." + strings.Repeat("\nKuchen", 4) + "\nBeginn ist um 18 Uhr.",
			want:   []string{day, late}, wantElse: []string{day, lateOpen},
		},
		{
			limit: "clockReachSents", within: "Am 20. März ist Fest." + filler(9) + " Beginn ist um 18 Uhr.",
			beyond: "Am 20. März ist Fest." + filler(10) + " Beginn ist um 18 Uhr.",
			want:   []string{day, late}, wantElse: []string{day, lateOpen},
		},
		{
			limit: "clockBefore", within: "Um 8 Uhr ist " + idleWords(19) + "Probe, um 10.45 folgt der Chor.",
			beyond: "Um 8 Uhr ist " + idleWords(20) + "Probe, um 10.45 folgt der Chor.",
			want:   []string{"8 Uhr TIME T08:00", "10.45 TIME T10:45"}, wantElse: []string{"8 Uhr TIME T08:00"},
		},
		{
			limit: "clockAfterToday", within: "Heute Singen " + idleWords(9) + "17 Uhr.", beyond: "Heute Singen " + idleWords(10) + "17 Uhr.",
			want: []string{"Heute DATE 2024-03-12", "17 Uhr TIME 2024-03-12T17:00"}, wantElse: []string{"Heute DATE PRESENT_REF", "17 Uhr TIME T17:00"},
		},
		{
			limit: "growthReach", within: "Die Zahl stieg " + idleWords(10) + "auf 1950.", beyond: "Die Zahl stieg " + idleWords(11) + "auf 1950.",
			want: []string{}, wantElse: []string{"1950 DATE 1950"},
		},
		{
			limit: "gradeReach", within: "Die Noten " + idleWords(3) + "vom 1.3. bis 2.7. gelten", beyond: "Die Noten " + idleWords(4) + "vom 1.3. bis 2.7. gelten",
			want: []string{}, wantElse: []string{"1.3. DATE 2024-03-01", "2.7. DATE 2024-07-02"},
		},
		{
			limit: "gradeTokens", within: "Die Noten " + strings.Repeat("1,3 und ", 20) + "1.3. bis 2.7. gelten",
			beyond: "Die Noten " + strings.Repeat("1,3 und ", 21) + "1.3. bis 2.7. gelten",
			want:   []string{}, wantElse: []string{"2.7. DATE 2024-07-02"},
		},
		{
			limit: "dayAheadTokens", within: "Um 18 Uhr, am 20. März, ist Fest.", beyond: "Um 18 Uhr, schon am 20. März, ist Fest.",
			want: []string{late, day}, wantElse: []string{lateOpen, day},
		},
	})
}

func TestLimitsOfYears(t *testing.T) {
	checkBoundaries(t, []boundary{
		{limit: "firstYear", within: "Das war im Jahr 1000.", beyond: "Das war im Jahr 999.", want: []string{"Jahr 1000 DATE 1000"}, wantElse: []string{}},
		{
			limit: "lastYear", within: "Das wird im Jahr 2100 sein.", beyond: "Das wird im Jahr 2101 sein.", want: []string{"Jahr 2100 DATE 2100"},
			wantElse: []string{},
		},
		{
			limit: "earlyYear, as a quantity", within: "Es waren 1499 zu sehen.", beyond: "Es waren 1501 zu sehen.", want: []string{},
			wantElse: []string{"1501 DATE 1501"},
		},
		{limit: "earlyYear itself", within: "Es waren 1500 zu sehen.", beyond: "Ab 1500 waren sie zu sehen.", want: []string{}, wantElse: []string{"1500 DATE 1500"}},
		{limit: "lastOfficeYear", within: "Er wurde 2049 Landrat.", beyond: "Er wurde 2051 Landrat.", want: []string{"2049 DATE 2049"}, wantElse: []string{}},
		{
			limit: "shortYearTurn", within: "Im Sommer '39 war es heiß.", beyond: "Im Sommer '40 war es heiß.",
			want: []string{"Sommer '39 DATE 2039-SU"}, wantElse: []string{"Sommer '40 DATE 1940-SU"},
		},
		{
			limit: "lastShortYear", within: "Das gilt ab 1.1.50.", beyond: "Das galt ab 1.1.51.",
			want: []string{"1.1.50 DATE 2050-01-01"}, wantElse: []string{"1.1.51 DATE 1951-01-01"},
		},
		{
			limit: "mostCenturies", within: "Das spielt im 30. Jahrhundert.", beyond: "Das spielt im 31. Jahrhundert.",
			want: []string{"30. Jahrhundert DATE 29"}, wantElse: []string{},
		},
	})
	twenties := "Die zwanziger Jahre waren golden."
	for anchor, want := range map[string]string{"2049-12-31": "192", "2050-01-01": "202"} {
		checkAt(t, "decadeGrace", twenties, anchor, []string{"Die zwanziger Jahre DATE " + want})
	}
	for decade, want := range map[string]string{"zwanziger": "202", "dreißiger": "193"} {
		checkAt(t, "lastYoungDecade", "Die "+decade+" Jahre waren golden.", "2090-01-01", []string{"Die " + decade + " Jahre DATE " + want})
	}
}

func TestLimitsOfWeekdays(t *testing.T) {
	checkBoundaries(t, []boundary{
		{
			limit: "soon", within: "Diesen Freitag wurde gefeiert.", beyond: "Diesen Samstag wurde gefeiert.",
			want: []string{"Diesen Freitag DATE 2024-03-15"}, wantElse: []string{"Diesen Samstag DATE 2024-03-09"},
		},
		{
			limit: "soonUntold", within: "Konzert am Samstag", beyond: "Konzert am Sonntag", want: []string{"Samstag DATE 2024-03-16"},
			wantElse: []string{"Sonntag DATE 2024-03-10"},
		},
	})
	for text, want := range map[string]string{
		"Montag Dienstag Mittwoch Donnerstag und 8., 9., 10. und 11. April":         "2024-04-08",
		"Montag Dienstag Mittwoch Donnerstag Freitag und 8., 9., 10. und 11. April": "2024-03-11", // the fitting day is the fifth claim
		"Montag und den Dienstag und den Mittwoch und den 8., 9. und 10. April":     "2024-04-08",
		"Montag und zum den Dienstag und den Mittwoch und den 8., 9. und 10. April": "2024-03-11", // and nine tokens away
	} {
		if _, es := find(text); len(es) == 0 || es[0].Value != want {
			t.Errorf("fittingClaims, fittingTokens: %s: %v, want %s first", text, es, want)
		}
	}
}

// TestDistance has the days on either side of each step by which the tense moves the middle.
func TestDistance(t *testing.T) {
	for _, x := range []struct {
		t    tense
		days int
		want int
	}{
		{past, 0, 0},
		{past, 1, 301},
		{past, -1, 1},
		{future, -45, 45},
		{future, -46, 460},
		{future, 1, 1},
		{present, -60, 60},
		{present, -61, 244},
		{unknown, -120, 120},
		{unknown, -121, 242},
		{unknown, 121, 121},
	} {
		if got := x.t.distance(x.days); got != x.want {
			t.Errorf("tense %d, %d days: %d, want %d", x.t, x.days, got, x.want)
		}
	}
}

func TestLimitsOfPeriods(t *testing.T) {
	for _, x := range []struct{ limit, text, anchor, want string }{
		{"futureGrace", "Im März wird gefeiert.", "2024-05-15", "2024-03"},
		{"futureGrace", "Im März wird gefeiert.", "2024-05-16", "2025-03"},
		{"periodGrace", "Feier im März", "2024-08-28", "2024-03"},
		{"periodGrace", "Feier im März", "2024-08-29", "2025-03"},
		{"periodAhead", "Feier im Oktober", "2024-01-05", "2024-10"},
		{"periodAhead", "Feier im Oktober", "2024-01-04", "2023-10"},
	} {
		d := text.New([]text.Piece{{Type: "paragraph", Text: x.text}})
		if es := Find(d, Anchor{parseDay(t, x.anchor), "published"}); len(es) != 1 || es[0].Value != x.want {
			t.Errorf("%s: %s seen from %s: %v, want %s", x.limit, x.text, x.anchor, show(d, es), x.want)
		}
	}
	checkBoundaries(t, []boundary{
		{
			limit: "taleReach", within: "Am 3. Mai 1950 begann es. Man sang. Im Juli wurde gebaut.",
			beyond: "Am 3. Mai 1950 begann es. Man sang. Man aß. Im Juli wurde gebaut.",
			want:   []string{"3. Mai 1950 DATE 1950-05-03", "Juli DATE 1950-07"}, wantElse: []string{"3. Mai 1950 DATE 1950-05-03", "Juli DATE 2023-07"},
		},
	})
	// The weekday decides between years that are near: 6 February is a Thursday in 2025, 329 days after 14 March 2024.
	checkAt(t, "weekdayReach", "Am Donnerstag, 6. Februar, ist Fest.", "2024-03-14", []string{"Donnerstag, 6. Februar DATE 2025-02-06"})
	checkAt(t, "weekdayReach", "Am Donnerstag, 6. Februar, ist Fest.", "2024-03-13", []string{"Donnerstag, 6. Februar DATE 2024-02-06 !weekday"})
}

// TestLimitsOfTense has, for each number, a sentence whose nearest cue changes when it is one smaller, and one when it is one greater. They
// are found by trying, and no good German.
func TestLimitsOfTense(t *testing.T) {
	today, now := []string{"heute DATE 2024-03-12"}, []string{"heute DATE PRESENT_REF"}
	checkBoundaries(t, []boundary{
		{
			limit: "cueReach", within: "Getagt wurde " + idleWords(38) + "am 20. Dezember.", beyond: "Getagt wurde " + idleWords(39) + "am 20. Dezember.",
			want: []string{"20. Dezember DATE 2023-12-20"}, wantElse: []string{"20. Dezember DATE 2024-12-20"},
		},
		{limit: "markPenalty", within: "Sagte „ heute hat.", beyond: ", tagte “ heute die hat.", want: now, wantElse: today},
		{
			limit: "clausePenalty", within: "Wurde, heute “ dass kommt.", beyond: "Sagte “ Freitag gebaut, gibt „.",
			want: now, wantElse: []string{"Freitag DATE 2024-03-15"},
		},
		{limit: "closeReport", within: "Sagte ist der heute.", beyond: "Heute “ sagte kommt.", want: today, wantElse: []string{"Heute DATE PRESENT_REF"}},
		{
			limit: "reportPenalty", within: "Gibt dort „ sagte, Freitag.", beyond: "Gibt, – 20. Dezember, sagte.",
			want: []string{"Freitag DATE 2024-03-15"}, wantElse: []string{"20. Dezember DATE 2023-12-20"},
		},
		{limit: "presentPenalty", within: "Tagte ist heute.", beyond: "Tagte der ist heute.", want: today, wantElse: now},
		{limit: "verbAfterPhrase", within: "Heute dort hat wurde.", beyond: "Wurde „ heute dort gibt.", want: []string{"Heute DATE 2024-03-12"}, wantElse: now},
		{
			limit: "auxiliaryReach", within: "Es ist heute " + idleWords(28) + "gebaut.", beyond: "Es ist heute " + idleWords(29) + "gebaut.",
			want: today, wantElse: now,
		},
		{limit: "eventReach", within: "Eröffnet “, heute.", beyond: "Eröffnet hat, “ heute.", want: today, wantElse: now},
	})
}

func TestLimitsOfVerbs(t *testing.T) {
	for w, want := range map[string]bool{"sagte": true, "note": false} {
		if got := verbTok(w).preterite(); got != want {
			t.Errorf("shortestPreterite: %s is a preterite: %v", w, got)
		}
	}
	for w, want := range map[string]bool{"gebaut": true, "geübt": true, "gelbt": false, "zugeht": false, "zugebt": false, "zugenäht": true, "zugehen": true} {
		if got := verbTok(w).participle(); got != want {
			t.Errorf("shortestParticiple, shortestStem: %s is a participle: %v", w, got)
		}
	}
}

func TestLimitsOfLists(t *testing.T) {
	list := func(n int, of func(i int) string) string {
		var s []string
		for i := range n {
			s = append(s, of(i))
		}
		return strings.Join(s, ", ")
	}
	names := strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
	months := func(n int) string { return "Im " + list(n, func(i int) string { return names[i%12] }) + " 2023" }
	clocks := func(n int) string { return "um " + list(n, func(i int) string { return "8." + two(10+i) }) + " Uhr" }
	days := func(n int) string { return "Am " + list(n, func(i int) string { return two(1+i) + "." }) + " Mai 2023" }
	for _, x := range []struct {
		limit, text string
		want        string // the value of the first expression
		n           int
	}{
		{"mostMonths", months(12), "2023-01", 12},
		{"mostMonths", months(13), "2024-01", 13},
		{"mostClocks", clocks(12), "T08:10", 12},
		{"mostClocks", clocks(13), "T08:22", 1}, // no list
		{"mostDays", days(24), "2023-05-01", 24},
		{"mostDays", days(25), "2023-05-02", 24},
	} {
		d, es := find(x.text)
		if len(es) != x.n || es[0].Value != x.want {
			t.Errorf("%s: %s: %d, want %d and %s first: %v", x.limit, x.text, len(es), x.n, x.want, show(d, es))
		}
	}
	checkBoundaries(t, []boundary{
		{
			limit: "reachOfWeak", within: "Es dauerte etwa ein gutes knappes Jahr.", beyond: "Es dauerte etwa ein gutes knappes volles Jahr.",
			want: []string{"etwa ein gutes knappes Jahr DURATION P1Y"}, wantElse: []string{"ein gutes knappes volles Jahr DURATION P1Y"},
		},
		{
			limit: "longestNumber", within: "Das war vor 1.000.000 Jahren.", beyond: "Das war vor 10.000.000 Jahren.",
			want: []string{"1.000.000 Jahren DURATION P1000000Y"}, wantElse: []string{},
		},
		{
			limit: "mostAttributes", within: "In den letzten ganzen vollen Wochen", beyond: "In den letzten ganzen vollen gesamten Wochen",
			want: []string{"den letzten ganzen vollen Wochen DURATION PXW"}, wantElse: []string{},
		},
		{
			limit: "longestReach", within: "Das war vor 3000 Tagen.", beyond: "Das war vor 3001 Tagen.",
			want: []string{"3000 Tagen DURATION P3000D 2015-12-25..2015-12-25"}, wantElse: []string{"3001 Tagen DURATION P3001D"},
		},
	})
}

func verbTok(low string) *tok {
	n := newTok(&text.Token{Span: text.Span{End: len(low)}, Text: low}, low)
	return &n
}

func checkBoundaries(t *testing.T, bs []boundary) {
	t.Helper()
	for _, b := range bs {
		checkAt(t, b.limit, b.within, b.anchor, b.want)
		checkAt(t, b.limit+" passed", b.beyond, b.anchor, b.wantElse)
	}
}

// checkAt reads a text seen from a day.
func checkAt(t *testing.T, limit, s, anchor string, want []string) {
	t.Helper()
	day := anchorDay
	if anchor != "" {
		day = parseDay(t, anchor)
	}
	var ps []text.Piece
	for _, l := range strings.Split(s, "\n") {
		ps = append(ps, text.Piece{Type: "paragraph", Text: l})
	}
	d := text.New(ps)
	if diff := cmp.Diff(want, show(d, Find(d, Anchor{day, "published"}))); diff != "" {
		t.Errorf("%s: %s\n(-want +got)\n%s", limit, s, diff)
	}
}

func parseDay(t *testing.T, s string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return day
}
