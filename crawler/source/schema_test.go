package source

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/kreispresse/kreispresse/schemas"
)

var update = flag.Bool("update", false, "write the generated pages of docs anew")

// schema is what the reference needs of a JSON Schema.
type schema struct {
	Ref         string            `json:"$ref"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Type        any               `json:"type"`
	Enum        []string          `json:"enum"`
	Default     any               `json:"default"`
	Examples    []string          `json:"examples"`
	Items       *schema           `json:"items"`
	Properties  map[string]schema `json:"properties"`
	Defs        map[string]schema `json:"$defs"`
}

// TestSchemaHasEveryKey: what the decoder reads and what source.v1.schema.json tells editors are the same keys.
func TestSchemaHasEveryKey(t *testing.T) {
	s := sourceSchema(t)
	var compare func(path string, typ reflect.Type, props map[string]schema)
	compare = func(path string, typ reflect.Type, props map[string]schema) {
		keys := keysOf(typ)
		for key := range props {
			if !slices.Contains(keys, key) {
				t.Errorf("%s%s is in the schema and no key", path, key)
			}
		}
		for _, key := range keys {
			p, ok := props[key]
			if !ok {
				t.Errorf("%s%s is not in the schema", path, key)
				continue
			}
			f, _ := fieldOf(reflect.New(typ).Elem(), key)
			ft := f.Type()
			if ft.Kind() == reflect.Slice {
				ft = ft.Elem()
				if p.Items == nil {
					t.Errorf("%s%s is a list", path, key)
					continue
				}
				p = s.resolve(*p.Items)
			}
			if ft.Kind() == reflect.Struct {
				compare(path+key+".", ft, p.Properties)
			}
		}
	}
	compare("", reflect.TypeFor[Source](), s.Properties)
}

// TestSchemaTakesTheRegistry: each source that comes with the program satisfies the schema that its files name.
func TestSchemaTakesTheRegistry(t *testing.T) {
	sub, err := fs.Sub(embedded, "sources")
	if err != nil {
		t.Fatal(err)
	}
	docs, _, err := documents(sub, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		b, err := yaml.YAMLToJSON(d.text)
		if err == nil {
			err = schemas.ValidateSource(b)
		}
		if err != nil {
			t.Errorf("%s:%d: %v", d.name, d.above+1, err)
		}
	}
	if err := schemas.ValidateSource([]byte(`{"id": "kreis-x", "feds": []}`)); err == nil {
		t.Error("the schema takes a key that is none")
	}
}

func sourceSchema(t *testing.T) *schema {
	t.Helper()
	var s schema
	if err := json.Unmarshal(schemas.SourceSchema, &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

func (s *schema) resolve(p schema) schema {
	name, ok := strings.CutPrefix(p.Ref, "#/$defs/")
	if !ok {
		return p
	}
	d := s.Defs[name]
	d.Description = cmp.Or(p.Description, d.Description)
	d.Default = cmp.Or(p.Default, d.Default)
	return d
}

// TestReference: docs/source-keys.md is the schema in words. Write it anew with -update.
func TestReference(t *testing.T) {
	s := sourceSchema(t)
	var b strings.Builder
	b.WriteString("# Keys of a source file\n\nGenerated from [source.v1.schema.json](../schemas/source.v1.schema.json) by " +
		"`go test ./crawler/source -run TestReference -update`.\n" +
		"A file holds one source, or several documents parted by lines `---`. Unknown keys are errors. " + s.Description +
		"\n\n| key | what | default |\n|---|---|---|\n")
	var table func(path string, typ reflect.Type, props map[string]schema)
	table = func(path string, typ reflect.Type, props map[string]schema) {
		for _, key := range keysOf(typ) {
			p := s.resolve(props[key])
			fmt.Fprintf(&b, "| `%s%s` | %s | %s |\n", path, key, cell(p), defaultOf(p))
			f, _ := fieldOf(reflect.New(typ).Elem(), key)
			switch ft := f.Type(); {
			case ft.Kind() == reflect.Struct:
				table(path+key+".", ft, p.Properties)
			case ft.Kind() == reflect.Slice && ft.Elem().Kind() == reflect.Struct:
				table(path+key+"[].", ft.Elem(), s.resolve(*p.Items).Properties)
			}
		}
	}
	table("", reflect.TypeFor[Source](), s.Properties)
	generated(t, "../../docs/source-keys.md", b.String())
}

func cell(p schema) string {
	text := p.Description
	if len(p.Enum) > 0 {
		text = strings.TrimSpace(text + " One of: " + strings.Join(p.Enum, ", ") + ".")
	}
	if len(p.Examples) > 0 {
		text = strings.TrimSpace(text + " E.g. `" + strings.ReplaceAll(p.Examples[0], "|", "\\|") + "`")
	}
	return text
}

func defaultOf(p schema) string {
	if p.Default == nil {
		return ""
	}
	return fmt.Sprintf("`%v`", p.Default)
}

// generated compares a page of docs with what it should be, or writes it.
func generated(t *testing.T, name, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != want {
		t.Errorf("%s is out of date: go test ./crawler/source -update (%v)", name, err)
	}
}
