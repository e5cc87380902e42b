// Command subscriber prints the press releases of a Land: first the present state of each, then live, until Ctrl-C.
//
//	go run ./examples/subscriber nats://127.0.0.1:4222 nw
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: subscriber NATS-URL LAND")
		os.Exit(2)
	}
	err := subscribe(ctx, os.Args[1], os.Args[2], func(event, source string, release map[string]any) error {
		_, err := fmt.Printf("%s\t%s\t%v\n", path.Base(source), event, release["title"])
		return err
	})
	if err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "subscriber:", err)
		os.Exit(1)
	}
}

// subscribe calls each for the releases of a Land until ctx ends. An event whose call fails comes again at the next start.
func subscribe(ctx context.Context, url, land string, each func(event, source string, release map[string]any) error) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		return err
	}
	// The server remembers under this name how far you are. Start and filter of a durable consumer are fixed when it is made: for another
	// filter take another name, or nothing of the past is delivered.
	consumer, err := js.CreateConsumer(ctx, "PRESS", jetstream.ConsumerConfig{
		Durable:       "newsroom-" + land,
		DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy, // first the present state of each release, then live
		FilterSubject: "press.v1.release." + land + ".>",     // press.v1.release.> is everything
		AckPolicy:     jetstream.AckExplicitPolicy,
	})
	if err != nil {
		return err
	}
	messages, err := consumer.Messages()
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, messages.Stop)()
	for {
		m, err := messages.Next()
		if err != nil {
			return err
		}
		var release map[string]any // or schemas.Release
		if err := json.Unmarshal(m.Data(), &release); err != nil {
			return err
		}
		// published, corrected, reextracted, withdrawn or erased: de.kreispresse.release.<event>.v1. Ignore what you do not know.
		if err := each(m.Headers().Get("ce-type"), m.Headers().Get("ce-source"), release); err != nil {
			return err
		}
		if err := m.Ack(); err != nil {
			return err
		}
	}
}
