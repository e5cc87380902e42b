package app

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/schemas"
)

// ownSources is where this installation keeps what it knows better than the registry: sources that were found here, and what became of
// a verification. The files lie over the built-in sources; with --sources they are those of that directory themselves.
func (p *program) ownSources() string {
	if p.config.Sources != "" {
		return p.config.Sources
	}
	if p.config.Data == "" {
		return ""
	}
	return filepath.Join(p.config.Data, "sources")
}

// noteStatus writes down what was seen of a source, for the next crawl of everything.
func (p *program) noteStatus(id string, st source.Status) error {
	dir := p.ownSources()
	if dir == "" {
		return usagef("no home directory to note the status of sources in: give --data DIR")
	}
	return source.SetStatus(dir, id, st)
}

// sources are the sources in use.
func (p *program) sources() ([]*source.Source, error) {
	var all []*source.Source
	var err error
	if p.config.Sources != "" {
		all, err = source.LoadDir(p.config.Sources)
	} else if all, err = source.Embedded(); err == nil && p.ownSources() != "" {
		all, err = source.Overlay(all, p.ownSources())
	}
	if err == nil && len(all) == 0 {
		err = noSources(p.config.Sources)
	}
	if err != nil {
		return nil, err
	}
	return all, checkProfiles(all)
}

// working are the sources that a crawl of everything takes: those that were verified, and those whose own file says nothing of it. The
// built-in one of the demo is none, its site is up only while the demo runs.
func (p *program) working() ([]*source.Source, error) {
	all, err := p.sources()
	return slices.DeleteFunc(all, func(s *source.Source) bool { return !s.Works() || s.ID == demoSource && p.config.Sources == "" }), err
}

// chosenSources are those with the given ids, in that order; when there are none all that work.
func (p *program) chosenSources(ids []string) ([]*source.Source, error) {
	if len(ids) > 0 {
		all, err := p.sources()
		if err != nil {
			return nil, err
		}
		return choose(all, ids)
	}
	all, err := p.working()
	if err == nil && len(all) == 0 {
		err = &schemas.Error{
			Op: "sources", Kind: schemas.KindNotFound, Thing: p.config.Sources, Err: errors.New("no source is verified"),
			Hint: "name one (kreispresse sources list --all), or see which work: kreispresse sources verify",
		}
	}
	return all, err
}

// toCrawl are the chosen sources, if there is something to crawl in each of them.
func (p *program) toCrawl(ids []string) ([]*source.Source, error) {
	sources, err := p.chosenSources(ids)
	for _, s := range sources {
		if !s.HasStart() {
			return nil, &schemas.Error{
				Op: "sources", Kind: schemas.KindInvalid, Thing: s.ID, Err: errors.New("nobody knows yet where its releases are listed (" + s.Status.Is + ")"),
				Hint: "kreispresse sources discover " + s.ID,
			}
		}
	}
	return sources, err
}

// hintUnverified says once a run which of the sources that were named nobody has seen work.
func (p *program) hintUnverified(sources []*source.Source) {
	for _, s := range sources {
		if !s.Works() {
			p.log.Warn("the source is not verified, look at what it brings", "source", s.ID, "status", s.Status.Is, "reason", s.Status.Reason)
		}
	}
}
