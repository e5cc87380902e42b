package app

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/web/access"
)

func (p *program) accessCommand() *cli.Command {
	return &cli.Command{
		Name:  "access",
		Usage: "who may read and who may act over HTTP",
		Description: "A listener on a loopback address lets in whoever opens the one-time address that its process printed. Any other listener needs\n" +
			"TLS and tokens, or a proxy. Viewers read; operators act, too. Tokens stand as hashes in access.json of the data directory;\n" +
			"a running process sees changes at once." + examples(
			"kreispresse access url                          # another one-time address for this browser",
			"kreispresse access add Redaktion --role viewer  # prints the token, once",
			"kreispresse access revoke Redaktion",
		),
		Commands: []*cli.Command{
			{
				Name: "list", Usage: "list the tokens, without their secrets",
				Action: func(_ context.Context, cmd *cli.Command) error { return p.listAccess(cmd) },
			},
			{
				Name: "add", Usage: "make a token and print it; it cannot be printed again", ArgsUsage: "NAME",
				Flags:  []cli.Flag{roleFlag("viewer")},
				Action: func(_ context.Context, cmd *cli.Command) error { return p.addAccess(cmd) },
			},
			{
				Name: "revoke", Usage: "take tokens back; sessions that began with them end", ArgsUsage: "NAME…",
				Action: func(_ context.Context, cmd *cli.Command) error { return p.revokeAccess(cmd) },
			},
			{
				Name: "url", Usage: "print an address that lets its first visitor in, within an hour", ArgsUsage: "[http://127.0.0.1:8090]",
				Description: "Say where run or serve listens when it is another address than the one above.",
				Flags:       []cli.Flag{roleFlag("operator")},
				Action:      func(_ context.Context, cmd *cli.Command) error { return p.accessURL(cmd) },
			},
		},
		Action: func(context.Context, *cli.Command) error {
			return usagef("access wants list, add, revoke or url (see: kreispresse access --help)")
		},
	}
}

func roleFlag(value string) cli.Flag {
	return &cli.StringFlag{Name: "role", Value: value, Usage: "`ROLE`: viewer reads, operator acts, too"}
}

// accessStore is the file of tokens in the data directory.
func (p *program) accessStore() (*access.Store, error) {
	if p.config.Data == "" {
		return nil, usagef("no home directory to keep tokens in: give --data DIR")
	}
	return access.Open(filepath.Join(p.config.Data, access.FileName))
}

// storeAndRole is the file of tokens, and the role of --role.
func (p *program) storeAndRole(cmd *cli.Command) (*access.Store, access.Role, error) {
	role, err := access.ParseRole(cmd.String("role"))
	if err != nil {
		return nil, role, usagef("--role: %v", err)
	}
	s, err := p.accessStore()
	return s, role, err
}

func (p *program) listAccess(cmd *cli.Command) error {
	if cmd.NArg() > 0 {
		return usagef("access list takes no arguments")
	}
	s, err := p.accessStore()
	if err != nil {
		return err
	}
	list, err := s.Tokens()
	if err != nil {
		return err
	}
	w := p.table()
	fmt.Fprintln(w, "NAME\tROLE\tSINCE")
	for _, t := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\n", t.Name, t.Role, t.Created.Local().Format(time.DateTime))
	}
	return w.Flush()
}

func (p *program) addAccess(cmd *cli.Command) error {
	if cmd.NArg() != 1 {
		return usagef("access add wants one NAME: who gets the token")
	}
	s, role, err := p.storeAndRole(cmd)
	if err != nil {
		return err
	}
	secret, err := s.Add(cmd.Args().First(), role)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, secret)
	return err
}

func (p *program) revokeAccess(cmd *cli.Command) error {
	if cmd.NArg() == 0 {
		return usagef("access revoke wants the NAMEs of tokens (see: kreispresse access list)")
	}
	s, err := p.accessStore()
	if err != nil {
		return err
	}
	for _, name := range cmd.Args().Slice() {
		if err := s.Revoke(name); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) accessURL(cmd *cli.Command) error {
	if cmd.NArg() > 1 {
		return usagef("access url takes one address, such as http://127.0.0.1:8090")
	}
	base := strings.TrimSuffix(cmd.Args().First(), "/")
	if base == "" {
		base = "http://127.0.0.1:8090"
	}
	s, role, err := p.storeAndRole(cmd)
	if err != nil {
		return err
	}
	address, err := s.Once(base, role)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, address)
	return err
}

// doorFlags are what a command that serves over HTTP knows about who may come in.
func doorFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "tls-cert", Usage: "serve TLS with the certificate in `FILE` (PEM)"},
		&cli.StringFlag{Name: "tls-key", Usage: "and its key in `FILE` (PEM)"},
		&cli.StringSliceFlag{Name: "behind-proxy", Usage: "take X-Forwarded-User from the proxy at `ADDRESS` (or a network, 10.0.0.0/8)"},
		&cli.StringSliceFlag{Name: "operator", Usage: "let the `NAME` in X-Forwarded-User act; others that the proxy names may read"},
	}
}

// door is how a listener is reached, by the flags of a command.
type door struct {
	cert, key string
	proxies   []netip.Prefix
	operators []string
}

func doorOf(cmd *cli.Command) (door, error) {
	d := door{cert: cmd.String("tls-cert"), key: cmd.String("tls-key"), operators: cmd.StringSlice("operator")}
	if (d.cert == "") != (d.key == "") {
		return d, usagef("--tls-cert and --tls-key go together")
	}
	for _, s := range cmd.StringSlice("behind-proxy") {
		prefix, err := netip.ParsePrefix(s)
		if err != nil {
			a, err := netip.ParseAddr(s)
			if err != nil {
				return d, usagef("--behind-proxy %q: want an address such as 10.0.0.7 or a network such as 10.0.0.0/8", s)
			}
			prefix = netip.PrefixFrom(a, a.BitLen())
		}
		d.proxies = append(d.proxies, prefix)
	}
	if len(d.operators) > 0 && len(d.proxies) == 0 {
		return d, usagef("--operator names people of a proxy: give --behind-proxy, too")
	}
	return d, nil
}

// guard is who may come in at an address.
func (p *program) guard(d door, at net.Addr) (*access.Guard, *access.Store, error) {
	store, err := p.accessStore()
	if err != nil {
		return nil, nil, err
	}
	g, err := access.New(access.Options{Store: store, Address: at, TLS: d.cert != "", Proxies: d.proxies, Operators: d.operators})
	return g, store, err
}
