// Package person finds the people a German text speaks of: names, academic titles, roles, organisation, gender, mentions.
//
// A capitalised word alone proves nothing in German, so every name needs evidence: a given name of the lexicon, a title or salutation,
// a role noun, a kinship word, a verb only humans are the subject of, or a full name elsewhere in the text. The evidence is a table of
// rules with examples (rules.go). Full names are read first, since they tell which single words are surnames.
//
//	person.go        Person and Find: the passes over a text and its captions
//	reader.go        the state of a reading
//	words.go         what a word can be by the lexicon, read once a word
//	name.go          names that begin with a given name or initial
//	frame.go         surnames that are nouns: what must stand around them
//	capitals.go      names in capitals
//	row.go           couples, siblings, and unknown names among known ones
//	family.go        family names with particles, ranks and estates
//	trap.go          names of streets, schools, ships: no people
//	surname.go       surnames after titles and roles, and of people the text has named
//	context.go       names the lexicon does not know
//	evidence.go      what the words around show of them
//	rules.go         the evidence as a table, with examples
//	title.go         academic titles and salutations
//	attribute.go     roles before a name
//	after.go         roles behind it
//	phrase.go        one role with its adjectives and complement
//	roles.go         role nouns in compounds and gender-neutral forms
//	organisation.go  parties, and organisations in the nominative
//	anaphora.go      roles that point to somebody named elsewhere
//	registry.go      one entry for a human being
//	limits.go        how far the reader looks
package person
