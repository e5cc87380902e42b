package probe

import (
	"fmt"
	"strings"
)

// Identity is what a source is called.
type Identity struct{ ID, Name, AGS, State string }

// YAML writes the finding as a source file: what was found by what and every doubt stand above it as comments.
func (f *Finding) YAML(id Identity) string {
	var b strings.Builder
	comment := func(format string, args ...any) { fmt.Fprintf(&b, "# "+format+"\n", args...) }
	comment("Found from %s. %s", oneLine(f.URL), sentence(f.Reason))
	for _, e := range f.Evidence {
		comment("- %s", oneLine(e))
	}
	for _, d := range f.Doubts {
		comment("Doubt: %s", oneLine(d))
	}
	line := func(indent, key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s%s: %s\n", indent, key, quote(value))
		}
	}
	many := func(indent, key string, values []string) {
		if len(values) == 0 {
			return
		}
		fmt.Fprintf(&b, "%s%s:\n", indent, key)
		for _, v := range values {
			fmt.Fprintf(&b, "%s  - %s\n", indent, quote(v))
		}
	}
	d := &f.Draft
	line("", "id", id.ID)
	line("", "name", id.Name)
	if id.AGS != "" {
		fmt.Fprintf(&b, "ags: %q\n", id.AGS)
	}
	line("", "state", id.State)
	line("", "base", d.Base)
	many("", "hosts", d.Hosts)
	b.WriteString("start:\n")
	if len(d.Listings) > 0 {
		b.WriteString("  listings:\n")
	}
	for _, l := range d.Listings {
		fmt.Fprintf(&b, "    - url: %s\n", quote(l.URL))
		for _, x := range [][2]string{{"item", l.Item}, {"link", l.Link}, {"title", l.Title}, {"date", l.Date}, {"next", l.Next}} {
			line("      ", x[0], x[1])
		}
	}
	many("  ", "feeds", d.Feeds)
	many("  ", "sitemaps", d.Sitemaps)
	many("", "accept", d.Accept)
	many("", "refuse", d.Refuse)
	line("", "profile", d.Profile)
	return b.String()
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// quote writes a value that YAML reads as this text and nothing else.
func quote(s string) string { return "'" + strings.ReplaceAll(oneLine(s), "'", "''") + "'" }
