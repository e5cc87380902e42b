package index

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/schemas"
)

// People are those whose full name has words that begin with each word of name, the most often named first. limit is 1 to 200; 0: 20.
// Who is named by a surname only is nobody here.
func (x *Index) People(ctx context.Context, name string, limit int) ([]Person, error) {
	limit, err := limitOf(limit)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(name) > maxAsked {
		return nil, invalid("name", fmt.Errorf("longer than %d characters", maxAsked), "give a name")
	}
	words := strings.Fields(fold(name))
	switch {
	case len(words) == 0:
		return nil, invalid("name", errors.New("no word in it"), "give a name or its beginning")
	case len(words) > maxTerms:
		return nil, invalid("name", fmt.Errorf("more than %d words", maxTerms), "give a name")
	}
	people := []Person{}
	err = x.ask(ctx, func(tx *sql.Tx) error {
		names, err := namesOf(ctx, tx, words, limit)
		if err != nil {
			return err
		}
		for _, n := range names {
			list, err := mentionsOf(ctx, tx, n.id)
			if err != nil {
				return err
			}
			said, err := quotesOf(ctx, tx, n.slug)
			if err != nil {
				return err
			}
			for _, one := range persons(list) {
				people = append(people, personOf(n.slug, one, said))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(people, func(a, b Person) int {
		return cmp.Or(cmp.Compare(b.Releases, a.Releases), cmp.Compare(b.Quotes, a.Quotes), cmp.Compare(a.Key, b.Key))
	})
	return people[:min(len(people), limit)], nil
}

// fullName is a row of names.
type fullName struct {
	id   int64
	slug string
}

// namesOf are the full names with words that begin so, the most often mentioned first.
func namesOf(ctx context.Context, tx *sql.Tx, words []string, limit int) (list []fullName, err error) {
	query, args := "SELECT id, slug FROM names WHERE 1", []any{}
	for _, w := range words {
		query += " AND id IN (SELECT name_id FROM name_words WHERE word >= ? AND word < ?)"
		args = append(args, w, w+"\U0010ffff")
	}
	rows, err := tx.QueryContext(ctx, query+" ORDER BY mentions DESC, slug LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func(scan func(...any) error) error {
		list = append(list, fullName{})
		n := &list[len(list)-1]
		return scan(&n.id, &n.slug)
	})
	return list, err
}

// Person is whoever a key stands for, over all sources that name him. KindNotFound when nobody does.
func (x *Index) Person(ctx context.Context, key string) (p *Person, err error) {
	name, source, _ := strings.Cut(key, "@")
	err = x.ask(ctx, func(tx *sql.Tx) error {
		if _, err := handles(ctx, tx, key); err != nil {
			return err
		}
		list, err := mentionsOfSlug(ctx, tx, name)
		if err != nil {
			return err
		}
		for _, one := range persons(list) {
			if slices.Contains(sourcesOf(one), source) {
				said, err := quotesOf(ctx, tx, name)
				found := personOf(name, one, said)
				p = &found
				return err
			}
		}
		return &schemas.Error{
			Op: "search", Kind: schemas.KindNotFound, Thing: key, Err: errors.New("nobody has this key"), Hint: "keys stand in the answers of quotes and people",
		}
	})
	return p, err
}
