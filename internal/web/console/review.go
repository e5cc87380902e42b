package console

import (
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/schemas"
)

// review takes down that a quote has the wrong speaker.
func (k *call) review() error {
	if k.Acts == nil {
		return k.noActs()
	}
	ev, err := k.reader.Release(k.ctx(), k.r.PathValue("id"))
	if err != nil {
		return err
	}
	rev, err := k.reviewOf(ev)
	if err != nil {
		return err
	}
	if err := k.Acts.Review(k.ctx(), ev.Release.Source.ID, rev); err != nil {
		return err
	}
	return k.done("/releases/"+ev.Subject, "reviewed")
}

// noActs is said where nobody can act.
func (k *call) noActs() error { return k.refuse("console", schemas.KindUnavailable, "", "noacts") }

// reviewOf reads the form against the release as it is now: what was read of another revision is no word on this one.
func (k *call) reviewOf(ev *schemas.Event) (review.Review, error) {
	bad := func(key string) (review.Review, error) {
		return review.Review{}, k.refuse("review", schemas.KindInvalid, ev.Subject, key)
	}
	form := k.r.PostFormValue
	n, err := strconv.Atoi(form("quote"))
	switch {
	case ev.Release == nil || err != nil || n < 0 || n >= len(ev.Release.Quotes):
		return bad("noquote")
	case form("revision") != strconv.Itoa(ev.Revision):
		return bad("newer")
	}
	r := review.Of(ev, n)
	r.Verdict, r.Says, r.Note = form("verdict"), strings.TrimSpace(short(form("says"))), strings.TrimSpace(short(form("note")))
	r.By, r.At = k.view.User.Name, k.Now().UTC()
	switch {
	case r.Verdict == review.VerdictPerson && r.Says == "":
		return bad("noname")
	case r.Verdict == review.VerdictPerson && r.Says == r.Speaker:
		return bad("speaker")
	case r.Verdict == review.VerdictNobody, r.Verdict == review.VerdictNoQuote, r.Verdict == review.VerdictWithdrawn:
		r.Says = ""
	case r.Verdict != review.VerdictPerson:
		return bad("noverdict")
	}
	return r, nil
}

// reviewsPage is what people said of how releases were read.
type reviewsPage struct {
	List   []review.Reviewed
	Counts []count // by state
	State  string  // only these
	Source string  // only of this one
}

// reviewStates are the states of a review, those first that need somebody.
var reviewStates = []string{review.Open, review.Wrong, review.Gone, review.Right}

func (k *call) reviews() error {
	p := reviewsPage{State: k.view.Query.Get("state"), Source: k.view.Query.Get("source")}
	if p.Source != "" {
		if err := schemas.CheckToken(p.Source); err != nil {
			return &schemas.Error{Op: "reviews", Kind: schemas.KindInvalid, Err: err}
		}
	}
	list, err := k.reader.Reviews(k.ctx(), p.Source, "")
	if err != nil {
		return err
	}
	for _, state := range reviewStates {
		n := 0
		for _, x := range list {
			if x.State == state {
				n++
			}
		}
		if n > 0 {
			p.Counts = append(p.Counts, count{state, n})
		}
	}
	for _, x := range list {
		if p.State == "" || p.State == x.State {
			p.List = append(p.List, x)
		}
	}
	return k.page("reviews.html", "reviews", k.say("nav.reviews"), p)
}

// reviewsOf are the reviews of a release: of each quote of this reading, and those of what it does not quote any more.
func (k *call) reviewsOf(ev *schemas.Event) (byQuote map[int]*review.Reviewed, others []review.Reviewed, err error) {
	list, err := k.reader.Reviews(k.ctx(), ev.Release.Source.ID, ev.Subject)
	byQuote = map[int]*review.Reviewed{}
	for i := range list {
		x := &list[i]
		if n := x.Find(ev.Release); n >= 0 && byQuote[n] == nil {
			byQuote[n] = x
		} else {
			others = append(others, *x)
		}
	}
	return byQuote, others, err
}
