package console_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/internal/web/access"
)

// chrome is one browser for all tests.
var chrome struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}

// browser starts the browser, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no chromium: apt-get install chromium")
	}
	chrome.once.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WSURLReadTimeout(calm.Long),
			chromedp.Flag("disable-dev-shm-usage", true),
			chromedp.Flag("lang", "de"), chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("hide-scrollbars", true))
		alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(alloc)
		chrome.ctx, chrome.stop = ctx, func() { cancel(); cancelAlloc() }
		chrome.err = chromedp.Do(ctx)
	})
	if chrome.err != nil {
		t.Fatal(chrome.err)
	}
	return chrome.ctx
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chrome.stop != nil {
		chrome.stop()
	}
	country.close()
	os.Exit(code)
}

// tab is a page of the browser with what it complained about.
type tab struct {
	*testing.T
	ctx context.Context
	url string

	mu    sync.Mutex
	wrong []string
}

// tab opens a page of the country's console, signed in with a role.
func newTab(t *testing.T, role access.Role) *tab {
	t.Helper()
	h := shared(t)
	ctx, cancel := chromedp.NewContext(browser(t), chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b := &tab{T: t, ctx: ctx, url: h.url}
	b.do()
	err := chromedp.Listen(ctx, func(ev any) {
		switch e := ev.(type) {
		case *cdplog.EventEntryAdded:
			if e.Entry.Level == cdplog.EntryLevelError && !strings.Contains(e.Entry.Text, "ERR_BLOCKED_BY_CLIENT") {
				b.complain(e.Entry.Text + " " + e.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			b.complain(e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.ConsoleAPICalledTypeError {
				b.complain(fmt.Sprintf("console.error %s", e.Args[0].Value))
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b.do(call(cdplog.Enable, cdp.Empty{}), call(network.Enable, network.EnableParams{}))
	if role != access.Nobody {
		address, err := h.store.Once(h.url, role)
		if err != nil {
			t.Fatal(err)
		}
		b.do(chromedp.Navigate(address))
	}
	return b
}

func (b *tab) complain(s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wrong = append(b.wrong, s)
}

// complaints are what the browser complained about since the last time.
func (b *tab) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	list := b.wrong
	b.wrong = nil
	return list
}

// call is a command of the protocol as an action.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

func (b *tab) open(path string) { b.Helper(); b.do(chromedp.Navigate(b.url + path)) }

// run is the value of an action.
func run[T any](b *tab, a chromedp.Action[T]) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, a)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// eval is the value of an expression on the page.
func eval[T any](b *tab, js string) T {
	b.Helper()
	return run(b, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
}

func (b *tab) size(width, height int64) { b.Helper(); b.do(chromedp.EmulateViewport(width, height)) }

func (b *tab) scheme(dark bool) {
	b.Helper()
	value := map[bool]string{false: "light", true: "dark"}[dark]
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}
	b.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}))
}

// framesShown comes true when the frames in sight have their pages: those are of no origin, so only the browser's own account tells.
const framesShown = `new Promise((done) => {
	const waiting = () => [...document.querySelectorAll("iframe")].some((f) => f.checkVisibility() && f.getBoundingClientRect().top < innerHeight &&
		performance.getEntriesByName(f.src).length === 0);
	const look = () => waiting() ? setTimeout(look, 20) : requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
	look();
})`

// TestPictures makes the pictures of the documentation: CONSOLE_PICTURES=docs/pictures, from the root of the repository.
func TestPictures(t *testing.T) {
	dir := os.Getenv("CONSOLE_PICTURES")
	if dir == "" {
		t.Skip("CONSOLE_PICTURES names no directory")
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join("..", "..", "..", dir)
	}
	b := newTab(t, access.Operator)
	pages := shared(t).pages()
	for _, shot := range []struct {
		name, file    string
		width, height int64
		dark          bool
	}{
		{"overview", "overview", 1280, 900, false},
		{"overview", "overview-dark", 1280, 900, true},
		{"overview", "overview-narrow", 360, 800, false},
		{"release", "release", 1280, 900, false},
		{"revisions", "revisions", 1280, 760, false},
		{"source", "source", 1280, 900, false},
		{"said", "said", 1280, 900, false},
		{"preview", "preview", 1280, 900, false},
	} {
		b.scheme(shot.dark)
		b.size(shot.width, shot.height)
		b.open("/de" + pages[shot.name])
		eval[bool](b, framesShown)
		png := run(b, chromedp.CaptureScreenshot())
		if err := os.WriteFile(filepath.Join(dir, shot.file+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// axe is axe-core, which make node installs for tests; skipped where it is not.
func axe(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", ".ci", "node", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("no axe-core: make node")
	}
	return string(b)
}

// rules runs axe on the page as it is and gives what it finds.
const rules = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]}).then(
	(r) => r.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => v.id + ": " + n.target + " " + (n.failureSummary || "").replace(/\s+/g, " "))))`

// TestEveryPageInABrowser opens each page in both languages, with and without the script, light and dark, narrow and wide.
func TestEveryPageInABrowser(t *testing.T) {
	script := axe(t)
	b := newTab(t, access.Operator)
	for i, x := range []struct {
		lang  string
		js    bool
		dark  bool
		width int64
	}{{"de", true, false, 1600}, {"en", false, true, 360}, {"en", true, true, 1600}, {"de", false, false, 360}} {
		patterns := network.SetBlockedURLsParams{}
		if !x.js {
			patterns.URLPatterns = []*network.BlockPattern{{URLPattern: "*://*:*/assets/*.js", Block: true}}
		}
		b.do(call(network.SetBlockedURLs, patterns))
		b.scheme(x.dark)
		b.size(x.width, 900)
		for name, path := range shared(t).pages() {
			at := fmt.Sprintf("%s, %s, script %v, dark %v, %d px", name, x.lang, x.js, x.dark, x.width)
			b.open("/" + x.lang + path)
			if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s: %d px wider than the screen: %s", at, over, eval[string](b, widest))
			}
			b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := chromedp.Evaluate[any](script+";1")(ctx, target)
				return err
			}))
			for _, v := range eval[[]string](b, rules) {
				t.Errorf("%s: %s", at, v)
			}
			for _, c := range b.complaints() {
				if name != "error" || !strings.Contains(c, "status of 400") {
					t.Errorf("%s: the browser says %s", at, c)
				}
			}
		}
		if i == 1 && testing.Short() {
			break
		}
	}
}

// widest names what stands out of the page.
const widest = `[...document.querySelectorAll("main *, header *")]
	.filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, pre"))
	.map((e) => e.tagName + "." + e.className).slice(0, 3).join(" ")`

// press sends keys to the page.
func (b *tab) press(keys ...string) {
	b.Helper()
	for _, k := range keys {
		b.do(chromedp.KeyEvent(k))
	}
}

// tabTo moves by the tabulator until what has the focus matches.
func (b *tab) tabTo(selector string) {
	b.Helper()
	for range 200 {
		b.press(kb.Tab)
		if eval[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	b.Fatalf("the tabulator does not reach %s", selector)
}

// wait waits until an expression on the page is true. A page that is left meanwhile is no fault: the next is asked.
func (b *tab) wait(js string) {
	b.Helper()
	promise := fmt.Sprintf(`new Promise((done) => { const look = () => { if (%s) done(true); else setTimeout(look, 20); }; look(); })`, js)
	for b.Context().Err() == nil {
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](promise, chromedp.EvalAwaitPromise)); err == nil && ok {
			return
		} else if b.ctx.Err() != nil {
			b.Fatal(err)
		}
	}
}

// TestKeyboard lets a held change through without a pointer: by the skip link, the navigation and two pages.
func TestKeyboard(t *testing.T) {
	b := newTab(t, access.Operator)
	b.size(1280, 900)
	b.open("/en/")
	b.press(kb.Tab)
	if !eval[bool](b, `document.activeElement.className === "skip" && document.activeElement.getBoundingClientRect().left >= 0`) {
		t.Error("the first thing that the tabulator reaches is not the way to the content, or it cannot be seen")
	}
	b.press(kb.Enter)
	b.tabTo("main a")
	b.open("/en/")
	b.tabTo(`#nav a[href="/en/held"]`)
	b.press(kb.Enter)
	b.wait(`location.pathname === "/en/held" && document.readyState === "complete"`)
	before := eval[int](b, `document.querySelectorAll("main li").length`)
	b.tabTo(`main li a[href*="do=drop"]`)
	b.press(kb.Enter)
	b.wait(`location.pathname === "/en/aside/held" && document.readyState === "complete"`)
	b.tabTo(`main button.main`)
	if !eval[bool](b, `getComputedStyle(document.activeElement).outlineStyle === "solid"`) {
		t.Error("nothing shows where the focus is")
	}
	b.press(kb.Enter)
	b.wait(`document.querySelector(".flash") !== null && document.readyState === "complete"`)
	if after := eval[int](b, `document.querySelectorAll("main li").length`); after != before-1 {
		t.Errorf("%d held before, %d after", before, after)
	}
	b.open("/en/releases/" + shared(t).quoted)
	b.tabTo("#l-person")
	b.press(" ")
	if eval[string](b, `getComputedStyle(document.querySelector("mark.person")).textDecorationLine`) != "none" {
		t.Error("a layer cannot be switched off by keyboard")
	}
	b.tabTo(".card blockquote a")
	if !eval[bool](b, `document.querySelector("mark.lit") !== null`) {
		t.Error("a card does not light its words when it has the focus")
	}
}

// TestWishByKeyboard leaves a wish for a pause, and declines it, without a pointer or a script.
func TestWishByKeyboard(t *testing.T) {
	h := shared(t)
	b := newTab(t, access.Operator)
	b.do(call(network.SetBlockedURLs, network.SetBlockedURLsParams{
		URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/assets/*.js", Block: true}},
	}))
	b.size(360, 800)
	b.open("/en/bot")
	b.tabTo("#b-host")
	b.press("kreis-dornfeld.example", kb.Enter) // without www
	b.wait(`document.querySelector("table.asked") !== null && document.readyState === "complete"`)
	if name := eval[string](b, `document.querySelector("#w-host").value`); name != "www.kreis-dornfeld.example" {
		t.Errorf("the wish is for %s", name)
	}
	b.tabTo("#w-reason")
	b.press("Too much load.", kb.Tab, "it@kreis-dornfeld.example", kb.Tab, kb.Enter)
	b.wait(`document.querySelector(".flash") !== null && document.readyState === "complete"`)
	page := "/en/sources/kreis-dornfeld"
	b.open(page)
	wish := `document.querySelector("[aria-labelledby=h-wish]")`
	if s := eval[string](b, wish+`.textContent`); !strings.Contains(s, "Too much load.") || !strings.Contains(s, "one of this site") {
		t.Errorf("the wish: %s", s)
	}
	b.tabTo("button[value=declined]")
	b.press(kb.Enter)
	b.wait(`document.querySelector(".flash") !== null && document.readyState === "complete"`)
	if !eval[bool](b, wish+` === null`) {
		t.Error("it is still asked")
	}
	if list, err := h.read.PauseRequests(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("open: %v, %v", list, err)
	}
}

// TestGrey looks at the map without colours: every state has a letter of its own, and light enough against its ground.
func TestGrey(t *testing.T) {
	b := newTab(t, access.Viewer)
	b.open("/de/")
	got := eval[map[string]string](b, `Object.fromEntries([...document.querySelectorAll(".map a")].map(
		(a) => [a.querySelector("rect").classList[1], a.querySelector("text").textContent]))`)
	letters := map[string]bool{}
	for state, letter := range got {
		if letters[letter] {
			t.Errorf("%s has the letter of another state, %s", state, letter)
		}
		letters[letter] = true
	}
	if len(got) < 5 {
		t.Errorf("only %v are on the map", got)
	}
	for _, dark := range []bool{false, true} {
		b.scheme(dark)
		low := eval[[]string](b, grey)
		if len(low) > 0 {
			t.Errorf("dark %v: %v", dark, low)
		}
	}
}

// grey gives tiles whose letter has less contrast than 4.5 to its ground, by luminance alone.
const grey = `(() => {
	const light = (c) => {
		const [r, g, b] = c.match(/[\d.]+/g).slice(0, 3).map((x) => { x /= 255; return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; });
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	return [...document.querySelectorAll(".map a")].map((a) => {
		const x = light(getComputedStyle(a.querySelector("rect")).fill), y = light(getComputedStyle(a.querySelector("text")).fill);
		return [(Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05), a.querySelector("rect").classList[1]];
	}).filter(([c]) => c < 4.5).map(([c, s]) => s + " " + c.toFixed(1));
})()`
