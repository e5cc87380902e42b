package jsonld

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func read(scripts ...string) []Node {
	var out []Node
	for _, n := range Decode(scripts) {
		out = append(out, n)
	}
	return out
}

func TestDecodeForgives(t *testing.T) {
	for name, body := range map[string][]string{
		"plain":            {`{"@type":"NewsArticle","headline":"Brücke"}`},
		"list":             {`[{"@type":"http://schema.org/NewsArticle","headline":"Brücke"}]`},
		"graph":            {`{"@graph":[{"@type":["Article","schema:NewsArticle"],"headline":"Brücke"}]}`},
		"line break":       {"{\"@type\":\"NewsArticle\",\"headline\":\"Brücke\",\"description\":\"eins\nzwei\"}"},
		"trailing comma":   {`{"@type":"NewsArticle","headline":"Brücke",}`},
		"comment":          {`<!-- {"@type":"NewsArticle","headline":"Brücke"} -->`},
		"cdata, semicolon": {"//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Brücke\"};\n//]]>"},
		"entities":         {`{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Brücke&quot;}`},
		"after a bad one":  {`{"@type":`, `{"@type":"NewsArticle","headline":"Brücke"}`},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, n := range read(body...) {
				if n.Is("NewsArticle") {
					got = append(got, n.Text("headline"))
				}
			}
			if diff := cmp.Diff([]string{"Brücke"}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTextAndNodes(t *testing.T) {
	n := read(`{"author":[{"@type":"Person","name":" Erika Beispiel "},{"name":"Tim Probst"}],"image":{"@id":"#i"},"width":3,"empty":""}`)[0]
	if got := Strings(n["author"]); !cmp.Equal(got, []string{"Erika Beispiel", "Tim Probst"}) {
		t.Errorf("authors %q", got)
	}
	if got := n.Text("image"); got != "#i" {
		t.Errorf("image %q", got)
	}
	for _, p := range []string{"width", "empty", "absent"} {
		if got := n.Text(p); got != "" {
			t.Errorf("%s: %q", p, got)
		}
	}
	if got := len(n.Nodes("author")); got != 2 {
		t.Errorf("%d authors", got)
	}
}

func TestDecodeIsBounded(t *testing.T) {
	deep := strings.Repeat(`{"@graph":[`, 300) + `{}` + strings.Repeat(`]}`, 300)
	wide := `[` + strings.Repeat(`{"@type":"ImageObject"},`, 20000) + `{}]`
	for _, x := range []struct {
		name, body string
		want       int
	}{{"deep", deep, maxDepth/2 + 1}, {"wide", wide, maxNodes}, {"too long", `{"a":"` + strings.Repeat("x", maxScript) + `"}`, 0}} {
		if n := len(read(x.body)); n != x.want {
			t.Errorf("%s: %d nodes, want %d", x.name, n, x.want)
		}
	}
	many := make([]string, 2*maxScripts)
	for i := range many {
		many[i] = `{"@type":"Article"}`
	}
	if n := len(read(many...)); n != maxScripts {
		t.Errorf("%d of %d scripts read, want %d", n, len(many), maxScripts)
	}
}

// Strings gives what a value is called, by the first property that says it.
func TestStrings(t *testing.T) {
	for _, x := range []struct {
		json string
		want []string
	}{
		{`"Kreis"`, []string{"Kreis"}},
		{`" "`, nil},
		{`7`, nil},
		{`["Kreis",["Stadt"],null,""]`, []string{"Kreis", "Stadt"}},
		{`{"name":"Kreis","url":"https://kreis.example"}`, []string{"Kreis"}},
		{`{"@value":"Kreis","@language":"de"}`, []string{"Kreis"}},
		{`{"url":"https://kreis.example","@id":"#k"}`, []string{"https://kreis.example"}},
		{`{"@id":"#k"}`, []string{"#k"}},
		{`{"name":{"@value":"Kreis"}}`, []string{"Kreis"}},
		{`{"description":"Kreis"}`, nil},
		{`[[[[[["zu tief"]]]]]]`, nil},
	} {
		got := Strings(read(`{"x":` + x.json + `}`)[0]["x"])
		if diff := cmp.Diff(x.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.json, diff)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"@graph":[{"@type":"Article"}],}`)
	f.Add(`[[[[{"a":{"b":["c",{}]}}]]]]`)
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range read(s) {
			n.Is("Article")
			for p := range n {
				n.Text(p)
				n.Nodes(p)
			}
		}
	})
}
