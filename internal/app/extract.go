package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// noRelease and deadLetter are outcomes of a snapshot beside those of a release (publisher.Outcome).
const (
	noRelease  publisher.Outcome = "no release"
	deadLetter publisher.Outcome = "dead letter"
)

var extractOutcomes = []publisher.Outcome{
	publisher.Published, publisher.Corrected, publisher.Reextracted, publisher.Withdrawn, publisher.Unchanged, publisher.Superseded, noRelease, deadLetter,
}

// extractor is the second half of the line: snapshots in, releases out. A snapshot is acknowledged only after its release is.
type extractor struct {
	bus *publisher.Bus
	log *slog.Logger

	mu     sync.Mutex
	counts map[publisher.Outcome]int
}

// run extracts until ctx ends or the broker fails.
func (e *extractor) run(ctx context.Context, workers int) error {
	err := e.bus.Snapshots(ctx, workers, e.handle)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func (e *extractor) handle(ctx context.Context, d *publisher.Delivery) error {
	outcome, reason, err := e.extract(ctx, d.Snapshot)
	if err != nil {
		if schemas.KindOf(err) != schemas.KindInvalid {
			return err // the broker's: the snapshot stays unacknowledged and comes again
		}
		outcome, reason = deadLetter, oneLine(err.Error())
	}
	if outcome == deadLetter {
		e.log.Error("page cannot be read, kept as a dead letter", "url", d.Snapshot.URL, "snapshot", d.Sequence, "reason", reason)
		err = d.Reject(ctx, reason)
	} else {
		err = d.Ack(ctx)
	}
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.counts == nil {
		e.counts = map[publisher.Outcome]int{}
	}
	e.counts[outcome]++
	return nil
}

// extract says what became of a snapshot; the reason is for a dead letter.
func (e *extractor) extract(ctx context.Context, s *schemas.Snapshot) (o publisher.Outcome, reason string, err error) {
	if s.Gone() {
		id, err := e.releaseOf(ctx, s)
		if err != nil {
			return "", "", err
		}
		o, _, err = e.bus.Withdraw(ctx, s.Source, id, s.FetchedAt)
		return o, "", err
	}
	r, err := parse(s)
	switch kind := schemas.KindOf(err); {
	case kind == schemas.KindNoRelease:
		e.log.Info("page is no release", "url", s.URL, "reason", err)
		return noRelease, "", nil
	case err != nil:
		return deadLetter, oneLine(err.Error()), nil
	}
	o, _, err = e.bus.PublishRelease(ctx, r)
	return o, "", err
}

// releaseOf is the id of the release that a page which is gone used to hold: its last snapshot says so.
func (e *extractor) releaseOf(ctx context.Context, s *schemas.Snapshot) (string, error) {
	if s.Previous > 0 {
		last, err := e.bus.Snapshot(ctx, s.Previous)
		switch {
		case err == nil:
			if r, err := parse(last); err == nil {
				return r.ID, nil
			}
		case schemas.KindOf(err) != schemas.KindNotFound: // not found: older than the archive keeps
			return "", err
		}
	}
	url, err := schemas.CanonicalURL(s.URL)
	if err != nil {
		url = s.URL
	}
	return schemas.ReleaseID(s.Source.ID, url), nil
}

// parse is parser.Parse behind a net: should one page ever make it panic, that page is a dead letter and the line goes on.
func parse(s *schemas.Snapshot) (r *schemas.Release, err error) {
	defer func() {
		if x := recover(); x != nil {
			r, err = nil, &schemas.Error{Op: "parse", Kind: schemas.KindInternal, Thing: s.URL, Err: fmt.Errorf("panic: %v at %s", x, panicPlace(debug.Stack()))}
		}
	}()
	return parser.Parse(s)
}

// panicPlace is the first line of ours in a stack: file and line.
func panicPlace(stack []byte) string {
	for line := range strings.SplitSeq(string(stack), "\n") {
		if i := strings.Index(line, "/parser/"); i >= 0 && strings.Contains(line, ".go:") {
			return strings.Fields(line[i+1:])[0]
		}
	}
	return "unknown"
}

// String is the counts on one line.
func (e *extractor) String() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var parts []string
	for _, o := range extractOutcomes {
		if n := e.counts[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	if len(parts) == 0 {
		return "nothing to extract"
	}
	return strings.Join(parts, ", ")
}

func (e *extractor) total() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, c := range e.counts {
		n += c
	}
	return n
}
