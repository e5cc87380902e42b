package publisher

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/kreispresse/kreispresse/schemas"
)

// interrupts ends requests early for what NATS reports out of band: a refused subject, a lost connection, a full disk. The request
// itself would only see silence until its timeout.
type interrupts struct {
	mu      sync.Mutex
	next    int
	waiting map[int]interruptible
}

type interruptible struct {
	stream, subject string
	end             func(cause error)
}

// watch registers a request about stream and subject; end is called at most a few times, with the cause.
func (x *interrupts) watch(stream, subject string, end func(cause error)) (forget func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.waiting == nil {
		x.waiting = make(map[int]interruptible)
	}
	x.next++
	id := x.next
	x.waiting[id] = interruptible{stream, subject, end}
	return func() {
		x.mu.Lock()
		delete(x.waiting, id)
		x.mu.Unlock()
	}
}

// all ends every request.
func (x *interrupts) all(cause error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, w := range x.waiting {
		w.end(cause)
	}
}

// refused ends every request that the refused subject belongs to: its own subject, an API subject with its stream, or the inbox.
func (x *interrupts) refused(text string) {
	subject := refusedSubject(text)
	text = strings.TrimPrefix(text, "nats: permissions violation: ")
	inbox := strings.Contains(text, "Subscription to") && !schemas.IsService(subject)
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, w := range x.waiting {
		if inbox || subject == w.subject || strings.HasPrefix(subject, "$") && hasToken(subject, w.stream) {
			w.end(&denied{text})
		}
	}
}

// refusedSubject is the subject that NATS names when it refuses one.
func refusedSubject(text string) string {
	_, subject, _ := strings.Cut(text, `"`)
	subject, _, _ = strings.Cut(subject, `"`)
	return subject
}

func hasToken(subject, token string) bool {
	for t := range strings.SplitSeq(subject, ".") {
		if t == token {
			return true
		}
	}
	return false
}

// brokenStore keeps why an embedded server can no longer write: a stream that had a write error takes nothing until the next start, so
// whatever is asked later would only meet silence.
type brokenStore struct {
	why     atomic.Pointer[error]
	curable atomic.Bool // a server that is started anew may be able to write again
}

func (x *brokenStore) get() error {
	if p := x.why.Load(); p != nil {
		return *p
	}
	return nil
}

// breakDown ends every request, and every later one, with err.
func (b *Bus) breakDown(err error) {
	b.broken.why.CompareAndSwap(nil, &err)
	b.inflight.all(err)
}

// failed is breakDown for what a server could not write: it may mend itself, see heal.
func (b *Bus) failed(err error) {
	b.broken.curable.Store(true)
	b.breakDown(err)
}
