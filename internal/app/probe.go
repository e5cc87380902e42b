package app

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/schemas"
)

// probeTimeout is longer than a process takes to say that it is not ready.
const probeTimeout = 5 * time.Second

func (p *program) probeCommand() *cli.Command {
	return &cli.Command{
		Name:      "probe",
		Usage:     "ask a run --listen whether it can do its work, for containers that have neither shell nor curl",
		ArgsUsage: "ADDRESS",
		Description: "Prints the answer of /readyz, or with --live of /healthz. Exit code 3: it cannot, or nothing answers there." + examples(
			"kreispresse probe 127.0.0.1:8090",
			"kreispresse probe --live 127.0.0.1:8090",
		),
		Flags: []cli.Flag{&cli.BoolFlag{Name: "live", Usage: "only whether the process lives"}},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("probe wants the ADDRESS that run --listen was given")
			}
			path := "/readyz"
			if cmd.Bool("live") {
				path = "/healthz"
			}
			return p.probe(ctx, cmd.Args().First(), path)
		},
	}
}

func (p *program) probe(ctx context.Context, address, path string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return usagef("probe %q: want host:port, as run --listen has it", address)
	}
	if host == "" {
		host = "127.0.0.1" // --listen :8090
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+path, nil)
	if err != nil {
		return usagef("probe %q: want host:port, as run --listen has it", address)
	}
	away := func(err error, hint string) error {
		return &schemas.Error{Op: "probe", Kind: schemas.KindUnavailable, Thing: address, Err: err, Hint: hint}
	}
	direct := &http.Transport{DisableKeepAlives: true} // a proxy knows nothing of this machine
	resp, err := (&http.Client{Transport: direct}).Do(req)
	if err != nil {
		return away(errors.Unwrap(err), "start kreispresse run --listen "+address+", or look at its log")
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	if err != nil {
		return away(err, "look at its log")
	}
	if resp.StatusCode != http.StatusOK {
		return away(errors.New(oneLine(string(said))), "kreispresse doctor tells more")
	}
	_, err = io.WriteString(p.stdout, oneLine(string(said))+"\n")
	return err
}
