package doctor

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kreispresse/kreispresse/schemas"
)

const (
	lookups     = 16
	lookupLimit = 5 * time.Second
)

// hosts are the names of the press sites, each once.
func (p *Patient) hosts() []string {
	var list []string
	for _, s := range p.Sources {
		if pl := s.Plan(); pl != nil && net.ParseIP(pl.Base.Hostname()) == nil {
			list = append(list, pl.Base.Hostname())
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// names resolves the names of the press sites.
func (p *Patient) names(ctx context.Context) []Finding {
	var mu sync.Mutex
	var lost []string
	var g errgroup.Group
	g.SetLimit(lookups)
	hosts := p.hosts()
	for _, h := range hosts {
		g.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, lookupLimit)
			defer cancel()
			if _, err := net.DefaultResolver.LookupNetIP(ctx, "ip", h); err != nil {
				mu.Lock()
				defer mu.Unlock()
				lost = append(lost, h)
			}
			return nil
		})
	}
	_ = g.Wait()
	slices.Sort(lost)
	return []Finding{judgeNames(len(hosts), lost)}
}

func judgeNames(all int, lost []string) Finding {
	switch {
	case all == 0:
		return find(OK, "names", "names.none", nil, nil)
	case len(lost) == 0:
		return find(OK, "names", "names.found", schemas.With{"N": all}, nil)
	case len(lost) == all:
		return find(Fail, "names", "names.lost", schemas.With{"N": all}, nil)
	}
	with := someOf(lost)
	with["Lost"], with["N"] = len(lost), all
	return find(Warn, "names", "names.some", with, schemas.With{"Some": some(lost)})
}

// robots looks at what robots.txt said when it was last read.
func (p *Patient) robots(ctx context.Context) []Finding {
	var closed, unread []string
	for _, h := range p.hosts() {
		st, _, err := p.Bus.Hosts().Get(ctx, h)
		switch {
		case schemas.KindOf(err) == schemas.KindNotFound || err == nil && st.Robots == nil:
		case err != nil:
			return []Finding{ofError("robots.txt", "robots", err)}
		case st.Robots.All && st.Robots.Why != "":
			unread = append(unread, h)
		case st.Robots.All:
			closed = append(closed, h)
		}
	}
	var list []Finding
	if len(closed) > 0 {
		list = append(list, find(Warn, "robots.txt", "robots.closed", someOf(closed), schemas.With{"Some": some(closed)}))
	}
	if len(unread) > 0 {
		list = append(list, find(Warn, "robots.txt", "robots.unread", someOf(unread), schemas.With{"Some": some(unread)}))
	}
	if len(list) == 0 {
		list = append(list, find(OK, "robots.txt", "robots.open", nil, nil))
	}
	return list
}
