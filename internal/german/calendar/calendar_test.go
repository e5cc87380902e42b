package calendar

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func berlin(t testing.TB) *time.Location {
	t.Helper()
	l, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestMonthsAndWeekdays(t *testing.T) {
	for word, want := range map[string]int{
		"Jänner": 1, "jan.": 1, "Jän.": 1, "FEBER": 2, "Febr.": 2, "Mrz": 3, "Mär.": 3, "MÄRZ": 3, "Maerz": 3, "Mar": 3, "mai": 5, "May": 5,
		"Juno": 6, "Sept.": 9, "Oct": 10, "Okt.": 10, "Dez.": 12, "December": 12, "Januars": 1,
		"": 0, "Sonntag": 0, "Mär-": 0, "Novemberstimmungsbericht": 0,
	} {
		n, ok := Month(word)
		if n.Number != want || ok != (want > 0) {
			t.Errorf("Month(%q) = %+v, %v", word, n, ok)
		}
	}
	for word, want := range map[string]int{"Mo": 1, "Di.": 2, "Mittwoch": 3, "Sonnabend": 6, "SO": 7, "Thu": 4, "thurs": 4, "Mai": 0} {
		if n, _ := Weekday(word); n.Number != want {
			t.Errorf("Weekday(%q) = %+v", word, n)
		}
	}
	seen := map[string]bool{}
	for _, n := range append(Months(), Weekdays()...) {
		if seen[n.Form] {
			t.Errorf("%q stands for two things", n.Form)
		}
		seen[n.Form] = true
	}
}

func TestParse(t *testing.T) {
	for value, want := range map[string]string{
		// mail dates, as they should be and as CMS write them
		"Mon, 02 Sep 2024 08:30:00 +0200":            "2024-09-02T08:30:00+02:00",
		"Mon, 02 Sep 2024 06:30:00 GMT":              "2024-09-02T08:30:00+02:00",
		"Mon, 2 Sep 24 08:30 +0200":                  "2024-09-02T08:30+02:00",
		"02 Sep 2024 08:30:00 EST":                   "2024-09-02T15:30:00+02:00",
		"Di, 14 Jan 2025 07:45:00 +0100":             "2025-01-14T07:45:00+01:00",
		"Do., 6. März 2025 10:00":                    "2025-03-06T10:00+01:00",
		"Donnerstag, den 6. Mrz. 2025, 10:00 Uhr":    "2025-03-06T10:00+01:00",
		"Fr, 10 Okt 2025 11:30:00 +0200":             "2025-10-10T11:30:00+02:00",
		"Sonnabend, 06 Dezember 2025 08:00:00 +0100": "2025-12-06T08:00:00+01:00",
		"Mi, 5. Feb 2025 10:00:00 MEZ":               "2025-02-05T10:00:00+01:00",
		"Do 12 Jän. 2023 9:05":                       "2023-01-12T09:05+01:00",
		"Thu Mar 06 10:00:00 CET 2025":               "2025-03-06T10:00:00+01:00",
		"Thu, 06-Mar-2025 10:00:00 GMT":              "2025-03-06T11:00:00+01:00",
		// the wall clock of the place, whatever the name of the zone
		"Wed, 30 Jul 2025 08:57:00 MESZ": "2025-07-30T08:57:00+02:00",
		"Wed, 30 Jul 2025 08:57:00 MEST": "2025-07-30T08:57:00+02:00",
		"Wed, 30 Jul 2025 08:57:00 CET":  "2025-07-30T08:57:00+02:00",
		"Wed, 15 Jan 2025 08:57:00 CEST": "2025-01-15T08:57:00+01:00",
		"26.10.2025 02:30 CET":           "2025-10-26T02:30+01:00",
		"26.10.2025 02:30 CEST":          "2025-10-26T02:30+02:00",
		"18.03.2025 14:20":               "2025-03-18T14:20+01:00",
		"18.03.2025 14:20:09":            "2025-03-18T14:20:09+01:00",
		"2025-07-12 10:15:00":            "2025-07-12T10:15:00+02:00",
		"2025-07-12T10:15":               "2025-07-12T10:15+02:00",
		"2025-07-12T10:15:00.250+02:00":  "2025-07-12T10:15:00+02:00",
		"2025-07-12T08:15Z":              "2025-07-12T10:15+02:00",
		"20250712T081500Z":               "2025-07-12T10:15:00+02:00",
		"20250712T0815":                  "2025-07-12T08:15+02:00",
		"20250712T2515":                  "",
		"20250712":                       "2025-07-12",
		"2025/07/12":                     "2025-07-12",
		"12.07.2025, 14.20 Uhr":          "2025-07-12T14:20+02:00",
		"March 6, 2025 3:05 PM":          "2025-03-06T15:05+01:00",
		// a day is a day
		"Mon, 02 Sep 2024 00:00:00 GMT":  "2024-09-02",
		"Sun, 01 Sep 2024 22:00:00 GMT":  "2024-09-02",
		"2024-09-02T00:00:00+02:00":      "2024-09-02",
		"2024-09-02":                     "2024-09-02",
		"12. März 2025":                  "2025-03-12",
		"Wed, 30 Jul 2025 08:57:00 XYZT": "2025-07-30",
		"Fri, 13 Feb 2026 00:30:00 CET":  "2026-02-13T00:30:00+01:00",
		"":                               "",
		"gestern":                        "",
		"31.02.2025":                     "",
		"Mo, 32 Jan 2025 10:00:00 +0100": "",
		"am 12.07.2025 im Rathaus":       "",
		"12.07.2025 bis 14.07.2025":      "",
	} {
		d, ok := Parse(value, berlin(t))
		got := ""
		if ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("Parse(%q) = %q, want %q", value, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"02.09.2024": "2024-09-02", "Düren, 2. 9. 2024": "2024-09-02", "2024-09-02": "2024-09-02", "am 2.\u00a0September\u202f2024": "2024-09-02",
		"1. Jänner 2024": "2024-01-01", "3. März 2024, geändert 04.05.2024": "2024-03-03", "12. Mrz. 2025": "2025-03-12", "12.Mrz.2025": "2025-03-12",
		"10. Sept. 2025 Radweg": "2025-09-10", "07.11.25": "2025-11-07", "07.11.25 | Kreis": "2025-11-07", "7. Nov. '25": "2025-11-07", "03.04.98": "1998-04-03",
		"Mrz 12 2025": "2025-03-12", "12 Okt 2025": "2025-10-12", "Veröffentlicht: Freitag, 07. November 2025 Kita": "2025-11-07",
		"12.03.2025, 14:20 Uhr": "2025-03-12T14:20+01:00", "12. Juni 2025 um 9.05 Uhr": "2025-06-12T09:05+02:00", "12.03.2025 | 14:20": "2025-03-12T14:20+01:00",
		"Bilanz 1.1.24 – 31.12.24, Meldung vom 07.11.2025": "2025-11-07", // a whole year says more
		"21/10/2025": "2025-10-21", "10/31/2025": "2025-10-31", "21-10-2025": "2025-10-21", "2025.10.21": "2025-10-21",
		"12. März 14 Uhr": "", "12. März 10:30 Uhr": "", "12. März 10, 11 und 12 Uhr": "", "12. März 20 neue Stellen": "",
		"31.02.2024": "", "": "", "Tel. 02421 22.10.1234567": "", "112.9.2024": "", "2.9.": "", "Nr. 12/2024": "", "99.99.9999": "",
		"Version 2.10.24.7": "", "10.11.12.13": "", "vorgestern": "", "Az. 4711-12-03-20255": "",
	} {
		d, ok := Find(text, berlin(t))
		got := ""
		if ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("Find(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzFind: any text is read without a panic, and what is read is read again from its own spelling.
func FuzzFind(f *testing.F) {
	f.Add("Do., 6. März 2025 10:00 Uhr")
	f.Add("Thu, 26 Oct 2025 02:30:00 CET")
	f.Add("\u00ad1\u200b.1.'25 3:05 pm")
	zone := berlin(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(string, *time.Location) (Date, bool){Find, Parse} {
			d, ok := read(text, zone)
			if !ok {
				continue
			}
			if again, ok := Parse(d.String(), zone); !ok || again.String() != d.String() {
				t.Errorf("%q is read as %s, that as %s (%v)", text, d, again, ok)
			}
		}
	})
}
