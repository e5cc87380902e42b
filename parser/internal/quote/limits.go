package quote

// How far the reader looks, in items of a frame (words, stops, passages) unless said otherwise.
const (
	// window bounds every look from a word into its sentence: 99 in a hundred sentences of the development texts are shorter.
	window = 40

	maxAdjectives = 6 // "die erste eigene große …"
	bracketWithin = 7 // "(Bündnis 90/Die Grünen)"

	adverbsBehind = 3 // „…“, so gestern erneut sagte X: words tried for an announcement

	placeWithin = 8  // "heißt es darin und auch im Bericht"
	citedWithin = 12 // "zitiert die Zeitung … den Minister"

	attachedWithin = 6 // nominals: "der Leiter des Amtes für Bildung der Stadt X, Anna Meier"

	sloganWithin   = 4 // "unter Rufen wie „…“"
	socalledWithin = 3 // "unter dem Titel „…“"
	calledWithin   = 4 // "als einen neuen „…“"
)

// Lengths in bytes of the shortest words taken for an adjective, and for a finite verb by its ending.
const (
	shortestAdjective = 4
	shortestVerb      = 4
)

// maxInner is the number of tokens between the marks of one part that are looked at; longer passages are speech without looking further.
const maxInner = 400

// How far back a speaker is looked for, in frames (sentences of the reporter).
const (
	goesOnWithin     = 2  // a passage without an announcement continues the speech before it
	pronounWithin    = 8  // the antecedent of er, sie among the people
	antecedentWithin = 4  // among others, by their words
	theyWithin       = 3  // of a plural sie
	reportedWithin   = 12 // reported speech that goes on without an announcement
)

// Bounds that keep the work linear on texts that no human being wrote.
const (
	maxPeople    = 400 // people whose roles are compared
	maxRoleSteps = 3   // roles that lead to roles
)
