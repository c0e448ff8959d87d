package moodle

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"lectern/internal/pack/bank"
)

// report is what an import says of itself.
func report(result bank.Imported) string {
	var out []string
	for _, d := range result.Diags {
		out = append(out, d.String()+" | "+d.Hint)
	}
	for _, l := range result.Losses {
		out = append(out, l.Question+": lost "+l.What)
	}
	return strings.Join(out, "\n")
}

func TestImportXML(t *testing.T) {
	png64 := base64.StdEncoding.EncodeToString(picture(t, "a.png"))
	for _, test := range []struct {
		name, src, want, report string
	}{
		{"without format, CDATA, single, text elements",
			`<question type="multichoice"><name><text>N</text></name><questiontext><text>A &lt;b&gt;bold&lt;/b&gt; one?</text></questiontext>
			<answer fraction="100"><text>Yes</text></answer><answer fraction="0"><text>No</text><feedback><text>Why not</text></feedback></answer></question>`,
			`{"ID":"n","Options":[{"Correct":true,"ID":"a","Text":"Yes"},{"Feedback":"Why not","ID":"b","Text":"No"}],"Prompt":"A **bold** one?","Type":"single","Weight":1}`, ""},
		{"HTML as elements", `<question type="essay"><name><text>N</text></name><questiontext format="html"><text><p>A <em>b</em></p></text></questiontext><graderinfo format="html"><text>M</text></graderinfo></question>`,
			`{"ID":"n","Model":"M","Prompt":"A *b*","Type":"essay","Weight":1}`, ""},
		{"automatic format", `<question type="essay"><questiontext format="moodle_auto_format"><text>One
two

Three &lt;i&gt;x&lt;/i&gt;</text></questiontext><generalfeedback><text>G</text></generalfeedback></question>`,
			`{"ID":"one-two-three-x","Model":"G","Prompt":"One\\\ntwo\n\nThree *x*","Type":"essay","Weight":1}`, ""},
		{"plain text and Markdown", `<question type="essay"><name><text>N</text></name><questiontext format="plain_text"><text>a *b* &lt;i&gt;
c</text></questiontext><graderinfo format="markdown"><text>* x
* &lt;b&gt;y&lt;/b&gt; [z](javascript:alert)</text></graderinfo></question>`,
			`{"ID":"n","Model":"- x\n- y z","Prompt":"a \\*b\\* &lt;i>\\\nc","Type":"essay","Weight":1}`, "f/n: lost HTML in Markdown"},
		{"essay without model", `<question type="essay"><name><text>N</text></name><questiontext><text>Q</text></questiontext></question>`,
			`{"ID":"n","Prompt":"Q","Type":"essay","Weight":1}`, `f.xml:1:7: warning: the essay "N" has no model answer [import-model] | add model:, the answer that learners compare theirs with`},
		{"translated true and false", `<question type="truefalse"><name><text>N</text></name><questiontext><text>Q</text></questiontext>
			<answer fraction="0"><text>Vrai</text></answer><answer fraction="100"><text>Faux</text></answer></question>`,
			`{"ID":"n","Options":[{"ID":"true"},{"Correct":true,"ID":"false"}],"Prompt":"Q","Type":"true-false","Weight":1}`, ""},
		{"false first", `<question type="truefalse"><name><text>N</text></name><questiontext><text>Q</text></questiontext>
			<answer fraction="0"><text>false</text></answer><answer fraction="100"><text>true</text></answer></question>`,
			`{"ID":"n","Options":[{"Correct":true,"ID":"true"},{"ID":"false"}],"Prompt":"Q","Type":"true-false","Weight":1}`, ""},
		{"several answers with other points", `<question type="multichoice"><name><text>N</text></name><questiontext><text>Q</text></questiontext><single>0</single>
			<answer fraction="75"><text>a</text></answer><answer fraction="25"><text>b</text></answer><answer fraction="0"><text>c</text></answer>
			<correctfeedback><text>Well done</text></correctfeedback><tags><tag><text>week 3</text></tag></tags></question>`,
			`{"ID":"n","Options":[{"Correct":true,"ID":"a","Text":"a"},{"Correct":true,"ID":"b","Text":"b"},{"ID":"c","Text":"c"}],"Prompt":"Q","Scoring":"options","Type":"multiple","Weight":1}`,
			"f/n: lost feedback for right, partly right and wrong answers\nf/n: lost the tag week 3\nf/n: lost points that differ by option"},
		{"best answer below 100", `<question type="multichoice"><name><text>N</text></name><questiontext><text>Q</text></questiontext>
			<answer fraction="90"><text>a</text></answer><answer fraction="50"><text>b</text></answer></question>`,
			`{"ID":"n","Options":[{"Correct":true,"ID":"a","Text":"a"},{"ID":"b","Text":"b"}],"Prompt":"Q","Type":"single","Weight":1}`, "f/n: lost points that differ by option"},
		{"all or nothing", `<question type="multichoiceset"><name><text>N</text></name><questiontext><text>Q</text></questiontext>
			<answer fraction="100"><text>a</text></answer><answer fraction="100"><text>b</text></answer><answer fraction="0"><text>c</text></answer></question>`,
			`{"ID":"n","Options":[{"Correct":true,"ID":"a","Text":"a"},{"Correct":true,"ID":"b","Text":"b"},{"ID":"c","Text":"c"}],"Prompt":"Q","Scoring":"all","Type":"multiple","Weight":1}`, ""},
		{"short answer", `<question type="shortanswer"><name><text>N</text></name><questiontext><text>It is ______ {{a}}.</text></questiontext><usecase>1</usecase>
			<answer fraction="100"><text>debt</text></answer><answer fraction="100"><text>bon\*dage</text></answer><answer fraction="50"><text>x*</text></answer>
			<answer fraction="50"><text>y|z</text></answer><answer fraction="0"><text>*</text><feedback><text>No</text></feedback></answer></question>`,
			`{"Gaps":[{"Accents":true,"Answers":[{"Fraction":100,"Text":"debt|bon*dage"}],"Case":true,"ID":"b"}],"ID":"n","Prompt":"It is {{b}} {{a}}.","Scoring":"parts","Type":"text","Weight":1}`,
			"f/n: lost accepted answers with * for any letters\nf/n: lost accepted answers with | in them\nf/n: lost feedback for any other answer"},
		{"numbers of old files", `<question type="numerical"><name><text>N</text></name><questiontext><text>Q</text></questiontext><defaultgrade>2,5</defaultgrade>
			<answer fraction="100">3,14<tolerance>0.01</tolerance></answer><answer fraction="50"><text>3</text><feedback><text>f</text></feedback></answer><answer fraction="0"><text>*</text></answer>
			<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units></question>`,
			`{"ID":"n","Number":{"Least":3.13,"Most":3.15,"Unit":"m"},"Prompt":"Q","Type":"numeric","Weight":2.5}`,
			"f/n: lost feedback for a number\nf/n: lost further numbers and ranges\nf/n: lost further units"},
		{"matching", `<question type="match"><name><text>N</text></name><questiontext><text>Q</text></questiontext><shuffleanswers>1</shuffleanswers>
			<subquestion><text>l1</text><answer><text>r *1*</text></answer></subquestion><subquestion><text>l2</text><answer><text>r *1*</text></answer></subquestion>
			<subquestion><text></text><answer><text>r2</text></answer></subquestion><subquestion><text>l3</text><answer><text></text></answer></subquestion></question>`,
			`{"ID":"n","Options":[{"ID":"a","Text":"r \\*1\\*"},{"ID":"b","Text":"r2"}],"Pairs":[{"Choice":"a","ID":"a","Text":"l1"},{"Choice":"a","ID":"b","Text":"l2"}],"Prompt":"Q","Scoring":"parts","Type":"match","Weight":1}`, ""},
		{"words to drag, a group shared", `<question type="ddwtos"><name><text>N</text></name><questiontext><text>A [[2]] B [[1]].</text></questiontext>
			<dragbox><text>one</text><group>1</group></dragbox><dragbox><text>&lt;i&gt;two&lt;/i&gt;</text><group>1</group><infinite/></dragbox></question>`,
			`{"Gaps":[{"Choices":[{"ID":"a","Text":"one"},{"Correct":true,"ID":"b","Text":"*two*"}],"ID":"a"},{"Choices":[{"Correct":true,"ID":"a","Text":"one"},{"ID":"b","Text":"*two*"}],"ID":"b"}],"ID":"n","Prompt":"A {{a}} B {{b}}.","Scoring":"parts","Type":"dropdowns","Weight":1}`, ""},
		{"cloze", `<question type="multianswer"><name><text>N</text></name><questiontext format="html"><text><![CDATA[<p>A {1:SA:=x#<b>Yes</b>~%50%y\}~*#No} {:SHORTANSWER_C:=Z} {1:NM:=7:0}</p>]]></text></questiontext></question>`,
			`{"Gaps":[{"Accents":true,"Answers":[{"Feedback":"**Yes**","Fraction":100,"Text":"x"},{"Fraction":50,"Text":"y}"}],"ID":"a"},{"Accents":true,"Answers":[{"Fraction":100,"Text":"Z"}],"Case":true,"ID":"b"},{"Accents":true,"Answers":[{"Fraction":100,"Text":"7"}],"ID":"c"}],"ID":"n","Prompt":"A {{a}} {{b}} {{c}}","Scoring":"parts","Type":"text","Weight":3}`,
			"f/n: lost feedback for any other answer"},
		{"cloze with choices", `<question type="cloze"><name><text>N</text></name><questiontext format="html"><text>A {2:MULTICHOICE:=x#Yes~y} {1:MCS:%100%z~%-50%w}</text></questiontext></question>`,
			`{"Gaps":[{"Choices":[{"Correct":true,"Feedback":"Yes","ID":"a","Text":"x"},{"ID":"b","Text":"y"}],"ID":"a"},{"Choices":[{"Correct":true,"ID":"a","Text":"z"},{"ID":"b","Text":"w"}],"ID":"b"}],"ID":"n","Prompt":"A {{a}} {{b}}","Scoring":"parts","Type":"dropdowns","Weight":3}`,
			"f/n: lost points that differ by option\nf/n: lost points that differ by gap"},
		{"ordering of old files, out of sequence", `<question type="ordering"><name><text>N</text></name><questiontext><text>Q</text></questiontext><logical>RANDOM</logical><selecttype>RANDOM</selecttype><gradingtype>ABSOLUTE_POSITION</gradingtype>
			<answer fraction="2"><text>b</text></answer><answer fraction="1"><text>a</text><feedback><text>f</text></feedback></answer></question>`,
			`{"ID":"n","Options":[{"ID":"a","Text":"a"},{"ID":"b","Text":"b"}],"Prompt":"Q","Scoring":"adjacent","Type":"order","Weight":1}`,
			"f/n: lost the grading type ABSOLUTE_POSITION: pairs of neighbours earn points\nf/n: lost asking for some of the items only\nf/n: lost feedback for items"},
		{"pictures", `<question type="essay"><name><text>N</text></name><questiontext format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/sub/My%20map.png?time=1" alt="Map"> <img src="@@PLUGINFILE@@/gone.png" alt="Gone"><img src="data:image/png;base64,` + png64 + `" alt="Inline">]]></text>
			<file name="My map.png" path="/sub/" encoding="base64">` + png64 + `</file><file name="x.pdf" encoding="base64">JVBERg==</file></questiontext><graderinfo><text>m</text></graderinfo></question>`,
			`{"ID":"n","Model":"m","Prompt":"![Map](images/my-map.png) Gone![Inline](images/picture.png)","Type":"essay","Weight":1}`,
			"f/n: lost files other than pictures in PNG, JPEG, WebP and plain SVG\nf/n: lost a picture from elsewhere"},
		{"picture of Moodle 1", `<question type="essay"><name><text>N</text></name><questiontext><text>Q</text></questiontext><image>a/b.png</image><image_base64>` + png64 + `</image_base64><graderinfo><text>m</text></graderinfo></question>`,
			`{"ID":"n","Model":"m","Prompt":"Q\n\n![](images/b.png)","Type":"essay","Weight":1}`, ""},
		{"hints of Moodle 2 beta, penalty", `<question type="truefalse"><name><text>N</text></name><questiontext><text>Q</text></questiontext><penalty>0.3333333</penalty>
			<hint><hintcontent><text>h</text></hintcontent></hint><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>`,
			`{"HintCost":33,"Hints":["h"],"ID":"n","Options":[{"Correct":true,"ID":"true"},{"ID":"false"}],"Prompt":"Q","Type":"true-false","Weight":1}`, ""},
		{"scripts and languages", `<question type="essay"><name><text>N</text></name><questiontext format="html"><text><![CDATA[<p onclick="x()">A<script>alert(1)</script> <span class="multilang" lang="en">b</span> <a href="javascript:x">c</a></p>]]></text></questiontext><graderinfo><text>m</text></graderinfo></question>`,
			`{"ID":"n","Model":"m","Prompt":"A b c","Type":"essay","Weight":1}`,
			"f/n: lost which of several languages a text is in\nf/n: lost <a>\nf/n: lost <script>"},
		{"names that are no ids", `<question type="essay"><name><text>受害人</text></name><questiontext><text>Q</text></questiontext><idnumber> Über Ä/12 </idnumber><graderinfo><text>m</text></graderinfo></question>`,
			`{"ID":"12","Model":"m","Prompt":"Q","Type":"essay","Weight":1}`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			result := ImportXML("f.xml", []byte("<quiz>"+test.src+"</quiz>"))
			var got []string
			for _, q := range imported(result) {
				got = append(got, dump(q))
			}
			if got := strings.Join(got, "\n"); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if got := report(result); got != test.report {
				t.Errorf("report\n%s\nwant\n%s", got, test.report)
			}
		})
	}
}

const someAnswers = `<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>`

// What is left out is named, at its line, with what to do.
func TestImportXMLLeavesOut(t *testing.T) {
	q := func(kind, more string) string {
		return `<question type="` + kind + `"><name><text>N</text></name><questiontext><text>Q</text></questiontext>` + more + "</question>"
	}
	const types = "questions can be of the types truefalse, multichoice, shortanswer, numerical, matching, essay, cloze, gapselect, ddwtos and ordering"
	for name, test := range map[string][2]string{
		"calculated":       {q("calculated", ""), `the question "N" is left out: the type "calculated" is not supported [import-type] | ` + types},
		"unknown":          {q("stack", ""), `the question "N" is left out: the type "stack" is not supported [import-type] | ` + types},
		"description":      {q("description", ""), `the question "N" is left out: the type "description" is not supported [import-type] | put its text into the introduction of the quiz`},
		"nothing right":    {q("multichoice", strings.ReplaceAll(someAnswers, "100", "0")), `the question "N" is left out: no answer is right [import-answer] | give one answer 100% and export it again`},
		"one option":       {q("multichoice", `<answer fraction="100"><text>a</text></answer>`), `the question "N" is left out: it has fewer than two answers to choose from [import-answer] | add answers to it and export it again`},
		"no number":        {q("numerical", `<answer fraction="100"><text>many</text></answer>`), `the question "N" is left out: no number is right [import-answer] | give one answer 100% and export it again`},
		"half right":       {q("shortanswer", `<answer fraction="50"><text>a</text></answer>`), `the question "N" is left out: no answer is right [import-answer] | give one answer 100% and export it again`},
		"no text":          {`<question type="essay"><name><text>N</text></name></question>`, `the question "N" is left out: it has no text [import-answer] | write one and export it again`},
		"one item":         {q("ordering", `<answer fraction="1"><text>a</text></answer>`), `the question "N" is left out: it has fewer than two items [import-answer] | add items to it and export it again`},
		"nothing to match": {q("matching", ""), `the question "N" is left out: it has fewer than two answers to match [import-answer] | add answers to it and export it again`},
		"no gap":           {q("cloze", ""), `the question "N" is left out: it has no gap [import-answer] | add gaps to it and export it again`},
		"gap without choice": {`<question type="gapselect"><name><text>N</text></name><questiontext><text>[[3]]</text></questiontext><selectoption><text>a</text></selectoption></question>`,
			`the question "N" is left out: the gap [[3]] has no choice [import-gap] | add the choice in Moodle and export the question again`},
		"too many choices": {`<question type="gapselect"><name><text>N</text></name><questiontext><text>` + strings.Repeat("[[1]]", 60) + "</text></questiontext>" + strings.Repeat("<selectoption><text>a</text></selectoption>", 100) + "</question>",
			`the question "N" is left out: its gaps have more than 5000 choices [import-gap] | give gaps choices of their own, or split the question`},
		"too many answers": {q("shortanswer", strings.Repeat(someAnswers, 300)), `the question "N" is left out: it has more than 500 answers [import-answer] | make several questions of it`},
		"too many gaps": {`<question type="cloze"><name><text>N</text></name><questiontext><text>` + strings.Repeat("{1:SA:=a} ", 201) + "</text></questiontext></question>",
			`the question "N" is left out: it has more than 200 gaps [import-gap] | split the question`},
		"several marks": {`<question type="cloze"><name><text>N</text></name><questiontext><text>{1:MULTIRESPONSE:=a~=b}</text></questiontext></question>`,
			`the question "N" is left out: the gap MULTIRESPONSE cannot be imported [import-gap] | gaps can be SHORTANSWER, MULTICHOICE or, without a tolerance, NUMERICAL`},
		"mixed gaps": {`<question type="cloze"><name><text>N</text></name><questiontext><text>{1:MC:=a~b} {1:SA:=a}</text></questiontext></question>`,
			`the question "N" is left out: it has gaps to type in and gaps to choose for [import-gap] | split the question by the kinds of its gaps`},
		"large": {q("essay", "<graderinfo><text>"+strings.Repeat("x ", 100_000)+"</text></graderinfo>"),
			`the question "N" is left out: the text is too large [import-text] | shorten it, or remove its formatting, and export it again`},
	} {
		t.Run(name, func(t *testing.T) {
			result := ImportXML("f.xml", []byte("<quiz>\n"+q("truefalse", strings.NewReplacer(">a<", ">true<", ">b<", ">false<").Replace(someAnswers))+"\n  "+test[0]+"</quiz>"))
			if got := report(result); got != "f.xml:3:3: warning: "+test[1] {
				t.Errorf("got\n%s", got)
			}
			if len(imported(result)) != 1 {
				t.Errorf("%d questions", len(imported(result)))
			}
		})
	}
}

func TestImportRefuses(t *testing.T) {
	for name, test := range map[string][2]string{
		"entities":   {`<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>`, "f.xml:1:1: error: the file has a document type [import-doctype] | remove the <!DOCTYPE ...> line and write characters instead of entities"},
		"nbsp":       {"<quiz>\n<question>&nbsp;</question></quiz>", "f.xml:2: error: the file is not well-formed XML: invalid character entity &nbsp; [import-xml] | export the file again, or mend it at this line"},
		"open":       {"<quiz><question>", "f.xml:1: error: the file is not well-formed XML: unexpected EOF [import-xml] | export the file again, or mend it at this line"},
		"format":     {"<questestinterop/>", "f.xml:1:1: error: the file is no Moodle XML: its root is <questestinterop>, not <quiz> [import-format] | export the questions as Moodle XML"},
		"nothing":    {"<quiz/>", "f.xml:1:1: error: the file has no question that can be imported [import-empty] | choose the file that was exported from the question bank"},
		"no XML":     {"  ", "f.xml:1:1: error: the file has no XML element [import-xml] | choose the file that the question bank exported"},
		"encoding":   {"<quiz>\xff</quiz>", "f.xml: error: the file is not in UTF-8 [import-encoding] | save the file as UTF-8"},
		"declared":   {`<?xml version="1.0" encoding="ISO-8859-1"?><quiz/>`, "f.xml:1:1: error: the file says that it is not in UTF-8 [import-encoding] | save the file as UTF-8"},
		"depth":      {strings.Repeat("<a>", 100), "f.xml:1:193: error: elements are nested deeper than 64 [import-depth] | the file was made by no question bank that is known here"},
		"size":       {strings.Repeat(" ", bank.MaxBytes+1), "f.xml: error: the file has more than 8 MB [import-size] | export fewer questions at a time"},
		"elements":   {"<quiz>" + strings.Repeat("<a/>", 300_000), "f.xml:1:800007: error: the file has more than 400000 elements [import-size] | export fewer questions at a time"},
		"text parts": {"<quiz>" + strings.Repeat("a<!---->", 300_000), "f.xml:1:1600007: error: the file has more than 400000 elements [import-size] | export fewer questions at a time"},
	} {
		if got := report(ImportXML("f.xml", []byte(test[0]))); got != test[1] {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
	for name, test := range map[string][2]string{
		"nothing":  {"// a comment\n", "f.txt:1:1: error: the file has no question that can be imported [import-empty] | choose the file that was exported from the question bank"},
		"encoding": {"\xff", "f.txt: error: the file is not in UTF-8 [import-encoding] | save the file as UTF-8"},
		"size":     {strings.Repeat(" ", bank.MaxBytes+1), "f.txt: error: the file has more than 8 MB [import-size] | export fewer questions at a time"},
	} {
		if got := report(ImportGIFT("f.txt", []byte(test[0]))); got != test[1] {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

func TestImportCapsQuestions(t *testing.T) {
	result := ImportGIFT("f.txt", []byte(strings.Repeat("Q{T}\n\n", maxQuestions+5)))
	if got := report(result); got != "f.txt:20001:1: error: the file has more than 10000 questions [import-size] | export fewer questions at a time" || len(imported(result)) != maxQuestions {
		t.Error(got)
	}
}

func TestCategories(t *testing.T) {
	q := `<question type="essay"><name><text>N</text></name><questiontext><text>Q</text></questiontext><graderinfo><text>m</text></graderinfo></question>`
	category := func(name, more string) string {
		return `<question type="category"><category><text>` + name + `</text></category>` + more + `</question>`
	}
	result := ImportXML("dir/My bank.xml", []byte("<quiz>"+q+category("$course$/top/A//B", "<info><text>I</text></info><idnumber>m/q1</idnumber>")+q+q+category("$course$/top/A//B/C", "")+q+
		category("$course$/top/A//B", "")+q+category("Other/C", "")+q+category("empty", "")+"</quiz>"))
	var got []string
	for _, quiz := range result.Quizzes {
		var ids []string
		for _, q := range quiz.Questions {
			ids = append(ids, q.ID)
		}
		got = append(got, quiz.ID+" | "+quiz.Title.Value+" | "+quiz.Intro.Value+" | "+strings.Join(ids, " "))
	}
	want := []string{"my-bank | My bank |  | n", "q1 | A/B | I | n n-2 n-3", "c | C |  | n", "c-2 | C |  | n"}
	if !slices.Equal(got, want) || report(result) != "" {
		t.Errorf("%q %s", got, report(result))
	}
}

func TestImportGIFT(t *testing.T) {
	for _, test := range []struct{ name, src, want, report string }{
		{"single, weights and feedback", "::Q1:: Who wrote it?\n{\n =Ann#Yes \\= right ~%50%Bob # half\n~ Cy\n####All \\{of\\} it\n}",
			`{"Explanation":"All {of} it","ID":"q1","Options":[{"Correct":true,"Feedback":"Yes = right","ID":"a","Text":"Ann"},{"Feedback":"half","ID":"b","Text":"Bob"},{"ID":"c","Text":"Cy"}],"Prompt":"Who wrote it?","Type":"single","Weight":1}`,
			"f/q1: lost points that differ by option"},
		{"several", "Pick {~%50%a ~%50%b ~%-50%c}", `{"ID":"pick","Options":[{"Correct":true,"ID":"a","Text":"a"},{"Correct":true,"ID":"b","Text":"b"},{"ID":"c","Text":"c"}],"Prompt":"Pick","Scoring":"options","Type":"multiple","Weight":1}`, ""},
		{"true and false", "It is so.{T#No, it is#Yes}\n\nNot.{FALSE}", `{"ID":"it-is-so","Options":[{"Correct":true,"Feedback":"Yes","ID":"true"},{"Feedback":"No, it is","ID":"false"}],"Prompt":"It is so.","Type":"true-false","Weight":1}
{"ID":"not","Options":[{"ID":"true"},{"Correct":true,"ID":"false"}],"Prompt":"Not.","Type":"true-false","Weight":1}`, ""},
		{"short answer", "Name{=one =%50%two#near =%0%*#no}", `{"Gaps":[{"Accents":true,"Answers":[{"Fraction":100,"Text":"one"},{"Feedback":"near","Fraction":50,"Text":"two"}],"ID":"a"}],"ID":"name","Prompt":"Name","Scoring":"parts","Type":"text","Weight":1}`, "f/name: lost feedback for any other answer"},
		{"missing word", "A {=word} here.", `{"Gaps":[{"Accents":true,"Answers":[{"Fraction":100,"Text":"word"}],"ID":"a"}],"ID":"a-here","Prompt":"A {{a}} here.","Scoring":"parts","Type":"text","Weight":1}`, ""},
		{"match", "Match {=a -> 1 =b -> 1 = -> 2 =[html]c-&gt;d -> 3}", `{"ID":"match","Options":[{"ID":"a","Text":"1"},{"ID":"b","Text":"2"},{"ID":"c","Text":"3"}],"Pairs":[{"Choice":"a","ID":"a","Text":"a"},{"Choice":"a","ID":"b","Text":"b"},{"Choice":"c","ID":"c","Text":"c->d"}],"Prompt":"Match","Scoring":"parts","Type":"match","Weight":1}`, ""},
		{"numbers", "A{#5}\n\nB{#5:0.1#yes}\n\nC{#-1..1.5}\n\nD{#=2:0 =%50%2:1#near ~#far}", `{"ID":"a","Number":{"Least":5,"Most":5},"Prompt":"A","Type":"numeric","Weight":1}
{"ID":"b","Number":{"Least":4.9,"Most":5.1},"Prompt":"B","Type":"numeric","Weight":1}
{"ID":"c","Number":{"Least":-1,"Most":1.5},"Prompt":"C","Type":"numeric","Weight":1}
{"ID":"d","Number":{"Least":2,"Most":2},"Prompt":"D","Type":"numeric","Weight":1}`,
			"f/b: lost feedback for a number\nf/d: lost feedback for a number\nf/d: lost further numbers and ranges"},
		{"essay", "[html]<p>Tell \\: me</p>{####A model}", `{"ID":"tell-me","Model":"A model","Prompt":"Tell : me","Type":"essay","Weight":1}`, ""},
		{"formats", "[markdown]*Tell* me{=a#[plain]*x* ~[html]<b>b</b>}", `{"ID":"tell-me","Options":[{"Correct":true,"Feedback":"\\*x\\*","ID":"a","Text":"a"},{"ID":"b","Text":"**b**"}],"Prompt":"*Tell* me","Type":"single","Weight":1}`, ""},
		{"comment with id and tags", "// question: 5\n// [id:m/q/the\\]one] [tag:objective:weigh] [tag:other]\n::T::Q{T}", `{"ID":"the-one","Objective":{"ID":"weigh"},"Options":[{"Correct":true,"ID":"true"},{"ID":"false"}],"Prompt":"Q","Type":"true-false","Weight":1}`, "f/the-one: lost the tag other"},
		{"empty lines in braces, comments between", "Q{\n=a\n\n// no\n~b\n}\n\nR{T}", `{"ID":"q","Options":[{"Correct":true,"ID":"a","Text":"a"},{"ID":"b","Text":"b"}],"Prompt":"Q","Type":"single","Weight":1}
{"ID":"r","Options":[{"Correct":true,"ID":"true"},{"ID":"false"}],"Prompt":"R","Type":"true-false","Weight":1}`, ""},
		{"ordering", "O{>3 ALL VERTICAL ALL_OR_NOTHING SHOW\nfirst\nsecond\n}", `{"ID":"o","Options":[{"ID":"a","Text":"first"},{"ID":"b","Text":"second"}],"Prompt":"O","Scoring":"exact","Type":"order","Weight":1}`, ""},
		{"line ends, byte order mark, escapes", "\ufeffA\\nB \\\\ \\~\r\n{T}\r\n\r\nC{F}", `{"ID":"a-b","Options":[{"Correct":true,"ID":"true"},{"ID":"false"}],"Prompt":"A\\\nB \\ ~","Type":"true-false","Weight":1}
{"ID":"c","Options":[{"ID":"true"},{"Correct":true,"ID":"false"}],"Prompt":"C","Type":"true-false","Weight":1}`, ""},
		{"scripts", "Q <script>x</script><b onclick=\"a\">b</b>{T}", `{"ID":"q-b","Options":[{"Correct":true,"ID":"true"},{"ID":"false"}],"Prompt":"Q **b**","Type":"true-false","Weight":1}`, "f/q-b: lost <script>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			result := ImportGIFT("f.txt", []byte(test.src))
			var got []string
			for _, q := range imported(result) {
				got = append(got, dump(q))
			}
			if got := strings.Join(got, "\n"); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if got := report(result); got != test.report {
				t.Errorf("report\n%s\nwant\n%s", got, test.report)
			}
		})
	}
}

func TestImportGIFTLeavesOut(t *testing.T) {
	for name, test := range map[string][2]string{
		"description":   {"::N::Read this.", `the question "N" is left out: it is a description without an answer [import-type] | put its text into the introduction of the quiz`},
		"braces":        {"::N::Q }", "the question \"N\" is left out: the braces do not match [import-gift] | write one { before the answers and one } after them; in texts write \\{ and \\}"},
		"left open":     {"::N::Q {=a\n\n::M::Q{T}", "the question \"N\" is left out: the braces do not match [import-gift] | write one { before the answers and one } after them; in texts write \\{ and \\}"},
		"no number":     {"::N::Q {#many}", `the question "N" is left out: "many" is no number [import-gift] | write {#5}, {#5:0.5} or {#4..6}`},
		"one option":    {"::N::Q {=a ~}", `the question "N" is left out: it has fewer than two answers to choose from [import-answer] | add answers to it and export it again`},
		"nothing right": {"::N::Q {~a ~b}", `the question "N" is left out: no answer is right [import-answer] | give one answer 100% and export it again`},
	} {
		t.Run(name, func(t *testing.T) {
			result := ImportGIFT("f.txt", []byte("$CATEGORY: a/b\n\nQ{T}\n\n// x\n"+test[0]))
			if got := report(result); got != "f.txt:6:1: warning: "+test[1] {
				t.Errorf("got\n%s", got)
			}
		})
	}
}
