package timex

import (
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
)

// cardinal reads a number word below 1000, -1 for none.
func cardinal(low string) int {
	if w := lookUp(low); w.is(one) || w.is(ten) {
		return w.number
	}
	if l, r, ok := strings.Cut(low, "hundert"); ok {
		return hundreds(l, strings.TrimPrefix(r, "und"))
	}
	if l, r, ok := strings.Cut(low, "und"); ok {
		n, t := lookUp(l), lookUp(r)
		if n.is(one) && t.is(ten) && n.number > 0 && n.number < 10 {
			return t.number + n.number
		}
	}
	return -1
}

// hundreds reads what stands before and after "hundert": zwei-hundert-fünfzig.
func hundreds(before, after string) int {
	h, rest := 1, 0
	if before != "" {
		if h = cardinal(before); h < 1 || h > 19 {
			return -1
		}
	}
	if after != "" {
		if rest = cardinal(after); rest < 0 || rest > 99 {
			return -1
		}
	}
	return 100*h + rest
}

// cardinal is the number word at token i, -1 for none.
func (b *block) cardinal(i int) int { return cardinal(b.at(i).low) }

// ordinal reads an ordinal at token i: "12." or "zwölften"; the value and the token after it.
func (b *block) ordinal(i int) (n, next int) {
	if n := b.integer(i); n > 0 && n < 100 && b.sign(i+1, ".") && b.glued(i+1) {
		return n, i + 2
	}
	if b.word(i) {
		if n := b.at(i).ordinal; n > 0 {
			return n, i + 1
		}
	}
	return 0, i
}

// quantity is a number as TIMEX3 writes it: 3, 1.5, or X when it is left open.
type quantity string

// open is a quantity that is not told: ein paar, mehrere.
const open quantity = "X"

// aHalf is the quantity of "ein halbes".
const aHalf quantity = "0.5"

func quantityOf(n int) quantity { return quantity(strconv.Itoa(n)) }

// quantity reads a number at token i and the token after it; "" for none.
func (b *block) quantity(i int) (quantity, int) {
	t, n := b.at(i), b.at(i+1)
	switch {
	case t.Kind == text.Number:
		return digits(t.Text), i + 1
	case t.Kind != text.Word:
		return "", i
	case t.low == "ein" && n.is(fewNumber):
		return open, i + 2
	case t.is(fewNumber), t.is(vagueNumber):
		return open, i + 1
	case t.is(half):
		return t.half, i + 1
	case t.is(indefinite) && n.half == aHalf:
		return aHalf, i + 2
	}
	if n := cardinal(t.low); n > 0 {
		return quantityOf(n), i + 1
	}
	return "", i
}

// digits turns German digits into a TIMEX3 number: 1.000 is a thousand, 1,5 one and a half; clock times and dates are none.
func digits(s string) quantity {
	if len(s) > longestNumber {
		return ""
	}
	whole, frac, decimal := strings.Cut(s, ",")
	whole, ok := ungrouped(whole)
	if !ok || !onlyDigits(whole) || !onlyDigits(frac) {
		return ""
	}
	whole = strings.TrimLeft(whole, "0")
	if frac = strings.TrimRight(frac, "0"); decimal && frac != "" {
		if whole == "" {
			whole = "0"
		}
		return quantity(whole + "." + frac)
	}
	return quantity(whole) // "" for zero
}

// ungrouped takes the stops out of 1.000.000.
func ungrouped(s string) (string, bool) {
	parts := strings.Split(s, ".")
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
