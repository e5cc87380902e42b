package quote

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/parser/internal/person"
)

// chunks writes the nominals of the first frame of a text: [words], with what is known of each behind it.
func chunks(s string) string {
	d := paragraphs(s + " „Es regnet sehr“.") // a text without passages is not read
	a := analyse(d, person.Find(d, nil))
	var out []string
	f := &a.frames[0]
	for _, n := range f.nouns {
		x := "[" + d.Slice(f.span(n.from, n.to)) + "]"
		if n.prep != "" {
			x += " prep:" + n.prep
		}
		for _, b := range []struct {
			is   bool
			name string
		}{{n.genitive, "genitive"}, {n.nominative, "subject"}, {n.plural, "plural"}, {n.human, "human"}, {n.pronoun, "pronoun"}, {n.person >= 0, "person"}} {
			if b.is {
				x += " " + b.name
			}
		}
		out = append(out, x)
	}
	return strings.Join(out, "; ")
}

func TestChunks(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Die Stadt baut.", "[Die Stadt] subject"},
		{"Der Landrat des Kreises kam.", "[Der Landrat] subject human; [des Kreises] genitive"},
		{"Petra Lohmann kam.", "[Petra Lohmann] subject human person"},
		{"Er kam.", "[Er] subject human pronoun"},
		{"Mit dem Bürgermeister sprach die Ministerin.", "[dem Bürgermeister] prep:mit human; [die Ministerin] subject human"},
		{"Für Bildung, Familie und Jugend warb niemand.", "[Bildung] prep:für; [Familie] prep:für; [Jugend] prep:für"},
		{"Der Leiter und die Leiterin kamen.", "[Der Leiter] subject human; [die Leiterin] subject human"},
		{"Mehrere Gäste kamen.", "[Mehrere Gäste] subject plural"},
		{"Am Montag kam Anna Meier (Grüne).", "[Montag] prep:am; [Anna Meier (Grüne)] subject human person"},
		{"Der 58-Jährige kam.", "[Der 58-Jährige] subject human"},
		{"Die 39-jährige Lehrerin kam.", "[Die 39-jährige Lehrerin] subject human"},
		{"Zoo- und Tierparkdirektor Jürgen Abels kam.", "[Zoo- und Tierparkdirektor Jürgen Abels] subject human person"},
		{"Eine der Sängerinnen kam.", "[Eine der Sängerinnen] subject human"},
		{"Als Bundeskanzlerin kam sie.", "[Bundeskanzlerin] prep:als human; [sie] subject human pronoun"},
		{"Der Regierung zufolge regnet es.", "[Der Regierung]"},
		{"Keiner Partei gefiel das.", "[Keiner Partei]"},
		{"Dem Ausschuss Petra Lohmann vorzustellen fiel leicht.", "[Dem Ausschuss]; [Petra Lohmann] subject human person"},
		{"Die am Freitag vorgestellte Studie kam.", "[Freitag] prep:am; [Studie] subject"},
		{"Gestern kam letztere.", "[letztere] subject human pronoun"},
		{"Diese sagte nichts.", "[Diese] subject human pronoun"},
	} {
		if diff := cmp.Diff(tt.want, chunks(tt.in)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.in, diff)
		}
	}
}

// announcements writes the announcements of the first frame: the verb or source word, the words it is shown by, and its subject.
func announcements(s string) string {
	d := paragraphs(s + " „Es regnet sehr“.")
	a := analyse(d, person.Find(d, nil))
	f := &a.frames[0]
	var out []string
	for _, h := range f.hits {
		x := d.Slice(h.span)
		if h.verb != nil {
			x = h.verb.Lemma
		}
		if h.passive {
			x += " passive"
		}
		subject := "nobody"
		if h.subject >= 0 {
			subject = d.Slice(f.span(f.nouns[h.subject].from, f.nouns[h.subject].to))
		}
		out = append(out, fmt.Sprintf("%s: %s (%s)", x, subject, h.rule))
	}
	return strings.Join(out, "; ")
}

func TestAnnouncements(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Die Landrätin sagte nichts.", "sagen: Die Landrätin (X sagte)"},
		{"Gestern sagte die Landrätin nichts.", "sagen: die Landrätin (sagte X)"},
		{"Dem Ausschuss sagte die Landrätin nichts.", "sagen: die Landrätin (sagte X)"},
		{"Die Landrätin hat nichts gesagt.", "sagen: Die Landrätin (X sagte)"},
		{"Die Landrätin soll nichts gesagt haben.", "sagen: Die Landrätin (X sagte)"},
		{"Die Landrätin teilte am Montag nichts mit.", "mitteilen: Die Landrätin (X sagte)"},
		{"Die Landrätin teilte das Brot.", ""},
		{"Die Landrätin, die das betonte, ging.", "betonen: Die Landrätin (X, der sagte)"},
		{"Es regnet, wie die Landrätin betonte.", "betonen: die Landrätin (wie X sagte)"},
		{"Die Landrätin lobte das Rad und betonte den Wert.", "loben: Die Landrätin (X sagte); betonen: Die Landrätin (X … und sagte)"},
		{"Der Plan wurde von der Landrätin kritisiert.", "kritisieren passive: der Landrätin (von X bezeichnet)"},
		{"Das Fazit der Betreiber lautet so.", "lauten: der Betreiber (X sagte)"},
		{"Das Motto lautet so.", ""},
		{"Laut Landrätin regnet es.", "Laut: Landrätin (laut X)"},
		{"Der Landrätin zufolge regnet es.", "zufolge: Der Landrätin (X zufolge)"},
		{"Nach Angaben der Landrätin regnet es.", "Nach Angaben: der Landrätin (nach Angaben X)"},
		{"Nach dem Regen kam die Landrätin.", ""},
		{"In der Erklärung heißt es viel.", "heißen: der Erklärung (in X heißt es)"},
		{"Die Landrätin heißt Anna.", ""},
		{"Die Landrätin habe das betont.", "betonen: Die Landrätin (X sagte)"},
	} {
		if diff := cmp.Diff(tt.want, announcements(tt.in)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.in, diff)
		}
	}
}

// TestDecide pins the kind by the evidence alone.
func TestDecide(t *testing.T) {
	speech := func(change func(*evidence)) *evidence {
		e := &evidence{inner: inner{words: 8, finite: true, lower: false}, situation: situation{
			link: link{rel: relColon, hit: 0}, colon: true,
			human: true, class: 1,
		}}
		change(e)
		return e
	}
	for _, tt := range []struct {
		name   string
		change func(*evidence)
		want   string
	}{
		{"a clause after a colon", func(*evidence) {}, direct},
		{"a title", func(e *evidence) {
			*e = evidence{inner: inner{words: 2, title: true}, situation: situation{trigger: true}}
		}, ""},
		{"one word that a noun names", func(e *evidence) { e.words, e.trigger, e.colon = 1, true, false }, ""},
		{"a few words in an indirect clause", func(e *evidence) {
			e.words, e.lower, e.colon, e.reported, e.finite = 3, true, false, true, false
		}, fragment},
		{"the same in the first person", func(e *evidence) {
			e.words, e.lower, e.colon, e.reported, e.first = 3, true, false, true, true
		}, direct},
		{"the same, seven words", func(e *evidence) {
			e.words, e.lower, e.colon, e.reported, e.finite = 7, true, false, true, false
		}, fragment},
		{"the same, six words and a verb", func(e *evidence) {
			e.words, e.lower, e.colon, e.reported = 6, true, false, true
		}, fragment},
		{"the same, seven words and a verb", func(e *evidence) {
			e.words, e.lower, e.colon, e.reported = 7, true, false, true
		}, direct},
		{"many words without a verb", func(e *evidence) { e.colon, e.finite = false, false }, fragment},
		{"many words without a verb that begin the sentence", func(e *evidence) { e.colon, e.finite, e.start = false, false, true }, direct},
		{"four words with wir", func(e *evidence) { e.words, e.colon, e.finite, e.voice, e.first = 4, false, false, true, true }, direct},
		{"three words with wir", func(e *evidence) { e.words, e.colon, e.finite, e.voice, e.first = 3, false, false, true, true }, fragment},
		{"a name", func(e *evidence) { e.veto = "die „…“" }, ""},
		{"an answer of one word", func(e *evidence) {
			e.words, e.colon, e.finite, e.start, e.link.rel, e.source, e.lower = 1, false, false, true, relAfter, byVerb, false
		}, direct},
	} {
		if got := decide(speech(tt.change)); got != tt.want {
			t.Errorf("%s is %q, want %q", tt.name, got, tt.want)
		}
	}
}
