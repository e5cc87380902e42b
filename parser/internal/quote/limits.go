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

	sloganWithin   = 4 // "unter Rufen wie „…“"
	socalledWithin = 3 // "unter dem Titel „…“"
	calledWithin   = 4 // "als einen neuen „…“"
)

// shortestAdjective is the length in bytes of the shortest word taken for an adjective.
const shortestAdjective = 4

// maxInner is the number of tokens between the marks of one part that are looked at; longer passages are speech without looking further.
const maxInner = 400
