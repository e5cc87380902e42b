package console

import (
	"net/http"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// gate is what the way in shows.
type gate struct {
	Next  string // where to go from there
	Wrong string // why it did not open
}

// login lets the visitor of a one-time address in, and asks everybody else for a token.
func (k *call) login() error {
	once := k.r.URL.Query().Get("once")
	if once == "" {
		k.door(http.StatusOK, "")
		return nil
	}
	if err := k.Guard.Redeem(k.w, once); err != nil {
		if schemas.KindOf(err) != schemas.KindPolicy {
			return err
		}
		k.door(http.StatusUnauthorized, k.say("login.used"))
		return nil
	}
	k.go303("/")
	return nil
}

func (k *call) enter() error {
	if err := k.Guard.Login(k.w, k.r.PostFormValue("token")); err != nil {
		if schemas.KindOf(err) != schemas.KindPolicy {
			return err
		}
		k.door(http.StatusUnauthorized, k.say("login.wrong"))
		return nil
	}
	k.go303(k.r.PostFormValue("next"))
	return nil
}

func (k *call) leave() error {
	k.Guard.Logout(k.w)
	k.go303("/login")
	return nil
}

// go303 leads to a page of the console, never elsewhere.
func (k *call) go303(path string) {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n") {
		path = "/"
	}
	if k.view.Prefix != "" && !strings.HasPrefix(path, k.view.Prefix+"/") {
		path = k.view.Prefix + path
	}
	http.Redirect(k.w, k.r, path, http.StatusSeeOther)
}

// door asks who it is.
func (k *call) door(status int, wrong string) {
	next := "/"
	if k.r.Method == http.MethodGet && k.view.Path != "/login" {
		next = k.view.Prefix + k.view.Path
		if q := k.view.Query.Encode(); q != "" {
			next += "?" + q
		}
	} else if n := k.r.PostFormValue("next"); n != "" {
		next = n
	}
	k.view.Title, k.view.Data = k.say("login.title"), gate{next, wrong}
	if err := k.frame.render(k.w, status, "login.html", &k.view); err != nil {
		k.fail(err)
	}
}
