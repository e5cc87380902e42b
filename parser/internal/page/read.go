package page

import (
	"net/url"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"

	"github.com/kreispresse/kreispresse/schemas"
)

// reader holds what is known while a page is read.
type reader struct {
	p         *Page
	s         *scan
	head      int32                   // entry of the title's heading, -1 for none; it may be hidden
	vhead     int32                   // the heading shown above the text, -1 for none
	kickerAt  int32                   // entry of the line before the title, -1 for none
	core      int32                   // see scan.core
	root      int32                   // see scan.root
	said      []witness               // see saidTitles
	raw       []string                // see witnesses
	sites     []string                // see siteNames
	signed    string                  // see signature
	headings  map[int32]*headed       // see heading
	lineNames map[string]markup.Flags // see elementNames
	boxes     []int32                 // see askingBoxes
}

// Read decodes the snapshot's bytes and finds the release in the page. Errors are *schemas.Error of KindNotHTML or KindNoRelease.
func Read(snap *schemas.Snapshot) (*Page, error) {
	r, err := open(snap)
	if err != nil {
		return nil, err
	}
	r.all(snap)
	if err := r.refuse(); err != nil {
		return nil, err
	}
	return r.p, nil
}

// all reads everything but the verdict.
func (r *reader) all(snap *schemas.Snapshot) {
	r.language(snap.Header.Language)
	r.body()
	r.mend()
	r.described()
	r.p.gone = r.s.gone
}

// open reads the tree of a page.
func open(snap *schemas.Snapshot) (*reader, error) {
	if what := markup.NotHTML(snap.Body, snap.ContentType); what != "" {
		return nil, &schemas.Error{Op: "parse", Kind: schemas.KindNotHTML, Thing: snap.URL, Hint: "this is " + what}
	}
	tree, err := markup.Parse(markup.Decode(snap.Body, snap.ContentType))
	if err != nil {
		return nil, &schemas.Error{Op: "parse", Kind: schemas.KindNotHTML, Thing: snap.URL, Err: err}
	}
	s := newScan(tree, snap.Profile, snap.URL)
	p := &Page{Tree: s.Tree, URL: &url.URL{}, Why: map[string]string{}}
	r := &reader{p: p, s: s, head: -1, vhead: -1, kickerAt: -1, headings: map[int32]*headed{}, lineNames: map[string]markup.Flags{}}
	if u, err := url.Parse(snap.URL); err == nil {
		p.URL = u
	}
	p.base = p.URL
	if b, err := p.URL.Parse(r.s.Base); err == nil && r.s.Base != "" {
		p.base = b
	}
	p.Canonical = p.resolve(r.s.Canon)
	p.Meta, p.LD = r.s.Meta, readLD(r.s.LD)
	return r, nil
}

// locate finds the element that holds the text, and says how.
func (r *reader) locate() (how string) {
	if r.core = r.profileBody(); r.core >= 0 {
		return "profile " + r.p.Profile
	}
	r.core = r.s.core()
	return "generic"
}

// body reads title, lead and text: by the profile where its selectors find something, else the generic way.
func (r *reader) body() {
	how := r.locate()
	r.title()
	r.kickerAt = r.findKicker()
	r.kicker()
	r.lead()
	r.root = r.s.root(r.core, r.vhead)
	r.p.Root = r.root
	r.p.Why["text"] = how + ": " + r.s.describe(r.root)
	w := &writer{s: r.s, root: r.root, at: r.root, contact: r.takeContact}
	w.children(r.root)
	w.flush()
	r.pieces(r.prose(w.out))
	r.leadAbove()
	from := r.root
	if r.vhead >= 0 && r.vhead < from && from-r.vhead < pictureReach { // the picture between title and text
		from = r.vhead
	}
	r.images(from, r.s.E[r.root].End)
	r.attachments(r.root, r.s.E[r.root].End)
	r.contactElement()
}

// takeContact takes element i out of the text if it is a contact and no more.
func (r *reader) takeContact(i int32) bool {
	e := &r.s.E[i]
	if e.Text > maxContact || e.Good*4 > r.s.E[r.root].Good && e.Good > contactProse || r.s.Inside(r.core, i) {
		return false
	}
	t := r.s.Read(i, markup.Lines)
	if !phoneNumber.MatchString(t) && !bareNumber.MatchString(t) && !mailAddress.MatchString(t) {
		return false
	}
	r.contactFrom(strings.Split(t, "\n"), "element: "+r.s.describe(i))
	return true
}

// profileBody is the smallest element around what the profile calls the text, -1 when it finds none worth it.
func (r *reader) profileBody() int32 {
	f := r.s.family
	if f == nil {
		return -1
	}
	r.p.Profile = f.ID
	found, _ := r.s.find(f.body, r.s.Body, int32(len(r.s.E)), false)
	core := int32(-1)
	for _, i := range found {
		switch {
		case r.s.E[i].Text < minProfileBody:
		case core < 0:
			core = i
		default:
			core = r.s.Common(core, i)
		}
	}
	if core < 0 || core <= r.s.Body || r.s.E[core].Good*3 < r.s.E[r.s.Body].Good && r.s.E[core].Good < profileBody {
		return -1
	}
	return core
}

// profileTitle is the heading the profile names, -1 for none.
func (r *reader) profileTitle() int32 {
	if r.s.family == nil {
		return -1
	}
	found, _ := r.s.find(r.s.family.title, r.s.Body, int32(len(r.s.E)), false)
	for _, i := range found {
		if r.headingText(i) != "" {
			return i
		}
	}
	return -1
}

// lead marks the elements the profile calls the intro.
func (r *reader) lead() {
	if r.s.family == nil {
		return
	}
	found, by := r.s.find(r.s.family.lead, r.s.Body, int32(len(r.s.E)), false)
	for _, i := range found {
		r.s.E[i].Flag |= markup.Lead
		r.p.Why["lead"] = "profile " + r.p.Profile + ": " + by
	}
}

// visibleHead is the last heading before the text, or the first in it, that is shown.
func (r *reader) visibleHead() int32 {
	for i := r.core; i < r.s.E[r.core].End; i++ {
		if a := r.s.Atom(i); (a == atom.H1 || a == atom.H2) && !r.s.E[i].Skip && r.s.before[i]-r.s.before[r.core] < shownHead {
			return i
		}
	}
	for i := r.core; i > r.s.Body; i-- {
		if a := r.s.Atom(i); (a == atom.H1 || a == atom.H2) && !r.s.E[i].Skip && r.s.E[i].Text > minShownHead {
			return i
		}
	}
	return -1
}

// language is the page's, from the html element, a meta element or the response.
func (r *reader) language(header string) {
	for _, c := range []struct{ value, why string }{
		{r.s.Lang, "html lang"},
		{r.s.MetaFirst("content-language", "language", "dc.language"), "meta"},
		{r.s.MetaFirst("og:locale"), "og:locale"},
		{header, "Content-Language"},
	} {
		v, _, _ := strings.Cut(c.value, ",")
		v = strings.ReplaceAll(strings.TrimSpace(v), "_", "-")
		if v == "" {
			continue
		}
		if t, err := language.Parse(v); err == nil && t != language.Und {
			r.p.Language, r.p.Why["language"] = t.String(), c.why
			return
		}
	}
}
