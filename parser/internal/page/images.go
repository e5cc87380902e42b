package page

import (
	"encoding/json"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/creditline"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// maxImages bounds what is read of a gallery.
const maxImages = 200

// images finds the pictures of the release in entries [from, to), in document order, each URL once.
func (r *reader) images(from, to int32) {
	seen := map[string]int{}
	holders := map[*html.Node]int{}
	for i := from; i < to && len(r.p.Images) < maxImages; i++ {
		e := &r.s.e[i]
		if e.n.Type != html.ElementNode {
			continue
		}
		if e.skip && !showsImages(e.n) {
			if !figureSkip(e.n) {
				i = e.end - 1
				continue
			}
		}
		if e.n.DataAtom != atom.Img {
			continue
		}
		img := e.n
		holder := r.holder(i)
		src, zoom := imageURL(img), zoomData{}
		if holder != nil {
			zoom = readZoom(holder)
			if zoom.Src != "" {
				src = zoom.Src
			}
		}
		u := r.p.resolve(src)
		if u == "" || decorative(img, u) || r.leads(i) && (holder == nil || holder.DataAtom != atom.Figure || captionOf(holder, img) == nil) {
			continue
		}
		if _, ok := seen[u]; ok {
			continue
		}
		if k := stem(u); len(k) >= 8 { // the same file in another size
			if _, ok := seen[k]; ok {
				continue
			}
			seen[k] = len(r.p.Images)
		}
		if holder != nil {
			if k, ok := holders[holder]; ok { // the same picture for other screens, or once more in <noscript>
				seen[u] = k
				continue
			}
			holders[holder] = len(r.p.Images)
		}
		seen[u] = len(r.p.Images)
		r.p.Images = append(r.p.Images, r.image(i, holder, u, zoom))
	}
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

func (r *reader) image(i int32, holder *html.Node, u string, zoom zoomData) Image {
	img := r.s.e[i].n
	x := Image{Node: r.sel(img)}
	x.URL = u
	x.Alt = text.Normalise(Attr(img, "alt"))
	if holder != nil {
		x.Holder = r.sel(holder)
		c := captionOf(holder, img)
		if c == nil {
			c = r.captionBeside(i, holder)
		}
		if c != nil {
			x.Caption = r.sel(c)
			x.Image.Caption = captionText(c)
		}
	}
	if x.Image.Caption == "" {
		x.Image.Caption = text.Normalise(zoom.Legend)
	}
	return x
}

func (r *reader) sel(n *html.Node) *goquery.Selection {
	return r.p.Doc.FindNodes(n)
}

// decorative images are icons, logos, counters and avatars.
func decorative(img *html.Node, u string) bool {
	for _, k := range []string{"width", "height"} {
		if n, err := strconv.Atoi(strings.TrimSuffix(Attr(img, k), "px")); err == nil && n > 0 && n < 50 {
			return true
		}
	}
	if role := Attr(img, "role"); role == "presentation" && Attr(img, "alt") == "" && strings.HasSuffix(u, ".svg") {
		return true
	}
	low := strings.ToLower(u)
	if strings.Contains(low, "/icons/") || strings.Contains(low, "/icon/") || strings.Contains(low, "/logos/") {
		return true
	}
	file := path.Base(low)
	if i := strings.IndexByte(file, '?'); i >= 0 {
		file = file[:i]
	}
	for _, w := range []string{
		"logo", "icon", "sprite", "avatar", "pixel", "arrow", "pfeil", "zaehlpixel", "tracking", "counter", "lupe", "loupe",
		"banner", "flag_", "teaser_bg",
	} {
		if strings.HasPrefix(file, w) || strings.HasSuffix(strings.TrimSuffix(file, path.Ext(file)), w) {
			return true
		}
	}
	names := strings.ToLower(Attr(img, "class"))
	for _, w := range []string{"icon", "logo", "avatar", "emoji"} {
		if strings.Contains(names, w) {
			return true
		}
	}
	return strings.Contains(low, "vgwort") || strings.Contains(low, "met.vgwort") || strings.Contains(low, "/emoji/")
}

// holder is the largest element that belongs to this image alone: its figure, else a wrapper with little more than a caption.
func (r *reader) holder(i int32) *html.Node {
	img := r.s.e[i].n
	var best *html.Node
	for k, up := r.s.e[i].parent, 0; k > 0 && up < 8; k, up = r.s.e[k].parent, up+1 {
		n := r.s.e[k].n
		if n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Main || n.DataAtom == atom.Article {
			break
		}
		if k == r.root || !r.onePicture(k, img) || r.s.e[k].text > 600 || r.s.e[k].good > 300 || r.holdsHeading(k) {
			break
		}
		if n.DataAtom == atom.Figure {
			return n
		}
		if n.DataAtom == atom.P && r.s.e[k].text > 200 {
			break
		}
		best = n
	}
	return best
}

func (r *reader) holdsHeading(i int32) bool {
	for k := i; k < r.s.e[i].end; k++ {
		if heading(r.s.atom(k)) {
			return true
		}
	}
	return false
}

// onePicture reports whether the images below entry i all show the same: variants of one file, or one figure.
func (r *reader) onePicture(i int32, img *html.Node) bool {
	if r.s.e[i].end-i > 400 {
		return false
	}
	own := stem(imageURL(img))
	for k := i; k < r.s.e[i].end; k++ {
		n := r.s.e[k].n
		if n.DataAtom == atom.Img && n != img {
			if u := imageURL(n); u != "" && stem(u) != own && own != "" {
				return false
			}
		}
	}
	return true
}

// sizeMark is what resizing adds to the name of a file: "-1024x683", "-scaled", "_thumb", "@2x".
var sizeMark = regexp.MustCompile(`(?i)(?:[-_.@](?:\d{2,4}x\d{2,4}|scaled|thumb(?:nail)?|small|medium|large|klein|gross|\d{3,4}w|2x|3x))+$`)

// leads reports whether the image stands in a link to another page, as those of teasers do; pictures of the text lead to larger ones.
func (r *reader) leads(i int32) bool {
	a := ancestor(r.s.e[i].n, func(n *html.Node) bool { return n.DataAtom == atom.A || n.DataAtom == atom.Body })
	if a.DataAtom != atom.A || !leadsAway(a) {
		return false
	}
	h := strings.ToLower(Attr(a, "href"))
	if strings.Contains(h, "__blob=") || strings.HasPrefix(h, "javascript:") || hasAttr(a, "data-fancybox") || hasAttr(a, "data-lightbox") {
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

// captionOf finds the caption of the image within its holder.
func captionOf(holder, img *html.Node) *html.Node {
	var byTag, byName *html.Node
	each(holder, func(n *html.Node) bool {
		if byTag == nil && n.DataAtom == atom.Figcaption {
			byTag = n
		}
		if byName == nil && n != holder && n.DataAtom != atom.Img && !unseen[n.DataAtom] && nameFlags(Attr(n, "class"))&fCaption != 0 &&
			strings.TrimSpace(textOf(n)) != "" {
			byName = n
		}
		return byTag == nil
	})
	if byTag != nil {
		return byTag
	}
	return byName
}

// captionBeside finds a caption that stands next to the holder, in a wrapper that has no other picture and little text.
func (r *reader) captionBeside(i int32, holder *html.Node) *html.Node {
	img := r.s.e[i].n
	for k, up := r.s.e[i].parent, 0; k > 0 && up < 8; k, up = r.s.e[k].parent, up+1 {
		n := r.s.e[k].n
		if n == holder || within(n, holder) {
			continue
		}
		if k == r.root || r.s.e[k].text > 600 || r.s.e[k].good > 300 || !r.onePicture(k, img) || r.holdsHeading(k) {
			return nil
		}
		if c := captionOf(n, img); c != nil {
			return c
		}
	}
	return nil
}

// captionText is the caption without the credit in it.
func captionText(c *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		if n.Type == html.ElementNode {
			f := nameFlags(Attr(n, "class"))
			if n != c && (unseen[n.DataAtom] || n.DataAtom == atom.Button || f&fHidden != 0 || f&fCredit != 0 || n.DataAtom == atom.Small &&
				creditLine(textOf(n))) {
				return
			}
			if blockLevel[n.DataAtom] || n.DataAtom == atom.Br {
				b.WriteByte(' ')
				defer b.WriteByte(' ')
			}
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k)
		}
	}
	walk(c)
	t, _ := creditline.Split(b.String())
	return t
}

// zoomData is Sitepark's description of an image, in an attribute of its figure.
type zoomData struct{ Legend, Description, Copyright, Src string }

func readZoom(holder *html.Node) zoomData {
	var z zoomData
	each(holder, func(n *html.Node) bool {
		if v := Attr(n, "data-sp-figure-zoom"); v != "" {
			_ = json.Unmarshal([]byte(v), &z)
			return false
		}
		return z.Src == ""
	})
	return z
}
