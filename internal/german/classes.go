package german

// Class is what a word can be. A word may be several things.
type Class uint8

// Classes. classes says in which letters each is asked for.
const (
	// Words of the closed classes.
	Nominative    Class = iota // determiners and possessives whose form can be a nominative
	Oblique                    // determiners that are never a nominative
	Preposition                // prepositions, contractions too
	Governs                    // prepositions after which a noun is no subject and no predicate
	Pronoun                    // pronouns that can be a subject
	Object                     // pronouns that are objects or reflexive, and adverbs of their kind
	Subordinator               // words that open a clause with its verb at the end
	Coordinator                // und, oder and their like
	AuxSingular                // auxiliaries, singular
	AuxPlural                  // auxiliaries, plural
	ModalSingular              // modals, singular
	ModalPlural                // modals, plural
	Reported                   // Konjunktiv I, the mood of reported speech
	Finite                     // forms that are finite verbs between quotation marks
	First                      // first persons, the speaker's own voice
	Adverb                     // adverbs and particles that open a sentence or stand between verb and subject
	Several                    // determiners that make a plural
	Some                       // words before a noun that speak of several
	InName                     // small words inside names
	NotVerb                    // words in -t that are no verbs
	Foreign                    // small words of English, French, Latin, Italian
	Copula                     // verbs of being and meaning
	Intention                  // verbs of intention
	Article                    // articles, with those in prepositions
	Possessive                 // possessives
	Complement                 // words that join a role with what it is about
	Separable                  // prefixes that stand alone at the end of a clause
	NotAdjective               // words that only end like adjectives
	Inner                      // particles of names that stand only after another one: von der, de la
	HumanSign                  // words that tell that the subject of their sentence is human
	Particle                   // particles of names: von, de, al
	Stray                      // particles of other languages with a capital letter
	Noble                      // ranks between given and family name
	EnglishTitle               // words before an English role noun
	Stop                       // words that belong to no name
	Opener                     // words that may follow a name capitalised, since they begin a sentence
	Fronting                   // words that begin an adverbial at the beginning of a sentence

	// Nouns, by what they are.
	Body         // bodies that speak; compounds end in them too
	Document     // what written words stand in
	Verdict      // nouns of utterance whose author speaks: das Fazit des Landrats
	Utterance    // nouns of utterance after nach, in, mit, aus
	Ensemble     // those who make music together
	Naming       // nouns that announce a name, a title, a motto
	Titling      // nouns for a title itself: words after them and a colon are one
	Saying       // nouns for words of somebody that others repeat: Wort, Zitat
	Slogan       // nouns of shouted and written slogans
	Time         // times, which are never the subject of speech
	Human        // nouns for people
	Noun         // common nouns; compounds end in them too
	Short        // nouns of up to four letters that are the end of compounds and not of surnames
	Thing        // streets, buildings, prizes, companies: what bears the names of people
	ThingEnd     // those of them that end compounds without a hyphen
	Namesake     // things with a name of their own behind them: Fähre, Stiftung
	Street       // streets, which bear names and belong to nobody
	Abstract     // ends of nouns that name no body
	Feminine     // ends of nouns that are feminine
	Unfeminine   // ends that only look so: Verein, Stein, Abitur
	Neutral      // ends of nouns for people that tell no gender
	Declined     // ends of nouns whose genitive in -s is taken off a body's name
	Office       // ends of nouns for offices that several people of a text may hold
	Party        // parties and groups of a council
	Trade        // roles that firms have too: before an unknown word they prove nothing
	Divided      // roles whose office may follow without an article
	Single       // offices that one person holds
	Anybody      // roles used of anybody
	Regnant      // ranks whose bearers are called by their given names
	Related      // nouns for several people of one family name
	Never        // nouns that are part of no name
	Mass         // nouns that stand without an article
	Bearer       // words after which a name is that of a thing or place
	Possession   // nouns that belong to human beings
	Credit       // words that open a photo credit
	NotRole      // words that only end like roles
	Abbreviation // abbreviated roles
	KinMale      // kinship and nationality, of men
	KinFemale    // of women
	Kin          // of either

	// Names.
	Surname // surnames that are nouns or adjectives, too
	Famous  // people one name is enough for
	Place   // countries, regions, rivers, towns
	Firm    // companies, clubs, media
	Brand   // makes of vehicles: a name behind one is a model

	// Endings.
	Predicative // ends of adjectives, participles and adverbs that begin a sentence
	Participle  // prefixes of participles
	Estate      // ends of the names of noble families' estates
	NoGenitive  // ends in -s of surnames that are no genitive

	// Adjectives, by their stems.
	CaptionAdjective // adjectives that captions and headings begin with
	RoleAdjective    // adjectives before a role that belong to it

	// Verbs: forms of the third person singular.
	Speaks // verbs whose subject says something
	Acts   // verbs whose subject is human
	Things // verbs whose subject may be a thing
)

// classes names each class as the data files do, says in which letters its words are asked for, and what it is.
var classes = [...]struct {
	name string
	key  key
	what string
}{
	Nominative:       {"nominative", lower, "determiners and possessives whose form can be a nominative"},
	Oblique:          {"oblique", lower, "determiners that are never a nominative"},
	Preposition:      {"preposition", lower, "prepositions, contractions too"},
	Governs:          {"governs", lower, "prepositions after which a noun is no subject and no predicate"},
	Pronoun:          {"pronoun", lower, "pronouns that can be a subject"},
	Object:           {"object", lower, "pronouns that are objects or reflexive, and adverbs of their kind"},
	Subordinator:     {"subordinator", lower, "words that open a clause with its verb at the end"},
	Coordinator:      {"coordinator", lower, "und, oder and their like"},
	AuxSingular:      {"aux-singular", lower, "auxiliaries, singular"},
	AuxPlural:        {"aux-plural", lower, "auxiliaries, plural"},
	ModalSingular:    {"modal-singular", lower, "modals, singular"},
	ModalPlural:      {"modal-plural", lower, "modals, plural"},
	Reported:         {"reported", lower, "Konjunktiv I, the mood of reported speech"},
	Finite:           {"finite", lower, "forms that are finite verbs between quotation marks"},
	First:            {"first", lower, "first persons, the speaker's own voice"},
	Adverb:           {"adverb", lower, "adverbs and particles that open a sentence or stand between verb and subject"},
	Several:          {"several", lower, "determiners that make a plural"},
	Some:             {"some", lower, "words before a noun that speak of several"},
	InName:           {"in-name", lower, "small words inside names"},
	NotVerb:          {"not-verb", lower, "words in -t that are no verbs"},
	Foreign:          {"foreign", lower, "small words of English, French, Latin, Italian"},
	Copula:           {"copula", lower, "verbs of being and meaning"},
	Intention:        {"intention", lower, "verbs of intention"},
	Article:          {"article", lower, "articles, with those in prepositions"},
	Possessive:       {"possessive", lower, "possessives"},
	Complement:       {"complement", lower, "words that join a role with what it is about"},
	Separable:        {"separable", lower, "prefixes that stand alone at the end of a clause"},
	NotAdjective:     {"not-adjective", lower, "words that only end like adjectives"},
	Inner:            {"inner", lower, "particles of names that stand only after another one: von der, de la"},
	HumanSign:        {"human-sign", lower, "words that tell that the subject of their sentence is human"},
	Particle:         {"particle", written, "particles of names: von, de, al"},
	Stray:            {"stray", written, "particles of other languages with a capital letter"},
	Noble:            {"noble", written, "ranks between given and family name"},
	EnglishTitle:     {"english-title", written, "words before an English role noun"},
	Stop:             {"stop", capital, "words that belong to no name"},
	Opener:           {"opener", capital, "words that may follow a name capitalised, since they begin a sentence"},
	Fronting:         {"fronting", capital, "words that begin an adverbial at the beginning of a sentence"},
	Body:             {"body", lower, "bodies that speak; compounds end in them too"},
	Document:         {"document", lower, "what written words stand in"},
	Verdict:          {"verdict", lower, "nouns of utterance whose author speaks: das Fazit des Landrats"},
	Utterance:        {"utterance", lower, "nouns of utterance after nach, in, mit, aus"},
	Ensemble:         {"ensemble", lower, "those who make music together"},
	Naming:           {"naming", lower, "nouns that announce a name, a title, a motto"},
	Titling:          {"titling", lower, "nouns for a title itself: words after them and a colon are one"},
	Saying:           {"saying", lower, "nouns for words of somebody that others repeat: Wort, Zitat"},
	Slogan:           {"slogan", lower, "nouns of shouted and written slogans"},
	Time:             {"time", lower, "times, which are never the subject of speech"},
	Human:            {"human", lower, "nouns for people"},
	Noun:             {"noun", lower, "common nouns; compounds end in them too"},
	Short:            {"short", lower, "nouns of up to four letters that are the end of compounds and not of surnames"},
	Thing:            {"thing", lower, "streets, buildings, prizes, companies: what bears the names of people"},
	ThingEnd:         {"thing-end", lower, "those of them that end compounds without a hyphen"},
	Namesake:         {"namesake", lower, "things with a name of their own behind them: Fähre, Stiftung"},
	Street:           {"street", lower, "streets, which bear names and belong to nobody"},
	Abstract:         {"abstract", lower, "ends of nouns that name no body"},
	Feminine:         {"feminine", lower, "ends of nouns that are feminine"},
	Unfeminine:       {"unfeminine", lower, "ends that only look so: Verein, Stein, Abitur"},
	Neutral:          {"neutral", lower, "ends of nouns for people that tell no gender"},
	Declined:         {"declined", lower, "ends of nouns whose genitive in -s is taken off a body's name"},
	Office:           {"office", lower, "ends of nouns for offices that several people of a text may hold"},
	Party:            {"party", lower, "parties and groups of a council"},
	Trade:            {"trade", lower, "roles that firms have too: before an unknown word they prove nothing"},
	Divided:          {"divided", lower, "roles whose office may follow without an article"},
	Single:           {"single", lower, "offices that one person holds"},
	Anybody:          {"anybody", lower, "roles used of anybody"},
	Regnant:          {"regnant", lower, "ranks whose bearers are called by their given names"},
	Related:          {"related", written, "nouns for several people of one family name"},
	Never:            {"never", written, "nouns that are part of no name"},
	Mass:             {"mass", written, "nouns that stand without an article"},
	Bearer:           {"bearer", written, "words after which a name is that of a thing or place"},
	Possession:       {"possession", written, "nouns that belong to human beings"},
	Credit:           {"credit", written, "words that open a photo credit"},
	NotRole:          {"not-role", written, "words that only end like roles"},
	Abbreviation:     {"abbreviation", written, "abbreviated roles"},
	KinMale:          {"kin-m", written, "kinship and nationality, of men"},
	KinFemale:        {"kin-f", written, "of women"},
	Kin:              {"kin", written, "of either"},
	Surname:          {"surname", written, "surnames that are nouns or adjectives, too"},
	Famous:           {"famous", written, "people one name is enough for"},
	Place:            {"place", written, "countries, regions, rivers, towns"},
	Firm:             {"firm", written, "companies, clubs, media"},
	Brand:            {"brand", written, "makes of vehicles: a name behind one is a model"},
	Predicative:      {"predicative", lower, "ends of adjectives, participles and adverbs that begin a sentence"},
	Participle:       {"participle", lower, "prefixes of participles"},
	Estate:           {"estate", lower, "ends of the names of noble families' estates"},
	NoGenitive:       {"no-genitive", lower, "ends in -s of surnames that are no genitive"},
	CaptionAdjective: {"caption", lower, "stems of adjectives that captions and headings begin with"},
	RoleAdjective:    {"role", lower, "stems of adjectives that belong to the role behind them"},
	Speaks:           {"speaks", lower, "verbs whose subject says something"},
	Acts:             {"acts", lower, "verbs whose subject is human"},
	Things:           {"things", lower, "verbs whose subject may be a thing"},
}
