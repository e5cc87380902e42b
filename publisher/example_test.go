package publisher

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/kreispresse/kreispresse/schemas"
)

// A feed begins at any sequence and goes on with what is published, until the subscriber has enough; each event holds the whole release.
// Here a release is published and corrected, and read by somebody who has seen nothing yet.
func ExampleBus_Feed() {
	dir, err := os.MkdirTemp("", "feed")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	b, err := Open(ctx, Config{DataDir: dir}, slog.New(slog.DiscardHandler))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	for _, text := range []string{"Die Brücke ist gesperrt.", "Die Brücke ist wieder frei."} {
		if _, _, err := publishRelease(ctx, b, testRelease(testSnapshot(1, text), text)); err != nil {
			fmt.Println(err)
			return
		}
	}

	feed, err := b.Feed(ctx, Filter{State: "NW", From: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer feed.Close()
	enough := errors.New("enough")
	err = feed.Each(ctx, func(ev *schemas.Event) error {
		fmt.Println(ev.Sequence, ev.Type, "revision", ev.Release.Revision, ev.Release.Text)
		if ev.Sequence == 2 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		fmt.Println(err)
	}
	// Output:
	// 1 de.kreispresse.release.published.v1 revision 1 Die Brücke ist gesperrt.
	// 2 de.kreispresse.release.corrected.v1 revision 2 Die Brücke ist wieder frei.
}
