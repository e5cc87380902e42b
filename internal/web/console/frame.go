package console

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/web/access"
)

//go:embed templates/*.html
var templateFS embed.FS

//go:embed assets/*
var assetFS embed.FS

// policy is what a page may do: nothing but what comes from here, no inline script or style, no frame around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// frame renders pages in each language.
type frame struct {
	locales map[string]*locale
	pages   map[string]*template.Template // by language and file
	assets  map[string]asset              // by the name that pages ask for
	names   map[string]string             // that name, by file
	zone    *time.Location
	now     func() time.Time
}

type asset struct {
	body []byte
	kind string
}

func newFrame(now func() time.Time) (*frame, error) {
	f := &frame{pages: map[string]*template.Template{}, assets: map[string]asset{}, names: map[string]string{}, now: now}
	var err error
	if f.zone, err = time.LoadLocation("Europe/Berlin"); err != nil {
		return nil, err
	}
	if err := f.readAssets(); err != nil {
		return nil, err
	}
	if f.locales, err = locales(); err != nil {
		return nil, err
	}
	entries, err := templateFS.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	for lang, l := range f.locales {
		base, err := template.New("base").Funcs(f.funcs(l)).ParseFS(templateFS, "templates/_*.html")
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), "_") {
				continue
			}
			t, err := template.Must(base.Clone()).ParseFS(templateFS, "templates/"+e.Name())
			if err != nil {
				return nil, err
			}
			f.pages[lang+"/"+e.Name()] = t
		}
	}
	return f, nil
}

// readAssets names each file by what is in it, so that browsers may keep it for ever.
func (f *frame) readAssets() error {
	entries, err := assetFS.ReadDir("assets")
	if err != nil {
		return err
	}
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	for _, e := range entries {
		b, err := assetFS.ReadFile("assets/" + e.Name())
		if err != nil {
			return err
		}
		sum, ext := sha256.Sum256(b), path.Ext(e.Name())
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		f.assets[name], f.names[e.Name()] = asset{b, kinds[ext]}, "/assets/"+name
	}
	return nil
}

func (f *frame) serveAsset(w http.ResponseWriter, r *http.Request) {
	a, ok := f.assets[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(a.body) // the asker may be gone
}

// view is what every template gets.
type view struct {
	Lang, Prefix, Path string
	Query              url.Values
	Title              string // of the page
	Active             string // entry of the navigation
	Now                time.Time
	User               access.Identity
	Operator           bool
	Flash              string // what an act came to, once
	Data               any
}

// Link is an address of the console, in the language that the page's own address names.
func (v *view) Link(format string, args ...any) string {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = url.PathEscape(s)
		}
	}
	return v.Prefix + fmt.Sprintf(format, args...)
}

// Other is the page in another language.
func (v *view) Other(lang string) string {
	p := "/" + lang + v.Path
	if q := v.Query.Encode(); q != "" {
		p += "?" + q
	}
	return p
}

// With is the page with other parameters, named and given in turn; an empty one is left out.
func (v *view) With(pairs ...any) string {
	q := url.Values{}
	for k, list := range v.Query {
		q[k] = list
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if k, s := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1]); s == "" {
			q.Del(k)
		} else {
			q.Set(k, s)
		}
	}
	if p := q.Encode(); p != "" {
		return v.Prefix + v.Path + "?" + p
	}
	return v.Prefix + v.Path
}

// render writes a page whole, or an error page.
func (f *frame) render(w http.ResponseWriter, status int, file string, v *view) error {
	t := f.pages[v.Lang+"/"+file]
	if t == nil {
		return fmt.Errorf("no page %s in %s", file, v.Lang)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "page", v); err != nil {
		return err
	}
	secure(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", v.Lang)
	w.Header().Set("Vary", "Accept-Language, Cookie")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(harmless(b.Bytes())) // the asker may be gone
	return nil
}

func secure(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}
