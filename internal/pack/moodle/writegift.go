package moodle

import (
	"strings"

	"lectern/internal/course"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

// ExportGIFT writes a bank as GIFT with texts in HTML. GIFT has no ordering, no drop-down lists, no second gap, no hints and no files.
func ExportGIFT(b bank.Bank) (bank.File, []bank.Loss, error) {
	w := &giftWriter{}
	losses, written := export(formatGIFT, b, w.category, w.question)
	if written == 0 {
		return bank.File{}, losses, errNothing
	}
	return bank.File{Name: b.ID + ".gift.txt", Contents: []byte(w.out.String())}, losses, w.err
}

type giftWriter struct {
	out strings.Builder
	err error
}

// category is read up to the end of the line, without escapes.
func (w *giftWriter) category(q course.Quiz, path string) {
	w.out.WriteString("// [id:" + idNumber(path) + "]\n")
	w.out.WriteString("$CATEGORY: $course$/top/" + strings.ReplaceAll(categoryName(q), `\`, "/") + "\n\n")
}

func (w *giftWriter) question(q course.Question, _ course.Quiz, id string) {
	w.out.WriteString("// [id:" + id + "]")
	if q.Objective.ID != "" {
		w.out.WriteString(" [tag:" + objectiveTag + q.Objective.ID + "]")
	}
	w.out.WriteString("\n::" + escaped.Replace(title(q)) + "::")
	w.out.WriteString("[html]" + w.html(q.Prompt.Value, func(xhtml string) string { return prompt(q, xhtml) }) + "{")
	explanation := q.Explanation.Value
	switch q.Type {
	case course.TrueFalse:
		w.trueFalse(q)
	case course.Single, course.Multiple:
		w.choices(q)
	case course.Match:
		w.match(q)
	case course.ShortText:
		for _, a := range q.Gaps[0].Answers {
			for _, text := range alternatives(a.Text.Value) {
				w.line("=%" + shown(grade(float64(a.Fraction))) + "%" + giftText(literal(text)) + w.feedback(a.Feedback.Value))
			}
		}
		w.out.WriteByte('\n')
	case course.Numeric:
		if q.Number.Least == q.Number.Most {
			w.out.WriteString("#" + number(q.Number.Least))
		} else {
			w.out.WriteString("#" + number(q.Number.Least) + ".." + number(q.Number.Most))
		}
	case course.Essay:
		explanation = first(q.Model, q.Explanation).Value
	}
	if explanation != "" {
		w.out.WriteString("####" + w.html(explanation, same))
	}
	w.out.WriteString("}\n\n")
}

func (w *giftWriter) line(s string) { w.out.WriteString("\n\t" + s) }

// escaped takes the meaning from GIFT's marks; a line break in a text would end it.
var escaped = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`, "\r", "")

// giftText is an answer without formatting. One that begins like the name of a format gets a name before it.
func giftText(text string) string {
	if strings.HasPrefix(text, "[") {
		return "[plain]" + escaped.Replace(text)
	}
	return escaped.Replace(text)
}

func (w *giftWriter) html(md string, change func(string) string) string {
	xhtml, err := markdown.XHTML(md, none)
	if err != nil && w.err == nil {
		w.err = err
	}
	return escaped.Replace(change(xhtml))
}

func (w *giftWriter) feedback(md string) string {
	if md == "" {
		return ""
	}
	return "#" + w.html(md, same)
}

// trueFalse has the feedback for the wrong answer first.
func (w *giftWriter) trueFalse(q course.Question) {
	answer, right, wrong := "FALSE", "", ""
	for _, o := range q.Options {
		if !o.Correct {
			wrong = o.Feedback.Value
			continue
		}
		right = o.Feedback.Value
		if o.ID == "true" {
			answer = "TRUE"
		}
	}
	w.out.WriteString(answer)
	if wrong != "" || right != "" {
		w.out.WriteString("#" + w.html(wrong, same))
	}
	w.out.WriteString(w.feedback(right))
}

// choices begin with = where one is right; where each has a weight, Moodle allows several.
func (w *giftWriter) choices(q course.Question) {
	points := fractions(q.Options)
	for i, o := range q.Options {
		mark := "~%" + shown(points[i]) + "%"
		if q.Type == course.Single {
			mark = "~"
			if o.Correct {
				mark = "="
			}
		}
		w.line(mark + w.html(o.Text.Value, same) + w.feedback(o.Feedback.Value))
	}
	w.out.WriteByte('\n')
}

func (w *giftWriter) match(q course.Question) {
	used := map[string]bool{}
	pair := func(left, choice string) {
		used[choice] = true
		for _, o := range q.Options {
			if o.ID == choice {
				right, _ := plain(o.Text.Value)
				w.line("=" + left + " -> " + escaped.Replace(right))
			}
		}
	}
	for _, p := range q.Pairs {
		pair(w.html(p.Text.Value, same), p.Choice)
	}
	for _, o := range q.Options {
		if !used[o.ID] {
			pair("", o.ID)
		}
	}
	w.out.WriteByte('\n')
}
