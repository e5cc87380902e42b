package schemas_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/schemas"
)

func examples(t *testing.T, dir string, least int) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", dir, "*.json"))
	if err != nil || len(files) < least {
		t.Fatalf("%d %s examples, %v", len(files), dir, err)
	}
	return files
}

// TestValid also holds that Go reads and writes every valid release without loss: the types cover the whole schema.
func TestValid(t *testing.T) {
	for _, file := range examples(t, "valid", 6) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := schemas.Validate(b); err != nil {
				t.Fatal(err)
			}
			var r schemas.Release
			dec := json.NewDecoder(bytes.NewReader(b))
			dec.DisallowUnknownFields()
			if err := dec.Decode(&r); err != nil {
				t.Fatal(err)
			}
			if err := r.Check(); err != nil {
				t.Error(err)
			}
			if id := schemas.ReleaseID(r.Source.ID, r.CanonicalURL); id != r.ID {
				t.Errorf("id %s, want %s", r.ID, id)
			}
			again, err := json.Marshal(&r)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(decode(t, b), decode(t, again)); diff != "" {
				t.Errorf("lost by Go (-file +Go):\n%s", diff)
			}
		})
	}
}

func decode(t *testing.T, b []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// brokenExample is the valid release that a file of testdata/invalid names, changed as it says, and the reason for which it is refused.
func brokenExample(t *testing.T, file string) (doc map[string]any, because string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Because, Base string
		Set           map[string]any
		Delete        []string
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	base, err := os.ReadFile(filepath.Join("testdata", "valid", c.Base+".json"))
	if err != nil {
		t.Fatal(err)
	}
	doc = decode(t, base).(map[string]any)
	for pointer, v := range c.Set {
		change(t, doc, pointer, func(m map[string]any, key string) { m[key] = v })
	}
	for _, pointer := range c.Delete {
		change(t, doc, pointer, func(m map[string]any, key string) { delete(m, key) })
	}
	return doc, c.Because
}

// TestInvalid changes a valid release as each file says and wants it refused for exactly the reason stated.
func TestInvalid(t *testing.T) {
	for _, file := range examples(t, "invalid", 12) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			doc, because := brokenExample(t, file)
			changed, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			err = schemas.Validate(changed)
			if schemas.KindOf(err) != schemas.KindInvalid {
				t.Fatalf("not refused: %v", err)
			}
			if want := "validate: " + because; !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), ";") {
				t.Errorf("refused because of\n%s, want only\n%s", err, want)
			}
		})
	}
}

// change applies fn at a JSON pointer into nested objects and arrays.
func change(t *testing.T, doc any, pointer string, fn func(m map[string]any, key string)) {
	t.Helper()
	keys := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for _, k := range keys[:len(keys)-1] {
		if list, ok := doc.([]any); ok {
			i, err := strconv.Atoi(k)
			if err != nil || i >= len(list) {
				t.Fatalf("%s: no element %q", pointer, k)
			}
			doc = list[i]
			continue
		}
		doc = doc.(map[string]any)[k]
	}
	fn(doc.(map[string]any), keys[len(keys)-1])
}

func TestValidateNotJSON(t *testing.T) {
	for _, s := range []string{"", "{", "[]", "null", `"x"`, "{} {}"} {
		if err := schemas.Validate([]byte(s)); schemas.KindOf(err) != schemas.KindInvalid || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// TestTypesAgree compares the Go types with the schema: the same properties, the same JSON types, required exactly where Go always
// writes the field, null allowed exactly where Go may write it.
func TestTypesAgree(t *testing.T) {
	root := decode(t, schemas.ReleaseSchema).(map[string]any)
	a := &agreement{t: t, root: root, seen: map[reflect.Type]bool{}}
	a.object("release", reflect.TypeFor[schemas.Release](), root)
	if len(a.seen) < 15 {
		t.Errorf("compared only %d types", len(a.seen))
	}
}

type agreement struct {
	t    *testing.T
	root map[string]any
	seen map[reflect.Type]bool
}

// resolve merges a schema with what it refers to.
func (a *agreement) resolve(s map[string]any) map[string]any {
	ref, ok := s["$ref"].(string)
	if !ok {
		return s
	}
	out := map[string]any{}
	for k, v := range a.resolve(a.root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)) {
		out[k] = v
	}
	for k, v := range s {
		out[k] = v
	}
	return out
}

func (a *agreement) object(where string, typ reflect.Type, s map[string]any) {
	a.seen[typ] = true
	if _, closed := s["additionalProperties"]; closed {
		a.t.Errorf("%s is closed: a reader with this copy would refuse what is added later", where)
	}
	props, _ := s["properties"].(map[string]any)
	required := map[string]bool{}
	for _, r := range asList(s["required"]) {
		required[r.(string)] = true
	}
	have := map[string]bool{}
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		have[name] = true
		p, ok := props[name].(map[string]any)
		if !ok {
			a.t.Errorf("%s.%s is missing in the schema", where, name)
			continue
		}
		omit := strings.Contains(opts, "omit")
		if required[name] == omit {
			a.t.Errorf("%s.%s: required %v, but omitted when empty %v", where, name, required[name], omit)
		}
		a.value(where+"."+name, f.Type, p, omit)
	}
	for name := range props {
		if !have[name] {
			a.t.Errorf("%s.%s is missing in the Go type %s", where, name, typ)
		}
	}
}

func (a *agreement) value(where string, typ reflect.Type, s map[string]any, omit bool) {
	s = a.resolve(s)
	nullable := false
	if typ.Kind() == reflect.Pointer {
		nullable, typ = !omit, typ.Elem()
	}
	want := map[reflect.Kind]string{
		reflect.String: "string", reflect.Int: "integer", reflect.Uint64: "integer", reflect.Slice: "array",
		reflect.Struct: "object",
	}[typ.Kind()]
	var types []any
	switch v := s["type"].(type) {
	case string:
		types = []any{v}
	case []any:
		types = v
	case nil: // an enum of strings
		for _, e := range asList(s["enum"]) {
			if _, ok := e.(string); !ok {
				a.t.Errorf("%s: enum of %T", where, e)
			}
		}
		types = []any{"string"}
	}
	wantTypes := []any{want}
	if nullable {
		wantTypes = append(wantTypes, "null")
	}
	if !reflect.DeepEqual(types, wantTypes) {
		a.t.Errorf("%s is %v in the schema, %v in Go", where, types, wantTypes)
	}
	switch typ.Kind() {
	case reflect.Struct:
		a.object(where, typ, s)
	case reflect.Slice:
		items, _ := s["items"].(map[string]any)
		a.value(where+"[]", typ.Elem(), items, true)
	}
}

func asList(v any) []any {
	list, _ := v.([]any)
	return list
}
