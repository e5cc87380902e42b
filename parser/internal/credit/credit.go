package credit

import (
	"html"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"
	"github.com/kreispresse/kreispresse/parser/internal/page"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// Find reads the credits of the page in order of first appearance, each once, tied to an image of p.Images where that can be told. It
// also writes Image.Credit of the images whose credit it knows.
func Find(p *page.Page) []schemas.Credit {
	c := newCollector(p)
	c.visit(before)
	c.images()
	c.apart()
	c.visit(behind)
	return c.list
}

// visit looks at the places of a kind that are no image's.
func (c *collector) visit(k kind) {
	for i := range places {
		if places[i].Kind == k && places[i].Find != nil {
			places[i].Find(c, -1)
		}
	}
}

// collector gathers credits without repeating them. What it knows of an element stands at the element's entry in the tree.
type collector struct {
	p    *page.Page
	t    *markup.Tree
	list []schemas.Credit
	at   map[string]int // key of holder and agency -> index in list

	done []bool        // entries already read
	away []verdict     // whether they belong to another release, see elsewhere
	only map[int32]int // what holds images -> index of the one image in it, several when there are more
	held map[int32]int // holder -> index of its image
}

// several stands for the index of an image where there are more than one.
const several = -1

// verdict is an answer that is remembered.
type verdict uint8

const (
	open verdict = iota
	no
	yes
)

func newCollector(p *page.Page) *collector {
	c := &collector{
		p: p, t: p.Tree, at: map[string]int{}, only: map[int32]int{}, held: map[int32]int{},
		done: make([]bool, len(p.Tree.E)), away: make([]verdict, len(p.Tree.E)),
	}
	for i, im := range p.Images {
		if im.Holder >= 0 {
			c.held[im.Holder] = i
		}
		for n, up := im.At, 0; n >= 0 && up < maxDepth; n, up = c.t.E[n].Parent, up+1 {
			if _, ok := c.only[n]; ok {
				c.only[n] = several
			} else {
				c.only[n] = i
			}
		}
	}
	return c
}

// add keeps the parties of a credit. image is the URL of its image, i the image's index in p.Images, or "" and -1. It reports whether
// the string named anybody.
func (c *collector) add(raw, image string, i int, rule string) bool {
	raw = text.Normalise(decode(raw))
	parties := creditline.Parties(raw)
	if len(parties) == 0 {
		return false
	}
	if i >= 0 && c.p.Images[i].Credit == "" {
		c.p.Images[i].Credit = raw
	}
	for _, p := range parties {
		c.party(p, schemas.Credit{Holder: p.Holder, Agency: p.Agency, Raw: raw, Image: image, Rule: rule})
	}
	return true
}

// entity is a character reference that stands in a text read already: the page's system had encoded it twice.
var entity = lazy.MustCompile(`&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});`)

// decode takes a second and a third encoding off: "Müller &amp;amp; Söhne" in JSON in an attribute.
func decode(s string) string {
	for range 3 {
		if !strings.Contains(s, "&") || len(s) > 1<<16 {
			return s
		}
		s = entity.ReplaceAllStringFunc(s, html.UnescapeString)
	}
	return s
}

func (c *collector) party(p creditline.Party, x schemas.Credit) {
	k := key(p.Text())
	if i, ok := c.at[k]; ok {
		if c.list[i].Image == "" {
			c.list[i].Image = x.Image
		}
		return
	}
	for i, y := range c.list { // the same credit of the same image, written shorter or longer in another place
		if y.Raw == x.Raw || y.Image != x.Image || y.Rule == x.Rule && y.Image != "" || x.Image == "" && !sameParty(x, y) {
			continue
		}
		have := key(creditline.Party{Holder: y.Holder, Agency: y.Agency}.Text())
		switch {
		case strings.Contains(have, k):
			c.at[k] = i
			return
		case strings.Contains(k, have):
			c.list[i], c.at[k] = x, i
			return
		}
	}
	if len(c.list) < maxCredits {
		c.at[k] = len(c.list)
		c.list = append(c.list, x)
	}
}

// sameParty reports whether one of two credits without image says the other with an agency added.
func sameParty(x, y schemas.Credit) bool {
	return x.Holder != "" && key(x.Holder) == key(y.Holder) && (x.Agency == "" || y.Agency == "")
}

// key compares credits: letters and digits in lower case.
func key(s string) string { return creditline.Key(s) }
