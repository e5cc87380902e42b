// Command kreispresse turns the press pages of German public authorities into one durable, replayable feed of structured releases.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/kreispresse/kreispresse/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(app.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
