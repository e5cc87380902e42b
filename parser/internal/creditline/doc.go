// Package creditline is the grammar of photo credits as German pages write them: "Foto: Kreis Düren / Max Muster",
// "© Erika Beispiel, stock.adobe.com", "(Foto: privat)", "Max Muster/dpa". It reads strings; package credit reads pages.
//
//	creditline.go  whom a credit names
//	readings.go    where several credits stand in one, whom one names: tables of rules
//	notes.go       what stands beside a name and names nobody: a table of rules
//	tails.go       where a credit stands in a caption: a table of rules
//	line.go        whether a line is one
//	markers.go     the words that announce one
//	names.go       what can be a name
//	words.go       the words of credits; the lists are words.txt
//	agencies.go    agencies and libraries; the list is agencies.txt
//	limits.go      the numbers
package creditline
