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
		level := Fail
		if d.Rebuilt {
			level = Warn
		}
		list = append(list, Finding{level, "stream " + d.Stream, d.What, d.Mend})
	}
	var messages uint64
	for _, s := range st.Streams {
		messages += s.Messages
		if s.NotCurrent > 0 {
			says := fmt.Sprintf("%d of its %d copies lag or are offline", s.NotCurrent, s.Replicas)
			list = append(list, Finding{Warn, "stream " + s.Name, says, "look at the nodes of the cluster"})
		}
		if st.Cluster != "" && s.Replicas < 3 {
			list = append(list, Finding{Warn, "stream " + s.Name, fmt.Sprintf("%d copies on a cluster", s.Replicas), "nats stream edit " + s.Name + " --replicas 3"})
		}
	}
	if len(list) == 0 {
		list = append(list, Finding{OK, "streams", fmt.Sprintf("%d streams, %d messages, none missing", len(st.Streams), messages), ""})
	}
	return list
}

// clock compares the newest message's time with ours: what was stored in our future was stored by a clock that is ahead, or ours is behind.
func (p *Patient) clock(st *publisher.Status) Finding {
	now := p.Now()
	for _, s := range st.Streams {
		if ahead := s.LastTime.Sub(now); s.Messages > 0 && ahead > maxAhead {
			says := fmt.Sprintf("the newest message of %s was stored %s ahead of this machine's clock", s.Name, ahead.Round(time.Second))
			return Finding{Fail, "clock", says, "set the clock of this machine, or of the broker, by NTP"}
		}
	}
	return Finding{OK, "clock", now.Format(time.RFC3339) + ", nothing was stored later", ""}
}

func (p *Patient) backup(ctx context.Context) Finding {
	at, err := p.Bus.LastBackup(ctx)
	switch age := p.Now().Sub(at); {
	case err != nil:
		return ofError("backup", err)
	case at.IsZero():
		return Finding{Warn, "backup", "none was ever made", "kreispresse backup DIR, off this machine, every day"}
	case age > oldBackup:
		return Finding{Warn, "backup", fmt.Sprintf("the last one is %d days old", int(age.Hours()/24)), "kreispresse backup DIR"}
	default:
		return Finding{OK, "backup", "the last one was made " + at.Local().Format(time.DateTime), ""}
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
			return ofError("sources", err)
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
		return Finding{Warn, "sources", "failing for more than a week: " + some(failing), "kreispresse status, then look at the site and mend the source's file"}
	case len(paused) > 0:
		return Finding{Warn, "sources", "paused: " + some(paused), ""}
	}
	if len(p.Sources) == 0 {
		return Finding{OK, "sources", "none is verified, so only those are crawled that somebody names", ""}
	}
	return Finding{OK, "sources", fmt.Sprintf("%d, none fails for more than a week", len(p.Sources)), ""}
}

// some names a few of many.
func some(ids []string) string {
	if len(ids) <= namedSources {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:namedSources], ", "), len(ids)-namedSources)
}
