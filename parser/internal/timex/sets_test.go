package timex

import "testing"

// TestSets covers what recurs.
func TestSets(t *testing.T) {
	check(t, []example{
		{"Jeden ersten Montag im Monat berät der Pflegestützpunkt.", []string{"Jeden ersten Montag im Monat SET P1M"}},
		{"Am ersten Sonntag im Monat ist der Eintritt frei.", []string{"ersten Sonntag im Monat SET P1M"}},
		{"Die Sprechstunde findet jeden Mittwoch von 14 bis 17 Uhr statt.", []string{"jeden Mittwoch SET XXXX-WXX-3", "14 TIME T14:00", "17 Uhr TIME T17:00"}},
		{"Jeden Montagabend, jeden Tag, jede Woche, jedes Jahr", []string{
			"Jeden Montagabend SET XXXX-WXX-1TEV", "jeden Tag SET P1D", "jede Woche SET P1W", "jedes Jahr SET P1Y",
		}},
		{"Der Newsletter erscheint zweimal jährlich, das Amtsblatt wöchentlich.", []string{"zweimal jährlich SET P1Y 2X", "wöchentlich SET P1W"}},
		{"Alle zwei Jahre vergibt der Kreis den Heimatpreis.", []string{"Alle zwei Jahre SET P2Y"}},
		{"Rund 500 Menschen im Jahr nutzen das Angebot, 20 pro Woche.", []string{"im Jahr SET P1Y", "pro Woche SET P1W"}},
		{"Zweimal im Jahr, dreimal pro Woche, 3-mal täglich, einmal im Monat", []string{
			"Zweimal im Jahr SET P1Y 2X", "dreimal pro Woche SET P1W 3X", "3-mal täglich SET P1D 3X", "einmal im Monat SET P1M 1X",
		}},
		{"Der Müll wird vierzehntägig montags abgeholt.", []string{"vierzehntägig SET P2W", "montags SET XXXX-WXX-1"}},
		{"Die Pumpe springt zweimal jede Stunde an.", []string{"zweimal jede Stunde SET PT1H 2X"}},
		{"Stunde um Stunde", []string{"Stunde um Stunde SET PT1H"}},
		{"Jahr für Jahr wächst die jährliche Feier.", []string{"Jahr für Jahr SET P1Y", "jährliche SET P1Y"}},
		{"An Wochenenden ist zu, alle paar Jahre offen.", []string{"Wochenenden SET XXXX-WXX-WE", "alle paar Jahre SET PXY"}},
		{"Werktags und wochenends", []string{"Werktags SET XXXX-WXX-WD", "wochenends SET XXXX-WXX-WE"}},
		{"Der Sturm kam mit 120 Kilometern pro Stunde im Jahr der Wende.", []string{}},
	})
}

// TestOpeningHours covers opening hours.
func TestOpeningHours(t *testing.T) {
	check(t, []example{
		{"Das Amt ist Mo-Fr 8-12 Uhr und Do 14-18 Uhr geöffnet.", []string{
			"Mo SET XXXX-WXX-1", "Fr SET XXXX-WXX-5", "8 TIME T08:00", "12 Uhr TIME T12:00", "Do SET XXXX-WXX-4", "14 TIME T14:00",
			"18 Uhr TIME T18:00",
		}},
		{"Öffnungszeiten: Montag bis Freitag 8 bis 12 Uhr, Donnerstag zusätzlich 14 bis 18 Uhr", []string{
			"Montag SET XXXX-WXX-1", "Freitag SET XXXX-WXX-5", "8 TIME T08:00", "12 Uhr TIME T12:00", "Donnerstag SET XXXX-WXX-4", "14 TIME T14:00",
			"18 Uhr TIME T18:00",
		}},
		{"Die Beratung ist montags bis donnerstags von 8.30 bis 16 Uhr erreichbar.", []string{
			"montags SET XXXX-WXX-1", "donnerstags SET XXXX-WXX-4", "8.30 TIME T08:30", "16 Uhr TIME T16:00",
		}},
		{"Tel. 02421/22-0, montags-freitags 8:00-16:00 Uhr", []string{
			"montags SET XXXX-WXX-1", "freitags SET XXXX-WXX-5", "8:00 TIME T08:00", "16:00 Uhr TIME T16:00",
		}},
		{"dienstags und donnerstags von 9 bis 12 Uhr", []string{"dienstags SET XXXX-WXX-2", "donnerstags SET XXXX-WXX-4", "9 TIME T09:00", "12 Uhr TIME T12:00"}},
		{"Mittwochs von 16 bis 18 Uhr, samstags 10-13 Uhr", []string{
			"Mittwochs SET XXXX-WXX-3", "16 TIME T16:00", "18 Uhr TIME T18:00", "samstags SET XXXX-WXX-6", "10 TIME T10:00", "13 Uhr TIME T13:00",
		}},
		{"Täglich außer montags von 10.00 bis 18.00 Uhr", []string{"Täglich SET P1D", "montags SET XXXX-WXX-1", "10.00 TIME T10:00", "18.00 Uhr TIME T18:00"}},
	})
}
