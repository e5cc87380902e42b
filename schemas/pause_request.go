package schemas

import (
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"
)

// PauseRequest is somebody's wish that a host be left alone for a while, and the answer to it: events RunPauseRequest of PRESS_RUNS, about the
// first of its sources. A wish alone changes nothing.
type PauseRequest struct {
	ID      string    `json:"id"` // of the wish; its answer has the same
	At      time.Time `json:"at"`
	Host    string    `json:"host"`
	Sources []string  `json:"sources"` // ids of those that are crawled from the host
	Reason  string    `json:"reason,omitempty"`
	Contact string    `json:"contact,omitempty"` // as it was written; nobody has tried it
	Answer  string    `json:"answer,omitempty"`  // PauseAccepted or PauseDeclined; "": it is the wish
	By      string    `json:"by,omitempty"`      // who answered
	Until   time.Time `json:"until,omitzero"`    // when the pause ends by itself
}

// Answers to a PauseRequest.
const (
	PauseAccepted = "accepted"
	PauseDeclined = "declined"
)

// Limits of what a wish may say, in code points.
const (
	PauseReasonLimit  = 1000
	PauseContactLimit = 200
	PauseHostLimit    = 253
	pauseSourcesLimit = 200
)

// Check says what is wrong with a wish or an answer; KindInvalid.
func (p *PauseRequest) Check() error {
	bad := func(thing, format string, args ...any) error {
		return &Error{Op: "pause request", Kind: KindInvalid, Thing: thing, Err: fmt.Errorf(format, args...), Hint: "write it shorter, or by mail"}
	}
	for _, x := range []struct {
		name, value string
		limit       int
		needed      bool
	}{
		{"id", p.ID, 64, true},
		{"host", p.Host, PauseHostLimit, true},
		{"reason", p.Reason, PauseReasonLimit, p.Answer == ""},
		{"contact", p.Contact, PauseContactLimit, p.Answer == ""},
	} {
		switch n := utf8.RuneCountInString(x.value); {
		case x.needed && strings.TrimSpace(x.value) == "":
			return bad(x.name, "it is missing")
		case n > x.limit:
			return bad(x.name, "%d characters, at most %d can be kept", n, x.limit)
		case !utf8.ValidString(x.value):
			return bad(x.name, "it is no text")
		}
	}
	switch {
	case p.At.IsZero():
		return bad("at", "it is missing")
	case len(p.Sources) == 0 || len(p.Sources) > pauseSourcesLimit:
		return bad("sources", "%d sources", len(p.Sources))
	case p.Answer != "" && p.Answer != PauseAccepted && p.Answer != PauseDeclined:
		return bad("answer", "%q is none", p.Answer)
	}
	for _, id := range p.Sources {
		if err := CheckToken(id); err != nil {
			return bad("sources", "%w", err)
		}
	}
	return nil
}

// Belongs reports whether the contact is a mail address of the host's domain. It is a hint, no proof: anybody may write down such an address.
func (p *PauseRequest) Belongs() bool {
	a, err := mail.ParseAddress(p.Contact)
	if err != nil {
		return false
	}
	domain := strings.ToLower(a.Address[strings.LastIndexByte(a.Address, '@')+1:])
	host := strings.ToLower(p.Host)
	return strings.Contains(domain, ".") && (host == domain || strings.HasSuffix(host, "."+domain))
}

// OpenPauses are the wishes that have no answer, oldest first, of events in the order in which they were written.
func OpenPauses(events []PauseRequest) (open []PauseRequest) {
	answered := map[string]bool{}
	for _, e := range events {
		if e.Answer != "" {
			answered[e.ID] = true
		}
	}
	for _, e := range events {
		if e.Answer == "" && !answered[e.ID] {
			open = append(open, e)
		}
	}
	return open
}
