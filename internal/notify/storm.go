package notify

import (
	"maps"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
)

// storm is the time in which most sources fail. Their sites cannot all have broken at once: it is our network, and one message says so.
type storm struct {
	rages bool
	names map[string]item // that broke in it and are broken still; those of the last one, too, when it is over
}

// weather begins a storm when enough has broken, and ends it when most of what is asked answers again.
//
// It begins when the first incident of those that wait is due, and many wait, more than sources have answered since it began. Sources that
// were broken before count for neither.
func (d *desk) weather(now time.Time, all bool) []Message {
	if d.storm.rages {
		return d.calm(now)
	}
	var first time.Time
	n, due := 0, false
	for _, x := range d.held {
		if !breaks(x) {
			continue
		}
		n++
		due = due || all && x.By == d.me || !now.Before(x.Due)
		if first.IsZero() || x.At.Before(first) {
			first = x.At
		}
	}
	well, _ := d.since(first)
	if !due || n < many || n <= well {
		return nil
	}
	for _, x := range d.held {
		if breaks(x) {
			d.storm.names[x.Source] = x
		}
	}
	d.storm.rages = true
	alarms := d.take(breaks)
	return []Message{ofStorm(alarms, n+well, now)}
}

// breaks reports whether an incident is one of those that a network makes.
func breaks(x item) bool { return !x.Recovered && x.State == health.Broken }

// calm ends the storm when, of what was asked of late, more has answered than failed.
func (d *desk) calm(now time.Time) []Message {
	well, failed := d.since(now.Add(-max(d.after, DefaultAfter))) // however soon incidents are told, sources are asked when they are due
	if well <= failed {
		return nil
	}
	d.storm.rages = false
	var left []health.Alarm
	for _, source := range slices.Sorted(maps.Keys(d.storm.names)) {
		left = append(left, d.storm.names[source].Alarm)
	}
	return []Message{ofCalm(left, now)}
}

// since counts the sources whose last run ended since a moment, by whether it failed; a failure counts of those only that the storm has
// broken.
func (d *desk) since(first time.Time) (well, failed int) {
	for source, r := range d.runs {
		_, blown := d.storm.names[source]
		switch {
		case r.at.Before(first):
		case !r.failed:
			well++
		case blown:
			failed++
		}
	}
	return well, failed
}
