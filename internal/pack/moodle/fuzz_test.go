package moodle

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

// seeds are files of the formats: ours, and those of the tables.
func seeds(f *testing.F, suffix string) {
	names, err := filepath.Glob("testdata/*" + suffix)
	if err != nil || len(names) == 0 {
		f.Fatal(names, err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
}

func FuzzImportXML(f *testing.F) {
	seeds(f, ".xml")
	file, _, err := ExportXML(sampleBank(), samplePictures(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file.Contents)
	f.Fuzz(func(t *testing.T, src []byte) {
		start := time.Now()
		result := ImportXML("f.xml", src)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		holds(t, result)
	})
}

func FuzzImportGIFT(f *testing.F) {
	seeds(f, ".txt")
	file, _, err := ExportGIFT(sampleBank())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file.Contents)
	f.Fuzz(func(t *testing.T, src []byte) {
		start := time.Now()
		result := ImportGIFT("f.txt", src)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		holds(t, result)
	})
}

// holds is true of whatever was imported: it is usable, it says what to do about what is not, and it goes out and comes back.
func holds(t *testing.T, result bank.Imported) {
	t.Helper()
	for _, d := range result.Diags {
		if d.Hint == "" || !strings.HasPrefix(d.Rule, "import-") || d.File == "" {
			t.Errorf("%+v", d)
		}
	}
	seen := map[string]bool{}
	for _, quiz := range result.Quizzes {
		ids := map[string]bool{}
		for _, q := range quiz.Questions {
			if !objectiveID.MatchString(q.ID) || ids[q.ID] || q.Pos.Line == 0 {
				t.Errorf("question %q at %s", q.ID, q.Pos)
			}
			ids[q.ID] = true
			if message, _ := incomplete(q); message != "" {
				t.Errorf("%s: %s", q.ID, message)
			}
			checkTexts(t, q)
		}
		if !objectiveID.MatchString(quiz.ID) || seen[quiz.ID] {
			t.Errorf("quiz %q", quiz.ID)
		}
		seen[quiz.ID] = true
		quiz.Domain = "m/quizzes"
		b := bank.Of("en", quiz)
		roundTripXML(t, pictureless(b))
		roundTripGIFT(t, pictureless(b))
	}
}

func checkTexts(t *testing.T, q course.Question) {
	t.Helper()
	for _, p := range texts(&q) {
		if got := canonical(p.Value); got != p.Value {
			t.Errorf("%s: %q is read back as %q", q.ID, p.Value, got)
		}
	}
}

// pictureless leaves out questions that show pictures which no folder holds.
func pictureless(b bank.Bank) bank.Bank {
	var items []bank.Item
	for _, item := range b.Questions {
		if !strings.Contains(fmt.Sprintf("%+v", item), "![") {
			items = append(items, item)
		}
	}
	b.Questions = items
	return b
}

// FuzzTexts puts any text everywhere in a question of each type.
func FuzzTexts(f *testing.F) {
	for _, s := range []string{
		"plain", "*a* **b** `c`", "{=~#:}\\", "%50%", "[html]x", "->", "[[1]] {{a}} {1:SA:=x}", "]]>", "_____", "- a\n- b", "a\\\nb", "####", "//", "\\*", "&lt;&amp;", "1. a", "| a |\n| --- |\n| b |",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 300 {
			return
		}
		md := canonical(s)
		if md == "" || canonical(md) != md || pictured(md) {
			return
		}
		text := prose(md)
		quiz := course.Quiz{ID: "q", Domain: "m/quizzes", Title: course.Text{Value: strings.Join(strings.Fields(s), " ")}}
		for _, q := range samples() {
			if len(q.Gaps) == 0 {
				q.Prompt = text
			} else if md := canonical(q.Prompt.Value + " " + md); gapPattern.FindString(text.Value) == "" {
				q.Prompt = prose(md)
			}
			q.Explanation, q.Hints = text, []course.Prose{text}
			for i := range q.Options {
				q.Options[i].Feedback = text
				if q.Type != course.TrueFalse {
					q.Options[i].Text = prose(canonical(fmt.Sprint(md, " ", i)))
				}
			}
			for i := range q.Pairs {
				q.Pairs[i].Text = text
			}
			for i := range q.Gaps {
				for j := range q.Gaps[i].Choices {
					q.Gaps[i].Choices[j].Text = text
				}
				for j := range q.Gaps[i].Answers {
					q.Gaps[i].Answers[j].Feedback = text
					if words, _ := plain(md); j > 0 {
						q.Gaps[i].Answers[j].Text = course.Text{Value: words}
					}
				}
			}
			if q.Type == course.Hotspot || q.Type == course.MarkText {
				continue
			}
			quiz.Questions = append(quiz.Questions, q)
		}
		b := bank.Of("en", quiz)
		roundTripXML(t, b)
		roundTripGIFT(t, b)
	})
}
