package segment

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/kreispresse/kreispresse/schemas"
)

// Key is a public key that signs, or signed before it was replaced.
type Key struct {
	ID     string `json:"id"`     // the first 16 hex digits of the sha256 of the key
	Public string `json:"public"` // ed25519, base64
	// The key before it says that this is its successor: its signature of "kreispresse-key/1\n<public>\n". Empty for the first one.
	Endorsement string `json:"endorsement,omitempty"`
}

func newKey(public ed25519.PublicKey) Key {
	sum := sha256.Sum256(public)
	return Key{ID: hex.EncodeToString(sum[:8]), Public: base64.StdEncoding.EncodeToString(public)}
}

func (k Key) statement() []byte { return []byte("kreispresse-key/1\n" + k.Public + "\n") }

// signed reports whether signature is the key's of a statement.
func (k Key) signed(statement []byte, signature string) bool {
	public, err := base64.StdEncoding.DecodeString(k.Public)
	if err != nil || len(public) != ed25519.PublicKeySize {
		return false
	}
	sig, err := base64.StdEncoding.DecodeString(signature)
	return err == nil && ed25519.Verify(public, statement, sig)
}

// Signer signs for a feed. Its private key lies in a file that only its owner may read.
type Signer struct {
	path string
	key  ed25519.PrivateKey
	keys []Key
}

// keyFile is what the file of a signer holds.
type keyFile struct {
	Seed []byte `json:"seed"`
	Keys []Key  `json:"keys"`
}

// OpenSigner reads the key at path, and makes one when there is none.
func OpenSigner(path string) (*Signer, error) {
	s := &Signer{path: path}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, s.Rotate()
	}
	fail := func(hint, format string, v ...any) (*Signer, error) {
		return nil, &schemas.Error{Op: "sign", Thing: path, Kind: schemas.KindStorage, Err: fmt.Errorf(format, v...), Hint: hint}
	}
	if err != nil {
		return fail("", "%w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fail("take the rights of others away with chmod 600, and rotate the key if somebody may have read it",
			"others may read the private key (mode %04o)", info.Mode().Perm())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return fail("", "%w", err)
	}
	var f keyFile
	if err := json.Unmarshal(b, &f); err != nil || len(f.Seed) != ed25519.SeedSize || len(f.Keys) == 0 {
		return fail("restore it from a backup; without it move it away: a new key is made, which subscribers must be told of", "it holds no key")
	}
	s.key, s.keys = ed25519.NewKeyFromSeed(f.Seed), f.Keys
	if s.Key() != newKey(s.key.Public().(ed25519.PublicKey)).ID {
		return fail("restore it from a backup", "its private key is not the one of its last public key")
	}
	return s, nil
}

// Rotate makes a new key, endorsed by the one before, which is destroyed.
func (s *Signer) Rotate() error {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return err
	}
	k := newKey(public)
	if s.key != nil {
		k.Endorsement = s.sign(k.statement())
	}
	keys := append(s.keys[:len(s.keys):len(s.keys)], k)
	b, err := json.MarshalIndent(keyFile{private.Seed(), keys}, "", " ")
	if err != nil {
		return err
	}
	if err := writeFile(s.path, append(b, '\n'), 0o600); err != nil {
		return &schemas.Error{Op: "sign", Thing: s.path, Kind: schemas.KindStorage, Err: err, Hint: "name a data directory that can be written"}
	}
	s.key, s.keys = private, keys
	return nil
}

// Key is the id of the key that signs.
func (s *Signer) Key() string { return s.keys[len(s.keys)-1].ID }

// Keys are all that ever signed.
func (s *Signer) Keys() []Key { return s.keys }

func (s *Signer) sign(statement []byte) string {
	return base64.StdEncoding.EncodeToString(ed25519.Sign(s.key, statement))
}

// checkKeys follows the endorsements from the key that the reader trusts, or from the first one when trusted is empty, to the last one.
func checkKeys(keys []Key, trusted string) error {
	if len(keys) == 0 {
		return errors.New("nothing is signed")
	}
	at := -1
	for i, k := range keys {
		if trusted == "" || k.Public == trusted || k.ID == trusted {
			at = i
			break
		}
	}
	if at < 0 {
		return fmt.Errorf("the key %s that you trust has never signed here", trusted)
	}
	for i := at + 1; i < len(keys); i++ {
		if !keys[i-1].signed(keys[i].statement(), keys[i].Endorsement) {
			return fmt.Errorf("key %s is not endorsed by the key before it, %s", keys[i].ID, keys[i-1].ID)
		}
	}
	return nil
}
