package quote

import (
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/person"
)

// A role that something narrows names only who carries it; of several who have a role, none that is not named right here.
func TestModifiedRoles(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"party", "Stadtrat Jürgen Abels (CDU) kam. Anna Reuter ging. „Es regnet heute“, sagte der AfD-Stadtrat.", "der AfD-Stadtrat"},
		{"his party", "SPD-Stadtrat Jürgen Abels kam. Anna Reuter ging. „Es regnet heute“, sagte der SPD-Stadtrat.", "Jürgen Abels"},
		{"to come", "Landrat Jürgen Abels kam. Anna Reuter ging. „Es regnet heute“, sagte der künftige Landrat.", "der künftige Landrat"},
		{"the one to come", "Landrat Jürgen Abels lobte den künftigen Landrat Jan Behr. „Es regnet heute“, sagte der künftige Landrat.", "Jan Behr"},
		{"kindly", "Landrat Jürgen Abels kam. Anna Reuter ging. „Es regnet heute“, sagte der sichtlich gerührte Landrat.", "Jürgen Abels"},
		{
			"another town",
			"Jan Behr, Bürgermeister von Neudorf, kam. Anna Reuter ging." +
				" „Es regnet heute“, sagte das Altdorfer Stadtoberhaupt.",
			"das Altdorfer Stadtoberhaupt",
		},
		{
			"of this town",
			"Bürgermeister Jürgen Abels begrüßte Jan Behr, den Bürgermeister von Neudorf." +
				" „Es regnet heute“, sagte das Neudorfer Stadtoberhaupt.",
			"Jan Behr",
		},
		{
			"of the other office",
			"Jürgen Abels, Leiter des Bauamts, kam. Anna Reuter ging." +
				" „Es regnet heute“, sagte der Leiter des Schulamts.",
			"der Leiter des Schulamts",
		},
		{"of his office", "Jürgen Abels, Leiter des Bauamts, kam. Anna Reuter ging. „Es regnet heute“, sagte der Leiter des Bauamtes.", "Jürgen Abels"},
		{"compound", "Jürgen Abels, Leiter des Bauamts, kam. Anna Reuter ging. „Es regnet heute“, sagte der Bauamtsleiter.", "Jürgen Abels"},
		{"other compound", "Jürgen Abels, Leiter des Bauamts, kam. Anna Reuter ging. „Es regnet heute“, sagte der Schulamtsleiter.", "der Schulamtsleiter"},
		{
			"higher office",
			"Oberbürgermeister Jürgen Abels kam. Bürgermeister Jan Behr kam später." +
				" „Es regnet heute“, sagte der Oberbürgermeister.",
			"Jürgen Abels",
		},
		{
			"one of two",
			"Stadtrat Jürgen Abels kam. Stadtrat Jan Behr kam. Alle warteten. Es regnete." +
				" „Es regnet heute“, sagte der Stadtrat.",
			"der Stadtrat",
		},
		{"the one named here", "Stadtrat Jürgen Abels kam. Es regnete. Stadtrat Jan Behr ging. „Es regnet heute“, sagte der Stadtrat.", "Jan Behr"},
		{
			"nobody's role",
			"„Gut“, sagte ein Experte des Bauamts. „Es regnet“, sagte Jürgen Abels." +
				" „Es regnet heute“, so der Experte des Bauamtes.",
			"der Experte des Bauamtes",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := paragraphs(tt.in)
			qs := Find(d, person.Find(d, nil))
			if len(qs) == 0 || qs[len(qs)-1].Speaker == nil {
				t.Fatalf("no speaker: %+v", qs)
			}
			if got := qs[len(qs)-1].Speaker.Name; got != tt.want {
				t.Errorf("said by %q, want %q", got, tt.want)
			}
		})
	}
}

// Who is named with given and family name and says something is somebody, and stands among the people.
func TestWithSpeakers(t *testing.T) {
	d := paragraphs("„Es regnet heute sehr stark“, sagte Filepo Karmanu. Karmanu ergänzte: „Wir bauen die Radwege trotzdem aus.“" +
		" „Es ist nass“, teilte Bauvorhaben mit.")
	qs := Find(d, nil)
	people := WithSpeakers(d, nil, qs)
	if len(people) != 1 || people[0].Given != "Filepo" || people[0].Family != "Karmanu" || len(people[0].Mentions) != 2 {
		t.Fatalf("people are %+v", people)
	}
	for i, m := range people[0].Mentions {
		if got, want := d.Slice(m.Span), []string{"Filepo Karmanu", "Karmanu"}[i]; got != want || m.Surname != (i == 1) {
			t.Errorf("mention %d is %q, want %q", i, got, want)
		}
	}
	if len(qs) != 3 || qs[0].Speaker.Person != 0 || qs[1].Speaker.Person != 0 {
		t.Errorf("the speakers are not the first of the people: %+v", qs)
	}
	if qs[2].Speaker != nil {
		t.Errorf("a thing speaks: %+v", qs[2].Speaker)
	}
}

// Whom person would not take for somebody does not become one by speaking: a thing that belongs to somebody, half a compound.
func TestThingsThatSpeakAreNobody(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"„Wir gewinnen diese Wahl ganz sicher“, sagte Karmanus Kampagne.", ""},
		{"„Wir steigen in diesem Jahr weiter an“, sagten Miet- oder Heizkosten.", ""},
		{"„Wir gewinnen diese Wahl ganz sicher“, sagte Filepo Karmanu.", "Filepo Karmanu"},
		{"„Wir gewinnen diese Wahl ganz sicher“, sagte Petra Kampagne.", "Petra Kampagne"},
	} {
		d := paragraphs(tt.text)
		people := WithSpeakers(d, nil, Find(d, nil))
		got := ""
		for _, p := range people {
			got += p.Name
		}
		if got != tt.want {
			t.Errorf("%s: the people are %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestWhoSpeaksByTheLastName(t *testing.T) {
	const words = "Wir bauen die Radwege im ganzen Kreis aus"
	check(t, []attribution{
		{
			"diese behind the verb",
			[]string{"Jürgen Abels traf Petra Lohmann. „" + words + "“, sagte diese."},
			[]said{{words, direct, "Petra Lohmann", pronoun}},
		},
		{
			"dieser is a man",
			[]string{"Petra Lohmann traf Jürgen Abels. „" + words + "“, sagte dieser am Montag."},
			[]said{{words, direct, "Jürgen Abels", pronoun}},
		},
		{"dieser without anybody before", []string{"„" + words + "“, sagte dieser am Montag."}, []said{{words, direct, "", ""}}},
	})
}

func TestShorterName(t *testing.T) {
	for _, tt := range [][3]string{
		{"Massachusetts Filepo Karmanu", "Filepo Karmanu", "Filepo Karmanu"},
		{"Filepo Karmanu", "Massachusetts Filepo Karmanu", "Filepo Karmanu"},
		{"Filepo Karmanu", "Aldo Karmanu", ""},
		{"", "Filepo Karmanu", ""},
	} {
		if got := shorterName(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%q and %q are %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestPapersThatBodiesWrite(t *testing.T) {
	for w, want := range map[string]bool{"verwaltungsvorlage": true, "vorlage": false, "verwaltung": false, "sitzungsvorlage": false} {
		if got := bodysPaper(w); got != want {
			t.Errorf("%s: %t", w, got)
		}
	}
}

func TestPaperOfABodyIsNoSpeaker(t *testing.T) {
	const words = "Der Bau wird im Sommer abgeschlossen."
	check(t, []attribution{
		{"whose it is, unnamed", []string{"In der Verwaltungsvorlage heißt es: „" + words + "“"}, []said{{words, direct, "", ""}}},
		{"a document", []string{"In der Stellungnahme heißt es: „" + words + "“"}, []said{{words, direct, "Stellungnahme", ""}}},
	})
}
