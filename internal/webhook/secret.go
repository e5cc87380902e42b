package webhook

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/goccy/go-yaml"
)

// Secret is a text that no log, error or output shows.
type Secret string

const hidden = "[secret]"

// String hides it from fmt.
func (Secret) String() string { return hidden }

// GoString hides it from %#v.
func (Secret) GoString() string { return hidden }

// LogValue hides it from the log.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText hides it from JSON and YAML.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// errNoText stands for the library's error, which shows what it could not read.
var errNoText = errors.New("want a text")

// UnmarshalYAML reads it.
func (s *Secret) UnmarshalYAML(b []byte) error {
	var text string
	if yaml.Unmarshal(b, &text) != nil {
		return errNoText
	}
	*s = Secret(text)
	return nil
}

// Resolve takes a secret from the configuration, or from the file that it names instead. Its errors do not show it.
func Resolve(inline Secret, file string) (Secret, error) {
	if file == "" {
		return inline, nil
	}
	if inline != "" {
		return "", errors.New("given twice: give it or its file, not both")
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("its file cannot be read: %w", err)
	}
	text := strings.TrimSpace(string(b))
	if text == "" {
		return "", errors.New("its file is empty")
	}
	return Secret(text), nil
}
