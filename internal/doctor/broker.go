package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

const (
	maxAhead     = 5 * time.Second    // of the broker's clock before ours
	oldBackup    = 7 * 24 * time.Hour // after which one should be made
	longFailing  = 7 * 24 * time.Hour
	namedSources = 3 // in one finding
)

// streams compares the streams with what they should be.
func (p *Patient) streams(st *publisher.Status) (list []Finding) {
	for _, d := range p.Bus.Damage() {
		level, code := Fail, "stream.damaged"
		if d.Rebuilt {
			level, code = Warn, "stream.rebuilt"
		}
		list = append(list, told(level, "stream "+d.Stream, code, schemas.With{"Stream": d.Stream}, d.What, d.Mend))
	}
	var messages uint64
	for _, s := range st.Streams {
		messages += s.Messages
		if s.NotCurrent > 0 {
			with := schemas.With{"Stream": s.Name, "Lag": s.NotCurrent, "Copies": s.Replicas}
			list = append(list, find(Warn, "stream "+s.Name, "stream.lagging", with, nil))
		}
		if st.Cluster != "" && s.Replicas < 3 {
			list = append(list, find(Warn, "stream "+s.Name, "stream.copies", schemas.With{"Stream": s.Name, "Copies": s.Replicas}, nil))
		}
	}
	if len(list) == 0 {
		list = append(list, find(OK, "streams", "streams.whole", schemas.With{"Streams": len(st.Streams), "Messages": int(messages)}, nil))
	}
	return list
}

// clock compares the newest message's time with ours: what was stored in our future was stored by a clock that is ahead, or ours is behind.
func (p *Patient) clock(st *publisher.Status) Finding {
	now := p.Now()
	for _, s := range st.Streams {
		if ahead := s.LastTime.Sub(now); s.Messages > 0 && ahead > maxAhead {
			with := schemas.With{"Stream": s.Name, "Seconds": int(ahead.Seconds())}
			return find(Fail, "clock", "clock.ahead", with, schemas.With{"Ahead": ahead.Round(time.Second)})
		}
	}
	return find(OK, "clock", "clock.right", schemas.With{"At": now.Format(time.RFC3339)}, nil)
}

func (p *Patient) backup(ctx context.Context) Finding {
	at, err := p.Bus.LastBackup(ctx)
	switch age := p.Now().Sub(at); {
	case err != nil:
		return ofError("backup", "backup", err)
	case at.IsZero():
		return find(Warn, "backup", "backup.none", nil, nil)
	case age > oldBackup:
		return find(Warn, "backup", "backup.old", schemas.With{"N": int(age.Hours() / 24)}, nil)
	default:
		return find(OK, "backup", "backup.made", schemas.With{"At": at.UTC().Format(time.RFC3339)}, schemas.With{"When": at.Local().Format(time.DateTime)})
	}
}

// claims looks for sources that fail for long, and for claims that nobody renews.
func (p *Patient) claims(ctx context.Context) Finding {
	var failing, paused []string
	for _, s := range p.Sources {
		var st schedule.State
		switch _, err := p.Bus.Sources().Get(ctx, schedule.Key(s.ID), &st); {
		case schemas.KindOf(err) == schemas.KindNotFound:
			continue
		case err != nil:
			return ofError("sources", "sources", err)
		}
		if st.Failures > 0 && p.Now().Sub(st.Since) > longFailing {
			failing = append(failing, s.ID)
		}
		if st.Paused != "" {
			paused = append(paused, s.ID)
		}
	}
	switch {
	case len(failing) > 0:
		return find(Warn, "sources", "sources.failing", someOf(failing), schemas.With{"Some": some(failing)})
	case len(paused) > 0:
		return find(Warn, "sources", "sources.paused", someOf(paused), schemas.With{"Some": some(paused)})
	}
	if len(p.Sources) == 0 {
		return find(OK, "sources", "sources.none", nil, nil)
	}
	return find(OK, "sources", "sources.fine", schemas.With{"N": len(p.Sources)}, nil)
}

// some names a few of many.
func some(ids []string) string {
	if len(ids) <= namedSources {
		return few(ids)
	}
	return fmt.Sprintf("%s and %d more", few(ids), len(ids)-namedSources)
}

// few are the first of many.
func few(ids []string) string { return strings.Join(ids[:min(len(ids), namedSources)], ", ") }
