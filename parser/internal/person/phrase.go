package person

import (
	"strings"

	"github.com/kreispresse/kreispresse/internal/german"
	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// phrase is a role with its adjectives and complement.
type phrase struct {
	text   string
	org    string
	gender string
	head   int // the role noun
	first  int // first token
	last   int // token after it
}

// phrase reads the role at token p with the adjectives before and the complement after it.
func (r *reader) phrase(p int, gender string) phrase {
	ro := r.roles[p]
	ph := phrase{head: p, first: p, last: p + 1, gender: ro.gender}
	if gender == "" {
		gender = ro.gender
	}
	if gender == "" && ro.Either && !ro.Adjective { // des Präsidenten X: a weak masculine
		ph.gender, gender = schemas.GenderMale, schemas.GenderMale
	}
	if ro.marked {
		ph.gender, gender = "", ""
	}
	head := ro.nominative(r.word(p), gender)
	var adj []string
	for q := p - 1; q >= 0 && p-q <= maxAdjectives && r.near(q) && r.sent(q) == r.sent(p) && !r.isTaken(q); q-- {
		s, ok := r.roleAdjective(q, gender, ro)
		if !ok {
			break
		}
		adj = append([]string{s}, adj...)
		ph.first = q
	}
	if w := r.word(ph.first - 1); german.Is(w, german.EnglishTitle) && r.near(ph.first-1) && ph.first == p { // Director General
		head = w + " " + head
		ph.first--
	}
	at := p + 1
	if k := r.retirement(at); k > at { // Landrat a. D.
		head += " " + r.join(at, k)
		at, ph.last = k, k
	}
	comp, org, last := r.complementOf(at)
	if last == at {
		if k := r.division(p); k > last {
			org, last = r.join(at, k), k
			comp = " " + org
		}
	}
	if last == p+1 && r.bracketed(p) { // (Leiterin Jugendamt)
		for last < len(r.toks) && last-p < 12 && r.near(last-1) && r.is(last, isCap) && r.kindAt(last) == text.Word {
			last++
		}
		org = r.join(p+1, last)
		comp = " " + org
		if org == "" {
			comp = ""
		}
	}
	ph.last, ph.org = last, nominativeOrg(r.word(p+1), org)
	ph.text = strings.Join(append(adj, head), " ") + comp
	if ph.org == "" {
		ph.org = r.partyOf(ro.prefix)
	}
	return ph
}

// bracketed reports whether the role at token p begins what a parenthesis says.
func (r *reader) bracketed(p int) bool {
	return r.word(p-1) == "(" && r.is(p+1, isCap) && !r.is(p+1, isGiven)
}

// body reports whether the role noun rather means a council than one of its members.
func body(ro role) bool {
	return strings.HasSuffix(ro.Masculine, "rat") && ro.Masculine != "landrat" && ro.Masculine != "schulrat" && ro.Masculine != "baurat" && !strings.HasSuffix(ro.Masculine, "brandrat") || ro.Masculine == "vorstand"
}

// roleAdjective gives the adjective at token q in the nominative without article when it belongs to a role.
func (r *reader) roleAdjective(q int, gender string, ro role) (string, bool) {
	w := r.word(q)
	low := strings.ToLower(w)
	if low == "stv." || low == "stellv." || low == "ehem." {
		return w, true
	}
	stem := strings.TrimRight(low, "nrms")
	if !strings.HasSuffix(stem, "e") || stem == low && !strings.HasSuffix(low, "e") {
		return "", false
	}
	stem = strings.TrimSuffix(stem, "e")
	if !german.Is(stem, german.RoleAdjective) && !strings.HasSuffix(stem, "politisch") {
		return "", false
	}
	w = w[:len(stem)]
	if gender == "" && ro.gender == "" {
		return r.word(q), true
	}
	if gender == schemas.GenderFemale {
		return w + "e", true
	}
	return w + "er", true
}

// complementOf reads what follows a role at token j: genitive or preposition, adjectives, nouns, a short form in parentheses.
// It gives the text with a leading blank, the organisation without its article, and the token after it.
func (r *reader) complementOf(j int) (string, string, int) {
	if !r.has(j, german.Complement) || j == 0 || !r.near(j-1) || r.word(j) == "in" && !r.is(j+1, isCap) && r.word(j+1) != "der" {
		return "", "", j
	}
	start, end, org := j, j, -1
	sent := r.sent(j)
	for k := j; k < len(r.toks) && k-j < 16 && r.sent(k) == sent && !r.isTaken(k); k++ {
		w := r.word(k)
		switch {
		case r.is(k, isTitle|isSal) || k > j && r.is(k, isGiven) && (r.is(k+1, isCap) || r.is(k+1, isParticle)) && r.near(k):
			return r.complementText(start, end, org)
		case r.is(k, isCap) && !(r.is(k, isStop) && k > end && end > j) || r.kindAt(k) == text.Number && k > j:
			if org < 0 {
				org = k
			}
			end = k + 1
		case r.kindAt(k) == text.Mark && k > j:
			if c := r.closing(k); c > k {
				if org < 0 {
					org = k + 1
				}
				k, end = c, c+1
				continue
			}
			return r.complementText(start, end, org)
		case w == "(" && end == k && r.word(k+2) == ")":
			k, end = k+2, k+3
		case w == "-" && k == r.afterUnd(k) && !r.is(k+1, isCap) && r.kindAt(k+1) == text.Word: // Kreisentwicklung und -straßen
			k, end = k+1, k+2
		case german.Is(w, german.Complement) || german.Is(w, german.Article) || w == "und" || w == "sowie" || w == "&" || w == "-" || w == "/":
		case !r.is(k, isCap) && german.Adjectival(w) && !german.Is(w, german.Speaks) && !german.Is(w, german.Acts) && !german.Is(w, german.Things) && r.kindAt(k) == text.Word && (r.is(k+1, isCap) || german.Adjectival(r.word(k+1))):
			if org < 0 && r.has(k-1, german.Article) {
				org = k
			}
		default:
			return r.complementText(start, end, org)
		}
	}
	return r.complementText(start, end, org)
}

// afterUnd is k when the hyphen at token k begins a shortened compound after "und", else -1.
func (r *reader) afterUnd(k int) int {
	if r.word(k-1) == "und" && k+1 < len(r.toks) && r.toks[k+1].Start == r.toks[k].End {
		return k
	}
	return -1
}

func (r *reader) complementText(start, end, org int) (string, string, int) {
	if end <= start {
		return "", "", start
	}
	s := " " + r.join(start, end)
	if w := r.word(start); w == "für" || w == "in" || w == "an" || w == "aus" || w == "zur" || w == "zum" { // what the role is about, unless an office follows: für Umwelt der Stadt X
		org = -1
		for k := start + 1; k < end-1; k++ {
			if w := r.word(k); (w == "der" || w == "des" || w == "beim" || w == "bei" || w == "vom") && r.is(k+1, isCap) {
				org = k + 1
				break
			}
		}
	}
	if org < 0 || org >= end {
		return s, "", end
	}
	return s, strings.Trim(r.join(org, end), "\"„“”»«"), end
}

// closing is the mark that closes the one at token k within the next tokens, k for none.
func (r *reader) closing(k int) int {
	for j := k + 1; j < len(r.toks) && j-k < 12 && r.sent(j) == r.sent(k); j++ {
		if r.kindAt(j) == text.Mark {
			return j
		}
	}
	return k
}
