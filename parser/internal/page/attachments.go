package page

import (
	"net/url"
	"path"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/markup"

	"golang.org/x/net/html/atom"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// mediaTypes are the files press offices attach, by extension (IANA media types).
var mediaTypes = map[string]string{
	".pdf": "application/pdf", ".zip": "application/zip", ".rtf": "application/rtf", ".csv": "text/csv", ".txt": "text/plain",
	".ics": "text/calendar", ".epub": "application/epub+zip",
	".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".odp": "application/vnd.oasis.opendocument.presentation",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav", ".mp4": "video/mp4", ".mov": "video/quicktime",
}

var fileNote = lazy.MustCompile(`(?i)\s*[(\[|,–-]*\s*(?:\b(?:pdf|docx?|xlsx?|pptx?|zip|odt)\b[-\s]*(?:datei|dokument|` +
	`download)?[\s,|:;/-]*)?(?:ca\. )?\d+(?:[.,]\d+)?\s?(?:[kmg]b|kilobytes?|megabytes?|bytes?)\b[^)\]]{0,60}[)\]]?$|` +
	`\s*[(\[]\s*(?:pdf|docx?|xlsx?|zip)(?:[-\s]*(?:datei|dokument|download))?[^)\]]{0,40}[)\]]$`)

// attachments are the files that entries [from, to) link to, each once, in document order.
func (r *reader) attachments(from, to int32) {
	seen := map[string]bool{}
	for i := from; i < to && len(r.p.Attachments) < maxAttachments; i++ {
		e := &r.s.E[i]
		switch e.Node.DataAtom {
		case atom.Nav, atom.Header:
			if !r.s.Inside(r.core, i) {
				i = e.End - 1
			}
			continue
		case atom.A:
		default:
			continue
		}
		u := r.p.resolve(markup.Attr(e.Node, "href"))
		media := mediaType(u, markup.Attr(e.Node, "type"))
		if media == "" || seen[u] {
			continue
		}
		seen[u] = true
		title := text.Normalise(r.s.Read(i, markup.Visible))
		if t := fileNote.ReplaceAllString(title, ""); t != "" {
			title = t
		}
		if title == "" || boilerLine.MatchString(title) {
			if t := text.Normalise(markup.Attr(e.Node, "title")); t != "" {
				title = t
			}
		}
		if title == "" {
			title = fileName(u)
		}
		r.p.Attachments = append(r.p.Attachments, schemas.Attachment{URL: u, Title: title, MediaType: media})
	}
}

// mediaType is the media type of the file an address leads to, "" for a page or a picture.
func mediaType(u, declared string) string {
	if u == "" {
		return ""
	}
	p := fileName(u)
	if m := mediaTypes[strings.ToLower(path.Ext(p))]; m != "" {
		return m
	}
	if d, _, _ := strings.Cut(declared, ";"); strings.HasPrefix(d, "application/") && d != "application/xhtml+xml" {
		return d
	}
	if q, err := url.Parse(u); err == nil && q.Query().Get("__blob") == "publicationFile" { // Government Site Builder
		return "application/pdf"
	}
	return ""
}

func fileName(u string) string {
	x, err := url.Parse(u)
	if err != nil {
		return ""
	}
	p, _, _ := strings.Cut(x.Path, ";")
	return path.Base(p)
}
