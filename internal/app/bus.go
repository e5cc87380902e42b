package app

import (
	"context"
	"errors"
	"os"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// openBus starts the embedded server on the configured data directory, or connects to the configured NATS server and creates what
// streams are missing there.
func (p *program) openBus(ctx context.Context) (*publisher.Bus, error) {
	return p.bus(ctx, publisher.Config{ManageStreams: true})
}

// operatorBus is openBus for what an operator decides while a crawl goes on: it joins the process that uses the data directory.
func (p *program) operatorBus(ctx context.Context) (*publisher.Bus, error) {
	return p.bus(ctx, publisher.Config{ManageStreams: true, Join: true})
}

// bus opens the configured broker with the rest of cfg.
func (p *program) bus(ctx context.Context, cfg publisher.Config) (*publisher.Bus, error) {
	cfg, err := p.brokerConfig(cfg)
	if err != nil {
		return nil, err
	}
	return publisher.Open(ctx, cfg, p.log)
}

// brokerConfig completes cfg by where the configured broker is.
func (p *program) brokerConfig(cfg publisher.Config) (publisher.Config, error) {
	c := p.config
	if c.NATS == "" && c.Data == "" {
		return cfg, usagef("no home directory to keep data in: give --data DIR")
	}
	cfg.LostLeases = p.times.lost
	cfg.URL, cfg.DataDir, cfg.Creds, cfg.TLSCA, cfg.InboxPrefix = c.NATS, c.Data, c.NATSCreds, c.NATSCA, c.NATSInbox
	if c.MinFree == "" {
		return cfg, nil
	}
	floor, err := source.ParseByteSize(c.MinFree)
	if err != nil || floor == 0 {
		return cfg, usagef("--min-free %q: want a size such as 1GiB or 500MiB", c.MinFree)
	}
	cfg.Floor = int64(floor)
	return cfg, nil
}

// readBus is openBus for commands that only read: an embedded store that does not exist yet is an error, not a new directory, and on a
// server nothing is created, so that a reader needs no right to.
func (p *program) readBus(ctx context.Context) (*publisher.Bus, error) {
	return p.storedBus(ctx, publisher.Config{Join: true})
}

// readFeed is readBus for what chooses events by their source: the one that is named, if one is, there must be.
func (p *program) readFeed(ctx context.Context, source string) (*publisher.Bus, error) {
	bus, err := p.readBus(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.knownSource(ctx, bus, source); err != nil {
		return nil, errors.Join(err, bus.Close())
	}
	return bus, nil
}

// damagedBus is readBus for commands that look at a store although it has lost something.
func (p *program) damagedBus(ctx context.Context) (*publisher.Bus, error) {
	return p.storedBus(ctx, publisher.Config{Damaged: true, Join: true})
}

func (p *program) storedBus(ctx context.Context, cfg publisher.Config) (*publisher.Bus, error) {
	if p.config.NATS == "" && !exists(p.config.Data) {
		return nil, &schemas.Error{
			Op: "open", Kind: schemas.KindNotFound, Thing: p.config.Data, Err: errNothingYet,
			Hint: "run kreispresse crawl first, or name another place with --data DIR or --nats URL",
		}
	}
	return p.bus(ctx, cfg)
}

var errNothingYet = errors.New("nothing here yet")

func exists(dir string) bool {
	_, err := os.Stat(dir)
	return err == nil
}
