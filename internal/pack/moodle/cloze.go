package moodle

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"lectern/internal/course"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

// embedded is a gap in the notation of cloze questions (docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type). Characters that
// end a part of it are written as HTML does, which is undone after the parts are found.
func embedded(g course.Gap, points int) string {
	var out strings.Builder
	kind := "SHORTANSWER"
	if g.Case {
		kind = "SHORTANSWER_C"
	}
	fmt.Fprintf(&out, "{%d:%s:", points, kind)
	n := 0
	for _, a := range g.Answers {
		for _, text := range alternatives(a.Text.Value) {
			if n++; n > 1 {
				out.WriteByte('~')
			}
			if a.Fraction == 100 {
				out.WriteByte('=')
			} else {
				fmt.Fprintf(&out, "%%%d%%", a.Fraction)
			}
			out.WriteString(entities.Replace(literal(text)))
			if a.Feedback.Value == "" {
				continue
			}
			feedback, err := markdown.XHTML(a.Feedback.Value, none)
			if err == nil {
				out.WriteString("#" + entities.Replace(feedback))
			}
		}
	}
	return out.String() + "}"
}

var entities = strings.NewReplacer("&", "&#38;", "<", "&#60;", ">", "&#62;", `"`, "&#34;", "'", "&#39;", "~", "&#126;", "#", "&#35;",
	"{", "&#123;", "}", "&#125;", "=", "&#61;", "%", "&#37;", `\`, "&#92;", "\n", "&#10;")

// cloze reads embedded answers.
func (r *xmlReader) cloze(n *bank.Node, q *course.Question) {
	at := promptOf(n)
	if len(raw(at)) > markdown.MaxHTML {
		return // the header was refused
	}
	parts := embeddedIn(raw(at))
	var words strings.Builder
	for _, p := range parts {
		words.WriteString(p.before)
	}
	name := letters(html.UnescapeString(words.String()), always)
	kinds := map[course.QuestionType]bool{}
	var src strings.Builder
	weight := 0.0
	for i, p := range parts {
		src.WriteString(p.before)
		if p.kind == "" || !r.few(len(p.answers)) {
			continue
		}
		if i >= maxGaps {
			r.refuse("import-gap", "split the question", "it has more than %d gaps", maxGaps)
			return
		}
		g := course.Gap{ID: name(), Pos: at.Pos}
		kind, ok := r.gap(&g, p, at)
		if !ok {
			r.refuse("import-gap", "gaps can be SHORTANSWER, MULTICHOICE or, without a tolerance, NUMERICAL", "the gap %s cannot be imported", p.kind)
			return
		}
		kinds[kind] = true
		if weight > 0 && len(q.Gaps) > 0 && p.points*float64(len(q.Gaps)) != weight {
			r.lose("points that differ by gap")
		}
		weight += p.points
		q.Gaps = append(q.Gaps, g)
		src.WriteString("{{" + g.ID + "}}")
	}
	q.Scoring, q.Type = course.ScoreParts, course.ShortText
	q.Weight = min(weight, 100)
	if kinds[course.Dropdowns] {
		q.Type = course.Dropdowns
	}
	if len(kinds) > 1 {
		r.refuse("import-gap", "split the question by the kinds of its gaps", "it has gaps to type in and gaps to choose for")
		return
	}
	q.Prompt = r.converted(at, src.String(), course.KindPrompt, markupHTML)
}

// gap reads one embedded question.
func (r *xmlReader) gap(g *course.Gap, p embeddedPart, at *bank.Node) (course.QuestionType, bool) {
	md := func(text string, kind course.Kind) string {
		return r.converted(&bank.Node{Pos: at.Pos}, text, kind, markupHTML).Value
	}
	switch p.kind {
	case "SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC":
		g.Case, g.Accents = strings.HasSuffix(p.kind, "C"), true
		for _, a := range p.answers {
			r.answer(g, a.text, a.points, md(a.feedback, course.KindFeedback), at.Pos)
		}
		return course.ShortText, true
	case "NUMERICAL", "NM":
		g.Accents = true
		for _, a := range p.answers {
			value, tolerance, _ := strings.Cut(a.text, ":")
			if t, err := parseNumber(tolerance); tolerance != "" && (err != nil || t != 0) {
				return "", false
			}
			if _, err := parseNumber(value); err == nil {
				r.answer(g, value, a.points, md(a.feedback, course.KindFeedback), at.Pos)
			}
		}
		return course.ShortText, true
	case "MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS":
		var choices []choice
		for _, a := range p.answers {
			choices = append(choices, choice{text: md(a.text, course.KindOption), feedback: md(a.feedback, course.KindFeedback), points: a.points, at: at.Pos})
		}
		g.Choices = r.options(choices, true)
		return course.Dropdowns, true
	}
	return "", false
}

// embeddedPart is text and the embedded question behind it; the last part has none.
type embeddedPart struct {
	before  string
	points  float64
	kind    string
	answers []embeddedAnswer
}

type embeddedAnswer struct {
	text, feedback string
	points         float64
}

var embeddedStart = regexp.MustCompile(`\{([0-9]{0,4}):([A-Z_]{2,20}):`)

// embeddedIn finds the embedded questions of a text.
func embeddedIn(src string) []embeddedPart {
	var out []embeddedPart
	done := 0
	for at := 0; at < len(src); {
		m := embeddedStart.FindStringSubmatchIndex(src[at:])
		if m == nil {
			break
		}
		answers, end := alternativesIn(src, at+m[1])
		if end == 0 {
			break
		}
		if len(answers) == 0 {
			at = end
			continue
		}
		points, err := parseNumber(src[at+m[2] : at+m[3]])
		if err != nil {
			points = 1
		}
		out = append(out, embeddedPart{before: src[done : at+m[0]], points: points, kind: src[at+m[4] : at+m[5]], answers: answers})
		at, done = end, end
	}
	return append(out, embeddedPart{before: src[done:]})
}

// alternativesIn reads the answers of an embedded question up to its closing brace; end is 0 when there is none.
func alternativesIn(src string, at int) (answers []embeddedAnswer, end int) {
	for at < len(src) {
		a := embeddedAnswer{}
		if src[at] == '=' {
			a.points, at = 100, at+1
		} else if m := embeddedPercent.FindStringSubmatch(src[at:min(len(src), at+20)]); m != nil {
			a.points, _ = parseNumber(m[1])
			at += len(m[0])
		}
		stop := terminator(src, at, "~#}", `\&`)
		a.text = unescaped(src[at:stop])
		if at = stop; at < len(src) && src[at] == '#' {
			stop = terminator(src, at+1, "~}", `\`)
			a.feedback = unescaped(src[at+1 : stop])
			at = stop
		}
		if strings.TrimSpace(a.text) != "" {
			answers = append(answers, a)
		}
		if at == len(src) {
			break
		}
		if at++; src[at-1] == '}' {
			return answers, at
		}
	}
	return nil, 0
}

var embeddedPercent = regexp.MustCompile(`^%(-?[0-9]{1,4}(?:[.,][0-9]{0,8})?)%`)

// terminator finds the first of marks that does not follow one of except.
func terminator(src string, at int, marks, except string) int {
	for ; at < len(src); at++ {
		if strings.IndexByte(marks, src[at]) >= 0 && (at == 0 || strings.IndexByte(except, src[at-1]) < 0) {
			return at
		}
	}
	return at
}

var backslashes = strings.NewReplacer(`\}`, "}", `\#`, "#", `\~`, "~")

func unescaped(s string) string {
	return strings.TrimSpace(html.UnescapeString(backslashes.Replace(s)))
}
