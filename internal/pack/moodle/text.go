package moodle

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

func alternatives(text string) []string {
	var out []string
	for _, alternative := range strings.Split(text, "|") {
		if alternative = strings.Join(strings.Fields(alternative), " "); alternative != "" {
			out = append(out, alternative)
		}
	}
	return out
}

func appendAnswer(answers []course.Answer, a course.Answer) []course.Answer {
	const most = 4096 // bytes of texts in one answer
	last := len(answers) - 1
	if last < 0 || answers[last].Fraction != a.Fraction || answers[last].Feedback.Value != a.Feedback.Value || len(answers[last].Text.Value) > most {
		return append(answers, a)
	}
	answers[last].Text.Value += "|" + a.Text.Value
	answers[last].Text.Source = answers[last].Text.Value
	return answers
}

var gapPattern = regexp.MustCompile(`\{\{([^{}\s]+)\}\}`)

// letters names gaps one after the other, but by no name that stands in a text in braces already and is not a gap's.
func letters(text string, reserved func(name string) bool) func() string {
	n := -1
	return func() string {
		for {
			n++
			name := bank.Letter(n)
			if !strings.Contains(text, "{{"+name+"}}") || !reserved(name) {
				return name
			}
		}
	}
}

func prose(md string) course.Prose { return course.Prose{Text: course.Text{Source: md, Value: md}} }

func first(a, b course.Prose) course.Prose {
	if a.Value != "" {
		return a
	}
	return b
}

func same(dest string) string { return dest }

func none(string) string { return "" }

// canonical is Markdown as it is read back from HTML.
func canonical(md string) string {
	xhtml, err := markdown.XHTML(md, same)
	if err != nil {
		return md
	}
	back, _, err := markdown.FromXHTML(xhtml)
	if err != nil {
		return md
	}
	return back
}

var (
	tag        = regexp.MustCompile(`<[^>]*>`)
	whitespace = regexp.MustCompile(`[ \t\r\n\f]+`)
)

// plain is the words of a text in one line, and whether it has more than words.
func plain(md string) (text string, formatted bool) {
	xhtml, err := markdown.XHTML(md, none)
	if err != nil {
		return md, true
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(xhtml, "<p>"), "</p>")
	formatted = strings.Contains(inner, "<") || pictured(md)
	text = html.UnescapeString(tag.ReplaceAllString(strings.ReplaceAll(inner, "</p>", " "), ""))
	return strings.TrimSpace(whitespace.ReplaceAllString(text, " ")), formatted
}

// unformatted is the Markdown of words that are no Markdown.
func unformatted(text string) string {
	md, _, err := markdown.FromXHTML(bank.Escape(text))
	if err != nil {
		return ""
	}
	return md
}

func pictured(md string) bool {
	found := false
	_, _ = markdown.XHTML(md, func(string) string { found = true; return "" })
	return found
}

// texts lists all of a question's Markdown.
func texts(q *course.Question) []*course.Prose {
	all := []*course.Prose{&q.Prompt, &q.Explanation, &q.Model, &q.Passage}
	for i := range q.Hints {
		all = append(all, &q.Hints[i])
	}
	options := func(options []course.Option) {
		for i := range options {
			all = append(all, &options[i].Text, &options[i].Feedback)
		}
	}
	options(q.Options)
	for i := range q.Gaps {
		options(q.Gaps[i].Choices)
		for j := range q.Gaps[i].Answers {
			all = append(all, &q.Gaps[i].Answers[j].Feedback)
		}
	}
	for i := range q.Pairs {
		all = append(all, &q.Pairs[i].Text)
	}
	return all
}

// unpictured leaves the alternative texts of pictures where a format has no place for files.
func (h *holder) unpictured(all ...*course.Prose) {
	for _, p := range all {
		if !pictured(p.Value) {
			continue
		}
		h.lose(lostPictures, true)
		if xhtml, err := markdown.XHTML(p.Value, none); err == nil {
			md, _, _ := markdown.FromXHTML(xhtml) // what was rendered is not too large to read
			*p = prose(md)
		}
	}
}

func links(q course.Question) bool {
	return slices.ContainsFunc(texts(&q), func(p *course.Prose) bool {
		return slices.ContainsFunc(p.Links, func(l course.Link) bool { return !l.Image })
	})
}

// literal takes the meaning of "anything" from asterisks.
func literal(text string) string { return strings.ReplaceAll(text, "*", `\*`) }

func always(string) bool { return true }
