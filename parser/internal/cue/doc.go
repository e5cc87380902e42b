// Package cue is the lexicon of German words that announce speech: reporting verbs with all their inflected forms, the nouns and
// prepositions that do the same work, and the closed classes (determiners, pronouns, prepositions) a reader of clauses needs.
//
// The words are data (verbs.txt, words.txt); forms are generated from principal parts and compiled once.
package cue
