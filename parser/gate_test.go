package parser

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

const baselineFile = "testdata/gate.json"

// tally counts one field over all golden pages.
type tally struct {
	Right   int `json:"right"`   // found and true
	Wrong   int `json:"wrong"`   // found and not true
	Missing int `json:"missing"` // true and not found
}

func (c tally) precision() float64 { return ratio(c.Right, c.Right+c.Wrong) }
func (c tally) recall() float64    { return ratio(c.Right, c.Right+c.Missing) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// TestGate measures precision and recall of every field on the golden pages. A change may not lower any of them against the
// committed baseline; one that raises them commits the new baseline (make golden).
func TestGate(t *testing.T) {
	now := map[string]tally{}
	for _, g := range goldens(t) {
		if g.Truth.Error != "" {
			continue // TestGolden judges these
		}
		r, err := Parse(g.Snap)
		if err != nil {
			t.Errorf("%s: %v", g.Name, err)
			continue
		}
		for field, f := range judge(g.Truth, r) {
			c := now[field]
			for _, x := range f.notes() {
				t.Logf("%s %s %s", g.Name, field, x)
			}
			c.Right, c.Wrong, c.Missing = c.Right+f.right, c.Wrong+len(f.wrong), c.Missing+len(f.missing)
			now[field] = c
		}
	}
	for _, f := range slices.Sorted(maps.Keys(now)) {
		t.Logf("%-12s P %5.1f  R %5.1f  (%d right, %d wrong, %d missing)", f, 100*now[f].precision(), 100*now[f].recall(), now[f].Right, now[f].Wrong, now[f].Missing)
	}
	if *update {
		b, _ := json.MarshalIndent(now, "", "  ")
		if err := os.WriteFile(baselineFile, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(baselineFile)
	if err != nil {
		t.Fatal(err)
	}
	var before map[string]tally
	if err := json.Unmarshal(b, &before); err != nil {
		t.Fatal(err)
	}
	for field, was := range before {
		if is := now[field]; is.precision() < was.precision() || is.recall() < was.recall() {
			t.Errorf("%s fell: P %.3f → %.3f, R %.3f → %.3f", field, was.precision(), is.precision(), was.recall(), is.recall())
		}
	}
}

// finding is one field of one page judged.
type finding struct {
	right          int
	wrong, missing []string
}

func (f finding) notes() []string {
	var out []string
	for _, w := range f.wrong {
		out = append(out, "wrong   "+w)
	}
	for _, m := range f.missing {
		out = append(out, "missing "+m)
	}
	return out
}

// compare matches two multisets of strings.
func compare(want, have []string) finding {
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	var f finding
	for _, h := range have {
		if left[h] > 0 {
			left[h]--
			f.right++
		} else {
			f.wrong = append(f.wrong, h)
		}
	}
	for _, w := range want {
		if left[w] > 0 {
			left[w]--
			f.missing = append(f.missing, w)
		}
	}
	return f
}

func judge(w truth, r *schemas.Release) map[string]finding {
	out := map[string]finding{"title": compare([]string{w.Title}, []string{r.Title})}
	for _, x := range []struct{ field, want, have string }{
		{"kicker", w.Kicker, r.Kicker},
		{"lead", w.Lead, r.Lead},
		{"language", w.Language, r.Language},
		{"canonical", w.Canonical, r.CanonicalURL},
	} {
		if x.want != "" {
			out[x.field] = compare(some(x.want), some(x.have))
		}
	}
	switch {
	case w.Published == "none" && r.Published != nil:
		out["published"] = finding{wrong: []string{r.Published.Value}}
	case w.Published != "" && w.Published != "none":
		var have []string
		if r.Published != nil {
			have = []string{r.Published.Value[:min(10, len(r.Published.Value))]}
		}
		out["published"] = compare([]string{w.Published}, have)
	}
	out["text"] = judgeText(w, r.Text)
	if w.Quotes != nil {
		judgeQuotes(out, *w.Quotes, r.Quotes)
	}
	if w.People != nil {
		judgePeople(out, *w.People, r.People)
	}
	if w.Dates != nil {
		var want, have, wantV, haveV []string
		for _, d := range *w.Dates {
			want, wantV = append(want, d.Text), append(wantV, fmt.Sprintf("%s %s %s", d.Text, d.Type, d.Value))
		}
		for _, d := range r.Dates {
			have, haveV = append(have, d.Text), append(haveV, fmt.Sprintf("%s %s %s", d.Text, d.Type, d.Value))
		}
		out["dates"], out["date values"] = compare(want, have), compare(wantV, haveV)
	}
	if w.Credits != nil {
		var want, have []string
		for _, c := range *w.Credits {
			want = append(want, c.Holder+" | "+c.Agency)
		}
		for _, c := range r.Credits {
			have = append(have, c.Holder+" | "+c.Agency)
		}
		out["credits"] = compare(want, have)
	}
	if w.Contact != "" {
		var have []string
		if r.Contact != nil {
			have = some(r.Contact.Email)
		}
		out["contact"] = compare([]string{w.Contact}, have)
	}
	if w.Images != nil {
		var have []string
		for _, x := range r.Images {
			have = append(have, x.URL)
		}
		out["images"] = compare(*w.Images, have)
	}
	if w.Attachments != nil {
		var have []string
		for _, x := range r.Attachments {
			have = append(have, x.URL)
		}
		out["attachments"] = compare(*w.Attachments, have)
	}
	return out
}

func judgeText(w truth, text string) finding {
	var f finding
	for _, s := range w.Has {
		if strings.Contains(text, s) {
			f.right++
		} else {
			f.missing = append(f.missing, s)
		}
	}
	for _, s := range w.Lacks {
		if strings.Contains(text, s) {
			f.wrong = append(f.wrong, s)
		}
	}
	return f
}

func judgeQuotes(out map[string]finding, want []truthQuote, have []schemas.Quote) {
	var w, h, ws, hs []string
	for _, q := range want {
		w = append(w, q.Kind+" "+q.Text)
		if q.Speaker != "" {
			ws = append(ws, q.Speaker+": "+q.Text)
		}
	}
	for _, q := range have {
		h = append(h, q.Kind+" "+q.Text)
		if q.Speaker != nil && q.Kind != schemas.QuotePull {
			hs = append(hs, q.Speaker.Name+": "+q.Text)
		}
	}
	out["quotes"], out["speakers"] = compare(w, h), compare(ws, hs)
}

func judgePeople(out map[string]finding, want []truthPerson, have []schemas.Person) {
	var w, h []string
	var roles finding
	byName := map[string]schemas.Person{}
	for _, p := range have {
		h = append(h, p.Name)
		byName[p.Name] = p
	}
	var detail, detailHave []string
	for _, p := range want {
		w = append(w, p.Name)
		got, ok := byName[p.Name]
		if !ok {
			continue // missing already
		}
		left := append([]string(nil), got.Roles...)
		for _, role := range p.Roles {
			i := slices.IndexFunc(left, func(s string) bool { return strings.Contains(s, role) })
			if i < 0 {
				roles.missing = append(roles.missing, p.Name+": "+role)
				continue
			}
			roles.right++
		}
		for _, role := range left {
			if !slices.ContainsFunc(p.Roles, func(s string) bool { return strings.Contains(role, s) }) {
				roles.wrong = append(roles.wrong, p.Name+": "+role)
			}
		}
		for _, x := range [][2]string{{p.Title, got.Title}, {p.Organisation, got.Organisation}, {p.Gender, got.Gender}} {
			if x[0] != "" {
				detail = append(detail, p.Name+": "+x[0])
				if x[1] != "" {
					detailHave = append(detailHave, p.Name+": "+x[1])
				}
			}
		}
	}
	out["people"], out["roles"], out["person details"] = compare(w, h), roles, compare(detail, detailHave)
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
