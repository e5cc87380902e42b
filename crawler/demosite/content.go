package demosite

import (
	"embed"
	"fmt"
	"path"
	"sort"
	"strings"
	"time"
)

//go:embed content/*.txt
var contentFS embed.FS

// Family is the kind of CMS a page is rendered as.
type Family string

// The families of the site.
const (
	Sitepark Family = "sitepark" // Sitepark IES
	TYPO3    Family = "typo3"    // TYPO3 EXT:news
	Plain    Family = "plain"    // no helpful markup at all
)

// article is one content file, as written.
type article struct {
	id, title, lead, kicker string
	family                  Family
	date                    time.Time
	people                  []person
	speakers                map[string]speaker
	contact                 *Contact
	attachments             []attachment
	correctOld, correctNew  string
	encoding                string
	entities                bool
	body                    string
}

type person struct {
	Name  string
	Roles []string
}

type speaker struct {
	name string
	org  bool
}

type attachment struct{ File, Title string }

func (f attachment) path() string { return "/download/" + f.File }

const stampLayout = "2006-01-02T15:04Z07:00"

// readArticles reads every content file, newest release first; equal dates are ordered by id.
func readArticles() ([]*article, error) {
	files, err := contentFS.ReadDir("content")
	if err != nil {
		return nil, err
	}
	var all []*article
	for _, f := range files {
		b, err := contentFS.ReadFile("content/" + f.Name())
		if err != nil {
			return nil, err
		}
		a, err := parseArticle(strings.TrimSuffix(f.Name(), path.Ext(f.Name())), string(b))
		if err != nil {
			return nil, fmt.Errorf("content/%s: %w", f.Name(), err)
		}
		all = append(all, a)
	}
	sort.Slice(all, func(i, j int) bool {
		if !all[i].date.Equal(all[j].date) {
			return all[i].date.After(all[j].date)
		}
		return all[i].id < all[j].id
	})
	return all, nil
}

// parseArticle reads one content file. It is strict: an unknown key, a missing title or a half-written value is an error.
func parseArticle(id, src string) (*article, error) {
	head, body, ok := strings.Cut(src, "\n---\n")
	if !ok {
		return nil, fmt.Errorf(`no line "---" between head and body`)
	}
	a := &article{id: id, speakers: map[string]speaker{}, body: strings.TrimSpace(body)}
	for n, line := range strings.Split(head, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("line %d: not key: value", n+1)
		}
		if err := a.set(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	if a.title == "" || a.date.IsZero() || a.family == "" || a.body == "" {
		return nil, fmt.Errorf("family, date, title and a body are needed")
	}
	if a.correctOld != "" && strings.Count(a.body, a.correctOld) != 1 {
		return nil, fmt.Errorf("correct: %q does not stand in the body exactly once", a.correctOld)
	}
	return a, nil
}

func (a *article) set(key, value string) error {
	var err error
	switch key {
	case "family":
		a.family = Family(value)
		if a.family != Sitepark && a.family != TYPO3 && a.family != Plain {
			err = fmt.Errorf("unknown family %q", value)
		}
	case "date":
		a.date, err = time.Parse(stampLayout, value)
	case "title":
		a.title = value
	case "lead":
		a.lead = value
	case "kicker":
		a.kicker = value
	case "person":
		f := fields(value)
		if len(f) != 3 {
			return fmt.Errorf("person: want KEY | name | roles")
		}
		a.people = append(a.people, person{Name: f[1], Roles: list(f[2])})
		if f[0] != "-" {
			a.speakers[f[0]] = speaker{name: f[1]}
		}
	case "org":
		f := fields(value)
		if len(f) != 2 {
			return fmt.Errorf("org: want KEY | name")
		}
		a.speakers[f[0]] = speaker{name: f[1], org: true}
	case "contact":
		f := fields(value)
		if len(f) != 3 {
			return fmt.Errorf("contact: want name | phone | e-mail")
		}
		a.contact = &Contact{Name: f[0], Phone: f[1], Email: f[2]}
	case "attach":
		f := fields(value)
		if len(f) != 2 {
			return fmt.Errorf("attach: want file | title")
		}
		a.attachments = append(a.attachments, attachment{f[0], f[1]})
	case "correct":
		var ok bool
		if a.correctOld, a.correctNew, ok = strings.Cut(value, " => "); !ok {
			return fmt.Errorf("correct: want OLD => NEW")
		}
	case "encoding":
		a.encoding = value
		if value != "windows-1252" {
			err = fmt.Errorf("unknown encoding %q", value)
		}
	case "entities":
		a.entities = value == "yes"
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return err
}

func (a *article) path() string {
	switch a.family {
	case Sitepark:
		return fmt.Sprintf("/presse/%d/%s.php", a.date.Year(), a.id)
	case TYPO3:
		return "/gesundheit/aktuelles/" + a.id + "/"
	default:
		return "/archiv/" + a.id + ".htm"
	}
}

func fields(s string) []string {
	parts := strings.Split(s, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
