package console

import (
	"cmp"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/publisher"
)

// subscriberRow is a subscriber with how long its oldest event waits.
type subscriberRow struct {
	publisher.Subscriber
	Events int // not done yet
	Lag    time.Duration
}

func (k *call) subscribers() error {
	list, err := k.reader.Subscribers(k.ctx())
	if err != nil {
		return err
	}
	rows := make([]subscriberRow, len(list))
	for i, s := range list {
		rows[i] = subscriberRow{Subscriber: s, Events: int(s.Waiting) + s.Unacked}
		if !s.Oldest.IsZero() {
			rows[i].Lag = max(k.view.Now.Sub(s.Oldest), 0)
		}
	}
	slices.SortStableFunc(rows, func(a, b subscriberRow) int { return cmp.Compare(b.Lag, a.Lag) })
	return k.page("subscribers.html", "subscribers", k.say("nav.subscribers"), rows)
}

// Setting is one value of the configuration, with where it comes from. Secrets have no value.
type Setting struct{ Name, Value, Origin string }

// systemPage is what the page of the system shows.
type systemPage struct {
	*api.System
	Settings []Setting
	Audits   []api.Audit
}

// shownAudits is how many of the last acts are shown.
const shownAudits = 30

func (k *call) system() error {
	s, err := k.reader.System(k.ctx())
	if err != nil {
		return err
	}
	audits, err := k.reader.Audits(k.ctx(), shownAudits)
	if err != nil {
		return err
	}
	return k.page("system.html", "system", k.say("nav.system"), systemPage{s, k.Settings, audits})
}
