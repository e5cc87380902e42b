package source

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPatternsThatCanNeverMatch(t *testing.T) {
	for pattern, want := range map[string]string{ // a part of the reason; "" for one that can match
		`^https?://`: "slash", `^http://www\.kreis\.example/presse/`: "slash", `https://www\.kreis\.example/presse/`: "scheme",
		`//presse/`: "double slash", `^presse/`: "slash", `^(?:presse|aktuelles)/`: "slash", `^\d{4}/`: "slash", `^$`: "slash", `^\?id=`: "slash",
		`^/presse/#top`: "fragment", `\?id=\d+&a=\d+`: "order", `^/x\?(mid)=1&(.*)&fid=2`: "order", `\?utm_source=feed`: "utm_source",

		`^/presse/`: "", `presse/`: "", `/presse/\d{4}/.*\.html$`: "", `^/`: "", `^`: "", `.*`: "", `^.+/presse/`: "", `^[^?]*presse`: "",
		`^(?:/de)?/presse/`: "", `^/?presse/`: "", `(?:^/presse/|meldung)`: "", `^(?i)/PRESSE/`: "", `\?a=\d+&id=\d+`: "", `[?&]id=\d+`: "",
		`^/index\.php\?(?:id=1|a=2)`: "", `\?ModID=7&`: "", `^/(?:a|b)/$`: "", `^presse|^/presse`: "", `\?id=.*&?a=`: "",
	} {
		if got := never(pattern); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("never(%q) = %q, want %q", pattern, got, want)
		}
	}
	for _, key := range []string{"accept", "refuse"} {
		_, err := Parse("f.yaml", []byte(minimal+key+":\n  - ^/ok/\n  - ^https?://\n"))
		if err == nil || !strings.Contains(err.Error(), "f.yaml:9: "+key+`[1]: "^https?://" can match no page`) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestSourceFilesThatAreOdd(t *testing.T) {
	if s, err := Parse("f.yaml", []byte("\xef\xbb\xbf"+strings.ReplaceAll(minimal, "\n", "\r\n"))); err != nil || s.ID != "kreis-muster" {
		t.Errorf("with BOM and Windows lines: %v", err)
	}
	for text, want := range map[string]string{
		strings.Repeat("[", 1<<21):                                  "bytes, expected one source",
		strings.Repeat("[", 1000):                                   "nested",
		strings.Repeat("- ", 1000) + "x":                            "nested",
		strings.Replace(minimal, "id: kreis-muster", "id: true", 1): `1: id: "true", expected text`,
		strings.Replace(minimal, "id: kreis-muster", "id: ~", 1):    "1: id: no value",
	} {
		_, err := Parse("f.yaml", []byte(text))
		if p, ok := errors.AsType[Problems](err); !ok || !strings.Contains(p.Error(), want) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	dir := t.TempDir()
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "a.yaml")); err != nil {
		t.Skip(err)
	}
	_, err := LoadDir(dir)
	_, one := LoadFile(filepath.Join(dir, "a.yaml"))
	for _, err := range []error{err, one} {
		if p, ok := errors.AsType[Problems](err); !ok || !strings.Contains(p.Error(), "no regular file") {
			t.Errorf("a device: %v", err)
		}
	}
}
