package moodle

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"lectern/internal/course"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

// ExportXML writes a bank as Moodle XML, each quiz in a category of its own, with its pictures inside.
func ExportXML(b bank.Bank, images bank.Images) (bank.File, []bank.Loss, error) {
	w := &xmlWriter{images: images}
	w.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	w.line("<quiz>")
	losses, written := export(formatXML, b, w.category, w.question)
	w.line("</quiz>")
	switch {
	case w.err != nil:
		return bank.File{}, nil, w.err
	case written == 0:
		return bank.File{}, losses, errNothing
	}
	return bank.File{Name: b.ID + ".xml", Contents: []byte(w.out.String())}, losses, nil
}

type xmlWriter struct {
	out    strings.Builder
	images bank.Images
	err    error
}

func (w *xmlWriter) line(s string) {
	w.out.WriteString(s)
	w.out.WriteByte('\n')
}

// field is an element with a value.
func (w *xmlWriter) field(name, value string) {
	w.line("    <" + name + ">" + bank.Escape(value) + "</" + name + ">")
}

// cdata keeps HTML out of the XML's own markup.
func cdata(text string) string {
	if text == "" {
		return "<text></text>"
	}
	return "<text><![CDATA[" + strings.ReplaceAll(allowed(text), "]]>", "]]]]><![CDATA[>") + "]]></text>"
}

// allowed leaves out the characters that XML cannot hold and no text needs.
func allowed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, text)
}

// html is a text as HTML with the pictures that it shows, for inside an element.
func (w *xmlWriter) html(md string, change func(string) string) string {
	var files strings.Builder
	added := map[string]string{}
	xhtml, err := markdown.XHTML(md, func(dest string) string {
		if src, ok := added[dest]; ok {
			return src
		}
		contents, name, err := w.images(dest)
		if err != nil {
			w.fail(fmt.Errorf("picture %s: %w", dest, err))
			return ""
		}
		added[dest] = "@@PLUGINFILE@@/" + url.PathEscape(name)
		fmt.Fprintf(&files, `<file name="%s" path="/" encoding="base64">%s</file>`, bank.Escape(name), base64.StdEncoding.EncodeToString(contents))
		return added[dest]
	})
	if err != nil {
		w.fail(err)
	}
	return cdata(change(xhtml)) + files.String()
}

func (w *xmlWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// prose is an element that holds a text as HTML.
func (w *xmlWriter) prose(name, md string) {
	w.line("    <" + name + ` format="html">` + w.html(md, same) + "</" + name + ">")
}

func (w *xmlWriter) category(q course.Quiz, path string) {
	w.line(`  <question type="category">`)
	w.line("    <category>" + cdata("$course$/top/"+categoryName(q)) + "</category>")
	w.prose("info", q.Intro.Value)
	w.field("idnumber", idNumber(path))
	w.line("  </question>")
}

// categoryName is a quiz's title as a part of a category's path, in which a slash is written twice.
func categoryName(q course.Quiz) string {
	name := strings.Join(strings.Fields(allowed(q.Title.Value)), " ")
	if name == "" {
		name = q.ID
	}
	return strings.ReplaceAll(name, "/", "//")
}

var xmlTypes = map[course.QuestionType]string{
	course.TrueFalse: "truefalse", course.Single: "multichoice", course.Multiple: "multichoice", course.Order: "ordering", course.Match: "matching",
	course.Dropdowns: "gapselect", course.ShortText: "shortanswer", course.Numeric: "numerical", course.Essay: "essay",
}

func (w *xmlWriter) question(q course.Question, quiz course.Quiz, id string) {
	kind := xmlTypes[q.Type]
	if len(q.Gaps) > 1 && q.Type == course.ShortText {
		kind = "cloze"
	}
	w.line(`  <question type="` + kind + `">`)
	w.line("    <name>" + cdata(title(q)) + "</name>")
	w.line(`    <questiontext format="html">` + w.html(q.Prompt.Value, func(xhtml string) string { return prompt(q, xhtml) }) + "</questiontext>")
	w.prose("generalfeedback", q.Explanation.Value)
	if kind != "cloze" {
		w.field("defaultgrade", number(q.Weight))
	}
	w.field("penalty", number(float64(q.HintCost)/100))
	w.field("hidden", "0")
	w.field("idnumber", id)
	w.answers(q, quiz)
	for _, h := range q.Hints {
		w.prose("hint", h.Value)
	}
	if q.Objective.ID != "" {
		w.line("    <tags><tag>" + cdata(objectiveTag+q.Objective.ID) + "</tag></tags>")
	}
	w.line("  </question>")
}

// objectiveTag begins the tag that names a question's objective.
const objectiveTag = "objective:"

func (w *xmlWriter) answers(q course.Question, quiz course.Quiz) {
	switch q.Type {
	case course.TrueFalse:
		for i, fraction := range single(q.Options) {
			w.answer(shown(fraction), "moodle_auto_format", cdata(q.Options[i].ID), q.Options[i].Feedback.Value, "")
		}
	case course.Single, course.Multiple:
		w.choices(q, quiz)
	case course.Order:
		w.order(q)
	case course.Match:
		w.match(q, quiz)
	case course.Dropdowns:
		w.flag("shuffleanswers", quiz.Shuffle)
		w.combinedFeedback()
		for i, g := range q.Gaps {
			for _, c := range g.Choices {
				text, _ := plain(c.Text.Value)
				w.line(fmt.Sprintf("    <selectoption>%s<group>%d</group></selectoption>", cdata(text), i+1))
			}
		}
	case course.ShortText:
		w.shortAnswer(q)
	case course.Numeric:
		w.numerical(*q.Number)
	case course.Essay:
		w.field("responseformat", "editor")
		w.field("responserequired", "0")
		w.field("responsefieldlines", "10")
		w.field("attachments", "0")
		w.field("attachmentsrequired", "0")
		w.prose("graderinfo", q.Model.Value)
		w.prose("responsetemplate", "")
	}
}

func (w *xmlWriter) flag(name string, on bool) {
	value := "0"
	if on {
		value = "1"
	}
	w.field(name, value)
}

func (w *xmlWriter) answer(fraction, format, text, feedback, more string) {
	w.line(`    <answer fraction="` + fraction + `" format="` + format + `">` + text +
		`<feedback format="html">` + w.html(feedback, same) + "</feedback>" + more + "</answer>")
}

// combinedFeedback must be there, if empty: without shownumcorrect Moodle cannot store an ordering question.
func (w *xmlWriter) combinedFeedback() {
	for _, name := range []string{"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"} {
		w.line("    <" + name + ` format="html"><text></text></` + name + ">")
	}
	w.field("shownumcorrect", "1")
}

func (w *xmlWriter) choices(q course.Question, quiz course.Quiz) {
	points := single(q.Options)
	if q.Type == course.Multiple {
		points = fractions(q.Options)
	}
	w.field("single", strconv.FormatBool(q.Type == course.Single))
	w.field("shuffleanswers", strconv.FormatBool(quiz.Shuffle))
	w.field("answernumbering", "abc")
	w.field("showstandardinstruction", "0")
	w.combinedFeedback()
	for i, o := range q.Options {
		w.answer(shown(points[i]), "html", w.html(o.Text.Value, same), o.Feedback.Value, "")
	}
}

// order says in fraction where an item belongs.
func (w *xmlWriter) order(q course.Question) {
	grading := "RELATIVE_NEXT_EXCLUDE_LAST" // pairs of neighbours
	if q.Scoring == course.ScoreExact {
		grading = "ALL_OR_NOTHING"
	}
	w.field("layouttype", "VERTICAL")
	w.field("selecttype", "ALL")
	w.field("selectcount", "0")
	w.field("gradingtype", grading)
	w.field("showgrading", "SHOW")
	w.field("numberingstyle", "none")
	w.combinedFeedback()
	for i, o := range q.Options {
		w.line(fmt.Sprintf(`    <answer fraction="%d.0000000" format="html">%s</answer>`, i+1, w.html(o.Text.Value, same)))
	}
}

// match gives a right side that belongs to no pair a question without text.
func (w *xmlWriter) match(q course.Question, quiz course.Quiz) {
	w.field("shuffleanswers", strconv.FormatBool(quiz.Shuffle))
	w.combinedFeedback()
	used := map[string]bool{}
	sub := func(left, choice string) {
		right := ""
		for _, o := range q.Options {
			if o.ID == choice {
				right, _ = plain(o.Text.Value)
			}
		}
		used[choice] = true
		w.line(`    <subquestion format="html">` + left + "<answer>" + cdata(right) + "</answer></subquestion>")
	}
	for _, p := range q.Pairs {
		sub(w.html(p.Text.Value, same), p.Choice)
	}
	for _, o := range q.Options {
		if !used[o.ID] {
			sub("<text></text>", o.ID)
		}
	}
}

func (w *xmlWriter) shortAnswer(q course.Question) {
	if len(q.Gaps) > 1 {
		return // cloze: the answers stand in the text
	}
	g := q.Gaps[0]
	w.flag("usecase", g.Case)
	for _, a := range g.Answers {
		for _, text := range alternatives(a.Text.Value) {
			w.answer(shown(grade(float64(a.Fraction))), "moodle_auto_format", cdata(literal(text)), a.Feedback.Value, "")
		}
	}
}

func (w *xmlWriter) numerical(n course.NumberRange) {
	answer, tolerance := middle(n)
	w.answer("100", "moodle_auto_format", cdata(answer), "", "<tolerance>"+tolerance+"</tolerance>")
	show := "3" // no unit
	if n.Unit.Value != "" {
		show = "0" // may be typed with the number
		w.line("    <units><unit><multiplier>1</multiplier><unit_name>" + bank.Escape(n.Unit.Value) + "</unit_name></unit></units>")
	}
	w.field("unitgradingtype", "0")
	w.field("unitpenalty", "0.1")
	w.field("showunits", show)
	w.field("unitsleft", "0")
}

var (
	blank    = regexp.MustCompile(`_{5,}`)
	selected = regexp.MustCompile(`\[\[(\d+)\]\]`)
)

// prompt puts Moodle's marks for gaps into a prompt, and hides what would read as one by chance.
func prompt(q course.Question, xhtml string) string {
	switch {
	case q.Type == course.Dropdowns:
		n, marks := 0, map[string]string{}
		for _, g := range q.Gaps {
			for _, c := range g.Choices {
				n++
				if c.Correct {
					marks[g.ID] = "[[" + strconv.Itoa(n) + "]]"
				}
			}
		}
		return gapped(selected.ReplaceAllString(xhtml, "&#91;[$1]]"), marks, same)
	case q.Type == course.ShortText && len(q.Gaps) == 1:
		xhtml = blank.ReplaceAllStringFunc(xhtml, func(run string) string { return strings.ReplaceAll(run, "_", "&#95;") })
		return gapped(xhtml, map[string]string{q.Gaps[0].ID: "_____"}, same)
	case q.Type == course.ShortText:
		marks := map[string]string{}
		for _, g := range q.Gaps {
			marks[g.ID] = embedded(g, int(q.Weight)/len(q.Gaps))
		}
		return gapped(xhtml, marks, func(s string) string { return strings.ReplaceAll(s, "{", "&#123;") })
	}
	return xhtml
}

// gapped replaces {{id}} by the gap's mark and changes what is between.
func gapped(xhtml string, marks map[string]string, between func(string) string) string {
	var out strings.Builder
	at := 0
	for _, m := range gapPattern.FindAllStringIndex(xhtml, -1) {
		if mark, ok := marks[xhtml[m[0]+2:m[1]-2]]; ok {
			out.WriteString(between(xhtml[at:m[0]]))
			out.WriteString(mark)
			at = m[1]
		}
	}
	out.WriteString(between(xhtml[at:]))
	return out.String()
}
