package app

import (
	"context"
	"sync"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/schemas"
)

// tray is what a crawl puts its pages on when they are only looked at: it remembers nothing and publishes nothing.
type tray struct {
	mu    sync.Mutex
	pages []schemas.Snapshot
}

var (
	_ crawler.Pages   = (*tray)(nil)
	_ crawler.Archive = (*tray)(nil)
)

func (t *tray) Get(_ context.Context, _, page string) (schemas.PageState, uint64, error) {
	return schemas.PageState{}, 0, &schemas.Error{Op: "page state", Kind: schemas.KindNotFound, Thing: page}
}

func (t *tray) Put(context.Context, string, string, schemas.PageState, uint64) (uint64, error) {
	return 1, nil
}

func (t *tray) After(_ context.Context, _ string, after uint64, _ int, _ func(string, schemas.PageState, uint64) error) (uint64, bool, error) {
	return after, false, nil
}

func (t *tray) Each(context.Context, string, func(string, schemas.PageState, uint64) error) error {
	return nil
}

func (t *tray) Append(_ context.Context, s *schemas.Snapshot) (uint64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pages = append(t.pages, *s)
	return uint64(len(t.pages)), nil
}
