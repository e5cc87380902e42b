package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// keyBook is where the book stands among what is remembered of sources.
const keyBook = "notify.told"

// shareTries bounds how often a change of the book is made anew on top of another process's.
const shareTries = 8

// nameBoxes gives each channel a name of its own: two may be of one host.
func (n *Notifier) nameBoxes() {
	seen := map[string]int{}
	for _, o := range n.boxes {
		seen[o.name()]++
		o.key = fmt.Sprintf("%s #%d", o.name(), seen[o.name()])
		if n.opt.Memory != nil {
			o.gone = func(id, key string) { n.learn(func(d *desk) { d.arrived(id, key) }) }
		}
	}
}

// share makes what this process has learnt, and a change, part of the book, and sends the messages that come of it: when the book is written,
// so that of several processes one sends them, or, when it cannot be, all the same: that the broker is away is something to tell, too.
func (n *Notifier) share(ctx context.Context, now time.Time, change func(*desk) []Message) {
	n.mu.Lock()
	facts := n.facts
	n.facts = nil
	n.mu.Unlock()
	var channels []string
	for _, o := range n.boxes {
		channels = append(channels, o.key)
	}
	var list []Message
	apply := func() {
		for _, f := range facts {
			f(n.desk)
		}
		list = change(n.desk)
		if n.opt.Memory != nil {
			n.desk.post(list, channels, now)
		}
	}
	if n.opt.Memory == nil {
		apply()
	} else if err := n.write(ctx, apply); err != nil {
		n.opt.Log.Debug("what was told cannot be remembered now", "error", err)
		n.ahead = true
		apply()
	}
	for _, m := range list {
		n.send(m, channels)
	}
}

// write applies a change to the book as it is now. An error means that nothing was applied.
func (n *Notifier) write(ctx context.Context, apply func()) error {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	own, outage := n.desk.book(), n.desk.outage
	var err error
	for range shareTries {
		var b Book
		var rev uint64
		rev, err = n.opt.Memory.Get(ctx, keyBook, &b)
		if kind := schemas.KindOf(err); err != nil && kind != schemas.KindNotFound && (kind != schemas.KindStorage || rev == 0) {
			break
		}
		before, _ := json.Marshal(b)
		if n.ahead {
			b = b.join(own, n.base)
		}
		n.desk.outage = outage
		n.desk.load(b.clone())
		apply()
		after, e := json.Marshal(n.desk.book())
		if e != nil {
			return e // cannot be: it is data
		}
		if rev == 0 || !bytes.Equal(before, after) {
			_, err = n.opt.Memory.Put(ctx, keyBook, json.RawMessage(after), rev)
		}
		if err == nil || rev > 0 && bytes.Equal(before, after) {
			n.ahead, n.base = false, n.desk.book().clone()
			return nil
		}
		if schemas.KindOf(err) != schemas.KindConflict {
			break
		}
	}
	n.desk.outage = outage
	n.desk.load(own.clone())
	return err
}

// clone is a book that shares nothing with this one.
func (b Book) clone() (c Book) {
	text, err := json.Marshal(b)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		return b // cannot be: it is data
	}
	return c
}
