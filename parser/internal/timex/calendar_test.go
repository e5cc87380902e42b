package timex

import "testing"

// Dates of Easter as the churches announced them.
func TestEaster(t *testing.T) {
	for y, want := range map[int]string{
		1818: "1818-03-22", 1943: "1943-04-25", 1981: "1981-04-19", 1994: "1994-04-03", 2000: "2000-04-23",
		2008: "2008-03-23", 2011: "2011-04-24", 2019: "2019-04-21", 2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2038: "2038-04-25",
	} {
		if got := iso(easter(y)); got != want {
			t.Errorf("Easter %d: %s, want %s", y, got, want)
		}
	}
}

func TestAdvent(t *testing.T) {
	for _, x := range []struct {
		n, year int
		want    string
	}{{1, 2023, "2023-12-03"}, {4, 2023, "2023-12-24"}, {1, 2022, "2022-11-27"}, {4, 2022, "2022-12-18"}, {2, 2024, "2024-12-08"}, {3, 2025, "2025-12-14"}} {
		if got := iso(advent(x.n)(x.year)); got != x.want {
			t.Errorf("Advent %d of %d: %s, want %s", x.n, x.year, got, x.want)
		}
	}
}

// Weeks at the turn of the year, which belong to the ISO year of their Thursday.
func TestISOWeeks(t *testing.T) {
	for _, x := range []struct {
		year, week            int
		value, from, to, then string
	}{
		{2020, 53, "2020-W53", "2020-12-28", "2021-01-03", "2020-W53-WE"},
		{2021, 1, "2021-W01", "2021-01-04", "2021-01-10", "2021-W01-WE"},
		{2024, 1, "2024-W01", "2024-01-01", "2024-01-07", "2024-W01-WE"},
		{2025, 1, "2025-W01", "2024-12-30", "2025-01-05", "2025-W01-WE"},
	} {
		p := isoWeek(x.year, x.week)
		if p.value != x.value || iso(p.from) != x.from || iso(p.to) != x.to {
			t.Errorf("week %d of %d: %s %s %s", x.week, x.year, p.value, iso(p.from), iso(p.to))
		}
		if w := weekendOf(p.from); w.value != x.then || iso(w.to) != x.to {
			t.Errorf("weekend of week %d of %d: %s to %s", x.week, x.year, w.value, iso(w.to))
		}
	}
}

func TestSeasonsAndParts(t *testing.T) {
	for _, x := range []struct {
		p               period
		value, from, to string
	}{
		{seasonOf(2023, "WI"), "2023-WI", "2023-12-01", "2024-02-29"},
		{seasonOf(2024, "SU"), "2024-SU", "2024-06-01", "2024-08-31"},
		{quarterOf(2024, 0), "2023-Q4", "2023-10-01", "2023-12-31"},
		{quarterOf(2024, 5), "2025-Q1", "2025-01-01", "2025-03-31"},
		{halfOf(2024, 1), "2024-H1", "2024-01-01", "2024-06-30"},
		{monthOf(2024, 13), "2025-01", "2025-01-01", "2025-01-31"},
		{monthOf(2024, 0), "2023-12", "2023-12-01", "2023-12-31"},
		{decadeOf(1994), "199", "1990-01-01", "1999-12-31"},
		{centuryOf(20), "19", "1900-01-01", "1999-12-31"},
		{centuryOf(1), "00", "0000-01-01", "0099-12-31"},
	} {
		if x.p.value != x.value || iso(x.p.from) != x.from || iso(x.p.to) != x.to {
			t.Errorf("want %s %s %s, have %s %s %s", x.value, x.from, x.to, x.p.value, iso(x.p.from), iso(x.p.to))
		}
	}
}

func TestCardinal(t *testing.T) {
	for w, want := range map[string]int{
		"eins": 1, "zwölf": 12, "siebzehn": 17, "zwanzig": 20, "einundzwanzig": 21, "neunundneunzig": 99,
		"dreißig": 30, "hundert": 100, "einhundert": 100, "zweihundertfünfzig": 250, "hundertundeins": 101, "und": -1, "undzwanzig": -1, "hundertzig": -1,
		"": -1, "kreis": -1,
	} {
		if got := cardinal(w); got != want {
			t.Errorf("%q: %d, want %d", w, got, want)
		}
	}
}
