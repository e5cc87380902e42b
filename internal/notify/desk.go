package notify

import (
	"cmp"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
)

// desk decides what is told when. It looks at no clock: every moment is given to it.
type desk struct {
	after  time.Duration // how long an incident lasts before it is told
	held   []item        // what is known and not told yet
	runs   map[string]ran
	storm  storm
	outage outage
}

// item is an alarm that waits.
type item struct {
	health.Alarm
	fresh bool // nothing was told of the incident before
	due   time.Time
}

// ran is how the last run of a source ended.
type ran struct {
	at     time.Time
	failed bool
}

// outage is what keeps everything from being crawled.
type outage struct {
	says  string
	since time.Time
	told  bool
}

func newDesk(after time.Duration) *desk {
	return &desk{after: after, runs: map[string]ran{}, storm: storm{names: map[string]item{}}}
}

func (d *desk) settle() time.Duration { return min(settle, d.after) }

// ran takes the result of a run.
func (d *desk) ran(source string, failed bool, at time.Time) { d.runs[source] = ran{at, failed} }

// alarm takes an alarm. One that is over before it was told is not told at all.
func (d *desk) alarm(a health.Alarm) {
	i := slices.IndexFunc(d.held, func(x item) bool { return x.Source == a.Source })
	var before item
	if i >= 0 {
		before = d.held[i]
		d.held = slices.Delete(d.held, i, i+1)
	}
	blown, ok := d.storm.names[a.Source]
	if a.Recovered {
		delete(d.storm.names, a.Source)
	}
	switch {
	case a.Recovered && (before.fresh || ok && blown.fresh): // nothing was told of it alone
	case a.Recovered:
		d.held = append(d.held, item{Alarm: a, due: a.At.Add(d.settle())})
	case d.storm.rages && a.State == health.Broken:
		d.storm.names[a.Source] = item{Alarm: a, fresh: a.At.Equal(a.Since)}
	case i >= 0 && before.Recovered && a.At.Equal(a.Since): // told, over and back again: one incident to whoever reads it
		d.held = append(d.held, item{Alarm: a, due: a.At.Add(d.after)})
	case i >= 0: // it has become worse meanwhile
		d.held = append(d.held, item{Alarm: a, fresh: before.fresh, due: before.due})
	default:
		d.held = append(d.held, item{Alarm: a, fresh: a.At.Equal(a.Since), due: a.At.Add(d.after)})
	}
}

// halted takes why nothing is crawled just now; "" when nothing keeps anything from it.
func (d *desk) halted(says string, now time.Time) {
	switch {
	case says == "" && !d.outage.told:
		d.outage = outage{}
	case d.outage.says == "":
		d.outage = outage{says: says, since: now}
	case says == "":
		d.outage.says = "" // news says that it is over
	}
}

// news are the messages of a moment. With all set nothing is held back any more: the process ends.
func (d *desk) news(now time.Time, all bool) (list []Message) {
	switch o := d.outage; {
	case o.told && o.says == "":
		list = append(list, newMessage(TypeResumed, now, "crawling goes on", "Nothing was crawled since "+moment(o.since)+"."))
		d.outage = outage{}
	case o.says != "" && !o.told && (all || !now.Before(o.since.Add(d.settle()))):
		m := newMessage(TypeStopped, now, "nothing is crawled", lines(oneLine(o.says), "Since "+moment(o.since)+". It is tried again and again: kreispresse doctor."))
		m.Urgent = true
		list, d.outage.told = append(list, m), true
	}
	list = append(list, d.weather(now, all)...)
	ripe := func(x item) bool { return all || !now.Before(x.due) }
	if len(d.held) > many && slices.ContainsFunc(d.held, ripe) {
		return append(list, ofSeveral(d.take(func(item) bool { return true }), now)) // those that are not due yet, too, not one by one later
	}
	due := d.take(ripe)
	for _, a := range due {
		list = append(list, ofAlarm(a, now))
	}
	return list
}

// take removes what is wanted of the held and gives it by source.
func (d *desk) take(want func(item) bool) (alarms []health.Alarm) {
	d.held = slices.DeleteFunc(d.held, func(x item) bool {
		if want(x) {
			alarms = append(alarms, x.Alarm)
			return true
		}
		return false
	})
	slices.SortFunc(alarms, func(a, b health.Alarm) int { return cmp.Compare(a.Source, b.Source) })
	return alarms
}
