package timex

// class is what a word can be. A word may be of several classes.
type class uint8

// The classes, as the data files explain them.
const (
	month class = iota
	shortMonth
	nameMonth
	weekday
	shortDay
	dayPart
	season
	unit
	plural
	relative
	one
	ten
	ordinal
	half
	vagueNumber
	fewNumber
	definite
	these
	every
	indefinite
	approximate
	whole
	both
	same
	lasting
	early
	all
	yonder
	edge
	leading
	oClock
	fraction
	weekNumber
	quarter
	yearAgo
	yearAfter
	thisYear
	neighbour
	ofDay
	nowadays
	edgeOf
	manyTimes
	mal
	deictic
	reference
	frequency
	frequencyStem
	long
	namedLength
	decade
	adventSunday
	christmasDay
	feast
	feastName

	label
	measure
	functionWord
	beforeNumber
	beforeEither
	beforeYear
	beforeOddYear
	beforeOffice
	beforeEarlyYear
	beforeEarlyNumber
	growth
	grade
	planName
	seasonOfYears

	monthModifier
	beforeMonth
	beforeNameMonth
	beforeSeason
	beforeTheSeason
	seasonYear
	dailyPart
	beforePart
	partOfToday
	beforeClock
	clockLabel
	beforeDay
	dayNoun
	beforeEdge
	beforeMorning
	certainYear
	wholeYear
	distance
	beforeAdjective
	old
	reached
	aged
	ageFrom
	span
	beforeLength
	afterLength
	lastingThing
	lengthStem
	numbered
	telephone
	temporal
	joint

	preterites
	notPreterites
	futures
	presents
	statives
	strongParticiples
	notParticiples
	separables
	inseparables
	reportingVerbs
	events

	classCount
)

// word is an entry of the lexicon: its classes, and the values it has in some of them.
type word struct {
	set     [(classCount + 63) / 64]uint64
	trigger trigger

	month, weekday, shortDay       int // from 1
	rel                            int // relative: -1 last, 0 this, 1 next
	number, ordinal                int // one, ten; ordinal
	decade                         int // of the century
	days                           int // deictic, neighbour, ofDay: days from the anchor or the day the text is at
	years                          int // yearAgo, yearAfter
	quarter                        int
	part, season, unit             string // TIMEX3 codes
	half                           quantity
	reference, period, long, named string // values
	spans                          string // seasonOfYears: the months from which and to which such a year goes, 08-07
	holiday                        *holiday
	phrases                        []*fixedPhrase
}

func (w *word) is(c class) bool { return w.set[c/64]>>(c%64)&1 != 0 }

// classes tells how each class is named in the data, whether its words wake the rules, and where its values go.
var classes = [classCount]struct {
	name   string
	wakes  trigger
	number func(*word) *int
	text   func(*word) *string
	parts  bool // its words are ends or beginnings of others
}{
	month:             {name: "month", wakes: strong, number: func(w *word) *int { return &w.month }},
	shortMonth:        {name: "short-month"},
	nameMonth:         {name: "name-month"},
	weekday:           {name: "weekday", wakes: strong, number: func(w *word) *int { return &w.weekday }},
	shortDay:          {name: "short-day", wakes: strong, number: func(w *word) *int { return &w.shortDay }},
	dayPart:           {name: "part", wakes: strong, text: func(w *word) *string { return &w.part }},
	season:            {name: "season", wakes: strong, text: func(w *word) *string { return &w.season }},
	unit:              {name: "unit", wakes: strong, text: func(w *word) *string { return &w.unit }},
	plural:            {name: "plural"},
	relative:          {name: "relative", wakes: strong, number: func(w *word) *int { return &w.rel }},
	one:               {name: "one", wakes: strong, number: func(w *word) *int { return &w.number }},
	ten:               {name: "ten", wakes: strong, number: func(w *word) *int { return &w.number }},
	ordinal:           {name: "ordinal", wakes: strong, number: func(w *word) *int { return &w.ordinal }},
	half:              {name: "half", wakes: strong, text: func(w *word) *string { return (*string)(&w.half) }},
	vagueNumber:       {name: "vague-number", wakes: strong},
	fewNumber:         {name: "few", wakes: strong},
	definite:          {name: "definite", wakes: weak},
	these:             {name: "these", wakes: strong},
	every:             {name: "every", wakes: strong},
	indefinite:        {name: "indefinite", wakes: weak},
	approximate:       {name: "approximate", wakes: weak},
	whole:             {name: "whole", wakes: weak},
	both:              {name: "both", wakes: weak},
	same:              {name: "same", wakes: weak},
	lasting:           {name: "lasting", wakes: weak},
	early:             {name: "early", wakes: weak},
	all:               {name: "all", wakes: weak},
	yonder:            {name: "yonder", wakes: weak},
	edge:              {name: "edge", wakes: weak},
	leading:           {name: "leading", wakes: weak},
	oClock:            {name: "o-clock", wakes: strong},
	fraction:          {name: "fraction", wakes: strong},
	weekNumber:        {name: "week-number", wakes: strong},
	quarter:           {name: "quarter", wakes: strong, number: func(w *word) *int { return &w.quarter }},
	yearAgo:           {name: "year-ago", wakes: strong, number: func(w *word) *int { return &w.years }},
	yearAfter:         {name: "year-after", wakes: strong, number: func(w *word) *int { return &w.years }},
	thisYear:          {name: "this-year", wakes: strong},
	neighbour:         {name: "neighbour", wakes: strong, number: func(w *word) *int { return &w.days }},
	ofDay:             {name: "of-day", wakes: strong, number: func(w *word) *int { return &w.days }},
	nowadays:          {name: "nowadays", wakes: strong},
	edgeOf:            {name: "edge-of", wakes: strong, text: func(w *word) *string { return &w.period }},
	manyTimes:         {name: "many-times", wakes: strong},
	mal:               {name: "mal", wakes: strong},
	deictic:           {name: "deictic", wakes: strong, number: func(w *word) *int { return &w.days }},
	reference:         {name: "reference", wakes: strong, text: func(w *word) *string { return &w.reference }},
	frequency:         {name: "frequency", wakes: strong, text: func(w *word) *string { return &w.period }},
	frequencyStem:     {name: "frequency-stem"},
	long:              {name: "long", wakes: strong, text: func(w *word) *string { return &w.long }},
	namedLength:       {name: "named-length", wakes: strong, text: func(w *word) *string { return &w.named }},
	decade:            {name: "decade", wakes: strong, number: func(w *word) *int { return &w.decade }},
	adventSunday:      {name: "advent", wakes: strong},
	christmasDay:      {name: "christmas", wakes: strong},
	feast:             {name: "feast", wakes: strong},
	feastName:         {name: "feast-name"},
	label:             {name: "label"},
	measure:           {name: "measure"},
	functionWord:      {name: "function-word"},
	beforeNumber:      {name: "before-number"},
	beforeEither:      {name: "before-either"},
	beforeYear:        {name: "before-year"},
	beforeOddYear:     {name: "before-odd-year"},
	beforeOffice:      {name: "before-office"},
	beforeEarlyYear:   {name: "before-early-year"},
	beforeEarlyNumber: {name: "before-early-number"},
	growth:            {name: "growth"},
	grade:             {name: "grade", parts: true},
	planName:          {name: "plan-name", parts: true},
	seasonOfYears:     {name: "season-of-years", wakes: strong, text: func(w *word) *string { return &w.spans }},
	monthModifier:     {name: "month-modifier"},
	beforeMonth:       {name: "before-month"},
	beforeNameMonth:   {name: "before-name-month"},
	beforeSeason:      {name: "before-season"},
	beforeTheSeason:   {name: "before-the-season"},
	seasonYear:        {name: "season-year"},
	dailyPart:         {name: "daily-part"},
	beforePart:        {name: "before-part"},
	partOfToday:       {name: "part-of-today"},
	beforeClock:       {name: "before-clock"},
	clockLabel:        {name: "clock-label"},
	beforeDay:         {name: "before-day"},
	dayNoun:           {name: "day-noun"},
	beforeEdge:        {name: "before-edge"},
	beforeMorning:     {name: "before-morning"},
	certainYear:       {name: "year-of"},
	wholeYear:         {name: "whole-year"},
	distance:          {name: "distance"},
	beforeAdjective:   {name: "before-adjective"},
	old:               {name: "old"},
	reached:           {name: "reached"},
	aged:              {name: "aged"},
	ageFrom:           {name: "age-from"},
	span:              {name: "span"},
	beforeLength:      {name: "before-length"},
	afterLength:       {name: "after-length"},
	lastingThing:      {name: "lasting-thing", parts: true},
	lengthStem:        {name: "length-stem", parts: true},
	numbered:          {name: "numbered", parts: true},
	telephone:         {name: "telephone"},
	temporal:          {name: "temporal"},
	joint:             {name: "joint"},
	preterites:        {name: "preterite"},
	notPreterites:     {name: "not-preterite"},
	futures:           {name: "future"},
	presents:          {name: "present"},
	statives:          {name: "stative"},
	strongParticiples: {name: "strong-participle"},
	notParticiples:    {name: "not-participle"},
	separables:        {name: "separable", parts: true},
	inseparables:      {name: "inseparable", parts: true},
	reportingVerbs:    {name: "reporting"},
	events:            {name: "event"},
}
