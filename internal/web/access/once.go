package access

import (
	"net/url"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// onceLasts is how long a one-time address waits for its visitor.
const onceLasts = time.Hour

// LoginPath is where people come in: with ?once=… by a one-time address.
const LoginPath = "/login"

// Once makes an address below base, such as http://127.0.0.1:8090, that lets its first visitor in with the role, within an hour. It may be
// made by another process than the one that serves.
func (s *Store) Once(base string, role Role) (string, error) {
	secret := newSecret()
	err := s.change(func(c *content) error {
		now := s.now().UTC()
		c.Tokens = append(c.Tokens, Token{Name: "one-time address", Role: role, Hash: hash(secret), Created: now, Until: now.Add(onceLasts), Once: true})
		return nil
	})
	if err != nil {
		return "", err
	}
	return base + LoginPath + "?once=" + url.QueryEscape(secret), nil
}

// spend takes a one-time secret out of the file, for good.
func (s *Store) spend(secret string) (Token, error) {
	t, ok := s.find(secret, true)
	if ok {
		ok = false
		err := s.change(func(c *content) error {
			for i, x := range c.Tokens {
				if x.Hash == t.Hash {
					c.Tokens = append(c.Tokens[:i:i], c.Tokens[i+1:]...)
					ok = true // of two visitors at once the second does not find it
					break
				}
			}
			return nil
		})
		if err != nil {
			return Token{}, err
		}
	}
	if !ok {
		return Token{}, &schemas.Error{Op: "login", Kind: schemas.KindPolicy, Err: errUsed, Hint: "make another: kreispresse access url"}
	}
	return t, nil
}
