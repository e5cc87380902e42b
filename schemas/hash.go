package schemas

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// ContentHash is the hex sha256 over the content fields of a release, in their JSON form. Revision, Provenance and the rules that
// explain a reading are left out: a fetch time, a page counter or a renamed rule never makes a revision. A nil list is an empty one.
func ContentHash(r *Release) string {
	c := content(r)
	b, err := json.Marshal(c)
	if err != nil { // a struct of strings, ints and slices always marshals
		panic(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// content is a copy of r with nothing but content, deep enough to leave r as it is.
func content(r *Release) *Release {
	c := *r
	c.Revision = 0
	c.Provenance = Provenance{}
	c.Quotes = append([]Quote(nil), r.Quotes...)
	for i := range c.Quotes {
		if s := c.Quotes[i].Speaker; s != nil {
			t := *s
			t.Rule = ""
			c.Quotes[i].Speaker = &t
		}
	}
	c.People = append([]Person(nil), r.People...)
	c.Dates = append([]Date(nil), r.Dates...)
	for i := range c.Dates {
		c.Dates[i].Rule = ""
	}
	c.Credits = append([]Credit(nil), r.Credits...)
	for i := range c.Credits {
		c.Credits[i].Rule = ""
	}
	c.Normalise()
	return &c
}
