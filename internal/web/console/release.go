package console

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/schemas"
)

// releasePage is what the page of a release shows.
type releasePage struct {
	Event     *schemas.Event
	Release   *schemas.Release
	Type      string // short name of the event's type
	Text      []paragraph
	Cards     []card
	People    []schemas.Person
	Citation  string
	Permalink string
	Archived  bool              // its page is in the archive
	Reviews   []review.Reviewed // of quotes that this reading does not have
}

// card stands beside the text and says how one quote was read.
type card struct {
	Number  int
	Mark    string // of its spans in the text
	Quote   schemas.Quote
	Roles   []string // of the speaker, in this release
	Title   string   // academic
	Org     string
	Speaker string           // empty: nobody could be told
	Review  *review.Reviewed // what somebody said of it; nil: nobody did
}

func (k *call) release() error {
	ev, err := k.reader.Release(k.ctx(), k.r.PathValue("id"))
	if err != nil {
		return err
	}
	if ev.Release == nil {
		return k.refuse("read", schemas.KindNotFound, ev.Subject, "erased")
	}
	r := ev.Release
	p := releasePage{
		Event: ev, Release: r, Type: schemas.EventName(ev.Type), Text: layered(r), Cards: cards(r), People: r.People, Archived: r.Provenance.RawSequence > 0,
		Permalink: k.permalink(ev.Subject),
	}
	p.Citation = k.citation(ev, p.Permalink)
	byQuote, others, err := k.reviewsOf(ev)
	if err != nil {
		return err
	}
	p.Reviews = others
	for i := range p.Cards {
		p.Cards[i].Review = byQuote[i]
	}
	return k.page("release.html", "releases", short(r.Title), p)
}

func cards(r *schemas.Release) (list []card) {
	for i, q := range r.Quotes {
		c := card{Number: i, Mark: "q" + strconv.Itoa(i), Quote: q}
		if s := q.Speaker; s != nil {
			c.Speaker = s.Name
			if s.Person != nil && *s.Person >= 0 && *s.Person < len(r.People) {
				p := r.People[*s.Person]
				c.Roles, c.Title, c.Org = p.Roles, p.Title, p.Organisation
			}
		}
		list = append(list, c)
	}
	return list
}

// permalink is the address of a release's page here, without a language.
func (k *call) permalink(id string) string {
	scheme := "http"
	if k.r.TLS != nil || k.r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + k.r.Host + "/releases/" + id
}

// citation is how somebody cites a release: who, what, when, where, and the hash by which the words can be checked.
func (k *call) citation(ev *schemas.Event, link string) string {
	r := ev.Release
	who := r.Source.Name
	if who == "" {
		who = r.Source.ID
	}
	parts := []string{who + ": " + short(r.Title)}
	if r.Published != nil && len(r.Published.Value) >= len("2006-01-02") {
		parts = append(parts, r.Published.Value[:len("2006-01-02")])
	}
	if r.URL != "" {
		parts = append(parts, r.URL)
	}
	parts = append(parts, k.say("release.cite", "Revision", strconv.Itoa(ev.Revision), "Hash", ev.Hash[:min(16, len(ev.Hash))]), link)
	return strings.Join(parts, ". ")
}

// archivedPolicy lets an archived page do nothing: no script, no form, nothing from elsewhere, an origin of its own.
const archivedPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// archived is a page as it was stored, for the frame on the page of its release. Whatever it holds: it is shown as if it came from nowhere.
func (k *call) archived() error {
	revision, err := strconv.Atoi(k.view.Query.Get("revision"))
	if err != nil {
		revision = 0
	}
	s, err := k.reader.Page(k.ctx(), k.r.PathValue("id"), revision)
	if err != nil {
		return err
	}
	typ := "text/plain; charset=utf-8"
	if kind := strings.ToLower(s.ContentType); kind == "" || strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "application/xhtml") {
		typ = htmlType(s.ContentType)
	}
	k.framed(typ, "private, max-age=3600", s.Body)
	return nil
}

// framed answers with what somebody else wrote, for a frame in which it can do nothing.
func (k *call) framed(typ, cache string, page []byte) {
	h := k.w.Header()
	h.Set("Content-Security-Policy", archivedPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", cache)
	h.Set("Content-Type", typ)
	k.w.WriteHeader(http.StatusOK)
	_, _ = k.w.Write(page) // the asker may be gone
}

// htmlType keeps the encoding that the server named.
func htmlType(sent string) string {
	if _, rest, ok := strings.Cut(strings.ToLower(sent), "charset="); ok {
		if name := strings.Trim(strings.TrimSpace(strings.SplitN(rest, ";", 2)[0]), `"'`); name != "" && !strings.ContainsAny(name, " \r\n,") {
			return "text/html; charset=" + name
		}
	}
	return "text/html"
}
