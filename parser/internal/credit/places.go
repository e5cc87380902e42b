package credit

import "github.com/kreispresse/kreispresse/parser/internal/rule"

// kind tells when a place is looked at: before the images, at each image, behind them.
type kind uint8

const (
	before kind = iota
	beside
	behind
)

// A place is where a credit may stand; i is the image that is asked for, -1 for the whole page. It reports whether there was one.
type place func(c *collector, i int) bool

// places are looked at in their order. At an image the first that tells a credit is believed. What its rule is called stands first in
// the evidence of a credit, with the attribute or element behind a colon.
var places = rule.Table[kind, place]{
	{
		ID: "sitepark:figure-zoom", Kind: before, Find: (*collector).zooms,
		Says: `<figure data-sp-figure-zoom='{"copyright":"Tim Probst, stock.adobe.com","src":"/a.jpg"}'><img src="/a.jpg" width=800></figure>` +
			` → Tim Probst | stock.adobe.com`,
		Not: `<figure data-sp-figure-zoom='{"copyright":null,"src":"/a.jpg"}'><img src="/a.jpg" width=800></figure>`,
	},
	{
		ID: "sitepark:annotations", Kind: before, Find: (*collector).annotated,
		Says: `<div class="SP-Annotations"><section class="SP-Annotations__section"><h2>Bildnachweise</h2><ul><li>Kreis Musterau</li></ul>` +
			`</section></div> → Kreis Musterau |`,
		Not: `<div class="SP-Annotations"><section class="SP-Annotations__section"><h2>Glossar</h2><ul><li>Dezernat</li></ul></section></div>`,
	},
	{
		ID: "attribute", Kind: beside, Find: (*collector).attributes,
		Says: `<figure><img src="/a.jpg" width=800 data-copyright="Tim Probst"></figure> → Tim Probst |`,
		Not: `
			<figure><img src="/a.jpg" width=800 data-source="/media/a.jpg"></figure>
			<figure><img src="/a.jpg" width=800 data-author="Redakteurin"></figure>`,
	},
	{
		ID: "element", Kind: beside, Find: (*collector).holder,
		Says: `
			<figure><img src="/a.jpg" width=800><figcaption>Die Brücke <span class="copyright">Tim Probst/dpa</span></figcaption></figure> → Tim Probst | dpa
			<figure><img src="/a.jpg" width=800><small>Foto: Tim Probst</small></figure> → Tim Probst |`,
		Not: `
			<figure><img src="/a.jpg" width=800><figcaption><span class="copyright">Kran vor der Halle am Hafen</span></figcaption></figure>
			<figure><img src="/a.jpg" width=800><small>Die Brücke am Morgen</small></figure>`,
	},
	{
		ID: "caption", Kind: beside, // the holder's, where no element of it is made for credits
		Says: `<figure><img src="/a.jpg" width=800><figcaption>Die Brücke (Foto: privat)</figcaption></figure> → privat |`,
		Not:  `<figure><img src="/a.jpg" width=800><figcaption>Foto: Die Landrätin gibt die Brücke frei</figcaption></figure>`,
	},
	{
		ID: "line below", Kind: beside, Find: (*collector).below,
		Says: `<div><img src="/a.jpg" width=800></div><p>Foto: Tim Probst</p> → Tim Probst |`,
		Not:  `<figure><img src="/a.jpg" width=800></figure><figure><img src="/b.jpg" width=800><figcaption>Foto: Tim Probst</figcaption></figure>`,
	},
	{
		ID: "described", Kind: beside, Find: (*collector).describedIn,
		Says: `
			<p><img src="/a.jpg" width=800 alt="Die Brücke (Bild: Tim Probst)"></p> → Tim Probst |
			<p><img src="/a.jpg" width=800 title="Die Brücke | AP/Tim Probst"></p> → AP/Tim Probst |`,
		Not: `<p><img src="/a.jpg" width=800 alt="Tim Probst und Erika Muster auf der Brücke"></p>`,
	},
	{
		ID: "bildnachweise", Kind: behind, Find: (*collector).headed,
		Says: `
			<h2>Bildnachweise</h2><ul><li>Tim Probst</li><li>Kreis Musterau</li></ul> → Tim Probst |; Kreis Musterau |
			<div>Mehr.<br><b>Bildnachweis</b><br>Foto: Tim Probst<br><br></div> → Tim Probst |`,
		Not: `<h2>Nachweise der Bildung</h2><ul><li>Tim Probst</li></ul>`,
	},
	{
		ID: "bildnachweis", Kind: behind, Find: (*collector).boxes,
		Says: `</article></main><div class="bildnachweis-box"><ul><li>Kreis Musterau</li></ul></div> → Kreis Musterau |`,
		Not:  `<div class="bildung-box"><ul><li>Kreis Musterau</li></ul></div>`,
	},
	{
		ID: "text", Kind: behind, Find: (*collector).lines,
		Says: `
			<p>Der Weg ist fertig.</p><p>Fotos: Feuerwehr Musterau</p> → Feuerwehr Musterau |
			<p>Bild (2 MB): Der Weg am Morgen. Quelle: Tim Probst</p> → Tim Probst |`,
		Not: `
			<p>Quelle: Statistisches Landesamt</p>
			<p>© Musterpresse GmbH</p>`,
	},
	{
		ID: "jsonld", Kind: behind, Find: (*collector).linked,
		Says: `<p><img src="/a.jpg" width=800></p><script type="application/ld+json">{"@type":"ImageObject","url":"/a.jpg",` +
			`"creditText":"Tim Probst/dpa"}</script> → Tim Probst | dpa`,
		Not: `<p><img src="/a.jpg" width=800></p><script type="application/ld+json">{"@type":"ImageObject","url":"/logo.png",` +
			`"creditText":"Tim Probst"}</script>`,
	},
}
