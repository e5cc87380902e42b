package deliver

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/kreispresse/kreispresse/internal/webhook"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// Webhook is one item of the key webhooks of the configuration: an address that takes events by POST.
type Webhook struct {
	Name       string         `yaml:"name"` // its place in the feed is remembered under it
	URL        webhook.Secret `yaml:"url"`  // for some services whoever knows it may write
	Secret     webhook.Secret `yaml:"secret"`
	SecretFile string         `yaml:"secret_file"`
	Source     string         `yaml:"source"` // only of this source
	State      string         `yaml:"state"`  // only of this Land
	Type       string         `yaml:"type"`   // only events of this type, e.g. corrected
	From       uint64         `yaml:"from"`   // sequence to begin at, the first time; 0: what is published from then on
}

func invalid(thing, hint string, err error) error {
	return &schemas.Error{Op: "config", Kind: schemas.KindInvalid, Thing: "webhooks" + thing, Hint: hint, Err: err}
}

// check completes a webhook: its signing key.
func (w *Webhook) check(where string) (key []byte, err error) {
	if err := schemas.CheckToken(w.Name); err != nil {
		return nil, invalid(where+".name", "give each a name of its own, such as newsroom: small letters, digits and hyphens", err)
	}
	u, err := url.Parse(string(w.URL))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, invalid(where+".url", "give an address that begins with https://", errors.New("no address to POST to"))
	}
	if _, ok := schemas.EventTypes[w.Type]; w.Type != "" && !ok {
		return nil, invalid(where+".type", "published, corrected, reextracted, withdrawn or erased", fmt.Errorf("%q", w.Type))
	}
	if w.State != "" {
		if err := schemas.CheckState(w.State); err != nil {
			return nil, invalid(where+".state", "give the two letters of a Land", err)
		}
	}
	if w.Source != "" {
		if err := schemas.CheckToken(w.Source); err != nil {
			return nil, invalid(where+".source", "give the id of a source", err)
		}
	}
	secret, err := webhook.Resolve(w.Secret, w.SecretFile)
	if err != nil {
		return nil, invalid(where+".secret", "", err)
	}
	if key, err = webhook.Key(secret); err != nil {
		return nil, invalid(where+".secret", "", err)
	}
	return key, nil
}

func (w *Webhook) filter() publisher.Filter {
	return publisher.Filter{Source: w.Source, State: w.State, Type: w.Type, From: w.From}
}

// Check checks the webhooks of a configuration, all of them before any is used.
func Check(list []Webhook) error {
	seen := map[string]bool{}
	for i, w := range list {
		where := fmt.Sprintf("[%d]", i)
		if _, err := w.check(where); err != nil {
			return err
		}
		if seen[w.Name] {
			return invalid(where+".name", "give each a name of its own", fmt.Errorf("%q is there twice", w.Name))
		}
		seen[w.Name] = true
	}
	return nil
}
