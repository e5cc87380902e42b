package console

import (
	"errors"
	"strconv"
	"strings"

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
func (k *call) reviewOf(ev *schemas.Event) (Review, error) {
	bad := func(why string) (Review, error) {
		return Review{}, &schemas.Error{Op: "review", Kind: schemas.KindInvalid, Thing: ev.Subject, Err: errors.New(why), Hint: "go back and try again"}
	}
	form := k.r.PostFormValue
	n, err := strconv.Atoi(form("quote"))
	switch {
	case ev.Release == nil || err != nil || n < 0 || n >= len(ev.Release.Quotes):
		return bad("there is no such quote")
	case form("revision") != strconv.Itoa(ev.Revision):
		return bad("the release has a newer revision")
	}
	q := ev.Release.Quotes[n]
	r := Review{
		Release: ev.Subject, Revision: ev.Revision, RawSequence: ev.Release.Provenance.RawSequence, URL: ev.Release.URL, Quote: n, Text: q.Text,
		Verdict: form("verdict"), Says: strings.TrimSpace(short(form("says"))), Note: strings.TrimSpace(short(form("note"))), By: k.view.User.Name,
	}
	if len(q.Spans) > 0 {
		r.Start, r.End = q.Spans[0].Start, q.Spans[0].End
	}
	if q.Speaker != nil {
		r.Speaker, r.Rule = q.Speaker.Name, q.Speaker.Rule
	}
	switch {
	case r.Verdict == VerdictPerson && r.Says == "":
		return bad("name who said it")
	case r.Verdict == VerdictPerson && r.Says == r.Speaker:
		return bad("this is the speaker already")
	case r.Verdict == VerdictNobody, r.Verdict == VerdictNoQuote:
		r.Says = ""
	case r.Verdict != VerdictPerson:
		return bad("say what is wrong")
	}
	return r, nil
}
