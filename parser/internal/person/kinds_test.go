package person

import (
	"strings"
	"testing"
)

// named gives the people of a text with their roles: "Anna Lohmeier (Landrätin); Peter Behrsen".
func named(s string) string {
	var out []string
	for _, p := range Find(doc(s), nil) {
		n := p.Name
		if len(p.Roles) > 0 {
			n += " (" + strings.Join(p.Roles, ", ") + ")"
		}
		out = append(out, n)
	}
	return strings.Join(out, "; ")
}

// TestKinds holds each kind of name and trap by several examples of its own.
func TestKinds(t *testing.T) {
	for kind, list := range map[string][][2]string{
		"noun surnames": {
			{"Landrätin Svenja Kauf eröffnete die Schau.", "Svenja Kauf (Landrätin)"},
			{"Dezernent Holger Dienst stellte den Plan vor.", "Holger Dienst (Dezernent)"},
			{"Es kamen Prof. Dr. Gudrun Tisch und Dr. Bernd Leute.", "Gudrun Tisch; Bernd Leute"},
			{"„Es reicht“, sagte Birgit Lohn. Danach sprach Birgit Lohn mit allen.", "Birgit Lohn"},
			{"Für die Wehr sprach Sven Feuer (SPD).", "Sven Feuer"},
			{"„Es reicht“, so Landrätin Sommer. Landrätin Sommers Rede war kurz. Bürgermeister Wolf sagte nichts.", "Sommer (Landrätin); Wolf (Bürgermeister)"},
			{"Rektor Verkehr und Leiterin Jugend gibt es nicht.", ""},
			{"Renate Bürger, Vorsitzende des Vereins, dankte.", "Renate Bürger (Vorsitzende des Vereins)"},
			{"Es kamen Anna Richter, Peter Koch und Jutta Schulze.", "Anna Richter; Peter Koch; Jutta Schulze"},
			{"Frau Richter und Herr Koch kamen.", "Richter; Koch"},
			{"Gestern brachte Petra Blumen.", ""},
			{"Prinzessin Tilda Kaffee bekam Applaus.", "Tilda (Prinzessin)"},
		},
		"double names": {
			{"Es sprach Jutta Behrens-Haus.", "Jutta Behrens-Haus"},
			{"Bürgermeisterin Jutta Behrens-Sonntag lud ein. Behrens-Sonntag dankte.", "Jutta Behrens-Sonntag (Bürgermeisterin)"},
			{"Es kam Gerd Wollny-Richter.", "Gerd Wollny-Richter"},
			{"Treffpunkt ist das Wilhelm Korn-Haus, getagt wird im Hermann Twesten-Garten.", ""},
			{"Die Anna-Lohmeier-Stiftung zahlt. Der Lohmeier-Besuch kostet.", ""},
			{"Es sprach Dr. Maike von der Heyde-Graf.", "Maike von der Heyde-Graf"},
			{"„Gut so“, sagte Rektorin Petra Slamka Meinert.", "Petra Slamka Meinert (Rektorin)"},
			{"Gemeinsam mit Amtsleiterin Dr. Petra Slamka Meinert und dem Rat.", "Petra Slamka Meinert (Amtsleiterin)"},
		},
		"nobility and particles": {
			{"Es kamen Karl Freiherr von Tannau, Elsa zu Wied und Nils van der Molen.", "Karl Freiherr von Tannau; Elsa zu Wied; Nils van der Molen"},
			{"Ina von und zu Tannau sprach. Von Tannau dankte.", "Ina von und zu Tannau"},
			{"Gräfin Ida von Tannau und Baron Jan de Klerk kamen.", "Ida von Tannau (Gräfin); Jan de Klerk (Baron)"},
		},
		"capitals": {
			{"LANDRÄTIN INGE SOMMERFELD ERÖFFNET DIE SCHAU", "INGE SOMMERFELD (Landrätin)"},
			{"PETER LOHMEIER lud ein. Peter Lohmeier dankte.", "Peter Lohmeier"},
			{"PRESSEMITTEILUNG DES LANDRATS KARL BAUER ZUM THEMA MÜLL", "KARL BAUER (Landrat)"},
			{"DR. ANNA VON BERG UND MAX MÜLLER", "ANNA VON BERG; MAX MÜLLER"},
			{"DIE KREISVERWALTUNG UND DER EVA VEREIN LADEN EIN", ""},
			{"Rektorin ANNA LOHMANN lud ein. Lohmann dankte.", "Anna Lohmann (Rektorin)"},
			{"KIM Software und EVA ZENTRUM laden ein.", ""},
			{"DIE ANNA KLINIK ÖFFNET", ""},
		},
		"family name first": {
			{"Es fehlten: Lang, Anna (SPD); Behrsen, Peter (CDU).", "Anna Lang; Peter Behrsen"},
			{"Entschuldigt: Koch, Anna (Grüne); Stolz, Peter (FDP)", "Anna Koch; Peter Stolz"},
		},
		"family name first, without parties": {
			{"Es fehlten: Lang, Anna; Kurz, Otto; Behrsen, Peter.", "Anna Lang; Otto Kurz; Peter Behrsen"},
			{"Es fehlten: von Tannau, Anna (SPD); zu Wied, Otto (CDU).", "Anna von Tannau; Otto zu Wied"},
		},
		"couples and courtesy": {
			{"Erika und Max Muster feiern. Frau Muster und Herr Beispiel kamen.", "Erika Muster; Max Muster; Beispiel"},
			{"Frau Kunde und Herr Abend kamen.", "Kunde; Abend"},
			{"Die Eheleute Karl und Gerda Lohmann gratulierten.", "Karl Lohmann; Gerda Lohmann"},
			{"Von links: Otto Tal (Leiter Bauhof), Anna Berg", "Otto Tal (Leiter Bauhof); Anna Berg"},
		},
		"rows": {
			{"Es singen Ilka Behrsen und Wumko Tandahl sowie Rinko Nagara.", "Ilka Behrsen; Wumko Tandahl; Rinko Nagara"},
			{"Es kamen Ilka Behrsen und Haus Tandahl.", "Ilka Behrsen"},
			{"Frau Lohmeier und Herr Behrsen kamen.", "Lohmeier; Behrsen"},
			{"Die Geschwister Anna, Nele und Jan Lohmeier gewannen.", "Anna Lohmeier; Nele Lohmeier; Jan Lohmeier"},
		},
		"unknown given names before known ones": {
			{"Das sagt der Vorsitzende, Wumko Anton Lohmeier, gern.", "Wumko Anton Lohmeier (Vorsitzender)"},
			{"Es sprach die Rektorin Wumka Anna Lohmeier.", "Wumka Anna Lohmeier (Rektorin)"},
			{"Später sprach Gondeltrainerin Anna Lohmeier, Zitherin Petra Behrsen auch.", "Anna Lohmeier (Gondeltrainerin); Petra Behrsen"},
		},
		"genitives": {
			{"Zu sehen sind die Zeichnungen Heinrich Wollmanns.", "Heinrich Wollmann"},
			{"Das „Stillleben“ Anna Lohmanns hängt im Flur.", "Anna Lohmann"},
			{"Landrätin Lohmanns Rede war kurz.", "Lohmann (Landrätin)"},
			{"Die Rede Petra Peters gefiel. Petra Peters dankte.", "Petra Peters"},
		},
		"bodies, places, things": {
			{"Der Ortsrat Lindau tagt. Der Gemeinderat Birkenau auch.", ""},
			{"Der Kreisrat Birkental berät am Freitag. Auch der Seniorenbeirat Birkental kommt.", ""},
			{"„Nein“, sagte Stadtrat Behrsen. Stadträtin Lohmeier schwieg.", "Behrsen (Stadtrat); Lohmeier (Stadträtin)"},
			{"Das Paul Ehrlich Labor, die Lise Meitner Halle und das Otto Lilienthal Museum öffnen.", ""},
			{"Er parkte in der Rosa Luxemburg Straße neben einem Opel Adam.", ""},
			{"Ein Seat Leon stieß mit dem Mercedes Vito zusammen.", ""},
			{"Der Lieferant Nordwiek und der Anlagenhersteller Ostwiek einigten sich.", ""},
			{"Die Städtepartnerschaft mit Nancy besteht.", ""},
			{"Heute spielt The Anna Lohmeiers Band.", ""},
			{"Talto Enarto, der größte Dienstleister im Norden, wächst.", ""},
			{"Der Vermögensverwalter Nordwiek und der Fahrzeugeinrichter Ostwiek hoffen.", ""},
			{"Wir zahlen für Mitarbeiter Lohmat an die Kasse.", ""},
			{"Der Preis Anna Krüger, die Bäckerei Hans Müller, die Turnhalle Adolf Reichwein und das Hans Sachs Haus sind bekannt.", ""},
			{"Der DRK-Kreisverband Peter Stein sammelt. Das Frauenhaus Clara Zetkin zieht um.", ""},
			{"Er traf im Rathaus Anna Lohmeier. Leiterin der Schule ist Petra Behrsen.", "Anna Lohmeier; Petra Behrsen (Leiterin der Schule)"},
			{"Die Leiterin der Turnhalle Petra Behrsen kam.", "Petra Behrsen (Leiterin der Turnhalle)"},
			{"Der Bus fährt ab Hermann Löns Weg.", ""},
			{"Die Ausstellung „Anna Blume und ich“ zeigt Werke von Kurt Schwitters.", "Kurt Schwitters"},
			{"Der Ortsbeirat Altdorf und der Kreistag Musterau tagen.", ""},
			{"Das Schiff Hermann Marwede lief aus. Der Fahrer eines Opel Corsa flüchtete.", ""},
			{"Die M. Sc. und B. Sc. Abschlüsse zählen.", ""},
		},
		"sentence openers": {
			{"Ferner war die Rede lang. Andererseits begann seine Arbeit gut.", ""},
			{"Letzteres führt Anna Lohmeier auf den Regen zurück.", "Anna Lohmeier"},
			{"Per Mausklick meldet man sich an.", ""},
			{"Ehrenamtliches Engagement zahlt sich aus.", ""},
			{"Nebstdem muss er Maurer sein. Allgemein sagte man wenig, was allgemein gilt.", ""},
			{"Zabru meldet als Firma mehr Umsatz. Zuletzt hatte Zabru Karten für sein Portal.", ""},
			{"Hans, Daniel und Johannes erarbeiten einen Vorschlag.", "Hans; Daniel; Johannes"},
			{"Allen Reisenden dankte Anna Lohmeier.", "Anna Lohmeier"},
			{"[1] Ford, Martin. 2016. Die Wege.", ""},
			{"Das Telefon 14 Max kostet mehr.", ""},
			{"Insgeheim begann sie ihre Arbeit.", ""},
		},
		"whose role": {
			{"Die Freundin Lohmanns, Ute Behrsen, sprach. Anna Lohmann ist Rektorin und Dozentin.", "Anna Lohmann (Rektorin, Dozentin); Ute Behrsen"},
			{"Landrat Jan Behrsen kam. Rektorin Anna Lohmann auch. Dann dankte der Landrat Lohmann.", "Jan Behrsen (Landrat); Anna Lohmann (Rektorin)"},
			{"Anna Lohmann, Leiterin des Amtes für Umwelt und Bauen, kam.", "Anna Lohmann (Leiterin des Amtes für Umwelt und Bauen)"},
			{"Es kam Jan Behrsen, Vorsitzender Richter am Landgericht.", "Jan Behrsen (Vorsitzender Richter am Landgericht)"},
			{"Es kam Jan Behrsen, Leitender Oberarzt der Klinik.", "Jan Behrsen (Leitender Oberarzt der Klinik)"},
			{"Mit den Anwälten Jan Behrsen (Kanzlei Ost) und Anna Lohmann (Kanzlei West) kam Streit.", "Jan Behrsen (Anwalt); Anna Lohmann (Anwältin)"},
			{"Anna Lohmann vertrat als Leiterin des Bauhofs die Stadt.", "Anna Lohmann (Leiterin des Bauhofs)"},
			{"Mit freundlichen Grüßen\nJan Behrsen\nBürgermeister", "Jan Behrsen (Bürgermeister)"},
			{"Anna Lohmann\nDezernentin für Bildung\nEs geht weiter.", "Anna Lohmann (Dezernentin für Bildung)"},
			{"Es grüßt Anna Lohmann, Dezernentin Jugend, Soziales und Gesundheit der Stadt.", "Anna Lohmann (Dezernentin Jugend, Soziales und Gesundheit der Stadt)"},
		},
		"two roles behind the name": {
			{"Anna Lohmann, frühere Sekretärin von Terra Ahlen und langjährige Leiterin des Archivs, kam.", "Anna Lohmann (frühere Sekretärin von Terra Ahlen, " +
				"langjährige Leiterin des Archivs)"},
			{"Anna Lohmann, Beauftragte für Schüler und Lehrer, kam.", "Anna Lohmann (Beauftragte für Schüler und Lehrer)"},
			{"Anna Lohmann, Leiterin des Amtes für Umwelt und Verkehr, kam.", "Anna Lohmann (Leiterin des Amtes für Umwelt und Verkehr)"},
		},
		"hyphens of broken lines": {
			{"Landrätin Anna Loh-mann kam. Anna Lohmann dankte.", "Anna Lohmann (Landrätin)"},
			{"Es kam Jan Kim Jong-un.", "Jan Kim Jong-un"},
		},
	} {
		t.Run(kind, func(t *testing.T) {
			for _, x := range list {
				if got := named(x[0]); got != x[1] {
					t.Errorf("%s\n got %s\nwant %s", x[0], got, x[1])
				}
			}
		})
	}
}
