package timex

import "testing"

// TestRelative covers periods counted from the anchor.
func TestRelative(t *testing.T) {
	check(t, []example{
		{"In der vergangenen Woche tagte der Ausschuss.", []string{"der vergangenen Woche DATE 2024-W10"}},
		{"Nächste Woche geht es weiter.", []string{"Nächste Woche DATE 2024-W12"}},
		{"Am kommenden Wochenende lädt der Verein ein.", []string{"kommenden Wochenende DATE 2024-W11-WE"}},
		{"Am Wochenende wurden 40 Einsätze gezählt.", []string{"Wochenende DATE 2024-W10-WE"}},
		{"Im vergangenen Jahr waren es 40, in diesem Jahr sind es 50.", []string{"vergangenen Jahr DATE 2023", "diesem Jahr DATE 2024"}},
		{"Die Zahl sank im Vorjahr, im laufenden Jahr steigt sie.", []string{"Vorjahr DATE 2023", "laufenden Jahr DATE 2024"}},
		{"Bis Ende des Jahres soll der Radweg fertig sein, Anfang nächsten Jahres die Brücke.", []string{
			"Ende des Jahres DATE 2024", "Anfang nächsten Jahres DATE 2025",
		}},
		{"Ende vergangener Woche, Anfang kommender Woche", []string{"Ende vergangener Woche DATE 2024-W10", "Anfang kommender Woche DATE 2024-W12"}},
		{"In den kommenden Wochen werden Bäume gefällt.", []string{"den kommenden Wochen DATE FUTURE_REF"}},
		{"Noch heuer wird gebaut.", []string{"heuer DATE 2024"}},
		{"Im Mai dieses Jahres und im Dezember letzten Jahres", []string{"Mai dieses Jahres DATE 2024-05", "Dezember letzten Jahres DATE 2023-12"}},
		{"Zum Jahresende ist Schluss.", []string{"Jahresende DATE 2024"}},
		{"Der Kreis hat gestern mitgeteilt, dass die Brücke ab morgen gesperrt ist.", []string{"gestern DATE 2024-03-11", "morgen DATE 2024-03-13"}},
		{"Vorgestern und übermorgen", []string{"Vorgestern DATE 2024-03-10", "übermorgen DATE 2024-03-14"}},
		{"Nach Rang elf am Freitag siegte sie wie am Tag zuvor und am Vortag.", []string{
			"Freitag DATE 2024-03-08", "Tag zuvor DATE 2024-03-07", "Vortag DATE 2024-03-07",
		}},
		{"Der Brand brach am 5. März aus. Am nächsten Tag war er gelöscht, am Tag darauf kam der Statiker.", []string{
			"5. März DATE 2024-03-05", "nächsten Tag DATE 2024-03-06", "Tag darauf DATE 2024-03-07",
		}},
	})
}

// TestToday covers today is a day where something happens, else the present.
func TestToday(t *testing.T) {
	check(t, []example{
		{"Landrat Wolfgang Beispiel hat heute den Förderbescheid übergeben.", []string{"heute DATE 2024-03-12"}},
		{"Heute wurde die Brücke freigegeben.", []string{"Heute DATE 2024-03-12"}},
		{"Heute startet die Bewerbungsfrist.", []string{"Heute DATE 2024-03-12"}},
		{"Heute leben im Kreis rund 270.000 Menschen.", []string{"Heute DATE PRESENT_REF"}},
		{"Das Gebäude ist heute ein Museum.", []string{"heute DATE PRESENT_REF"}},
	})
}

// TestReferences covers times that cannot be told more exactly.
func TestReferences(t *testing.T) {
	check(t, []example{
		{"Damals gab es das Amt noch nicht, derzeit arbeiten dort 30 Leute.", []string{"Damals DATE PAST_REF", "derzeit DATE PRESENT_REF"}},
		{"Neulich kam Post, demnächst kommt die Antwort.", []string{"Neulich DATE PAST_REF", "demnächst DATE FUTURE_REF"}},
		{"Im Moment ist alles ruhig, in Zukunft auch.", []string{"Im Moment DATE PRESENT_REF", "Zukunft DATE FUTURE_REF"}},
		{"Zur Zeit ist das Bad geschlossen. Zur Zeit der Römer gab es keines.", []string{"Zur Zeit DATE PRESENT_REF"}},
		{"In letzter Zeit war es laut.", []string{"letzter Zeit DATE PAST_REF"}},
		{"Früher oder später kommt es dazu, früher war es anders.", []string{"früher DATE PAST_REF"}},
		{"Seit Kurzem wird umgebaut.", []string{"Seit Kurzem DATE PAST_REF"}},
		// What annotators mark once in four times.
		{"Vor Kurzem kam Post, bald kommt die Antwort, momentan und zukünftig ist es ruhig.", []string{}},
	})
}
