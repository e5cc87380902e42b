package timex

import "testing"

// TestHolidays covers feasts, fixed and movable.
func TestHolidays(t *testing.T) {
	check(t, []example{
		{"Zu Ostern bleibt die Verwaltung geschlossen, auch am Karfreitag und an Pfingsten.", []string{
			"Ostern DATE 2024-03-31", "Karfreitag DATE 2024-03-29", "Pfingsten DATE 2024-05-19",
		}},
		{"Am 1. Advent öffnet der Weihnachtsmarkt, der bis Heiligabend dauert.", []string{"1. Advent DATE 2024-12-01", "Heiligabend DATE 2024-12-24"}},
		{"Zum Internationalen Frauentag am 8. März kamen 200 Gäste.", []string{"Internationalen Frauentag DATE 2024-03-08", "8. März DATE 2024-03-08"}},
		{"Am Tag der Deutschen Einheit ruht der Betrieb, am Tag der Arbeit auch.", []string{
			"Tag der Deutschen Einheit DATE 2024-10-03", "Tag der Arbeit DATE 2024-05-01",
		}},
		{"Pfingsten 2025 und Fronleichnam", []string{"Pfingsten 2025 DATE 2025-06-08", "Fronleichnam DATE 2024-05-30"}},
		{"An Weihnachten wurde gesungen, zu Silvester geschossen.", []string{"Weihnachten DATE 2023-12-25", "Silvester DATE 2023-12-31"}},
		{"Am Buß- und Bettag, am Volkstrauertag und am Totensonntag wird gedacht.", []string{
			"Buß- und Bettag DATE 2024-11-20", "Volkstrauertag DATE 2024-11-17", "Totensonntag DATE 2024-11-24",
		}},
		{"Nikolaus Müller trank Wein.", []string{}},
	})
}
