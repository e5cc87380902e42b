package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"

	smtp "github.com/wneessen/go-mail"

	"github.com/kreispresse/kreispresse/internal/webhook"
)

// post is mail.
type post struct {
	Mail
	password webhook.Secret
	trust    *tls.Config // nil: what this machine trusts
}

func (p *post) name() string { return "mail " + p.Host }

func (p *post) send(ctx context.Context, m Message) error {
	msg, err := p.letter(m)
	if err != nil {
		return permanent{err}
	}
	client, err := smtp.NewClient(p.Host, p.options()...)
	if err != nil {
		return permanent{err}
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if e, ok := errors.AsType[*smtp.SendError](err); ok && e.ErrorCode() >= 500 {
		return permanent{err}
	}
	return err
}

// options are how the server is reached. A password goes over TLS only: the configuration has been checked.
func (p *post) options() []smtp.Option {
	opts := []smtp.Option{smtp.WithTimeout(sendTime)}
	switch p.TLS {
	case TLSFull:
		opts = append(opts, smtp.WithSSLPort(false))
	case TLSNone:
		opts = append(opts, smtp.WithTLSPortPolicy(smtp.NoTLS))
	default:
		opts = append(opts, smtp.WithTLSPortPolicy(smtp.TLSMandatory))
	}
	if p.Port != 0 {
		opts = append(opts, smtp.WithPort(p.Port))
	}
	if p.User != "" {
		opts = append(opts, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(p.User), smtp.WithPassword(string(p.password)))
	}
	if p.trust != nil {
		opts = append(opts, smtp.WithTLSConfig(p.trust))
	}
	return opts
}

func (p *post) letter(m Message) (*smtp.Msg, error) {
	msg := smtp.NewMsg()
	if err := msg.From(p.From); err != nil {
		return nil, fmt.Errorf("from: %w", err)
	}
	if err := msg.To(p.To...); err != nil {
		return nil, fmt.Errorf("to: %w", err)
	}
	msg.Subject("[kreispresse] " + m.Title)
	msg.SetDateWithValue(m.At)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // nobody's absence answers it
	if m.Urgent {
		msg.SetImportance(smtp.ImportanceHigh)
	}
	msg.SetMessageIDWithValue(m.ID + "@kreispresse.invalid")
	msg.SetBodyString(smtp.TypeTextPlain, m.Text+"\n")
	return msg, nil
}
