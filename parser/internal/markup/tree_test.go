package markup

import (
	"testing"

	"golang.org/x/net/html/atom"
)

func tree(t *testing.T, src string) *Tree {
	t.Helper()
	doc, err := Parse([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return New(doc)
}

// first is the first element of a name.
func (t *Tree) first(a atom.Atom) int32 {
	for i := range t.E {
		if t.Atom(int32(i)) == a {
			return int32(i)
		}
	}
	return -1
}

// The ways to read one subtree differ in what they leave out and in what stands at the edges of elements.
func TestRead(t *testing.T) {
	for _, x := range []struct {
		name, html string
		way        *Way
		want       string
	}{
		{"all of it", `<div>a<script>b</script></div>`, All, "ab"},
		{"what is seen", `<div>a<script>b</script><style>c</style>d</div>`, Visible, "ad"},
		{"a break", `<div>a<br>b</div>`, Visible, "a\nb"},
		{"blocks are lines", `<div><p>a</p><p>b</p></div>`, Lines, "\n\na\n\nb\n\n"},
		{"a line feed of the source", "<div><b>x</b>a\nb</div>", Lines, "\nxa b\n"},
		{"buttons are left out", `<div>a<button>b</button></div>`, Lines, "\na\n"},
		{"spaces between", `<div><span>a</span><span>b</span></div>`, &Way{Edge: Spaced, Open: " "}, " a b"},
		{"no more than so many bytes", `<div>Straße</div>`, &Way{Limit: 5}, "Stra"},
	} {
		tr := tree(t, x.html)
		if got := tr.Read(tr.first(atom.Div), x.way); got != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}

func TestInsideAndCommon(t *testing.T) {
	tr := tree(t, `<main><article><h1>a</h1><p>b</p></article><aside>c</aside></main>`)
	main, article, h1, p, aside := tr.first(atom.Main), tr.first(atom.Article), tr.first(atom.H1), tr.first(atom.P), tr.first(atom.Aside)
	for _, x := range []struct {
		a, b, want int32
	}{{h1, p, article}, {h1, aside, main}, {article, h1, article}, {h1, h1, h1}} {
		if got := tr.Common(x.a, x.b); got != x.want {
			t.Errorf("Common(%d, %d) = %d, want %d", x.a, x.b, got, x.want)
		}
	}
	if !tr.Inside(h1, article) || tr.Inside(aside, article) || tr.Inside(article, h1) || !tr.Inside(article, article) {
		t.Error("Inside tells the wrong subtree")
	}
}

// A word in the middle of a paragraph's text is inline, a block of its own is not.
func TestInline(t *testing.T) {
	for html, want := range map[string]bool{
		`<p>Das <abbr><i>Amt</i></abbr> zieht morgen um.</p>`: true,
		`<p><i>Amt</i></p>`:                      false,
		`<div>Davor steht Text <i>Amt</i></div>`: false,
		`<h2>Neues vom <i>Amt</i></h2>`:          true,
	} {
		tr := tree(t, html)
		if got := tr.Inline(tr.first(atom.I)); got != want {
			t.Errorf("%s: %v", html, got)
		}
	}
}

func TestHas(t *testing.T) {
	tr := tree(t, `<div class="news single" id="top"></div>`)
	if !tr.Has(".news", ".single", "#top") || tr.Has(".news", "#other") || tr.Has("#news") {
		t.Error("Has tells the wrong classes or ids")
	}
}

// What the names of an element mean to the reader of credits, see names.txt.
func TestNamesOfCredits(t *testing.T) {
	const all = Credited | Beside | CreditBox | Legend
	for class, want := range map[string]Flags{
		"copyright":                 Credited | Beside,
		"image__copyright":          Credited | Beside,
		"figure-credit":             Credited | Beside,
		"source":                    Beside,
		"caption":                   Legend,
		"bildnachweis-box":          Credited | Beside | CreditBox,
		"creditcard":                0,
		"accreditation":             0,
		"copyright-toggle button":   0,
		"news-text teaser-headline": 0,
	} {
		if got := Names(class) & all; got != want {
			t.Errorf("%q: %b, want %b", class, got, want)
		}
	}
}
