package polite

import (
	"net/http"
	"testing"
)

func TestNoIndex(t *testing.T) {
	for _, c := range []struct {
		tags []string
		html string
		want bool
	}{
		{nil, "<p>x", false},
		{nil, `<meta name="robots" content="noindex">`, true},
		{nil, `<META CONTENT='NOINDEX,FOLLOW' NAME=Robots>`, true},
		{nil, `<meta name="robots" content="none">`, true},
		{nil, `<meta name="robots" content="index, follow, max-image-preview:large">`, false},
		{nil, `<meta name="robots" content="nofollow, noarchive">`, false},
		{nil, `<meta name="googlebot" content="noindex"><meta name="robots" content="index">`, false},
		{nil, `<meta name="kreispresse" content="noindex">`, true},
		{nil, `<meta name="robots" content="noindex"><meta name="KreisPresse" content="index">`, false},
		{nil, `<noscript><meta name="robots" content="noindex"></noscript>`, false},
		{nil, `<!-- <meta name="robots" content="noindex"> --><script>"<meta name=robots content=noindex>"</script>`, false},
		{nil, `<p>robots noindex</p>`, false},
		{[]string{"noindex"}, "", true},
		{[]string{"nofollow, NoIndex"}, "", true},
		{[]string{"nofollow", "none"}, "", true},
		{[]string{"kreispresse: noindex"}, "", true},
		{[]string{"googlebot: noindex, nofollow"}, "", false},
		{[]string{"noindex", "kreispresse: all"}, "", false},
		{[]string{"unavailable_after: 25 Jun 2030 15:00:00 PST"}, "", false},
		{[]string{"noindex, unavailable_after: 25 Jun 2030 15:00:00 PST"}, "", true},
	} {
		a := &Answer{Header: http.Header{"X-Robots-Tag": c.tags}, Body: []byte(c.html)}
		if got := NoIndex(a); got != c.want {
			t.Errorf("%v %s: %v", c.tags, c.html, got)
		}
	}
}
