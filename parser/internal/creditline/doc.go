// Package creditline is the grammar of photo credits as German pages write them: "Foto: Kreis Düren / Max Muster",
// "© Erika Beispiel, stock.adobe.com", "(Foto: privat)", "Max Muster/dpa". It reads strings; package credit reads pages.
//
//	creditline.go  whom a credit names
//	line.go        whether a line is one, and where it stands in a caption
//	markers.go     the words that announce one
//	names.go       what can be a name
//	agencies.go    agencies, libraries and licences; the list is agencies.txt
//	limits.go      the numbers
package creditline
