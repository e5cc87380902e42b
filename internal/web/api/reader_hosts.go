package api

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"github.com/kreispresse/kreispresse/schemas"
)

// HostDetail is a host, for whoever runs it.
type HostDetail struct {
	Name    string       `json:"name"`
	Sources []string     `json:"sources"` // ids of those that are crawled from it
	Hosts   []HostStatus `json:"hosts"`   // one for each way in which it was asked; none: it never was
}

// HostName is the host that somebody means who writes a name or an address, with a port where one is given; "" when it is none.
func HostName(written string) string {
	written = strings.ToLower(strings.TrimSpace(written))
	if len(written) > 4*schemas.PauseHostLimit {
		return ""
	}
	if !strings.Contains(written, "://") {
		written = "//" + written
	}
	u, err := url.Parse(written)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	name := strings.TrimSuffix(u.Hostname(), ".")
	if net.ParseIP(name) == nil {
		if name, err = idna.Lookup.ToASCII(name); err != nil || len(name) > schemas.PauseHostLimit {
			return ""
		}
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		return net.JoinHostPort(name, port)
	}
	return name
}

// Host is what is known of a host of the registry, named as HostName has it. KindNotFound when nothing is crawled from it.
func (r *Reader) Host(ctx context.Context, name string) (*HostDetail, error) {
	reg, err := r.Registry(ctx)
	if err != nil {
		return nil, err
	}
	for _, try := range []string{name, "www." + name, strings.TrimPrefix(name, "www.")} {
		d := &HostDetail{Name: try, Sources: []string{}, Hosts: []HostStatus{}}
		for _, s := range reg {
			origins := slices.DeleteFunc(originsOf(s), func(o string) bool { return HostName(o) != try })
			if len(origins) == 0 {
				continue
			}
			d.Sources = append(d.Sources, s.ID)
			list, err := r.hosts(ctx, s, origins)
			if err != nil {
				return nil, err
			}
			for _, h := range list {
				if !slices.ContainsFunc(d.Hosts, func(x HostStatus) bool { return x.Host == h.Host }) {
					d.Hosts = append(d.Hosts, h)
				}
			}
		}
		if len(d.Sources) > 0 {
			return d, nil
		}
	}
	return nil, &schemas.Error{Op: "hosts", Kind: schemas.KindNotFound, Thing: name, Err: errors.New("nothing is crawled from this host")}
}

// PauseRequests are the wishes for a pause that nobody has answered, oldest first. What cannot be read is none.
func (r *Reader) PauseRequests(ctx context.Context) ([]schemas.PauseRequest, error) {
	var all []schemas.PauseRequest
	err := r.Bus.EachRun(ctx, "", schemas.RunPauseRequest, func(source, _ string, _ time.Time, data []byte) error {
		var p schemas.PauseRequest
		if err := json.Unmarshal(data, &p); err != nil {
			r.Log.Warn("a pause request cannot be read", "source", source, "error", err)
			return nil
		}
		all = append(all, p)
		return nil
	})
	return schemas.OpenPauses(all), err
}

// overviewPauses says that somebody waits for an answer: one need, however many there are.
func (r *Reader) overviewPauses(ctx context.Context, o *Overview) error {
	open, err := r.PauseRequests(ctx)
	if err != nil || len(open) == 0 {
		return err
	}
	o.Needs = append(o.Needs, Need{
		What: NeedPause, Grave: true, Source: open[0].Sources[0], Name: open[0].Host, Says: "somebody asks that a host be left alone for a while",
		Do: "accept or decline it on the page of the source", Since: open[0].At, Count: len(open),
	})
	return nil
}
