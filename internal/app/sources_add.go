package app

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler"
	"github.com/kreispresse/kreispresse/crawler/demosite/land"
	"github.com/kreispresse/kreispresse/crawler/discover/probe"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) addCommand() *cli.Command {
	return &cli.Command{
		Name:      "add",
		Usage:     "find the press releases of a site from an address of it, and write the source",
		ArgsUsage: "URL",
		Description: "URL is the home page, the press page, a list, a feed or one release. The site is asked at most 40 times, at its pace and by its\n" +
			"robots.txt. What was found is shown with its evidence, three releases as they would be read, and every doubt; then the source is\n" +
			"written to DIR (--sources, else here). Exit code 1: there is nothing to crawl, and why." + examples(
			"kreispresse sources add --try https://www.kreis-dueren.de/",
			"kreispresse sources add --state NW --to sources https://www.kreis-dueren.de/",
		),
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "try", Usage: "show what would be crawled and write nothing"},
			&cli.BoolFlag{Name: "json", Usage: "print the finding as JSON"},
			&cli.StringFlag{Name: "id", Usage: "`ID` of the source (default: from the host)"},
			&cli.StringFlag{Name: "name", Usage: "`NAME` of the authority (default: what the site calls itself)"},
			&cli.StringFlag{Name: "ags", Usage: "official key `AGS` of the authority"},
			&cli.StringFlag{Name: "state", Usage: "code of the Land, e.g. `NW` (default: from --ags)"},
			&cli.StringFlag{Name: "to", Usage: "write the source into `DIR` (default: --sources, else the current directory)"},
		}, probeFlags()...),
		Action: p.addSource,
	}
}

// probeFlags are what the commands that look at sites have in common.
func probeFlags() []cli.Flag {
	return []cli.Flag{
		&cli.DurationFlag{Name: "timeout", Value: crawler.DefaultExploreTimeout, Usage: "wait `TIME` at most for one answer"},
		&cli.BoolFlag{Name: "private", Usage: "allow private addresses, without a pace: for a test site"},
		&cli.BoolFlag{Name: "land", Usage: "in the Land, 40 made-up sites that the program serves itself"},
	}
}

func (p *program) addSource(ctx context.Context, cmd *cli.Command) error {
	if cmd.NArg() != 1 {
		return usagef("sources add wants one URL (see: kreispresse sources add --help)")
	}
	start := withScheme(cmd.Args().First())
	l, err := p.looker(ctx, cmd)
	if err != nil {
		return err
	}
	f, err := l.look(ctx, subject{Home: start})
	if err != nil {
		return err
	}
	id := l.identity(cmd, f, p.knownAs(f))
	if cmd.Bool("json") {
		if err := writeJSON(p.data, f, "  "); err != nil {
			return err
		}
	} else {
		viewFinding(p, f, id)
	}
	if !f.OK() {
		return nothingFound(start, f)
	}
	if cmd.Bool("try") {
		return nil
	}
	dir := cmd.String("to")
	if dir == "" {
		dir = orElse(p.config.Sources, ".")
	}
	name, err := saveSource(f, id, dir)
	if err == nil {
		fmt.Fprintf(p.stderr, "written to %s; next: kreispresse --sources %s crawl %s --dry-run\n", name, dir, id.ID)
	}
	return err
}

// nothingFound is the error for a site that gives nothing: one line with the reason and what can be done about it.
func nothingFound(start string, f *probe.Finding) error {
	kind := schemas.KindNoRelease
	switch f.State {
	case probe.NoAnswer:
		kind = schemas.KindUnavailable
	case probe.NoPage:
		kind = schemas.KindInvalid
	case probe.Private, probe.ForbidsRobots:
		kind = schemas.KindPolicy
	}
	return &schemas.Error{Op: "sources add", Kind: kind, Thing: start, Err: fmt.Errorf("%s: %s", f.State, f.Reason), Hint: wayOut[f.State]}
}

// wayOut is what somebody can do about a site that gives nothing.
var wayOut = map[string]string{
	probe.NoPressPage: "give the address of the press page itself, if there is one", probe.OnlyPDF: "releases in files are not read",
	probe.NeedsJavaScript: "look for a feed of the site and give its address", probe.ForbidsRobots: "ask the press office",
	probe.Challenge: "ask the site's operator to let the crawler through", probe.NeedsLogin: "what is behind a login is not public",
	probe.Elsewhere: "give that address, if it is theirs", probe.NoAnswer: "try again later, or give --timeout",
	probe.Private: "give --private for a test site", probe.NoPage: "give the address of a page",
}

// withScheme completes an address as people type it.
func withScheme(raw string) string {
	raw = strings.TrimSpace(raw)
	if !strings.Contains(raw, "://") && strings.Contains(raw, ".") && !strings.HasPrefix(raw, "/") {
		return "https://" + raw
	}
	return raw
}

// looker looks at sites for the commands.
type looker struct {
	crawler *crawler.Crawler
	opt     crawler.ExploreOptions
	now     time.Time
	zone    *time.Location
	private bool
	bar     *progress
}

func (p *program) looker(ctx context.Context, cmd *cli.Command) (*looker, error) {
	zone, err := time.LoadLocation(source.DefaultTimeZone)
	if err != nil {
		return nil, err
	}
	l := &looker{now: time.Now(), zone: zone, private: cmd.Bool("private"), bar: p.progress()}
	cfg := crawler.Config{Version: version(), Contact: p.config.Contact, Log: p.log}
	if strings.Contains(p.config.Contact, "@") {
		cfg.From = p.config.Contact
	}
	if cmd.Bool("land") {
		made := land.New()
		if err := made.Serve(ctx); err != nil {
			return nil, err
		}
		cfg.Dial, l.now, l.private = made.Dial, land.Now, true
	}
	l.crawler = crawler.New(&tray{}, &tray{}, cfg)
	l.opt = crawler.ExploreOptions{Timeout: cmd.Duration("timeout"), AllowPrivate: l.private}
	return l, nil
}

// subject is an authority whose site is looked at.
type subject struct {
	ID, Name, AGS, State string
	Home                 string
	Press                []string // addresses known as press pages or feeds
}

// look probes one site.
func (l *looker) look(ctx context.Context, s subject) (*probe.Finding, error) {
	e := l.crawler.Explore(l.opt)
	defer e.Close()
	defer l.bar.done()
	return probe.Probe(ctx, s.Home, e, probe.Options{
		Now: l.now, Zone: l.zone, Read: parser.Parse, Press: s.Press,
		Note: func(url, why string) { l.bar.show("%d · %s · %s", e.Requests(), url, why) },
	})
}

// knownAs is the source in use whose site this is; nil when there is none. The name without www. is the same site.
func (p *program) knownAs(f *probe.Finding) *source.Source {
	all, err := p.sources()
	if err != nil { // a directory that is still empty, or wrong: the command that reads it says so
		return nil
	}
	bare := func(raw string) string {
		u, err := url.Parse(raw)
		if err != nil {
			return ""
		}
		return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	}
	for _, s := range all {
		if at := bare(s.Base); at != "" && (at == bare(f.URL) || at == bare(f.Draft.Base)) {
			return s
		}
	}
	return nil
}

// identity names the source: by the flags, else as the registry does, else by the site. What was taken from the site is a doubt.
func (l *looker) identity(cmd *cli.Command, f *probe.Finding, known *source.Source) probe.Identity {
	if known != nil {
		if f.OK() {
			f.Doubts = append(f.Doubts, "the source "+known.ID+" is of this site already: this would take its place")
		}
		return probe.Identity{
			ID: orElse(cmd.String("id"), known.ID), Name: orElse(cmd.String("name"), known.Name),
			AGS: orElse(cmd.String("ags"), known.AGS), State: orElse(cmd.String("state"), known.State),
		}
	}
	id := probe.Identity{ID: cmd.String("id"), Name: cmd.String("name"), AGS: cmd.String("ags"), State: cmd.String("state")}
	host := ""
	if u, err := url.Parse(orElse(f.Draft.Base, f.URL)); err == nil {
		host = u.Hostname()
	}
	if id.ID == "" {
		id.ID = idOf(host)
	}
	if id.Name == "" {
		id.Name = orElse(f.Site, host)
		if f.OK() {
			f.Doubts = append(f.Doubts, "the name is what the site calls itself: give --name if the authority is called otherwise")
		}
	}
	if id.State == "" {
		id.State = source.StateOf(id.AGS)
	}
	return id
}

var notToken = regexp.MustCompile(`[^a-z0-9]+`)

// idOf makes an id of a host: www.kreis-dueren.de is kreis-dueren.
func idOf(host string) string {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	if i := strings.LastIndexByte(host, '.'); i > 0 && strings.Trim(host, "0123456789.") != "" {
		host = host[:i]
	}
	return strings.Trim(notToken.ReplaceAllString(host, "-"), "-")
}

// viewFinding shows what was found, by what, what three releases say, and what is in doubt.
func viewFinding(p *program, f *probe.Finding, id probe.Identity) {
	out := p.stdout
	if !f.OK() && len(f.Visited) < 2 { // the error says it all
		return
	}
	fmt.Fprintf(out, "%s: %s\n%s\n", f.URL, f.State, f.Reason)
	for _, v := range f.Visited {
		fmt.Fprintf(out, "  looked at  %s (%s): %s\n", v.URL, v.Why, v.Got)
	}
	for _, e := range f.Evidence {
		fmt.Fprintf(out, "  evidence   %s\n", e)
	}
	for _, s := range f.Samples {
		if s.Error != "" {
			fmt.Fprintf(out, "  release    %s: %s\n", s.URL, s.Error)
			continue
		}
		fmt.Fprintf(out, "  release    %s · %s · %d letters · date by %s\n             %s\n",
			orElse(s.Published, "no date"), s.Title, s.Letters, orElse(s.By, "nothing"), s.URL)
	}
	for _, d := range f.Doubts {
		fmt.Fprintf(out, "  doubt      %s\n", d)
	}
	fmt.Fprintf(out, "%s asked\n", plural(f.Requests, "request"))
	if f.OK() {
		fmt.Fprintf(out, "\n%s", f.YAML(id))
	}
}

const otherPlace = "name a directory that can be written with --to"

// saveSource writes the source file, checked as any other, and never over one that is there.
func saveSource(f *probe.Finding, id probe.Identity, dir string) (name string, err error) {
	if id.State == "" {
		return "", usagef("sources add: which Land is %s of? give --state (such as NW), or --ags, and run it again", id.Name)
	}
	text := f.YAML(id)
	name = filepath.Join(dir, id.ID+".yaml")
	if _, err := source.Parse(name, []byte(text)); err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", &schemas.Error{Op: "sources add", Kind: schemas.KindStorage, Thing: dir, Err: schemas.Pathless(err), Hint: otherPlace}
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return "", invalid("sources add", name, "give --id or --to, or remove it", errors.New("there is a file of that name"))
	}
	if err == nil {
		_, err = file.WriteString(text)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		return "", &schemas.Error{Op: "sources add", Kind: schemas.KindStorage, Thing: name, Err: schemas.Pathless(err), Hint: otherPlace}
	}
	return name, nil
}
