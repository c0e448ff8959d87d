package diag

import (
	"bytes"
	"testing"
)

func TestText(t *testing.T) {
	ds := Sort([]Diagnostic{
		Warnf(Pos{File: "b.md"}, "module-quiz", "", "module has no quiz"),
		Errorf(Pos{File: "a.md", Line: 41, Col: 7}, "quiz-unknown", `did you mean "peace-1"?`, "unknown quiz %q", "peace-2"),
		Errorf(Pos{File: "a.md", Line: 41, Col: 7}, "quiz-unknown", `did you mean "peace-1"?`, "unknown quiz %q", "peace-2"),
	})
	var got bytes.Buffer
	if err := Text(&got, ds); err != nil {
		t.Fatal(err)
	}
	want := `a.md:41:7: error: unknown quiz "peace-2" [quiz-unknown]
  hint: did you mean "peace-1"?
b.md: warning: module has no quiz [module-quiz]
`
	if got.String() != want {
		t.Errorf("got:\n%swant:\n%s", &got, want)
	}
	got.Reset()
	if err := JSON(&got, ds[:1]); err != nil {
		t.Fatal(err)
	}
	want = `{
  "diagnostics": [
    {
      "file": "a.md",
      "line": 41,
      "col": 7,
      "severity": "error",
      "rule": "quiz-unknown",
      "message": "unknown quiz \"peace-2\"",
      "hint": "did you mean \"peace-1\"?"
    }
  ],
  "errors": 1,
  "warnings": 0
}
`
	if got.String() != want {
		t.Errorf("got:\n%swant:\n%s", &got, want)
	}
}

func TestLines(t *testing.T) {
	l := NewLines("f", "a\nбв\n\nx")
	for _, tt := range []struct{ offset, line, col int }{
		{0, 1, 1}, {1, 1, 2}, {2, 2, 1}, {4, 2, 2}, {7, 3, 1}, {8, 4, 1}, {9, 4, 2}, {99, 4, 2}, {-1, 1, 1},
	} {
		if got, want := l.Pos(tt.offset), (Pos{"f", tt.line, tt.col}); got != want {
			t.Errorf("Pos(%d) = %v, want %v", tt.offset, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"title", "summary", "minutes", "objectives"}
	for name, want := range map[string]string{"titel": "title", "objective": "objectives", "sumary": "summary", "weight": "", "": ""} {
		if got := Nearest(name, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}
