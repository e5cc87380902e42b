package demosite

// Truth is what an exact reader must find on one page. All texts are plain: no marks around them, no soft hyphens, no-break
// spaces as blanks.
type Truth struct {
	ID, Path  string
	Family    Family
	Title     string
	Published string // day of publication, 2006-01-02
	Lead      string // "" when the page has none
	Quotes    []Quote
	NotSpeech []string // words in quotation marks that nobody says: names, mottos, irony
	People    []Person // in no particular order; the press contact is not among them
	Dates     []Date   // some of the temporal expressions, not all of them
	Credits   []string // holder and agency as written, without a marker such as "Foto:"; no duplicates
	Contact   *Contact
	Files     []File // attachments
}

// Kinds of Quote; the words are those of schemas.Quote.
const (
	Direct   = "direct"
	Fragment = "fragment"
	Pull     = "pull"
)

// Quote is one quotation: several parts when it is interrupted or runs over several paragraphs.
type Quote struct {
	Kind    string
	Parts   []string
	Speaker string // full name without academic title, or an organisation by its full name; "" when nobody can be told
	Org     bool   // Speaker is an organisation
}

// Date is a temporal expression with its TIMEX3 type and value, relative ones resolved against the day of publication.
type Date struct{ Text, Type, Value string }

// Person is somebody the text speaks of.
type Person struct {
	Name  string   // full name without academic title
	Roles []string // as the text writes them; may be empty
}

// File is an attachment.
type File struct{ Path, Title string }

// Contact is the press contact below the text.
type Contact struct{ Name, Phone, Email string }

// Truth gives the truth of every page in the order of Releases, corrections included, withdrawn pages left out.
func (s *Site) Truth() []Truth {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Truth
	for _, p := range s.pages {
		if p.withdrawn {
			continue
		}
		d := p.document()
		t := Truth{
			ID: p.id, Path: p.path(), Family: p.family, Title: plainText(p.title), Published: p.date.Format("2006-01-02"),
			Lead: plainText(p.lead), Dates: d.dates, Quotes: d.quotes, NotSpeech: d.notSpeech, Contact: p.contact,
		}
		for _, q := range p.people {
			t.People = append(t.People, Person(q))
		}
		for _, f := range p.attachments {
			t.Files = append(t.Files, File{Path: f.path(), Title: f.Title})
		}
		seen := map[string]bool{}
		for _, img := range d.images {
			if !seen[img.Holder] {
				seen[img.Holder] = true
				t.Credits = append(t.Credits, img.Holder)
			}
		}
		out = append(out, t)
	}
	return out
}
