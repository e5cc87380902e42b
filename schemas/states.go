package schemas

import (
	"maps"
	"slices"
)

// States are the sixteen Länder by their codes of ISO 3166-2:DE, without the prefix "DE-".
var States = map[string]string{
	"BB": "Brandenburg", "BE": "Berlin", "BW": "Baden-Württemberg", "BY": "Bayern", "HB": "Bremen", "HE": "Hessen", "HH": "Hamburg",
	"MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen", "RP": "Rheinland-Pfalz", "SH": "Schleswig-Holstein",
	"SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt", "TH": "Thüringen",
}

// StateCodes are the codes of the Länder in alphabetical order.
func StateCodes() []string { return slices.Sorted(maps.Keys(States)) }
