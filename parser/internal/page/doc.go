// Package page reads the structure of an HTML page: which element holds the release, its title, lead, blocks, images. It knows the
// CMS families (profiles, data) and a generic way for every other page. It does not read language.
//
// What a page is:
//
//	page.go         what is read
//	read.go         the order in which it is read
//	scan.go         the tree with what this reader adds to it
//	limits.go       the numbers
//	phrases.go      the words of lines that are no text
//
// CMS profiles:
//
//	profile.go      how a family is recognised and asked; the families are profiles.txt
//
// The title:
//
//	title.go        which candidate, and where the release begins
//	candidate.go    what may be the title: headings, other lines, what the page calls itself elsewhere
//	sight.go        what is known of a candidate
//	titleweights.go what each sign weighs
//	heading.go      a heading taken apart: kicker, headline, what stands beside it
//	headline.go     which part of a heading is the headline
//	signs.go        the signs of templates in and around it
//	witness.go      what the page calls itself elsewhere
//	titleparts.go   the parts of a title, and which of them are the site's name
//	site.go         the names of the site and of its sections; the words are site.txt
//	kicker.go       the line above the title
//
// The text:
//
//	settle.go       the letters over what is shown
//	furniture.go    which names are believed: furniture is hidden
//	root.go         the element that holds the text
//	blocks.go       its text in blocks
//	filter.go       the blocks that are text
//	above.go        the lead between title and text
//	notes.go        notes of press offices, media and authors beside it
//	lines.go        the rules by which a block is none
//	dropped.go      what was left out, and why
//	fallback.go     text from elsewhere
//	credits.go      lines that are a picture's credit
//
// What belongs to it:
//
//	images.go       pictures with their captions
//	lazy.go         addresses of pictures that are loaded late
//	standin.go      pictures that stand in for others
//	attachments.go  files
//	contact.go      whom the press may ask
//	canonical.go    addresses
//	ld.go           the article of JSON-LD
//
// The verdict:
//
//	verdict.go      the rules by which a page is no release
//	norelease.go    errors, walls, logins, shells
//	listing.go      lists of releases
//	listsigns.go    what speaks for a list where a page says little
//	standin.go      pages about the site itself, and pages that only lead on
package page
