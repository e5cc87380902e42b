package console

import (
	"html/template"
	"maps"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// sourcePage is what the page of a source shows.
type sourcePage struct {
	*api.SourceDetail
	Chip    string
	Strip   template.HTML // of the last runs, oldest first
	Table   []runRow
	Rates   []rate
	Polite  []hostView
	Pausing bool // it can be paused or asked here
	Pauses  []string
	Wishes  []schemas.PauseRequest // for a pause, that nobody has answered
}

// runRow is a run with what a table says of it.
type runRow struct{ api.Run }

// Unchanged is how many pages had nothing new to say.
func (r runRow) Unchanged() int {
	return r.Counts[crawler.OutcomeUnchanged] + r.Counts[crawler.OutcomeCosmetic]
}

// Of is how many releases had an outcome.
func (r runRow) Of(outcome string) int { return r.Releases[pipeline.Outcome(outcome)] }

// rate is how many of the last releases have a field.
type rate struct {
	Field string
	Share float64
	Bar   template.HTML
}

func (k *call) source() error {
	d, err := k.reader.Source(k.ctx(), k.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := sourcePage{SourceDetail: d, Chip: stateOf(d.SourceStatus), Pausing: k.Acts != nil && k.view.Operator, Pauses: []string{"1", "7", "30", "0"}}
	if p.Wishes, err = k.wishes(d.ID); err != nil {
		return err
	}
	p.Strip = k.strip(d.Runs)
	for _, r := range d.Runs {
		p.Table = append(p.Table, runRow{r})
	}
	for _, f := range slices.Sorted(maps.Keys(d.Rates)) {
		p.Rates = append(p.Rates, rate{f, d.Rates[f], share(int(d.Rates[f]*1000), 1000)})
	}
	for _, h := range d.Hosts {
		p.Polite = append(p.Polite, k.host(h))
	}
	return k.page("source.html", "sources", title(sourceRow{SourceStatus: d.SourceStatus}), p)
}

// strip draws the last runs: how high by the new releases, failed ones in a colour and a pattern of their own.
func (k *call) strip(runs []api.Run) template.HTML {
	var list []bar
	for _, r := range slices.Backward(runs) {
		fresh := r.Releases[pipeline.Published] + r.Releases[pipeline.Corrected]
		b := bar{Value: float64(fresh), Says: k.frame.moment(k.frame.locales[k.view.Lang], r.At) + ": " + k.say("run.fresh", "N", fresh)}
		switch {
		case r.Failed:
			b.Value, b.Class, b.Says = max(b.Value, 1), "failed", b.Says+", "+k.say("run.failed")
		case fresh == 0:
			b.Class = "still"
		}
		list = append(list, b)
	}
	if len(list) == 0 {
		return ""
	}
	return bars(k.say("source.runs"), list)
}

// until is the end of a pause: so many days from now; "0" is none.
func (k *call) until(days string) (time.Time, bool) {
	d, ok := map[string]int{"1": 1, "7": 7, "30": 30, "0": 0}[days]
	if !ok || d == 0 {
		return time.Time{}, ok
	}
	return k.Now().AddDate(0, 0, d), true
}
