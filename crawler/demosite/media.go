package demosite

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"strings"
)

// media answers for pictures and downloads: every picture is a plain coloured rectangle, every PDF one empty page.
func (s *Site) media(path string) reply {
	switch {
	case strings.HasPrefix(path, "/download/") && strings.HasSuffix(path, ".pdf"):
		for _, p := range s.pages {
			for _, a := range p.attachments {
				if path == a.path() {
					return reply{status: http.StatusOK, kind: "application/pdf", body: emptyPDF()}
				}
			}
		}
	case strings.HasPrefix(path, "/media/"):
		for _, p := range s.pages {
			if !strings.Contains(path, p.id) {
				continue
			}
			for _, i := range p.document().images {
				if path == i.URL() || path == i.ScaledURL() {
					return reply{status: http.StatusOK, kind: "image/jpeg", body: rectangle(path)}
				}
			}
		}
	}
	return reply{status: http.StatusNotFound, kind: typeHTML, body: s.templates.notFound()}
}

// rectangle is a picture whose colour follows from its name.
func rectangle(name string) []byte {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // never fails
	sum := h.Sum32()
	c := color.RGBA{R: 96 + byte(sum)%128, G: 96 + byte(sum>>8)%128, B: 96 + byte(sum>>16)%128, A: 255}
	img := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil { // a Buffer takes everything
		panic("demosite: " + err.Error())
	}
	return b.Bytes()
}

// emptyPDF is a valid PDF of one empty A4 page.
func emptyPDF() []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}
