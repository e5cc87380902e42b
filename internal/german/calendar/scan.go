package calendar

import "strings"

// parts are the numbers of a date as it is written, and where it ends.
type parts struct {
	y, m, d int
	end     int
	short   bool // the year has two digits
	wordy   bool // the month is a word
	dense   bool // without any sign between: 20240312
}

// partsAt reads the date that begins at s[i]: 2024-03-12, 20240312, 12.03.2024, 12/03/2024, 12. März 2024, March 12, 2024, 12.3.24, 12. Mrz. '24.
// What must not follow is looked at in read.
func partsAt(s string, i int) (parts, bool) {
	if !digit(s[i]) {
		return monthFirst(s, i)
	}
	switch n := digits(s, i); n {
	case 1, 2:
		return dayFirst(s, i, i+n)
	case 4:
		return yearFirst(s, i)
	case 8:
		p := parts{y: year(s[i : i+4]), m: number(s[i+4 : i+6]), d: number(s[i+6 : i+8]), end: i + 8, dense: true}
		return p, p.y > 0 && (p.end == len(s) || s[p.end] == 'T')
	}
	return parts{}, false
}

// yearFirst is 2024-03-12, 2024/3/12, 2024.03.12.
func yearFirst(s string, i int) (parts, bool) {
	p := parts{y: year(s[i : i+4])}
	if p.y == 0 {
		return p, false
	}
	end := i + 4
	for _, n := range []*int{&p.m, &p.d} {
		if end >= len(s) || strings.IndexByte("-/.", s[end]) < 0 {
			return p, false
		}
		k := min(digits(s, end+1), 2)
		if k == 0 {
			return p, false
		}
		*n = number(s[end+1 : end+1+k])
		end += 1 + k
	}
	p.end = end
	return p, true
}

// dayFirst reads on behind the digits of the day, which end at s[j].
func dayFirst(s string, i, j int) (parts, bool) {
	p := parts{d: number(s[i:j])}
	if j < len(s) && (s[j] == '/' || s[j] == '-') && digits(s, j+1) > 0 {
		return slashed(s, j, p)
	}
	k := blank(s, j)
	if k < len(s) && s[k] == '.' {
		k = blank(s, k+1)
	} else if k < len(s) && digit(s[k]) {
		return p, false
	}
	if n := digits(s, k); n > 0 {
		return dotted(s, k, n, p)
	}
	if k < len(s) && s[k] == '-' {
		k = blank(s, k+1)
	}
	name, end := monthAt(s, k)
	if name == 0 {
		return p, false
	}
	p.m, p.wordy = name, true
	return p.withYear(s, end)
}

// slashed is 12/03/2024 and 12-03-2024.
func slashed(s string, j int, p parts) (parts, bool) {
	n := digits(s, j+1)
	k := j + 1 + n
	if n > 2 || k >= len(s) || s[k] != '/' && s[k] != '-' || digits(s, k+1) != 4 {
		return p, false
	}
	p.m, p.y, p.end = number(s[j+1:k]), year(s[k+1:k+5]), k+5
	if s[j] == '/' && p.m > 12 && p.d <= 12 { // 10/31/2026
		p.m, p.d = p.d, p.m
	}
	return p, p.y > 0
}

// dotted reads the month of n digits at s[k] and the year: 12.03.2024, 12. 3. 24.
func dotted(s string, k, n int, p parts) (parts, bool) {
	if n > 2 {
		return p, false
	}
	p.m = number(s[k : k+n])
	k = blank(s, k+n)
	if k >= len(s) || s[k] != '.' {
		return p, false
	}
	return p.yearAt(s, blank(s, k+1))
}

// withYear reads the year behind the name of a month: a full stop, a comma and a blank or hyphen may stand between.
func (p parts) withYear(s string, k int) (parts, bool) {
	from := k
	if k < len(s) && s[k] == '.' {
		k++
	}
	if k < len(s) && s[k] == ',' {
		k++
	}
	if k < len(s) && s[k] == '-' {
		k++
	}
	k = blank(s, blank(s, k))
	q, ok := p.yearAt(s, k)
	if ok && q.short && (k == from || strings.IndexByte(s[from:k], ',') >= 0) { // März24 and März, 24 are none
		return p, false
	}
	return q, ok
}

// yearAt reads four digits, or two with an apostrophe or without.
func (p parts) yearAt(s string, k int) (parts, bool) {
	switch digits(s, k) {
	case 4:
		p.y, p.end = year(s[k:k+4]), k+4
		return p, p.y > 0
	case 0:
		for _, mark := range []string{"'", "’"} {
			if rest, ok := strings.CutPrefix(s[min(k, len(s)):], mark); ok && digits(rest, 0) == 2 {
				p.y, p.end, p.short = number(rest[:2]), k+len(mark)+2, true
				return p, true
			}
		}
	case 2:
		p.y, p.end, p.short = number(s[k:k+2]), k+2, true
		return p, true
	}
	return p, false
}

// monthFirst is March 12, 2024.
func monthFirst(s string, i int) (parts, bool) {
	p := parts{wordy: true}
	var k int
	if p.m, k = monthAt(s, i); p.m == 0 {
		return p, false
	}
	if k < len(s) && s[k] == '.' {
		k++
	}
	k = blank(s, k)
	n := digits(s, k)
	if n == 0 || n > 2 {
		return p, false
	}
	p.d = number(s[k : k+n])
	k += n
	for _, end := range []string{"st", "nd", "rd", "th", "."} {
		if strings.HasPrefix(s[k:], end) {
			k += len(end)
			break
		}
	}
	if k < len(s) && s[k] == ',' {
		k++
	}
	if k >= len(s) || s[k] != ' ' || digits(s, k+1) != 4 {
		return p, false
	}
	p.y, p.end = year(s[k+1:k+5]), k+5
	return p, p.y > 0
}

// longestMonth is how many bytes the name of a month has at most.
const longestMonth = 12

// monthAt is the month whose name begins at s[i], and where it ends; 0 for none.
func monthAt(s string, i int) (month, end int) {
	if i >= len(s) || strings.IndexByte("jfmasondJFMASOND", s[i]) < 0 {
		return 0, i
	}
	for end = i; end < len(s) && end-i <= longestMonth && letter(s[end]); end++ {
	}
	n, ok := Month(s[i:end])
	if !ok || n.Class == Genitive {
		return 0, i
	}
	return n.Number, end
}

// letter reports a byte of a letter; those beyond ASCII count all, since the names are looked up whole.
func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80 }

// digits counts the digits at s[i].
func digits(s string, i int) int {
	n := 0
	for i+n < len(s) && digit(s[i+n]) {
		n++
	}
	return n
}

// blank skips one blank.
func blank(s string, i int) int {
	if i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

// year is a year of four digits, from 1900 to 2099; 0 for any other.
func year(s string) int {
	if !strings.HasPrefix(s, "19") && !strings.HasPrefix(s, "20") {
		return 0
	}
	return number(s)
}
