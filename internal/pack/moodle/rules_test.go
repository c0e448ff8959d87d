package moodle

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lectern/internal/course"
	"lectern/internal/load"
	"lectern/internal/pack/bank"
)

// Each check is a way in which Moodle refuses a file or silently makes something else of it.
func checkRules(t *testing.T, file bank.File) {
	t.Helper()
	root, d := bank.ParseXML(file.Name, file.Contents)
	if d != nil {
		t.Fatal(d)
	}
	ids := map[string]bool{}
	for _, q := range root.All("question") {
		kind := q.Attr("type")
		at := fmt.Sprintf("%s at %s", kind, q.Pos)
		if id := q.First("idnumber").Content(); id == "" || len(id) > 100 || ids[id] {
			t.Errorf("%s: idnumber %q", at, id)
		} else {
			ids[id] = true
		}
		if kind == "category" {
			if name := text(q.First("category")); !strings.HasPrefix(name, "$course$/top/") {
				t.Errorf("%s: %q", at, name)
			}
			continue
		}
		if text(q.First("name")) == "" || raw(q.First("questiontext")) == "" {
			t.Errorf("%s: no name or text", at)
		}
		checkAnswers(t, at, kind, q)
		checkGaps(t, at, kind, q)
		checkFiles(t, at, q)
		for _, name := range []string{"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "shownumcorrect"} {
			if slices.Contains([]string{"multichoice", "matching", "ordering", "gapselect"}, kind) && q.First(name) == nil {
				t.Errorf("%s: no <%s>", at, name)
			}
		}
	}
}

func checkAnswers(t *testing.T, at, kind string, q *bank.Node) {
	t.Helper()
	whole, sum := false, 0.0
	for i, a := range q.All("answer") {
		f, err := strconv.ParseFloat(a.Attr("fraction"), 64)
		if err != nil {
			t.Errorf("%s: fraction %q", at, a.Attr("fraction"))
		}
		if kind == "ordering" {
			if f != float64(i+1) {
				t.Errorf("%s: item %d has place %v", at, i+1, f)
			}
			continue
		}
		if math.Abs(grade(math.Abs(f))-math.Abs(f)) > 1e-5 {
			t.Errorf("%s: Moodle has no fraction %v", at, f)
		}
		whole = whole || f == 100
		sum += max(f, 0)
	}
	several := kind == "multichoice" && q.First("single").Content() == "false"
	switch {
	case several && math.Abs(sum-100) > 0.001:
		t.Errorf("%s: the right options make %v", at, sum)
	case !several && !whole && slices.Contains([]string{"truefalse", "multichoice", "shortanswer", "numerical"}, kind):
		t.Errorf("%s: no answer has 100%%", at)
	}
}

func checkGaps(t *testing.T, at, kind string, q *bank.Node) {
	t.Helper()
	src := raw(q.First("questiontext"))
	switch kind {
	case "gapselect":
		options := q.All("selectoption")
		marks := selected.FindAllStringSubmatch(src, -1)
		for _, m := range marks {
			if n, _ := strconv.Atoi(m[1]); n < 1 || n > len(options) {
				t.Errorf("%s: there is no choice for %s", at, m[0])
			}
		}
		if len(marks) == 0 {
			t.Errorf("%s: no gap", at)
		}
	case "cloze":
		if n := len(embeddedIn(src)); n < 3 {
			t.Errorf("%s: %d parts in %s", at, n, src)
		}
	}
}

var shownFile = regexp.MustCompile(`src="@@PLUGINFILE@@/([^"]+)"`)

func checkFiles(t *testing.T, at string, n *bank.Node) {
	t.Helper()
	names := map[string]bool{}
	for _, f := range n.All("file") {
		names[f.Attr("name")] = f.Attr("encoding") == "base64" && len(f.Content()) > 0
	}
	html := ""
	if n.First("text") != nil {
		html = raw(n)
	}
	for _, m := range shownFile.FindAllStringSubmatch(html, -1) {
		if !names[m[1]] {
			t.Errorf("%s: the file %s is not in <%s>", at, m[1], n.Name)
		}
	}
	if strings.Count(html, "<img") != len(shownFile.FindAllString(html, -1)) {
		t.Errorf("%s: a picture from elsewhere in <%s>", at, n.Name)
	}
	for _, c := range n.All("") {
		checkFiles(t, at, c)
	}
}

func TestRules(t *testing.T) {
	file, _, err := ExportXML(sampleBank(), samplePictures(t))
	if err != nil {
		t.Fatal(err)
	}
	checkRules(t, file)
	if s := string(file.Contents); strings.Contains(s, "&nbsp;") || strings.Contains(s, "<!DOCTYPE") {
		t.Error("entities or a document type")
	}
	library, _, err := load.Load(os.DirFS("../../.."), "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range library.Collections {
		for _, m := range c.Modules {
			for _, q := range m.Quizzes {
				file, _, err := ExportXML(bank.Of("en", q), samplePictures(t))
				if err != nil {
					t.Fatal(err)
				}
				checkRules(t, file)
			}
		}
	}
}

// Right options earn the whole together and wrong ones take it away, in fractions that Moodle has.
func TestFractions(t *testing.T) {
	for right, want := range map[int][2]string{
		1: {"100", "-100"}, 2: {"50", "-50"}, 3: {"33.33333", "-33.33333"}, 4: {"25", "-25"}, 5: {"20", "-20"}, 6: {"16.66667", "-16.66667"}, 7: {"14.28571", "-14.28571"},
		8: {"12.5", "-12.5"}, 9: {"11.11111", "-11.11111"}, 10: {"10", "-10"}, 11: {"10", "-5"}, 20: {"5", "-5"},
	} {
		options := []course.Option{{ID: "wrong"}}
		for range right {
			options = append(options, course.Option{Correct: true})
		}
		got := fractions(options)
		sum := 0.0
		for _, g := range got[1:] {
			sum += g
		}
		if shown(got[1]) != want[0] || shown(got[0]) != want[1] || math.Abs(sum-100) > 1e-9 {
			t.Errorf("%d right: %v, sum %v", right, got, sum)
		}
	}
	for given, want := range map[int]string{100: "100", 67: "66.66667", 33: "33.33333", 83: "83.33333", 17: "16.66667", 14: "14.28571", 13: "12.5", 11: "11.11111", 55: "60", 0: "0", 1: "0", 3: "5"} {
		if got := shown(grade(float64(given))); got != want {
			t.Errorf("%d%% is %s, want %s", given, got, want)
		}
	}
}

func TestIDNumber(t *testing.T) {
	long := "a-collection/" + strings.Repeat("long-module-", 10) + "/quiz/the-question"
	got := idNumber(long)
	if len(got) != 100 || !strings.HasSuffix(got, "/quiz/the-question") || got != idNumber(long) || got == idNumber("x"+long) {
		t.Errorf("%q", got)
	}
	if got := idNumber("m/q/a b]"); got == "m/q/a-b-" || !strings.HasSuffix(got, "m/q/a-b-") {
		t.Errorf("%q", got)
	}
	b := sampleBank()
	b.Questions = append(b.Questions[:1:1], b.Questions[0])
	file, _, err := ExportXML(b, samplePictures(t))
	if err != nil {
		t.Fatal(err)
	}
	checkRules(t, file)
}

func TestExportErrors(t *testing.T) {
	b := sampleBank()
	b.Questions[0].Question.Prompt = prose("![x](elsewhere/a.png)")
	if _, _, err := ExportXML(b, samplePictures(t)); err == nil || err.Error() != "picture elsewhere/a.png: not there" {
		t.Error(err)
	}
	for _, export := range []func(bank.Bank) error{
		func(b bank.Bank) error { _, _, err := ExportXML(b, samplePictures(t)); return err },
		func(b bank.Bank) error { _, _, err := ExportGIFT(b); return err },
	} {
		if err := export(bank.Bank{}); err == nil || err.Error() != "no question of the quiz can be written in this format" {
			t.Error(err)
		}
	}
}

// GIFT that Moodle would read as another question: every mark of GIFT outside its place is escaped.
func TestGIFTEscapes(t *testing.T) {
	file, _, err := ExportGIFT(sampleBank())
	if err != nil {
		t.Fatal(err)
	}
	blocks := giftBlocks(string(file.Contents))
	kinds := map[string]int{}
	for _, b := range blocks {
		if strings.HasPrefix(b.text, "$CATEGORY:") {
			continue
		}
		if strings.Count(b.text, "{") != 1 || strings.Count(b.text, "}") != 1 || !strings.HasSuffix(b.text, "}") || strings.Count(b.text, "::") != 2 {
			t.Errorf("%q", b.text)
		}
		answers := b.text[strings.IndexByte(b.text, '{')+1:]
		kinds[map[bool]string{true: "choice", false: "other"}[strings.Contains(answers, "~")]]++
		arrow := strings.Contains(answers, "->") && strings.Contains(answers, "=")
		if arrow != strings.Contains(b.text, "::Match.::") {
			t.Errorf("would be a match: %q", b.text)
		}
	}
	if kinds["choice"] != 3 || kinds["other"] != 7 {
		t.Error(kinds)
	}
}
