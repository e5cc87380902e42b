// Command go follows a feed and prints each quote as "title, speaker: quote", until Ctrl-C. It keeps no releases itself: where it would, the comments
// say what to do with each event.
//
//	go run ./examples/go nats://127.0.0.1:4222            # everything, from the present state on
//	go run ./examples/go nats://127.0.0.1:4222 NW         # one Land: the broker keeps another place for it
//	go run ./examples/go nats://127.0.0.1:4222 "" https://presse.example.org/   # the whole past from an archive, then live
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/kreispresse/kreispresse/publisher/feed"
	"github.com/kreispresse/kreispresse/schemas"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	args := append(os.Args[1:], "", "", "")
	if args[0] == "" {
		fmt.Fprintln(os.Stderr, "usage: go NATS-URL [LAND [ARCHIVE]]")
		os.Exit(2)
	}
	o := feed.Options{Name: "example", State: args[1], Start: feed.Present}
	if args[2] != "" {
		o.Start, o.Segments = feed.Everything, args[2]
	}
	err := feed.Subscribe(ctx, args[0], o, take)
	switch {
	case errors.Is(err, feed.ErrOtherFeed):
		fmt.Fprintln(os.Stderr, "the feed was made anew; delete what you have and subscribe under another name:", err)
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// take deals with an event. It comes again when an error is returned or the program dies meanwhile, so whatever it does must bear being done twice:
// store releases by ev.Subject, their id, and let a lower ev.Revision not replace a higher one.
func take(_ context.Context, ev *schemas.Event) error {
	r := ev.Release
	switch ev.Type {
	case schemas.EventErased: // of a person, on request: erase every copy, and every revision
		fmt.Printf("%d erased: %s\n", ev.Sequence, ev.Subject)
	case schemas.EventWithdrawn: // the authority has taken it down: mark it, do not show it as current
		fmt.Printf("%d withdrawn: %s (%s)\n", ev.Sequence, r.Title, ev.Reason)
	case schemas.EventPublished, schemas.EventCorrected, schemas.EventReextracted: // replace what you have of it
		if len(ev.Changes) > 0 {
			fmt.Printf("%d %s: changed %v\n", ev.Sequence, r.Title, ev.Changes)
		}
		for _, q := range r.Quotes {
			if q.Speaker != nil { // nil: nobody can say who
				fmt.Printf("%d %s, %s: %s\n", ev.Sequence, r.Title, q.Speaker.Name, q.Text)
			}
		}
	default: // a type that this program does not know: later versions may have more
	}
	return nil
}
