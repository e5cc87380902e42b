package replay

import (
	"context"
	"net/url"
	"strings"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Feed is where events come from; *publisher.Bus is one.
type Feed interface {
	Measure(ctx context.Context, f publisher.Filter) (publisher.Measure, error)
	ReplayRaw(ctx context.Context, f publisher.Filter, fn func(ev *schemas.Event, release []byte) error) (int, error)
	Republish(ctx context.Context, f publisher.Filter, subject string, how publisher.Sending) (int, error)
}

// Memory is what is remembered of a replay that was interrupted, by key; *publisher.Sources is one.
type Memory interface {
	Get(ctx context.Context, key string, into any) (rev uint64, err error)
	Put(ctx context.Context, key string, value any, rev uint64) (uint64, error)
	Delete(ctx context.Context, key string, rev uint64) error
}

// Kinds of target.
const (
	toFile    = "file"
	toHTTP    = "http"
	toSubject = "subject"
)

// kindOf says what a target is: an address begins with http:// or https://, a file has a slash or a backslash in its name or ends in
// .jsonl; what is left is a subject.
func kindOf(target string) string {
	lower := strings.ToLower(target)
	switch {
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
		return toHTTP
	case strings.ContainsAny(target, `/\`), strings.HasSuffix(lower, ".jsonl"):
		return toFile
	}
	return toSubject
}

// ToSubject reports whether a target is a NATS subject.
func ToSubject(target string) bool { return kindOf(target) == toSubject }

// ToFile reports whether a target is a file.
func ToFile(target string) bool { return kindOf(target) == toFile }

// shown is a target without what may be secret in it.
func shown(target string) string {
	if kindOf(target) != toHTTP {
		return target
	}
	u, err := url.Parse(target)
	if err != nil {
		return "an address that cannot be read"
	}
	u.User = nil
	if u.RawQuery != "" {
		u.RawQuery = "…"
	}
	return u.String()
}

// sink takes events in their order.
type sink interface {
	send(ctx context.Context, ev *schemas.Event, release []byte) error
	// flush returns when everything that was sent has arrived.
	flush(ctx context.Context) error
	close() error
}
