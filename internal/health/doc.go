// Package health tells whether a source is well, from what its runs did. It is pure: the same manifests give the same judgement.
//
//	run.go     what is counted of one run, a part of its manifest
//	memory.go  what is learnt of a source from run to run: its rhythm, normal counts, how often its fields are filled
//	judge.go   the judgement: healthy, degraded, broken or silent, in a sentence, with what to do
//	words.go   its codes, and each in English
//	alarm.go   when an incident begins and ends
package health
