// Package jsonld reads the JSON-LD of a page as plain nodes: schema.org objects found at the top, in lists and in @graph, with the
// objects they hold. It forgives what real pages get wrong: raw line breaks in strings, comments around the script, one broken
// script among good ones.
package jsonld

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
)

// Limits: no press page measured comes near them.
const (
	maxScripts = 64
	maxScript  = 4 << 20 // bytes
	maxDepth   = 24
	maxNodes   = 4096
)

// Node is a JSON object with its properties.
type Node map[string]any

// Decode gives the objects of the texts of ld+json scripts that stand for themselves: top-level ones and the members of lists and of
// @graph, in page order.
func Decode(scripts []string) []map[string]any {
	var out []map[string]any
	for i, raw := range scripts {
		var v any
		if i < maxScripts && len(out) < maxNodes && len(raw) <= maxScript && decode(raw, &v) {
			out = top(out, v, 0)
		}
	}
	return out
}

func decode(raw string, v *any) bool {
	raw = strings.TrimSpace(raw)
	raw = strings.TrimPrefix(strings.TrimSuffix(raw, "-->"), "<!--")
	raw = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSpace(raw), "//]]>"), "//<![CDATA[")
	raw = strings.TrimSuffix(strings.TrimSpace(raw), ";")
	if json.Unmarshal([]byte(raw), v) == nil {
		return true
	}
	raw = repair(raw)
	return json.Unmarshal([]byte(raw), v) == nil || json.Unmarshal([]byte(html.UnescapeString(raw)), v) == nil
}

// repair escapes control characters inside strings and drops commas before a closing bracket.
func repair(raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	in, esc := false, false
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		switch {
		case esc:
			esc = false
		case in && c == '\\':
			esc = true
		case c == '"':
			in = !in
		case c < ' ':
			c = ' '
		case !in && c == ',':
			if rest := strings.TrimLeft(raw[i+1:min(len(raw), i+200)], " \t\r\n"); rest != "" && (rest[0] == '}' || rest[0] == ']') {
				continue
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

func top(out []map[string]any, v any, depth int) []map[string]any {
	if depth > maxDepth || len(out) >= maxNodes {
		return out
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			out = top(out, x, depth+1)
		}
	case map[string]any:
		out = append(out, v)
		if g, ok := v["@graph"]; ok {
			out = top(out, g, depth+1)
		}
	}
	return out
}

// Is reports whether one of the node's types is one of names, compared without the vocabulary's address.
func (n Node) Is(names ...string) bool {
	for _, t := range Strings(n["@type"]) {
		if slices.Contains(names, t[strings.LastIndexAny(t, "/#:")+1:]) {
			return true
		}
	}
	return false
}

// Text is the property as a string: the first of a list, the name or @id of an object, "" when there is none.
func (n Node) Text(property string) string {
	if s := Strings(n[property]); len(s) > 0 {
		return s[0]
	}
	return ""
}

// Nodes are the objects of a property, one or a list.
func (n Node) Nodes(property string) []Node {
	var out []Node
	switch v := n[property].(type) {
	case map[string]any:
		out = append(out, Node(v))
	case []any:
		for _, x := range v {
			if m, ok := x.(map[string]any); ok {
				out = append(out, Node(m))
			}
		}
	}
	return out
}

// Strings are the strings of a value: itself, the members of a list, the name (else url, else @id) of an object.
func Strings(v any) []string { return appendStrings(nil, v, 0) }

func appendStrings(out []string, v any, depth int) []string {
	if depth > 4 || len(out) >= 64 {
		return out
	}
	switch v := v.(type) {
	case string:
		if s := strings.TrimSpace(v); s != "" {
			out = append(out, s)
		}
	case []any:
		for _, x := range v {
			out = appendStrings(out, x, depth+1)
		}
	case map[string]any:
		for _, k := range []string{"name", "@value", "url", "@id"} {
			if s := appendStrings(nil, v[k], depth+1); len(s) > 0 {
				return append(out, s...)
			}
		}
	}
	return out
}
