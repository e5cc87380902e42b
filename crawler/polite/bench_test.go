package polite

import (
	"net/url"
	"strings"
	"testing"
)

func BenchmarkRobotsCheck(b *testing.B) {
	r := &rules{text: strings.Repeat("User-agent: Bot\nDisallow: /a\n\n", 50) + "User-agent: *\nDisallow: /intern/\nDisallow: /*.pdf$\n"}
	u, err := url.Parse("https://www.kreis-muster.example/presse/2024/m%C3%A4rz/brücke.php?druck=1")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if !r.allow(u) {
			b.Fatal("disallowed")
		}
	}
}
