package discover

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// StartHealth is how reading one start page and what follows from it went.
type StartHealth struct {
	Kind    string `json:"kind"` // listing, feed or sitemap
	URL     string `json:"url"`
	Pages   int    `json:"pages"`             // pages of the list, or files of the sitemap, that were read
	Matched int    `json:"matched"`           // what the item selector found, items of the feed, urls of the sitemap
	Links   int    `json:"links"`             // of them, with an address on the web
	Items   int    `json:"items"`             // of them, pages of the source; with repetitions
	Dated   int    `json:"dated"`             // of the pages of the source, with a date
	Refused int    `json:"refused,omitempty"` // links that accept, refuse or the hosts kept out

	Unchanged bool `json:"unchanged,omitempty"` // the server says that nothing of it has changed: the numbers are those of the last time

	RefusedExamples []string     `json:"refused_examples,omitempty"` // the first of them, at most maxExamples
	Error           string       `json:"error,omitempty"`
	ErrorKind       schemas.Kind `json:"error_kind,omitempty"`
	Note            string       `json:"note,omitempty"` // why reading ended early, when that is no error
}

const maxExamples = 3

// refuse counts a link that is no page of the source.
func (h *StartHealth) refuse(canonical string) {
	h.Links++
	h.Refused++
	if len(h.RefusedExamples) < maxExamples && !slices.Contains(h.RefusedExamples, canonical) {
		h.RefusedExamples = append(h.RefusedExamples, canonical)
	}
}

// Account is what was found, on one line: "14 entries, 14 links, 12 accepted, 2 refused (/kontakt, /presse/archiv), 12 dated". An
// address on the start's own host is shown as accept and refuse see it.
func (h *StartHealth) Account() string {
	what := map[string]string{ByListing: "entries", ByFeed: "items", BySitemap: "urls"}[h.Kind]
	line := fmt.Sprintf("%d %s, %d links, %d accepted, %d refused", h.Matched, what, h.Links, h.Items, h.Refused)
	if len(h.RefusedExamples) > 0 {
		at := parseURL(h.URL)
		shown := make([]string, len(h.RefusedExamples))
		for i, x := range h.RefusedExamples {
			shown[i] = x
			if u, err := url.Parse(x); err == nil && u.Host == at.Host {
				shown[i] = u.RequestURI()
			}
		}
		line += " (" + strings.Join(shown, ", ") + ")"
	}
	return line + fmt.Sprintf(", %d dated", h.Dated)
}
