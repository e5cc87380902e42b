package truth

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Finding is a field of a page judged.
type Finding struct {
	Right   int
	Wrong   []string // found and not true
	Missing []string // true and not found
}

// Judge gives the findings of every field that the truth judges.
func (p Page) Judge(r *schemas.Release) map[string]Finding {
	out := map[string]Finding{
		"title":     Compare(p.folded(some(p.Title)), p.folded(some(r.Title))),
		"kicker":    Compare(some(p.Kicker), some(r.Kicker)),
		"lead":      Compare(some(p.Lead), some(r.Lead)),
		"language":  Compare(p.language(), some(primary(r.Language))),
		"canonical": Compare(p.canonical(), some(r.CanonicalURL)),
		"published": Compare(some(p.Published), day(r.Published)),
		"modified":  Compare(some(p.Modified), day(r.Modified)),
		"text":      p.text(r.Text),
		"contact":   Compare(some(p.Contact), mail(r.Contact)),
		"embargo":   Compare(some(p.Embargo), end(r.Embargo)),
		"usage":     Compare(some(p.Usage), some(r.Usage)),
	}
	p.quotes(out, r.Quotes)
	p.people(out, r.People)
	p.dates(out, r.Dates)
	p.media(out, r)
	for f, x := range out {
		switch {
		case !p.judged(f):
			delete(out, f)
		case among(p.Partly, f):
			x.Wrong = nil
			out[f] = x
		}
	}
	return out
}

// fold is a text as the truth compares it.
func (p Page) fold(s string) string {
	if !p.Loose {
		return s
	}
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00ad", "")), " ")
	return strings.ToLower(strings.Trim(s, "„“”\"»«‚‘’'›‹,. "))
}

func (p Page) folded(list []string) []string {
	for i, s := range list {
		list[i] = p.fold(s)
	}
	return list
}

// Compare matches two multisets of strings.
func Compare(want, have []string) Finding {
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	var f Finding
	for _, h := range have {
		if left[h] > 0 {
			left[h]--
			f.Right++
		} else {
			f.Wrong = append(f.Wrong, h)
		}
	}
	for _, w := range want {
		if left[w] > 0 {
			left[w]--
			f.Missing = append(f.Missing, w)
		}
	}
	return f
}

func some(s string) []string {
	if s == "" || s == None {
		return nil
	}
	return []string{s}
}

func day(s *schemas.Stamp) []string {
	if s == nil {
		return nil
	}
	return []string{s.Value[:min(len("2006-01-02"), len(s.Value))]}
}

func mail(c *schemas.Contact) []string {
	if c == nil {
		return nil
	}
	if c.Email == "" {
		return some(c.Phone)
	}
	return []string{c.Email}
}

func primary(language string) string {
	p, _, _ := strings.Cut(language, "-")
	return p
}

func (p Page) language() []string {
	if p.Language == "" {
		return []string{"de"}
	}
	return some(primary(p.Language))
}

func (p Page) canonical() []string {
	if p.Canonical != "" {
		return some(p.Canonical)
	}
	own, err := schemas.CanonicalURL(p.URL)
	if err != nil {
		return []string{p.URL}
	}
	return []string{own}
}

func (p Page) text(text string) (f Finding) {
	for _, s := range p.Has {
		if strings.Contains(text, s) {
			f.Right++
		} else {
			f.Missing = append(f.Missing, s)
		}
	}
	for _, s := range p.Lacks {
		if strings.Contains(text, s) {
			f.Wrong = append(f.Wrong, s)
		}
	}
	return f
}

func (p Page) quotes(out map[string]Finding, have []schemas.Quote) {
	var w, h, ws, hs []string
	bodies := map[string]string{} // text -> the organisation that says it
	for _, q := range p.Quotes {
		text, name := p.fold(q.Text), p.fold(q.Speaker)
		w = append(w, q.Kind+" "+text)
		if q.Speaker != "" {
			ws = append(ws, name+": "+text)
		}
		if q.Org {
			bodies[text] = name
		}
	}
	for _, q := range have {
		text := p.fold(q.Text)
		h = append(h, q.Kind+" "+text)
		if q.Speaker == nil || q.Kind == schemas.QuotePull {
			continue
		}
		name := p.fold(q.Speaker.Name)
		if full := bodies[text]; partOf(full, name) {
			name = full
		}
		hs = append(hs, name+": "+text)
	}
	out["quotes"], out["speakers"] = Compare(w, h), Compare(ws, hs)
}

// partOf reports whether an organisation's name holds another as whole words.
func partOf(full, part string) bool {
	return part != "" && strings.Contains(" "+strings.ReplaceAll(full, ",", " ,")+" ", " "+part+" ")
}

func (p Page) people(out map[string]Finding, have []schemas.Person) {
	var w, h []string
	byName := map[string]schemas.Person{}
	for _, x := range have {
		h = append(h, p.fold(x.Name))
		byName[p.fold(x.Name)] = x
	}
	var roles Finding
	var detail, detailHave []string
	for _, x := range p.People {
		w = append(w, p.fold(x.Name))
		got, ok := byName[p.fold(x.Name)]
		if !ok {
			continue // missing already
		}
		p.roles(&roles, x, got.Roles)
		for _, d := range [][2]string{{x.Title, got.Title}, {x.Organisation, got.Organisation}, {x.Gender, got.Gender}} {
			if d[0] != "" {
				detail = append(detail, x.Name+": "+d[0])
				detailHave = append(detailHave, some(prefixed(x.Name, d[1]))...)
			}
		}
	}
	out["people"], out["roles"], out["person details"] = Compare(w, h), roles, Compare(detail, detailHave)
}

func prefixed(name, value string) string {
	if value == "" {
		return ""
	}
	return name + ": " + value
}

// roles wants every role of the truth within one of those found, and none besides.
func (p Page) roles(f *Finding, x Person, have []string) {
	for _, role := range x.Roles {
		if slices.ContainsFunc(have, func(s string) bool { return strings.Contains(p.fold(s), p.fold(role)) }) {
			f.Right++
		} else {
			f.Missing = append(f.Missing, x.Name+": "+role)
		}
	}
	for _, role := range have {
		if !slices.ContainsFunc(x.Roles, func(s string) bool { return strings.Contains(p.fold(role), p.fold(s)) }) {
			f.Wrong = append(f.Wrong, x.Name+": "+role)
		}
	}
}

func (p Page) dates(out map[string]Finding, have []schemas.Date) {
	var w, h, wv, hv []string
	for _, d := range p.Dates {
		w, wv = append(w, p.fold(d.Text)), append(wv, fmt.Sprintf("%s %s %s", p.fold(d.Text), d.Type, d.Value))
	}
	for _, d := range have {
		text := p.dateText(d)
		h, hv = append(h, text), append(hv, fmt.Sprintf("%s %s %s", text, d.Type, d.Value))
	}
	out["dates"], out["date values"] = Compare(w, h), Compare(wv, hv)
}

// dateText is the text of an expression; loosely, that of the one in the truth that it holds and whose value it has: "in sechs Wochen".
func (p Page) dateText(d schemas.Date) string {
	text := p.fold(d.Text)
	if p.Loose {
		for _, x := range p.Dates {
			if x.Type == d.Type && x.Value == d.Value && strings.Contains(text, p.fold(x.Text)) {
				return p.fold(x.Text)
			}
		}
	}
	return text
}

func (p Page) media(out map[string]Finding, r *schemas.Release) {
	var w, h, images, files []string
	for _, c := range p.Credits {
		w = append(w, p.credit(c.Holder, c.Agency))
	}
	for _, c := range r.Credits {
		h = append(h, p.credit(c.Holder, c.Agency))
	}
	for _, x := range r.Images {
		images = append(images, x.URL)
	}
	for _, x := range r.Attachments {
		files = append(files, x.URL)
	}
	out["credits"], out["images"], out["attachments"] = Compare(w, h), Compare(p.Images, images), Compare(p.Attachments, files)
}

// credit is a credit as the truth compares it; loosely, its words in any order: "Muster / Kreis" and "Kreis, Muster" are one.
func (p Page) credit(holder, agency string) string {
	if !p.Loose {
		return holder + " | " + agency
	}
	words := strings.FieldsFunc(p.fold(holder+" "+agency), func(r rune) bool { return strings.ContainsRune(" ,/|–-·©", r) })
	slices.Sort(words)
	return strings.Join(words, " ")
}

// end is when an embargo ends, or what it says when that names no moment.
func end(e *schemas.Embargo) []string {
	switch {
	case e == nil:
		return nil
	case e.Until != "":
		return []string{e.Until}
	}
	return []string{e.Text}
}
