package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// sessionLasts is how long a cookie is good.
const sessionLasts = 7 * 24 * time.Hour

var (
	errUsed    = errors.New("this address was used before, or an hour has passed")
	errNoToken = errors.New("no such token")
)

// session is what a cookie says. It is signed, not secret; a restart does not end it.
type session struct {
	Name  string    `json:"n"`
	Role  Role      `json:"r"`
	Token bool      `json:"t,omitempty"` // it lasts as long as the token of this name, with that one's role
	Hash  string    `json:"h,omitempty"` // of the token, so that a new one of the same name is another
	Until time.Time `json:"u"`
}

// Redeem lets the visitor of a one-time address in. KindPolicy when it was used before or has ended.
func (g *Guard) Redeem(w http.ResponseWriter, secret string) error {
	t, err := g.store.spend(secret)
	if err != nil {
		return err
	}
	return g.begin(w, session{Name: "local", Role: t.Role})
}

// Login lets the holder of a token in. KindPolicy when there is no such token.
func (g *Guard) Login(w http.ResponseWriter, secret string) error {
	t, ok := g.store.find(strings.TrimSpace(secret), false)
	if !ok {
		return &schemas.Error{Op: "login", Kind: schemas.KindPolicy, Err: errNoToken, Hint: "make one: kreispresse access add NAME --role viewer"}
	}
	return g.begin(w, session{Name: t.Name, Role: t.Role, Token: true, Hash: t.Hash})
}

// Logout forgets the visitor.
func (g *Guard) Logout(w http.ResponseWriter) { http.SetCookie(w, g.bake("", -1)) }

func (g *Guard) begin(w http.ResponseWriter, x session) error {
	x.Until = g.store.now().Add(sessionLasts).UTC()
	b, err := json.Marshal(x)
	if err != nil {
		return err
	}
	said := base64.RawURLEncoding.EncodeToString(b)
	sum, err := g.store.sign(said)
	if err != nil {
		return err
	}
	http.SetCookie(w, g.bake(said+"."+base64.RawURLEncoding.EncodeToString(sum), int(sessionLasts.Seconds())))
	return nil
}

func (g *Guard) bake(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: g.cookie, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: g.secure, SameSite: http.SameSiteStrictMode,
	}
}

func (s *Store) sign(said string) ([]byte, error) {
	c, err := s.read()
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, c.Key)
	mac.Write([]byte("session." + said))
	return mac.Sum(nil), nil
}

// resume is who a cookie says its holder is.
func (g *Guard) resume(r *http.Request) (Identity, bool) {
	c, err := r.Cookie(g.cookie)
	if err != nil {
		return Identity{}, false
	}
	said, sum, _ := strings.Cut(c.Value, ".")
	got, err := base64.RawURLEncoding.DecodeString(sum)
	want, signErr := g.store.sign(said)
	if err != nil || signErr != nil || !hmac.Equal(got, want) {
		return Identity{}, false
	}
	var x session
	b, err := base64.RawURLEncoding.DecodeString(said)
	if err != nil || json.Unmarshal(b, &x) != nil || g.store.now().After(x.Until) {
		return Identity{}, false
	}
	if x.Token {
		t, ok := g.store.named(x.Name)
		if !ok || t.Hash != x.Hash {
			return Identity{}, false
		}
		x.Role = t.Role
	}
	return Identity{x.Name, x.Role}, true
}
