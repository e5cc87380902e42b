package person

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// doc makes a text of paragraphs, one a line.
func doc(s string) *text.Doc {
	var p []text.Piece
	for l := range strings.SplitSeq(s, "\n") {
		p = append(p, text.Piece{Type: schemas.BlockParagraph, Text: l})
	}
	return text.New(p)
}

// show writes a person as "Title|Name|gender|role; role|organisation|mention, mention".
func show(d *text.Doc, p Person) string {
	var m []string
	for _, x := range p.Mentions {
		m = append(m, d.Slice(x.Span))
	}
	g := map[string]string{schemas.GenderFemale: "f", schemas.GenderMale: "m"}[p.Gender]
	return strings.Join([]string{p.Title, p.Name, g, strings.Join(p.Roles, "; "), p.Organisation, strings.Join(m, ", ")}, "|")
}

// check compares the people of a text with the lines wanted.
func check(t *testing.T, in string, want ...string) {
	t.Helper()
	d := doc(in)
	var got []string
	for _, p := range Find(d, nil) {
		got = append(got, show(d, p))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s\n(-want +got)\n%s", in, diff)
	}
}

type example struct {
	in   string
	want []string
}

func run(t *testing.T, list []example) {
	t.Helper()
	for _, c := range list {
		check(t, c.in, c.want...)
	}
}

func TestFullNames(t *testing.T) {
	run(t, []example{
		{"Gestern sprach Landrätin Gesa Ohlendiek im Kreishaus.", []string{"|Gesa Ohlendiek|f|Landrätin||Gesa Ohlendiek"}},
		{"Das überrascht Prof. Dr. med. Anja Rottmann-Kreibich nicht.", []string{"Prof. Dr. med.|Anja Rottmann-Kreibich|f|||Anja Rottmann-Kreibich"}},
		{"Es kam Dr.-Ing. Ulf Rehmer.", []string{"Dr.-Ing.|Ulf Rehmer|m|||Ulf Rehmer"}},
		{"Er traf Udo von der Weide und Amalie de Klerk.", []string{"|Udo von der Weide|m|||Udo von der Weide", "|Amalie de Klerk|f|||Amalie de Klerk"}},
		{"Es las Franz Freiherr von Tannau.", []string{"|Franz Freiherr von Tannau|m|||Franz Freiherr von Tannau"}},
		{"Heinrich v. Tannau und Hans-J. Krumme schwiegen.", []string{"|Heinrich v. Tannau|m|||Heinrich v. Tannau", "|Hans-J. Krumme|m|||Hans-J. Krumme"}},
		{"Danach sang Lars P. Olbers.", []string{"|Lars P. Olbers|m|||Lars P. Olbers"}},
		{"Unter Elisabeth II. blühte das Land.", []string{"|Elisabeth II.|f|||Elisabeth II."}},
		{"Es halfen Mehmet Akif Yıldıran, Ahmad al-Tarik und Linh Nguyen.", []string{
			"|Mehmet Akif Yıldıran|m|||Mehmet Akif Yıldıran",
			"|Ahmad al-Tarik|m|||Ahmad al-Tarik", "|Linh Nguyen|f|||Linh Nguyen",
		}},
		{"Ramón Moreno Castaño tanzt.", []string{"|Ramón Moreno Castaño|m|||Ramón Moreno Castaño"}},
		{"Dann brachte Heike Dort Blumen.", []string{"|Heike Dort|f|||Heike Dort"}},
		{"Erika MUSTERFELD ist da.", []string{"|Erika MUSTERFELD|f|||Erika MUSTERFELD"}},
		{"Gewählt ist Werner „Tiki“ Brocke.", []string{"|Werner „Tiki“ Brocke|m|||Werner „Tiki“ Brocke"}},
		{"Kai Ostermann und Andrea Pietsch kommen.", []string{"|Kai Ostermann||||Kai Ostermann", "|Andrea Pietsch||||Andrea Pietsch"}},
		{"Literatur: Wellmer, Theodor: Das Buch.", []string{"|Theodor Wellmer|m|||Wellmer, Theodor"}},
	})
}

func TestCouples(t *testing.T) {
	run(t, []example{
		{"Anna und Peter Wollschläger führen den Hof.", []string{"|Anna Wollschläger|f|||Anna", "|Peter Wollschläger|m|||Peter Wollschläger"}},
		{"Das sagen Anna Wiebe und Peter Wollschläger.", []string{"|Anna Wiebe|f|||Anna Wiebe", "|Peter Wollschläger|m|||Peter Wollschläger"}},
	})
}

func TestSurnames(t *testing.T) {
	run(t, []example{
		{
			"Bürgermeister Holger Twiehaus begrüßte alle. Twiehaus dankte. Das war Twiehaus’ Idee, Twiehaus sei Dank.",
			[]string{"|Holger Twiehaus|m|Bürgermeister||Holger Twiehaus, Twiehaus, Twiehaus, Twiehaus"},
		},
		{"Peter Wolf kam.\nWolf ist im Amt.\nWolf: „Es geht los.“\nDer Wolf schläft.", []string{"|Peter Wolf|m|||Peter Wolf, Wolf, Wolf"}},
		{"Peter Fischer kam.\nFischer hat ein Amt. Die Fischer haben Boote. Fischer haben Netze.", []string{"|Peter Fischer|m|||Peter Fischer, Fischer"}},
		{"Eva Stolz kam.\nStolz ist sie auf das Amt.\nStolz: „Es geht los.“", []string{"|Eva Stolz|f|||Eva Stolz, Stolz"}},
		{"Petra Rosenheim kam. In Rosenheim wird gebaut. Rosenheim dankte.", []string{"|Petra Rosenheim|f|||Petra Rosenheim, Rosenheim"}},
		{"Zuerst kam Tammes Stellvertreterin. Dann kam Ute Tamme.", []string{"|Ute Tamme|f|||Tammes, Ute Tamme"}},
		{"Walter Bredemanns Rede war kurz. Walter Bredemann ging.", []string{"|Walter Bredemann|m|||Walter Bredemanns, Walter Bredemann"}},
		{"Eva Stolz kam. Die Gäste sind voller Stolz. „Gut“, sagte Stolz.", []string{"|Eva Stolz|f|||Eva Stolz, Stolz"}},
		{"Udo von der Weide kam. Von der Weide ging.", []string{"|Udo von der Weide|m|||Udo von der Weide, Von der Weide"}},
		{"Frau Kesselhut stellte die Zahlen vor. Kesselhut ist neu.", []string{"|Kesselhut|f|||Kesselhut, Kesselhut"}},
		{"Es berichtete Dr. Meinersen.", []string{"Dr.|Meinersen||||Meinersen"}},
		{"Mit Landrat Sievert kam Frau Wald.", []string{"|Sievert|m|Landrat||Sievert", "|Wald|f|||Wald"}},
		{"Ilse Voss und Gerd Voss kamen. Frau Voss sprach, Herr Voss schwieg.", []string{"|Ilse Voss|f|||Ilse Voss, Voss", "|Gerd Voss|m|||Gerd Voss, Voss"}},
		{"Solveig Ramm sang. Danach spielte Solveig Klavier.", []string{"|Solveig Ramm|f|||Solveig Ramm"}},
		{"Solveig Ramm sang. Alle mochten Solveig.", []string{"|Solveig Ramm|f|||Solveig Ramm, Solveig"}},
	})
}

func TestContext(t *testing.T) {
	run(t, []example{
		{"„Das reicht nicht“, sagt Eymerich.", []string{"|Eymerich||||Eymerich"}},
		{"Märkte gehören in die Stadt, sagte Wöhrmann.", []string{"|Wöhrmann||||Wöhrmann"}},
		{"„Das ist viel“, so Brathge.", []string{"|Brathge||||Brathge"}},
		{"In Kassel lebte Wöhrmann bis zuletzt.", []string{"|Wöhrmann||||Wöhrmann"}},
		{"Nach Brörmanns Tod blieb das Haus leer.", []string{"|Brörmann||||Brörmanns"}},
		{"Er kam mit seiner Tochter Tianxi.", []string{"|Tianxi|f|||Tianxi"}},
		{"Dazu meinte der Leiter des Zentrums, Sejeg Kiriwenko, nichts.", []string{"|Sejeg Kiriwenko|m|Leiter des Zentrums|Zentrum|Sejeg Kiriwenko"}},
		{"Zuletzt dirigierte Mozart die Oper.", []string{"|Mozart||||Mozart"}},
		{"Papst Zölestin V. trat zurück.", []string{"|Zölestin V.|m|Papst||Zölestin V."}},
	})
}

func TestNobody(t *testing.T) {
	for _, in := range []string{
		"Die Robert Wollny Stiftung fördert das Projekt.",
		"Treffpunkt ist die Anna-Vogel-Straße 12, Ecke Peter-Janz-Platz.",
		"Die Grundschule Hedwig Kuntze und die Hans-Timm-Schule feiern.",
		"Das Wilhelm Korn-Institut verleiht den Emma-Busch-Preis.",
		"Im Mai und August ist die Kreisverwaltung geschlossen.",
		"Am Mittwoch, 3. April, in Bad Emstal und Sankt Florian.",
		"Foto: Jonas Feldhege",
		"Der Platz vor dem Haus © Stadt Musterburg, Jonas Feldhege",
		"Das Musical „Anna und der König“ und der Film „Forrest Gump“.",
		"Der Hubschrauber „Christoph 29“ flog nach Asunción.",
		"Es sagten Experten Regen voraus.",
		"Zahlreiche Vertreterinnen und Vertreter Gastgeber.",
		"Der Leiter der Feuerwehr kam. Ein Bürger Bremens ging.",
		"Dem Minister Wortbruch vorzuwerfen, ist falsch.",
		"Besorgt äußerte sich die Polizei. Betroffen ist ein Ort.",
		"z. B. Der Bericht. Die HMS Orpheus sank.",
	} {
		check(t, in)
	}
}

// A rule that starts over at each letter or word takes hours for these.
func TestHugeRuns(t *testing.T) {
	const n = 1 << 20
	check(t, "Landrätin Anja Ramm und "+strings.Repeat("Rhein", n)+" kamen.", "|Anja Ramm|f|Landrätin||Anja Ramm")
	check(t, "Landrätin Anja Ramm und A"+strings.Repeat("\u0308", n)+" kamen.", "|Anja Ramm|f|Landrätin||Anja Ramm")
	check(t, "Landrätin Anja Ramm. "+strings.Repeat("von der ", n/4)+"Heyde", "|Anja Ramm|f|Landrätin||Anja Ramm")
	for _, unit := range []string{
		"Wumko Tandahl, Anna Lohmeier, ", "Zabru begann als Maurer. ", "Die Bilder Anna Lohmanns. ", "Ferner war der Landrat Lohmeier da. ",
		"Landrat Anna Lohmeier, ", "Per Zabru kam er. ", "Anna Kurs Zabru. ",
	} {
		if people := found(strings.Repeat(unit, n/4/len(unit))); len(people) > 4 {
			t.Errorf("%d people in %q", len(people), unit)
		}
	}
	check(t, "Landrätin Anja Ramm. "+strings.Repeat("neue ", n/4)+"Kasse", "|Anja Ramm|f|Landrätin||Anja Ramm")
}

func TestThreePartNames(t *testing.T) {
	run(t, []example{
		{"Der Landesbeauftragte Gert Wunno Krämling sagte bei einem Besuch ab.", []string{"|Gert Wunno Krämling|m|Landesbeauftragter||Gert Wunno Krämling"}},
		{"Gestern brachte Gert Krämling Blumen.", []string{"|Gert Krämling|m|||Gert Krämling"}},
		{"Es heißt, dass Gert Krämling Rosen sagte.", []string{"|Gert Krämling|m|||Gert Krämling"}},
		{"Das freut Nadia El Kassim und Luis De La Torre.", []string{"|Nadia El Kassim|f|||Nadia El Kassim", "|Luis De La Torre|m|||Luis De La Torre"}},
		{"Danach sprach Frau El Kassim.", []string{"|El Kassim|f|||El Kassim"}},
		{"Geehrt wurden Tran Thi Lien, Gert Ramm und Nguyen Van Duc.", []string{
			"|Tran Thi Lien|f|||Tran Thi Lien", "|Gert Ramm|m|||Gert Ramm",
			"|Nguyen Van Duc||||Nguyen Van Duc",
		}},
		{"Kulturreferent Wunno Nagel zog Bilanz.", []string{"|Wunno Nagel|m|Kulturreferent||Wunno Nagel"}},
		{"Gelobt wurde Kulturreferent Krämling Nagel um Nagel.", []string{"|Krämling|m|Kulturreferent||Krämling"}},
		{"Es spricht Schulleiterin Eva Thole-Albrecht.", []string{"|Eva Thole-Albrecht|f|Schulleiterin||Eva Thole-Albrecht"}},
	})
}

func TestThingsNamedAfterPeople(t *testing.T) {
	for _, in := range []string{
		"Die Bürgerstiftung Gert Ramm zahlt den Zaun.", "Gestern legte das Ausflugsschiff Anja Ramm ab.", "Die Fähre Anna Maria blieb im Hafen.",
		"Volles Haus im Saal.", "Bunte Herzen und leise Stimmen.",
	} {
		check(t, in)
	}
	check(t, "Es kam die Vorsitzende der Bürgerstiftung Anja Ramm.", "|Anja Ramm|f|Vorsitzende der Bürgerstiftung|Bürgerstiftung|Anja Ramm")
	check(t, "Fontanes Haus brannte.", "|Fontane||||Fontanes")
}

func TestCaptions(t *testing.T) {
	d := doc("Landrat Arne Sievert übergab den Scheck.")
	people := Find(d, []string{"V. l.: Arne Sievert, Silke Bröker (Leiterin Jugendamt), Dezernent Kurt Ahlers. Foto: Jonas Feldhege"})
	var got []string
	for _, p := range people {
		got = append(got, show(d, p))
	}
	want := []string{"|Arne Sievert|m|Landrat||Arne Sievert", "|Silke Bröker|f|Leiterin Jugendamt|Jugendamt|", "|Kurt Ahlers|m|Dezernent||"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The order of the people and every field must not depend on the order of maps.
func TestFindIsPure(t *testing.T) {
	d := doc(sample)
	want := Find(d, nil)
	for range 20 {
		if diff := cmp.Diff(want, Find(d, nil)); diff != "" {
			t.Fatalf("another reading differs\n%s", diff)
		}
	}
}

const sample = `Kreisdirektorin Silke Bröker und Landrat Dr. Arne Sievert (CDU) eröffneten die Ausstellung im Kreishaus.
„Das ist ein guter Tag“, sagte Bröker. Sievert ergänzte: „Wir danken Frau Kesselhut vom Jugendamt.“
Die Stadträte Max Wollny, Eva Brösel und Jürgen Czapla stimmten dagegen. Der Landrat bedauerte das.
Der Leiter des Amtes für Kreisentwicklung, Hans-Martin Stöver, und seine Stellvertreterin Petra Hohne stellten Zahlen vor.`
