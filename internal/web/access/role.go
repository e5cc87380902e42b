package access

import (
	"context"
	"fmt"
)

// Role is what somebody may do. Each includes those before it.
type Role int

// The roles.
const (
	Nobody   Role = iota
	Viewer        // reads
	Operator      // acts, too: releases what is held, pauses a source, starts a replay
)

var roleNames = [...]string{Nobody: "nobody", Viewer: "viewer", Operator: "operator"}

func (r Role) String() string { return roleNames[r] }

// ParseRole reads the name of a role that can be given.
func ParseRole(s string) (Role, error) {
	for r := Viewer; r <= Operator; r++ {
		if s == roleNames[r] {
			return r, nil
		}
	}
	return Nobody, fmt.Errorf("%q is no role: viewer or operator", s)
}

// MarshalText writes the role's name.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText is ParseRole.
func (r *Role) UnmarshalText(b []byte) (err error) {
	*r, err = ParseRole(string(b))
	return err
}

// Identity is who asks; the zero value is somebody nobody knows.
type Identity struct {
	Name string // of the token or as the proxy says; what audits name
	Role Role
}

type identityKey struct{}

// From is who asks, as Guard.Protect found out.
func From(ctx context.Context) Identity {
	id, _ := ctx.Value(identityKey{}).(Identity)
	return id
}

// With is a context in which id asks; for tests and for work that goes on behind a request.
func With(ctx context.Context, id Identity) context.Context {
	return context.WithValue(ctx, identityKey{}, id)
}
