package creditline

// The numbers of the grammar. make mutate measures which of them a test notices.
const (
	maxLength = 140  // code points of a credit; the longest of 191 credits measured on news pages has 70
	maxInput  = 2000 // bytes of a string looked at whole; of a longer caption the end is searched
	maxLine   = 20   // code points besides, of a line that is a credit with its marker
	maxWire   = 60   // code points of a wire service's notice
	maxBare   = 80   // code points of a credit without a marker
	maxWords  = 14   // of a name
	maxSmall  = 2    // words of a name in small letters
	maxPart   = 5    // words of a part of a credit without a marker
	maxOthers = 3    // parts of one that are no agencies
	maxBars   = 4    // parts between bars
)
