// Package index finds releases, quotes and people: a projection of the feed that can be thrown away and is rebuilt from PRESS.
//
//	query.go  what can be asked for, and what is answered
package index
