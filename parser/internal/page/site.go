package page

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

func toLower(r rune) rune { return unicode.ToLower(r) }

//go:embed site.txt
var siteList string

// siteWords is site.txt: by kind, the words.
var siteWords = sync.OnceValue(func() map[string]map[string]bool {
	kinds := map[string]map[string]bool{}
	kind := ""
	for line := range strings.Lines(siteList) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		if line[0] != ' ' {
			kind, f = f[0], f[1:]
			kinds[kind] = map[string]bool{}
		}
		for _, w := range f {
			kinds[kind][w] = true
		}
	}
	return kinds
})

// siteMetas are the metas that name the site.
var siteMetas = []string{"og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher", "copyright", "twitter:site"}

// siteNames are the names of the site, folded: what its metas, its structured data, the links that lead home and the signature of its
// pages say.
func (r *reader) siteNames() []string {
	if r.sites != nil {
		return r.sites
	}
	r.sites = []string{}
	add := func(t string) {
		if f := fold(t); len(f) >= minSiteName && !siteWords()["section"][f] {
			r.sites = append(r.sites, f)
		}
	}
	for _, k := range siteMetas {
		add(r.s.MetaFirst(k))
	}
	for _, o := range r.p.LD {
		if ldType(o, "WebSite", "Organization", "NewsMediaOrganization", "GovernmentOrganization") {
			add(str(o["name"]))
		}
		if p, ok := o["publisher"].(map[string]any); ok {
			add(str(p["name"]))
		}
	}
	for _, t := range r.homeLinks() {
		add(t)
	}
	return r.sites
}

// homeLinks are the texts of the links that lead to the home page.
func (r *reader) homeLinks() (out []string) {
	home := r.p.resolve("/")
	for i := r.s.Body; i < int32(len(r.s.E)) && len(out) < maxHomeLinks; i++ {
		e := &r.s.E[i]
		if e.Node.DataAtom != atom.A || e.End-i > mastNodes {
			continue
		}
		if h := markup.Attr(e.Node, "href"); h != "/" && (len(h) > len(home) || len(h)+1 < len(home) || strings.TrimSuffix(h, "/") != strings.TrimSuffix(home, "/")) {
			continue
		}
		if t := text.Normalise(r.s.Read(i, markup.Visible)); t != "" {
			out = append(out, t)
			continue
		}
		for k := i; k < e.End; k++ {
			if r.s.Atom(k) == atom.Img {
				out = append(out, strings.TrimPrefix(r.s.Attr(k, "alt"), "Logo "))
			}
		}
	}
	return out
}

// hosts are the labels of the host that may name the site, folded: without www and the top-level domain.
func (r *reader) hosts() []string {
	labels := strings.Split(r.p.URL.Hostname(), ".")
	if len(labels) < 2 {
		return nil
	}
	out := labels[:0]
	for _, l := range labels[:len(labels)-1] {
		if l != "www" {
			out = append(out, fold(l))
		}
	}
	return out
}

// siteName reports whether t names the site and not a document.
func (r *reader) siteName(t string) bool {
	f := fold(t)
	if f == "" {
		return false
	}
	if domainLike(t) || slices.ContainsFunc(r.siteNames(), func(name string) bool { return names(name, f) || around(f, name) }) {
		return true
	}
	a := latin(f)
	if slices.ContainsFunc(r.hosts(), func(host string) bool { return a == host || isPart(a, host) }) {
		return true
	}
	return len(f) >= minSigned && len(t) < mastLetters && strings.Contains(r.signature(), f)
}

// names reports whether f is the name, folded, or a part of it that stands for the whole.
func names(name, f string) bool {
	return f == name || len(f) >= minSiteName && strings.HasPrefix(name, f) || isPart(f, name)
}

func isPart(f, name string) bool {
	return len(f) >= minSiteName && len(f) < maxSiteName && strings.Contains(name, f)
}

// around reports whether f is the name g with words for a section of the site around it: "Pressestelle Kreis Musterstadt".
func around(f, g string) bool {
	before, after, ok := strings.Cut(f, g)
	return ok && len(g) >= minSigned && siteWords()["section"][before+after]
}

// signature is what stands beside the signs of copyright behind the text, folded.
func (r *reader) signature() string {
	if r.signed == "" {
		r.signed = " "
		for k := max(r.s.E[r.core].End, int32(len(r.s.E))-maxSignatureNodes); k < int32(len(r.s.E)); k++ {
			if n := r.s.E[k].Node; n.Type == html.TextNode && len(n.Data) <= maxSignature && !r.s.is(r.s.E[k].Parent, markup.Unseen) {
				r.signed += fold(signedBy(n.Data)) + " "
			}
		}
	}
	return r.signed
}

// signedBy is the name beside the sign of copyright in a text: what follows up to the next mark, since a page's title may follow, too.
func signedBy(t string) string {
	for _, sign := range []string{"©", "(c)", "Copyright"} {
		before, after, ok := strings.Cut(t, sign)
		if !ok {
			continue
		}
		t = strings.Trim(after, " \u00a0\n\t:0123456789-–")
		if t == "" {
			return before
		}
		return t[:cuts(t)[0].to]
	}
	return ""
}

// domainLike reports whether t is a name of a host: "musterbote.example".
func domainLike(t string) bool {
	dot := strings.LastIndexByte(t, '.')
	if dot < 2 || len(t)-dot < 3 || strings.ContainsAny(t, " /@") {
		return false
	}
	for _, c := range t[dot+1:] {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// authority reports whether t is a name of who publishes and nothing else: "Kreis Musterstadt", "Die Stadtverwaltung Altdorf am Walde",
// "Altdorfer Zeitung".
func authority(t string) bool {
	words := strings.Fields(t)
	if len(words) > 1 {
		switch words[0] {
		case "Der", "Die", "Das":
			words = words[1:]
		}
	}
	if len(words) < 2 || len(words) > maxAuthority {
		return false
	}
	first := fold(words[0])
	if siteWords()["body"][first] || endsAs("bodyend", first) {
		return isName(words[1:])
	}
	return endsAs("paper", fold(words[len(words)-1])) && isName(words)
}

// endsAs reports whether a word ends as those of a kind do.
func endsAs(kind, word string) bool {
	for end := range siteWords()[kind] {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// isName reports whether words are capitalised as in a name, but for the small ones in it.
func isName(words []string) bool {
	names := 0
	for _, w := range words {
		c, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "(„\""))
		switch {
		case unicode.IsUpper(c) && isLetter(lastLetter(w)), strings.HasSuffix(w, "."):
			names++
		case !siteWords()["link"][w] && w != "e.V." && w != "a." && w != "d." && w != "&":
			return false
		}
	}
	return names > 0
}

func lastLetter(w string) rune {
	c, _ := utf8.DecodeLastRuneInString(strings.TrimRight(w, ").,“\""))
	return c
}

// section reports whether t names a part of the site: "Presse", "Aktuelle Meldungen", "Seiteninhalt", "Aktuelles & Presse".
func section(t string) bool {
	if len(t) >= maxSection {
		return false
	}
	if sectionWord(t) || listingTitle.MatchString(t) {
		return true
	}
	one, two, ok := strings.Cut(strings.ReplaceAll(t, " und ", " & "), " & ")
	return ok && sectionWord(one) && sectionWord(two)
}

func sectionWord(t string) bool {
	f := fold(t)
	return siteWords()["section"][f] || !strings.Contains(t, " ") && endsAs("sectionend", f)
}

// topic reports whether t is or joins names of fields of work.
func topic(t string) bool {
	for part := range strings.SplitSeq(strings.ReplaceAll(t, " und ", " & "), " & ") {
		if !siteWords()["topic"][fold(part)] && !sectionWord(part) {
			return false
		}
	}
	return true
}

// foreign reports whether a part of a title names the site or a part of it.
func (r *reader) foreign(t string) bool { return r.siteName(t) || authority(t) || section(t) }

// latin writes umlauts as addresses do.
func latin(f string) string {
	if isASCII(f) {
		return f
	}
	return umlauts.Replace(f)
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
