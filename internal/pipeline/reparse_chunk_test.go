package pipeline_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/schemas"
)

// countedPages are pages that count how often they are asked, and written.
type countedPages struct {
	pipeline.Pages
	gets, puts atomic.Int64
}

func (p *countedPages) Get(ctx context.Context, source, page string) (schemas.PageState, uint64, error) {
	p.gets.Add(1)
	return p.Pages.Get(ctx, source, page)
}

func (p *countedPages) Put(ctx context.Context, source, page string, st schemas.PageState, rev uint64) (uint64, error) {
	p.puts.Add(1)
	return p.Pages.Put(ctx, source, page, st, rev)
}

// TestReparseAsksOnce: of a page of which nothing differs the broker is asked once, however many chunks there are, and nothing is written.
func TestReparseAsksOnce(t *testing.T) {
	h := newHouse(t)
	h.releases(5)
	h.crawl()
	b := h.broker()
	pages := &countedPages{Pages: b.Pages}
	b.Pages = pages
	done, err := h.lineOf(b).Reparse(t.Context(), h.src.ID, pipeline.Reparsing{Chunk: 2})
	if err != nil || done.Outcomes[pipeline.Unchanged] != 5 {
		t.Fatal(done, err)
	}
	if pages.gets.Load() != 5 || pages.puts.Load() != 0 {
		t.Errorf("the states of 5 pages were read %d times and written %d times", pages.gets.Load(), pages.puts.Load())
	}
}

// aheadReleases let a release be published only after the next chunk has looked for it.
type aheadReleases struct {
	pipeline.Releases
	looks atomic.Int64
	ahead chan struct{}
}

func (r *aheadReleases) Current(ctx context.Context, source schemas.Source, id string) (*schemas.Event, error) {
	ev, err := r.Releases.Current(ctx, source, id)
	if r.looks.Add(1) == 2 {
		close(r.ahead)
	}
	return ev, err
}

func (r *aheadReleases) Publish(ctx context.Context, cur, ev *schemas.Event) error {
	select {
	case <-r.ahead:
	case <-ctx.Done():
		return ctx.Err()
	}
	return r.Releases.Publish(ctx, cur, ev)
}

// TestReparseReadsAhead: a chunk is read while the one before is published, and what was read too early of the feed is looked up again: the
// second snapshot of a page whose release the feed has lost corrects what the first one has just brought back.
func TestReparseReadsAhead(t *testing.T) {
	h := newHouse(t)
	h.releases(1)
	h.crawl()
	h.put("/presse/m1", html(title(1), "", append(paragraphs(1), "Berichtigung: Es ist die Brücke daneben.")...))
	h.crawl()
	lost := newHouse(t) // has the archive of h, and no feed
	ref := schemas.Source{ID: h.src.ID, Name: "Kreis Musterau", State: "NW"}
	if err := h.bus.EachSnapshotOf(t.Context(), h.src.ID, 0, func(_ uint64, s *schemas.Snapshot, err error) error {
		if err == nil {
			_, err = lost.bus.Append(t.Context(), s)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := lost.bus.Sources().Put(t.Context(), h.src.ID+".line", schemas.LineState{Ref: ref}, 0); err != nil {
		t.Fatal(err)
	}
	b := lost.broker()
	b.Releases = &aheadReleases{Releases: b.Releases, ahead: make(chan struct{})}
	done, err := lost.lineOf(b).Reparse(t.Context(), h.src.ID, pipeline.Reparsing{Chunk: 1, Workers: 1})
	if err != nil || done.Outcomes[pipeline.Published] != 1 || done.Outcomes[pipeline.Corrected] != 1 || done.Report.Differ != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	lost.want(map[string]int{"published": 1, "corrected": 1})
}
