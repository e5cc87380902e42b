package page

import (
	"html"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// witnessed says how far the page's other titles agree with t: 1 if one says the same, less if one only contains it, more if several do.
func (r *reader) witnessed(t string) float64 {
	f := fold(t)
	best, equal := 0.0, 0
	if r.folded == nil {
		for _, w := range r.witnesses() {
			r.folded = append(r.folded, fold(r.withoutSite(w)))
		}
	}
	for _, g := range r.folded {
		switch {
		case g == "" || f == "":
		case f == g:
			equal++
			best = 1
		case len(f) > minWitness && strings.Contains(g, f), len(g) > minWitness && strings.Contains(f, g):
			short, long := min(len(f), len(g)), max(len(f), len(g))
			best = max(best, 0.5+0.5*float64(short)/float64(long))
		}
	}
	return best + severalPoints*float64(max(0, equal-1))
}

// witnesses are the titles a page gives itself outside of its text.
func (r *reader) witnesses() []string {
	if r.titles == nil {
		r.titles = []string{}
		add := func(t string) {
			if t = unescape(t); t != "" {
				r.titles = append(r.titles, t)
			}
		}
		for _, k := range []string{"og:title", "twitter:title", "dc.title", "headline"} {
			add(r.s.MetaFirst(k))
		}
		if o := r.p.article(); o != nil {
			add(str(o["headline"]))
			add(str(o["alternativeHeadline"]))
		}
		r.own = len(r.titles)
		add(r.s.MetaFirst("title"))
		add(r.s.Title)
	}
	return r.titles
}

// unescape undoes entities that were escaped twice, as in JSON-LD.
func unescape(t string) string {
	if strings.Contains(t, "&") {
		t = html.UnescapeString(t)
	}
	return text.Normalise(t)
}

// siteName reports whether t names the site and not a document.
func (r *reader) siteName(t string) bool {
	f := fold(t)
	if f != "" && f == r.site {
		return true
	}
	for _, n := range []string{r.s.MetaFirst("og:site_name", "application-name", "apple-mobile-web-app-title"), r.p.URL.Hostname()} {
		g := fold(n)
		if g != "" && (f == g || strings.HasPrefix(g, f) || len(f) < maxSiteName && strings.Contains(g, f)) {
			return true
		}
	}
	return false
}

// fold makes titles comparable: letters and digits in lower case.
func fold(t string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(t) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7F && isLetter(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// withoutSite cuts the name of the site off a title: "Meldung | Kreis" and "Kreis: Meldung".
func (r *reader) withoutSite(t string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · ", " » ", " :: ", ": "} {
		parts := strings.Split(t, sep)
		if len(parts) < 2 {
			continue
		}
		last := len(parts) - 1
		switch {
		case r.siteName(parts[last]) || sep == " | " || sep == " :: " || sep == " · ":
			return text.Normalise(longest(parts))
		case r.siteName(parts[0]):
			return text.Normalise(strings.Join(parts[1:], sep))
		}
	}
	return t
}

func longest(parts []string) string {
	n := 0
	for i, p := range parts {
		if len(p) > len(parts[n]) {
			n = i
		}
	}
	return parts[n]
}
