package demosite

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
)

// document is a content file's body, read: blocks to render and the truth they carry.
type document struct {
	lead      template.HTML
	blocks    []block
	images    []*picture
	quotes    []Quote
	notSpeech []string
	dates     []Date
}

// block is one paragraph-like part; Kind is heading, paragraph, list, blockquote or image.
type block struct {
	Kind  string
	HTML  template.HTML
	Items []template.HTML
	Image *picture
	Slug  string // of a heading, for its id attribute
}

// marked matches a truth annotation; its first word says what it is.
var marked = regexp.MustCompile(`\[\[(\S+) ([^\[\]]+)\]\]`)

// readBody parses a body. Errors name the block, counted from 1.
func readBody(a *article, lead, body string) (*document, error) {
	d := &document{}
	text, err := d.inline(a, lead)
	if err != nil {
		return nil, fmt.Errorf("lead: %w", err)
	}
	d.lead = text
	for n, src := range strings.Split(body, "\n\n") {
		src = strings.TrimSpace(src)
		if src == "" {
			continue
		}
		b, err := d.block(a, src)
		if err != nil {
			return nil, fmt.Errorf("block %d: %w", n+1, err)
		}
		d.blocks = append(d.blocks, b)
	}
	return d, nil
}

func (d *document) block(a *article, src string) (block, error) {
	var b block
	switch {
	case strings.HasPrefix(src, "!image "):
		img, err := readPicture(a, strings.TrimPrefix(src, "!image "))
		if err != nil {
			return b, err
		}
		if img.Caption, err = d.inline(a, img.caption); err != nil {
			return b, err
		}
		d.images = append(d.images, img)
		return block{Kind: "image", Image: img}, nil
	case strings.HasPrefix(src, "- "):
		b.Kind = "list"
		for line := range strings.SplitSeq(src, "\n") {
			item, err := d.inline(a, strings.TrimPrefix(line, "- "))
			if err != nil {
				return b, err
			}
			b.Items = append(b.Items, item)
		}
		return b, nil
	case strings.HasPrefix(src, "## "):
		b.Kind, src = "heading", strings.TrimPrefix(src, "## ")
		b.Slug = slug(plainText(src))
	case strings.HasPrefix(src, "> "):
		b.Kind, src = "blockquote", strings.TrimPrefix(src, "> ")
	default:
		b.Kind = "paragraph"
	}
	var err error
	b.HTML, err = d.inline(a, src)
	return b, err
}

// inline turns running text into HTML and takes note of the truth in it.
func (d *document) inline(a *article, src string) (template.HTML, error) {
	for _, m := range marked.FindAllStringSubmatch(src, -1) {
		if err := d.note(a, m[1], plainText(m[2])); err != nil {
			return "", err
		}
	}
	text := marked.ReplaceAllString(src, "$2")
	if strings.Contains(text, "[[") || strings.Contains(text, "]]") {
		return "", fmt.Errorf("half an annotation in %q", text)
	}
	return template.HTML(inlineTags.Replace(markEntities(a, escapeText.Replace(text)))), nil
}

// note records one annotation.
func (d *document) note(a *article, code, text string) error {
	if stamp, ok := strings.CutPrefix(code, "@"); ok {
		kind, value, ok := strings.Cut(stamp, ":")
		if !ok || value == "" {
			return fmt.Errorf("[[%s …]]: want @TYPE:VALUE", code)
		}
		d.dates = append(d.dates, Date{Text: text, Type: kind, Value: value})
		return nil
	}
	text = trimMarks(text)
	switch code {
	case "!":
		d.notSpeech = append(d.notSpeech, text)
		return nil
	case "+":
		if len(d.quotes) == 0 {
			return fmt.Errorf("[[+ …]] without a quote before it")
		}
		q := &d.quotes[len(d.quotes)-1]
		q.Parts = append(q.Parts, text)
		return nil
	}
	q := Quote{Kind: Direct, Parts: []string{text}}
	if rest, ok := strings.CutPrefix(code, "~"); ok {
		q.Kind, code = Fragment, rest
	} else if rest, ok := strings.CutPrefix(code, "^"); ok {
		q.Kind, code = Pull, rest
	}
	if code != "?" {
		s, ok := a.speakers[code]
		if !ok {
			return fmt.Errorf("no person or org has the key %q", code)
		}
		q.Speaker, q.Org = s.name, s.org
	}
	d.quotes = append(d.quotes, q)
	return nil
}

var (
	// ASCII quotation marks stay as they are: real pages have them bare in text.
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	inlineTags = strings.NewReplacer("{br}", "<br>", "{-}", "&shy;", "{_}", "&nbsp;", "{b}", "<strong>", "{/b}", "</strong>", "{q}", "<q>", "{/q}", "</q>")
	noTags     = strings.NewReplacer("{br}", " ", "{-}", "", "{_}", " ", "{b}", "", "{/b}", "", "{q}", "", "{/q}", "")
	entities   = strings.NewReplacer("„", "&bdquo;", "“", "&ldquo;", "”", "&rdquo;", "»", "&raquo;", "«", "&laquo;", `"`, "&quot;", "‚", "&sbquo;", "‘", "&lsquo;")
)

func markEntities(a *article, s string) string {
	if a.entities {
		return entities.Replace(s)
	}
	return s
}

// plainText is src without any of the inline markup.
func plainText(src string) string {
	return strings.Join(strings.Fields(noTags.Replace(marked.ReplaceAllString(src, "$2"))), " ")
}

// trimMarks takes the quotation marks off the ends of s.
func trimMarks(s string) string {
	s = strings.TrimPrefix(s, ",,")
	return strings.Trim(s, "„“”\"»«‚‘’'›‹ ")
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes an id as Sitepark IES does: lower case, umlauts written out, hyphens between words.
func slug(s string) string {
	s = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(s))
	return strings.Trim(notSlug.ReplaceAllString(s, "-"), "-")
}
