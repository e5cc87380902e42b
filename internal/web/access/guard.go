package access

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Options say how a listener is reached.
type Options struct {
	Store   *Store
	Address net.Addr       // where it is bound
	TLS     bool           // it speaks TLS itself
	Proxies []netip.Prefix // who may say in X-Forwarded-User who asks; such requests come by them over TLS
	// Operators are the names of X-Forwarded-User that may act; all others that a proxy names may read.
	Operators []string
}

// ProxyHeader is what a trusted proxy says who asks by.
const ProxyHeader = "X-Forwarded-User"

// Guard is what every request has to pass. It is safe for concurrent use.
type Guard struct {
	Options
	store  *Store
	local  bool
	secure bool   // the cookie goes over TLS only
	cookie string // its name: cookies know no ports, so two processes on one machine have two names
	origin http.CrossOriginProtection
}

// New makes the guard of a listener. KindPolicy when strangers could listen in or come in: neither loopback, nor TLS with tokens, nor
// behind a proxy.
func New(o Options) (*Guard, error) {
	g := &Guard{Options: o, store: o.Store, secure: o.TLS || len(o.Proxies) > 0, cookie: "kreispresse"}
	a, ok := o.Address.(*net.TCPAddr)
	if ok {
		g.local = a.IP.IsLoopback()
		g.cookie = fmt.Sprintf("kreispresse-%d", a.Port)
	}
	if g.local && !o.TLS {
		g.secure = false // browsers on this machine come without a proxy, too
	}
	if g.local || len(o.Proxies) > 0 {
		return g, nil
	}
	refuse := func(hint, format string, v ...any) (*Guard, error) {
		return nil, &schemas.Error{Op: "listen", Kind: schemas.KindPolicy, Thing: o.Address.String(), Err: fmt.Errorf(format, v...), Hint: hint}
	}
	if !o.TLS {
		return refuse("give --tls-cert and --tls-key, or --behind-proxy ADDRESS, or listen on 127.0.0.1", "others could listen in: no loopback address, and no TLS")
	}
	tokens, err := o.Store.Tokens()
	if err != nil {
		return nil, err
	}
	if len(tokens) == 0 {
		return refuse("make a token first: kreispresse access add NAME --role operator", "nobody could come in: there are no tokens")
	}
	return g, nil
}

// Local says whether only this machine can reach the listener.
func (g *Guard) Local() bool { return g.local }

// Protect lets a request through to h when it was meant for this listener and comes from no other site, and finds out who asks (see
// From). It lets strangers through, too: Require keeps them out.
func (g *Guard) Protect(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := g.meant(r); err != nil {
			Refuse(w, r, http.StatusMisdirectedRequest, err)
			return
		}
		if err := g.origin.Check(r); err != nil {
			Refuse(w, r, http.StatusForbidden, &schemas.Error{
				Op: "access", Kind: schemas.KindPolicy, Err: errors.New("a page of another site asked for this"), Hint: "do it on the console itself",
			})
			return
		}
		h.ServeHTTP(w, r.WithContext(With(r.Context(), g.who(r))))
	})
}

// meant refuses names that a loopback listener does not have: a page elsewhere may have its name lead to 127.0.0.1 and then would count as
// the same site. And it refuses who comes past the proxy.
func (g *Guard) meant(r *http.Request) error {
	proxied := g.proxied(r)
	switch {
	case proxied:
		return nil
	case g.local:
		if loopbackName(r.Host) {
			return nil
		}
		return &schemas.Error{
			Op: "access", Kind: schemas.KindPolicy, Thing: r.Host, Err: errors.New("this listener has no such name"), Hint: "ask http://127.0.0.1 or localhost",
		}
	case !g.TLS:
		return &schemas.Error{Op: "access", Kind: schemas.KindPolicy, Err: errors.New("you came past the proxy"), Hint: "ask the proxy"}
	}
	return nil
}

func loopbackName(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if host = strings.Trim(host, "[]"); strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// proxied says whether a request comes from a proxy that may say who asks.
func (g *Guard) proxied(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(g.Proxies, func(p netip.Prefix) bool { return p.Contains(from.Addr().Unmap()) })
}

// who finds out who asks: by the proxy's word, by a token, by a cookie.
func (g *Guard) who(r *http.Request) Identity {
	if name := r.Header.Get(ProxyHeader); name != "" && g.proxied(r) {
		if slices.Contains(g.Operators, name) {
			return Identity{name, Operator}
		}
		return Identity{name, Viewer}
	}
	if scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		if t, ok := g.store.find(strings.TrimSpace(secret), false); ok {
			return Identity{t.Name, t.Role}
		}
		return Identity{} // a wrong token is no reason to look for a cookie
	}
	id, _ := g.resume(r)
	return id
}
