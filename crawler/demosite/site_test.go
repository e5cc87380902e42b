package demosite

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// fetch asks the site for a path; extra headers come in pairs.
func fetch(t *testing.T, s *Site, path string, header ...string) *http.Response {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, "http://ahrenfels.example"+path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, req)
	return rec.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// page fetches a release and decodes it if it is one of the windows-1252 pages.
func pageOf(t *testing.T, s *Site, path string) string {
	t.Helper()
	r := fetch(t, s, path)
	if r.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d", path, r.StatusCode)
	}
	b := body(t, r)
	if p := s.paths[path]; p != nil && p.encoding != "" {
		return fromWindows1252(b)
	}
	return b
}

// visible is the text of a page with white space folded and soft hyphens taken out; noscript, alt and title attributes and
// meta contents are in it too, since readers may look there.
func visible(t *testing.T, src string) string {
	t.Helper()
	var out strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			out.WriteString(n.Data)
		case html.ElementNode:
			if n.Data == "br" || n.Data == "p" || n.Data == "div" || n.Data == "li" {
				out.WriteString(" ")
			}
			for _, a := range n.Attr {
				if a.Key == "alt" || a.Key == "title" || strings.HasPrefix(a.Key, "data-") || a.Key == "content" {
					out.WriteString(" " + a.Val + " ")
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	doc, err := html.ParseWithOptions(strings.NewReader(src), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	walk(doc)
	return fold(out.String())
}

func fold(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00ad", "")), " ")
}

func fromWindows1252(s string) string {
	back := map[byte]rune{}
	for r, b := range windows1252 {
		back[b] = r
	}
	var out strings.Builder
	for i := range len(s) {
		if r, ok := back[s[i]]; ok {
			out.WriteRune(r)
		} else {
			out.WriteRune(rune(s[i]))
		}
	}
	return out.String()
}

func TestEveryPageCarriesItsTruth(t *testing.T) {
	s := New()
	for _, tr := range s.Truth() {
		text := visible(t, pageOf(t, s, tr.Path))
		want := func(what, snippet string) {
			if !strings.Contains(text, snippet) {
				t.Errorf("%s: the page lacks the %s %q", tr.ID, what, snippet)
			}
		}
		want("title", tr.Title)
		want("lead", tr.Lead)
		for _, q := range tr.Quotes {
			for _, p := range q.Parts {
				want("quote", p)
			}
			if q.Kind == Pull {
				continue
			}
			if n := strings.Count(text, q.Parts[0]); n > 2 || n == 2 && !repeated(tr, q.Parts[0]) {
				t.Errorf("%s: the quote %q stands there %d times", tr.ID, q.Parts[0], n)
			}
		}
		for _, x := range tr.NotSpeech {
			want("name", x)
		}
		for _, p := range tr.People {
			family := p.Name[strings.LastIndex(p.Name, " ")+1:]
			want("family name", family)
			if !strings.Contains(text, p.Name) && !strings.Contains(text, strings.TrimSuffix(p.Name, " "+family)+" und ") { // or: Gerd und Maria Hüls
				t.Errorf("%s: the page lacks the name %q", tr.ID, p.Name)
			}
			for _, r := range p.Roles {
				if !regexp.MustCompile(`(?i)(^|[^\pL])` + regexp.QuoteMeta(r) + `($|[^\pL])`).MatchString(text) {
					t.Errorf("%s: the page lacks the role %q of %s", tr.ID, r, p.Name)
				}
			}
		}
		for _, d := range tr.Dates {
			want("date", d.Text)
		}
		for _, f := range tr.Files {
			want("attachment", f.Title)
		}
		for _, c := range tr.Credits {
			want("credit", c)
		}
		if len(tr.Quotes) == 0 || len(tr.People) == 0 {
			t.Errorf("%s: no quotes or no people", tr.ID)
		}
	}
}

// repeated reports whether a pull quote of the page repeats the quote.
func repeated(tr Truth, text string) bool {
	for _, q := range tr.Quotes {
		if q.Kind == Pull && strings.Contains(q.Parts[0], text) {
			return true
		}
	}
	return strings.Contains(tr.Title, text)
}

func TestSameBytesEveryTime(t *testing.T) {
	a, b := New(), New()
	paths := []string{"/presse/", "/archiv/?seite=2", "/gesundheit/aktuelles/", "/presse/rss.xml", "/sitemap.xml", "/robots.txt"}
	for _, r := range a.Releases() {
		paths = append(paths, r.Path)
	}
	for _, p := range paths {
		if body(t, fetch(t, a, p)) != body(t, fetch(t, b, p)) {
			t.Errorf("%s differs between two sites", p)
		}
	}
}

func TestCorrect(t *testing.T) {
	s := New()
	r := s.Releases()[0]
	before := fetch(t, s, r.Path)
	old := body(t, before)
	if err := s.Correct(r.ID); err != nil {
		t.Fatal(err)
	}
	after := fetch(t, s, r.Path, "If-None-Match", before.Header.Get("ETag"))
	if after.StatusCode != http.StatusOK {
		t.Fatalf("status %d after a correction, want 200", after.StatusCode)
	}
	now := body(t, after)
	p := s.byID[r.ID]
	if !strings.Contains(old, p.correctOld) || strings.Contains(now, p.correctOld) || !strings.Contains(now, p.correctNew) || !strings.Contains(now,
		"(Fassung 2)") {
		t.Errorf("the correction %q => %q does not show", p.correctOld, p.correctNew)
	}
	if err := s.Correct(r.ID); err != nil {
		t.Fatal(err)
	}
	if again := body(t, fetch(t, s, r.Path)); again == now || !strings.Contains(again, "(Fassung 3)") {
		t.Error("a second correction does not show")
	}
	for _, o := range s.Releases()[1:] {
		if body(t, fetch(t, s, o.Path)) != body(t, fetch(t, New(), o.Path)) {
			t.Errorf("%s changed with the correction of %s", o.ID, r.ID)
		}
	}
}

func TestCosmetic(t *testing.T) {
	for _, family := range []Family{Sitepark, TYPO3, Plain} {
		s := New()
		r := firstOf(s, family)
		before := fetch(t, s, r.Path)
		old := strings.Split(body(t, before), "\n")
		if err := s.Cosmetic(r.ID); err != nil {
			t.Fatal(err)
		}
		after := fetch(t, s, r.Path, "If-None-Match", before.Header.Get("ETag"), "If-Modified-Since", before.Header.Get("Last-Modified"))
		if after.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d, want 200", family, after.StatusCode)
			continue
		}
		var changed []string
		now := strings.Split(body(t, after), "\n")
		for i := range min(len(old), len(now)) {
			if old[i] != now[i] {
				changed = append(changed, now[i])
			}
		}
		if len(old) != len(now) || len(changed) != 1 || !strings.Contains(strings.ToLower(changed[0]), "seite") {
			t.Errorf("%s: changed lines %q, want only the counter", family, changed)
		}
	}
}

func TestWithdraw(t *testing.T) {
	s := New()
	r := s.Releases()[3]
	if err := s.Withdraw(r.ID); err != nil {
		t.Fatal(err)
	}
	if got := fetch(t, s, r.Path).StatusCode; got != http.StatusGone {
		t.Errorf("status %d, want 410", got)
	}
	if strings.Contains(body(t, fetch(t, s, "/presse/")), r.Path) || strings.Contains(body(t, fetch(t, s, "/presse/rss.xml")), r.Path) {
		t.Error("a withdrawn release is still listed")
	}
	if !s.Releases()[3].Withdrawn || len(s.Truth()) != len(s.Releases())-1 {
		t.Error("Releases and Truth do not know of the withdrawal")
	}
	if s.Stats().Gone != 1 {
		t.Errorf("stats %+v, want one 410", s.Stats())
	}
	s.Reset()
	if got := fetch(t, s, r.Path).StatusCode; got != http.StatusOK {
		t.Errorf("status %d after Reset, want 200", got)
	}
}

func TestUnknownRelease(t *testing.T) {
	s := New()
	for name, f := range map[string]func(string) error{"Correct": s.Correct, "Withdraw": s.Withdraw, "Cosmetic": s.Cosmetic} {
		if err := f("gibt-es-nicht"); err == nil || !strings.Contains(err.Error(), "gibt-es-nicht") {
			t.Errorf("%s: error %v, want one that names the release", name, err)
		}
	}
}

func firstOf(s *Site, f Family) Release {
	for _, r := range s.Releases() {
		if r.Family == f {
			return r
		}
	}
	return Release{}
}
