package timex

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// Most words of a text have nothing to do with time. A trigger sorts them out with one look-up, so that the rules run only where they
// may find something.
type trigger uint8

const (
	idle   trigger = iota
	weak           // begins an expression only with a strong word or a number after it: articles, prepositions
	strong         // a word of time or of number
)

// reachOfWeak is how many tokens a weak word may stand before the strong one.
const reachOfWeak = 4

var triggers = func() map[string]trigger {
	m := map[string]trigger{}
	add := func(t trigger, ws ...string) {
		for _, w := range ws {
			if t > m[w] {
				m[w] = t
			}
		}
	}
	for _, t := range []map[string]int{months, weekdays, shortDays, relatives, ordinals, tens, ones, decadeWords, deicticDays} {
		for w := range t {
			add(strong, w)
		}
	}
	for _, t := range []map[string]string{partsOfDay, seasons, units, frequencies, vagueTimes, longAdjectives} {
		for w := range t {
			add(strong, w)
		}
	}
	for _, t := range []map[string]bool{these, everyWord, vague} {
		for w := range t {
			add(strong, w)
		}
	}
	for w := range namedLengths {
		add(strong, w)
	}
	for w := range holidayDays {
		add(strong, w)
	}
	for w := range halves {
		add(strong, w)
	}
	add(strong, strings.Fields(`kw kalenderwoche halb viertel vorjahr vorjahres vorjahrs vorvorjahr folgejahr folgejahres heuer heurige heurigen mehrmals mehrfach moment augenblick zukunft kurzem zeit vortag vortages vortags
 folgetag folgetages tags jahresende jahresbeginn jahresanfang jahresmitte monatsende monatsanfang wochenbeginn wochenanfang gestrigen gestrige gestriger heutige heutigen heutiger heutiges heutigem morgigen morgige
 folgenden advent adventssonntag adventswochenende weihnachtstag weihnachtsfeiertag himmelfahrt frauentag frauentags frauentages bettag einheit arbeit könige königen abend paar mal q1 q2 q3 q4`)...)
	add(weak, strings.Fields(`der die das dem den des ein eine einem einen einer eines all alle allen aller jener jenem jenen jene anfang mitte ende beginn im am in pro je vor seit zur frühen späten frühe späte selben gleichen selbe gleiche ganze
 ganzen ganzes gesamte gesamten volle vollen volles lange langen christi heiligen heilige heiliger internationalen internationaler buß buß- jüngster jüngsten absehbarer nächster vergangener beiden beide`)...)
	for w := range approx {
		add(weak, w)
	}
	for w := range indefinite { // "ein" is a number word, too
		m[w] = weak
	}
	return m
}()

// triggerOf classes a token by its lower-case form, compounds by their ends.
func triggerOf(t *tok) trigger {
	if t.Kind == text.Number {
		return strong
	}
	if t.Kind != text.Word {
		return idle
	}
	low := t.low
	if g, ok := triggers[low]; ok {
		return g
	}
	if len(low) < 3 {
		return idle
	}
	if low[0] >= '0' && low[0] <= '9' || strings.IndexByte(low, '-') > 0 {
		return strong
	}
	stem := strings.TrimRight(low, "enrsm")
	switch {
	case strings.HasSuffix(stem, "ig"), strings.HasSuffix(stem, "lang"), strings.HasSuffix(stem, "lich"), strings.HasSuffix(low, "mal"), strings.HasSuffix(stem, "jah"), strings.HasSuffix(low, "hundert"), strings.HasSuffix(stem, "hundert"),
		strings.HasSuffix(low, "ziger"), strings.HasSuffix(low, "zigern"), strings.HasSuffix(low, "igern"):
		return strong
	}
	if wd, _ := dayName(low); wd > 0 {
		return strong
	}
	return idle
}

// awake reports whether the rules should look at token i.
func (b *block) awake(i int) bool {
	switch b.toks[i].trigger {
	case strong:
		return true
	case weak:
		for j := i + 1; j <= i+reachOfWeak && j < len(b.toks); j++ {
			if b.toks[j].trigger == strong {
				return true
			}
		}
	}
	return false
}
