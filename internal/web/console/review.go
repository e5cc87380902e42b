package console

import (
	"errors"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/schemas"
)

// review takes down that a quote has the wrong speaker.
func (k *call) review() error {
	if k.Acts == nil {
		return errNoActs()
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

func errNoActs() error {
	return &schemas.Error{Op: "console", Kind: schemas.KindUnavailable, Err: errors.New("this process only reads"), Hint: "act on the process that crawls"}
}

// reviewOf reads the form against the release as it is now: what was read of another revision is no word on this one.
func (k *call) reviewOf(ev *schemas.Event) (review.Review, error) {
	bad := func(why string) (review.Review, error) {
		return review.Review{}, &schemas.Error{
			Op: "review", Kind: schemas.KindInvalid, Thing: ev.Subject, Err: errors.New(why), Hint: "go back and try again",
		}
	}
	form := k.r.PostFormValue
	n, err := strconv.Atoi(form("quote"))
	switch {
	case ev.Release == nil || err != nil || n < 0 || n >= len(ev.Release.Quotes):
		return bad("there is no such quote")
	case form("revision") != strconv.Itoa(ev.Revision):
		return bad("the release has a newer revision")
	}
	r := review.Of(ev, n)
	r.Verdict, r.Says, r.Note = form("verdict"), strings.TrimSpace(short(form("says"))), strings.TrimSpace(short(form("note")))
	r.By, r.At = k.view.User.Name, k.Now().UTC()
	switch {
	case r.Verdict == review.VerdictPerson && r.Says == "":
		return bad("name who said it")
	case r.Verdict == review.VerdictPerson && r.Says == r.Speaker:
		return bad("this is the speaker already")
	case r.Verdict == review.VerdictNobody, r.Verdict == review.VerdictNoQuote, r.Verdict == review.VerdictWithdrawn:
		r.Says = ""
	case r.Verdict != review.VerdictPerson:
		return bad("say what is wrong")
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
	list, err := k.reader.Reviews(k.ctx(), p.Source)
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
	list, err := k.reader.Reviews(k.ctx(), ev.Release.Source.ID)
	byQuote = map[int]*review.Reviewed{}
	for i := range list {
		x := &list[i]
		if x.Release != ev.Subject {
			continue
		}
		if n := x.Find(ev.Release); n >= 0 && byQuote[n] == nil {
			byQuote[n] = x
		} else {
			others = append(others, *x)
		}
	}
	return byQuote, others, err
}
