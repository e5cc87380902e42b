// Package quote finds what somebody said in a German text, and who said it.
//
// It works in steps: the marks are paired; the text is cut into the reporter's sentences (frames), in which marked passages are single
// items; nominals, announcements of speech and their subjects are read in each; for each passage the evidence is weighed whether it is
// speech at all; and who said it is resolved. Reading is apart from deciding: what stands where goes into small structures (nominal, hit,
// situation, inner), and tables and short functions decide over these. Everything is linear in the text: each look around is bounded
// (limits.go).
//
//	quote.go         Find: passages in text order become quotes, interrupted ones are joined
//	marks.go         quotation marks and what their shape allows
//	scan.go          marks into passages, over paragraphs too
//	frame.go         the reporter's sentences
//	chunk.go         nominals of a sentence, and what each depends on
//	nominal.go       one noun phrase or pronoun
//	run.go           its adjectives and its capitalised words
//	mentions.go      people by place in the text
//	hits.go          announcements of speech
//	verb.go          their verbs: participles, auxiliaries, particles
//	subject.go       the subject of a verb
//	clause.go        where clauses begin and what stands in them
//	inner.go         what the words between the marks tell
//	situation.go     what the words around them tell: a table of questions
//	assess.go        places those questions look at
//	link.go          the announcement that governs a passage
//	veto.go          places in which marked words are a name: a table
//	weigh.go         the evidence with its weights and counts
//	words.go         words that are verbs
//	speaker.go       who said it, from the announcement to continued speech
//	label.go         brackets, label lines, "Sein Fazit"
//	resolve.go       a nominal into a speaker
//	coref.go         pronouns
//	byrole.go        roles without a name
//	modifier.go      what narrows a role
//	named.go         people whom only their words show
//	role.go          role nouns
//	organisation.go  bodies and documents
//	pull.go          headings and call-outs that repeat a quote
//	rules.go         the rules by which speakers are found, with examples
//	limits.go        how far the reader looks
package quote
