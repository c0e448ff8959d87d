package check

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// questions looks at what makes a question teach: feedback for wrong answers, a tie to an objective, no option that mixing
// breaks, points that can be reached. [feedback-missing] [question-objective] [option-position] [pass-unreachable]
func questions(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, m := range s.modules {
		for _, q := range m.Quizzes {
			points := 0.0
			for _, question := range q.Questions {
				if scored(question) {
					points += question.Weight
				}
				if question.Objective.ID == "" && len(m.Objectives) > 0 && scored(question) {
					out = append(out, diag.Warnf(question.Pos, "question-objective", "add objective: with the id of one", "the question %q serves no objective", question.ID))
				}
				out = append(out, feedback(question)...)
				out = append(out, positional(q, question)...)
			}
			if q.Mode == course.Graded && points == 0 && len(q.Questions) > 0 {
				out = append(out, *errorf(q.Pos, "pass-unreachable", "add questions that have points, or make it a practice quiz", "no question of the graded quiz %q has points", q.ID))
			}
		}
	}
	return out
}

// scored reports a type that has points.
func scored(q course.Question) bool { return q.Type != course.Essay && q.Type != course.Likert }

// feedback wants every option that can be chosen wrongly to say why it is wrong.
func feedback(q course.Question) []diag.Diagnostic {
	var out []diag.Diagnostic
	want := func(o course.Option) {
		if !o.Correct && o.Feedback.Source == "" && q.Explanation.Source == "" {
			out = append(out, diag.Warnf(o.Pos, "feedback-missing", "add feedback: and say why it is wrong, or an explanation to the question", "the wrong option %q has no feedback", o.ID))
		}
	}
	switch q.Type {
	case course.TrueFalse, course.Single, course.Multiple, course.MarkText, course.Hotspot:
		for _, o := range q.Options {
			want(o)
		}
	case course.Dropdowns:
		for _, g := range q.Gaps {
			for _, o := range g.Choices {
				want(o)
			}
		}
	}
	return out
}

var byPosition = regexp.MustCompile(`(?i)\b(all|none|both|neither|any|two) of (the )?(above|below|these|them)\b|\boptions? [a-d]\b|\ball answers\b`)

// positional refuses options that speak of the others' places in a quiz that mixes them.
func positional(q course.Quiz, question course.Question) []diag.Diagnostic {
	if !q.Shuffle {
		return nil
	}
	var out []diag.Diagnostic
	for _, o := range question.Options {
		if byPosition.MatchString(o.Text.Source) {
			out = append(out, *errorf(o.Pos, "option-position", "say what is meant, or set shuffle: false", "the option %q speaks of the others' places, and the quiz mixes them", o.ID))
		}
	}
	return out
}

// Translated looks at what a translation can spoil, in each language: options that read the same, and a right option that is
// the longest more often than chance. Its key and its options cannot differ between languages: there is one quiz, and only its
// texts are translated. [option-duplicate] [option-longest]
func Translated(lib course.Library) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, c := range lib.Collections {
		for _, m := range c.Modules {
			for _, q := range m.Quizzes {
				if lib.Lang != lib.SourceLang {
					for _, question := range q.Questions {
						out = append(out, alike(lib.Lang, question)...)
					}
				}
				if d := longest(lib.Lang, q); d != nil {
					out = append(out, *d)
				}
			}
		}
	}
	return out
}

func alike(lang string, q course.Question) []diag.Diagnostic {
	var out []diag.Diagnostic
	seen := map[string]bool{}
	for _, o := range q.Options {
		text := strings.ToLower(strings.TrimSpace(o.Text.Value))
		if text != "" && seen[text] {
			out = append(out, *errorf(o.Pos, "option-duplicate", "say in the translation how they differ", "two options of %q read the same in %s", q.ID, lang))
		}
		seen[text] = true
	}
	return out
}

// longest compares how often the right option of a single-choice question is the longest with how often it would be by
// chance, and warns beyond one and a half standard deviations.
func longest(lang string, q course.Quiz) *diag.Diagnostic {
	n, times, expected, variance := 0, 0, 0.0, 0.0
	for _, question := range q.Questions {
		if question.Type != course.Single || len(question.Options) < 2 {
			continue
		}
		n++
		p := 1 / float64(len(question.Options))
		expected += p
		variance += p * (1 - p)
		right, others := 0, 0
		for _, o := range question.Options {
			length := utf8.RuneCountInString(o.Text.Value)
			if o.Correct {
				right = length
			} else {
				others = max(others, length)
			}
		}
		if right > others {
			times++
		}
	}
	if n < 4 || float64(times) <= expected+1.5*math.Sqrt(variance) {
		return nil
	}
	d := diag.Warnf(q.Pos, "option-longest", "make wrong options as long and as definite as the right ones",
		"in %s the right option is the longest in %d of %d questions of %q, which gives it away", lang, times, n, q.ID)
	return &d
}
