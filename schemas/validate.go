package schemas

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// The $id of the schemas; events carry that of the release as their dataschema.
const (
	ReleaseSchemaID = "https://kreispresse.github.io/schemas/release.v1.schema.json"
	RunSchemaID     = "https://kreispresse.github.io/schemas/run.v1.schema.json"
	SourceSchemaID  = "https://kreispresse.github.io/schemas/source.v1.schema.json"
)

// ReleaseSchema is release.v1.schema.json, the contract with whoever reads releases.
//
//go:embed release.v1.schema.json
var ReleaseSchema []byte

// RunSchema is run.v1.schema.json, the contract with whoever reads the manifests of runs.
//
//go:embed run.v1.schema.json
var RunSchema []byte

// SourceSchema is source.v1.schema.json, for whoever writes sources. The program itself reads them more strictly, see crawler/source.
//
//go:embed source.v1.schema.json
var SourceSchema []byte

// OpenAPI is openapi.yaml, what can be asked for over HTTP.
//
//go:embed openapi.yaml
var OpenAPI []byte

// The schemas, compiled when they are first needed: start-up of commands that publish nothing stays short.
var (
	releaseSchema = compileOnce(ReleaseSchemaID, &ReleaseSchema)
	runSchema     = compileOnce(RunSchemaID, &RunSchema)
	sourceSchema  = compileOnce(SourceSchemaID, &SourceSchema)
)

func compileOnce(id string, text *[]byte) func() (*jsonschema.Schema, error) {
	return sync.OnceValues(func() (*jsonschema.Schema, error) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(*text))
		if err != nil {
			return nil, err
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(id, doc); err != nil {
			return nil, err
		}
		return c.Compile(id)
	})
}

// Validate checks the JSON form of a release against release.v1.schema.json. The error is KindInvalid, in one line, and names the
// places that are wrong as JSON pointers.
func Validate(b []byte) error { return validate(releaseSchema, ReleaseSchemaID, b) }

// ValidateRun is Validate for a manifest and run.v1.schema.json.
func ValidateRun(b []byte) error { return validate(runSchema, RunSchemaID, b) }

// ValidateSource is Validate for the JSON form of a source and source.v1.schema.json.
func ValidateSource(b []byte) error { return validate(sourceSchema, SourceSchemaID, b) }

func validate(compiled func() (*jsonschema.Schema, error), id string, b []byte) error {
	schema, err := compiled()
	if err != nil {
		return &Error{Op: "validate", Kind: KindInternal, Thing: id, Err: err}
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return &Error{Op: "validate", Kind: KindInvalid, Err: fmt.Errorf("not JSON: %w", err)}
	}
	err = schema.Validate(doc)
	if ve, ok := errors.AsType[*jsonschema.ValidationError](err); ok {
		return &Error{Op: "validate", Kind: KindInvalid, Err: errors.New(faults(ve))}
	}
	return err
}

// maxFaults bounds how many places an error names.
const maxFaults = 3

// faults says where and what is wrong: the leaves of the tree of causes.
func faults(ve *jsonschema.ValidationError) string {
	printer := message.NewPrinter(language.English)
	var list []string
	var walk func(*jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		for _, c := range e.Causes {
			walk(c)
		}
		if len(e.Causes) == 0 {
			list = append(list, "/"+strings.Join(e.InstanceLocation, "/")+": "+e.ErrorKind.LocalizedString(printer))
		}
	}
	walk(ve)
	if n := len(list); n > maxFaults {
		list = append(list[:maxFaults], fmt.Sprintf("and %d more", n-maxFaults))
	}
	return strings.Join(strings.Fields(strings.Join(list, "; ")), " ")
}
