package parser

// Version names this reading of pages in Provenance.Parser. It changes whenever the same page may give another release, and is not the
// version of the program; TestVersion holds that.
const Version = "0.3.1"
