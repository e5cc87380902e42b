package page

import (
	"testing"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
)

func TestPhrases(t *testing.T) {
	tests := []struct {
		name    string
		re      *lazy.Regexp
		yes, no []string
	}{
		{
			"boilerLine", boilerLine,
			[]string{
				"Zurück zur Übersicht", "Merken & teilen", "» Mehr", "Auf Facebook teilen", "Seite drucken", "Nächste Meldung",
				"Sie befinden sich hier: Start > Presse", "5 Minuten Lesezeit", "-- Anzeige --",
			},
			[]string{
				"Mehr Platz für Kinder", "Nächster Abschnitt", "Themen des Abends waren der Verkehr und das Klima.", "Zurückhaltung beim Wasser",
				"Print gewinnt", "Anzeige erstattet",
			},
		},
		{
			"dateLine", dateLine,
			[]string{
				"12.03.2024", "Musterstadt, 3. Mai 2024", "02. Mai 2024, 14:30 Uhr", "Pressemitteilung vom 1. Februar 2024",
				"Dienstag, 5. November 2024", "Datum: 3.4.21", "27. Januar 2026 • Hans Beispiel • 3 Minuten",
			},
			[]string{
				"Kreistag tagt am 3. Mai 2024 im Kreishaus und berät über den Haushalt des Kreises für das kommende Jahr",
				"Kreistag tagt am 3. Mai 2024", "Am 3. Mai im Kreishaus", "1. Platz für Musterstadt", "Seit 2007", "12 Fragen an Erika Muster",
			},
		},
		{
			"byLine", byLine,
			[]string{
				"Von Hans Beispiel", "Von Hans von Beispiel, Redaktion", "Autor: Hans Beispiel", "Stand: Mai 2024", "Nr. 12/2024",
				"Pressemitteilung Nr. 12", "Pressemitteilung", "Veröffentlicht am 3. Mai von presse", "dpa/lno",
			},
			[]string{
				"Von der Idee zum Projekt", "Von Montag an gesperrt", "Nummer gegen Kummer", "Stand der Technik",
				"Text und Bild erklären die Lage", "Pressemitteilungen im Netz", "Redaktionen gesucht",
			},
		},
		{
			"tailHeading", tailHeading,
			[]string{
				"Weitere Informationen", "Pressekontakt:", "Downloads", "Mehr zum Thema: Radwege", "Das könnte Sie auch interessieren",
				"Kontakt", "Ansprechpartnerin für die Presse", "Bildnachweis",
			},
			[]string{
				"Weitere Schritte", "Kontaktbeschränkungen gelten weiter in allen Orten des Kreises", "Mehr Geld für Schulen",
				"Serviceverbesserung", "Bilder einer Ausstellung", "Quellenschutz im Kreis", "Linksabbieger werden verboten",
			},
		},
		{
			"moreEnd", moreEnd,
			[]string{"Der Kreis baut einen Radweg. Mehr", "Mehr erfahren", "Weiterlesen …"},
			[]string{"Das wünschen sich viele mehr", "Es geht weiter"},
		},
		{
			"fileSize", fileSize,
			[]string{"Lageplan (PDF, 1,2 MB)", "Bescheid 2021PDF | 38 KB", "300 KB PDF"},
			[]string{"Die Leitung schafft 100 MB in der Sekunde", "PDF wird Standard"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range tt.yes {
				if !tt.re.MatchString(s) {
					t.Errorf("%q does not match", s)
				}
			}
			for _, s := range tt.no {
				if tt.re.MatchString(s) {
					t.Errorf("%q matches", s)
				}
			}
		})
	}
}

// What may be used how, and who made a picture.
func TestPromoAndCredits(t *testing.T) {
	for _, s := range []string{
		"Jetzt abonnieren", "Unser Newsletter informiert Sie", "Nein danke.", "Abonniere unseren Kanal",
	} {
		if !promo.MatchString(s) {
			t.Errorf("%q is no advertisement", s)
		}
	}
	for _, s := range []string{"Foto: Tim Probst", "© Tim Probst", "Bildquelle: Kreis", "Illustration: Kreis", "FOTO: Kreis"} {
		if !creditLine(s) {
			t.Errorf("%q is no credit line", s)
		}
	}
	for _, s := range []string{
		"Der Kreis baut einen Radweg.", "Foto: Landrätin Erika Muster übergibt den Schlüssel an Hans Beispiel.",
		"Quelle: Statistisches Amt",
	} {
		if creditLine(s) {
			t.Errorf("%q is a credit line", s)
		}
	}
}

// TestSaysWhen: the day of publication and that of an update on one line are no text, a sentence with both is.
func TestSaysWhen(t *testing.T) {
	for _, s := range []string{
		"12.03.2026, 01:57 Uhr | Aktualisiert 15.03.2026, 19:20 Uhr", "Veröffentlicht am 3. Mai 2026, aktualisiert am 5. Mai 2026",
		"Erstellt: 03.05.2026 · Geändert: 05.05.2026", "3. Mai 2026 (zuletzt geändert am 5. Mai 2026)", "Stand: 3.5.2026 – Letzte Aktualisierung: 5.5.2026",
		"Musterau, 3. Mai 2026 / Update 5. Mai 2026", "12.03.2026",
	} {
		if !saysWhen(s) {
			t.Errorf("%q is taken for text", s)
		}
	}
	for _, s := range []string{
		"Der Plan wurde am 3. Mai 2026 beschlossen und am 5. Mai 2026 geändert.", "Am 3. Mai 2026 aktualisiert der Kreis seinen Plan.",
		"Die Satzung vom 3. Mai 2026, geändert am 5. Mai 2026, gilt weiter", "Aktualisierte Karte vom 3. Mai 2026",
	} {
		if saysWhen(s) {
			t.Errorf("%q is taken for a line that only says when", s)
		}
	}
}
