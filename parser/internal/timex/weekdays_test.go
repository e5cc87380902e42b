package timex

import "testing"

// TestWeekdays covers weekdays seen from Tuesday, 12 March 2024.
func TestWeekdays(t *testing.T) {
	check(t, []example{
		{"Am Montag tagte der Ausschuss.", []string{"Montag DATE 2024-03-11"}},
		{"Am Montag tagt der Ausschuss.", []string{"Montag DATE 2024-03-18"}},
		{"Der Rat hat sich am Dienstag getroffen.", []string{"Dienstag DATE 2024-03-12"}},
		{"Am vergangenen Freitag wurde die neue Wache eingeweiht.", []string{"vergangenen Freitag DATE 2024-03-08"}},
		{"Am kommenden Dienstag lädt der Verein ein.", []string{"kommenden Dienstag DATE 2024-03-19"}},
		{"Diesen Donnerstag entscheidet der Kreistag.", []string{"Diesen Donnerstag DATE 2024-03-14"}},
		{"Am heutigen Dienstag beginnt die Messe.", []string{"heutigen Dienstag DATE 2024-03-12"}},
		{"Am gestrigen Montag brannte es.", []string{"gestrigen Montag DATE 2024-03-11"}},
		{"Am frühen Mittwochmorgen beginnt der Abbau, am späten Freitagabend ist Schluss.", []string{
			"Mittwochmorgen TIME 2024-03-13TMO", "Freitagabend TIME 2024-03-15TEV",
		}},
		{"Die Ausstellung ist bis Sonntag zu sehen.", []string{"Sonntag DATE 2024-03-17"}},
		{"Von Montag bis Mittwoch ist die Straße gesperrt.", []string{"Montag DATE 2024-03-18", "Mittwoch DATE 2024-03-20"}},
		{"Nächste Woche Dienstag trifft sich der Rat, am Mittwoch dieser Woche der Ausschuss.", []string{
			"Nächste Woche Dienstag DATE 2024-03-19", "Mittwoch dieser Woche DATE 2024-03-13",
		}},
		{"In der Nacht zum Sonntag brannte eine Scheune.", []string{"Sonntag DATE 2024-03-10"}},
		{"Der Kreis stellt am Montag die geplante Sanierung vor.", []string{"Montag DATE 2024-03-18"}},
		{"Die Impfaktion am Samstag war ein Erfolg.", []string{"Samstag DATE 2024-03-09"}},
		{"Das teilte das Landratsamt am Freitag mit. Die Sperrung gilt ab Montag.", []string{"Freitag DATE 2024-03-08", "Montag DATE 2024-03-18"}},
		{"Am Mittwoch und Donnerstag, 20. und 21. März, fällt die Sprechstunde aus.", []string{
			"Mittwoch DATE 2024-03-20", "Donnerstag DATE 2024-03-21", "20. DATE 2024-03-20", "21. März DATE 2024-03-21",
		}},
		{"Die Ausstellung wird am Sonntag eröffnet und ist bis 5. Mai zu sehen.", []string{"Sonntag DATE 2024-03-17", "5. Mai DATE 2024-05-05"}},
		{"In der Nacht von Samstag auf Sonntag, 30. auf 31. März, wird die Uhr umgestellt.", []string{
			"Nacht TIME 2024-03-30TNI", "Samstag DATE 2024-03-30", "Sonntag DATE 2024-03-31", "30. DATE 2024-03-30", "31. März DATE 2024-03-31",
		}},
		{"Dienstag stellt der Kreis den Bericht vor.", []string{"Dienstag DATE 2024-03-12"}},
	})
}
