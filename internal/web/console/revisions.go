package console

import (
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/internal/worddiff"
	"github.com/kreispresse/kreispresse/schemas"
)

// revisionPage is what the page of a release's revisions shows.
type revisionPage struct {
	ID         string
	Title      string
	List       []revision // newest first
	From, To   int        // that are compared; 0: nothing is
	Prev, Next int        // To of the neighbouring comparisons; 0: there is none
	Diff       *api.Diff
	Fields     []fieldView
	Whole      bool // what is equal is shown in full
}

type revision struct {
	Event *schemas.Event
	Type  string
	Text  bool // it has one: it can be compared
}

// fieldView is one field that differs, its words marked.
type fieldView struct {
	api.FieldDiff
	Words   []worddiff.Piece
	Was, Is string // around what differs
}

func (k *call) revisions() error {
	id := k.r.PathValue("id")
	all, err := k.reader.Revisions(k.ctx(), id)
	if err != nil {
		return err
	}
	p := revisionPage{ID: id, Whole: k.view.Query.Get("equal") == "all"}
	var numbers []int // of revisions that can be compared, oldest first
	for _, ev := range all {
		r := revision{Event: ev, Type: schemas.EventName(ev.Type), Text: ev.Release != nil && ev.Type != schemas.EventWithdrawn && ev.Type != schemas.EventErased}
		if p.List = append([]revision{r}, p.List...); r.Text {
			numbers = append(numbers, ev.Revision)
		}
		if ev.Release != nil && ev.Release.Title != "" {
			p.Title = short(ev.Release.Title)
		}
	}
	p.From, p.To, p.Prev, p.Next = chosen(numbers, k.number("from"), k.number("to"))
	if p.To > 0 {
		if p.Diff, err = k.reader.Diff(k.ctx(), id, p.From, p.To); err != nil {
			return err
		}
		for _, f := range p.Diff.Fields {
			v := fieldView{FieldDiff: f, Words: folded(f.Pieces)}
			v.Was, v.Is = without(v.Words, worddiff.Insert), without(v.Words, worddiff.Delete)
			if p.Whole {
				v.Words = f.Pieces
			}
			p.Fields = append(p.Fields, v)
		}
	}
	return k.page("revisions.html", "releases", k.say("revisions.title"), p)
}

// number is a parameter of the address, 0 when it is none.
func (k *call) number(name string) int {
	n, err := strconv.Atoi(k.view.Query.Get(name))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// chosen is which two revisions are compared: those asked for, else the last two; and where the steps before and after lead.
func chosen(numbers []int, from, to int) (a, b, prev, next int) {
	if len(numbers) < 2 {
		return 0, 0, 0, 0
	}
	at := len(numbers) - 1
	for i, n := range numbers {
		if n == to && i > 0 {
			at = i
		}
	}
	b, a = numbers[at], numbers[at-1]
	for _, n := range numbers {
		if n == from && n != b {
			a = n
		}
	}
	if at > 1 {
		prev = numbers[at-1]
	}
	if at+1 < len(numbers) {
		next = numbers[at+1]
	}
	return a, b, prev, next
}

// beside is how much of what is equal is left beside a change, in code points.
const beside = 80

// folded leaves of long equal pieces what lies beside a change.
func folded(list []worddiff.Piece) (out []worddiff.Piece) {
	for i, p := range list {
		text := []rune(p.Text)
		if p.Op != worddiff.Equal || len(text) <= 2*beside {
			out = append(out, p)
			continue
		}
		head, tail := string(text[:beside]), string(text[len(text)-beside:])
		if i := strings.LastIndex(head, " "); i > 0 {
			head = head[:i]
		}
		if i := strings.Index(tail, " "); i > 0 {
			tail = tail[i+1:]
		}
		switch {
		case i == 0:
			p.Text = "… " + tail
		case i == len(list)-1:
			p.Text = head + " …"
		default:
			p.Text = head + " … " + tail
		}
		out = append(out, p)
	}
	return out
}

// without is one side of a difference.
func without(list []worddiff.Piece, op worddiff.Op) string {
	var b strings.Builder
	for _, p := range list {
		if p.Op != op {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}
