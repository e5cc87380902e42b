package pipeline

import (
	"context"

	"github.com/kreispresse/kreispresse/schemas"
)

// probe is what the site answers for an address that cannot exist. It is asked for at most once a run, and only when the run has
// pages whose word is doubted: what stands there stands in for pages, too.
type probe struct {
	asked bool
	says  string // "" when it answers as it should
}

// ask asks for the probe if the batch gives reason to.
func (r *sourceRun) ask(ctx context.Context, batch []*reading) error {
	beside := ""
	r.mu.Lock()
	for _, rd := range batch {
		if rd.relation == schemas.RelationReplaced || !rd.known() && (r.seen.standsIn(rd.says) && rd.says != noRelease || rd.slight()) {
			beside = rd.snapshot.URL
			break
		}
	}
	r.mu.Unlock()
	if beside == "" || r.probe.asked {
		return nil
	}
	r.probe.asked = true
	s, err := r.crawler.Probe(ctx, r.src, beside)
	if err != nil || s == nil {
		return err
	}
	if rel, err := parse(s); err == nil {
		r.probe.says = schemas.Fingerprint(rel)
	}
	return nil
}

// slightText is the length, in bytes, up to which a new page without a date and a quote may be what a server says instead of a page.
const slightText = 600

// slight reports whether a new page says so little that it is worth asking what else the site says.
func (rd *reading) slight() bool {
	rel := rd.release
	return rel != nil && rel.Published == nil && len(rel.Quotes) == 0 && len(rel.Text) <= slightText
}

// probed reports whether a page says what stands at an address that does not exist.
func (r *sourceRun) probed(says string) bool { return r.probe.says != "" && says == r.probe.says }
