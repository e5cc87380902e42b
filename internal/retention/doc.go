// Package retention says for how long what came from a source is kept: pages by their age, releases by their age and class.
//
//	policy.go     ages of an installation and of its sources; which release is due
//	class.go      of which class a release is, by rules that are data
//	classes.yaml  these rules
//	keeper.go     the process that removes what is due, at night, a source after the other
package retention
