package doctor

import (
	"context"
	"fmt"
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
		return Finding{OK, "names", "no press site has a name to look up", ""}
	case len(lost) == 0:
		return Finding{OK, "names", fmt.Sprintf("%d press sites have an address", all), ""}
	case len(lost) == all:
		return Finding{Fail, "names", fmt.Sprintf("none of %d press sites has an address", all), "look at the network and the name server of this machine"}
	}
	says := fmt.Sprintf("%d of %d press sites have no address: %s", len(lost), all, some(lost))
	return Finding{Warn, "names", says, "look whether the site has moved, and mend the source's file"}
}

// robots looks at what robots.txt said when it was last read.
func (p *Patient) robots(ctx context.Context) []Finding {
	var closed, unread []string
	for _, h := range p.hosts() {
		st, _, err := p.Bus.Hosts().Get(ctx, h)
		switch {
		case schemas.KindOf(err) == schemas.KindNotFound || err == nil && st.Robots == nil:
		case err != nil:
			return []Finding{ofError("robots.txt", err)}
		case st.Robots.All && st.Robots.Why != "":
			unread = append(unread, h)
		case st.Robots.All:
			closed = append(closed, h)
		}
	}
	var list []Finding
	if len(closed) > 0 {
		list = append(list, Finding{Warn, "robots.txt", "forbids everything: " + some(closed), "write to the site's operator, or take the source out"})
	}
	if len(unread) > 0 {
		list = append(list, Finding{Warn, "robots.txt", "could not be read, so nothing is asked: " + some(unread), "it is tried again; look at the site if it lasts"})
	}
	if len(list) == 0 {
		list = append(list, Finding{OK, "robots.txt", "none that was read forbids everything", ""})
	}
	return list
}
