package doctor

import (
	"context"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Level is how bad a finding is.
type Level string

// Levels of findings.
const (
	OK   Level = "ok"
	Warn Level = "warn" // works, but somebody should look at it
	Fail Level = "fail" // does not work
)

// Finding is what one look gave.
type Finding struct {
	Level Level  `json:"level"`
	Name  string `json:"name"` // of what was looked at
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"` // what to do about it
	schemas.Cause
}

// Patient is an installation.
type Patient struct {
	Contact string
	Sources []*source.Source
	Bus     *publisher.Bus // nil: Broken says why
	Broken  error
	DataDir string // of an embedded server; empty: there is none
	Now     func() time.Time
	Offline bool // ask no name server
}

// Examine looks at everything. Each look gives at least one finding.
func (p *Patient) Examine(ctx context.Context) []Finding {
	list := []Finding{p.contact()}
	if !p.Offline {
		list = append(list, p.names(ctx)...)
	}
	if p.Bus == nil {
		f := ofError("broker", "broker", p.Broken)
		if schemas.KindOf(p.Broken) == schemas.KindNotFound { // nothing was crawled yet
			f.Level = Warn
		}
		return append(list, f)
	}
	st, err := p.Bus.Status(ctx)
	if err != nil {
		return append(list, ofError("broker", "broker", err))
	}
	list = append(list, find(OK, "broker", "broker.runs", schemas.With{"Server": st.Server}, nil))
	list = append(list, p.streams(st)...)
	list = append(list, p.clock(st), p.backup(ctx), p.claims(ctx))
	list = append(list, p.disk(ctx)...)
	return append(list, p.robots(ctx)...)
}

func (p *Patient) contact() Finding {
	if p.Contact == "" {
		return find(Warn, "contact", "contact.none", nil, nil)
	}
	return find(OK, "contact", "contact.given", schemas.With{"Contact": p.Contact}, nil)
}

// ofError is the finding that something does not work at all; look is the first part of its code.
func ofError(name, look string, err error) Finding {
	f := told(Fail, name, look+".error", schemas.With{"Kind": string(schemas.KindOf(err))}, err.Error(), "")
	if e, ok := err.(*schemas.Error); ok { //nolint:errorlint // a wrapped one keeps its hint in its text
		c := *e
		c.Hint = ""
		f.Says, f.Do = c.Error(), e.Hint
	}
	return f
}
