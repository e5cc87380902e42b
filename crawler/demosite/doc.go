// Package demosite is a press site for demonstrations and tests: the fictitious Kreis Ahrenfels, with its people, towns and
// addresses, none of which exist. It serves real HTML of three CMS families over real HTTP, so the whole line can be shown and
// tested on loopback without a network and without a mock.
//
// # The site
//
//	/presse/                   all releases, newest first, ten a page, Sitepark IES markup
//	/gesundheit/aktuelles/     the TYPO3 EXT:news part of the site, ten a page
//	/archiv/                   the old part without any helpful markup, ten a page
//	/presse/2026/ID.php        a release in Sitepark IES markup: ETag and Last-Modified
//	/gesundheit/aktuelles/ID/  a release in TYPO3 markup: ETag
//	/archiv/ID.htm             a release without markup: every other one sends Last-Modified, the rest no validator
//	/presse/rss.xml  /sitemap.xml  /robots.txt
//	/intern/…                  disallowed by robots.txt, linked from the listing like a release, counted when asked for all the same
//
// The site answers byte for byte the same until it is changed by [Site.Correct], [Site.Withdraw] or [Site.Cosmetic].
//
// # Content files
//
// Each release is one file content/ID.txt: lines "key: value", a line "---", then the body.
//
//	family:   sitepark, typo3 or plain
//	date:     publication, RFC 3339 without seconds: 2026-11-12T10:15+01:00
//	title:    the headline; lead: the intro (optional); kicker: the line above the headline (optional)
//	person:   KEY | full name without academic title | role; role      (one line a person; KEY "-" when nobody quotes them)
//	org:      KEY | name                                              (an organisation that speaks)
//	contact:  name | phone | e-mail
//	attach:   file name | title
//	correct:  OLD => NEW    what Correct changes; without it Correct only adds its note
//	encoding: windows-1252  (default utf-8)
//	entities: yes           quotation marks are written as named character references
//
// The body is made of blocks with an empty line between them: "## heading", "> blockquote", lines "- item", one line
// "!image FILE | FORM | CAPTION | MARKER | HOLDER", anything else is a paragraph. FORM says where the page puts the credit, see
// [CreditForms]. In running text {br} is a line break, {-} a soft hyphen, {_} a no-break space, {b}…{/b} bold, {q}…{/q} the
// element q, and [[…]] carries the truth:
//
//	[[KEY „words“]]   direct speech of that person or organisation      [[? „words“]]  direct speech of nobody known
//	[[~KEY „words“]]  their words inside the reporter's sentence        [[^KEY „words“]]  a heading or call-out that repeats a quote
//	[[@TYPE:VALUE words]]  a temporal expression with its TIMEX3 type and value; not all of them are marked
//	[[+ „words“]]     one more span of the quote before it              [[! „words“]]  marked words that are not speech
//
// So the truth cannot drift from the text. [Site.Truth] gives what an exact reader must find on each page; internal/truth
// judges a release by it.
package demosite
