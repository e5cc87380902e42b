package quote

// The numbers of this package that bound a look. Behind each stands what it is for, and what was measured on 1,031 pages with gold (48 and
// 36 of towns, 42 of the police, 55 of newspapers, 850 of Wikinews): "with 20: 31" says that with 20 in its place 31 records change.
// limits_test.go pins how far most of them reach.

// How far the reader looks, in items of a frame (words, stops, passages) unless said otherwise.
const (
	// window bounds every look from a word into its sentence: 97 in a hundred of 24,569 sentences are no longer.
	window = 40 // with 20: 31, with 80: 0

	maxAdjectives = 6 // "die erste eigene große …"; with 3: 0, with 12: 0
	bracketWithin = 7 // "(Bündnis 90/Die Grünen)"; with 3: 4, with 14: 0

	adverbsBehind = 3 // „…“, so gestern erneut sagte X: words tried for an announcement; with 1: 1, with 6: 0

	placeWithin = 8  // "heißt es darin und auch im Bericht"; with 4: 3, with 16: 1
	citedWithin = 12 // "zitiert die Zeitung … den Minister"; with 6: 1, with 24: 0

	attachedWithin = 6 // nominals: "der Leiter des Amtes für Bildung der Stadt X, Anna Meier"; with 3: 3, with 12: 0

	sloganWithin   = 4  // "unter Rufen wie „…“"; with 2: 2, with 8: 1
	socalledWithin = 3  // "unter dem Titel „…“"; with 1: 1, with 6: 0
	titleWithin    = 3  // "mit dem Titel: „…“", "unter diesem Leitmotiv"
	longestLabel   = 24 // items before the colon of a programme's line
	listWithin     = 12 // frames from a line of a programme to the line that announces it
	calledWithin   = 4  // "als einen neuen „…“"; with 2: 3, with 8: 6
)

// Lengths in bytes of the shortest words taken for an adjective, and for a finite verb by its ending.
const (
	shortestStem      = 4 // of a noun without its case
	shortestAdjective = 4 // with 2: 3, with 8: 8
	shortestVerb      = 4 // with 2: 0, with 8: 4
)

// maxInner is the number of tokens between the marks of one part that are looked at; longer passages are speech without looking further.
const maxInner = 400 // with 200: 0, with 800: 0

// How far back a speaker is looked for, in frames (sentences of the reporter).
const (
	goesOnWithin     = 2  // a passage without an announcement continues the speech before it; with 1: 13, with 4: 14
	pronounWithin    = 8  // the antecedent of er, sie among the people; with 4: 9, with 16: 1
	antecedentWithin = 4  // among others, by their words; with 2: 3, with 8: 0
	theyWithin       = 3  // of a plural sie; with 1: 1, with 6: 0
	reportedWithin   = 12 // reported speech that goes on without an announcement; with 6: 0, with 24: 0
)

// Bounds that keep the work linear on texts that no human being wrote.
const (
	maxPeople    = 400 // people whose roles are compared; with 200: 0, with 800: 0
	maxRoleSteps = 3   // roles that lead to roles; with 1: 0, with 6: 0
)
