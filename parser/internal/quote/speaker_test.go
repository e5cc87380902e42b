package quote

import (
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/person"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// said is what a test expects of one quote: its words or a part of them, its kind, who said it and how that was found; Name "" is
// nobody.
type said struct {
	words, kind, name, method string
}

const (
	direct   = schemas.QuoteDirect
	fragment = schemas.QuoteFragment
	pull     = schemas.QuotePull
	byName   = schemas.MethodName
	surname  = schemas.MethodSurname
	byRole   = schemas.MethodRole
	pronoun  = schemas.MethodPronoun
	goesOn   = schemas.MethodContinuation
)

type attribution struct {
	name string
	in   []string
	want []said
}

func check(t *testing.T, tests []attribution) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := paragraphs(tt.in...)
			qs := Find(d, person.Find(d, nil))
			for i, q := range qs {
				if i >= len(tt.want) {
					t.Errorf("unexpected %s %q", q.Kind, wordsOf(d, q.Spans))
					continue
				}
				w := tt.want[i]
				if got := wordsOf(d, q.Spans); got != w.words {
					t.Errorf("quote %d is %q, want %q", i, got, w.words)
				}
				if q.Kind != w.kind && w.kind != "" {
					t.Errorf("%q is %s, want %s", w.words, q.Kind, w.kind)
				}
				switch {
				case q.Speaker == nil && w.name != "":
					t.Errorf("%q has no speaker, want %s", w.words, w.name)
				case q.Speaker != nil && q.Speaker.Name != w.name:
					t.Errorf("%q is said by %q (%s), want %q", w.words, q.Speaker.Name, q.Speaker.Rule, w.name)
				case q.Speaker != nil && w.method != "" && q.Speaker.Method != w.method:
					t.Errorf("speaker of %q by %s, want %s", w.words, q.Speaker.Method, w.method)
				}
			}
			for _, w := range tt.want[min(len(qs), len(tt.want)):] {
				t.Errorf("%q was not found", w.words)
			}
		})
	}
}

// wordsOf joins the spans by " | ".
func wordsOf(d *text.Doc, ss []text.Span) string {
	out := ""
	for i, s := range ss {
		if i > 0 {
			out += " | "
		}
		out += d.Slice(s)
	}
	return out
}

const plan = "Wir bauen die Radwege im ganzen Kreis aus"

func TestCues(t *testing.T) {
	one := func(name, method string) []said { return []said{{plan, direct, name, method}} }
	check(t, []attribution{
		{"inverted", []string{`„` + plan + `“, sagte Landrätin Petra Lohmann.`}, one("Petra Lohmann", byName)},
		{
			"inverted, question",
			[]string{`„Bauen wir die Radwege im ganzen Kreis aus?“, fragte Petra Lohmann.`},
			[]said{{"Bauen wir die Radwege im ganzen Kreis aus?", direct, "Petra Lohmann", byName}},
		},
		{"comma inside the marks", []string{`"` + plan + `," sagte Petra Lohmann.`}, []said{{plan + ",", direct, "Petra Lohmann", byName}}},
		{"full stop inside the marks", []string{`„` + plan + `.“ – Petra Lohmann freut sich.`}, []said{{plan + ".", direct, "Petra Lohmann", ""}}},
		{"adverb before the subject", []string{`„` + plan + `“, betonte in der Sitzung auch Petra Lohmann.`}, one("Petra Lohmann", byName)},
		{"addressee before the subject", []string{`„` + plan + `“, erklärte gegenüber dem Ausschuss Petra Lohmann.`}, one("Petra Lohmann", byName)},
		{"dative addressee", []string{`„` + plan + `“, sagte Petra Lohmann dem Rundfunk.`}, one("Petra Lohmann", byName)},
		{"separable", []string{`„` + plan + `“, teilte Petra Lohmann am Dienstag mit.`}, one("Petra Lohmann", byName)},
		{"separable, fügt hinzu", []string{`„` + plan + `“, fügt Petra Lohmann hinzu.`}, one("Petra Lohmann", byName)},
		{"separable, hebt hervor", []string{`„` + plan + `“, hob Petra Lohmann besonders hervor.`}, one("Petra Lohmann", byName)},
		{"perfect", []string{`„` + plan + `“, hat Petra Lohmann gesagt.`}, one("Petra Lohmann", byName)},
		{"pluperfect", []string{`„` + plan + `“, hatte Petra Lohmann im Mai erklärt.`}, one("Petra Lohmann", byName)},
		{"reflexive", []string{`„` + plan + `“, freut sich Petra Lohmann.`}, one("Petra Lohmann", byName)},
		{"laughing", []string{`„` + plan + `“, lacht Petra Lohmann.`}, one("Petra Lohmann", byName)},
		{"so", []string{`„` + plan + `“, so Petra Lohmann.`}, one("Petra Lohmann", byName)},
		{"so, role before", []string{`„` + plan + `“, so die Landrätin Petra Lohmann abschließend.`}, one("Petra Lohmann", byName)},
		{"so sagte", []string{`„` + plan + `“, so formulierte es Petra Lohmann.`}, one("Petra Lohmann", byName)},
		{"wie", []string{`„` + plan + `“, wie Petra Lohmann erklärte.`}, one("Petra Lohmann", byName)},
		{"dash", []string{`„` + plan + `“ – so Petra Lohmann.`}, one("Petra Lohmann", byName)},
		{"role after", []string{`„` + plan + `“, sagte Petra Lohmann, die Landrätin des Kreises.`}, one("Petra Lohmann", byName)},
		{"role with attribute before", []string{`„` + plan + `“, sagte der Leiter des Gesundheitsamtes, Dr. Jürgen Abels.`}, one("Jürgen Abels", byName)},
		{
			"role with bare attribute before",
			[]string{`„` + plan + `“, sagte die Leiterin des Gesundheitsamtes Dr. Petra Lohmann.`},
			one("Petra Lohmann", byName),
		},
		{"elided compound", []string{`„` + plan + `“, sagte Zoo- und Parkdirektor Dr. Jürgen Abels.`}, one("Jürgen Abels", byName)},
		{"joined titles", []string{`„` + plan + `“, freut sich Univ.-Prof. Dr. Jürgen Abels.`}, one("Jürgen Abels", byName)},
		{"of an organisation", []string{`„` + plan + `“, sagte Petra Lohmann von der Umweltorganisation Grünes Tal.`}, one("Petra Lohmann", byName)},
		{"party after", []string{`„` + plan + `“, sagte Petra Lohmann (Grüne).`}, one("Petra Lohmann", byName)},
		{"preposed", []string{`Petra Lohmann betonte: „` + plan + `.“`}, []said{{plan + ".", direct, "Petra Lohmann", byName}}},
		{"preposed with apposition", []string{`Petra Lohmann, Landrätin des Kreises, betonte: „` + plan + `“.`}, one("Petra Lohmann", byName)},
		{"preposed with relative clause", []string{`Petra Lohmann, die den Kreis seit 2019 führt, betonte: „` + plan + `“.`}, one("Petra Lohmann", byName)},
		{"relative clause says it", []string{`Das freut Petra Lohmann, die betonte: „` + plan + `“.`}, one("Petra Lohmann", byName)},
		{"fronted prepositional phrase", []string{`In der Sitzung des Kreistags sagte Petra Lohmann: „` + plan + `“.`}, one("Petra Lohmann", byName)},
		{"fronted object", []string{`Den Mitgliedern des Kreistags sagte Petra Lohmann: „` + plan + `“.`}, one("Petra Lohmann", byName)},
		{"fronted clause", []string{`Nachdem Jürgen Abels den Plan vorgestellt hatte, sagte Petra Lohmann: „` + plan + `“.`}, one("Petra Lohmann", byName)},
		{"fronted adverb", []string{`Abschließend erklärte Petra Lohmann: „` + plan + `“.`}, one("Petra Lohmann", byName)},
		{"shared subject", []string{`Petra Lohmann lobte den Entwurf und sagte: „` + plan + `“.`}, one("Petra Lohmann", "")},
		{
			"object before the verb is no subject",
			[]string{`Den Vorschlag von Jürgen Abels kommentierte Petra Lohmann so: „` + plan + `“.`},
			one("Petra Lohmann", byName),
		},
		{"not after a preposition", []string{`Die Tochter von Jürgen Abels sagte: „` + plan + `“.`}, one("Die Tochter", byRole)},
		{
			"not a genitive",
			[]string{`Die Sprecherin des Landrats Jürgen Abels sagte: „` + plan + `“.`},
			one("Die Sprecherin des Landrats Jürgen Abels", byRole),
		},
		{"label line", []string{`Petra Lohmann, Landrätin: „` + plan + `.“`}, []said{{plan + ".", direct, "Petra Lohmann", byName}}},
		{"label line, role first", []string{`Landrätin Petra Lohmann: „` + plan + `.“`}, []said{{plan + ".", direct, "Petra Lohmann", byName}}},
		{
			"no verb of speech before the colon",
			[]string{`Landrätin Petra Lohmann ist zufrieden: „` + plan + `.“`},
			[]said{{plan + ".", direct, "Petra Lohmann", byName}},
		},
		{"signature", []string{`„` + plan + `.“ (Petra Lohmann, Landrätin)`}, []said{{plan + ".", direct, "Petra Lohmann", byName}}},
		{"brackets around the quote", []string{`Kritik kam von Jürgen Abels, Zustimmung von Petra Lohmann („` + plan + `“).`}, one("Petra Lohmann", byName)},
		{"laut", []string{`Laut Petra Lohmann ist der Plan fertig: „` + plan + `.“`}, []said{{plan + ".", direct, "Petra Lohmann", byName}}},
		{
			"nach Angaben",
			[]string{`Nach Angaben von Petra Lohmann sei der Plan „ein großer Wurf für alle“.`},
			[]said{{"ein großer Wurf für alle", "", "Petra Lohmann", byName}},
		},
		{
			"zufolge",
			[]string{`Petra Lohmann zufolge sei der Plan „ein großer Wurf für alle“.`},
			[]said{{"ein großer Wurf für alle", "", "Petra Lohmann", byName}},
		},
		{
			"Angaben zufolge",
			[]string{`Angaben der Landrätin Petra Lohmann zufolge sei der Plan „ein großer Wurf für alle“.`},
			[]said{{"ein großer Wurf für alle", "", "Petra Lohmann", byName}},
		},
		{
			"nach den Worten",
			[]string{`Nach den Worten der Landrätin Petra Lohmann ist der Plan „ein großer Wurf für alle“.`},
			[]said{{"ein großer Wurf für alle", "", "Petra Lohmann", byName}},
		},
		{
			"für X ist",
			[]string{`Für Petra Lohmann ist der Plan „ein großer Wurf für alle“.`},
			[]said{{"ein großer Wurf für alle", "", "Petra Lohmann", byName}},
		},
		{
			"kam von",
			[]string{`Ein deutliches „Nein zu dieser Kürzung“ kam von Petra Lohmann.`},
			[]said{{"Nein zu dieser Kürzung", "", "Petra Lohmann", byName}},
		},
		{
			"next sentence tells",
			[]string{`„` + plan + `.“ So formulierte es Petra Lohmann bei der Eröffnung.`},
			[]said{{plan + ".", direct, "Petra Lohmann", byName}},
		},
		{"cited", []string{`„` + plan + `“, zitiert das Blatt Petra Lohmann.`}, one("Petra Lohmann", "")},
		{"is cited", []string{`Petra Lohmann wird mit den Worten zitiert: „` + plan + `“.`}, one("Petra Lohmann", byName)},
	})
}

func TestSpeakersThatAreNoNames(t *testing.T) {
	one := func(name, method string) []said { return []said{{plan, direct, name, method}} }
	check(t, []attribution{
		{"organisation", []string{`„` + plan + `“, teilt das Jobcenter mit.`}, one("Jobcenter", byName)},
		{"the district", []string{`„` + plan + `“, so der Kreis.`}, one("Kreis", byName)},
		{"document", []string{`„` + plan + `“, heißt es im Bericht.`}, one("Bericht", byName)},
		{"unnamed spokesman", []string{`„` + plan + `“, sagte ein Sprecher der Polizei.`}, one("ein Sprecher der Polizei", byRole)},
		{"one of several", []string{`„` + plan + `“, sagte eine der Sängerinnen.`}, one("eine der Sängerinnen", byRole)},
		{"what it says of its author", []string{`„` + plan + `“, heißt es in einer Stellungnahme des Kreises.`}, one("Kreis", byName)},
		{"paper in marks", []string{`„` + plan + `“, schreibt der „Orlabote“.`}, one("Orlabote", byName)},
		{"slogan on a sign", []string{`An der Tür hängt ein Schild mit der Aufschrift „Bitte nicht stören“.`}, nil},
		{"both of them", []string{`Petra Lohmann und Jürgen Abels kamen. „` + plan + `“, sagten beide.`}, one("", "")},
		{"passive without an agent", []string{`Der Dienst, der in Fachkreisen als „aufsuchende Hilfe“ bezeichnet wird, wächst.`}, nil},
		{"nobody", []string{`An der Wand stand geschrieben: „` + plan + `“.`}, one("", "")},
		{"a thing does not speak", []string{`Die Veranstaltung endete spät. „` + plan + `.“`}, []said{{plan + ".", direct, "", ""}}},
	})
}

func TestCoreference(t *testing.T) {
	check(t, []attribution{
		{
			"pronoun, feminine",
			[]string{`Landrätin Petra Lohmann eröffnete die Messe. Baudezernent Jürgen Abels kam später. „Wir bauen Radwege“, sagte sie.`},
			[]said{{"Wir bauen Radwege", direct, "Petra Lohmann", pronoun}},
		},
		{
			"pronoun, masculine",
			[]string{`Landrätin Petra Lohmann begrüßte Baudezernent Jürgen Abels. Er betonte: „Wir bauen Radwege.“`},
			[]said{{"Wir bauen Radwege.", direct, "Jürgen Abels", pronoun}},
		},
		{
			"pronoun after a quote",
			[]string{`„Das ist gut“, sagte Petra Lohmann. Weiter betonte sie: „Wir bauen Radwege.“`},
			[]said{{"Das ist gut", direct, "Petra Lohmann", byName}, {"Wir bauen Radwege.", direct, "Petra Lohmann", pronoun}},
		},
		{
			"plural sie is nobody",
			[]string{`Petra Lohmann sprach lange. „Wir bauen Radwege“, sagten sie.`},
			[]said{{"Wir bauen Radwege", direct, "", ""}},
		},
		{
			"surname",
			[]string{`Petra Lohmann kam. „Wir bauen Radwege“, so Lohmann.`},
			[]said{{"Wir bauen Radwege", direct, "Petra Lohmann", surname}},
		},
		{
			"title and surname",
			[]string{`Dr. Petra Lohmann kam. „Wir bauen Radwege“, so Dr. Lohmann.`},
			[]said{{"Wir bauen Radwege", direct, "Petra Lohmann", surname}},
		},
		{
			"role",
			[]string{`Landrätin Petra Lohmann und Baudezernent Jürgen Abels kamen. „Wir bauen Radwege“, so der Dezernent. „Und zwar bald“, ergänzte die Landrätin.`},
			[]said{{"Wir bauen Radwege", direct, "Jürgen Abels", byRole}, {"Und zwar bald", direct, "Petra Lohmann", byRole}},
		},
		{
			"mayor by other words",
			[]string{`Oberbürgermeister Jürgen Abels kam. „Wir bauen Radwege“, so das Stadtoberhaupt. „Und zwar bald“, sagte der OB.`},
			[]said{{"Wir bauen Radwege", direct, "Jürgen Abels", byRole}, {"Und zwar bald", direct, "Jürgen Abels", byRole}},
		},
		{
			"continuation",
			[]string{`„Das ist gut“, sagte Petra Lohmann. „Wir bauen Radwege.“`},
			[]said{{"Das ist gut", direct, "Petra Lohmann", byName}, {"Wir bauen Radwege.", direct, "Petra Lohmann", goesOn}},
		},
		{
			"continuation of reported speech",
			[]string{`Petra Lohmann sagte, der Kreis sei bereit. Er habe lange geplant. „Wir bauen Radwege.“`},
			[]said{{"Wir bauen Radwege.", direct, "Petra Lohmann", goesOn}},
		},
		{
			"continuation in the next paragraph",
			[]string{`„Das ist gut“, sagte Petra Lohmann.`, `„Wir bauen Radwege.“`},
			[]said{{"Das ist gut", direct, "Petra Lohmann", byName}, {"Wir bauen Radwege.", direct, "Petra Lohmann", goesOn}},
		},
		{
			"no continuation over a new subject",
			[]string{`„Das ist gut“, sagte Petra Lohmann. Jürgen Abels leitet das Bauamt. Die Stadt wächst. Der Verkehr nimmt zu. „Wir bauen Radwege.“`},
			[]said{{"Das ist gut", direct, "Petra Lohmann", byName}, {"Wir bauen Radwege.", direct, "", ""}},
		},
		{
			"possessive label",
			[]string{`Landrätin Petra Lohmann eröffnete die Messe. Ihr Fazit: „Wir bauen Radwege.“`},
			[]said{{"Wir bauen Radwege.", direct, "Petra Lohmann", pronoun}},
		},
		{
			"age",
			[]string{`Jürgen Abels lebt seit elf Jahren hier. „Wir bauen Radwege“, sagt der 58-Jährige.`},
			[]said{{"Wir bauen Radwege", direct, "Jürgen Abels", byRole}},
		},
		{
			"profession by title",
			[]string{`Anna Reuter kam. Dr. med. Petra Lohmann leitet das Amt. „Wir impfen weiter“, so die Ärztin.`},
			[]said{{"Wir impfen weiter", direct, "Petra Lohmann", byRole}},
		},
		{
			"a woman by her trade, two women named",
			[]string{`Petra Lohmann ehrte Anna Reuter. „Wir impfen weiter“, so die Künstlerin.`},
			[]said{{"Wir impfen weiter", direct, "die Künstlerin", byRole}},
		},
		{
			"diese is who was named last",
			[]string{`Landrätin Petra Lohmann gratulierte Anna Reuter. Diese dankte: „Wir freuen uns sehr.“`},
			[]said{{"Wir freuen uns sehr.", direct, "Anna Reuter", pronoun}},
		},
		{
			"role for the pronoun",
			[]string{`Zahnärztin Petra Lohmann kennt die Kita. Anna Reuter leitet sie. Heute kommt die Zahnärztin. „Wir putzen jeden Tag“, sagt sie.`},
			[]said{{"Wir putzen jeden Tag", direct, "Petra Lohmann", pronoun}},
		},
		{
			"formal address inside is no pronoun",
			[]string{`Jürgen Abels sagte: „Sie haben recht, Frau Lohmann, und Sie wissen es.“`},
			[]said{{"Sie haben recht, Frau Lohmann, und Sie wissen es.", direct, "Jürgen Abels", byName}},
		},
	})
}

func TestInterruptedAndContinued(t *testing.T) {
	check(t, []attribution{
		{
			"interrupted",
			[]string{`„Wir bauen Radwege“, sagte Petra Lohmann, „und zwar bald.“`},
			[]said{{"Wir bauen Radwege | und zwar bald.", direct, "Petra Lohmann", byName}},
		},
		{
			"interrupted by so",
			[]string{`„Wir bauen“, so Petra Lohmann weiter, „im ganzen Kreis.“`},
			[]said{{"Wir bauen | im ganzen Kreis.", direct, "Petra Lohmann", byName}},
		},
		{
			"interrupted, colon",
			[]string{`„Das ist gut“, sagte Petra Lohmann: „Wir bauen Radwege.“`},
			[]said{{"Das ist gut | Wir bauen Radwege.", direct, "Petra Lohmann", byName}},
		},
		{
			"two quotes after a full stop",
			[]string{`„Das ist gut“, sagte Petra Lohmann. „Wir bauen Radwege.“`},
			[]said{{"Das ist gut", direct, "Petra Lohmann", byName}, {"Wir bauen Radwege.", direct, "Petra Lohmann", goesOn}},
		},
		{
			"two speakers in one sentence",
			[]string{`„Wir bauen“, sagte Petra Lohmann, „Wir zahlen“, sagte Jürgen Abels.`},
			[]said{{"Wir bauen", direct, "Petra Lohmann", byName}, {"Wir zahlen", direct, "Jürgen Abels", byName}},
		},
		{
			"paragraphs",
			[]string{`Petra Lohmann sagte: „Wir bauen Radwege.`, `„Und wir bauen sie bald.“`},
			[]said{{"Wir bauen Radwege. | Und wir bauen sie bald.", direct, "Petra Lohmann", byName}},
		},
		{
			"weak first half",
			[]string{`Petra Lohmann lacht. „Das Rad“, verrät sie, „ist schon bestellt.“`},
			[]said{{"Das Rad | ist schon bestellt.", direct, "Petra Lohmann", pronoun}},
		},
		{
			"a colon before a block",
			[]string{`Petra Lohmann sieht es so:`, `„Wir bauen Radwege.“`},
			[]said{{"Wir bauen Radwege.", direct, "Petra Lohmann", byName}},
		},
		{
			"signature after a dash",
			[]string{`„Wir bauen Radwege.“ – Petra Lohmann, Landrätin`},
			[]said{{"Wir bauen Radwege.", direct, "Petra Lohmann", byName}},
		},
		{
			"call-out",
			[]string{`„Wir bauen Radwege im ganzen Kreis“, sagte Petra Lohmann. Der Kreis plant seit Langem.`, `„Wir bauen Radwege“`},
			[]said{{"Wir bauen Radwege im ganzen Kreis", direct, "Petra Lohmann", byName}, {"Wir bauen Radwege", pull, "Petra Lohmann", byName}},
		},
		{
			"a heading that repeats nothing and is no speech",
			[]string{`# Ausstellung „Wege ins Moor“`, `„Wir bauen Radwege“, sagte Petra Lohmann.`},
			[]said{{"Wir bauen Radwege", direct, "Petra Lohmann", byName}},
		},
		{
			"unclosed",
			[]string{`Petra Lohmann sagte: „Wir bauen Radwege im ganzen Kreis.`, `Der Bau beginnt im Mai.`},
			[]said{{"Wir bauen Radwege im ganzen Kreis.", direct, "Petra Lohmann", byName}},
		},
		{
			"pull",
			[]string{`# „Wir bauen Radwege“`, `„Wir bauen Radwege im ganzen Kreis“, sagte Petra Lohmann.`},
			[]said{{"Wir bauen Radwege", pull, "Petra Lohmann", byName}, {"Wir bauen Radwege im ganzen Kreis", direct, "Petra Lohmann", byName}},
		},
	})
}
