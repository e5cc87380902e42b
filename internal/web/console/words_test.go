package console

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/doctor"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// families are keys that are put together: what comes behind the prefix.
var families = map[string][]string{
	"nav.":        {"overview", "sources", "releases", "said", "held", "dead", "reviews", "subscribers", "reread", "system"},
	"role.":       {"viewer", "operator"},
	"kind.":       slices.Sorted(maps.Keys(schemas.EventTypes)),
	"method.":     {schemas.MethodName, schemas.MethodSurname, schemas.MethodRole, schemas.MethodPronoun, schemas.MethodContinuation},
	"quote.":      {schemas.QuoteFragment, schemas.QuotePull},
	"error.":      {"400", "403", "404", "409", "500", "503"},
	"done.":       {"reviewed", "paused", "resumed", "heldrelease", "helddrop", "deadretry", "deaddrop", "pauserequested", "pauseaccepted", "pausedeclined"},
	"deed.":       {"heldrelease", "helddrop", "deadretry", "deaddrop"},
	"effect.":     {"heldrelease", "helddrop", "deadretry", "deaddrop"},
	"about.":      {"held", "dead"},
	"none.":       {"held", "dead"},
	"reviewed.":   {review.Open, review.Right, review.Wrong, review.Gone},
	"reviewlost.": {review.LostErased, review.LostExpired, review.LostOther, review.LostUnread},
	"verdict.":    {review.VerdictPerson, review.VerdictNobody, review.VerdictNoQuote},
	"stage.":      {"named", "asked", "answered", "fresh", "out"},
	"lost.":       {"notdue", "failed", "refused", "missing", "unchanged", "norelease", "held", "dead", "same"},
	"sort.":       slices.Sorted(maps.Keys(sourceSorts)),
	"pausefor.":   {"0", "1", "7", "30"},
	"level.":      {"ok", "warn", "fail"},
	"origin.":     {"flag", "environment", "file", "default"},
	"class.": {
		schemas.ChangeTypo, schemas.ChangeNumber, schemas.ChangeName, schemas.ChangeQuote, schemas.ChangeDate, schemas.ChangeURL, schemas.ChangeOther,
	},
	"field.": {
		"url", "source", "language", "title", "kicker", "text", "lead", "published", "quotes", "people", "dates", "credits", "images", "attachments", "contact",
		"embargo", "usage",
	},
	"why.":       schemas.Whys,
	"finding.":   slices.Sorted(maps.Keys(doctor.Codes())),
	"advice.":    advised(doctor.Codes()),
	"look.":      looks(),
	"judged.":    slices.Sorted(maps.Keys(health.Codes())),
	"remedy.":    advised(health.Codes()),
	"runcause.":  schemas.RunCauses,
	"because.":   append(kinds(), schemas.HoldWhys...),
	"errorkind.": kinds(),
	"errordo.":   kinds(),
	"mistake.": {
		"nopage", "noacts", "noquote", "newer", "noname", "speaker", "noverdict", "noreason", "erased", "typed", "nodeed", "nothing", "count",
		"noform", "noanswer", "nodays", "answered",
	},
	"ran.":    {string(health.RunFresh), string(health.RunStill), string(health.RunFailed)},
	"wrong.":  {"slowly", "nohost", "unknown", "incomplete", "waits", "toomany"},
	"state.":  {health.Healthy, health.Degraded, health.Silent, health.Broken, api.Unknown, "paused", "retired"},
	"letter.": {health.Healthy, health.Degraded, health.Silent, health.Broken, api.Unknown, "paused", "retired"},
}

// closed are the families of which no member may have words that is not listed: codes of findings, verdicts and errors.
var closed = map[string]bool{
	"finding.": true, "advice.": true, "look.": true, "judged.": true, "remedy.": true, "runcause.": true, "because.": true, "errorkind.": true, "mistake.": true,
}

// advised are the codes with which it is said what to do.
func advised(codes map[string]bool) (list []string) {
	for code, do := range codes {
		if do {
			list = append(list, code)
		}
	}
	return list
}

// looks are the things that the doctor looks at.
func looks() (list []string) {
	for code := range doctor.Codes() {
		look, _, _ := strings.Cut(code, ".")
		list = append(list, look)
	}
	return list
}

func kinds() (list []string) {
	for _, k := range schemas.Kinds {
		list = append(list, string(k))
	}
	return list
}

// words reads a language's file as it is.
func words(t *testing.T, lang string) map[string]any {
	t.Helper()
	b, err := localeFS.ReadFile("locales/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]any{}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatalf("%s: %v", lang, err)
	}
	return m
}

var placeholder = regexp.MustCompile(`{{\.(\w+)}}`)

// shape is what a key's words contain: the forms of the plural, and the values.
func shape(v any) string {
	forms := map[string]any{"other": v}
	if m, ok := v.(map[string]any); ok {
		forms = m
	}
	names := map[string]bool{}
	for _, words := range forms {
		for _, m := range placeholder.FindAllStringSubmatch(words.(string), -1) {
			names[m[1]] = true
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(forms)), ",") + " " + strings.Join(slices.Sorted(maps.Keys(names)), ",")
}

func TestLanguagesAgree(t *testing.T) {
	de, en := words(t, "de"), words(t, "en")
	for key, v := range de {
		switch w, ok := en[key]; {
		case !ok:
			t.Errorf("%s has no English words", key)
		case shape(v) != shape(w):
			t.Errorf("%s: German has %s, English %s", key, shape(v), shape(w))
		}
	}
	for key := range en {
		if _, ok := de[key]; !ok {
			t.Errorf("%s has no German words", key)
		}
	}
	for lang, m := range map[string]map[string]any{"de": de, "en": en} {
		for key, v := range m {
			if s, ok := v.(string); ok && strings.TrimSpace(s) == "" {
				t.Errorf("%s: %s is empty", lang, key)
			}
		}
	}
}

// used finds the keys that templates and handlers name, and the beginnings of those that they put together.
func used(t *testing.T) (keys, prefixes map[string]bool) {
	t.Helper()
	keys, prefixes = map[string]bool{}, map[string]bool{}
	templates, _ := filepath.Glob("templates/*.html")
	sources, _ := filepath.Glob("*.go")
	inTemplate, inGo := regexp.MustCompile(`\(?\bt "([\w.]+)"`), regexp.MustCompile(`(?:say\(|words: ")"?([\w.]+)"`)
	built, builtInGo := regexp.MustCompile(`\bt \(print "([\w.]+\.)"`), regexp.MustCompile(`(?:cause\(l, )?"([a-z]+\.)"(?: ?\+|, \w)`)
	for _, file := range append(templates, sources...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		one, many := inTemplate, built
		if strings.HasSuffix(file, ".go") {
			one, many = inGo, builtInGo
		}
		for _, m := range one.FindAllStringSubmatch(string(b), -1) {
			keys[m[1]] = true
		}
		for _, m := range many.FindAllStringSubmatch(string(b), -1) {
			prefixes[m[1]] = true
		}
	}
	if len(keys) < 50 {
		t.Fatalf("found %d keys only", len(keys))
	}
	return keys, prefixes
}

func TestEveryKeyIsUsedAndHasWords(t *testing.T) {
	de := words(t, "de")
	keys, prefixes := used(t)
	for key := range keys {
		if _, ok := de[key]; !ok && !prefixes[key] {
			t.Errorf("%s is used and has no words", key)
		}
	}
	for key := range de {
		prefix := key[:strings.Index(key, ".")+1]
		if !keys[key] && !prefixes[prefix] {
			t.Errorf("%s has words and nobody uses it", key)
		}
	}
	for prefix, list := range families {
		for key := range de {
			if rest, ok := strings.CutPrefix(key, prefix); ok && closed[prefix] && !slices.Contains(list, rest) {
				t.Errorf("%s has words, and no code is called so", key)
			}
		}
	}
	for prefix := range prefixes {
		list, ok := families[prefix]
		if !ok {
			t.Errorf("keys are made of %q: say in families of what else", prefix)
		}
		for _, x := range list {
			if _, ok := de[prefix+x]; !ok {
				t.Errorf("%s%s has no words", prefix, x)
			}
		}
	}
}

// TestCausesAreSaid says every code in every language, with one of everything and with many, and wants whole sentences.
func TestCausesAreSaid(t *testing.T) {
	f, err := newFrame(time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 1234} {
		with := schemas.With{"At": "2026-01-12T08:00:00Z", "Kind": "locked", "Field": "people", "Rate": 1.5}
		for _, name := range []string{"Contact", "Server", "Stream", "Which", "Where", "Sum"} {
			with[name] = "<b>x</b>"
		}
		for _, name := range []string{
			"N", "Lost", "More", "Lag", "Copies", "Streams", "Messages", "Seconds", "Free", "Floor", "PerDay", "Days", "Version", "Alike", "Releases", "Named",
			"Least", "Late", "Has", "Before", "Had", "Quiet", "Longest", "Known", "Bad", "All", "Left", "Asked", "Gone", "Silent", "Replaced", "NoRelease",
		} {
			with[name] = n
		}
		for lang, l := range f.locales {
			for _, family := range []string{"finding", "advice", "judged", "remedy", "runcause"} {
				for _, code := range families[family+"."] {
					says := f.cause(l, family+".", schemas.Cause{Code: code, With: with})
					if says == "" || strings.Contains(says, "no value") || strings.Contains(says, "{{") {
						t.Errorf("%s, %s.%s of %d: %q", lang, family, code, n, says)
					}
				}
			}
		}
	}
}
