package access

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/kreispresse/kreispresse/schemas"
)

// Denied answers somebody who may not: 401 to a stranger, 403 to somebody whose role is too small.
type Denied func(w http.ResponseWriter, r *http.Request, status int, err error)

// Require lets through who has the role. A nil Denied is Refuse.
func Require(role Role, denied Denied) func(http.Handler) http.Handler {
	if denied == nil {
		denied = Refuse
	}
	return func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch id := From(r.Context()); {
			case id.Role >= role:
				h.ServeHTTP(w, r)
			case id.Role == Nobody:
				w.Header().Set("WWW-Authenticate", `Bearer realm="kreispresse"`)
				denied(w, r, http.StatusUnauthorized, &schemas.Error{
					Op: "access", Kind: schemas.KindPolicy, Err: errors.New("who are you?"), Hint: "send a token: Authorization: Bearer kp_…, see kreispresse access",
				})
			default:
				denied(w, r, http.StatusForbidden, &schemas.Error{
					Op: "access", Kind: schemas.KindPolicy, Thing: id.Name, Err: errors.New("your role may read only"), Hint: "ask for a token with the role operator",
				})
			}
		})
	}
}

// Reading lets everybody on this machine read on a loopback listener, and viewers anywhere else. Who comes by a proxy is anywhere else: it
// may stand on this machine, too.
func (g *Guard) Reading(denied Denied) func(http.Handler) http.Handler {
	viewers := Require(Viewer, denied)
	if !g.local {
		return viewers
	}
	return func(h http.Handler) http.Handler {
		known := viewers(h)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if g.proxied(r) {
				known.ServeHTTP(w, r)
				return
			}
			h.ServeHTTP(w, r)
		})
	}
}

// Refuse answers with the error as JSON, in the form of RFC 9457.
func Refuse(w http.ResponseWriter, _ *http.Request, status int, err error) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	problem := map[string]any{"title": http.StatusText(status), "status": status, "detail": err.Error()}
	if e, ok := errors.AsType[*schemas.Error](err); ok {
		problem["kind"] = e.Kind
	}
	_ = json.NewEncoder(w).Encode(problem) // the asker may be gone
}
