package timex

import (
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

var ones = indexed(0, "null", "ein eins eine einen einem einer eines", "zwei zweier zwo", "drei dreier", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn",
	"vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn")

var tens = indexed(2, "zwanzig", "dreißig dreissig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")

// cardinal reads a number word below 1000, -1 for none.
func cardinal(w string) int {
	if n, ok := ones[w]; ok {
		return n
	}
	if n, ok := tens[w]; ok {
		return 10 * n
	}
	if l, r, ok := strings.Cut(w, "hundert"); ok {
		h, rest := 1, 0
		if l != "" {
			if h = cardinal(l); h < 1 || h > 19 {
				return -1
			}
		}
		if r = strings.TrimPrefix(r, "und"); r != "" {
			if rest = cardinal(r); rest < 0 || rest > 99 {
				return -1
			}
		}
		return 100*h + rest
	}
	if l, r, ok := strings.Cut(w, "und"); ok {
		n, ok1 := ones[l]
		t, ok2 := tens[r]
		if ok1 && ok2 && n > 0 && n < 10 {
			return 10*t + n
		}
	}
	return -1
}

var ordinals = func() map[string]int {
	m := map[string]int{}
	stems := strings.Fields("erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst dreiundzwanzigst vierundzwanzigst fünfundzwanzigst sechsundzwanzigst siebenundzwanzigst achtundzwanzigst neunundzwanzigst dreißigst einunddreißigst")
	for i, s := range stems {
		for _, e := range []string{"e", "en", "er", "em", "es"} {
			m[s+e] = i + 1
		}
	}
	return m
}()

// ordinal reads an ordinal at token i: "12." or "zwölften"; the value and the token after it.
func (b *block) ordinal(i int) (n, next int) {
	if n := b.integer(i); n > 0 && n < 100 && b.at(i+1).Text == "." && b.glued(i+1) {
		return n, i + 2
	}
	if b.word(i) {
		if n := ordinals[b.at(i).low]; n > 0 {
			return n, i + 1
		}
	}
	return 0, i
}

// quantity is a number as TIMEX3 writes it: 3, 1.5, or X when it is left open.
type quantity string

var vague = words("einige einigen einiger mehrere mehreren mehrerer wenige wenigen weniger viele vielen vieler etliche etlichen etlicher")

var halves = map[string]quantity{
	"anderthalb": "1.5", "eineinhalb": "1.5", "zweieinhalb": "2.5", "dreieinhalb": "3.5", "viereinhalb": "4.5", "fünfeinhalb": "5.5", "sechseinhalb": "6.5", "siebeneinhalb": "7.5",
	"halbe": "0.5", "halben": "0.5", "halbes": "0.5", "halber": "0.5", "dreiviertel": "0.75",
}

// quantity reads a number at token i and the token after it; "" for none.
func (b *block) quantity(i int) (quantity, int) {
	t := b.at(i)
	switch t.Kind {
	case text.Number:
		return digits(t.Text), i + 1
	case text.Word:
		if b.is(i, "ein") && b.is(i+1, "paar") {
			return "X", i + 2
		}
		if b.is(i, "paar") {
			return "X", i + 1
		}
		if q := halves[t.low]; q != "" {
			return q, i + 1
		}
		if indefinite[t.low] && halves[b.at(i+1).low] == "0.5" {
			return "0.5", i + 2
		}
		if vague[t.low] {
			return "X", i + 1
		}
		if n := cardinal(t.low); n > 0 {
			return quantity(strconv.Itoa(n)), i + 1
		}
	}
	return "", i
}

// digits turns German digits into a TIMEX3 number: 1.000 is a thousand, 1,5 one and a half; clock times and dates are none.
func digits(s string) quantity {
	if strings.Contains(s, ":") || len(s) > 9 {
		return ""
	}
	whole, frac, decimal := strings.Cut(s, ",")
	if strings.Contains(frac, ",") || strings.Contains(frac, ".") {
		return ""
	}
	if parts := strings.Split(whole, "."); len(parts) > 1 {
		for _, p := range parts[1:] {
			if len(p) != 3 {
				return ""
			}
		}
		whole = strings.Join(parts, "")
	}
	for _, r := range whole + frac {
		if r < '0' || r > '9' {
			return ""
		}
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if frac = strings.TrimRight(frac, "0"); decimal && frac != "" {
		return quantity(whole + "." + frac)
	}
	if whole == "0" {
		return ""
	}
	return quantity(whole)
}
