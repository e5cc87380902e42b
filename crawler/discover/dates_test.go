package discover

import "testing"

func TestGermanDay(t *testing.T) {
	for text, want := range map[string]string{
		"02.09.2024": "2024-09-02", "Düren, 2. 9. 2024": "2024-09-02", "am 2. September 2024 um 8 Uhr": "2024-09-02", "2024-09-02": "2024-09-02",
		"1. Jänner 2024": "2024-01-01", "3. März 2024, geändert 04.05.2024": "2024-03-03", "31.02.2024": "", "": "", "Tel. 02421 22.10.1234567": "",
		"112.9.2024": "", "2.9.": "", "Nr. 12/2024": "", "99.99.9999": "",
	} {
		if got := germanDay(text); got != want {
			t.Errorf("germanDay(%q) = %q, want %q", text, got, want)
		}
	}
}
