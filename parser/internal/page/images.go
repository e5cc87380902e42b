package page

import (
	"encoding/json"
	"path"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// gallery are the pictures found so far.
type gallery struct {
	seen    map[string]bool // addresses, and names of files without their size
	holders map[int32]bool
}

// images finds the pictures of the release in entries [from, to), in document order, each file and each holder once.
func (r *reader) images(from, to int32) {
	g := gallery{map[string]bool{}, map[int32]bool{}}
	for i := from; i < to && len(r.p.Images) < maxImages; i++ {
		e := &r.s.E[i]
		switch {
		case e.Node.Type != html.ElementNode:
		case e.Skip && !showsImages(e.Node) && !figureSkip(e.Node):
			i = e.End - 1
		case e.Node.DataAtom == atom.Img:
			r.addImage(&g, i)
		}
	}
}

// addImage adds image i unless it is decoration, leads to another page, or is there already.
func (r *reader) addImage(g *gallery, i int32) {
	img := r.s.E[i].Node
	holder := r.holder(i)
	src, zoom := imageURL(img), zoomData{}
	if holder >= 0 {
		if zoom = r.readZoom(holder); zoom.Src != "" {
			src = zoom.Src
		}
	}
	u := r.p.resolve(src)
	if u == "" || decorative(img, u) || r.leads(i) && (holder < 0 || r.s.Atom(holder) != atom.Figure || r.captionOf(holder) < 0) {
		return
	}
	k := stem(u) // the same file in another size
	if g.seen[u] || len(k) >= minStem && g.seen[k] {
		return
	}
	if len(k) >= minStem {
		g.seen[k] = true
	}
	g.seen[u] = true
	if holder >= 0 {
		if g.holders[holder] { // the same picture for other screens, or once more in <noscript>
			return
		}
		g.holders[holder] = true
	}
	r.p.Images = append(r.p.Images, r.image(i, holder, u, zoom))
}

// showsImages: elements whose text is not read may hold the pictures all the same.
func showsImages(n *html.Node) bool { return n.DataAtom == atom.Noscript || n.DataAtom == atom.Picture }

func figureSkip(n *html.Node) bool {
	if n.DataAtom == atom.Button || n.DataAtom == atom.Noscript {
		return true
	}
	p := n.Parent
	return n.DataAtom == atom.Img || p != nil && (p.DataAtom == atom.Noscript || p.DataAtom == atom.Picture || p.DataAtom == atom.Button)
}

func (r *reader) image(i, holder int32, u string, zoom zoomData) Image {
	x := Image{At: i, Holder: holder, CaptionAt: -1}
	x.URL = u
	x.Alt = text.Normalise(r.s.Attr(i, "alt"))
	if holder >= 0 {
		if x.CaptionAt = r.captionOf(holder); x.CaptionAt < 0 {
			x.CaptionAt = r.captionBeside(i, holder)
		}
		if x.CaptionAt >= 0 {
			x.Caption = r.captionText(x.CaptionAt)
		}
	}
	if x.Caption == "" {
		x.Caption = text.Normalise(zoom.Legend)
	}
	return x
}

// decoration are the words by which icons, logos, counters and avatars are known: at the ends of a file's name, and in a class.
var (
	decorationFiles = []string{
		"logo", "icon", "sprite", "avatar", "pixel", "arrow", "pfeil", "zaehlpixel", "tracking", "counter", "lupe", "loupe", "banner", "flag_",
		"teaser_bg",
	}
	decorationPaths = []string{"/icons/", "/icon/", "/logos/", "vgwort", "/emoji/"}
	decorationNames = []string{"icon", "logo", "avatar", "emoji"}
)

// decorative reports whether an image at u is no picture of anything.
func decorative(img *html.Node, u string) bool {
	if tiny(img) || markup.Attr(img, "role") == "presentation" && markup.Attr(img, "alt") == "" && strings.HasSuffix(u, ".svg") {
		return true
	}
	low := strings.ToLower(u)
	if containsAny(low, decorationPaths) || containsAny(strings.ToLower(markup.Attr(img, "class")), decorationNames) {
		return true
	}
	file, _, _ := strings.Cut(path.Base(low), "?")
	bare := strings.TrimSuffix(file, path.Ext(file))
	for _, w := range decorationFiles {
		if strings.HasPrefix(file, w) || strings.HasSuffix(bare, w) {
			return true
		}
	}
	return false
}

// tiny reports whether an image says that it is too small for a picture.
func tiny(img *html.Node) bool {
	for _, k := range []string{"width", "height"} {
		if n, err := strconv.Atoi(strings.TrimSuffix(markup.Attr(img, k), "px")); err == nil && n > 0 && n < minPixels {
			return true
		}
	}
	return false
}

// holder is the largest element that belongs to this image alone: its figure, else a wrapper with little more than a caption; -1 for none.
func (r *reader) holder(i int32) int32 {
	img := r.s.E[i].Node
	best := int32(-1)
	for k, up := r.s.E[i].Parent, 0; k > 0 && up < holderUp; k, up = r.s.E[k].Parent, up+1 {
		n := r.s.E[k].Node
		if n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Main || n.DataAtom == atom.Article {
			break
		}
		if k == r.root || !r.onePicture(k, img) || r.s.E[k].Text > maxHolder || r.s.E[k].Good > maxHolderProse || r.holdsHeading(k) {
			break
		}
		if n.DataAtom == atom.Figure {
			return k
		}
		if n.DataAtom == atom.P && r.s.E[k].Text > maxHolderLine {
			break
		}
		best = k
	}
	return best
}

func (r *reader) holdsHeading(i int32) bool {
	for k := i; k < r.s.E[i].End; k++ {
		if r.s.is(k, markup.Heading) {
			return true
		}
	}
	return false
}

// onePicture reports whether the images below entry i all show the same: variants of one file, or one figure.
func (r *reader) onePicture(i int32, img *html.Node) bool {
	if r.s.E[i].End-i > maxHolderNodes {
		return false
	}
	own := stem(imageURL(img))
	for k := i; k < r.s.E[i].End; k++ {
		n := r.s.E[k].Node
		if n.DataAtom == atom.Img && n != img {
			if u := imageURL(n); u != "" && stem(u) != own && own != "" {
				return false
			}
		}
	}
	return true
}

// sizeMark is what resizing adds to the name of a file: "-1024x683", "-scaled", "_thumb", "@2x".
var sizeMark = lazy.MustCompile(`(?i)(?:[-_.@](?:\d{2,4}x\d{2,4}|scaled|thumb(?:nail)?|small|medium|large|klein|gross|\d{3,4}w|2x|3x))+$`)

// leads reports whether the image stands in a link to another page, as those of teasers do; pictures of the text lead to larger ones.
func (r *reader) leads(i int32) bool {
	for i > 0 && r.s.Atom(i) != atom.A && r.s.Atom(i) != atom.Body {
		i = r.s.E[i].Parent
	}
	a := r.s.E[i].Node
	if !r.s.is(i, markup.Link) {
		return false
	}
	h := strings.ToLower(markup.Attr(a, "href"))
	if strings.Contains(h, "__blob=") || strings.HasPrefix(h, "javascript:") || markup.HasAttr(a, "data-fancybox") || markup.HasAttr(a, "data-lightbox") {
		return false
	}
	switch path.Ext(fileName(h)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff":
		return false
	}
	return true
}

// stem is the name of an image file without the marks of its size.
func stem(u string) string {
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		u = u[:i]
	}
	f := path.Base(u)
	f = strings.TrimSuffix(f, path.Ext(f))
	if t, ok := strings.CutPrefix(f, "csm_"); ok { // TYPO3: csm_NAME_hash
		f = t
		if i := strings.LastIndexByte(f, '_'); i > 0 && len(f)-i == 11 {
			f = f[:i]
		}
	}
	return strings.TrimRight(sizeMark.ReplaceAllString(f, ""), "-_@")
}

// captionOf finds the caption of the image within its holder, -1 for none.
func (r *reader) captionOf(holder int32) int32 {
	byName := int32(-1)
	for k := holder; k < r.s.E[holder].End; k++ {
		switch {
		case r.s.Atom(k) == atom.Figcaption:
			return k
		case byName < 0 && k != holder && r.namedCaption(k) && strings.TrimSpace(r.s.Read(k, markup.Visible)) != "":
			byName = k
		}
	}
	return byName
}

func (r *reader) namedCaption(k int32) bool {
	e := &r.s.E[k]
	return e.Node.Type == html.ElementNode && e.Node.DataAtom != atom.Img && e.Kind&markup.Unseen == 0 &&
		r.s.Meaning(r.s.Attr(k, "class"), "")&markup.Caption != 0
}

// captionBeside finds a caption that stands next to the holder, in a wrapper that has no other picture and little text; -1 for none.
func (r *reader) captionBeside(i, holder int32) int32 {
	img := r.s.E[i].Node
	for k, up := r.s.E[i].Parent, 0; k > 0 && up < holderUp; k, up = r.s.E[k].Parent, up+1 {
		if r.s.Inside(k, holder) {
			continue
		}
		if k == r.root || r.s.E[k].Text > maxHolder || r.s.E[k].Good > maxHolderProse || !r.onePicture(k, img) || r.holdsHeading(k) {
			return -1
		}
		if c := r.captionOf(k); c >= 0 {
			return c
		}
	}
	return -1
}

// captionText is the caption without the credit in it.
func (r *reader) captionText(c int32) string {
	t, _ := creditline.Split(r.s.Read(c, &markup.Way{
		Edge: markup.Block | markup.Break, Open: " ", Close: " ",
		Out: func(k int32) bool {
			if r.s.is(k, markup.Unseen|markup.Button) || r.s.Meaning(r.s.Attr(k, "class"), "")&(markup.Hidden|markup.Credit) != 0 {
				return true
			}
			return r.s.Atom(k) == atom.Small && creditLine(r.s.Read(k, markup.Visible))
		},
	}))
	return t
}

// zoomData is Sitepark's description of an image, in an attribute of its figure.
type zoomData struct{ Legend, Description, Copyright, Src string }

// readZoom reads the descriptions below a holder; of several on one level the last counts.
func (r *reader) readZoom(holder int32) zoomData {
	var z zoomData
	for k := holder; k < r.s.E[holder].End; k++ {
		e := &r.s.E[k]
		if v := r.zoomOf(k); v != "" {
			_ = json.Unmarshal([]byte(v), &z)
			k = e.End - 1
		} else if z.Src != "" {
			k = e.End - 1
		}
	}
	return z
}

func (r *reader) zoomOf(k int32) string {
	if r.s.E[k].Flag&markup.Zoom == 0 {
		return ""
	}
	return r.s.Attr(k, "data-sp-figure-zoom")
}
