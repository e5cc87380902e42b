package creditline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParties(t *testing.T) {
	for in, want := range map[string][]Party{
		"Boris Zerwann, stock.adobe.com":                                {{"Boris Zerwann", "stock.adobe.com"}},
		"© Boris Zerwann, stock.adobe.com":                              {{"Boris Zerwann", "stock.adobe.com"}},
		"Kreis Düren":                                                   {{"Kreis Düren", ""}},
		"Foto: Kreis Musterstadt / Erika Beispiel":                      {{"Kreis Musterstadt / Erika Beispiel", ""}},
		"© Stadt Musterstadt, Presseamt, Tim Probst":                    {{"Stadt Musterstadt, Presseamt, Tim Probst", ""}},
		"Erika Beispiel/dpa":                                            {{"Erika Beispiel", "dpa"}},
		"Erika Beispiel – stock.adobe.com":                              {{"Erika Beispiel", "stock.adobe.com"}},
		"Erika Beispiel - AdobeStock_123456":                            {{"Erika Beispiel", "AdobeStock_123456"}},
		"(c) Erika Beispiel | Getty Images":                             {{"Erika Beispiel", "Getty Images"}},
		"Erika Beispiel / Pool via Reuters":                             {{"Erika Beispiel", "Pool via Reuters"}},
		"picture alliance/dpa | Erika Beispiel":                         {{"", "picture alliance/dpa"}, {"Erika Beispiel", ""}},
		"Erika Beispiel | Erika Beispiel":                               {{"Erika Beispiel", ""}},
		"imago/Erika Beispiel | IMAGO/Erika Beispiel":                   {{"imago/Erika Beispiel", ""}},
		"Uncredited/AP/dpa":                                             {{"Uncredited", "AP/dpa"}},
		"Bildrechte: picture alliance/dpa":                              {{"", "picture alliance/dpa"}},
		"Foto: privat":                                                  {{"privat", ""}},
		"(Foto: privat)":                                                {{"privat", ""}},
		"Fotos (2): Tim Probst":                                         {{"Tim Probst", ""}},
		"Fotos: Tim Probst (2), Erika Beispiel (1)":                     {{"Tim Probst", ""}, {"Erika Beispiel", ""}},
		"Foto: Tim Probst; Grafik: Kreis Musterstadt":                   {{"Tim Probst", ""}, {"Kreis Musterstadt", ""}},
		"Foto: © Tim Probst":                                            {{"Tim Probst", ""}},
		"Foto © Tim Probst":                                             {{"Tim Probst", ""}},
		"Copyright: Tim Probst":                                         {{"Tim Probst", ""}},
		"Text und Foto: Tim Probst":                                     {{"Tim Probst", ""}},
		"Text/Bild: Tim Probst":                                         {{"Tim Probst", ""}},
		"Bildnachweis: Foto: Tim Probst":                                {{"Tim Probst", ""}},
		"© NDR Foto: Tim Probst":                                        {{"Tim Probst", ""}},
		"© 2024 Tim Probst":                                             {{"Tim Probst", ""}},
		"© Tim Probst 2024":                                             {{"Tim Probst", ""}},
		"Bildquelle: EU-Kommission":                                     {{"EU-Kommission", ""}},
		"Tim Probst/Copyright 2026 The AP. All rights reserved.":        {{"Tim Probst", "AP"}},
		"Copyright\u00a0Tim Probst":                                     {{"Tim Probst", ""}},
		"Foto von Erika Beispiel auf Unsplash":                          {{"Erika Beispiel", "Unsplash"}},
		"Photo by Erika Beispiel on Pexels":                             {{"Erika Beispiel", "Pexels"}},
		"Tim Probst/Archiv":                                             {{"Tim Probst", ""}},
		"Feuerwehr Musterstadt e.V.":                                    {{"Feuerwehr Musterstadt e.V.", ""}},
		"Foto: Tim Probst.":                                             {{"Tim Probst", ""}},
		"Fotograf: Tim Probst":                                          {{"Tim Probst", ""}},
		"Fotografin: Erika Beispiel":                                    {{"Erika Beispiel", ""}},
		"Tim Probst / CC BY-SA 4.0":                                     {{"Tim Probst", ""}},
		"Foto: pixabay":                                                 {{"", "pixabay"}},
		"Foto: Von Tim71, CC BY-SA 3.0, https://example.org/w?curid=1":  {{"Tim71", ""}},
		"Foto: Tim | flickr| CC BY 2.0":                                 {{"Tim", "flickr"}},
		"Foto: Tim Probst (Copyright)":                                  {{"Tim Probst", ""}},
		"Quelle: Foto Tim Probst":                                       {{"Tim Probst", ""}},
		"© Kreispolizei 1999-2021":                                      {{"Kreispolizei", ""}},
		"© dpa-infocom, dpa:220124-99-8/5":                              nil,
		"© dpa-AFX | Abb.: Kreis Musterstadt | 07.11.2023 08:03":        {{"", "dpa-AFX"}, {"Kreis Musterstadt", ""}},
		"© Erika Beispiel/photothek.net --pageNumber-- von --total--":   {{"Erika Beispiel", "photothek.net"}},
		"© Bundesrat | Erika Beispiel Hochauflösendes Bild (jpeg, 1MB)": {{"Bundesrat", ""}, {"Erika Beispiel", ""}},
		"(Foto: Rat/Erika Beispiel (bearbeitet durch rat.example))":     {{"Rat/Erika Beispiel", ""}},
		"Bild: Erika Beispiel In: Pfarrbriefservice.de":                 {{"Erika Beispiel", "Pfarrbriefservice.de"}},
		"©":      nil,
		"© 2024": nil,
		"Foto:":  nil,
		"null":   nil,
		strings.Repeat("Sehr langer Text ohne Ende ", 20): nil,
	} {
		if diff := cmp.Diff(want, Parties(in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
}

func TestIsLine(t *testing.T) {
	yes := []string{
		"Fotos: Berliner Feuerwehr", "(Foto: privat)", "© Kreis Musterstadt", "Tim Probst/dpa", "Foto: Kreis Musterstadt",
		"Bildnachweis: Tim Probst, stock.adobe.com", "Bild: Stadt Musterstadt / Erika Beispiel", "Foto: Verband der Feuerwehren in NRW",
		"Foto: Erika Beispiel von der Leyen", "Foto: mmg", "Symbolbild: pixabay", "Grafik: Kreis Musterstadt", "Text und Bild: Tim Probst",
		"picture alliance / dpa", "Foto: Amt für Umwelt", "Fotocredit: Tim Probst", "Foto: Dr. Erika Beispiel", "Bildautor: Tim Probst",
		"Foto von Erika Beispiel auf Unsplash", "Copyright: Tim Probst", "Archivfoto: Tim Probst",
		"© dpa-infocom, dpa:220124-99-8/5",
	}
	no := []string{
		"", "Foto: Landrat Tim Probst übergibt den Scheck an Erika Beispiel.", "Bild: Landrat Tim Probst", "Quelle: Statistisches Landesamt",
		"Bild: Übergabe der Urkunden", "Foto: Tim Probst (links) und Erika Beispiel", "Foto (v.l.): Tim Probst, Erika Beispiel",
		"Die Ausstellung zeigt Fotos: Landschaften, Menschen, Tiere und vieles mehr aus der Region.", "Der Kreis lädt ein.",
		"Bild 3: Die neue Brücke ist fertig", "SPD/Grüne", "Berlin, dpa ist eine Agentur", "© ist ein Zeichen. Es steht für Copyright.",
		"Bildunterschrift: Tim Probst bei der Arbeit", "Wandel und Bild: eine Reihe über Kunst", "Fotos: Wie die Feuerwehr übt",
		"(Foto: Beim Fest waren alle dabei)", "12°C/15°C", "3/4", "Reuters, Tim Probst", "Tim Probst, dpa", "Foto: Geschrieben von",
		"Logo: Bundesamt",
	}
	for _, s := range yes {
		if !IsLine(s) {
			t.Errorf("%q: want a credit line", s)
		}
	}
	for _, s := range no {
		if IsLine(s) {
			t.Errorf("%q: want no credit line", s)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ in, caption, credit string }{
		{"Der Neubau. Foto: Tim Probst", "Der Neubau.", "Foto: Tim Probst"},
		{"Der Neubau (Foto: Tim Probst)", "Der Neubau", "Foto: Tim Probst"},
		{"Der Neubau (Foto: Tim Probst).", "Der Neubau.", "Foto: Tim Probst"},
		{"Der Neubau | Bildquelle: Kreis Musterstadt", "Der Neubau", "Bildquelle: Kreis Musterstadt"},
		{"Der Neubau © NDR Foto: Tim Probst", "Der Neubau", "© NDR Foto: Tim Probst"},
		{"Beim Fest waren alle dabei. Tim Probst/dpa", "Beim Fest waren alle dabei.", "Tim Probst/dpa"},
		{"Beim Fest waren alle dabei | dpa", "Beim Fest waren alle dabei", "dpa"},
		{"Ein Bild: die Landrätin steht rechts.", "Ein Bild: die Landrätin steht rechts.", ""},
		{"Landrätin Erika Beispiel (links) und Tim Probst", "Landrätin Erika Beispiel (links) und Tim Probst", ""},
		{"Foto: Landrat Tim Probst übergibt den Scheck. Foto: Erika Beispiel", "Foto: Landrat Tim Probst übergibt den Scheck.", "Foto: Erika Beispiel"},
		{"Tim Probst, Erika Beispiel und Rolf Muster freuen sich", "Tim Probst, Erika Beispiel und Rolf Muster freuen sich", ""},
		{"© Kreis Musterstadt", "", "© Kreis Musterstadt"},
		{"Arbeitslose nach Jahren. Quelle: Bundesagentur für Arbeit", "Arbeitslose nach Jahren.", "Quelle: Bundesagentur für Arbeit"},
		{"Zu sehen am 3. Juli. Tim Probst/dpa", "Zu sehen am 3. Juli.", "Tim Probst/dpa"},
		{"Erika Beispiel tanzt. Tim P. Probst/dpa", "Erika Beispiel tanzt.", "Tim P. Probst/dpa"},
		{"Der Rat tagt. Tim Probst/Copyright 2026 The AP.", "Der Rat tagt. Tim Probst/Copyright 2026 The AP.", ""},
		{"Die Bahn. Foto: Von Tim71, CC BY-SA 3.0, https://example.org/w?curid=1", "Die Bahn.", "Foto: Von Tim71, CC BY-SA 3.0, https://example.org/w?curid=1"},
		{"", "", ""},
	} {
		caption, credit := Split(c.in)
		if caption != c.caption || credit != c.credit {
			t.Errorf("%q: got %q, %q; want %q, %q", c.in, caption, credit, c.caption, c.credit)
		}
	}
}

func TestSplitLongCaption(t *testing.T) {
	long := strings.Repeat("Ein Satz über die Brücke. ", 500)
	caption, credit := Split(long + "Foto: Tim Probst")
	if credit != "Foto: Tim Probst" || caption != strings.TrimSpace(long) {
		t.Errorf("got %q after %d bytes, want all %d", credit, len(caption), len(long)-1)
	}
	if _, credit := Split(strings.Repeat("© ", 300000)); credit != "" {
		t.Errorf("got %q", credit)
	}
}

func TestIsAgency(t *testing.T) {
	for s, want := range map[string]bool{
		"dpa": true, "picture alliance/dpa": true, "AdobeStock": true, "stock.adobe.com": true, "Pool via Reuters": true, "dpa/lnw": true,
		"Kreis Düren": false, "": false, "privat": false, "Max/dpa": false, "123": false,
	} {
		if got := IsAgency(s); got != want {
			t.Errorf("IsAgency(%q) = %v", s, got)
		}
	}
}

func FuzzCreditLine(f *testing.F) {
	for _, s := range []string{"Foto: Tim Probst", "(c) A | B / dpa; (2), C", "((((((", "Foto: Foto: Foto: ©©©", "\xff©\xfe", "Foto © von by auf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range Parties(s) {
			if p == (Party{}) {
				t.Errorf("%q: an empty party", s)
			}
			if len(p.Text()) > 4*maxLength+10 {
				t.Errorf("%q: party too long", s)
			}
		}
		IsLine(s)
		if caption, credit := Split(s); credit != "" && caption != "" && len(caption)+len(credit) > 4*len(s)+4 {
			t.Errorf("%q: split into more than there was", s)
		}
	})
}
