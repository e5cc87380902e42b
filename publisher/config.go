package publisher

import (
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Config says where the broker is and how to use it. The zero value of every field but DataDir or URL is usable.
type Config struct {
	URL     string // NATS URLs separated by commas; empty: embedded server on DataDir
	DataDir string // directory of the embedded server, created with mode 0700

	Name        string // name of the connection, as `nats server report connections` shows it; default "kreispresse"
	InboxPrefix string // replies arrive under it; set one per user where permissions are restricted; default "_INBOX"

	Creds    string // path of a credentials file (JWT and nkey seed)
	User     string
	Password string
	Token    string
	TLSCA    string // path of a PEM file with the authorities that may sign the server's certificate
	TLSCert  string // path of a client certificate, with TLSKey
	TLSKey   string

	// ManageStreams creates missing streams and updates those that can be brought in line without losing anything. The embedded
	// server's streams are always managed. Otherwise they must exist and are only checked, as far as permissions allow.
	ManageStreams bool

	// Damaged opens a store that has lost something all the same, for whoever looks at the damage or mends it; nothing is created in it.
	// Without it such a store is refused.
	Damaged bool

	// Join connects to the process that has DataDir in use instead of failing with KindLocked.
	Join bool

	Replicas int   // copies of each stream; 0: 1 on a single server, 3 on a cluster, and what exists is accepted
	MaxStore int64 // bytes the embedded server may store; 0: what the disk holds
	Floor    int64 // bytes that have to stay free: with less nothing is archived; 0: see Room

	LostLeases time.Duration // after press_hosts was lost, how long nobody takes a host; default schemas.LongestLease

	Patience time.Duration // how long a write is retried while the broker is away; default 30 s
}

const (
	connectTimeout = 5 * time.Second
	reconnectWait  = 500 * time.Millisecond
	requestTimeout = 10 * time.Second        // one request to the broker; a synced write to a busy disk can take seconds
	markTimeout    = time.Second             // for the marks when a bus is closed; with the next two less than 5 s, so that an interruption is quick
	drainTimeout   = time.Second             // for what is on its way to or from an embedded server when it is closed
	stopTimeout    = 2500 * time.Millisecond // for an embedded server to close its files
	bodyTimeout    = time.Minute             // one body to or from the object store, in hundreds of synced chunks
	clusterCopies  = 3
)

func (c Config) withDefaults() Config {
	if c.Name == "" {
		c.Name = "kreispresse"
	}
	if c.Patience <= 0 {
		c.Patience = 30 * time.Second
	}
	if c.LostLeases <= 0 {
		c.LostLeases = schemas.LongestLease
	}
	if c.URL == "" {
		c.ManageStreams = true
	}
	return c
}

// thing names the broker in errors: the URL without credentials, or the data directory.
func (c Config) thing() string {
	if c.URL == "" {
		return c.DataDir
	}
	var urls []string
	for u := range strings.SplitSeq(c.hideCredentials(), ",") {
		urls = append(urls, strings.TrimSpace(u))
	}
	return strings.Join(urls, ",")
}

// hideCredentials cuts what stands before the last @ of each server: a password may hold an @, a comma or anything else, a host may not.
func (c Config) hideCredentials() string {
	parts := strings.Split(c.URL, ",")
	var out []string
	open := "" // of credentials that a comma has cut in two
	for _, u := range parts {
		scheme := ""
		if before, rest, ok := strings.Cut(u, "://"); ok && open == "" {
			scheme, u = strings.TrimSpace(before)+"://", rest
		}
		i := strings.LastIndexByte(u, '@')
		switch {
		case i >= 0:
			u, open = open+scheme+u[i+1:], ""
		case !isHostPort(u) && len(out)+1 < len(parts): // the first half of a password
			if open == "" {
				open = scheme
			}
			continue
		default:
			u = open + scheme + u
			open = ""
		}
		out = append(out, u)
	}
	return strings.Join(out, ",")
}

// isHostPort reports a plain name or address, with a port of digits or none.
func isHostPort(s string) bool {
	s = strings.TrimSuffix(strings.TrimSpace(s), "/")
	host, port := s, ""
	if i := strings.LastIndexByte(s, ':'); i >= 0 && !strings.HasSuffix(s, "]") {
		host, port = s[:i], s[i+1:]
	}
	digits := strings.Trim(port, "0123456789") == ""
	return digits && host != "" && !strings.ContainsAny(host, "/#?%@ ")
}

// checkURL refuses what is no list of server addresses, without printing any of it: an error of net/url quotes the whole, with the
// password.
func (c Config) checkURL() error {
	for u := range strings.SplitSeq(c.URL, ",") {
		u = strings.TrimSpace(u)
		if !strings.Contains(u, "://") {
			u = "nats://" + u
		}
		x, err := url.Parse(u)
		if err == nil && x.Hostname() != "" && (x.Path == "" || x.Path == "/" || strings.HasPrefix(x.Scheme, "ws")) && x.Fragment == "" {
			continue
		}
		return &schemas.Error{
			Op: "connect", Kind: schemas.KindInvalid, Err: errors.New("the address of the NATS server cannot be read"),
			Hint: "write it as nats://host:port; in a user name or password write % as %25, / as %2F, # as %23, @ as %40 and : as %3A",
		}
	}
	return nil
}
