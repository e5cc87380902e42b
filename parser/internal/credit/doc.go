// Package credit finds who made or owns the images of a page.
//
// Nearest to the image first: what the CMS says of it in attributes, then elements made for credits, captions, the line below, alt
// and title; then the credits that stand apart from their images: collected lists ("Bildnachweise"), lines of the text, JSON-LD. How a
// credit is written is the business of package creditline.
//
//	credit.go    who is kept once
//	places.go    the places in their order: a table of rules
//	figures.go   the pictures of the release, nearest place first
//	scope.go     figures and captions whose picture is not known
//	apart.go     lists of credits, lines of the text, JSON-LD
//	sitepark.go  Sitepark's attributes and lists
//	names.go     what class and id promise; what belongs to another release
//	limits.go    the numbers
package credit
