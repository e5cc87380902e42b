package api

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/when"
	"github.com/kreispresse/kreispresse/schemas"
)

// params reads the query of a request. The first mistake is remembered; a parameter that nobody asked for is one, too: a filter with a
// typo would give everything.
type params struct {
	values url.Values
	known  []string
	wrong  *problem
}

// Bounds of a query.
const (
	longestQuery = 4 << 10 // bytes, as it is written
	longestWord  = 500     // code points of one value
)

func paramsOf(raw string) *params {
	p := &params{}
	var err error
	if p.values, err = url.ParseQuery(raw); err != nil {
		p.values = url.Values{}
		p.fail("", "the query cannot be read: "+err.Error(), "percent-encode its values")
	}
	return p
}

func (p *params) fail(name, detail, hint string) {
	if p.wrong == nil {
		if name != "" {
			detail = name + ": " + detail
		}
		p.wrong = badRequest(detail, hint)
	}
}

// text is the value of a parameter, "" when it is not given.
func (p *params) text(name string) string {
	p.known = append(p.known, name)
	list := p.values[name]
	switch {
	case len(list) == 0:
		return ""
	case len(list) > 1:
		p.fail(name, "given more than once", "give it once")
	case utf8.RuneCountInString(list[0]) > longestWord:
		p.fail(name, fmt.Sprintf("longer than %d characters", longestWord), "shorten it")
	case !utf8.ValidString(list[0]):
		p.fail(name, "no UTF-8", "send it as UTF-8, percent-encoded")
	}
	return list[0]
}

// number is the value of a parameter that is a number from low to high; def when it is not given.
func (p *params) number(name string, def, low, high int) int {
	s := p.text(name)
	if s == "" {
		return def
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		p.fail(name, fmt.Sprintf("%q is no number from %d to %d", s, low, high), "")
		return def
	}
	return n
}

// sequence is the value of a parameter that is a sequence, and whether it is given.
func (p *params) sequence(name string) (uint64, bool) {
	s := p.text(name)
	if s == "" {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		p.fail(name, fmt.Sprintf("%q is no sequence", s), "give the sequence of an event, e.g. 1234")
	}
	return n, true
}

func (p *params) flag(name string) bool {
	switch s := p.text(name); s {
	case "1", "true":
		return true
	case "", "0", "false":
	default:
		p.fail(name, fmt.Sprintf("%q is neither true nor false", s), "")
	}
	return false
}

// moment is the value of a parameter that is a moment, see when.Parse.
func (p *params) moment(name string, now time.Time) time.Time {
	t, err := when.Parse(p.text(name), now)
	if err != nil {
		p.fail(name, err.Error(), "")
	}
	return t
}

// day is the value of a parameter that is a day.
func (p *params) day(name string) string {
	s := p.text(name)
	if _, err := time.Parse(time.DateOnly, s); s != "" && err != nil {
		p.fail(name, fmt.Sprintf("%q is no day", s), "write it as 2026-03-12")
	}
	return s
}

func (p *params) source(name string) string {
	s := p.text(name)
	if s != "" && schemas.CheckToken(s) != nil {
		p.fail(name, fmt.Sprintf("%q is no id of a source", s), "see /v1/sources")
	}
	return s
}

// state is the value of a parameter that is the code of a Land, in capitals.
func (p *params) state(name string) string {
	s := strings.ToUpper(p.text(name))
	if s != "" && schemas.CheckState(s) != nil {
		p.fail(name, fmt.Sprintf("%q is no code of a Land", s), "one of "+strings.Join(schemas.StateCodes(), ", "))
	}
	return s
}

// event is the value of a parameter that is the short name of an event type.
func (p *params) event(name string) string {
	s := p.text(name)
	if _, ok := schemas.EventTypes[s]; s != "" && !ok {
		p.fail(name, fmt.Sprintf("%q is no type of an event", s), "one of "+strings.Join(slices.Sorted(maps.Keys(schemas.EventTypes)), ", "))
	}
	return s
}

// done gives the first mistake.
func (p *params) done() error {
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		if !slices.Contains(p.known, name) {
			p.fail("", fmt.Sprintf("there is no parameter %q here", name), "there are "+strings.Join(p.known, ", "))
		}
	}
	if p.wrong != nil {
		return p.wrong
	}
	return nil
}
