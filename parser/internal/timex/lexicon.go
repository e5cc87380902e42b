package timex

import "strings"

// table turns rows of words with one meaning into a look-up by word; its arguments are meanings, each followed by its words.
func table(rows ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i+1 < len(rows); i += 2 {
		for w := range strings.FieldsSeq(rows[i+1]) {
			m[w] = rows[i]
		}
	}
	return m
}

// words is a set of words.
func words(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// indexed numbers its rows from first: the n-th row holds the forms of the n-th thing.
func indexed(first int, rows ...string) map[string]int {
	m := map[string]int{}
	for i, r := range rows {
		for w := range strings.FieldsSeq(r) {
			m[w] = first + i
		}
	}
	return m
}

// months by name, with the Austrian and South Tyrolean forms (Jänner, Feber) and the genitive.
var months = indexed(1, "januar januars jänner jänners jan jän", "februar februars feber feb", "märz märzes mrz", "april aprils apr", "mai mais", "juni junis jun juno",
	"juli julis jul julei", "august augusts aug", "september septembers sep sept", "oktober oktobers okt", "november novembers nov", "dezember dezembers dez")

// shortMonths are forms that are no month outside a full date.
var shortMonths = words("jan jän feb mrz apr jun jul aug sep sept okt nov dez mais")

// nameMonths are also given names or surnames.
var nameMonths = words("mai august april juni juli jan märz")

var weekdays = indexed(1, "montag montags", "dienstag dienstags", "mittwoch mittwochs", "donnerstag donnerstags", "freitag freitags", "samstag samstags sonnabend sonnabends", "sonntag sonntags")

// shortDays are weekdays only beside a date or in opening hours.
var shortDays = indexed(1, "mo", "di", "mi", "do", "fr", "sa", "so")

// partsOfDay are the TIMEX3 codes of the parts of a day; early morning and "früh" count as morning.
var partsOfDay = table(
	"MO", "morgen morgens früh vormittag vormittags vormittage frühmorgens morgenstunden vormittagsstunden morgengrauen", "MI", "mittag mittags mittagszeit mittagsstunden",
	"AF", "nachmittag nachmittags nachmittagsstunden", "EV", "abend abends abendstunden vorabend", "NI", "nacht nachts nächte nachtstunden mitternacht")

var seasons = table("SP", "frühling frühlings frühjahr frühjahrs frühlingsmonate frühlingsmonaten frühjahres", "SU", "sommer sommers sommermonate sommermonaten spätsommer frühsommer hochsommer",
	"FA", "herbst herbsts herbstes herbstmonate herbstmonaten spätherbst frühherbst", "WI", "winter winters wintermonate wintermonaten")

// units of time with their TIMEX3 letter; T before the clock units.
var units = table(
	"TS", "sekunde sekunden sek", "TM", "minute minuten min", "TH", "stunde stunden std", "D", "tag tage tagen tages arbeitstag arbeitstage arbeitstagen werktag werktage werktagen kalendertage kalendertagen",
	"W", "woche wochen kalenderwochen", "M", "monat monate monaten monats monates", "Q", "quartal quartale quartalen quartals",
	"Y", "jahr jahre jahren jahres jahrs arbeitsjahr kalenderjahr kalenderjahres schuljahr schuljahres schuljahre schuljahren geschäftsjahr geschäftsjahres geschäftsjahre haushaltsjahr haushaltsjahres gesamtjahr gesamtjahres wirtschaftsjahr wirtschaftsjahres studienjahr studienjahres kindergartenjahr kindergartenjahres kita-jahr kita-jahres ausbildungsjahr",
	"DE", "jahrzehnt jahrzehnte jahrzehnten jahrzehnts jahrzehntes", "CE", "jahrhundert jahrhunderte jahrhunderten jahrhunderts jahrhundertes jh jhd jhdt",
	"WE", "wochenende wochenenden wochenendes", "HY", "halbjahr halbjahres halbjahrs jahreshälfte semester semesters trimester trimesters")

// plurals are forms of units that can only be, or usually are, plural.
var plurals = words("sek min std sekunden minuten stunden tage tagen arbeitstage arbeitstagen werktage werktagen wochen monate monaten quartale jahre jahren jahrzehnte jahrzehnten jahrhunderte jahrhunderten wochenenden")

// relative adjectives: how many units from the anchor's.
var relatives = func() map[string]int {
	m := map[string]int{}
	for n, stems := range map[int]string{-1: "letzt vergangen vorig verflossen abgelaufen zurückliegend vorangegangen", 0: "laufend aktuell", 1: "nächst kommend folgend darauffolgend bevorstehend"} {
		for s := range strings.FieldsSeq(stems) {
			for _, e := range []string{"e", "en", "er", "em", "es"} {
				m[s+e] = n
			}
		}
	}
	return m
}()

var (
	definite   = words("der die das dem den des")
	these      = words("dieser diese dieses diesem diesen")
	everyWord  = words("jeder jede jedes jedem jeden")
	indefinite = words("ein eine einem einen einer eines")
	approx     = words("etwa rund gut fast genau knapp ca circa zirka ungefähr gute gutes guter knappe knappes knapper knappen guten")
)
