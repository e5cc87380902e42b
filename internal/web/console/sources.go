package console

import (
	"cmp"
	"encoding/csv"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/web/api"
)

// sourceList is what the page of sources shows.
type sourceList struct {
	List   []sourceRow
	Total  int
	Lands  []land
	States []string
	Text   string
	Land   string
	Health string
	Sort   string
	Sorts  []string
}

// sourceRow is a source with its chip.
type sourceRow struct {
	api.SourceStatus
	Chip string
	Runs template.HTML // the strip of its last runs; empty: none is on record
}

// runs says in words and in a drawing what the last runs came to. Letters of a later version are left out.
func (k *call) runs(letters string) template.HTML {
	counts := map[rune]int{}
	known := strings.Map(func(r rune) rune {
		if runShapes[r] == "" {
			return -1
		}
		counts[r]++
		return r
	}, letters)
	if known == "" {
		return ""
	}
	says := k.say("runs.label", "N", len(known), "Fresh", counts[health.RunFresh], "Still", counts[health.RunStill], "Failed", counts[health.RunFailed])
	return runStrip(says+"; "+k.say("runs.last", "What", k.say("ran."+known[len(known)-1:])), known)
}

// Orders of the list.
var sourceSorts = map[string]func(a, b sourceRow) int{
	"name":  func(a, b sourceRow) int { return strings.Compare(title(a), title(b)) },
	"state": func(a, b sourceRow) int { return cmp.Compare(slices.Index(shown, a.Chip), slices.Index(shown, b.Chip)) },
	"last":  func(a, b sourceRow) int { return b.LastRelease.Compare(a.LastRelease) },
	"rate":  func(a, b sourceRow) int { return cmp.Compare(b.Rhythm.PerWeek, a.Rhythm.PerWeek) },
	"live":  func(a, b sourceRow) int { return cmp.Compare(b.Counts.Live, a.Counts.Live) },
}

func title(s sourceRow) string { return cmp.Or(s.Name, s.ID) }

func (k *call) sources() error {
	all, err := k.reader.Sources(k.ctx())
	if err != nil {
		return err
	}
	q := k.view.Query
	p := sourceList{
		Total: len(all), Lands: lands(), States: shown, Text: cut(q.Get("q"), titleLimit), Land: q.Get("state"), Health: q.Get("health"), Sort: q.Get("sort"),
		Sorts: []string{"name", "state", "last", "rate", "live"},
	}
	if sourceSorts[p.Sort] == nil {
		p.Sort = "name"
	}
	for _, s := range all {
		if row := (sourceRow{SourceStatus: s, Chip: stateOf(s)}); p.wants(row) {
			p.List = append(p.List, row)
		}
	}
	slices.SortStableFunc(p.List, func(a, b sourceRow) int { return cmp.Or(sourceSorts[p.Sort](a, b), sourceSorts["name"](a, b)) })
	if q.Get("format") == "csv" {
		return k.sourcesCSV(p.List)
	}
	for i := range p.List {
		p.List[i].Runs = k.runs(p.List[i].Recent)
	}
	return k.page("sources.html", "sources", k.say("nav.sources"), p)
}

// wants says whether a source is in the view that was asked for.
func (p *sourceList) wants(s sourceRow) bool {
	text := strings.ToLower(p.Text)
	switch {
	case text != "" && !strings.Contains(strings.ToLower(s.Name+" "+s.ID+" "+s.AGS), text):
		return false
	case p.Land != "" && s.State != p.Land:
		return false
	case p.Health == "needs":
		return s.Suspect != "" || s.Chip == health.Broken || s.Chip == health.Degraded || s.Chip == health.Silent
	}
	return p.Health == "" || s.Chip == p.Health
}

// sourcesCSV is exactly the view, for a spreadsheet.
func (k *call) sourcesCSV(list []sourceRow) error {
	h := k.w.Header()
	secure(h)
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="sources.csv"`)
	k.w.WriteHeader(http.StatusOK)
	w := csv.NewWriter(k.w)
	_ = w.Write([]string{"id", "name", "state", "ags", "health", "says", "last_release", "per_week", "live", "held", "dead", "next_due"})
	for _, s := range list {
		_ = w.Write([]string{
			s.ID, plain(s.Name), s.State, s.AGS, s.Chip, plain(s.Says), iso(s.LastRelease), strconv.FormatFloat(s.Rhythm.PerWeek, 'f', 1, 64),
			strconv.Itoa(s.Counts.Live), strconv.Itoa(s.Held), strconv.Itoa(s.Dead), iso(s.NextDue),
		})
	}
	w.Flush()
	return nil // the asker may be gone
}

// plain keeps a spreadsheet from taking words for a formula.
func plain(s string) string {
	if s = short(s); strings.ContainsAny(s[:min(1, len(s))], "=+-@") {
		return "'" + s
	}
	return s
}

func iso(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
