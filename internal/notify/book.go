package notify

import (
	"maps"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
)

// Book is what all processes remember together: what is known and not told yet, what was told, and what was told and has not arrived yet. A
// process that starts anew tells nothing twice and forgets nothing, and of several one tells.
type Book struct {
	Held    []item              `json:"held,omitempty"`
	Open    map[string]Incident `json:"open,omitempty"` // incidents that were told and are not over, by source
	Storm   bool                `json:"storm,omitempty"`
	Blown   map[string]item     `json:"blown,omitempty"` // what the storm has broken, by source
	Outage  *Halt               `json:"outage,omitempty"`
	Letters []Letter            `json:"letters,omitempty"`
}

// Incident is what was told of a source.
type Incident struct {
	State string    `json:"state"`
	Since time.Time `json:"since"`
}

// Halt is that nothing is crawled, as it was told.
type Halt struct {
	Since time.Time `json:"since"`
	claim
}

// Letter is a message that has not arrived everywhere.
type Letter struct {
	Message Message  `json:"message"`
	To      []string `json:"to"` // the channels that it has not arrived by
	claim
}

// claim says which process sees to something, and until when that is believed.
type claim struct {
	By    string    `json:"by"`
	Until time.Time `json:"until"`
}

// claimTime is how long a process that was killed is waited for.
const claimTime = 2 * time.Minute

func (c claim) mine(d *desk) bool { return c.By == d.me }

// free reports a claim whose process has ended.
func (c claim) free(now time.Time) bool { return !now.Before(c.Until) }

// book is what of a desk all processes share.
func (d *desk) book() Book {
	return Book{Held: d.held, Open: d.open, Storm: d.storm.rages, Blown: d.storm.names, Outage: d.told, Letters: d.letters}
}

// load takes over what all processes share.
func (d *desk) load(b Book) {
	d.held, d.open, d.storm, d.told, d.letters = b.Held, b.Open, storm{b.Storm, b.Blown}, b.Outage, b.Letters
	if d.open == nil {
		d.open = map[string]Incident{}
	}
	if d.storm.names == nil {
		d.storm.names = map[string]item{}
	}
}

// join is a book with what a process has done while it could not write it, which is what differs between its own and the base, the book as it
// was when the two were the same last.
func (b Book) join(own, base Book) Book {
	key := func(x item) string { return x.Source }
	id := func(l Letter) string { return l.Message.ID }
	out := Book{
		Held: joinLists(b.Held, own.Held, base.Held, key), Letters: joinLists(b.Letters, own.Letters, base.Letters, id),
		Open: joinMaps(b.Open, own.Open, base.Open), Blown: joinMaps(b.Blown, own.Blown, base.Blown), Storm: b.Storm, Outage: b.Outage,
	}
	if own.Storm != base.Storm {
		out.Storm = own.Storm
	}
	if (own.Outage == nil) != (base.Outage == nil) {
		out.Outage = own.Outage
	}
	return out
}

// joinLists is own, and of theirs what own has not taken away since base.
func joinLists[T any](theirs, own, base []T, key func(T) string) []T {
	known := map[string]bool{}
	for _, x := range slices.Concat(own, base) {
		known[key(x)] = true
	}
	list := slices.Clone(own)
	for _, x := range theirs {
		if !known[key(x)] {
			list = append(list, x)
		}
	}
	return list
}

func joinMaps[T any](theirs, own, base map[string]T) map[string]T {
	all := map[string]T{}
	for k, v := range theirs {
		if _, was := base[k]; !was {
			all[k] = v
		}
	}
	maps.Copy(all, own)
	return all
}

// compare brings the desk up to what is remembered of the sources, after a start: an incident that nobody has heard of is news, and so is
// the end of one that was told.
func (d *desk) compare(incidents map[string]health.Incident, now time.Time) {
	known := func(source string) bool {
		_, open := d.open[source]
		_, blown := d.storm.names[source]
		return open || blown || slices.ContainsFunc(d.held, func(x item) bool { return x.Source == source })
	}
	for _, source := range slices.Sorted(maps.Keys(incidents)) {
		x := incidents[source]
		told, open := d.open[source]
		switch {
		case !known(source):
			d.alarm(health.Alarm{Source: source, State: x.State, Says: x.Says, Since: x.Since, At: x.Since})
		case open && told.Since.Equal(x.Since) && told.State != x.State && x.State == health.Broken:
			d.alarm(health.Alarm{Source: source, State: x.State, Says: x.Says, Since: x.Since, At: now})
		}
	}
	for _, source := range slices.Sorted(maps.Keys(d.open)) {
		if _, ill := incidents[source]; !ill {
			d.alarm(health.Alarm{Source: source, State: health.Healthy, Says: "recovered", Since: d.open[source].Since, At: now, Recovered: true})
		}
	}
}

// post notes messages that are to be sent by channels.
func (d *desk) post(list []Message, channels []string, now time.Time) {
	for _, m := range list {
		d.letters = append(d.letters, Letter{m, slices.Clone(channels), claim{d.me, now.Add(claimTime)}})
	}
	if n := len(d.letters) - waiting; n > 0 {
		d.letters = slices.Delete(d.letters, 0, n) // as many as an outbox keeps
	}
}

// arrived notes that a message need not be sent by a channel any more.
func (d *desk) arrived(id, channel string) {
	for i := range d.letters {
		if l := &d.letters[i]; l.Message.ID == id {
			l.To = slices.DeleteFunc(slices.Clone(l.To), func(c string) bool { return c == channel })
		}
	}
	d.letters = slices.DeleteFunc(d.letters, func(l Letter) bool { return len(l.To) == 0 })
}

// tend renews this process's claims when half of their time has passed, and gives the letters of processes that have ended, which are its
// own from now on.
func (d *desk) tend(now time.Time) (orphans []Letter) {
	renew := func(c *claim) {
		if c.mine(d) && c.Until.Sub(now) < claimTime/2 {
			c.Until = now.Add(claimTime)
		}
	}
	if d.told != nil {
		renew(&d.told.claim)
	}
	for i := range d.letters {
		l := &d.letters[i]
		if !l.mine(d) && l.free(now) {
			l.claim = claim{d.me, now.Add(claimTime)}
			orphans = append(orphans, *l)
		}
		renew(&l.claim)
	}
	return orphans
}

// leave gives up this process's claims: it ends.
func (d *desk) leave(now time.Time) {
	if d.told != nil && d.told.mine(d) {
		d.told.Until = now
	}
	for i := range d.letters {
		if d.letters[i].mine(d) {
			d.letters[i].Until = now
		}
	}
}
