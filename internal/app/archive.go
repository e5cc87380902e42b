package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/export/parquet"
	"github.com/kreispresse/kreispresse/internal/segment"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) archiveCommand() *cli.Command {
	return &cli.Command{
		Name:      "archive",
		Usage:     "keep the feed as files that any web server can serve",
		ArgsUsage: "DIR",
		Description: "DIR gets segments.json, a manifest that accounts for every event, and segments/ with immutable files of events (NDJSON, zstd) and rows\n" +
			"(Parquet). Called again it adds what is new and takes out what was erased since, with a receipt; call it after forget, and often. It may\n" +
			"be interrupted. Days are signed with the key signing.key of the data directory, which is made when it is first needed: keep it in your\n" +
			"backups, and tell your readers its public key. docs/segments.md describes the files, docs/feed.md how to read them." + examples(
			"kreispresse archive /var/www/presse",
			"kreispresse archive --verify /var/www/presse",
			"kreispresse verify --segments https://presse.example.org/",
		),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "verify", Usage: "change nothing: read the whole archive and name everything that is cut off, altered or missing"},
			&cli.Uint64Flag{Name: "size", HideDefault: true, Usage: "`N` sequences in each segment of a new archive (default: 10000)"},
			&cli.BoolFlag{Name: "no-parquet", Usage: "write no Parquet files"},
			&cli.BoolFlag{Name: "no-sign", Usage: "sign nothing"},
			&cli.BoolFlag{Name: "rotate-key", Usage: "sign with a new key from now on, endorsed by the one before, which is destroyed"},
			&cli.BoolFlag{Name: "accept-lost", Usage: "note events that are missing without a receipt as lost, where a backup does not have them either"},
			&cli.BoolFlag{Name: "json", Usage: "say what was done as one JSON object"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			dir := cmd.Args().First()
			if dir == "" || cmd.NArg() > 1 {
				return usagef("archive wants one DIR")
			}
			if cmd.Bool("verify") {
				return p.verifySegments(ctx, dir, "", cmd.Bool("json"))
			}
			return p.archive(ctx, cmd, dir)
		},
	}
}

func (p *program) archive(ctx context.Context, cmd *cli.Command, dir string) (err error) {
	bus, err := p.readBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	opt := segment.Options{Size: cmd.Uint64("size"), AcceptLost: cmd.Bool("accept-lost")}
	if !cmd.Bool("no-parquet") {
		opt.Table = func(w io.Writer) segment.Table { return parquet.NewWriter(w) }
	}
	if opt.Signer, err = p.signer(cmd); err != nil {
		return err
	}
	opt.Sealed = func(s *segment.Segment) {
		p.log.Info("sealed a segment", "from", s.From, "to", s.To, "events", s.Events)
	}
	a, err := segment.Open(dir, opt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if size := opt.Size; size > 0 && a.Manifest().Size != size {
		return usagef("--size %d: the segments of %s have %d sequences, and that is fixed", size, dir, a.Manifest().Size)
	}
	rep, err := a.Update(ctx, archiveFeed{bus})
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return writeLine(p.stdout, rep)
	}
	line := fmt.Sprintf("%s written, %s sealed; the feed goes on at %d", plural(rep.Events, "event"), plural(rep.Sealed, "segment"), rep.Next)
	if rep.Erased > 0 {
		line += fmt.Sprintf("; %s taken out of %s", plural(rep.Erased, "erased event"), plural(rep.Replaced, "segment"))
	}
	_, err = fmt.Fprintln(p.stdout, line)
	return err
}

// keyName is the file of the signing key in the data directory.
const keyName = "signing.key"

// signer opens the signing key of the data directory, nil with --no-sign.
func (p *program) signer(cmd *cli.Command) (*segment.Signer, error) {
	if cmd.Bool("no-sign") {
		return nil, nil
	}
	if p.config.Data == "" {
		return nil, usagef("no data directory to keep the signing key in: give --data DIR, or --no-sign")
	}
	if err := os.MkdirAll(p.config.Data, 0o700); err != nil {
		return nil, &schemas.Error{Op: "sign", Thing: p.config.Data, Kind: schemas.KindStorage, Err: err, Hint: "name a data directory that can be written"}
	}
	s, err := segment.OpenSigner(filepath.Join(p.config.Data, keyName))
	if err == nil && cmd.Bool("rotate-key") {
		err = s.Rotate()
	}
	return s, err
}

// verifySegments reads an archive and names every problem.
func (p *program) verifySegments(ctx context.Context, place, key string, json bool) error {
	store, err := segment.StoreOf(place)
	if err != nil {
		return err
	}
	var werr error
	v, err := segment.Verify(ctx, store, key, func(x segment.Problem) { werr = errors.Join(werr, p.problem(x, json)) })
	if err != nil {
		return err
	}
	if json {
		werr = errors.Join(werr, writeLine(p.stdout, v))
	} else {
		signed := "nothing is signed"
		if v.Key != "" {
			signed = "signed by " + v.Key
		}
		_, err := fmt.Fprintf(p.stdout, "%s, %s, %d erased, %d lost, %s, %s: %s\n", plural(v.Segments, "segment"), plural(v.Events, "event"), v.Erased, v.Lost,
			plural(v.Days, "day"), signed, plural(v.Problems, "problem"))
		werr = errors.Join(werr, err)
	}
	return errors.Join(werr, problems(place, v.Problems))
}

func (p *program) problem(x segment.Problem, json bool) error {
	if json {
		return writeLine(p.stdout, x)
	}
	_, err := fmt.Fprintln(p.stdout, oneLine("problem\t"+x.Thing+": "+x.What))
	return err
}

func problems(thing string, n int) error {
	if n == 0 {
		return nil
	}
	return &schemas.Error{
		Op: "verify", Kind: schemas.KindStorage, Thing: thing, Err: errors.New(plural(n, "problem")),
		Hint: "fetch what is named again; if it stays so, tell the operator of the feed",
	}
}
