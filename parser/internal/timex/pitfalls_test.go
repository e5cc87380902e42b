package timex

import "testing"

// TestPitfalls covers numbers and names that are no dates.
func TestPitfalls(t *testing.T) {
	check(t, []example{
		{"Der 1. Preis ging an die Schule, den 2. Platz belegte die AWO.", []string{}},
		{"Im 2. Abschnitt der Straße kostet ein Meter 12.50 Euro.", []string{}},
		{"Nach § 12.3 der Satzung und Version 2.1 ist das erlaubt, sagt Art. 5 Abs. 2.", []string{}},
		{"Telefon 02421 22-1062, Fax 02421 / 22 2024", []string{}},
		{"Az. 66.12.03-2024", []string{}},
		{"Das Büro in der Bismarckstraße 12. Eintritt 5 Euro.", []string{}},
		{"Robert Mai und August Müller gratulierten Juni Schmidt.", []string{}},
		{"So war es gut. Mi scheint es richtig. Di Caprio kam.", []string{}},
		{"Die Mai-Andacht in der Kirche und die März-Ausgabe.", []string{}},
		{"© 2024 Kreis Düren", []string{}},
		{"Copyright 2023 Stadt Beispiel", []string{}},
		{"Rund 2.000 Besucher und 2000 Helfer kamen, 1500 Euro wurden gespendet.", []string{}},
		{"Raum 2024, Zimmer 12, Haus 3, Postfach 1990", []string{}},
		{"Die Buslinie 12 hält in der 30er-Zone, die 90er fährt weiter.", []string{}},
		{"Das Spiel endete 3:1, im Tischtennis 21:15.", []string{}},
		{"Die UN-Resolution 1701 und DIN 1990", []string{}},
		{"Am 31. April und am 32. Mai passiert nichts.", []string{}},
		{"Der Wind wehte mit 2000 bis 3000 Metern Höhe.", []string{}},
		{"Guten Morgen, gute Nacht!", []string{}},
		{"Eines Tages kam der Wolf.", []string{}},
		{"Um 1.1, 2.1 und 3.2 Prozent stiegen die Preise.", []string{}},
		{"Noten von 1.3 bis 2.7, Kapitel 2.1 bis 2.3", []string{}},
		{"Noten von 1.3 bis 2.7. sind gut.", []string{}},
		{"Der Notenschnitt liegt zwischen 1.3. und 2.7.", []string{}},
		{"Am 3. Weihnachtstag und am dritten Weihnachtsfeiertag passiert nichts.", []string{}},
		{"Es kamen 1987 Zuschauer, eine Uhr wurde eingeblendet.", []string{}},
		{"Plätze: 1. 2. 3.", []string{}},
		{"Das war ein guter Tag.", []string{}},
		{"NetworkManager 1.8. gibt es schon.", []string{}},
		{"Am Ende war es gut, Ende 30 ist sie.", []string{}},
	})
}
