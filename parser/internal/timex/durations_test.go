package timex

import "testing"

// TestDurations covers lengths, and the days they reach from the anchor.
func TestDurations(t *testing.T) {
	check(t, []example{
		{"Der Kurs dauert 90 Minuten, die Pause eine halbe Stunde.", []string{"90 Minuten DURATION PT90M", "eine halbe Stunde DURATION PT30M"}},
		{"Vor zwei Wochen startete die Aktion.", []string{"zwei Wochen DURATION P2W 2024-02-26..2024-03-03"}},
		{"Seit über zehn Jahren engagiert sich der Verein.", []string{"zehn Jahren DURATION P10Y 2014-01-01..2024-03-12"}},
		{"Seit mehr als 20 Jahren, vor knapp einem Jahr, nach drei Monaten", []string{
			"20 Jahren DURATION P20Y 2004-01-01..2024-03-12", "knapp einem Jahr DURATION P1Y 2023-01-01..2023-12-31", "drei Monaten DURATION P3M",
		}},
		{"In den letzten drei Jahren waren es 400.", []string{"den letzten drei Jahren DURATION P3Y 2021-01-01..2024-03-12"}},
		{"Die Veranstaltung dauerte zwei Stunden und 30 Minuten.", []string{"zwei Stunden und 30 Minuten DURATION PT2H30M"}},
		{"In den nächsten beiden Wochen", []string{"den nächsten beiden Wochen DURATION P2W 2024-03-12..2024-03-31"}},
		{"Tage später kam Post, Jahre danach auch.", []string{"Tage DURATION PXD", "Jahre DURATION PXY"}},
		{"Eine Viertelstunde, seit einem Vierteljahrhundert, ca. 45 Min. und 2 Std.", []string{
			"Eine Viertelstunde DURATION PT15M", "einem Vierteljahrhundert DURATION P25Y", "ca. 45 Min. DURATION PT45M", "2 Std. DURATION PT2H",
		}},
		{"Drei Tage lang wurde gefeiert.", []string{"Drei Tage DURATION P3D"}},
		{"Die Haft dauerte drei Jahre und vier Monate, anderthalb Jahre, 1,5 Stunden.", []string{
			"drei Jahre und vier Monate DURATION P3Y4M", "anderthalb Jahre DURATION P1.5Y", "1,5 Stunden DURATION PT1.5H",
		}},
		{"Der Kurs umfasst drei bis vier Wochen.", []string{"drei DURATION P3W", "vier Wochen DURATION P4W"}},
		{"Eine zweijährige Ausbildung, eine dreitägige Reise, eine 45-minütige Pause", []string{
			"zweijährige DURATION P2Y", "dreitägige DURATION P3D", "45-minütige DURATION PT45M",
		}},
		{"Die 35-Stunden-Woche und die 14-Tage-Frist gelten.", []string{"35-Stunden-Woche DURATION PT35H", "14-Tage DURATION P14D"}},
		{"Die Fünf-Tage-Woche gilt seit Jahren.", []string{"Fünf-Tage-Woche DURATION P5D", "Jahren DURATION PXY"}},
		{"In wenigen Tagen, vor einigen Jahren, ein paar Stunden", []string{
			"wenigen Tagen DURATION PXD", "einigen Jahren DURATION PXY", "ein paar Stunden DURATION PTXH",
		}},
		{"Jahrelang wurde geplant, mehrere Monate gebaut.", []string{"Jahrelang DURATION PXY", "mehrere Monate DURATION PXM"}},
		{"Siebzehn lange Jahre und mehr als 1.000 Stunden", []string{"Siebzehn lange Jahre DURATION P17Y", "1.000 Stunden DURATION PT1000H"}},
	})
}

// TestAges covers ages are no durations.
func TestAges(t *testing.T) {
	check(t, []example{
		{"Das Angebot richtet sich an Kinder von 6 bis 12 Jahren.", []string{}},
		{"Ein 24-jähriger Mann, die 45-Jährige, im Alter von 80 Jahren", []string{}},
		{"Kinder zwischen sechs und elf Jahren, ein drei Jahre altes Auto", []string{}},
		{"Mit 19 Jahren zog sie fort, Töchter im Alter von 9 und 13 Jahren", []string{}},
		{"Personen unter 15 Jahren und über 65 Jahren", []string{}},
		{"Jugendliche ab 14 Jahren", []string{}},
		{"Frei ist der Eintritt für Kinder, die 12 Jahre noch nicht erreicht haben.", []string{}},
		{"Seine 16 Jahre jüngere Schwester ist drei Jahre älter als er.", []string{}},
		{"Eine Frau von 34 Jahren und ein Mann, 45 Jahre, wurden verletzt.", []string{}},
		{"Menschen über 60 Jahre und Jugendliche bis 18 Jahre sind eingeladen.", []string{}},
		// Lengths all the same.
		{"Der Kurs, der drei Tage dauert, ist voll.", []string{"drei Tage DURATION P3D"}},
		{"Der Bau dauerte über 50 Jahre.", []string{"50 Jahre DURATION P50Y"}},
		{"In den vergangenen Jahren und den letzten Monaten stieg die Zahl.", []string{"den vergangenen Jahren DURATION PXY", "den letzten Monaten DURATION PXM"}},
	})
}
