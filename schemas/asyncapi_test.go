package schemas_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/kreispresse/kreispresse/schemas"
)

type asyncAPI struct {
	AsyncAPI string `yaml:"asyncapi"`
	Channels map[string]struct {
		Address    string
		Parameters map[string]any
		Messages   map[string]map[string]string
		JetStream  struct {
			Stream string
		} `yaml:"x-jetstream"`
	}
	Operations map[string]struct {
		Action  string
		Channel map[string]string
	}
	Components struct {
		Messages map[string]struct {
			Name    string
			Headers map[string]any
			Payload map[string]any
		}
		Schemas map[string]struct {
			Required   []string
			Properties map[string]struct {
				Const string
				Enum  []string
			}
		}
	}
}

func readAsyncAPI(t *testing.T) (doc asyncAPI) {
	t.Helper()
	b, err := os.ReadFile("asyncapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestAsyncAPI holds the description of the feed to the Go constants.
func TestAsyncAPI(t *testing.T) {
	doc := readAsyncAPI(t)
	if doc.AsyncAPI != "3.0.0" {
		t.Errorf("version %q", doc.AsyncAPI)
	}
	want := map[string]struct{ address, stream string }{
		"releases":  {schemas.ReleaseSubject("{state}", "{source}", "{id}"), schemas.StreamPress},
		"snapshots": {schemas.RawSubject("{source}", "{page}"), schemas.StreamRaw},
		"runs":      {schemas.RunSubject("{source}", "{event}"), schemas.StreamRuns},
		"services":  {schemas.ServiceSubject("{name}"), ""},
	}
	for name, w := range want {
		c, ok := doc.Channels[name]
		if !ok || c.Address != w.address || c.JetStream.Stream != w.stream {
			t.Errorf("channel %s: %q on %q, want %+v", name, c.Address, c.JetStream.Stream, w)
		}
		for p := range c.Parameters {
			if !strings.Contains(c.Address, "{"+p+"}") {
				t.Errorf("channel %s: parameter %s is not in the address", name, p)
			}
		}
		if n := strings.Count(c.Address, "{"); n != len(c.Parameters) {
			t.Errorf("channel %s: %d parameters in the address, %d described", name, n, len(c.Parameters))
		}
		for key, ref := range c.Messages {
			if _, ok := doc.Components.Messages[strings.TrimPrefix(ref["$ref"], "#/components/messages/")]; !ok {
				t.Errorf("channel %s: message %s refers to nothing: %v", name, key, ref)
			}
		}
	}
	if len(doc.Channels) != len(want) {
		t.Errorf("%d channels, want %d", len(doc.Channels), len(want))
	}
	for name, op := range doc.Operations {
		if _, ok := doc.Channels[strings.TrimPrefix(op.Channel["$ref"], "#/channels/")]; !ok || op.Action != "send" && op.Action != "receive" {
			t.Errorf("operation %s: %+v", name, op)
		}
	}
	eventTypes(t, &doc)
}

func eventTypes(t *testing.T, doc *asyncAPI) {
	t.Helper()
	var all []string
	for short, full := range schemas.EventTypes {
		all = append(all, full)
		if _, ok := doc.Channels["releases"].Messages[short]; !ok {
			t.Errorf("releases carries no %s", short)
		}
		m := doc.Components.Messages[short]
		if m.Name != full || m.Payload["$ref"] != "./release.v1.schema.json" || m.Headers["$ref"] != "#/components/schemas/cloudEvent" {
			t.Errorf("message %s: %+v", short, m)
		}
	}
	ce := doc.Components.Schemas["cloudEvent"]
	got := slices.Sorted(slices.Values(ce.Properties["ce-type"].Enum))
	if !slices.Equal(got, slices.Sorted(slices.Values(all))) {
		t.Errorf("event types %v, want %v", got, all)
	}
	if id := ce.Properties["ce-dataschema"].Const; id != schemas.ReleaseSchemaID || !strings.Contains(string(schemas.ReleaseSchema), `"$id": "`+id+`"`) {
		t.Errorf("data schema %q is not the $id of the schema", id)
	}
	for _, r := range ce.Required {
		if _, ok := ce.Properties[r]; !ok {
			t.Errorf("required header %s is not described", r)
		}
	}
}

// TestPauseRequestIsDescribed holds the description of a pause request to what is written.
func TestPauseRequestIsDescribed(t *testing.T) {
	doc := readAsyncAPI(t)
	m := doc.Components.Messages["pauseRequest"]
	text, err := json.Marshal(m.Payload)
	if err != nil || m.Name != schemas.RunPauseRequest {
		t.Fatal(m.Name, err)
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("pause.json", schema); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("pause.json")
	if err != nil {
		t.Fatal(err)
	}
	full := pauseRequest()
	full.Answer, full.By, full.Until = schemas.PauseAccepted, "erika", full.At
	for _, p := range []schemas.PauseRequest{pauseRequest(), full} {
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		for name := range value.(map[string]any) {
			if _, ok := m.Payload["properties"].(map[string]any)[name]; !ok {
				t.Errorf("%s is not described", name)
			}
		}
	}
}
