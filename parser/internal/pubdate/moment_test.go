package pubdate

import (
	"testing"
	"time"
)

func TestMachine(t *testing.T) {
	for in, want := range map[string]string{
		"2024-03-12":                           "2024-03-12",
		"2024-3-2":                             "2024-03-02",
		"20240312":                             "2024-03-12",
		"20240312T101500Z":                     "2024-03-12T11:15:00+01:00",
		"2024-03-12T10:15:30+01:00":            "2024-03-12T10:15:30+01:00",
		"2024-03-12T10:15:30+0100":             "2024-03-12T10:15:30+01:00",
		"2024-03-12T10:15:30.123Z":             "2024-03-12T11:15:30+01:00",
		"2024-03-12T10:15:46.863186+00:00":     "2024-03-12T11:15:46+01:00",
		"2024-03-12T10:15+01":                  "2024-03-12T10:15+01:00",
		"2024-03-12 10:15":                     "2024-03-12T10:15+01:00", // Berlin in winter
		"2024-07-12 10:15:00 +02:00":           "2024-07-12T10:15:00+02:00",
		"2024-07-12T10:15:00":                  "2024-07-12T10:15:00+02:00", // and in summer
		"2024-07-12T00:00:00":                  "2024-07-12",
		"2024-07-11T22:00:00Z":                 "2024-07-12", // midnight in Berlin
		"2024-01-11T23:00Z":                    "2024-01-12",
		"2024-07-12T00:00:00Z":                 "2024-07-12",
		"2024-07-11T23:07:45+00:00":            "2024-07-12T01:07:45+02:00",
		"Mon Oct 11 14:57:21 CEST 2021":        "2021-10-11T14:57:21+02:00",
		"Fri Jan 06 09:05:00 CET 2023":         "2023-01-06T09:05:00+01:00",
		"Tue, 12 Mar 2024 10:15:30 GMT":        "2024-03-12T11:15:30+01:00",
		"Sun, 19 Oct 2025 04:00":               "2025-10-19T04:00+02:00",
		"Wed, 13 Mar 2024 10:15:30 +0100":      "2024-03-13T10:15:30+01:00",
		"12.03.2024":                           "2024-03-12",
		"12.3.24":                              "2024-03-12",
		"12.03.2024 18:00":                     "2024-03-12T18:00+01:00",
		"12. März 2024, 18.30 Uhr":             "2024-03-12T18:30+01:00",
		"Dienstag, 12. März 2024 um 18 Uhr":    "2024-03-12T18:00+01:00",
		"12.03.2024 | 14:10":                   "2024-03-12T14:10+01:00",
		"12. Mrz. 2024":                        "2024-03-12",
		"Dezember 29, 2021":                    "2021-12-29",
		"26/12/2019":                           "2019-12-26",
		"10/31/2023":                           "2023-10-31",
		"20:34 17.04.2020":                     "2020-04-17T20:34+02:00",
		"06.01.2026 - 14:02 MEZ":               "2026-01-06T14:02+01:00",
		"11/01/2023 12:43:42":                  "",
		"31.02.2024":                           "",
		"2024-13-01":                           "",
		"12.03.2024 bis 14.03.2024":            "",
		"gestern":                              "",
		"":                                     "",
		"3.2024":                               "",
		"Version 1.12.03.2024":                 "",
		"/2024-03-12/":                         "",
		"112.03.2024":                          "",
		"2024-03-123":                          "",
		"Tue Mar 12 10:15:30 CET 2024 oder so": "",
	} {
		m, ok := machine(in)
		got := ""
		if ok {
			got = m.value()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	s := "Am 12. März 2024, 18 Uhr, nicht am 31.02.2024, sondern bis 14.03.2024; Az. 12.03.99.2024"
	var got []string
	for _, f := range find(s, 9) {
		got = append(got, f.value()+"|"+s[f.start:f.end])
	}
	want := []string{"2024-03-12T18:00+01:00|12. März 2024, 18 Uhr", "2024-03-14|14.03.2024"}
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The clock of Berlin skips an hour in March and repeats one in October; neither may change the day.
func TestBerlinChangesItsClocks(t *testing.T) {
	for in, want := range map[string]string{
		"31.03.2024, 02:30 Uhr": "2024-03-31T03:30+02:00",
		"27.10.2024, 02:30 Uhr": "2024-10-27T02:30+02:00",
	} {
		if m, ok := machine(in); !ok || m.value()[:16] != want[:16] || m.day().Format(time.DateOnly) != want[:10] {
			t.Errorf("%q: got %q, want %q", in, m.value(), want)
		}
	}
}

func FuzzMachine(f *testing.F) {
	for _, s := range []string{"2024-03-12T10:15+01", "12. März 2024 um 18", "Mon Oct 11 14:57:21 GMT+02 2021", "20:34 17.04.2020", "+99:99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if m, ok := machine(s); ok {
			if _, err := time.Parse(time.DateOnly, m.value()[:10]); err != nil {
				t.Errorf("%q: %v", s, err)
			}
		}
		last := 0
		for _, x := range find(s, 5) {
			if x.start < last || x.end > len(s) || x.start >= x.end {
				t.Errorf("%q: span %d–%d after %d", s, x.start, x.end, last)
			}
			last = x.end
		}
	})
}
