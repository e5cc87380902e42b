package demosite

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
)

func articles(t *testing.T) []*article {
	t.Helper()
	all, err := readArticles()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestContentIsEnoughAndVaried(t *testing.T) {
	families, years, forms := map[Family]int{}, map[int]int{}, map[string]int{}
	for _, a := range articles(t) {
		families[a.family]++
		years[a.date.Year()]++
		d, err := readBody(a, a.lead, a.body)
		if err != nil {
			t.Fatal(err)
		}
		for _, img := range d.images {
			forms[img.Form]++
		}
		if a.contact == nil {
			t.Errorf("%s: no press contact", a.id)
		}
		if n := len(d.blocks); n < 4 {
			t.Errorf("%s: only %d blocks", a.id, n)
		}
	}
	for _, f := range []Family{Sitepark, TYPO3, Plain} {
		if families[f] < perPage+1 {
			t.Errorf("%d releases of %s, want more than one page of a listing", families[f], f)
		}
	}
	for y := 2024; y <= 2026; y++ {
		if years[y] == 0 {
			t.Errorf("no release of %d", y)
		}
	}
	for _, f := range CreditForms {
		if forms[f] == 0 {
			t.Errorf("no image shows its credit in the form %q", f)
		}
	}
}

// TestEveryShapeOfMarks holds the shapes of quotation marks the site is meant to show.
func TestEveryShapeOfMarks(t *testing.T) {
	shapes := map[string]*regexp.Regexp{
		"„…“": regexp.MustCompile(`„[^“”"]+“`), "„…”": regexp.MustCompile(`„[^“"]+”`), `„…"`: regexp.MustCompile(`„[^“”"]+"`),
		`"…"`: regexp.MustCompile(`"[^“”"]+"`), `"…“`: regexp.MustCompile(`"[^“”"]+“`), `"…”`: regexp.MustCompile(`"[^“”"]+”`),
		"“…”": regexp.MustCompile(`“[^“”"]+”`), "»…«": regexp.MustCompile(`»[^«]+«`), "« … »": regexp.MustCompile(`«\{_}[^»]+\{_}»`),
		"‚…‘": regexp.MustCompile(`‚[^‘]+‘`), "‹…›": regexp.MustCompile(`‹[^›]+›`), "'…'": regexp.MustCompile(`'[^']+'`),
		",,…''": regexp.MustCompile(`,,[^']+''`), "<q>": regexp.MustCompile(`\{q}[^{]+\{/q}`),
		"nested ‚…‘ in „…“": regexp.MustCompile(`„[^“]*‚[^‘]+‘[^“]*“`), "nested ›…‹ in »…«": regexp.MustCompile(`»[^«]*›[^‹]+‹[^«]*«`),
	}
	var all strings.Builder
	for _, a := range articles(t) {
		all.WriteString(a.body + "\n")
	}
	for name, re := range shapes {
		if !re.MatchString(all.String()) {
			t.Errorf("no release has marks of the shape %s", name)
		}
	}
}

// TestEveryMarkedSpanIsJudged makes sure that the truth is complete: nothing in quotation marks stands outside an annotation.
func TestEveryMarkedSpanIsJudged(t *testing.T) {
	around := regexp.MustCompile(`(„|‚|"|\{q})?@(”|“|‘|"|\{/q})?`)
	for _, a := range articles(t) {
		for _, text := range []string{a.lead, a.body} {
			rest := around.ReplaceAllString(marked.ReplaceAllString(text, "@"), "")
			if i := strings.IndexAny(rest, "„“”»«‹›‚‘\""); i >= 0 {
				t.Errorf("%s: a marked span is not annotated: …%s", a.id, strings.ToValidUTF8(rest[max(0, i-30):min(len(rest), i+40)], ""))
			}
		}
	}
}

// TestDatesAreOfTheCalendar checks offsets against the zone and every full date with a weekday against the calendar.
func TestDatesAreOfTheCalendar(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	months := strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
	weekdays := strings.Fields("Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag")
	full := regexp.MustCompile(`(` + strings.Join(weekdays, "|") + `), (\d+)\. (` + strings.Join(months, "|") + `)(?: (\d{4}))?`)
	last := time.Date(2026, 11, 30, 0, 0, 0, 0, berlin)
	found := 0
	for _, a := range articles(t) {
		_, want := a.date.In(berlin).Zone()
		if _, got := a.date.Zone(); got != want {
			t.Errorf("%s: offset of %v is not that of Berlin", a.id, a.date)
		}
		if a.date.After(last) {
			t.Errorf("%s: dated %v", a.id, a.date)
		}
		if d := a.date.Weekday(); d == time.Saturday || d == time.Sunday {
			t.Errorf("%s: published on a %v", a.id, d)
		}
		for _, m := range full.FindAllStringSubmatch(plainText(a.lead+" "+a.body), -1) {
			found++
			year := m[4]
			if year == "" {
				year = a.date.Format("2006")
			}
			month := 0
			for i, name := range months {
				if name == m[3] {
					month = i + 1
				}
			}
			day, err := time.Parse("2006-1-2", year+"-"+strconv.Itoa(month)+"-"+m[2])
			if err != nil {
				t.Errorf("%s: %s: %v", a.id, m[0], err)
			} else if weekdays[day.Weekday()] != m[1] {
				t.Errorf("%s: %q is a %s", a.id, m[0], weekdays[day.Weekday()])
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d dates with a weekday found: does the pattern still fit?", found)
	}
}

func TestParseArticleIsStrict(t *testing.T) {
	const head = "family: plain\ndate: 2024-03-12T16:00+01:00\ntitle: T\n"
	tests := []struct{ name, src, want string }{
		{"good", head + "---\nText", ""},
		{"no body line", head, `no line "---"`},
		{"no title", "family: plain\ndate: 2024-03-12T16:00+01:00\n---\nText", "are needed"},
		{"unknown key", head + "titel: X\n---\nText", `line 4: unknown key "titel"`},
		{"unknown family", "family: drupal\n---\nText", `unknown family "drupal"`},
		{"bad date", "date: 12.3.2024\n---\nText", "line 1: parsing time"},
		{"not key value", "family plain\n---\nText", "line 1: not key: value"},
		{"half a person", head + "person: H | Anna\n---\nText", "want KEY | name | roles"},
		{"correction of nothing", head + "correct: a => b\n---\nText", "does not stand in the body"},
		{"correction in two places", head + "correct: T => b\n---\nT T", "exactly once"},
		{"encoding", head + "encoding: latin-9\n---\nText", `unknown encoding "latin-9"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseArticle("x", tt.src)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestMarkedDatesAreTIMEX3(t *testing.T) {
	forms := map[string]*regexp.Regexp{
		"DATE":     regexp.MustCompile(`^\d{3}(\d(-(\d\d(-\d\d)?|W\d\d|Q[1-4]|SP|SU|FA|WI))?)?$`),
		"TIME":     regexp.MustCompile(`^\d{4}-\d\d-\d\dT(MO|MI|AF|EV|NI|\d\d:\d\d)$`),
		"DURATION": regexp.MustCompile(`^P\d+[DWMY]$`),
		"SET":      regexp.MustCompile(`^P\d+[DWMY]$`),
	}
	kinds := map[string]int{}
	for _, tr := range New().Truth() {
		for _, d := range tr.Dates {
			kinds[d.Type]++
			if re := forms[d.Type]; re == nil || !re.MatchString(d.Value) {
				t.Errorf("%s: %q has type %q and value %q", tr.ID, d.Text, d.Type, d.Value)
			}
		}
	}
	for kind := range forms {
		if kinds[kind] == 0 {
			t.Errorf("no expression of type %s is marked", kind)
		}
	}
}

func TestReadBodyIsStrict(t *testing.T) {
	a := &article{id: "x", family: Plain, speakers: map[string]speaker{"H": {name: "Anna Probst"}}}
	tests := []struct{ name, src, want string }{
		{"good", "[[H „Ja“]], sagte sie.\n\n[[+ „Nein“]]", ""},
		{"unknown key", "[[X „Ja“]]", `block 1: no person or org has the key "X"`},
		{"half", "Text\n\n[[H „Ja“", "block 2: half an annotation"},
		{"span of nothing", "[[+ „Ja“]]", "without a quote before it"},
		{"date", "[[@DATE heute]]", "want @TYPE:VALUE"},
		{"picture", "!image a.jpg | caption", "want FILE | FORM"},
		{"form", "!image a.jpg | neon | C | Foto: | X", `unknown form "neon"`},
		{"form of another family", "!image a.jpg | zoom | C | Foto: | X", "only for sitepark"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readBody(a, "", tt.src)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// TestTruthOfOnePage spells out what the annotations of one file come to.
func TestTruthOfOnePage(t *testing.T) {
	for _, tr := range New().Truth() {
		if tr.ID != "ehrenamtspreis-2026-verliehen" {
			continue
		}
		want := Quote{Kind: Direct, Speaker: "Henrik Sassenberg", Parts: []string{
			"Sie alle eint", "dass Sie nicht fragen, wer zuständig ist, sondern was zu tun ist.",
		}}
		if diff := cmp.Diff(want, tr.Quotes[0]); diff != "" {
			t.Errorf("first quote (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"Olaf Brinkhoff"}, tr.Credits); diff != "" {
			t.Errorf("credits (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"Wir machen mit", "Zum Eselsohr", "Bewegte Mittagspause"}, tr.NotSpeech); diff != "" {
			t.Errorf("not speech (-want +got):\n%s", diff)
		}
		if tr.Published != "2026-11-11" || len(tr.People) != 4 || tr.Contact.Email != "presse@kreis-ahrenfels.example" {
			t.Errorf("published %s, people %v, contact %v", tr.Published, tr.People, tr.Contact)
		}
		return
	}
	t.Fatal("the release is missing")
}
