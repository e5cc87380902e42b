package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/kreispresse/kreispresse/schemas"
)

// FileName is where a data directory keeps who may come in.
const FileName = "access.json"

// Token lets its holder in. Only the hash of the secret is kept.
type Token struct {
	Name    string    `json:"name"`
	Role    Role      `json:"role"`
	Hash    string    `json:"hash"` // hex SHA-256 of the secret
	Created time.Time `json:"created"`
	// Until is when the token ends by itself; zero: never. A token with Once is good for one visit, see once.go.
	Until time.Time `json:"until,omitzero"`
	Once  bool      `json:"once,omitempty"`
}

// content is the file.
type content struct {
	Key    []byte  `json:"key"` // signs sessions; 32 bytes
	Tokens []Token `json:"tokens,omitempty"`
}

// Store is the file of tokens. Other processes may change it: a change is seen at the next question. It is safe for concurrent use.
type Store struct {
	path string
	now  func() time.Time

	mu   sync.Mutex
	c    content
	seen os.FileInfo // of what c was read from
}

// Open reads the file at path, or makes one. KindStorage when it can be neither read nor made, or others may read it.
func Open(path string) (*Store, error) {
	s := &Store{path: path, now: time.Now}
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.refresh()
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, s.fail(err)
	}
	alone := flock.New(path + lockSuffix)
	if err := alone.Lock(); err != nil {
		return nil, s.fail(err)
	}
	defer alone.Close()
	if err := s.refresh(); !errors.Is(err, fs.ErrNotExist) {
		return s, err // another process was quicker
	}
	s.c.Key = make([]byte, sha256.Size)
	rand.Read(s.c.Key)
	return s, s.save()
}

func (s *Store) fail(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = fmt.Errorf("%s: %w", e.Op, e.Err)
	}
	return &schemas.Error{
		Op: "access", Kind: schemas.KindStorage, Thing: s.path, Err: err,
		Hint: "make it a file that only this user may read and write, or remove it and make the tokens anew",
	}
}

// refresh reads the file when it changed. The caller holds mu.
func (s *Store) refresh() error {
	info, err := os.Stat(s.path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return s.fail(err)
	}
	if s.seen != nil && os.SameFile(s.seen, info) && s.seen.ModTime().Equal(info.ModTime()) && s.seen.Size() == info.Size() {
		return nil
	}
	if info.Mode().Perm()&0o077 != 0 {
		return s.fail(fmt.Errorf("others may read it (mode %v)", info.Mode().Perm()))
	}
	b, err := os.ReadFile(s.path)
	if err != nil {
		return s.fail(err)
	}
	var c content
	if err := json.Unmarshal(b, &c); err != nil {
		return s.fail(err)
	}
	if len(c.Key) != sha256.Size {
		return s.fail(errors.New("it has no key of 32 bytes"))
	}
	s.c, s.seen = c, info
	return nil
}

// save writes the file whole, or not at all. The caller holds mu.
func (s *Store) save() error {
	b, err := json.MarshalIndent(s.c, "", "\t")
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(s.path), FileName+".*") // 0600
	if err != nil {
		return s.fail(err)
	}
	_, err = tmp.Write(append(b, '\n'))
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), s.path)
	}
	if err != nil {
		os.Remove(tmp.Name())
		return s.fail(err)
	}
	s.seen = nil
	return s.refresh()
}

var tokenName = regexp.MustCompile(`^[\pL\pN][\pL\pN ._@-]{0,63}$`)

// Add makes a token and returns its secret, which nobody can have a second time. KindConflict when there is one of this name.
func (s *Store) Add(name string, role Role) (secret string, err error) {
	if !tokenName.MatchString(name) {
		return "", &schemas.Error{
			Op: "access", Kind: schemas.KindInvalid, Thing: name, Err: errors.New("no name for a token"),
			Hint: "name the person or program that gets it: up to 64 letters, figures, blanks and . _ @ -",
		}
	}
	secret = newSecret()
	err = s.change(func(c *content) error {
		if slices.ContainsFunc(c.Tokens, func(t Token) bool { return t.Name == name }) {
			return &schemas.Error{Op: "access", Kind: schemas.KindConflict, Thing: name, Err: errors.New("there is a token of this name"), Hint: "revoke it first"}
		}
		c.Tokens = append(c.Tokens, Token{Name: name, Role: role, Hash: hash(secret), Created: s.now().UTC()})
		return nil
	})
	return secret, err
}

// Revoke takes a token back; sessions that began with it end. KindNotFound when there is none of this name.
func (s *Store) Revoke(name string) error {
	return s.change(func(c *content) error {
		before := len(c.Tokens)
		c.Tokens = slices.DeleteFunc(c.Tokens, func(t Token) bool { return t.Name == name })
		if len(c.Tokens) == before {
			return &schemas.Error{Op: "access", Kind: schemas.KindNotFound, Thing: name, Err: errors.New("no token of this name"), Hint: "see: access list"}
		}
		return nil
	})
}

// lockSuffix names the file that is locked: the one with the tokens is another with each change.
const lockSuffix = ".lock"

// change writes what do made of the file, without what has ended. Of several processes one does so after the other: two that write what
// they read before would lose a token, or bring back one that was revoked.
func (s *Store) change(do func(*content) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	alone := flock.New(s.path + lockSuffix)
	if err := alone.Lock(); err != nil {
		return s.fail(err)
	}
	defer alone.Close()
	s.seen = nil // whoever changed it in this very moment may have left the same time and size
	if err := s.refresh(); err != nil {
		return err
	}
	c := content{Key: s.c.Key, Tokens: slices.DeleteFunc(slices.Clone(s.c.Tokens), s.ended)}
	if err := do(&c); err != nil {
		return err
	}
	before := s.c
	s.c = c
	if err := s.save(); err != nil {
		s.c = before
		return err
	}
	return nil
}

func (s *Store) ended(t Token) bool { return !t.Until.IsZero() && s.now().After(t.Until) }

// Tokens are those that there are, one-time addresses left out.
func (s *Store) Tokens() ([]Token, error) {
	c, err := s.read()
	return slices.DeleteFunc(slices.Clone(c.Tokens), func(t Token) bool { return t.Once }), err
}

func (s *Store) read() (content, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.refresh()
	return s.c, err
}

// find is the token with this secret. Every token is compared, each in constant time, so that an answer's time says nothing.
func (s *Store) find(secret string, once bool) (Token, bool) {
	c, err := s.read()
	if err != nil {
		return Token{}, false
	}
	want := []byte(hash(secret))
	var found Token
	hit := 0
	for _, t := range c.Tokens {
		if subtle.ConstantTimeCompare(want, []byte(t.Hash)) == 1 && t.Once == once && !s.ended(t) {
			found, hit = t, 1
		}
	}
	return found, hit == 1
}

// named is the lasting token of a name.
func (s *Store) named(name string) (Token, bool) {
	c, err := s.read()
	i := slices.IndexFunc(c.Tokens, func(t Token) bool { return t.Name == name && !t.Once && !s.ended(t) })
	if err != nil || i < 0 {
		return Token{}, false
	}
	return c.Tokens[i], true
}

func newSecret() string {
	b := make([]byte, 32)
	rand.Read(b)
	return "kp_" + base64.RawURLEncoding.EncodeToString(b)
}

// hash needs no salt and no slowness: a secret has 256 random bits.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
