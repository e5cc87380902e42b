package discover

import (
	"bytes"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/schemas"
)

// challengeTitles are the titles of pages that bot protections put in front of a site, lower case. A press release has none of them.
var challengeTitles = []string{
	"just a moment", "attention required! | cloudflare", "ddos-guard", "access denied", "please wait...", "one moment, please",
	"nur einen moment", "einen moment bitte", "checking your browser", "you are being redirected", "bot verification", "security check",
	"sicherheitsüberprüfung", "are you a robot", "robot challenge", "making sure you're not a bot", "sicherheitsabfrage",
}

// challengeMarks are bytes that only challenge pages carry; looked for in pages too short to be a release.
var challengeMarks = [][]byte{
	[]byte("_Incapsula_Resource"), []byte("cf-browser-verification"), []byte("cf_chl_opt"), []byte("sgcaptcha"), []byte("/.within.website/x/cmd/anubis"),
	[]byte("Checking your browser before accessing"), []byte("Enable JavaScript and cookies to continue"), []byte("aws-waf-token"), []byte("px-captcha"),
}

const challengeBytes = 32 << 10

// Challenge reports an answer that is a bot protection's and not the site's: it came with status 200 and must not become
// content.
func Challenge(body []byte, thing string) error {
	head := body[:min(len(body), challengeBytes)]
	if err := challengeTitle(rawTitle(head), thing); err != nil {
		return err
	}
	if len(body) <= challengeBytes {
		for _, m := range challengeMarks {
			if bytes.Contains(head, m) {
				return challenged(thing, string(m))
			}
		}
	}
	return nil
}

// rawTitle is the text of the first title element without parsing the page, at most 300 bytes.
func rawTitle(head []byte) string {
	for rest := head; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			return ""
		}
		rest = rest[i+1:]
		if len(rest) < 6 || !bytes.EqualFold(rest[:5], []byte("title")) {
			continue
		}
		j := bytes.IndexByte(rest, '>')
		if j < 0 {
			return ""
		}
		text, _, _ := bytes.Cut(rest[j+1:min(len(rest), j+301)], []byte("<"))
		return string(text)
	}
}

func challenge(doc *goquery.Selection, thing string) error {
	return challengeTitle(doc.Find("title").First().Text(), thing)
}

func challengeTitle(title, thing string) error {
	title = strings.ToLower(strings.Join(strings.Fields(title), " "))
	for _, t := range challengeTitles {
		if rest, ok := strings.CutPrefix(title, t); ok && len(rest) <= 20 {
			return challenged(thing, title)
		}
	}
	return nil
}

func challenged(thing, mark string) error {
	return polite.Refuse(schemas.KindUnavailable, thing, "ask the site's operator to let the crawler through", "a bot challenge instead of the page (%q)", mark)
}
