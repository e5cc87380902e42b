package discover

import (
	"strings"
	"testing"
)

func TestStub(t *testing.T) {
	long := "<p>" + strings.Repeat("Der Kreis Muster erneuert die Brücke. ", 30) + "</p>"
	const at = "https://a.example/presse/alt.php"
	for _, tt := range []struct{ html, want string }{
		{`<meta http-equiv="refresh" content="0; URL=neu.php"><p>Weiter geht es <a href=neu.php>hier</a>`, "https://a.example/presse/neu.php"},
		{`<META HTTP-EQUIV=Refresh CONTENT="3;url='/presse/neu.php'">`, "https://a.example/presse/neu.php"},
		{`<base href="/neu/"><meta http-equiv="refresh" content="0,url=1.php">`, "https://a.example/neu/1.php"},
		{`<meta http-equiv="refresh" content="0 https://b.example/x">`, "https://b.example/x"},
		{`<meta http-equiv="refresh" content="5.5; url=neu.php">`, "https://a.example/presse/neu.php"},
		{`<script>window.location.href = "neu.php";</script>`, "https://a.example/presse/neu.php"},
		{`<script>location.replace('/neu')</script><noscript>Bitte schalten Sie JavaScript ein, um weitergeleitet zu werden.</noscript>`, "https://a.example/neu"},
		{`<link rel="canonical" href="/presse/neu.php"><p>Diese Seite ist umgezogen.</p>`, "https://a.example/presse/neu.php"},

		{`<meta http-equiv="refresh" content="600">` + long, ""},
		{`<meta http-equiv="refresh" content="0">`, ""},
		{`<meta http-equiv="refresh" content="0; url=">`, ""},
		{`<meta http-equiv="refresh" content="0; url=/presse/alt.php?utm_source=x">`, ""}, // the page itself
		{`<meta http-equiv="refresh" content="300; url=/">`, ""},
		{`<meta http-equiv="refresh" content="0; url=javascript:alert(1)">`, ""},
		{`<noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript>` + long, ""},
		{`<meta http-equiv="refresh" content="0; url=/neu">` + long, ""}, // it has something to say
		{`<link rel="canonical" href="/presse/neu.php">` + long, ""},
		{`<link rel="canonical" href="/presse/alt.php"><p>Kurz.</p>`, ""},
		{`<!-- <meta http-equiv="refresh" content="0; url=/neu"> --><p>x</p>`, ""},
		{`<p>The page was refreshed.</p>`, ""},
		{``, ""},
	} {
		got, ok := Stub([]byte(tt.html), "text/html; charset=utf-8", at)
		if !ok {
			got = ""
		}
		if got != tt.want {
			t.Errorf("%.90s: %q, want %q", tt.html, got, tt.want)
		}
	}
}
