package app

import (
	"os"
	"runtime/debug"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/publisher"
)

// gcPercent lets garbage grow to half of what is in use before it is collected, not to the same: a crawl runs for hours beside other
// programs, its processor time goes into parsing (docs/operations.md has the figures).
const gcPercent = 50

// newLine joins crawler, parser and broker as the configuration says.
func (p *program) newLine(bus *publisher.Bus) *pipeline.Line {
	return p.lineOver(bus, func(c crawler.Config) crawler.Config { return c })
}

// lineOver is newLine with a crawler that somebody has a word on.
func (p *program) lineOver(bus *publisher.Bus, change func(crawler.Config) crawler.Config) *pipeline.Line {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	c := crawler.New(bus.Pages(), bus, change(crawler.Config{
		Version: programVersion, Contact: p.config.Contact, Log: p.log, Hosts: bus.Hosts(), Memory: bus.Sources(), Lists: bus.Lists(),
		Fingerprint: pipeline.Fingerprint, Lease: p.times.lease,
	}))
	return pipeline.New(pipeline.Broker{Archive: bus, Releases: bus, Pages: bus.Pages(), Sources: bus.Sources(), Runs: bus, Eraser: bus, Mark: bus.Mark}, c, p.log)
}
