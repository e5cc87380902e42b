package person

// The numbers of this package that bound a look. Behind each stands what it is for, and, as far as it was measured, how many records of
// 1,031 pages with gold change with another number in its place. limits_test.go pins how far most of them reach.

// How far the reader looks, in tokens unless said otherwise.
const (
	maxGiven     = 8  // given names and initials read as one name; with 4: 0, with 16: 0
	maxTitles    = 16 // tokens of academic titles before a name
	maxStray     = 3  // capitalised particles before a family name: El, De La
	maxParticles = 4  // particles of a family name: "von und zu der"; with 2: 0, with 8: 0
	maxRow       = 8  // rounds in which the names of a row show each other
	maxJoined    = 3  // roles joined by "und" to one that is somebody's

	complementWithin   = 16 // of a role: "für Umwelt, Klima und Mobilität der Stadt …"
	appositionWithin   = 5  // articles and adjectives before a role behind a name
	rowWithin          = 32 // names on either side that make a row of several
	titleWithin        = 7  // the marks around a quoted title that names somebody
	ensembleWithin     = 12 // an ensemble before "unter der Leitung von" its conductor
	statementWithin    = 12 // a role behind "NAME ist …"
	bracketWithin      = 12 // an office in brackets with its role
	afterBracketWithin = 24 // the end of the brackets behind a name

	shortestSurname       = 3 // bytes of a surname that the lexicon does not know
	shortestShouted       = 3 // letters of a name in capitals; shorter words are abbreviations
	shortestShoutedFamily = 5 // bytes of a family name in capitals behind a given name
)

// Bounds that keep the work linear on texts that no human being wrote.
const (
	maxPlaces     = 64  // places of one word that are looked at
	maxNamesakes  = 64  // people of one surname that are told apart
	maxRoles      = 16  // roles kept of one person
	maxBack       = 128 // mentions looked back over for a role
	maxAdjectives = 8   // words looked back over from a role to its article
	maxWord       = 160 // bytes of a word that can be a role
)
