package markup

import (
	"slices"
	"testing"
)

// The head is read wherever its elements stand; the first of each counts.
func TestHead(t *testing.T) {
	tr := tree(t, `<html lang="de-DE"><head><title>Radweg</title><base href="/a/"><base href="/b/">
<link rel="alternate" href="/feed"><link rel="nofollow Canonical" href="/radweg"><link rel="canonical" href="/zwei">
<meta name="Author" content=" "><meta property="author" content=" Presse "><meta http-equiv="refresh" content="5">
<meta itemprop="name" name="eigen" content="x">
</head><body><svg><title>Pfeil</title></svg></body></html>`)
	for _, x := range []struct{ what, got, want string }{
		{"title", tr.Title, "Radweg"},
		{"language", tr.Lang, "de-DE"},
		{"base", tr.Base, "/a/"},
		{"canonical", tr.Canon, "/radweg"},
		{"the first that is not blank", tr.MetaFirst("none", "author", "refresh"), "Presse"},
		{"http-equiv", tr.MetaFirst("refresh"), "5"},
		{"name before itemprop", tr.MetaFirst("eigen"), "x"},
		{"one name only", tr.MetaFirst("name"), ""},
	} {
		if x.got != x.want {
			t.Errorf("%s: %q, want %q", x.what, x.got, x.want)
		}
	}
	if got := tree(t, `<body><svg><title>Pfeil</title></svg>`).Title; got != "" {
		t.Errorf("a drawing's title is the page's: %q", got)
	}
}

func TestLinkedData(t *testing.T) {
	tr := tree(t, `<script type="application/LD+json">{"a":1}</script><script type="text/javascript">{"@context":"x"}</script>
<script> [{"@context":"x"}]</script><script>var x = {"@context":"x"}</script><script>{"a":2}</script><script></script>`)
	if want := []string{`{"a":1}`, ` [{"@context":"x"}]`}; !slices.Equal(tr.LD, want) {
		t.Errorf("linked data: %q, want %q", tr.LD, want)
	}
}
