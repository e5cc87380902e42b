package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"syscall"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/schedule"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
	"github.com/urfave/cli/v3"
)

// Exit codes of the program.
const (
	ExitOK          = 0
	ExitFailed      = 1   // the work was done and part of it failed: a source, a page, a file
	ExitUsage       = 2   // wrong command line, configuration, file or source
	ExitUnavailable = 3   // the NATS server or the site does not answer, or refuses
	ExitStorage     = 4   // the data directory is in use, read-only or full, or the output cannot be written
	ExitInterrupted = 130 // SIGINT or SIGTERM; the next run continues
	ExitPipe        = 141 // whoever read the output has gone (| head); without a word, as SIGPIPE ends other programs
)

// program is one invocation with everything it may touch.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer // for people: nothing that comes from outside commands a terminal through them
	data           io.Writer // stdout as it is, for bytes that are no text of ours; on a terminal the same as stdout
	screen         io.Writer // stderr itself, for a line that is written over
	environ        []string
	config         Config
	dataGiven      bool              // config.Data was chosen by the user
	origins        map[string]string // where each setting comes from: flag, environment, file, default
	log            *slog.Logger
	times          times
}

// times are how long what a process holds outlives it, and when sources are due; what is zero is as the packages say.
type times struct {
	lease, lost, agree time.Duration
	plan               func(*source.Source) schedule.Plan
}

// usual is what every program has. A test of faults, which cannot wait for minutes, makes it shorter.
var usual times

// Run is the program: it runs the command that args name (without the program's own name) and returns the exit code.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &sink{w: stdout}
	safeOut, safeErr := terminal.NewWriter(out), terminal.NewWriter(stderr)
	p := &program{stdin: stdin, stdout: safeOut, stderr: safeErr, screen: stderr, data: out, environ: os.Environ(), times: usual}
	if terminal.Is(out) {
		p.data = safeOut
	}
	stderr = safeErr
	err := p.root().Run(ctx, append([]string{"kreispresse"}, args...))
	_ = safeOut.Flush() // the sink remembers what went wrong
	if broken := out.failure(); broken != nil {
		if errors.Is(broken, syscall.EPIPE) {
			return ExitPipe
		}
		if err == nil || errors.Is(err, broken.Err) {
			err = broken
		}
	}
	if err == nil {
		return ExitOK
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		what := "what was done is kept, the next run continues"
		if e, ok := errors.AsType[*brokenOffError](err); ok {
			what = e.left
		}
		fmt.Fprintln(stderr, "kreispresse: interrupted; "+what)
		return ExitInterrupted
	}
	if !errors.Is(err, errReported) {
		fmt.Fprintln(stderr, "kreispresse: "+oneLine(withCommandHint(err).Error()))
	}
	return exitCode(err)
}

// errReported ends a command whose failures have been printed already.
var errReported = errors.New("reported")

func exitCode(err error) int {
	if e, ok := errors.AsType[*checkError](err); ok {
		return e.code
	}
	if _, ok := errors.AsType[*usageError](err); ok {
		return ExitUsage
	}
	if _, ok := errors.AsType[cli.ExitCoder](err); ok { // of the library: no help topic of that name
		return ExitUsage
	}
	switch schemas.KindOf(err) {
	case schemas.KindInvalid, schemas.KindNotFound:
		return ExitUsage
	case schemas.KindUnavailable:
		return ExitUnavailable
	case schemas.KindLocked, schemas.KindStorage:
		return ExitStorage
	default:
		return ExitFailed
	}
}

func (p *program) root() *cli.Command {
	return &cli.Command{
		Name:    "kreispresse",
		Usage:   "turns the press pages of German public authorities into one durable, replayable feed of structured releases",
		Version: version(),
		Suggest: true,
		Description: "Data goes to standard output, everything else to standard error. Exit codes: 0 done · 1 part of the work failed (crawl: a source;\n" +
			"parse: a page) · 2 wrong command line, configuration, file or source · 3 the NATS server or every site does not answer or refuses ·\n" +
			"4 the data directory is in use, read-only or full, or the output cannot be written · 130 interrupted." + examples(
			"kreispresse demo",
			"kreispresse crawl --contact redaktion@example.org",
			"kreispresse tail --since 7d",
			"kreispresse parse page.html",
		),
		EnableShellCompletion: true,
		ConfigureShellCompletionCommand: func(c *cli.Command) {
			c.Hidden = false
			c.Usage = "print a completion script for a shell: bash, zsh, fish or pwsh"
			c.Description = "For bash: source <(kreispresse completion bash)"
		},
		Flags:  configFlags(),
		Before: p.configure,
		Writer: p.stdout, ErrWriter: p.stderr, Reader: p.stdin,
		ExitErrHandler: func(context.Context, *cli.Command, error) {}, // Run prints and maps errors
		OnUsageError:   onUsageError,
		Commands:       p.commands(),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if name := cmd.Args().First(); name != "" {
				return noCommand(cmd, name)
			}
			return cli.ShowRootCommandHelp(cmd)
		},
	}
}

func (p *program) commands() []*cli.Command {
	return withUsageErrors(
		p.demoCommand(),
		p.parseCommand(),
		p.inspectCommand(),
		p.crawlCommand(),
		p.runCommand(),
		p.serveCommand(),
		p.tailCommand(),
		p.searchCommand(),
		p.showReleaseCommand(),
		p.replayCommand(),
		p.exportCommand(),
		p.statusCommand(),
		p.doctorCommand(),
		p.notifyCommand(),
		p.probeCommand(),
		p.webhooksCommand(),
		p.verifyCommand(),
		p.archiveCommand(),
		p.backupCommand(),
		p.restoreCommand(),
		p.runsCommand(),
		p.reviewsCommand(),
		p.heldCommand(),
		p.deadCommand(),
		p.withdrawCommand(),
		p.forgetCommand(),
		p.retentionCommand(),
		p.reparseCommand(),
		p.sourcesCommand(),
		p.accessCommand(),
		p.versionCommand(),
	)
}
