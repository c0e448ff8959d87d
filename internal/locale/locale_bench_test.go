package locale

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/po"
)

// BenchmarkTranslate says what putting a page into a language costs, in times of only reading its catalogue.
func BenchmarkTranslate(b *testing.B) {
	const domain = "manual/module/lesson"
	page := course.Page{Domain: domain, Title: course.NewText("title", course.KindTitle, "A lesson", diag.Pos{})}
	catalogue := po.New()
	for i := range 90 {
		source := fmt.Sprintf("%s **strong** and [a link](page-%d.md).", strings.Repeat("A sentence of the lesson. ", 3), i)
		id := fmt.Sprintf("s%08d", i)
		page.Body.Segments = append(page.Body.Segments, course.Segment{Text: course.NewText(id, course.KindParagraph, source, diag.Pos{})})
		catalogue.Append(&po.Entry{
			Context: context(domain, id), HasContext: true, ID: source, Extracted: []string{"paragraph"}, References: []string{"modules/x.md"},
			Str: []string{fmt.Sprintf("%s **сильно** и [ссылка](page-%d.md).", strings.Repeat("Предложение урока. ", 4), i)},
		})
	}
	src := catalogue.Bytes()
	files := fstest.MapFS{"translations/ru/" + domain + ".po": {Data: src}}
	lib := course.Library{Home: page}
	var ours, reading time.Duration
	for b.Loop() {
		began := time.Now()
		c, err := Read(files, "ru")
		if err != nil {
			b.Fatal(err)
		}
		if _, _, diags := Translate(lib, c); len(diags) > 0 {
			b.Fatal(diags[0])
		}
		ours += time.Since(began)
		began = time.Now()
		po.Parse("x.po", src)
		reading += time.Since(began)
	}
	b.ReportMetric(float64(ours)/float64(reading), "x-po.Parse")
}
