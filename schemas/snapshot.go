package schemas

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Snapshot is one page as a server sent it: the raw bytes and what the HTTP response told about them. It is everything Parse may
// know, so that the same snapshot always gives the same release.
type Snapshot struct {
	Source      Source
	URL         string    // final URL, after redirects
	FetchedAt   time.Time // when the response arrived; zero when unknown
	FirstSeen   time.Time // when the page was first fetched; zero when unknown
	Run         string    // id of the crawl run
	Status      int       // HTTP status: 200, or 404/410 for a page that is gone (then Body is empty)
	ContentType string    // header as sent, may be empty
	Header      SnapshotHeader
	Hints       Hints
	Profile     string // id of the CMS profile that the source names, see parser.Profiles; empty: the page shows it
	Body        []byte // as received, after Content-Encoding, before any transcoding

	// Previous is the PRESS_RAW sequence of the page's last snapshot with a body, 0 when there is none. A snapshot of a page that
	// is gone is matched with its release through it.
	Previous uint64
}

// SnapshotHeader is what else of the response is kept.
type SnapshotHeader struct {
	ETag         string
	LastModified string
	Language     string // Content-Language
}

// Hints is what a listing, feed or sitemap said about the page before it was fetched.
type Hints struct {
	Title        string
	Published    string // ISO 8601 day or RFC 3339 time
	PublishedBy  string // listing, feed or sitemap
	DiscoveredBy string // listing, feed, sitemap or seed
}

// Gone reports whether the snapshot says that the page no longer exists.
func (s *Snapshot) Gone() bool { return s.Status == 404 || s.Status == 410 }

// Digest is the hex sha256 of the body, as in Provenance.Snapshot.
func (s *Snapshot) Digest() string {
	sum := sha256.Sum256(s.Body)
	return hex.EncodeToString(sum[:])
}
