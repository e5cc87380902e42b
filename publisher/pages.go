package publisher

import (
	"context"
	"fmt"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Pages is the state of every known page, the bucket press_pages with keys <source>.<page>.
type Pages struct{ bucket[schemas.PageState] }

// Pages gives access to page state.
func (b *Bus) Pages() *Pages {
	return &Pages{bucket[schemas.PageState]{b, schemas.BucketPages, "page state"}}
}

func pageKey(source, page string) (string, error) {
	if err := schemas.CheckToken(source); err != nil {
		return "", &schemas.Error{Op: "page state", Kind: schemas.KindInvalid, Err: fmt.Errorf("source: %w", err)}
	}
	if page == "" || strings.ContainsAny(page, ".*> \t\r\n") {
		return "", &schemas.Error{Op: "page state", Kind: schemas.KindInvalid, Err: fmt.Errorf("%q is no page id", page)}
	}
	return source + "." + page, nil
}

// Get reads the state of a page and its revision. KindNotFound when the page is not known, KindStorage when its state cannot be read.
func (p *Pages) Get(ctx context.Context, source, page string) (schemas.PageState, uint64, error) {
	key, err := pageKey(source, page)
	if err != nil {
		return schemas.PageState{}, 0, err
	}
	return p.get(ctx, key)
}

// Put writes the state of a page if rev is still its revision; 0 means that the page is not known yet. It returns the new revision.
// KindConflict when somebody else was faster. Writing the same state again after a lost acknowledgement succeeds.
func (p *Pages) Put(ctx context.Context, source, page string, st schemas.PageState, rev uint64) (uint64, error) {
	key, err := pageKey(source, page)
	if err != nil {
		return 0, err
	}
	return p.put(ctx, key, st, rev)
}

// Delete forgets a page if rev is still the revision of its state: the next crawl that meets it takes it for new. KindConflict when
// somebody else was faster.
func (p *Pages) Delete(ctx context.Context, source, page string, rev uint64) error {
	key, err := pageKey(source, page)
	if err != nil {
		return err
	}
	return p.delete(ctx, key, rev)
}

// Each calls fn for every known page of a source, or of all sources when source is empty, least recently written first, until fn
// returns an error, which is returned. Pages that change meanwhile may be given as they were, or not at all.
func (p *Pages) Each(ctx context.Context, source string, fn func(page string, st schemas.PageState, rev uint64) error) error {
	return p.some(ctx, source, 0, 0, fn)
}

// Oldest is Each for the n pages whose state was written least recently. It reads no more than these.
func (p *Pages) Oldest(ctx context.Context, source string, n int, fn func(page string, st schemas.PageState, rev uint64) error) error {
	if n <= 0 {
		return nil
	}
	return p.some(ctx, source, 0, n, fn)
}

// After is Oldest for the pages of one source whose state was written after the revision after: a sweep of all pages goes on where it ended.
// seen is the revision up to which every state was given; more says that there may be others behind it. Few are asked for one by one: that
// there is nothing new takes two requests then.
func (p *Pages) After(ctx context.Context, source string, after uint64, n int, fn func(page string, st schemas.PageState, rev uint64) error) (
	seen uint64, more bool, err error,
) {
	if n <= 0 {
		return after, true, nil
	}
	if err := checkSource(source); err != nil {
		return after, true, err
	}
	return p.behind(ctx, source+".*", after, n, byPage(fn))
}

func (p *Pages) some(ctx context.Context, source string, after uint64, n int, fn func(page string, st schemas.PageState, rev uint64) error) error {
	if source == "" {
		source = "*"
	} else if err := checkSource(source); err != nil {
		return err
	}
	return p.each(ctx, source+".*", after, n, byPage(fn))
}

func checkSource(source string) error {
	if err := schemas.CheckToken(source); err != nil {
		return &schemas.Error{Op: "page state", Kind: schemas.KindInvalid, Err: fmt.Errorf("source: %w", err)}
	}
	return nil
}

// byPage calls fn with the page of a key.
func byPage(fn func(page string, st schemas.PageState, rev uint64) error) func(key string, st schemas.PageState, rev uint64) error {
	return func(key string, st schemas.PageState, rev uint64) error {
		_, page, _ := strings.Cut(key, ".")
		return fn(page, st, rev)
	}
}
