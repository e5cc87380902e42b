package page

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

var (
	contactStart = lazy.MustCompile(`(?i)^(?:(?:ihr(?:e)? )?(?:presse|medien)?-?(?:kontakt|ansprechpartner(?:in)?|` +
		`ansprechperson)(?:daten)?(?: für (?:die )?(?:presse|medien|redaktionen|rückfragen))?|(?:für )?(?:presse-?|` +
		`medien-?)?rückfragen(?: bitte)?(?: an| bei| der (?:medien|presse|journalisten))?|rückfragen bitte an|pressestelle|` +
		`verantwortlich(?: im sinne.{0,30})?|v\. ?i\. ?s\. ?d\. ?p\.?|redaktion|(?:kontakt(?:daten)? )?herausgeber|für fragen stehen? .{0,60})\s*:`)
	phoneNumber = lazy.MustCompile(`(?i)(?:tel(?:efon)?|fon|phone|mobil|handy|durchwahl|ruf)[.:\s]{0,4}(?:nr\.?|` +
		`nummer)?[:\s]{0,3}(\+?[0-9(][0-9\s()/.–-]{4,24}[0-9])`)
	bareNumber  = lazy.MustCompile(`(?:^|[\s(])(\+49[\s()/0-9.–-]{6,22}[0-9]|0[0-9]{2,5}\s?[/ –-]\s?[0-9][0-9\s–-]{2,14}[0-9])(?:$|[\s),;])`)
	mailAddress = lazy.MustCompile(`[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}(?:@|\s?[(\[](?:at|AT|ät)[)\]]\s?)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}`)
	personLine  = lazy.MustCompile(`^(?:(?:Frau|Herr|Herrn)\s+)?(?:(?:Dr|Prof|` +
		`Dipl)\.?(?:-\p{L}+\.?)?\s+)*\p{Lu}[\p{L}-]+(?:\s+\p{Lu}\.)?(?:\s+(?:von|van|zu|de|der|den))*\s+\p{Lu}[\p{L}-]+(?:\s*\(.{1,30}\))?$`)
	officeWord = lazy.MustCompile(`(?i)kreis|stadt|gemeinde|amt|stelle|presse|gmbh|\bag\b|\bse\b|e\. ?v\.|straße|str\.|platz|weg$|verwaltung|` +
		`referat|abteilung|telefon|telefax|kontakt|kommunikation|öffentlichkeit|büro|redaktion|ministerium|verband|verein|institut|fachbereich|` +
		`rückfragen|ansprech|polizei|präsidium|leitstelle|internet|e-?mail|fax|mobil|postfach|bereich|informationen|website|original|weitere`)
)

// contactFrom takes the contact out of lines that name one. The first that gives a phone number or an address wins.
func (r *reader) contactFrom(lines []string, why string) {
	if r.p.Contact != nil {
		return
	}
	c, office := schemas.Contact{}, ""
	for _, l := range lines {
		l = text.Normalise(l)
		if c.Phone == "" {
			c.Phone = phoneIn(l)
		}
		if c.Email == "" {
			c.Email = tidyMail(mailAddress.FindString(l))
		}
		if i := strings.IndexByte(l, ':'); i >= 0 && contactStart.MatchString(l[:i+1]) {
			l = strings.TrimSpace(l[i+1:])
		}
		if name := contactName(l); c.Name == "" && name != "" {
			c.Name = name
		} else if office == "" && isOffice(l) {
			office = l
		}
	}
	if c.Phone == "" && c.Email == "" {
		return
	}
	if c.Name == "" {
		c.Name = office
	}
	r.p.Contact, r.p.Why["contact"] = &c, why
}

// phoneIn is the phone number in a line, "" for none. A number without a word before it is none beside a fax.
func phoneIn(l string) string {
	if m := phoneNumber.FindStringSubmatch(l); m != nil {
		return tidyPhone(m[1])
	}
	if m := bareNumber.FindStringSubmatch(l); m != nil && !strings.Contains(strings.ToLower(l), "fax") {
		return tidyPhone(m[1])
	}
	return ""
}

// contactName is the person a line begins with, "" for none.
func contactName(l string) string {
	if i := strings.IndexAny(l, ",|("); i > 0 {
		l = strings.TrimSpace(l[:i])
	}
	if len(l) >= maxName || !personLine.MatchString(l) || officeWord.MatchString(l) {
		return ""
	}
	for _, form := range []string{"Herrn ", "Herr ", "Frau "} {
		l = strings.TrimPrefix(l, form)
	}
	return l
}

// isOffice reports whether a line names an office and nothing else.
func isOffice(l string) bool {
	return len(l) >= minOffice && len(l) < maxOffice && officeWord.MatchString(l) && !strings.ContainsAny(l, ":@0123456789")
}

func tidyPhone(s string) string {
	return strings.TrimRight(text.Normalise(s), " (/.-–")
}

func tidyMail(s string) string {
	for _, at := range []string{"(at)", "[at]", "(AT)", "[AT]", "(ät)", "[ät]"} {
		s = strings.ReplaceAll(s, at, "@")
	}
	return strings.ReplaceAll(s, " ", "")
}

// contactBlock reports whether block b is a contact and nothing else: it starts like one and has a number or an address.
func contactBlock(b block) bool {
	return len(b.Text) < maxContactBlock && contactStart.MatchString(b.Text) &&
		(phoneNumber.MatchString(b.Text) || bareNumber.MatchString(b.Text) || mailAddress.MatchString(b.Text))
}

// lines are the texts of blocks, cut at their line breaks.
func lines(bs []block) []string {
	var out []string
	for _, b := range bs {
		out = append(out, strings.Split(b.raw, "\n")...)
		if len(out) > maxContactLines {
			break
		}
	}
	return out
}

// contactElement looks for a press contact in elements that are named so, near the text but no part of it.
func (r *reader) contactElement() {
	if r.p.Contact != nil {
		return
	}
	for i := r.s.Body; i < int32(len(r.s.E)); i++ {
		e := &r.s.E[i]
		a := e.Node.DataAtom
		if a == atom.Nav || a == atom.Footer {
			i = e.End - 1
			continue
		}
		if e.Flag&markup.Contact == 0 || e.End-i > maxContactNodes {
			continue
		}
		var ls []string
		for _, l := range strings.Split(r.s.Read(i, markup.Lines), "\n") {
			if l = text.Normalise(l); l != "" {
				ls = append(ls, l)
			}
		}
		if strings.Contains(strings.ToLower(strings.Join(ls, " ")), "presse") {
			r.contactFrom(ls, "element: "+r.s.describe(i))
		}
		if r.p.Contact != nil {
			return
		}
		i = e.End - 1
	}
}
