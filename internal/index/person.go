package index

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/kreispresse/kreispresse/schemas"
)

// mention is one release that names somebody of a full name.
type mention struct {
	source, state, organisation, day, name string
	roles                                  []string
}

// most mentions of one full name that are looked through; the newest count.
const maxMentions = 20000

// mentionsOf are those of a name, newest first.
func mentionsOf(ctx context.Context, tx *sql.Tx, id int64) (list []mention, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT p.key, p.person_key, coalesce(s.state, ''), coalesce(p.organisation, ''), p.name, coalesce(p.roles, '')
		FROM people p LEFT JOIN sources s ON s.id = substr(p.person_key, instr(p.person_key, '@') + 1)
		WHERE p.name_id = ? ORDER BY p.key DESC LIMIT ?`, id, maxMentions)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func(scan func(...any) error) error {
		var m mention
		var key int64
		var handle, roles string
		err := scan(&key, &handle, &m.state, &m.organisation, &m.name, &roles)
		_, m.source, _ = strings.Cut(handle, "@")
		m.day, m.roles = dayOfKey(releaseOf(key)), listOf(roles)
		list = append(list, m)
		return err
	})
	return list, err
}

// bonds are what joins mentions of one full name to one person, see docs/adr/0022: the source, an office that one holds at a time, a role
// in an organisation that has a name of its own.
func (m *mention) bonds() []string {
	list := []string{"source " + m.source}
	organisation := fold(m.organisation)
	named := strings.Contains(organisation, " ") // "Polizei" and "Gesundheitsamt" are everywhere
	for _, role := range m.roles {
		office := fold(role)
		switch scope := offices()[office]; {
		case scope == "country":
			list = append(list, "office "+office)
		case scope == "land" && m.state != "":
			list = append(list, "office "+office+" "+m.state)
		}
		if named && office != "" {
			list = append(list, "role "+office+" of "+organisation)
		}
	}
	return list
}

//go:embed offices.tsv
var officesTSV string

// offices are those that one person holds at a time, folded, with where: country or land.
var offices = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(officesTSV) {
		if scope, office, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(scope, "#") {
			m[fold(office)] = scope
		}
	}
	return m
})

// persons sorts the mentions of one full name into people: those that share a bond, directly or by others, are one.
func persons(list []mention) [][]mention {
	group := map[string]int{} // of a bond
	parent := []int{}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	of := make([]int, len(list))
	for i := range list {
		of[i] = -1
		for _, bond := range list[i].bonds() {
			g, ok := group[bond]
			if !ok {
				g = len(parent)
				parent, group[bond] = append(parent, g), g
			}
			if of[i] < 0 {
				of[i] = g
			} else if a, b := root(of[i]), root(g); a != b {
				parent[max(a, b)] = min(a, b)
			}
		}
	}
	found := map[int]int{}
	var out [][]mention
	for i := range list {
		g := root(of[i])
		at, ok := found[g]
		if !ok {
			at = len(out)
			out, found[g] = append(out, nil), at
		}
		out[at] = append(out[at], list[i])
	}
	return out
}

// sourcesOf are the ids of the sources in which somebody is named, sorted: with the name they are his handles.
func sourcesOf(list []mention) []string {
	set := map[string]bool{}
	for _, m := range list {
		set[m.source] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// handles are all keys of the person that one of them stands for; a key that nobody has stands for itself.
func handles(ctx context.Context, tx *sql.Tx, key string) ([]string, error) {
	name, source, ok := strings.Cut(key, "@")
	bare := strings.TrimPrefix(name, organisationKey)
	if !ok || bare == "" || strings.ContainsFunc(bare, func(r rune) bool { return r != '-' && !inWord(r) }) || schemas.CheckToken(source) != nil {
		return nil, invalid("key", fmt.Errorf("%q is no key of a speaker", key), "take one from an answer: name@source")
	}
	if strings.HasPrefix(key, organisationKey) {
		return []string{key}, nil
	}
	list, err := mentionsOfSlug(ctx, tx, name)
	if err != nil {
		return nil, err
	}
	for _, one := range persons(list) {
		if sources := sourcesOf(one); slices.Contains(sources, source) {
			keys := make([]string, len(sources))
			for i, s := range sources {
				keys[i] = name + "@" + s
			}
			return keys, nil
		}
	}
	return []string{key}, nil
}

func mentionsOfSlug(ctx context.Context, tx *sql.Tx, name string) ([]mention, error) {
	var id int64
	err := tx.QueryRowContext(ctx, "SELECT id FROM names WHERE slug = ?", name).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return mentionsOf(ctx, tx, id)
}

// personOf sums up the mentions of one person; said is how many quotes each key has.
func personOf(name string, list []mention, said map[string]int) Person {
	p := Person{Name: list[0].name, Sources: sourcesOf(list), Releases: len(list)}
	p.Key = name + "@" + p.Sources[0]
	roles := map[string]int{}
	for _, m := range list {
		for _, r := range m.roles {
			roles[r]++
		}
		if m.day != "" && (p.First == "" || m.day < p.First) {
			p.First = m.day
		}
		p.Last = max(p.Last, m.day)
	}
	p.Roles = slices.SortedFunc(maps.Keys(roles), func(a, b string) int {
		return cmp.Or(cmp.Compare(roles[b], roles[a]), cmp.Compare(a, b))
	})
	for _, s := range p.Sources {
		p.Quotes += said[name+"@"+s]
	}
	return p
}

// quotesOf counts the quotes of everybody of a full name, by key.
func quotesOf(ctx context.Context, tx *sql.Tx, name string) (map[string]int, error) {
	rows, err := tx.QueryContext(ctx, `SELECT speaker_key, count(*) FROM quotes WHERE speaker_key > ? AND speaker_key < ? AND kind <> 'pull'
		GROUP BY speaker_key`, name+"@", name+"@\U0010ffff")
	if err != nil {
		return nil, err
	}
	said := map[string]int{}
	err = eachRow(rows, func(scan func(...any) error) error {
		var key string
		var n int
		err := scan(&key, &n)
		said[key] = n
		return err
	})
	return said, err
}
