package app

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/deliver"
	"github.com/kreispresse/kreispresse/internal/notify"
	"github.com/kreispresse/kreispresse/internal/retention"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// Config is the program's configuration. Each key can be given, in order of precedence, as a flag (--nats-creds), as an environment
// variable (KREISPRESSE_NATS_CREDS) or in a YAML file (nats_creds) named by --config or KREISPRESSE_CONFIG. Unknown keys and
// unknown KREISPRESSE_ variables are errors.
type Config struct {
	Data           string `yaml:"data"`            // directory of the embedded NATS server
	NATS           string `yaml:"nats"`            // URL of a NATS server or cluster; empty: the embedded one
	NATSCreds      string `yaml:"nats_creds"`      // credentials file for it
	NATSCA         string `yaml:"nats_ca"`         // certificate authority (PEM) its certificate is checked against
	NATSInbox      string `yaml:"nats_inbox"`      // prefix under which answers of it arrive, where the user may not listen to all of _INBOX
	Sources        string `yaml:"sources"`         // directory of source files, instead of the built-in ones
	SourcesVersion string `yaml:"sources_version"` // a number: where several processes differ in their source files, the higher one counts
	Contact        string `yaml:"contact"`         // mail address or URL that press offices see in our User-Agent
	Log            string `yaml:"log"`             // debug, info, warn or error
	LogFormat      string `yaml:"log_format"`      // text or json
	MinFree        string `yaml:"min_free"`        // room that has to stay free, e.g. 1GiB: with less nothing is crawled

	Notify    *notify.Config    `yaml:"notify"`    // who is told what is wrong; in the file only
	Webhooks  []deliver.Webhook `yaml:"webhooks"`  // who gets the feed by POST; in the file only
	Retention *retention.Config `yaml:"retention"` // for how long what came is kept; in the file only
}

const envPrefix = "KREISPRESSE_"

// setting describes one key of Config.
type setting struct {
	key   string // as in YAML; with hyphens the flag, in capitals the variable
	usage string
	field func(*Config) *string
}

// settings lists the keys.
var settings = []setting{
	{"data", "directory `DIR` of the embedded NATS server (default: kreispresse in the user's state directory)", func(c *Config) *string { return &c.Data }},
	{"nats", "use the NATS server or cluster at `URL` instead of the embedded one", func(c *Config) *string { return &c.NATS }},
	{"nats_creds", "credentials `FILE` for --nats", func(c *Config) *string { return &c.NATSCreds }},
	{"nats_ca", "certificate authority `FILE` (PEM) for --nats", func(c *Config) *string { return &c.NATSCA }},
	{"nats_inbox", "`PREFIX` of the subjects on which answers of --nats arrive (default: _INBOX)", func(c *Config) *string { return &c.NATSInbox }},
	{"sources", "read the sources from the YAML files in `DIR` instead of the built-in ones", func(c *Config) *string { return &c.Sources }},
	{"sources_version", "`N` of the source files: where processes differ the higher one is crawled", func(c *Config) *string { return &c.SourcesVersion }},
	{"contact", "mail `ADDRESS` or URL that press offices find in our User-Agent", func(c *Config) *string { return &c.Contact }},
	{"log", "log `LEVEL`: debug, info, warn or error", func(c *Config) *string { return &c.Log }},
	{"log_format", "`FORMAT` of the log: text, for people, or json, one object a line", func(c *Config) *string { return &c.LogFormat }},
	{"min_free", "crawl nothing while less than `SIZE` is free (default: 5 % of the disk, at most 1GiB)", func(c *Config) *string { return &c.MinFree }},
}

func (s setting) flag() string     { return strings.ReplaceAll(s.key, "_", "-") }
func (s setting) variable() string { return envPrefix + strings.ToUpper(s.key) }

func configFlags() []cli.Flag {
	flags := []cli.Flag{&cli.StringFlag{Name: "config", Usage: "read the configuration from `FILE` (YAML)"}}
	for _, s := range settings {
		flags = append(flags, &cli.StringFlag{Name: s.flag(), Usage: s.usage})
	}
	return flags
}

// configure fills p.config before any command runs.
func (p *program) configure(ctx context.Context, cmd *cli.Command) (context.Context, error) {
	env, err := environment(p.environ)
	if err != nil {
		return ctx, err
	}
	var c Config
	file := env["config"]
	if cmd.IsSet("config") {
		file = cmd.String("config")
	}
	if file != "" {
		if err := readConfig(file, &c); err != nil {
			return ctx, err
		}
	}
	p.fill(&c, env, cmd)
	if p.dataGiven = c.Data != ""; !p.dataGiven {
		c.Data = defaultData(p.environ)
	}
	if err := checkContact(c.Contact); err != nil {
		return ctx, err
	}
	if c.Log == "" {
		c.Log = "warn"
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Log)); err != nil {
		return ctx, usagef("unknown log level %q: debug, info, warn or error", c.Log)
	}
	switch c.LogFormat {
	case "", "text":
		p.log = slog.New(p.logHandler(level))
	case "json":
		p.log = slog.New(slog.NewJSONHandler(p.stderr, &slog.HandlerOptions{Level: level}))
	default:
		return ctx, usagef("unknown log format %q: text or json", c.LogFormat)
	}
	p.config = c
	return ctx, nil
}

// fill takes the settings of the environment and the command line over those of the file, and notes where each comes from.
func (p *program) fill(c *Config, env map[string]string, cmd *cli.Command) {
	p.origins = map[string]string{}
	for _, s := range settings {
		if p.origins[s.key] = "default"; *s.field(c) != "" {
			p.origins[s.key] = "file"
		}
		if v, ok := env[s.key]; ok {
			*s.field(c), p.origins[s.key] = v, "environment"
		}
		if cmd.IsSet(s.flag()) {
			*s.field(c), p.origins[s.key] = cmd.String(s.flag()), "flag"
		}
	}
}

func readConfig(file string, c *Config) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return invalid("config", file, "name a readable YAML file", schemas.Pathless(err))
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if err := yaml.UnmarshalWithOptions(b, c, yaml.Strict()); err != nil {
		line := strings.SplitN(yaml.FormatError(err, false, false), "\n", 2)[0] // "[line:column] message"
		return invalid("config", file, remedy(line), errors.New(line))
	}
	return nil
}

// remedy says what helps against what YAML says of a configuration file.
func remedy(line string) string {
	if !strings.Contains(line, ":1] unknown field") { // a key of ours begins its line; others stand under notify, retention or webhooks
		return "docs/operations.md says what each key takes"
	}
	known := make([]string, len(settings), len(settings)+3)
	for i, s := range settings {
		known[i] = s.key
	}
	return "known keys: " + strings.Join(append(known, "notify", "retention", "webhooks"), ", ")
}

// checkContact wants what a webmaster can use: a mail address or the URL of a page.
func checkContact(s string) error {
	if s == "" {
		return nil
	}
	bad := usagef("--contact %q: want a mail address or a URL (https://…) at which a webmaster finds you", s)
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || terminal.Commands(r) || r == '(' || r == ')' }) {
		return bad // it stands in a header, in a comment
	}
	if u, err := url.Parse(s); err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.Contains(u.Hostname(), ".") {
		return nil
	}
	a, err := mail.ParseAddress(strings.TrimPrefix(s, "mailto:"))
	if err != nil || a.Name != "" || a.Address != strings.TrimPrefix(s, "mailto:") {
		return bad
	}
	if _, domain, _ := strings.Cut(a.Address, "@"); !strings.Contains(strings.Trim(domain, "."), ".") {
		return bad
	}
	return nil
}

// environment reads our variables; one that nobody knows is most likely a typo, and silence would hide it.
func environment(environ []string) (map[string]string, error) {
	known := map[string]string{envPrefix + "CONFIG": "config"}
	for _, s := range settings {
		known[s.variable()] = s.key
	}
	env := map[string]string{}
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		if !strings.HasPrefix(name, envPrefix) {
			continue
		}
		key, ok := known[name]
		if !ok {
			names := slices.Sorted(maps.Keys(known))
			return nil, usagef("unknown environment variable %s (unset it, or name one of %s)", name, strings.Join(names, ", "))
		}
		env[key] = value
	}
	return env, nil
}

// defaultData is $XDG_STATE_HOME/kreispresse, else ~/.local/state/kreispresse.
func defaultData(environ []string) string {
	for _, kv := range environ {
		if v, ok := strings.CutPrefix(kv, "XDG_STATE_HOME="); ok && filepath.IsAbs(v) {
			return filepath.Join(v, "kreispresse")
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".local", "state", "kreispresse")
}
