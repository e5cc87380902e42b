// Package german is what the readers know of the German language: one lexicon as data, and one morphology.
//
// A word stands once in lexicon/*.tsv with everything it can be, in the file of its kind: nouns, roles (nouns for people, with their
// declension), verbs (with their principal parts), names, titles, places, institutions, surnames that are other words too, adjectives,
// the closed classes (words), abbreviations, and the endings that tell what a word is. The head of each file explains its columns and
// says where the words come from. Forms are made from the data; lists of forms are not kept by hand. Each file is read when it is first
// needed, once.
//
//	classes.go        what a word can be, and in which letters it is asked for
//	lexicon.go        how the files are read; Of and Is
//	ends.go           which ends of a word can be entries
//	inflect.go        endings, compounds (Ends, Head), genitives
//	roles.go          nouns for people and their declensions
//	professions.go    general words for professions
//	verbs.go          verbs and their conjugation
//	names.go          given names, titles and salutations
//	municipality.go   municipalities, searched where the list stands
//	abbreviations.go  abbreviations, and the words that open a sentence
package german
