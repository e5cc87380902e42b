package feedformat_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/feedformat"
	"github.com/kreispresse/kreispresse/schemas"
)

// calendar reads a calendar by the rules of RFC 5545: CRLF, lines of at most 75 bytes, folding, escapes. It gives the events as maps.
func calendar(t *testing.T, text string) (head map[string]string, events []map[string]string) {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || !utf8.ValidString(text) {
		t.Fatalf("%q", text)
	}
	for l := range strings.SplitSeq(text, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("line of %d bytes: %q", len(l), l)
		}
	}
	head = map[string]string{}
	into := head
	var stack []string
	for l := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			t.Fatalf("no content line: %q", l)
		}
		switch name {
		case "BEGIN":
			if stack = append(stack, value); value == "VEVENT" {
				into = map[string]string{}
				events = append(events, into)
			}
		case "END":
			if stack[len(stack)-1] != value {
				t.Fatalf("END:%s in %v", value, stack)
			}
			stack, into = stack[:len(stack)-1], head
		default:
			if into[name] != "" {
				t.Errorf("%s twice", name)
			}
			into[name] = strings.NewReplacer(`\n`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
		}
	}
	if len(stack) != 0 || head["VERSION"] != "2.0" || head["PRODID"] == "" {
		t.Errorf("%v %v", stack, head)
	}
	return head, events
}

func TestICal(t *testing.T) {
	dates := func(list ...schemas.Date) *schemas.Event {
		return event(0, func(r *schemas.Release) {
			r.Title = strings.Repeat("Öffnungszeiten, Termine; und \\ mehr ", 4)
			for _, d := range list {
				d.Start = utf8.RuneCountInString(r.Text[:strings.Index(r.Text, "3. Dezember")])
				d.End, d.Text = d.Start+11, "3. Dezember"
				r.Dates = append(r.Dates, d)
			}
		})
	}
	date := func(value, from, to string) schemas.Date {
		return schemas.Date{Type: schemas.DateDate, Value: value, From: from, To: to}
	}
	timed := func(value string) schemas.Date {
		day := value[:len(time.DateOnly)]
		return schemas.Date{Type: schemas.DateTime, Value: value, From: day, To: day}
	}
	whole := func(from, to string) map[string]string {
		return map[string]string{"DTSTART;VALUE=DATE": from, "DTEND;VALUE=DATE": to}
	}
	for name, c := range map[string]struct {
		ev   *schemas.Event
		want map[string]string // of the one event; nil: none
	}{
		"a day":            {dates(date("2026-12-03", "2026-12-03", "2026-12-03")), whole("20261203", "20261204")},
		"two days":         {dates(date("2026-12-05/2026-12-06", "2026-12-05", "2026-12-06")), whole("20261205", "20261207")},
		"a time in winter": {dates(timed("2026-12-03T18:00")), map[string]string{"DTSTART": "20261203T170000Z"}},
		"a time in summer": {dates(timed("2027-06-03T18:00")), map[string]string{"DTSTART": "20270603T160000Z"}},
		"a morning":        {dates(timed("2026-12-03TMO")), whole("20261203", "20261204")},
		"a day and a time": {dates(date("2026-12-03", "2026-12-03", "2026-12-03"), timed("2026-12-03T18:00")), map[string]string{"DTSTART": "20261203T170000Z"}},
		"twice":            {dates(date("2026-12-03", "2026-12-03", "2026-12-03"), date("2026-12-03", "2026-12-03", "2026-12-03")), whole("20261203", "20261204")},
		"the day itself":   {dates(date("2026-11-20", "2026-11-20", "2026-11-20")), nil},
		"history":          {dates(date("2019-05-01", "2019-05-01", "2019-05-01")), nil},
		"a year":           {dates(date("2027", "2027-01-01", "2027-12-31")), nil},
		"every Tuesday":    {dates(schemas.Date{Type: schemas.DateSet, Value: "XXXX-WXX-2", From: "2026-12-01", To: "2026-12-01"}), nil},
		"no day":           {dates(date("PRESENT_REF", "", "")), nil},
		"gone":             {tombstone(0), nil},
		"embargo": {event(0, func(r *schemas.Release) {
			r.Embargo = &schemas.Embargo{Until: "2026-11-25T10:00+01:00", Text: "Sperrfrist: Mittwoch, 10 Uhr"}
		}), map[string]string{"DTSTART": "20261125T090000Z"}},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			_, events := calendar(t, string(write(t, feedformat.NewICal(&b, feed, time.Time{}), &b, c.ev)))
			if c.want == nil {
				if len(events) != 0 {
					t.Errorf("%v", events)
				}
				return
			}
			if len(events) != 1 {
				t.Fatalf("%v", events)
			}
			for k, v := range c.want {
				if events[0][k] != v {
					t.Errorf("%s is %q, want %q: %v", k, events[0][k], v, events[0])
				}
			}
			e := events[0]
			if e["UID"] == "" || e["DTSTAMP"] != "20261120T093000Z" || e["SEQUENCE"] != "1" || e["SUMMARY"] == "" || !strings.HasPrefix(e["URL"], "https://") {
				t.Errorf("%v", e)
			}
		})
	}
	var b bytes.Buffer
	ev := dates(date("2026-12-03", "2026-12-03", "2026-12-03"))
	head, events := calendar(t, string(write(t, feedformat.NewICal(&b, feed, time.Time{}), &b, ev)))
	if head["NAME"] != "Kreis Musterau" || events[0]["SUMMARY"] != strings.TrimSpace(ev.Release.Title) ||
		events[0]["DESCRIPTION"] != "Die Kreisverwaltung bleibt am 3. Dezember geschlossen." {
		t.Errorf("%v %v", head, events)
	}
	b.Reset()
	if _, events := calendar(t, string(write(t, feedformat.NewICal(&b, feed, day.AddDate(0, 2, 0)), &b, ev))); len(events) != 0 {
		t.Errorf("what is over: %v", events)
	}
	b.Reset()
	bad := evil(0)
	d := date("2026-12-03\r\nX:Y", "2026-12-03", "2026-12-03")
	d.Start, d.End, d.Text = -1, 1<<30, hostile
	bad.Release.Dates = []schemas.Date{d}
	bad.Release.Published.Value = "2026-11-20"
	_, events = calendar(t, string(write(t, feedformat.NewICal(&b, feed, time.Time{}), &b, bad)))
	if len(events) != 1 || events[0]["X"] != "" || events[0]["URL"] != "" {
		t.Errorf("%v", events)
	}
}
