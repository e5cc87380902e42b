package page

import (
	"golang.org/x/net/html"

	"github.com/kreispresse/kreispresse/parser/internal/markup"
)

// scan is the tree of the page with what the reader of the release needs besides.
type scan struct {
	*markup.Tree
	pics   []int32   // images before entry i
	before []int32   // Good of the entries before i
	family *compiled // of the CMS; nil for none
	url    string    // of the page
	own    int32     // heading that says what the page's other titles say, -1 for none
	gone   []Dropped // elements that are no part of the release, with the rule that says so
}

// newScan reads the tree of the page at url once. profile is the family that the source names; a name nobody knows counts as none.
func newScan(doc *html.Node, profile, url string) *scan {
	s := &scan{Tree: markup.New(doc), url: url}
	if s.family = s.recognise(profile); s.family != nil {
		s.dropAll(s.family.drop)
	}
	s.settle()
	return s
}

// is reports whether entry i is an element of kind k.
func (s *scan) is(i int32, k markup.Kind) bool { return s.E[i].Kind&k != 0 }
