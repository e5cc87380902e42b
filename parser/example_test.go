package parser_test

import (
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

// pressPage is a press page as a server would send it.
const pressPage = `<!doctype html>
<html lang="de"><head><title>Radweg an der Rur eröffnet | Kreis Musterstadt</title></head>
<body><nav><a href="/">Start</a></nav><main>
<h1>Radweg an der Rur eröffnet</h1>
<p>Musterstadt, 2. Mai 2024. Der Radweg an der Rur ist fertig, am Montag fahren die ersten Klassen zur Schule.</p>
<p>„Das ist ein guter Tag für alle, die mit dem Rad fahren“, sagte Landrätin Anna Winkelmann.</p>
<figure><img src="/radweg.jpg" alt="Der neue Weg"><figcaption>Der neue Weg. Foto: Hans Vorbild / dpa</figcaption></figure>
</main></body></html>`

func snapshot() *schemas.Snapshot {
	return &schemas.Snapshot{
		Source:      schemas.Source{ID: "kreis-musterstadt", Name: "Kreis Musterstadt", State: "NW"},
		URL:         "https://www.kreis-musterstadt.example/presse/radweg.php",
		Status:      200,
		ContentType: "text/html; charset=utf-8",
		Body:        []byte(pressPage),
		FetchedAt:   time.Date(2024, 5, 3, 8, 0, 0, 0, time.UTC),
	}
}

func ExampleParse() {
	r, err := parser.Parse(snapshot())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Title)
	fmt.Println(r.Published.Value)
	for _, q := range r.Quotes {
		fmt.Printf("%s: %s\n", q.Speaker.Name, q.Text)
	}
	for _, p := range r.People {
		fmt.Println(p.Name, p.Roles)
	}
	for _, c := range r.Credits {
		fmt.Printf("%s, %s\n", c.Holder, c.Agency)
	}
	// Output:
	// Radweg an der Rur eröffnet
	// 2024-05-02
	// Anna Winkelmann: Das ist ein guter Tag für alle, die mit dem Rad fahren
	// Anna Winkelmann [Landrätin]
	// Hans Vorbild, dpa
}

// A page that is no release is refused with its kind and with what it is.
func ExampleParse_noRelease() {
	s := snapshot()
	s.Body = []byte("%PDF-1.7 …")
	_, err := parser.Parse(s)
	fmt.Println(schemas.KindOf(err))
	fmt.Println(err)
	// Output:
	// not_html
	// parse: https://www.kreis-musterstadt.example/presse/radweg.php: not html (this is a PDF file)
}

// Explain tells the rule and element behind each field, and what was left out, as the command inspect shows them.
func ExampleExplain() {
	r, e, err := parser.Explain(snapshot())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.Why["title"])
	fmt.Println(e.Why["text"])
	fmt.Println(r.Published.Evidence)
	fmt.Println(e.Dropped[0].Rule, e.Dropped[0].Element, e.Dropped[0].Text)
	// Output:
	// heading: h1
	// generic: main
	// text
	// element nav Start
}
