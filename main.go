// Command kreispresse turns the press pages of German public authorities into one durable, replayable feed of structured releases.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/kreispresse/kreispresse/internal/app"
)

// patience is how long an interrupted command may take to end in order. What it does then is only to be quick and tidy: everything
// acknowledged is on disk, so ending at once loses nothing.
const patience = 4500 * time.Millisecond

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, func() {
		time.Sleep(patience)
		fmt.Fprintln(os.Stderr, "kreispresse: interrupted; something did not end in time, it is left as after a crash: the next run continues")
		os.Exit(app.ExitInterrupted)
	})
	os.Exit(app.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
