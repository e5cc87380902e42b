package timex

import "testing"

// TestClock covers times of day and the day they belong to.
func TestClock(t *testing.T) {
	check(t, []example{
		{"Die Kreistagssitzung beginnt am Donnerstag, 21. März, um 17 Uhr im Großen Saal.", []string{
			"Donnerstag, 21. März DATE 2024-03-21", "17 Uhr TIME 2024-03-21T17:00",
		}},
		{"Am Samstag, 16. März, ist von 10 bis 16 Uhr Markt.", []string{
			"Samstag, 16. März DATE 2024-03-16", "10 TIME 2024-03-16T10:00", "16 Uhr TIME 2024-03-16T16:00",
		}},
		{"Termin: 19.03.2024, 14:00 - 16:30 Uhr", []string{"19.03.2024 DATE 2024-03-19", "14:00 TIME 2024-03-19T14:00", "16:30 Uhr TIME 2024-03-19T16:30"}},
		{"19.03.2024, 14:00 - 16:30, Kreishaus", []string{"19.03.2024 DATE 2024-03-19", "14:00 TIME 2024-03-19T14:00", "16:30 TIME 2024-03-19T16:30"}},
		{"Termin: Mi, 20.3.24 um 19h", []string{"Mi, 20.3.24 DATE 2024-03-20", "19h TIME 2024-03-20T19:00"}},
		{"Das Seminar läuft am 12./13. April, jeweils von 9:30 Uhr bis 15:00 Uhr.", []string{
			"12. DATE 2024-04-12", "13. April DATE 2024-04-13", "9:30 Uhr TIME T09:30", "15:00 Uhr TIME T15:00",
		}},
		{"Der Film läuft am 20. März um 20 Uhr. Einlass ist ab 19.30 Uhr.", []string{
			"20. März DATE 2024-03-20", "20 Uhr TIME 2024-03-20T20:00", "19.30 Uhr TIME 2024-03-20T19:30",
		}},
		{"Um 19 Uhr am 20. März beginnt das Konzert.", []string{"19 Uhr TIME 2024-03-20T19:00", "20. März DATE 2024-03-20"}},
		{"Der Unfall ereignete sich gegen 14.15 Uhr am Montagnachmittag.", []string{"14.15 Uhr TIME 2024-03-11T14:15", "Montagnachmittag TIME 2024-03-11TAF"}},
		{"Am Samstag, 16. März, gibt es Führungen um 11 und 14 Uhr.", []string{
			"Samstag, 16. März DATE 2024-03-16", "11 TIME 2024-03-16T11:00", "14 Uhr TIME 2024-03-16T14:00",
		}},
		{"Um fünf vor drei Uhr, um 20 nach 7, gegen fünf vor halb neun und um dreiviertel acht", []string{
			"fünf vor drei Uhr TIME T02:55", "20 nach 7 TIME T07:20", "fünf vor halb neun TIME T08:25", "dreiviertel acht TIME T07:45",
		}},
		{"Gegen drei viertel zehn und um fünf nach halb zwölf", []string{"drei viertel zehn TIME T09:45", "fünf nach halb zwölf TIME T11:35"}},
		{"Das Spiel endete zehn vor acht Punkten, es ging um zehn vor acht Gästen.", []string{}},
		{"Einlass 18:15h, Beginn um 19.30h, Ende 22h, Abfahrt um 21h30.", []string{
			"18:15h TIME T18:15", "19.30h TIME T19:30", "22h TIME T22:00", "21h30 TIME T21:30",
		}},
		{"Das Konzert beginnt um 19h.", []string{"19h TIME T19:00"}},
		{"Der Motor lief 15h lang.", []string{}},
		{"Um 8 Uhr beginnt die Begehung, um 10.45 folgt der Empfang.", []string{"8 Uhr TIME T08:00", "10.45 TIME T10:45"}},
		{"Um 8 Uhr stieg der Preis um 10.45 Prozent, um 12.20 auf 20 Euro und um 10.45 Euro.", []string{"8 Uhr TIME T08:00"}},
		{"Die Quote stieg um 10.45, das ist viel.", []string{}},
		{"Heute Bürgersprechstunde 17 Uhr.", []string{"Heute DATE 2024-03-12", "17 Uhr TIME 2024-03-12T17:00"}},
		{"Um halb acht, um Viertel nach acht und um zwölf Uhr läuten die Glocken.", []string{
			"halb acht TIME T07:30", "Viertel nach acht TIME T08:15", "zwölf Uhr TIME T12:00",
		}},
		{"Am 20. März von 18-20h", []string{"20. März DATE 2024-03-20", "18 TIME 2024-03-20T18:00", "20h TIME 2024-03-20T20:00"}},
		{"Um 8 Uhr abends ist Schluss.", []string{"8 Uhr TIME T20:00"}},
		{"Am Montagabend beginnt um sieben das Konzert, heute um elf die Probe.", []string{
			"Montagabend TIME 2024-03-18TEV", "heute DATE 2024-03-12", "elf TIME 2024-03-12T11:00",
		}},
		{"Am Montagabend um sieben beginnt das Konzert.", []string{"Montagabend TIME 2024-03-18TEV", "sieben TIME 2024-03-18T19:00"}},
		{"Am Nachmittag um sieben Prozent gestiegen", []string{"Nachmittag TIME XXXX-XX-XXTAF"}},
		{"Am 20. März ist die jährliche Messe. Beginn ist um 10 Uhr. Geöffnet ist sonst täglich ab 9 Uhr.", []string{
			"20. März DATE 2024-03-20", "jährliche SET P1Y", "10 Uhr TIME 2024-03-20T10:00", "täglich SET P1D", "9 Uhr TIME T09:00",
		}},
		{"Die Zahl stieg um zehn auf zwölf.", []string{}},
		{"Die Buslinie fährt um 7.15, 8.15 und 9.15 Uhr.", []string{"7.15 TIME T07:15", "8.15 TIME T08:15", "9.15 Uhr TIME T09:15"}},
		{"Zwischen 8 und 12 Uhr ist die Straße gesperrt.", []string{"8 TIME T08:00", "12 Uhr TIME T12:00"}},
		{"Beginn: 18:00, Ende: 20:00 Uhr", []string{"18:00 TIME T18:00", "20:00 Uhr TIME T20:00"}},
		{"Die Straße ist von Montag, 18. März, 7 Uhr, bis Freitag, 22. März, 17 Uhr, gesperrt.", []string{
			"Montag, 18. März DATE 2024-03-18", "7 Uhr TIME 2024-03-18T07:00", "Freitag, 22. März DATE 2024-03-22", "17 Uhr TIME 2024-03-22T17:00",
		}},
		{"Am 31. Dezember um Mitternacht beginnt das Jahr.", []string{"31. Dezember DATE 2024-12-31", "Mitternacht TIME 2024-12-31T24:00"}},
		{"Wahl zum Bundestag am 23.2.2025 von 8 bis 18 Uhr", []string{"23.2.2025 DATE 2025-02-23", "8 TIME 2025-02-23T08:00", "18 Uhr TIME 2025-02-23T18:00"}},
	})
}

// TestDayparts covers parts of the day.
func TestDayparts(t *testing.T) {
	check(t, []example{
		{"Heute Abend spricht der Landrat, morgen früh der Bürgermeister.", []string{"Heute Abend TIME 2024-03-12TEV", "morgen früh TIME 2024-03-13TMO"}},
		{"Gestern Nachmittag brannte es.", []string{"Gestern Nachmittag TIME 2024-03-11TAF"}},
		{"Am 20. März wird gewandert, am Abend gegrillt.", []string{"20. März DATE 2024-03-20", "Abend TIME 2024-03-20TEV"}},
		{"Nachts ist die Leitstelle besetzt.", []string{"Nachts SET XXXX-XX-XXTNI"}},
		{"Am gestrigen Vormittag kam es zum Unfall.", []string{"gestrigen Vormittag TIME 2024-03-11TMO"}},
		{"In der Nacht auf den 10. März stürmte es.", []string{"10. März DATE 2024-03-10"}},
		{"Am Morgen des 10. März war es ruhig.", []string{"Morgen des 10. März TIME 2024-03-10TMO"}},
		{"Der Unfall geschah am 5. März; am nächsten Morgen war die Straße frei.", []string{"5. März DATE 2024-03-05", "nächsten Morgen TIME 2024-03-06TMO"}},
	})
}
