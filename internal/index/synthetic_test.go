package index

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/schemas"
)

// press writes releases as press offices do, as far as an index can tell: function words make up nearly half of a text, some two hundred
// words of administration a fifth, the rest are names and compounds of which few are frequent and most are rare.
type press struct {
	rand    *rand.Rand
	vocab   []string
	zipf    *rand.Zipf
	sources []schemas.Source
	people  [][]schemas.Person // of each source
}

const functionWords = `der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie
	nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wir unter
	können alle rund sowie ab gegen vom`

const officeWords = `Kreis Landkreis Landrat Landrätin Kreistag Kreishaus Gemeinde Gemeinden Stadt Städte Bürgerinnen Bürger Verwaltung Amt
	Gesundheitsamt Jugendamt Straßenverkehrsamt Feuerwehr Rettungsdienst Schule Schulen Kinder Eltern Familien Haushalt Euro Millionen
	Förderung Projekt Projekte Arbeit Jahr Jahre Uhr Veranstaltung Anmeldung Information Telefon Straße Straßen Brücke Sanierung Sperrung
	Verkehr Bus Bahn Radweg Klimaschutz Umwelt Abfall Wasser Energie Wirtschaft Unternehmen Ausbildung Pflege Krankenhaus Ehrenamt Verein
	Kultur Museum Bibliothek Sport Jugend Senioren Integration Digitalisierung Antrag Frist Bescheid Beratung Sprechstunde Termin Ausschuss
	Sitzung Beschluss Vorlage Wahl Wahlhelfer Partnerschaft Region Land Bund Ministerium Zuschuss Tierseuche Impfung Übung Einsatz`

var (
	firstParts = strings.Fields(`Bau Wald Fluss Berg Markt Kirch Schul Sport Wasser Strom Wärme Klima Natur Jugend Alters Heimat Handels Gewerbe Kunst
		Musik Theater Brücken Straßen Radverkehrs Rettungs Katastrophen Brand Tier Pflanzen Boden Luft Lärm Abfall Energie Gesundheits Pflege
		Kranken Sozial Familien Kinder Bildungs Ausbildungs Fach Haupt Neben Kreis Landes Bundes Europa Grund Ober Unter Mittel Nord Süd Ost West`)
	lastParts = strings.Fields(`amt haus platz weg straße schule verein tag woche fest markt plan programm konzept projekt antrag bescheid ausschuss
		sitzung leitung förderung beratung stelle zentrum netz werk anlage gebiet park garten feld hof mühle brücke tunnel damm schutz dienst
		wehr kasse steuer gebühr satzung ordnung gesetz recht pflicht aufgabe maßnahme sanierung erweiterung planung prüfung zahlung`)
	givenParts  = strings.Fields(`Anna Bernd Clara Dieter Elke Frank Gisela Hans Ines Jörg Käthe Lars Maria Norbert Olga Peter Rosa Stefan Tanja Uwe`)
	familyParts = strings.Fields(`Müller Schmidt Groß Klein Lang Kurz Berg Thal Wald Feld Stein Bach Brück Hof Kirch Schäfer Weber Köhler Jäger Vogt`)
	familyEnds  = []string{"", "mann", "er", "meier", "hardt", "hoff", "ing", "sen"}
	officeRoles = strings.Fields(`Landrat Bürgermeisterin Dezernent Pressesprecherin Amtsleiter Kreisbrandmeister Schulleiterin Vorsitzender Geschäftsführerin`)
)

func newPress(seed uint64) *press {
	p := &press{rand: rand.New(rand.NewPCG(seed, 1))}
	for range 60000 {
		p.vocab = append(p.vocab, pick(p.rand, firstParts)+pick(p.rand, lastParts)+[]string{"", "s", "en", "n", "er"}[p.rand.IntN(5)]+
			[]string{"", "", pick(p.rand, lastParts)}[p.rand.IntN(3)])
	}
	p.zipf = rand.NewZipf(p.rand, 1.1, 8, uint64(len(p.vocab)-1))
	states := schemas.StateCodes()
	for i := range 400 {
		p.sources = append(p.sources, schemas.Source{ID: fmt.Sprintf("kreis-%d-au", i), Name: fmt.Sprintf("Kreis %d-Au", i), State: states[i%len(states)]})
		var people []schemas.Person
		for range 60 {
			family := pick(p.rand, familyParts) + pick(p.rand, familyEnds)
			given := pick(p.rand, givenParts)
			people = append(people, schemas.Person{Name: given + " " + family, Given: given, Family: family, Roles: []string{pick(p.rand, officeRoles)}})
		}
		p.people = append(p.people, people)
	}
	return p
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

var little, office = strings.Fields(functionWords), strings.Fields(officeWords)

func (p *press) word() string {
	switch n := p.rand.IntN(100); {
	case n < 45:
		return little[min(p.rand.IntN(len(little)), p.rand.IntN(len(little)))]
	case n < 65:
		return office[min(p.rand.IntN(len(office)), p.rand.IntN(len(office)))]
	default:
		return p.vocab[p.zipf.Uint64()]
	}
}

func (p *press) sentence(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = p.word()
	}
	return strings.Join(words, " ") + "."
}

// event makes event n of a feed: a release of one of 400 sources, of three to four thousand characters.
func (p *press) event(n int) (*schemas.Event, []byte) {
	i := p.rand.IntN(len(p.sources))
	src := p.sources[i]
	url := fmt.Sprintf("https://presse.%s.example/meldung/%d", src.ID, n)
	r := &schemas.Release{
		ID: schemas.ReleaseID(src.ID, url), Revision: 1, Source: src, URL: url, CanonicalURL: url, Language: "de",
		Title: strings.TrimSuffix(p.sentence(7), "."), Lead: p.sentence(22),
		Published:  &schemas.Stamp{Value: time.Unix(1.5e9+int64(n)*900, 0).UTC().Format(time.DateOnly), Granularity: schemas.GranularityDay, Evidence: "time"},
		Provenance: schemas.Provenance{Snapshot: strings.Repeat("ab", 32), FetchedAt: "2026-03-12T08:00:00Z", Parser: "0.3.0", RawSequence: uint64(n)},
	}
	text := []string{r.Lead}
	size := 3000 + p.rand.IntN(1000)
	for k, length := 0, len(r.Lead); length < size; k++ {
		s := p.sentence(8 + p.rand.IntN(14))
		if k%9 == 4 && len(r.Quotes) < 3 {
			who := p.people[i][min(p.rand.IntN(60), p.rand.IntN(60))]
			at, person := utf8.RuneCountInString(strings.Join(text, "\n"))+1, len(r.People)
			s = who.Name + " " + s
			who.Mentions = []schemas.Mention{{Text: who.Name, Start: at, End: at + len([]rune(who.Name))}}
			r.People = append(r.People, who)
			r.Quotes = append(r.Quotes, schemas.Quote{
				Text: s, Kind: schemas.QuoteDirect, Spans: []schemas.Span{{Start: at, End: at + len([]rune(s))}},
				Speaker: &schemas.Speaker{Name: who.Name, Person: &person, Kind: schemas.SpeakerPerson, Method: schemas.MethodName, Rule: "own-clause"},
			})
		}
		text = append(text, s)
		length += len(s) + 1
	}
	r.Text = strings.Join(text, "\n")
	at := 0
	for _, s := range text {
		end := at + utf8.RuneCountInString(s)
		r.Blocks = append(r.Blocks, schemas.Block{Type: schemas.BlockParagraph, Start: at, End: end})
		at = end + 1
	}
	r.Credits = []schemas.Credit{{Holder: pick(p.rand, givenParts) + " " + pick(p.rand, familyParts), Raw: "Foto: x"}}
	r.Normalise()
	ev := schemas.NextEvent(nil, schemas.EventPublished, r, time.Unix(1.5e9+int64(n)*900, 0))
	ev.Sequence = uint64(n)
	b, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return ev, b
}

// TestSynthetic looks whether what the measurements are made with is what they say.
func TestSynthetic(t *testing.T) {
	p := newPress(1)
	size := 0
	for n := range 50 {
		ev, b := p.event(n + 1)
		if err := schemas.Validate(b); err != nil {
			t.Fatal(err)
		}
		if err := ev.Release.Check(); err != nil {
			t.Fatal(err)
		}
		size += utf8.RuneCountInString(ev.Release.Text)
	}
	if mean := size / 50; mean < 3000 || mean > 4200 {
		t.Errorf("a text has %d characters in the mean", mean)
	}
}
