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

func TestWalkIsBounded(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 300) + `1` + strings.Repeat(`}`, 300)
	wide := `[` + strings.Repeat(`{"image":{"@type":"ImageObject"}},`, 20000) + `{}]`
	for _, body := range []string{deep, wide} {
		nodes, seen := read(body), 0
		for _, n := range nodes {
			n.Walk(func(Node) bool { seen++; return true })
		}
		if len(nodes) == 0 || len(nodes) > maxNodes || seen > 2*maxNodes {
			t.Errorf("%d nodes, %d seen", len(nodes), seen)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"@graph":[{"@type":"Article"}],}`)
	f.Add(`[[[[{"a":{"b":["c",{}]}}]]]]`)
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range read(s) {
			n.Is("Article")
			n.Walk(func(m Node) bool { m.Text("name"); return true })
		}
	})
}
