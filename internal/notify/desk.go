package notify

import (
	"cmp"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
)

// desk decides what is told when. It looks at no clock: every moment is given to it.
type desk struct {
	me     string        // this process
	after  time.Duration // how long an incident lasts before it is told
	runs   map[string]ran
	outage outage // of this process

	// What all processes share, see Book.
	held    []item              // what is known and not told yet
	open    map[string]Incident // what was told
	storm   storm
	told    *Halt // that nothing is crawled
	letters []Letter
}

// item is an alarm that waits.
type item struct {
	health.Alarm
	Fresh bool      `json:"fresh,omitempty"` // nothing was told of the incident before
	Due   time.Time `json:"due"`
	By    string    `json:"by,omitempty"` // the process that has met it
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
}

func newDesk(after time.Duration) *desk {
	return &desk{after: after, runs: map[string]ran{}, open: map[string]Incident{}, storm: storm{names: map[string]item{}}}
}

func (d *desk) settle() time.Duration { return min(settle, d.after) }

// ran takes the result of a run.
func (d *desk) ran(source string, failed bool, at time.Time) { d.runs[source] = ran{at, failed} }

// alarm takes an alarm. One that is over before it was told is not told at all, and what was told already is not told again.
func (d *desk) alarm(a health.Alarm) {
	if !a.Recovered && d.heard(a) {
		return
	}
	before, waited := item{}, false
	if i := slices.IndexFunc(d.held, func(x item) bool { return x.Source == a.Source }); i >= 0 {
		before, waited = d.held[i], true
		d.held = slices.Delete(slices.Clone(d.held), i, i+1)
	}
	if a.Recovered {
		d.over(a, before, waited)
	} else {
		d.begun(a, before, waited)
	}
}

// heard reports an incident that was told as it is.
func (d *desk) heard(a health.Alarm) bool {
	told, open := d.open[a.Source]
	return open && told.Since.Equal(a.Since) && (told.State == a.State || a.State != health.Broken)
}

func (d *desk) hold(a health.Alarm, fresh bool, due time.Time) {
	d.held = append(d.held, item{a, fresh, due, d.me})
}

// over takes the end of an incident. It is news when something was told of the incident alone.
func (d *desk) over(a health.Alarm, before item, waited bool) {
	_, open := d.open[a.Source]
	blown, stormy := d.storm.names[a.Source]
	delete(d.storm.names, a.Source)
	if !before.Fresh && (!stormy || !blown.Fresh) && (waited || stormy || open) {
		d.hold(a, false, a.At.Add(d.settle()))
	}
}

// begun takes an incident that has begun or become worse.
func (d *desk) begun(a health.Alarm, before item, waited bool) {
	first := a.At.Equal(a.Since)
	switch {
	case d.storm.rages && a.State == health.Broken:
		d.storm.names[a.Source] = item{a, first, a.At, d.me}
	case waited && before.Recovered && first: // told, over and back again: one incident to whoever reads it
		d.hold(a, false, a.At.Add(d.after))
	case waited: // it has become worse meanwhile
		d.hold(a, before.Fresh, before.Due)
	default:
		d.hold(a, first, a.At.Add(d.after))
	}
}

// halted takes why nothing is crawled just now; "" when nothing keeps anything from it.
func (d *desk) halted(says string, now time.Time) {
	switch {
	case says == "":
		d.outage = outage{}
	case d.outage.says == "":
		d.outage = outage{says: says, since: now}
	}
}

// halts tells that nothing is crawled, and that it goes on. Of several processes one tells it: whose claim it is, or, when that one has
// ended, another.
func (d *desk) halts(now time.Time, all bool) (list []Message) {
	ripe := d.outage.says != "" && (all || !now.Before(d.outage.since.Add(d.settle())))
	switch {
	case d.told == nil && ripe:
		text := lines(oneLine(d.outage.says), "Since "+moment(d.outage.since)+". It is tried again and again: kreispresse doctor.")
		m := newMessage(TypeStopped, now, "nothing is crawled", text)
		m.Urgent = true
		d.told = &Halt{d.outage.since, claim{d.me, now.Add(claimTime)}}
		return []Message{m}
	case d.told == nil || !d.told.mine(d) && !d.told.free(now):
	case d.outage.says == "":
		list = append(list, newMessage(TypeResumed, now, "crawling goes on", "Nothing was crawled since "+moment(d.told.Since)+"."))
		d.told = nil
	case ripe:
		d.told.claim = claim{d.me, now.Add(claimTime)}
	}
	return list
}

// news are the messages of a moment. With all set nothing that this process has met is held back any more: it ends.
func (d *desk) news(now time.Time, all bool) (list []Message) {
	list = append(d.halts(now, all), d.weather(now, all)...)
	ripe := func(x item) bool { return all && x.By == d.me || !now.Before(x.Due) }
	if len(d.held) > many && slices.ContainsFunc(d.held, ripe) {
		return append(list, ofSeveral(d.tell(func(item) bool { return true }), now)) // those that are not due yet, too, not one by one later
	}
	for _, a := range d.tell(ripe) {
		list = append(list, ofAlarm(a, now))
	}
	return list
}

// tell is take, and notes what is told by that.
func (d *desk) tell(want func(item) bool) []health.Alarm {
	alarms := d.take(want)
	for _, a := range alarms {
		if a.Recovered {
			delete(d.open, a.Source)
		} else {
			d.open[a.Source] = Incident{a.State, a.Since}
		}
	}
	return alarms
}

// take removes what is wanted of the held and gives it by source.
func (d *desk) take(want func(item) bool) (alarms []health.Alarm) {
	d.held = slices.DeleteFunc(slices.Clone(d.held), func(x item) bool {
		if want(x) {
			alarms = append(alarms, x.Alarm)
			return true
		}
		return false
	})
	slices.SortFunc(alarms, func(a, b health.Alarm) int { return cmp.Compare(a.Source, b.Source) })
	return alarms
}
