package load

import (
	"os"
	"testing"

	"lectern/internal/course"
)

func TestX(t *testing.T) {
	lib, ds, err := Load(os.DirFS("/work/main"), "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		t.Log(d, "HINT", d.Hint)
	}
	for _, c := range lib.Collections {
		for _, m := range c.Modules {
			t.Log(m.Path, len(m.Lessons), len(m.Quizzes), len(m.Images), m.Minutes())
			for _, l := range m.Lessons {
				b := l.Body
				t.Log(l.Path, len(b.Segments), len(b.Blocks), len(b.Links), b.Splice(func(s course.Segment) string { return s.Source }) == b.Source)
				for _, x := range b.Blocks {
					t.Logf("%v %q %q %q..%q", x.Kind, x.Name, x.Text, b.Source[x.Start:min(x.End, x.Start+30)], b.Source[max(x.End-20, x.Start):x.End])
				}
				if l.ID == "before-the-interview" {
					for _, s := range b.Segments {
						t.Logf("%s %s %q %v", s.ID, s.Kind, s.Source, s.Pos)
					}
				}
			}
		}
	}
}
