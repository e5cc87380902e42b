package schemas

import "testing"

func TestLasting(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Diese Seite wurde 1.204 mal aufgerufen.", "Diese Seite wurde 1.317 mal aufgerufen.", true},
		{"Gelesen: 17", "Gelesen: 18", true},
		{"Bisher 99 Mal gelesen", "Bisher 100 Mal gelesen", true},
		{"Aufrufe: 99", "Aufrufe: 1 204", true},
		{"Anzahl der Zugriffe: 3", "Anzahl der Zugriffe: 4", true},
		{"12 Kommentare", "13 Kommentare", true},
		{"Heute ist Dienstag, der 3. März 2026", "Heute ist Mittwoch, der 4. März 2026", true},
		{"Uhrzeit: 10:31", "Uhrzeit: 12:04", true},
		{"Erschienen vor 2 Tagen", "Erschienen vor einer Woche", true},
		{"vor 5 Minuten", "vor zwei Stunden", true},
		{"Noch 12 Tage bis zum Kreisfest", "Noch 11 Tage bis zum Kreisfest", true},

		{"Die Brücke kostet 120 Euro je Meter.", "Die Brücke kostet 130 Euro je Meter.", false},
		{"Beginn: 18 Uhr", "Beginn: 19 Uhr", false},
		{"Telefon: 0241 1234", "Telefon: 0241 1235", false},
		{"12. März 2026", "13. März 2026", false},
		{"Vor 3 Jahren begann der Bau.", "Vor 4 Jahren begann der Bau.", false},
		{
			"Zum Tag der offenen Tür kamen 1.200 Besucher in das Kreishaus, so viele wie nie zuvor, sagte der Landrat.",
			"Zum Tag der offenen Tür kamen 1.300 Besucher in das Kreishaus, so viele wie nie zuvor, sagte der Landrat.", false,
		},
		{"Heute tagt der Kreistag ab 16 Uhr.", "Heute tagt der Kreistag ab 17 Uhr.", false},
		{
			"Der Bericht wurde von 12 Ausschüssen gelesen und beraten, im Kreistag ist er für den 3. März vorgesehen, danach folgt die Anhörung der Städte.",
			"Der Bericht wurde von 13 Ausschüssen gelesen und beraten, im Kreistag ist er für den 3. März vorgesehen, danach folgt die Anhörung der Städte.", false,
		},
	} {
		a, _ := lasting(c.a)
		b, _ := lasting(c.b)
		if (a == b) != c.same {
			t.Errorf("%q → %q\n%q → %q\nsame %v, want %v", c.a, a, c.b, b, a == b, c.same)
		}
	}
}
