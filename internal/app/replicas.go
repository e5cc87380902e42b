package app

import (
	"context"
	"strconv"
	"time"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/internal/doctor"
	"github.com/kreispresse/kreispresse/internal/fleet"
	"github.com/kreispresse/kreispresse/publisher"
)

// sourceSet is what this process has of source files, as it tells the others.
func (p *program) sourceSet() (fleet.Set, error) {
	version := 0
	if v := p.config.SourcesVersion; v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 {
			return fleet.Set{}, usagef("--sources-version %q: want a number such as 7", v)
		}
		version = n
	}
	all, err := p.sources()
	if err != nil {
		return fleet.Set{}, err
	}
	return fleet.SetOf(version, all)
}

// newFleet is this process' part in the agreement on source files; nil on a data directory, where one process crawls alone.
func (p *program) newFleet(bus *publisher.Bus) (*fleet.Keeper, error) {
	own, err := p.sourceSet()
	if err != nil || p.config.NATS == "" {
		return nil, err
	}
	return fleet.New(bus.Sources(), polite.Holder(), own, p.times.agree, p.log), nil
}

// keep keeps the agreement until ctx ends, and then tells the others.
func (r *runner) keep(ctx context.Context) error {
	err := r.fleet.Run(ctx)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTime)
	defer cancel()
	r.fleet.Leave(end)
	return err
}

// leaveTime is how long a process that ends may take to tell the others.
const leaveTime = time.Second

// note is what is not as it should be although this process does its work; empty: nothing.
func (r *runner) note() string {
	if refused := r.fleet.Refused(); refused != nil {
		return refused.Error() + " (" + refused.Hint() + ")"
	}
	return ""
}

// agreed compares this command's source files with those that the running processes have agreed on.
func (p *program) agreed(ctx context.Context, bus *publisher.Bus) (doctor.Finding, error) {
	own, err := p.sourceSet()
	if err != nil {
		return doctor.Finding{}, err
	}
	return doctor.Agreed(ctx, bus.Sources(), own), nil
}
