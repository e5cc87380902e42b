package notify

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/webhook"
	"github.com/kreispresse/kreispresse/schemas"
)

// Config is the key notify of the configuration.
type Config struct {
	After    *time.Duration `yaml:"after"`     // how long an incident lasts before it is told; absent: DefaultAfter
	Digest   string         `yaml:"digest"`    // HH:MM, when a summary is told every day; empty: never
	TimeZone string         `yaml:"time_zone"` // of Digest; empty: Europe/Berlin
	Mail     *Mail          `yaml:"mail"`
	Webhooks []Webhook      `yaml:"webhooks"`
}

// Mail is a mail server that takes messages for somebody.
type Mail struct {
	Host         string         `yaml:"host"`
	Port         int            `yaml:"port"` // 0: 587 with starttls, 465 with tls, 25 with none
	TLS          string         `yaml:"tls"`  // starttls (default), tls or none
	User         string         `yaml:"user"`
	Password     webhook.Secret `yaml:"password"`
	PasswordFile string         `yaml:"password_file"`
	From         string         `yaml:"from"`
	To           []string       `yaml:"to"`
}

// Webhook is an address that takes messages by POST.
type Webhook struct {
	URL        webhook.Secret `yaml:"url"`    // for some services whoever knows it may write
	Format     string         `yaml:"format"` // standard (default), ntfy or slack
	Secret     webhook.Secret `yaml:"secret"` // whsec_ and base64: messages are signed by it
	SecretFile string         `yaml:"secret_file"`
	Token      webhook.Secret `yaml:"token"` // sent as Authorization: Bearer
	TokenFile  string         `yaml:"token_file"`
}

// The formats of webhooks and the kinds of transport of mail.
const (
	FormatStandard, FormatNtfy, FormatSlack = "standard", "ntfy", "slack"
	TLSStart, TLSFull, TLSNone              = "starttls", "tls", "none"
)

func invalid(thing, hint string, err error) error {
	return &schemas.Error{Op: "config", Kind: schemas.KindInvalid, Thing: "notify." + thing, Hint: hint, Err: err}
}

// channels checks the configuration, reads the secrets that are in files, and gives what messages are sent by.
func (c *Config) channels() ([]channel, error) {
	if c.After != nil && (*c.After < 0 || *c.After > 24*time.Hour) {
		return nil, invalid("after", "give a time from 0s to 24h", fmt.Errorf("%v", *c.After))
	}
	if _, err := c.clock(); err != nil {
		return nil, err
	}
	var list []channel
	if c.Mail != nil {
		m, err := c.Mail.channel()
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	for i, w := range c.Webhooks {
		h, err := w.channel(fmt.Sprintf("webhooks[%d]", i))
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	if len(list) == 0 {
		return nil, invalid("mail", "give mail or webhooks, or leave notify out", errors.New("nobody is told"))
	}
	return list, nil
}

func (c *Config) after() time.Duration {
	if c.After == nil {
		return DefaultAfter
	}
	return *c.After
}

// clock is when the digest is due; its zone is nil when there is none.
func (c *Config) clock() (clock, error) {
	if c.Digest == "" {
		return clock{}, nil
	}
	at, err := time.Parse("15:04", c.Digest)
	if err != nil {
		return clock{}, invalid("digest", `give a time of day such as "07:30"`, fmt.Errorf("%q", c.Digest))
	}
	name := c.TimeZone
	if name == "" {
		name = "Europe/Berlin"
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return clock{}, invalid("time_zone", "give a name such as Europe/Berlin", err)
	}
	return clock{zone: zone, hour: at.Hour(), minute: at.Minute()}, nil
}

func (m *Mail) channel() (channel, error) {
	if m.Host == "" || strings.ContainsAny(m.Host, ":/ ") {
		return nil, invalid("mail.host", "name the mail server, the port apart", fmt.Errorf("%q", m.Host))
	}
	if m.Port < 0 || m.Port > 65535 {
		return nil, invalid("mail.port", "give a port, or none", fmt.Errorf("%d", m.Port))
	}
	switch m.TLS {
	case "", TLSStart, TLSFull, TLSNone:
	default:
		return nil, invalid("mail.tls", "starttls, tls or none", fmt.Errorf("%q", m.TLS))
	}
	if len(m.To) == 0 {
		return nil, invalid("mail.to", "name at least one address", errors.New("nobody is told"))
	}
	for _, a := range append([]string{m.From}, m.To...) {
		if _, err := mail.ParseAddress(a); err != nil {
			return nil, invalid("mail.from, mail.to", "give mail addresses", fmt.Errorf("%q", a))
		}
	}
	password, err := resolve("mail.password", m.Password, m.PasswordFile)
	if err != nil {
		return nil, err
	}
	if (m.User == "") != (password == "") {
		return nil, invalid("mail.user", "give user and password, or neither", errors.New("one of them is missing"))
	}
	if m.TLS == TLSNone && m.User != "" {
		return nil, invalid("mail.tls", "a password goes over starttls or tls only", errors.New("none"))
	}
	return &post{Mail: *m, password: password}, nil
}

func (w Webhook) channel(where string) (channel, error) {
	u, err := url.Parse(string(w.URL))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, invalid(where+".url", "give an address that begins with https://", errors.New("no address to POST to"))
	}
	h := &hook{address: w.URL, host: u.Host, format: w.Format, client: webhook.NewClient()}
	switch w.Format {
	case "":
		h.format = FormatStandard
	case FormatStandard, FormatNtfy, FormatSlack:
	default:
		return nil, invalid(where+".format", "standard, ntfy or slack", fmt.Errorf("%q", w.Format))
	}
	if h.token, err = resolve(where+".token", w.Token, w.TokenFile); err != nil {
		return nil, err
	}
	secret, err := resolve(where+".secret", w.Secret, w.SecretFile)
	if err != nil {
		return nil, err
	}
	if secret == "" {
		if h.format == FormatStandard {
			return nil, invalid(where+".secret", "format standard is signed: give secret or secret_file", errors.New("missing"))
		}
		return h, nil
	}
	if h.key, err = webhook.Key(secret); err != nil {
		return nil, invalid(where+".secret", "", err)
	}
	return h, nil
}

// resolve takes a secret from the configuration, or from the file that it names instead.
func resolve(what string, inline webhook.Secret, file string) (webhook.Secret, error) {
	secret, err := webhook.Resolve(inline, file)
	if err != nil {
		return "", invalid(what, "", err)
	}
	return secret, nil
}
