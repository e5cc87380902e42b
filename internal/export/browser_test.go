package export_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/internal/export"
	"github.com/kreispresse/kreispresse/schemas"
)

// browser opens a headless Chromium, or skips the test with a word where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-dev-shm-usage", true),
			chromedp.WSURLReadTimeout(calm.Long))
		ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
		t.Cleanup(cancel)
		ctx, cancel = chromedp.NewContext(ctx)
		t.Cleanup(cancel)
		return ctx
	}
	t.Skip("no Chromium on this machine")
	return nil
}

// textOfFrames is a script that collects what all frames show, in shadow trees, too.
const textOfFrames = `(() => {
  const seen = [];
  const walk = (root) => {
    if (root.body) seen.push(root.title, root.body.innerText);
    for (const e of root.querySelectorAll('*')) {
      if (e.shadowRoot) walk(e.shadowRoot);
      if (e.tagName === 'IFRAME' && e.contentDocument) walk(e.contentDocument);
    }
  };
  walk(document);
  return seen.join('\n');
})()`

// TestReplayWebPage: the reader of web archives that most use opens the WACZ and shows the page of a release.
func TestReplayWebPage(t *testing.T) {
	reader := filepath.Join("..", "..", ".ci", "node", "node_modules", "replaywebpage")
	if _, err := os.Stat(filepath.Join(reader, "sw.js")); err != nil {
		t.Skip("replayweb.page is not installed: make node")
	}
	ctx := browser(t)
	events := examples(t)
	events[0].Release.Title = "Die Mühlenbrücke, wie sie im Archiv steht"
	archive := write(t, "wacz", export.Filter{}, export.Options{}, events...)
	address := webAddressOf(t, events)
	mux := http.NewServeMux()
	mux.HandleFunc("/x.wacz", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "x.wacz", time.Time{}, bytes.NewReader(archive))
	})
	mux.HandleFunc("/ui.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, filepath.Join(reader, "ui.js")) })
	mux.HandleFunc("/replay/sw.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, filepath.Join(reader, "sw.js")) })
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `<!doctype html><script src="/ui.js"></script>
<replay-web-page source="/x.wacz" embed="replayonly" replaybase="/replay/" url="%s"></replay-web-page>`,
			html.EscapeString(address))
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	if _, err := chromedp.Run(ctx, chromedp.Navigate(srv.URL)); err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf("%s.includes(%q)", textOfFrames, events[0].Release.Title)
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](script, chromedp.WithPollingTimeout(calm.Long))); err != nil {
		text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](textOfFrames))
		t.Errorf("%v; it shows:\n%s", err, text)
	}
}

// webAddressOf is the address of the first page of the list in a WACZ.
func webAddressOf(t *testing.T, events []*schemas.Event) string {
	t.Helper()
	return records(t, write(t, "warc", export.Filter{}, export.Options{}, events...))[1].uri
}

// TestPageInBrowser: whatever releases say, the page runs nothing, loads nothing and sends nothing, and shows what they say as text.
func TestPageInBrowser(t *testing.T) {
	ctx := browser(t)
	asked := make(chan string, 100)
	out := write(t, "html", export.Filter{}, export.Options{}, append(examples(t), hostile(t)[:len(nasty)]...)...)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/" {
			_, _ = w.Write(out)
		}
	}))
	defer srv.Close()
	if _, err := chromedp.Run(ctx, chromedp.Navigate(srv.URL+"/")); err != nil {
		t.Fatal(err)
	}
	seen, err := chromedp.Run(ctx, chromedp.Evaluate[struct {
		Articles, Scripts, Marks int
		Text, Family, Lang       string
	}](`({
	  articles: document.querySelectorAll('article').length,
	  scripts: document.querySelectorAll('script, img, svg, iframe, object, embed, [onerror], [onload], a:not([href^="http"])').length,
	  marks: document.querySelectorAll('mark').length,
	  text: document.body.innerText, lang: document.documentElement.lang,
	  family: getComputedStyle(document.querySelector('.about')).fontFamily})`))
	if err != nil {
		t.Fatal(err)
	}
	if want := len(examples(t)) - 2 + len(nasty); seen.Articles != want || seen.Scripts != 0 || seen.Marks < want || seen.Lang != "de" {
		t.Errorf("%d articles of %d, %d things that run or load, %d marks, language %q", seen.Articles, want, seen.Scripts, seen.Marks, seen.Lang)
	}
	if !strings.Contains(seen.Text, "<script>alert(1)</script>") || !strings.Contains(seen.Family, "system-ui") {
		t.Errorf("the text is not shown, or the style does not hold: %s", seen.Family)
	}
	srv.Close()
	close(asked)
	for path := range asked {
		if path != "/" && path != "/favicon.ico" {
			t.Errorf("it asks for %s", path)
		}
	}
}
