package creditline

// The numbers of the grammar. make mutate measures which of them a test notices.
const (
	maxLength   = 140 // code points of a credit; the longest of 191 credits measured on news pages has 70
	maxLine     = 20  // code points besides, of a line that is a credit with its marker
	maxWire     = 60  // code points of a wire service's notice
	maxBare     = 80  // code points of a credit without a marker
	maxWords    = 14  // of a name
	maxSmall    = 2   // words of a name in small letters
	maxPart     = 5   // words of a part of a credit without a marker
	maxOthers   = 3   // parts of one that are no agencies
	maxBars     = 4   // parts between bars
	maxAgency   = 80  // bytes of an agency's name; the longest of the list has 25, several may be joined
	maxFullName = 4   // words of a person's name
	maxMakers   = 2   // people that "Foto:" names; more of them are in the picture
	maxNotes    = 3   // rounds of taking notes off
)

// Bounds of what is looked at of a string no one writes.
const (
	maxInput     = 2000 // bytes of a string looked at whole; of a longer caption the end is searched
	maxBareInput = 240  // bytes of a credit without a marker
	maxSplit     = 8    // parts of a credit
	maxMarks     = 16   // markers and brackets of a caption
	maxEnds      = 64   // sentences of one
)
