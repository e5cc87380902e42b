package console

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/internal/doctor"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/api"
)

//go:embed data/tiles.csv
var tilesCSV []byte

// places are column and row of each Kreis by its AGS.
var places = sync.OnceValue(func() map[string][2]int {
	m := map[string][2]int{}
	for line := range bytes.Lines(tilesCSV) {
		f := strings.Split(strings.TrimSpace(string(line)), ",")
		if len(f) != 3 || strings.HasPrefix(f[0], "#") {
			continue
		}
		col, _ := strconv.Atoi(f[1]) // the file is ours; a test reads it
		row, _ := strconv.Atoi(f[2])
		m[f[0]] = [2]int{col, row}
	}
	return m
})

// overviewPage is what the first page shows.
type overviewPage struct {
	O       *api.Overview
	Map     template.HTML // of the Kreise that have a place on it
	Blocks  []block       // of all others, by Land
	Legend  []count
	Lands   []landList // the same as a list
	Sources int
	Needs   []need
	More    int // needs that are not shown
	Funnel  []stage
	Hours   template.HTML
	PerHour []hour
	Today   int // events of the last 24 hours
}

// Requests are those of the last 24 hours.
func (p overviewPage) Requests() int { return int(p.O.Funnel.Requests) }

// BehindEvents is how far the subscriber is that is furthest behind.
func (p overviewPage) BehindEvents() int { return int(p.O.Behind.Events) }

type count struct {
	State string
	N     int
}

// block is a Land as rows of tiles.
type block struct {
	Code, Name string
	Map        template.HTML
}

type landList struct {
	Code, Name string
	Sources    []tile
}

// need is something that somebody should do, in a sentence.
type need struct {
	Grave  bool
	Says   string
	Detail string
	Raw    string // in the words of the program
	Do     string
	Link   string
	Since  time.Time
}

// stage is one step of the funnel.
type stage struct {
	Name string
	N    int
	Bar  template.HTML
	Lost []lost // what did not get to the next
}

type lost struct {
	Name string
	N    int
}

type hour struct {
	Start time.Time
	N     int
}

func (k *call) overview() error {
	o, err := k.reader.Overview(k.ctx())
	if err != nil {
		return err
	}
	sources, err := k.reader.Sources(k.ctx())
	if err != nil {
		return err
	}
	p := overviewPage{O: o, Sources: len(sources)}
	k.draw(&p, sources)
	k.needs(&p, sources)
	k.funnel(&p)
	var columns []bar
	for _, h := range o.Hours {
		n := 0
		for _, c := range h.Events {
			n += c
		}
		p.Today += n
		p.PerHour = append(p.PerHour, hour{h.Start, n})
		columns = append(columns, bar{Value: float64(n), Says: h.Start.In(k.frame.zone).Format("15:04") + ": " + k.say("overview.events", "N", n)})
	}
	p.Hours = bars(k.say("overview.hours"), columns)
	return k.page("overview.html", "overview", k.say("nav.overview"), p)
}

// stateOf is the state that a source's chip shows.
func stateOf(s api.SourceStatus) string {
	switch {
	case s.Retired != "":
		return "retired"
	case s.Paused != "":
		return "paused"
	}
	return s.Health
}

// shown are the states, gravest first.
var shown = []string{health.Broken, health.Degraded, health.Silent, "paused", health.Healthy, api.Unknown, "retired"}

// draw puts the sources on the map; those without a place there come in blocks beside it.
func (k *call) draw(p *overviewPage, sources []api.SourceStatus) {
	var onMap []tile
	beside, all, states := map[string][]tile{}, map[string][]tile{}, map[string]int{}
	for _, s := range sources {
		state := stateOf(s)
		states[state]++
		t := tile{
			ID: s.ID, Name: cmp.Or(s.Name, s.ID), Land: s.State, State: state, Letter: k.say("letter." + state), Link: k.view.Link("/sources/%s", s.ID),
		}
		t.Says = fmt.Sprintf("%s (%s): %s", short(t.Name), s.State, k.say("state."+state))
		all[s.State] = append(all[s.State], t)
		if at, ok := places()[s.AGS]; ok && s.Kind != "" {
			t.Col, t.Row = at[0], at[1]
			onMap = append(onMap, t)
			continue
		}
		beside[s.State] = append(beside[s.State], t)
	}
	if len(onMap) > 0 {
		p.Map = country(k.say("overview.map"), onMap)
	}
	for _, l := range lands() {
		if list := all[l.Code]; len(list) > 0 {
			p.Lands = append(p.Lands, landList{l.Code, l.Name, list})
		}
		if list := beside[l.Code]; len(list) > 0 {
			p.Blocks = append(p.Blocks, block{l.Code, l.Name, rowsOf(l.Name, list)})
		}
	}
	for _, s := range shown {
		if states[s] > 0 {
			p.Legend = append(p.Legend, count{s, states[s]})
		}
	}
}

// rowsOf draws tiles in rows.
func rowsOf(label string, list []tile) template.HTML {
	const perRow = 10
	for i := range list {
		list[i].Col, list[i].Row = i%perRow, i/perRow
	}
	return country(label, list)
}

// mostNeeds is how many things somebody can take in.
const mostNeeds = 10

func (k *call) needs(p *overviewPage, sources []api.SourceStatus) {
	by := map[string]api.SourceStatus{}
	for _, s := range sources {
		by[s.ID] = s
	}
	for _, n := range p.O.Needs {
		if n.What == api.NeedPause && !k.view.Operator {
			continue // who cannot answer need not know
		}
		if len(p.Needs) == mostNeeds {
			p.More++
			continue
		}
		p.Needs = append(p.Needs, k.need(n, by[n.Source]))
	}
}

// need says one thing in a sentence.
func (k *call) need(n api.Need, s api.SourceStatus) need {
	name := short(cmp.Or(n.Name, s.Name, n.Source))
	out := need{Grave: n.Grave, Since: n.Since, Link: k.view.Link("/sources/%s", n.Source)}
	l := k.frame.locales[k.view.Lang]
	why := k.frame.judged(l, s.Cause, s.Causes, s.Says)
	switch {
	case n.What == api.NeedHeld:
		out.Says, out.Do = k.say("need.held", "Name", name, "N", n.Count), k.say("do.held")
		out.Link = k.view.Link("/held") + "?source=" + n.Source
		return out
	case n.What == api.NeedDead:
		out.Says, out.Do = k.say("need.dead", "Name", name, "N", n.Count), k.say("do.dead")
		out.Link = k.view.Link("/dead") + "?source=" + n.Source
		return out
	case n.What == api.NeedPause:
		out.Says, out.Do = k.say("need.pause", "N", n.Count, "Name", short(n.Name)), k.say("do.pause")
		out.Link += "#h-wish"
		return out
	case n.What == api.NeedSystem:
		why = k.frame.finding(l, doctor.Finding{Name: n.Name, Says: n.Says, Do: n.Do, Cause: n.Cause})
		out.Says, out.Do, out.Link = k.say("need.system", "Name", why.Look), why.Do, k.view.Link("/system")
	case s.Suspect != "":
		why = k.frame.doubted(l, s.Doubt, s.Suspect)
		out.Says, out.Do = k.say("need.suspect", "Name", name), k.say("do.suspect")
	case s.Health == health.Silent && s.Rhythm.PerWeek > 0 && s.Cause.Code != health.Stale:
		out.Says, out.Do = k.say("need.silent", "Name", name, "N", s.Rhythm.Quiet, "Rate", s.Rhythm.PerWeek), k.say("do.silent")
		return out
	case s.Health == health.Silent:
		out.Says, out.Do = k.say("need.stale", "Name", name), k.say("do.stale")
	case s.Health == health.Degraded:
		out.Says, out.Do = k.say("need.degraded", "Name", name), k.say("do.degraded")
	default:
		out.Says, out.Do = k.say("need.broken", "Name", name), k.say("do.broken")
	}
	out.Detail = why.Says
	if out.Detail == "" {
		out.Raw = why.Raw
	}
	return out
}

// funnel says where the pages of a day came and went.
func (k *call) funnel(p *overviewPage) {
	f := p.O.Funnel
	pages := func(list ...crawler.Outcome) (n int) {
		for _, o := range list {
			n += f.Pages[o]
		}
		return n
	}
	read := func(list ...pipeline.Outcome) (n int) {
		for _, o := range list {
			n += f.Releases[o]
		}
		return n
	}
	answered := pages(crawler.OutcomeNew, crawler.OutcomeChanged, crawler.OutcomeUnchanged, crawler.OutcomeCosmetic)
	missed := pages(crawler.OutcomeMissing, crawler.OutcomeMoved)
	failed := pages(crawler.OutcomeFailed, crawler.OutcomeNotHTML, crawler.OutcomeTooLarge)
	refused := pages(crawler.OutcomeRobots, crawler.OutcomePolicy, crawler.OutcomeNoIndex)
	asked := answered + missed + failed + refused
	named := asked + pages(crawler.OutcomeNotDue, crawler.OutcomeSkipped)
	fresh := pages(crawler.OutcomeNew, crawler.OutcomeChanged)
	out := read(pipeline.Published, pipeline.Corrected, pipeline.Reextracted, pipeline.Withdrawn)
	for _, s := range []stage{
		{Name: "named", N: named, Lost: []lost{{"notdue", named - asked}}},
		{Name: "asked", N: asked, Lost: []lost{{"failed", failed}, {"refused", refused}, {"missing", missed}}},
		{Name: "answered", N: answered, Lost: []lost{{"unchanged", answered - fresh}}},
		{Name: "fresh", N: fresh, Lost: []lost{
			{"norelease", read(pipeline.NoRelease)},
			{"held", read(pipeline.Held)},
			{"dead", read(pipeline.Dead)},
			{"same", read(pipeline.Unchanged, pipeline.Twin, pipeline.Superseded, pipeline.Barred)},
		}},
		{Name: "out", N: out},
	} {
		s.Bar = share(s.N, named)
		s.Lost = slices.DeleteFunc(s.Lost, func(l lost) bool { return l.N <= 0 })
		p.Funnel = append(p.Funnel, s)
	}
}
