package calendar

import (
	"slices"
	"strings"
)

// Class says what a form of a name is, for readers that trust some forms less than others.
type Class int

// The classes of forms.
const (
	Full     Class = iota // Januar, Jänner, Feber
	Genitive              // Januars
	Short                 // Jan, Mrz, Sept; written with or without a full stop
	English               // January, Oct: CMS that print English dates in German feeds
)

// Name is one form of a month's or weekday's name, in lower case and without a full stop.
type Name struct {
	Form   string
	Number int // months 1 to 12; weekdays 1 (Monday) to 7
	Class  Class
}

// rows of names: German, genitive, short, English; several forms of a kind are separated by blanks. Jänner and Feber are Austrian
// and South Tyrolean (Österreichisches Wörterbuch); Juno and Julei are spoken to tell the two apart.
var monthRows = [12][4]string{
	{"januar jänner jaenner", "januars jänners", "jan jän", "january"},
	{"februar feber", "februars febers", "feb febr", "february"},
	{"märz maerz", "märzes märzens", "mär mrz maer", "march mar"},
	{"april", "aprils", "apr", ""},
	{"mai", "mais", "", "may"},
	{"juni juno", "junis", "jun", "june"},
	{"juli julei", "julis", "jul", "july"},
	{"august", "augusts", "aug", ""},
	{"september", "septembers", "sept sep", ""},
	{"oktober", "oktobers", "okt", "october oct"},
	{"november", "novembers", "nov", ""},
	{"dezember", "dezembers", "dez", "december dec"},
}

var weekdayRows = [7][4]string{
	{"montag", "montags", "mo", "monday mon"},
	{"dienstag", "dienstags", "di die", "tuesday tue tues"},
	{"mittwoch", "mittwochs", "mi mit", "wednesday wed"},
	{"donnerstag", "donnerstags", "do don", "thursday thu thur thurs"},
	{"freitag", "freitags", "fr fre", "friday fri"},
	{"samstag sonnabend", "samstags sonnabends", "sa sam", "saturday sat"},
	{"sonntag", "sonntags", "so son", "sunday sun"},
}

var (
	months, monthByForm     = names(monthRows[:])
	weekdays, weekdayByForm = names(weekdayRows[:])
)

func names(rows [][4]string) ([]Name, map[string]Name) {
	var list []Name
	by := map[string]Name{}
	for i, row := range rows {
		for class, forms := range row {
			for _, form := range strings.Fields(forms) {
				n := Name{Form: form, Number: i + 1, Class: Class(class)}
				list, by[form] = append(list, n), n
			}
		}
	}
	return list, by
}

// Months are all forms of the names of months.
func Months() []Name { return slices.Clone(months) }

// Weekdays are all forms of the names of weekdays.
func Weekdays() []Name { return slices.Clone(weekdays) }

// Month finds a month by any form of its name, in any case, with or without a full stop behind it.
func Month(word string) (Name, bool) { return lookup(monthByForm, word) }

// Weekday finds a weekday in the same way.
func Weekday(word string) (Name, bool) { return lookup(weekdayByForm, word) }

func lookup(by map[string]Name, word string) (Name, bool) {
	word = strings.TrimSuffix(strings.TrimSpace(word), ".")
	if len(word) > 16 { // longer than any name
		return Name{}, false
	}
	n, ok := by[strings.ToLower(word)]
	return n, ok
}
