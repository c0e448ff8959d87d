package moodle

import (
	"os"
	"testing"
	"testing/fstest"

	"lectern/internal/course"
	"lectern/internal/load"
	"lectern/internal/pack/bank"
)

// What was imported is a quiz file that loads as it is.
func TestImportedLoads(t *testing.T) {
	xml, err := os.ReadFile("testdata/variants.xml")
	if err != nil {
		t.Fatal(err)
	}
	gift, err := os.ReadFile("testdata/variants.gift.txt")
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := ExportXML(sampleBank(), samplePictures(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, result := range map[string]bank.Imported{
		"xml":     ImportXML("f.xml", xml),
		"gift":    ImportGIFT("f.txt", gift),
		"samples": ImportXML("f.xml", file.Contents),
	} {
		page := func(title, more string) *fstest.MapFile {
			return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\nsummary: S.\n" + more + "---\n\nText.\n")}
		}
		library, diags, err := load.Load(fstest.MapFS{
			"modules/_index.md":       page("Home", ""),
			"modules/c/_index.md":     page("C", ""),
			"modules/c/1-m/_index.md": page("M", "objectives:\n  - id: weigh\n    text: weigh\n"),
			"quizzes/c/1-m.yaml":      {Data: load.WriteQuizzes(result.Quizzes)},
		}, "en")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range diags {
			t.Errorf("%s: %s | %s", name, d, d.Hint)
		}
		var got []course.Question
		for _, quiz := range library.Collections[0].Modules[0].Quizzes {
			for _, q := range quiz.Questions {
				got = append(got, bank.Bare(q))
			}
		}
		if want := imported(result); len(want) < 8 {
			t.Errorf("%s: %d questions", name, len(want))
		} else {
			compare(t, got, want)
		}
	}
}
