package timex

import "testing"

// TestPeriods covers months, seasons, quarters, weeks, decades, centuries.
func TestPeriods(t *testing.T) {
	check(t, []example{
		{"Anfang April startet die Freibadsaison, Mitte März beginnt der Vorverkauf.", []string{"Anfang April DATE 2024-04", "Mitte März DATE 2024-03"}},
		{"Ende 2023 lebten im Kreis mehr Menschen als Anfang 2020.", []string{"Ende 2023 DATE 2023", "Anfang 2020 DATE 2020"}},
		{"Im März und April sowie im Juni 2023 gab es Hochwasser.", []string{"März DATE 2023-03", "April DATE 2023-04", "Juni 2023 DATE 2023-06"}},
		{"Im Frühjahr 2025 soll die Schule fertig sein.", []string{"Frühjahr 2025 DATE 2025-SP"}},
		{"Der Bau soll im Sommer beginnen und bis zum Herbst dauern.", []string{"Sommer DATE 2024-SU", "Herbst DATE 2024-FA"}},
		{"In diesem Frühjahr und im letzten Winter", []string{"diesem Frühjahr DATE 2024-SP", "letzten Winter DATE 2023-WI"}},
		{"Der Winter 2023/24 war mild.", []string{"Winter 2023/24 DATE 2023-WI"}},
		{"Die Arbeiten sollen in der 12. Kalenderwoche beginnen und bis KW 15 dauern.", []string{"12. Kalenderwoche DATE 2024-W12", "KW 15 DATE 2024-W15"}},
		{"Im ersten Quartal 2024 stieg die Zahl, im zweiten Halbjahr soll sie sinken.", []string{
			"ersten Quartal 2024 DATE 2024-Q1", "zweiten Halbjahr DATE 2024-H2",
		}},
		{"Q3 2024 und Q1/2025", []string{"Q3 2024 DATE 2024-Q3", "Q1/2025 DATE 2025-Q1"}},
		{"Die Blütezeit (Juli bis September), die Monate Mai und Juni", []string{
			"Juli DATE 2024-07", "September DATE 2024-09", "Mai DATE 2024-05", "Juni DATE 2024-06",
		}},
		{"2019 wurde gebaut. Ende des Jahres zog die Schule ein.", []string{"2019 DATE 2019", "Ende des Jahres DATE 2019"}},
		{"Seit 2019 wird gebaut. Ende des Jahres zieht die Schule ein.", []string{"2019 DATE 2019", "Ende des Jahres DATE 2024"}},
		{"Im Sommer '92, Ende der 80er, im 19. Jh., im 5. Jahrhundert v. Chr.", []string{"Sommer '92 DATE 1992-SU", "Ende der 80er DATE 198", "19. Jh. DATE 18"}},
		{"Im ersten und zweiten Quartal 2024", []string{"ersten DATE 2024-Q1", "zweiten Quartal 2024 DATE 2024-Q2"}},
		{"In den 1990er Jahren entstand das Gebäude, in den 60er-Jahren die Brücke.", []string{"den 1990er Jahren DATE 199", "den 60er-Jahren DATE 196"}},
		{"Mitte der 1980er-Jahre, Ende der Neunziger, in den siebziger Jahren", []string{
			"Mitte der 1980er-Jahre DATE 198", "Ende der Neunziger DATE 199", "den siebziger Jahren DATE 197",
		}},
		{"Motorradfahren in den 50er bis 70er Jahren", []string{"den 50er DATE 195", "70er Jahren DATE 197"}},
		{"Das Schloss stammt aus dem 17. Jahrhundert.", []string{"dem 17. Jahrhundert DATE 16"}},
		{"Im 19. und 20. Jahrhundert", []string{"19. DATE 18", "20. Jahrhundert DATE 19"}},
		{"Anfang des 20. Jahrhunderts", []string{"Anfang des 20. Jahrhunderts DATE 19"}},
	})
}

// TestYears covers bare years, pairs and ranges.
func TestYears(t *testing.T) {
	check(t, []example{
		{"Seit 2007 gibt es den Verein.", []string{"2007 DATE 2007"}},
		{"Das Projekt läuft von 2019 bis 2021.", []string{"2019 DATE 2019", "2021 DATE 2021"}},
		{"Im Schuljahr 2023/24 besuchten 300 Kinder den Kurs.", []string{"Schuljahr 2023/24 DATE 2023-08/2024-07"}},
		{"Fotografien aus den Jahren 1950 bis 1990", []string{"1950 DATE 1950", "1990 DATE 1990"}},
		{"Walther (1170-1230), der Krieg 1939-45", []string{"1170 DATE 1170", "1230 DATE 1230", "1939 DATE 1939", "45 DATE 1945"}},
		{"Der Heimatpreis 2024 und die Agenda 2030 waren Thema.", []string{"2024 DATE 2024"}},
		{"Die Strategie 2021-2025 und das Programm 2022–2027 gelten.", []string{}},
		{"Das Programm 2024 liegt aus.", []string{"2024 DATE 2024"}},
		{"Im Wintersemester 2023/24 und in der Saison 2024/2025", []string{"Wintersemester 2023/24 DATE 2023-10/2024-03", "Saison 2024/2025 DATE 2024/2025"}},
		{"Es waren 1800 im Jahr 2021 und 1950 im vergangenen Jahr, inzwischen sind es 1650.", []string{"Jahr 2021 DATE 2021", "vergangenen Jahr DATE 2023"}},
		{"Die Zahl stieg auf 1950, sie sank von 2100 auf 1900, davon 1200 im Norden.", []string{}},
		{"Von 2019 auf 2020 stieg die Zahl um fünf Prozent.", []string{"2019 DATE 2019", "2020 DATE 2020"}},
		{"Im Jahr 1972 gegründet, feiert der Kreis 2022.", []string{"Jahr 1972 DATE 1972", "2022 DATE 2022"}},
		{"Er wurde 2009 Landrat und ist seit 1996 Mitglied.", []string{"2009 DATE 2009", "1996 DATE 1996"}},
		{"Die Straße hieß bis 1898 Schulstraße, Preußen entsandte 1801 Robert Müller.", []string{"1898 DATE 1898", "1801 DATE 1801"}},
		{"Im Jahre 1910, das ganze Jahr 2023, des Jahres 1991", []string{"Jahre 1910 DATE 1910", "Jahr 2023 DATE 2023", "des Jahres 1991 DATE 1991"}},
		{"Bis 2030 will der Kreis klimaneutral sein, 2045 spätestens.", []string{"2030 DATE 2030", "2045 DATE 2045"}},
	})
}
