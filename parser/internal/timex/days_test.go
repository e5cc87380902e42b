package timex

import "testing"

// TestDays covers calendar days, with and without weekday and year, in lists and ranges.
func TestDays(t *testing.T) {
	check(t, []example{
		{"Die Sitzung findet am Dienstag, 19. März 2024, um 18.30 Uhr statt.", []string{
			"Dienstag, 19. März 2024 DATE 2024-03-19", "18.30 Uhr TIME 2024-03-19T18:30",
		}},
		{"Das Museum ist vom 12. bis zum 14. April geöffnet.", []string{"12. DATE 2024-04-12", "14. April DATE 2024-04-14"}},
		{"Am Samstag, den 16. März 2024, öffnet das Kreisarchiv.", []string{"Samstag, den 16. März 2024 DATE 2024-03-16"}},
		{"Am Montag, dem 18. März, ist das Amt zu.", []string{"Montag, dem 18. März DATE 2024-03-18"}},
		{"Der Wertstoffhof bleibt vom 28. März bis einschließlich 1. April 2024 geschlossen.", []string{
			"28. März DATE 2024-03-28",
			"1. April 2024 DATE 2024-04-01",
		}},
		{"Die Bauarbeiten dauern vom 28. Dezember bis 3. Januar 2025.", []string{"28. Dezember DATE 2024-12-28", "3. Januar 2025 DATE 2025-01-03"}},
		{"Anmeldungen sind bis zum 31. Mai möglich.", []string{"31. Mai DATE 2024-05-31"}},
		{"Das Seminar läuft am 12./13. April.", []string{"12. DATE 2024-04-12", "13. April DATE 2024-04-13"}},
		{"Am 3., 10. und 17. April trifft sich die Gruppe.", []string{"3. DATE 2024-04-03", "10. DATE 2024-04-10", "17. April DATE 2024-04-17"}},
		{"Am 12. und 13. März fand die Messe statt.", []string{"12. DATE 2024-03-12", "13. März DATE 2024-03-13"}},
		{"17.-19. Mai 2024", []string{"17. DATE 2024-05-17", "19. Mai 2024 DATE 2024-05-19"}},
		{"16. + 17. März", []string{"16. DATE 2024-03-16", "17. März DATE 2024-03-17"}},
		{"Am Freitag, 12., und Samstag, 13. April, wird gefeiert.", []string{"Freitag, 12. DATE 2024-04-12", "Samstag, 13. April DATE 2024-04-13"}},
		{"Von Freitag, 12., bis einschließlich Sonntag, 14. April, wird gefeiert.", []string{"Freitag, 12. DATE 2024-04-12", "Sonntag, 14. April DATE 2024-04-14"}},
		{"Samstag/Sonntag, 16./17. März 2024", []string{
			"Samstag DATE 2024-03-16", "Sonntag DATE 2024-03-17", "16. DATE 2024-03-16", "17. März 2024 DATE 2024-03-17",
		}},
		{"Vom 8. auf den 9. März kam es zu Stromausfällen.", []string{"8. DATE 2024-03-08", "9. März DATE 2024-03-09"}},
		{"Termin: Di., 19.03.2024", []string{"Di., 19.03.2024 DATE 2024-03-19"}},
		{"Sa., 16.03. und So., 17.03.2024", []string{"Sa., 16.03. DATE 2024-03-16", "So., 17.03.2024 DATE 2024-03-17"}},
		{"Die Umleitung gilt ab 18.3. bis 22.3.", []string{"18.3. DATE 2024-03-18", "22.3. DATE 2024-03-22"}},
		{"Das Jobcenter ist am 12.3., 19.3. und 26.3. geschlossen.", []string{"12.3. DATE 2024-03-12", "19.3. DATE 2024-03-19", "26.3. DATE 2024-03-26"}},
		{"Die Satzung trat am 1. 1. 2024 in Kraft, das Gesetz 2023-11-30.", []string{"1. 1. 2024 DATE 2024-01-01", "2023-11-30 DATE 2023-11-30"}},
		{"Am kommenden Samstag, 16. März, wird gesungen.", []string{"kommenden Samstag, 16. März DATE 2024-03-16"}},
		{"Am zwölften März 1950 wurde gefeiert.", []string{"zwölften März 1950 DATE 1950-03-12"}},
		{"Der Vertrag gilt ab dem 1.Oktober.", []string{"1.Oktober DATE 2024-10-01"}},
		{"In der Zeit vom 1. Oktober bis 28./29. Februar", []string{"1. Oktober DATE 2024-10-01", "28. DATE 2025-02-28", "29. Februar DATE XXXX-02-29"}},
		{"Am 9. Juni dieses Jahres und am 4. Mai des vergangenen Jahres", []string{
			"9. Juni dieses Jahres DATE 2024-06-09", "4. Mai des vergangenen Jahres DATE 2023-05-04",
		}},
		{"Am zweiten Samstag im April ist Flohmarkt, am letzten Sonntag im Juni 2024 Markt.", []string{
			"zweiten Samstag im April DATE 2024-04-13", "letzten Sonntag im Juni 2024 DATE 2024-06-30",
		}},
		{"Das Fest findet am ersten Wochenende im Mai statt.", []string{"ersten Wochenende im Mai DATE 2024-W18-WE"}},
		{"Vom 12. Febr. 2024 bis zum 3. Mär. 2024", []string{"12. Febr. 2024 DATE 2024-02-12", "3. Mär. 2024 DATE 2024-03-03"}},
		{"Am Die. 12 und mit 13 Leuten", []string{}},
		{"STAND: 12. MÄRZ 2024", []string{"12. MÄRZ 2024 DATE 2024-03-12"}},
	})
}

// TestWeekdayWarning covers the named weekday is checked.
func TestWeekdayWarning(t *testing.T) {
	check(t, []example{
		{"Am Dienstag, 13. März 2024, tagt der Ausschuss.", []string{"Dienstag, 13. März 2024 DATE 2024-03-13 !weekday"}},
		{"Am Mittwoch, 13. März 2024, tagt der Ausschuss.", []string{"Mittwoch, 13. März 2024 DATE 2024-03-13"}},
		{"Am Donnerstag, 13. März, tagt der Rat.", []string{"Donnerstag, 13. März DATE 2024-03-13 !weekday"}},
		{"Freitag (15. März) und Samstag (16.3.)", []string{
			"Freitag DATE 2024-03-15", "15. März DATE 2024-03-15", "Samstag DATE 2024-03-16", "16.3. DATE 2024-03-16",
		}},
	})
}

// TestYearless covers the year of a day without one follows tense, preposition and weekday.
func TestYearless(t *testing.T) {
	check(t, []example{
		{"Am 20. Dezember wurde der Haushalt beschlossen.", []string{"20. Dezember DATE 2023-12-20"}},
		{"Am 20. Dezember wird der Haushalt beschlossen.", []string{"20. Dezember DATE 2024-12-20"}},
		{"Am 24. Dezember und 31. Dezember bleibt das Kreishaus zu.", []string{"24. Dezember DATE 2024-12-24", "31. Dezember DATE 2024-12-31"}},
		{"Am 5. Januar hat der Landrat den Bescheid übergeben.", []string{"5. Januar DATE 2024-01-05"}},
		{"Der Vertrag wurde im Februar unterzeichnet.", []string{"Februar DATE 2024-02"}},
		{"Die Übergabe zum 1. Oktober wurde beschlossen.", []string{"1. Oktober DATE 2024-10-01"}},
		{"Seit November gilt die neue Regel.", []string{"November DATE 2023-11"}},
		{"Das Projekt startete im Mai 2022; im September folgte der zweite Teil.", []string{"Mai 2022 DATE 2022-05", "September DATE 2022-09"}},
		{"Im Juli beginnt der Umbau.", []string{"Juli DATE 2024-07"}},
		{"Am 29. Februar wurde gefeiert.", []string{"29. Februar DATE 2024-02-29"}},
	})
}
