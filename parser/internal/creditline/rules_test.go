package creditline

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/rule"
	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// golden are the pages whose captions and credits show that a rule is needed.
const golden = "../../testdata/golden/*."

// rawCredits are the credits of a golden record as they stand on the page.
func rawCredits(record []byte) (raw []string, err error) {
	var r struct{ Credits []struct{ Raw string } }
	err = json.Unmarshal(record, &r)
	for _, c := range r.Credits {
		raw = append(raw, c.Raw)
	}
	return raw, err
}

// firing counts the rules that read the credits of a golden record.
func firing(read func(s string) []rule.Hit) func([]byte) ([]string, error) {
	return func(record []byte) (ids []string, err error) {
		raw, err := rawCredits(record)
		for _, s := range raw {
			for _, h := range read(s) {
				ids = append(ids, h.Rule)
			}
		}
		return ids, err
	}
}

func TestOffs(t *testing.T) {
	read := func(s string) (hits []rule.Hit) {
		var ids []string
		rest := cleaned(s, func(id string) { ids = append(ids, id) })
		for _, id := range ids {
			hits = append(hits, rule.Hit{Rule: id, Text: s, Result: rest})
		}
		return hits
	}
	inner := func(s string) []rule.Hit { // what is cut of a credit whose marker is off
		rest, _ := cut(text.Normalise(s))
		return read(rest)
	}
	rule.Test(t, offs, rule.Trial{Read: read, Fired: rule.Count(t, golden+"json", firing(inner))})
}

func TestPartings(t *testing.T) {
	read := func(s string) (hits []rule.Hit) {
		var ids []string
		list := part(s, func(id string) { ids = append(ids, id) })
		for _, id := range ids {
			for _, one := range list {
				hits = append(hits, rule.Hit{Rule: id, Text: one, Result: clean(one)})
			}
		}
		return hits
	}
	inner := func(s string) []rule.Hit { return read(bare(text.Normalise(s))) }
	rule.Test(t, partings, rule.Trial{Read: read, Fired: rule.Count(t, golden+"json", firing(inner))})
}

func TestReadings(t *testing.T) {
	read := func(s string) []rule.Hit {
		p, id := party(s)
		return []rule.Hit{{Rule: id, Text: s, Result: strings.TrimSpace(p.Holder + " | " + p.Agency)}}
	}
	all := func(s string) (hits []rule.Hit) {
		parties(s, func(id string) {
			for _, r := range readings {
				if r.ID == id {
					hits = append(hits, rule.Hit{Rule: id})
				}
			}
		})
		return hits
	}
	rule.Test(t, readings, rule.Trial{Read: read, Fired: rule.Count(t, golden+"json", firing(all))})
}

// caption finds the captions of a page, roughly.
var (
	caption = regexp.MustCompile(`(?s)<figcaption[^>]*>(.*?)</figcaption>|(?:alt|title)="([^"]*)"|<p[^>]*>([^<]*)</p>`)
	tag     = regexp.MustCompile(`<[^>]*>`)
)

func TestTails(t *testing.T) {
	read := func(s string) []rule.Hit {
		text, credit, id := splitBy(s)
		if id == "" {
			return nil
		}
		return []rule.Hit{{Rule: id, Text: s, Result: strings.TrimSpace(text + " | " + credit)}}
	}
	fired := rule.Count(t, golden+"html", func(page []byte) (ids []string, err error) {
		for _, m := range caption.FindAllSubmatch(page, -1) {
			if _, _, id := splitBy(tag.ReplaceAllString(string(m[1])+string(m[2])+string(m[3]), " ")); id != "" {
				ids = append(ids, id)
			}
		}
		return ids, nil
	})
	rule.Test(t, tails, rule.Trial{Read: read, Fired: fired})
}

// Every word of the lists stands in one section once, and every section has some.
func TestWordsStandOnce(t *testing.T) {
	at := map[string]string{}
	section := ""
	for line := range strings.Lines(wordFile) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			if section = strings.Trim(line, "[]"); len(lexicon[section]) == 0 {
				t.Errorf("[%s] is empty", section)
			}
			continue
		}
		for _, w := range strings.Fields(line) {
			if other := at[w]; other != "" {
				t.Errorf("%q stands in [%s] and in [%s]", w, other, section)
			}
			if w != strings.ToLower(w) {
				t.Errorf("[%s]: %q is not in small letters", section, w)
			}
			at[w] = section
		}
	}
	seen := map[string]bool{}
	for line := range strings.Lines(agencyFile) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			if ranks[strings.Trim(line, "[]")] == unlisted {
				t.Errorf("agencies.txt: nobody knows the section %s", line)
			}
			continue
		}
		if seen[Key(line)] {
			t.Errorf("agencies.txt: %q stands there twice", line)
		}
		seen[Key(line)] = true
	}
}
