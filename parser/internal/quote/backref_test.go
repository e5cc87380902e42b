package quote

import "testing"

// Back references: words that stand for somebody named before.
func TestBackReferences(t *testing.T) {
	check(t, []attribution{
		{
			"the article tells the gender",
			[]string{`Familienhebamme Petra Lohmann besucht Eltern. Neun von zehn Familien machen mit.`, `„` + plan + `“, sagte die Hebamme.`},
			[]said{{plan, direct, "Petra Lohmann", byRole}},
		},
		{
			"the general word for a trade",
			[]string{`Der Preis geht an die Holzbildhauerin Petra Lohmann. Landrätin Anna Reuter gratulierte.`, `„` + plan + `“, sagte die Künstlerin.`},
			[]said{{plan, direct, "Petra Lohmann", byRole}},
		},
		{
			"the holder of an office before the last speaker",
			[]string{`Landrätin Petra Lohmann eröffnete das Haus. „Wir freuen uns sehr“, sagte Anna Reuter. „` + plan + `“, ergänzte die Landrätin.`},
			[]said{{"Wir freuen uns sehr", direct, "Anna Reuter", byName}, {plan, direct, "Petra Lohmann", byRole}},
		},
		{
			"by birthplace",
			[]string{`Jürgen Abels hat seine Lehre begonnen. „Ich wollte nie ins Büro“, sagt der 19-Jährige. „` + plan + `“, erklärt der gebürtige Musterauer.`},
			[]said{{"Ich wollte nie ins Büro", direct, "Jürgen Abels", byRole}, {plan, direct, "Jürgen Abels", byRole}},
		},
		{
			"his advice is no councillor",
			[]string{`„Wir helfen sofort“, sagte Jürgen Abels. Sein Rat an alle, die anrufen: „Bleiben Sie ruhig, sagen Sie, wo Sie sind.“`},
			[]said{{"Wir helfen sofort", direct, "Jürgen Abels", byName}, {"Bleiben Sie ruhig, sagen Sie, wo Sie sind.", direct, "Jürgen Abels", pronoun}},
		},
		{
			"his partner is not named",
			[]string{`„Wir helfen sofort“, sagte Jürgen Abels. Seine Partnerin fügte hinzu: „` + plan + `.“`},
			[]said{{"Wir helfen sofort", direct, "Jürgen Abels", byName}, {plan + ".", direct, "", ""}},
		},
		{
			"whose report it is",
			[]string{`Wie der Tourismusverband mitteilte, stieg die Aufenthaltsdauer. „` + plan + `“, heißt es in der Bilanz.`},
			[]said{{plan, direct, "Tourismusverband", goesOn}},
		},
		{
			"the institute by its full name",
			[]string{`Es bestehe nach Einschätzung des Erna-Sander-Instituts keine Gefahr. „` + plan + `“, heißt es in einer Stellungnahme des Instituts.`},
			[]said{{plan, direct, "Erna-Sander-Institut", byRole}},
		},
	})
}

func TestClauseOrFragment(t *testing.T) {
	check(t, []attribution{
		{
			"a short clause before a verb of praise",
			[]string{`„Die Richtung stimmt“, lobte Petra Lohmann den Plan.`},
			[]said{{"Die Richtung stimmt", direct, "Petra Lohmann", byName}},
		},
		{"a short answer", []string{`„Aus den Rücklagen“, antwortete Petra Lohmann.`}, []said{{"Aus den Rücklagen", direct, "Petra Lohmann", byName}}},
		{
			"within a clause of dass",
			[]string{`Petra Lohmann betonte, dass beide Seiten „auf Augenhöhe“ verhandelt hätten.`},
			[]said{{"auf Augenhöhe", fragment, "Petra Lohmann", byName}},
		},
		{
			"within reported speech",
			[]string{`Der Kreis müsse aber „auf Sicht fahren“, sagte Petra Lohmann.`},
			[]said{{"auf Sicht fahren", fragment, "Petra Lohmann", byName}},
		},
		{"a mark is no speech", []string{`Petra Lohmann meldet: Alle Seen haben die Note „ausgezeichnet“ erhalten.`}, nil},
	})
}
