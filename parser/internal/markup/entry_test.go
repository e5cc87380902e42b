package markup

import (
	"strings"
	"testing"

	"golang.org/x/net/html/atom"
)

// What an element says of itself, beside class and id.
func TestFlags(t *testing.T) {
	const of = Junk | Content | Lead | Hidden | Microdata | Date
	for html, want := range map[string]Flags{
		`<section hidden>`:                                                          Hidden,
		`<section aria-hidden="true">`:                                              Hidden,
		`<section aria-hidden="false">`:                                             0,
		`<section style="color:red">`:                                               0,
		`<section style="display : none">`:                                          Hidden,
		`<section aria-modal="true">`:                                               Junk,
		`<section role="navigation">`:                                               Junk,
		`<section role="main">`:                                                     Content,
		`<section role="presentation">`:                                             0,
		`<section itemprop="articleBody">`:                                          Content | Microdata,
		`<section itemprop="datePublished">`:                                        Date | Microdata,
		`<section itemprop="url">`:                                                  Microdata,
		`<section class="js-sidebar">`:                                              0, // for a script
		`<section class="lg:hidden">`:                                               0, // a utility of some width
		`<section class="page-sidebar">`:                                            Junk,
		`<section class="ArticleSidebar">`:                                          Junk | Content,
		`<h2><button aria-controls="s">Plan</button></h2><section id="s" hidden>`:   0, // the heading opens it
		`<div><button aria-controls="s">Plan</button></div><section id="s" hidden>`: Hidden,
	} {
		tr := tree(t, html+`x`)
		if got := tr.E[tr.first(atom.Section)].Flag & of; got != want {
			t.Errorf("%s: %b, want %b", html, got, want)
		}
	}
}

// The page as a whole is no furniture, whatever its elements are named.
func TestPageIsShown(t *testing.T) {
	tr := tree(t, `<html class="sidebar"><body class="nav" hidden><main class="sidebar">x</main>`)
	for _, a := range []atom.Atom{atom.Html, atom.Body, atom.Main} {
		if e := tr.E[tr.first(a)]; e.Flag&(Junk|Hidden) != 0 || e.Skip {
			t.Errorf("<%s> is left out", a)
		}
	}
}

func TestSkip(t *testing.T) {
	for html, want := range map[string]bool{
		`<div><i>x</i></div>`:                                   false,
		`<nav><i>x</i></nav>`:                                   true,
		`<figure><figcaption><i>x</i></figcaption></figure>`:    true,
		`<div><button><i>x</i></button></div>`:                  true,
		`<p>Das neue <button><i>Amt</i></button> zieht um.</p>`: false,
		`<h3><button><i>Plan</i></button></h3>`:                 false,
	} {
		tr := tree(t, html)
		if got := tr.E[tr.first(atom.I)].Skip; got != want {
			t.Errorf("%s: %v", html, got)
		}
	}
}

// A paragraph reads like sentences by its length, its stops, and by what of it is no link.
func TestParagraph(t *testing.T) {
	short, long := "Der Kreis baut.", "Der Kreis baut einen Weg am Fluss."
	for html, want := range map[string]int32{
		`<p>` + short + `</p>`:                                     0,
		`<p>` + long + `</p>`:                                      27,
		`<p>` + strings.TrimSuffix(long, ".") + `</p>`:             0,
		`<p>` + strings.Repeat("Weg und ", 20) + `</p>`:            120,
		`<p>` + strings.Repeat("Weg und ", 19) + `</p>`:            0,
		`<p>Am See und im Wald: <a href="/x">` + long + `</a></p>`: 0,
		`<p>` + long + ` <a href="/x">Mehr</a></p>`:                27,
		`<p>` + long + ` <a href="#x">Mehr</a></p>`:                31,
		`<p>` + long + ` <script>var a;</script></p>`:              27,
		`<h2>` + long + `</h2>`:                                    0,
	} {
		tr := tree(t, html)
		at := max(tr.first(atom.P), tr.first(atom.H2))
		if got := tr.E[at].Good; got != want {
			t.Errorf("%s: %d, want %d", html, got, want)
		}
	}
}

func TestLetters(t *testing.T) {
	for in, want := range map[string]int32{"": 0, "Straße 12": 8, "A-B, c!": 3, "Ärzte – „heute“": 10, "日本": 2, "😀 x": 1, "M\xfcll": 3, "²½": 0} {
		if got := Letters(in); got != want {
			t.Errorf("%q: %d, want %d", in, got, want)
		}
	}
}

// A page that nests deeper than the parser bears keeps its text and the end of its elements.
func TestParseDeep(t *testing.T) {
	tr := tree(t, strings.Repeat("<div>", 5000)+"<p>unten <b>fett</b><br></p>"+strings.Repeat("</div>", 5000)+"<p id=end>Ende</p>")
	if got := tr.Read(0, Lines); !strings.Contains(got, "unten fett") || !strings.Contains(got, "\nEnde\n") {
		t.Errorf("text %q", got)
	}
	for i := range tr.E {
		if tr.Attr(int32(i), "id") == "end" && tr.Atom(tr.E[i].Parent) != atom.Body {
			t.Error("what stands behind the nested elements is read as one of them")
		}
	}
}

// Pictures in <noscript> are in the tree, other content is not.
func TestReveal(t *testing.T) {
	if tr := tree(t, `<body><noscript><img src="/a.jpg"></noscript>`); tr.first(atom.Img) < 0 {
		t.Error("the picture is not in the tree")
	}
	if tr := tree(t, `<body><noscript><i>Bitte Skripte erlauben</i></noscript>`); tr.first(atom.I) >= 0 {
		t.Error("what is not a picture is in the tree")
	}
}

func TestLeadsAway(t *testing.T) {
	for html, want := range map[string]bool{
		`<a href="/x">x</a>`: true, `<a href="#x">x</a>`: false, `<a>x</a>`: false, `<a href="">x</a>`: false, `<a href="https://kreis.example#x">x</a>`: true,
	} {
		tr := tree(t, html)
		if got := tr.E[tr.first(atom.A)].Kind&Link != 0; got != want {
			t.Errorf("%s: %v", html, got)
		}
	}
}
