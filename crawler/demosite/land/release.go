package land

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"
)

//go:embed releases.txt
var texts string

// Now is the day on which the Land stands still.
var Now = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)

// release is one release as the templates show it.
type release struct {
	Title, Lead, Town string
	Paras             []string
	Href              string
	Day, Long, ISO    string
	N                 int

	date time.Time
	file bool
}

var (
	towns  = []string{"Wiesenbach", "Tannrode", "Steinfeld an der Aue", "Lindenhorst", "Erlbach", "Hasselrode", "Mühlenthal", "Grünau", "Kaltenborn", "Rosenow"}
	women  = []string{"Katrin Albers", "Dr. Sabine Wehner", "Petra Lohmann", "Anneke Brandt", "Jutta Reimers", "Monika Sailer"}
	men    = []string{"Torsten Hille", "Jens Quandt", "Dr. Matthias Rohde", "Uwe Kappel", "Florian Stengel", "Henning Vogt"}
	months = []string{"", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
)

// stories are the texts of releases.txt.
func stories() (all [][]string) {
	for line := range strings.Lines(texts) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "##"): // what the file is
		case strings.HasPrefix(line, "# "):
			all = append(all, []string{line[2:]})
		case len(all) > 0:
			all[len(all)-1] = append(all[len(all)-1], line)
		}
	}
	return all
}

// publish writes the site's releases: each story once, in an order and a rhythm of the site's own.
func (s *Site) publish(all [][]string) {
	seed := hash(s.ID)
	every := 3 + seed%5
	for i := range s.count {
		st := all[(i*7+seed)%len(all)]
		fill := strings.NewReplacer("{kreis}", s.Name, "{ort}", towns[(seed+i)%len(towns)], "{frau}", women[(seed+i)%len(women)], "{herr}", men[(seed+2*i)%len(men)])
		r := &release{Title: fill.Replace(st[0]), Lead: fill.Replace(st[1]), Town: towns[(seed+i)%len(towns)], N: 4200 + seed%300 - i*3}
		for _, p := range st[2:] {
			r.Paras = append(r.Paras, fill.Replace(p))
		}
		r.on(Now.AddDate(0, 0, -2-i*every))
		r.Href = s.expand(s.release, r)
		s.releases = append(s.releases, r)
	}
}

// on dates a release.
func (r *release) on(t time.Time) {
	r.date, r.ISO, r.Day = t, t.Format("2006-01-02"), t.Format("02.01.2006")
	r.Long = fmt.Sprintf("%d. %s %d", t.Day(), months[t.Month()], t.Year())
}

// expand fills the form of an address.
func (s *Site) expand(form string, r *release) string {
	n := strconv.Itoa(r.N)
	return strings.NewReplacer(
		"{yyyy}", r.date.Format("2006"), "{mm}", r.date.Format("01"), "{slug}", slug(r.Title, "-"), "{slug+}", slug(r.Title, "+"), "{n}", n,
		"{n6}", strconv.Itoa(100000+r.N*7), "{n7}", strconv.Itoa(3000000+hash(s.ID)%1000*1000+r.N), "{n9}", "90000"+n, "{hash}", fmt.Sprintf("%08x", hash(n+s.ID)),
	).Replace(form)
}

func slug(title, between string) string {
	title = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(title))
	words := strings.FieldsFunc(title, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words[:min(len(words), 7)], between)
}

func hash(text string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text))
	return int(h.Sum32() % 99991)
}
