package source

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// decoder lays a YAML document over a struct and notes every problem with its line instead of stopping at the first, which is why
// it walks goccy's syntax tree itself. Anchors, aliases, tags and merge keys are not part of the schema.
type decoder struct {
	file     string
	above    int            // lines of the file above the document
	lines    map[string]int // key path → line, for the semantic checks
	problems Problems
}

func (d *decoder) problem(line int, key, format string, args ...any) {
	if line > 0 {
		line += d.above
	}
	d.problems = append(d.problems, Problem{File: d.file, Line: line, Key: key, Message: fmt.Sprintf(format, args...)})
}

// document decodes one file into the struct that into points to. It reports whether there was a document to decode.
func (d *decoder) document(text []byte, into any) bool {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")) // Windows editors write one
	if why := tooMuch(text); why != "" {
		d.problem(0, "", "%s", why)
		return false
	}
	f, err := parser.ParseBytes(text, 0)
	if err != nil {
		line, msg := 0, err.Error()
		if se, ok := errors.AsType[*yaml.SyntaxError](err); ok {
			msg = se.Message
			if se.Token != nil && se.Token.Position != nil {
				line = se.Token.Position.Line
			}
		}
		d.problem(line, "", "not YAML: %s", strings.SplitN(msg, "\n", 2)[0])
		return false
	}
	var bodies []ast.Node
	for _, doc := range f.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		d.problem(1, "", "empty file, expected one source")
		return false
	case len(bodies) > 1:
		d.problem(lineOf(bodies[1]), "", "a second document, expected one source per file")
		return false
	}
	d.node(bodies[0], "", reflect.ValueOf(into).Elem())
	return len(d.lines) > 0 // a document without any key has had its problem told
}

// maxDepth is how deep a file may be nested; a source needs four levels. The YAML parser is quadratic in it.
const maxDepth = 64

// tooMuch says why a text is not given to the parser, or "".
func tooMuch(text []byte) string {
	if len(text) > MaxFile {
		return fmt.Sprintf("%d bytes, expected one source of at most %d", len(text), MaxFile)
	}
	depth := 0
	for line := range bytes.Lines(text) {
		depth += bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("{")) - bytes.Count(line, []byte("]")) - bytes.Count(line, []byte("}"))
		if depth > maxDepth || bytes.Count(line, []byte("- ")) > maxDepth || bytes.Count(line, []byte("? ")) > maxDepth {
			return "nested deeper than a source can be"
		}
	}
	return ""
}

var (
	durationType = reflect.TypeFor[time.Duration]()
	byteSizeType = reflect.TypeFor[ByteSize]()
	ageType      = reflect.TypeFor[Age]()
	recheckType  = reflect.TypeFor[Recheck]()
	startType    = reflect.TypeFor[Start]()
	statusType   = reflect.TypeFor[Status]()
)

func (d *decoder) node(n ast.Node, path string, into reflect.Value) {
	text, plain := scalarText(n)
	switch {
	case into.Type() == recheckType && plain:
		if text != "always" {
			d.problem(lineOf(n), path, "%q, expected always, or keys: %s", text, strings.Join(keysOf(recheckType), ", "))
			return
		}
		into.FieldByName("Always").SetBool(true)
	case into.Kind() == reflect.Struct:
		if into.Type() == startType || into.Type() == statusType { // laid over another they are said anew as a whole
			into.SetZero()
		}
		d.mapping(n, path, into)
	case into.Kind() == reflect.Slice:
		d.sequence(n, path, into)
	default:
		d.scalar(n, path, into)
	}
}

func (d *decoder) mapping(n ast.Node, path string, into reflect.Value) {
	var pairs []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		pairs = m.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{m}
	default:
		d.problem(lineOf(n), path, "%s, expected keys: %s", describe(n), strings.Join(keysOf(into.Type()), ", "))
		return
	}
	for _, p := range pairs {
		key, line := p.Key.GetToken().Value, lineOf(p.Key)
		full := key
		if path != "" {
			full = path + "." + key
		}
		d.lines[full] = line
		field, ok := fieldOf(into, key)
		if !ok {
			known := keysOf(into.Type())
			if near := nearest(key, known); near != "" {
				d.problem(line, full, "unknown key, did you mean %q?", near)
			} else {
				d.problem(line, full, "unknown key, expected one of: %s", strings.Join(known, ", "))
			}
			continue
		}
		if _, null := p.Value.(*ast.NullNode); null {
			d.problem(line, full, "no value")
			continue
		}
		d.node(p.Value, full, field)
	}
}

func (d *decoder) sequence(n ast.Node, path string, into reflect.Value) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		d.problem(lineOf(n), path, "%s, expected a list", describe(n))
		return
	}
	out := reflect.MakeSlice(into.Type(), len(seq.Values), len(seq.Values))
	for i, v := range seq.Values {
		item := path + "[" + strconv.Itoa(i) + "]"
		d.lines[item] = lineOf(v)
		d.node(v, item, out.Index(i))
	}
	into.Set(out)
}

func (d *decoder) scalar(n ast.Node, path string, into reflect.Value) {
	text, plain := scalarText(n)
	if !plain {
		d.problem(lineOf(n), path, "%s, expected %s", describe(n), expected(into.Type()))
		return
	}
	var err error
	switch {
	case into.Type() == durationType:
		var v time.Duration
		if v, err = time.ParseDuration(text); err == nil {
			into.SetInt(int64(v))
		}
	case into.Type() == byteSizeType:
		var v ByteSize
		if v, err = ParseByteSize(text); err == nil {
			into.SetInt(int64(v))
		}
	case into.Type() == ageType:
		var v Age
		if v, err = ParseAge(text); err == nil {
			into.SetInt(int64(v))
		}
	case into.Kind() == reflect.Int:
		var v int
		if v, err = strconv.Atoi(text); err == nil {
			into.SetInt(int64(v))
		}
	case into.Kind() == reflect.Bool:
		b, isBool := n.(*ast.BoolNode)
		if isBool {
			into.SetBool(b.Value)
		} else {
			err = errors.New("not a bool")
		}
	default:
		if _, isBool := n.(*ast.BoolNode); isBool { // id: true is a slip, or wants quotes
			err = errors.New("not text")
		} else {
			into.SetString(text)
		}
	}
	if err != nil {
		d.problem(lineOf(n), path, "%q, expected %s", text, expected(into.Type()))
	}
}

// scalarText is a scalar as written: 05358 stays 05358 and does not become an octal number.
func scalarText(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return strings.TrimRight(v.Value.Value, "\n"), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// ParseByteSize reads a number of bytes such as 10MiB.
func ParseByteSize(s string) (ByteSize, error) {
	num := strings.TrimRight(s, "BKMGi ")
	unit, ok := map[string]int64{
		"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
	}[strings.TrimSpace(s[len(num):])]
	v, err := strconv.ParseInt(num, 10, 64)
	if err != nil || !ok || v < 0 || v > (1<<40)/unit {
		return 0, errors.New("not a size")
	}
	return ByteSize(v * unit), nil
}

func expected(t reflect.Type) string {
	switch {
	case t == durationType:
		return "a duration such as 2s or 500ms"
	case t == byteSizeType:
		return "a size such as 10MiB"
	case t == ageType:
		return "an age such as 400d, 26w, 36h or never"
	case t.Kind() == reflect.Int:
		return "a whole number"
	case t.Kind() == reflect.Bool:
		return "true or false"
	}
	return "text"
}

func describe(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		return "an anchor, alias or tag (not supported)"
	}
	if text, ok := scalarText(n); ok {
		return strconv.Quote(text)
	}
	return "no value"
}

func lineOf(n ast.Node) int {
	// the first key's line, not the line of the colon or of a nested value
	switch v := n.(type) {
	case *ast.MappingNode:
		if len(v.Values) > 0 {
			return lineOf(v.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return lineOf(v.Key)
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

func fieldOf(v reflect.Value, key string) (reflect.Value, bool) {
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("yaml") == key && key != "" {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		if k := t.Field(i).Tag.Get("yaml"); k != "" {
			keys = append(keys, k)
		}
	}
	return keys
}
