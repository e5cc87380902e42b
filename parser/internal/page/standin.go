package page

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"
)

//go:embed standin.txt
var standInText string

// standInWords are the words of standin.txt by class.
var standInWords = sync.OnceValue(func() map[string][]string {
	words := map[string][]string{}
	for line := range strings.Lines(standInText) {
		if class, word, ok := strings.Cut(strings.TrimSpace(line), " "); ok && class != "#" {
			words[class] = append(words[class], word)
		}
	}
	return words
})

// speaksOfItself reports whether a page is about the site instead of the world: an error, works on the site, a forwarding. It is short,
// states no date, quotes nobody, and most of what it says is that the page, the site or its machine is away, broken or elsewhere, or
// what to do about it. A release about works on the site has a date, a quote or a story.
func (r *reader) speaksOfItself(letters int) bool {
	if letters >= fewLetters || r.statesDate() {
		return false
	}
	of, all := 0, 0
	both := false
	for _, p := range r.p.Pieces {
		for _, s := range strings.FieldsFunc(p.Text, func(c rune) bool { return c == '.' || c == '!' || c == '?' || c == '\n' }) {
			if strings.ContainsAny(s, "„“»«") {
				return false
			}
			n := int(markup.Letters(s))
			all += n
			itself, event := aboutItself(s)
			both = both || itself && event
			if event && (both || itself) {
				of += n
			}
		}
	}
	return both && 2*of >= all
}

// aboutItself reports whether a sentence points at the page or its machine (itself), and whether it says that something befell it or
// what to do about that (event). "Das Portal des Kreises ist am Samstag nicht erreichbar" points at nothing: it may be a release.
func aboutItself(sentence string) (itself, event bool) {
	low := " " + strings.ToLower(strings.Join(strings.Fields(sentence), " "))
	has := func(class string) int {
		for _, w := range standInWords()[class] {
			if i := strings.Index(low, " "+w); i >= 0 {
				return i
			}
		}
		return -1
	}
	advice := has("advice") >= 0
	itself = advice || has("machine") >= 0
	if at := has("pointer"); at >= 0 && !itself {
		rest := low[at:]
		for _, w := range standInWords()["itself"] {
			if i := strings.Index(rest, " "+w); i > 0 && i < pointerReach {
				itself = true
			}
		}
	}
	return itself, advice || has("event") >= 0
}

// forwards reports whether a meta element sends the reader elsewhere at once. One that only loads the page again after a while does not.
func (r *reader) forwards() bool {
	wait, to, ok := strings.Cut(r.s.MetaFirst("refresh"), ";")
	seconds, err := strconv.ParseFloat(strings.TrimSpace(wait), 64)
	if !ok || err == nil && seconds > forwardWait {
		return false
	}
	_, to, ok = strings.Cut(to, "=")
	target := r.p.resolve(strings.Trim(strings.TrimSpace(to), `"'`))
	return ok && target != "" && target != r.p.URL.String()
}

// statesDate reports whether the markup says when the page was published.
func (r *reader) statesDate() bool {
	for _, name := range []string{"article:published_time", "date", "dc.date", "dcterms.date", "datepublished"} {
		if r.s.MetaFirst(name) != "" {
			return true
		}
	}
	if a := r.p.article(); a != nil && str(a["datePublished"]) != "" {
		return true
	}
	for i := range r.s.E {
		if e := &r.s.E[i]; e.Node.DataAtom == atom.Time && !e.Skip {
			return true
		}
	}
	for _, p := range r.p.Pieces {
		if printedDate.MatchString(p.Text) {
			return true
		}
	}
	return false
}

// printedDate is a day as pages print it.
var printedDate = lazy.MustCompile(`\b\d{1,2}\.\s?(?:\d{1,2}\.\s?|\pL{3,9}\.?\s)(?:19|20)\d\d\b`)
