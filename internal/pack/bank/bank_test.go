package bank

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lectern/internal/course"
	"lectern/internal/diag"
)

func TestOf(t *testing.T) {
	q := course.Quiz{ID: "check", Domain: "manual/module/quizzes", Title: course.NewText("x", course.KindTitle, "Check", diag.Pos{}), Questions: []course.Question{{ID: "a"}, {ID: "b"}}}
	b := Of("fr", q)
	if b.ID != "check" || b.Title != "Check" || b.Lang != "fr" || len(b.Questions) != 2 || b.Questions[1].Path != "manual/module/check/b" || b.Questions[1].Quiz.Questions != nil {
		t.Errorf("%+v", b)
	}
	if len(q.Questions) != 2 {
		t.Error("the quiz was changed")
	}
	if got := Of("fr", course.Quiz{ID: "q", Questions: []course.Question{{ID: "a"}}}).Questions[0].Path; got != "q/a" {
		t.Error(got)
	}
}

func TestBare(t *testing.T) {
	at := diag.Pos{File: "f", Line: 3}
	full := func(at diag.Pos, id, source string) course.Question {
		p := func(value string) course.Prose {
			return course.Prose{Text: course.Text{ID: id, Kind: course.KindFeedback, Source: source, Value: value, State: course.Translated, Pos: at}, Links: []course.Link{{Dest: id}}}
		}
		o := course.Option{ID: "o", Text: p("1"), Feedback: p("2"), Unchosen: p("3"), Pos: at}
		return course.Question{
			ID: "q", Prompt: p("4"), Options: []course.Option{o}, Passage: p("5"), Model: p("6"), Hints: []course.Prose{p("7")}, Explanation: p("8"), Objective: course.Ref{ID: "x", Pos: at},
			Gaps:  []course.Gap{{ID: "g", Choices: []course.Option{o}, Answers: []course.Answer{{Text: p("9").Text, Feedback: p("10")}}, Pos: at}},
			Pairs: []course.Pair{{ID: "p", Text: p("11"), Feedback: p("12"), Pos: at}}, Number: &course.NumberRange{Unit: p("13").Text}, Pos: at,
		}
	}
	one := full(at, "a", "b")
	if got, want := Bare(one), Bare(full(diag.Pos{}, "c", "d")); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if one.Options[0].Pos != at || one.Number.Unit.ID != "a" {
		t.Error("the question was changed")
	}
	if reflect.DeepEqual(Bare(course.Question{ID: "a"}), Bare(course.Question{ID: "b"})) {
		t.Error("two questions are one")
	}
}

func TestIDs(t *testing.T) {
	ids := IDs{}
	var got []string
	for _, names := range [][]string{{"Über Ä/12"}, {"", "受害人", "A  b_c"}, {"a b c"}, {"A-B-C"}, {"a-b-c-2"}, {"..."}, {}, {strings.Repeat("long ", 30)}} {
		got = append(got, ids.New(names...))
	}
	want := []string{"ber-12", "a-b-c", "a-b-c-2", "a-b-c-3", "a-b-c-2-2", "question", "question-2", strings.Repeat("long-", 12) + "long"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	start := time.Now()
	for range 100_000 {
		ids.New("same")
	}
	if took := time.Since(start); took > 5*time.Second || len(ids) != 100_000+len(want) {
		t.Error(took, len(ids))
	}
	if got := Letter(0) + Letter(25) + Letter(26) + Letter(53); got != "aza1b2" {
		t.Error(got)
	}
}

func TestParseXML(t *testing.T) {
	n, d := ParseXML("f", []byte("\ufeff<?xml version=\"1.0\"?><!-- c --><a x='1' xml:lang=\"fr\">t &amp; <b>u<![CDATA[<v>]]></b>\n <c/></a>"))
	if d != nil {
		t.Fatal(d)
	}
	b := n.First("x", "b")
	if n.Name != "a" || n.Attr("x") != "1" || n.Attr("lang") != "fr" || n.Attr("y") != "" || b.Content() != "u<v>" || len(n.All("")) != 2 || n.First("c").Pos.Line != 2 {
		t.Errorf("%+v", n)
	}
	if got := n.Inner(); got != "t &amp; <b>u&lt;v&gt;</b>\n <c/>" {
		t.Errorf("%q", got)
	}
	var none *Node
	if none.First("a") != nil || none.All("") != nil || none.Attr("a") != "" || none.Content() != "" || none.Inner() != "" {
		t.Error("nothing has something")
	}
	if got := Escape("a<b>&\"'\n\x01"); got != "a&lt;b&gt;&amp;&quot;'\n\ufffd" {
		t.Errorf("%q", got)
	}
}

func TestPictures(t *testing.T) {
	raster := func(width int) []byte {
		var out bytes.Buffer
		_ = png.Encode(&out, image.NewGray(image.Rect(0, 0, width, 1)))
		return out.Bytes()
	}
	var photo bytes.Buffer
	_ = jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 1, 1)), nil)
	const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/><text>x</text></svg>`
	var p Pictures
	for _, test := range []struct {
		name     string
		contents []byte
		want     string
	}{
		{"../../etc/My Map.PNG", raster(1), "images/my-map.png"},
		{"my-map.png", raster(2), "images/my-map-2.png"},
		{"my_map.jpg", raster(1), "images/my-map.png"},
		{"受.png", photo.Bytes(), "images/picture.jpg"},
		{"a.exe", []byte("MZ"), ""},
		{"a.html", []byte("<html><script>"), ""},
		{"a.svg", []byte(drawing), "images/a.svg"},
		{"a.svg", []byte(strings.Replace(drawing, "<text>", "<script>x</script><text>", 1)), ""},
		{"a.svg", []byte(strings.Replace(drawing, "<text>", `<text onclick="x">`, 1)), ""},
		{"a.svg", []byte(strings.Replace(drawing, "<text>", `<text fill="url(http://x)">`, 1)), ""},
		{"a.svg", []byte(strings.Replace(drawing, "<svg", `<!DOCTYPE svg><svg`, 1)), ""},
		{"a.svg", []byte(strings.Replace(drawing, "<svg", `<?xml-stylesheet href="x"?><svg`, 1)), ""},
		{"a.svg", []byte(strings.Replace(drawing, "<text>", `<a href="javascript:x"/><text>`, 1)), ""},
	} {
		if got, ok := p.Add(test.name, test.contents); got != test.want || ok != (test.want != "") {
			t.Errorf("%s: %q, %v, want %q", test.name, got, ok, test.want)
		}
	}
	if len(p.Files()) != 4 {
		t.Error(len(p.Files()))
	}
	for n := range maxPictures {
		p.Add("same.png", append(raster(1), fmt.Sprint(n)...))
	}
	if len(p.Files()) != maxPictures {
		t.Error(len(p.Files()))
	}
}

func prose(s string) course.Prose { return course.Prose{Text: course.Text{Value: s}} }

func TestCSV(t *testing.T) {
	quiz := course.Quiz{ID: "q", Questions: []course.Question{
		{ID: "single", Type: course.Single, Prompt: prose("=cmd|' /C calc'!A0"), Weight: 1.5, HintCost: 10, Hints: []course.Prose{prose("one"), prose("two")}, Explanation: prose("a\n\"b\", c"), Objective: course.Ref{ID: "know"},
			Options: []course.Option{{ID: "a", Text: prose("@x"), Correct: true, Feedback: prose("+1"), Unchosen: prose("u")}, {ID: "b", Text: prose("-5")}}},
		{ID: "text", Type: course.ShortText, Scoring: course.ScoreParts, Prompt: prose("{{g}}"), Gaps: []course.Gap{{ID: "g", Answers: []course.Answer{{Text: course.Text{Value: "x|y"}, Fraction: 100}, {Text: course.Text{Value: "z"}, Fraction: 50, Feedback: prose("f")}}}}},
		{ID: "drop", Type: course.Dropdowns, Prompt: prose("{{g}}"), Gaps: []course.Gap{{ID: "g", Choices: []course.Option{{ID: "a", Text: prose("A"), Correct: true}}}}},
		{ID: "match", Type: course.Match, Prompt: prose("?"), Pairs: []course.Pair{{ID: "p", Text: prose("L"), Choice: "a", Feedback: prose("f")}}, Options: []course.Option{{ID: "a", Text: prose("R")}, {ID: "b", Text: prose("S")}}},
		{ID: "order", Type: course.Order, Prompt: prose("?"), Options: []course.Option{{ID: "a", Text: prose("A")}}},
		{ID: "number", Type: course.Numeric, Prompt: prose("?"), Number: &course.NumberRange{Least: -1.5, Most: 2, Unit: course.Text{Value: "km"}}},
		{ID: "essay", Type: course.Essay, Prompt: prose("?"), Model: prose("M")},
		{ID: "marks", Type: course.MarkText, Prompt: prose("?"), Passage: prose("[[a: x]]"), Options: []course.Option{{ID: "a", Correct: true}}},
		{ID: "none", Type: course.Likert, Prompt: prose(" =x")},
	}}
	out, err := Of("en", quiz).CSV()
	if err != nil {
		t.Fatal(err)
	}
	body, ok := strings.CutPrefix(string(out), "\ufeff")
	if !ok || strings.Count(body, "\r\n") < 17 {
		t.Errorf("%q", out)
	}
	records, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range records[1:] {
		got = append(got, strings.Join(r, ";"))
	}
	want := []string{
		"q;single;single;'=cmd|' /C calc'!A0;;1.5;know;;;a;'@x;true;;1;u;one\ntwo;10;a\n\"b\", c",
		"q;single;single;'=cmd|' /C calc'!A0;;1.5;know;;;b;-5;false;;;;one\ntwo;10;a\n\"b\", c",
		"q;text;text;{{g}};parts;0;;g;;;x|y;true;100;;;;0;",
		"q;text;text;{{g}};parts;0;;g;;;z;false;50;f;;;0;",
		"q;drop;dropdowns;{{g}};;0;;g;;a;A;true;;;;;0;",
		"q;match;match;?;;0;;p;L;a;R;true;;f;;;0;",
		"q;match;match;?;;0;;;;b;S;;;;;;0;",
		"q;order;order;?;;0;;;;a;A;;;;;;0;",
		"q;number;numeric;?;;0;;least;km;;-1.5;;;;;;0;",
		"q;number;numeric;?;;0;;most;km;;2;;;;;;0;",
		"q;essay;essay;?;;0;;model;;;M;;;;;;0;",
		"q;marks;mark-text;?;;0;;;;a;;true;;;;;0;",
		"q;marks;mark-text;?;;0;;passage;;;[[a: x]];;;;;;0;",
		"q;none;likert;' =x;;0;;;;;;;;;;;0;",
	}
	want[0] = strings.Replace(want[0], ";1;u", ";+1;u", 1)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !slices.Equal(records[0], columns) {
		t.Error(records[0])
	}
	for cell, want := range map[string]string{"=1": "'=1", "+1": "+1", "-1": "-1", "+a": "'+a", "-2+3": "'-2+3", "\t=1": "'\t=1", "＝1": "'＝1", "a=1": "a=1", "": ""} {
		if got := inert(cell); got != want {
			t.Errorf("%q is %q, want %q", cell, got, want)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("=1", "a\n\"b\"")
	f.Add("\ufeff-1", "\r\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		q := course.Quiz{ID: "q", Questions: []course.Question{{ID: "x", Type: course.Single, Prompt: prose(a), Options: []course.Option{{ID: "o", Text: prose(b)}}}}}
		out, err := Of("en", q).CSV()
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(out), "\ufeff"))).ReadAll()
		if err != nil || len(records) != 2 || len(records[1]) != len(columns) {
			t.Fatalf("%v %q", err, records)
		}
	})
}
