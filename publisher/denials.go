package publisher

import (
	"strings"
	"sync"
)

// denials hands out-of-band refusals to the requests that caused them.
type denials struct {
	mu      sync.Mutex
	next    int
	waiting map[int]denialWatch
}

type denialWatch struct {
	stream, subject string
	refuse          func(text string)
}

func (d *denials) watch(stream, subject string, refuse func(string)) (forget func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.waiting == nil {
		d.waiting = make(map[int]denialWatch)
	}
	d.next++
	id := d.next
	d.waiting[id] = denialWatch{stream, subject, refuse}
	return func() {
		d.mu.Lock()
		delete(d.waiting, id)
		d.mu.Unlock()
	}
}

// report tells every request that the refused subject belongs to: its own subject, an API subject with its stream, or the inbox.
func (d *denials) report(text string) {
	_, subject, _ := strings.Cut(text, `"`)
	subject, _, _ = strings.Cut(subject, `"`)
	text = strings.TrimPrefix(text, "nats: permissions violation: ")
	inbox := strings.Contains(text, "Subscription to")
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, w := range d.waiting {
		if inbox || subject == w.subject || strings.HasPrefix(subject, "$") && hasToken(subject, w.stream) {
			w.refuse(text)
		}
	}
}

func hasToken(subject, token string) bool {
	for t := range strings.SplitSeq(subject, ".") {
		if t == token {
			return true
		}
	}
	return false
}
