package console

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/kreispresse/kreispresse/internal/compare"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/internal/worddiff"
	"github.com/kreispresse/kreispresse/schemas"
)

// rereadPage is where somebody chooses a source whose archive is read again.
type rereadPage struct {
	Sources []sourceRow
	Can     bool
	Audits  []api.Audit // of what was read again before
}

// rereadLine is one line of what a reading came to, as it comes.
type rereadLine struct {
	Source string
	Dry    bool
	Read   int // snapshots so far
	Done   *pipeline.Reparsed
	Kinds  []rereadKind
	Count  int // events that would be published
	Err    *problem
}

// rereadKind are the differences of one kind, with samples.
type rereadKind struct {
	Name  string
	N     int
	Cases []rereadCase
}

type rereadCase struct {
	compare.Case
	Words []worddiff.Piece
}

const (
	rereadSamples = 20
	rereadLimit   = 30 * time.Minute // how long a reading may take
)

func (k *call) reread() error {
	all, err := k.reader.Sources(k.ctx())
	if err != nil {
		return err
	}
	audits, err := k.reader.Audits(k.ctx(), 200)
	if err != nil {
		return err
	}
	p := rereadPage{
		Can:    k.Acts != nil && k.view.Operator,
		Audits: slices.DeleteFunc(audits, func(a api.Audit) bool { return a.Act != "reparse" }),
	}
	for _, s := range all {
		if s.Counts.Live > 0 {
			p.Sources = append(p.Sources, sourceRow{SourceStatus: s, Chip: stateOf(s)})
		}
	}
	slices.SortStableFunc(p.Sources, sourceSorts["name"])
	return k.page("reread.html", "reread", k.say("nav.reread"), p)
}

// rereadRun reads the archive of a source again: first to say what would change; then, when somebody has typed how much that is, for good.
func (k *call) rereadRun() error {
	if k.Acts == nil {
		return k.noActs()
	}
	d, err := k.reader.Source(k.ctx(), k.r.PostFormValue("source"))
	if err != nil {
		return err
	}
	typed, expected := k.r.PostFormValue("typed"), k.r.PostFormValue("count")
	if expected != "" && typed != expected {
		return k.refuse("reparse", schemas.KindConflict, d.ID, "typed")
	}
	how := pipeline.Reparsing{Dry: expected == "", Samples: rereadSamples}
	_ = http.NewResponseController(k.w).SetWriteDeadline(time.Now().Add(rereadLimit)) // not every writer has one
	title := k.say("reread.doing", "Name", d.Name)
	if how.Dry {
		title = k.say("reread.look", "Name", d.Name)
	}
	k.view.Active, k.view.Title, k.view.Data = "reread", title, d
	s, err := k.stream("rereading.html")
	if err != nil {
		return err
	}
	how.Progress = func(done int, _ uint64) { s.line(&k.view, rereadLine{Source: d.ID, Read: done}) }
	done, err := k.Acts.Line.Reparse(k.ctx(), d.ID, how)
	line := rereadLine{Source: d.ID, Dry: how.Dry, Done: done}
	if err != nil {
		p := k.problemOf(err)
		line.Err = &p
	}
	if done != nil {
		line.Kinds, line.Count = kindsOf(&done.Report), done.Outcomes[pipeline.Reextracted]+done.Outcomes[pipeline.Published]
	}
	s.line(&k.view, line)
	return s.end()
}

func kindsOf(r *compare.Report) (list []rereadKind) {
	for _, name := range r.Kinds() {
		kind := rereadKind{Name: name, N: r.Counts[name]}
		for _, c := range r.Samples[name] {
			kind.Cases = append(kind.Cases, rereadCase{c, folded(worddiff.Words(c.Before, c.After))})
		}
		list = append(list, kind)
	}
	slices.SortStableFunc(list, func(a, b rereadKind) int { return cmp.Compare(b.N, a.N) })
	return list
}

// Typed is the number that somebody types to confirm.
func (l rereadLine) Typed() string { return strconv.Itoa(l.Count) }
