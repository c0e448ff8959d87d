package render

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/spf13/afero"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// lessons is a work of n pages in one language.
func lessons(n int) course.Work {
	en := course.Language{Code: "en", Label: "English", Direction: "ltr"}
	text := func(s string) course.Text { return course.NewText(s, course.KindTitle, s, diag.Pos{}) }
	m := course.Module{Page: course.Page{ID: "module", Path: "manual/module", Title: text("Module"), File: "modules/manual/module/_index.md"}}
	body := course.Body{Source: strings.Repeat("A paragraph of a lesson with **strong** words in it. It has two sentences.\n\n", 90)}
	for i := range n {
		id := fmt.Sprintf("lesson-%d", i)
		m.Lessons = append(m.Lessons, course.Lesson{Page: course.Page{
			ID: id, Path: m.Path + "/" + id, Title: text(id), File: "modules/manual/module/" + id + ".md", Body: body,
		}})
	}
	return course.Work{
		Lang: en, SourceLang: en, Languages: []course.Language{en}, Audience: course.Learner, Home: course.Page{Title: text("Work")},
		Collections: []course.Collection{{Page: course.Page{ID: "manual", Path: "manual", Title: text("Manual")}}},
		Editions:    []course.Edition{{Collection: "manual", Lang: "en", Audience: course.Learner, Module: m}},
	}
}

// BenchmarkRender says what rendering a language costs, in times of plain Hugo with the same files.
func BenchmarkRender(b *testing.B) {
	ctx := context.Background()
	work := lessons(30)
	const page = `<!doctype html><title>{{ .Title }}</title>{{ range .Params.module.lessons }}<a href="{{ .href }}">{{ .title.v }}</a>{{ end }}{{ .Content }}`
	opts := Options{Layouts: fstest.MapFS{"all.html": {Data: []byte(page)}}}
	dir := b.TempDir()
	if err := WritePlain(dir, []course.Work{work}, opts); err != nil {
		b.Fatal(err)
	}
	var ours, plain time.Duration
	for b.Loop() {
		out := b.TempDir()
		began := time.Now()
		r := New(afero.NewBasePathFs(afero.NewOsFs(), out), opts)
		files, err := r.Render(ctx, work)
		if err != nil || len(files) < 30 {
			b.Fatal(len(files), err)
		}
		_ = r.Close()
		ours += time.Since(began)
		if err := os.RemoveAll(dir + "/public"); err != nil {
			b.Fatal(err)
		}
		began = time.Now()
		if err := Plain(ctx, dir, nil); err != nil {
			b.Fatal(err)
		}
		plain += time.Since(began)
	}
	b.ReportMetric(float64(ours)/float64(plain), "x-hugo")
}
