// Package bank is what question-bank formats have in common: the questions that go out, what comes back, and the list of what a
// format could not say. It knows no format.
package bank

import (
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// Bank is what one file holds: the questions of a quiz, or one question.
type Bank struct {
	ID        string
	Title     string
	Lang      string // of every text's Value
	Questions []Item
}

// Item is a question with the quiz that it belongs to.
type Item struct {
	Quiz     course.Quiz // without its questions
	Question course.Question
	Path     string // module/quiz/question: what other systems know the question by
}

// File is a file of a package.
type File struct {
	Name     string // slash-separated
	Contents []byte
}

// Images finds a picture by its destination in a text and gives its bytes and the name to store it under.
type Images func(dest string) (contents []byte, name string, err error)

// Loss is something that a format cannot say. Exporters and importers list what they leave out.
type Loss struct {
	Question string `json:"question,omitempty"` // the path or id of a question, "" for the file as a whole
	What     string `json:"what"`               // "the hints", "the element <video>"
}

// Imported is what was read from somebody else's file. Its texts are in one language and its ids are usable in a quiz file.
type Imported struct {
	Quizzes []course.Quiz
	Images  []File // named as the texts name them, below the module's folder
	Losses  []Loss
	Diags   []diag.Diagnostic
}

// Of makes a bank of a quiz.
func Of(lang string, q course.Quiz) Bank {
	module := strings.TrimSuffix(q.Domain, "/quizzes")
	b := Bank{ID: q.ID, Title: q.Title.Value, Lang: lang}
	questions := q.Questions
	q.Questions = nil
	for _, question := range questions {
		b.Questions = append(b.Questions, Item{Quiz: q, Question: question, Path: strings.TrimPrefix(module+"/"+q.ID+"/"+question.ID, "/")})
	}
	return b
}

// Text is an imported text that is not Markdown.
func Text(kind course.Kind, value string, pos diag.Pos) course.Text {
	return course.NewText("", kind, value, pos)
}

// Prose is an imported text in Markdown.
func Prose(kind course.Kind, value string, pos diag.Pos) course.Prose {
	return course.Prose{Text: Text(kind, value, pos)}
}

// Bare is the question without what depends on the file that it stood in: positions, text ids, links, and the state of its
// translation. Two questions that say the same in one language are the same bare.
func Bare(q course.Question) course.Question {
	q.Pos = diag.Pos{}
	q.Prompt, q.Passage, q.Model, q.Explanation = bareProse(q.Prompt), bareProse(q.Passage), bareProse(q.Model), bareProse(q.Explanation)
	q.Objective, q.See = course.Ref{ID: q.Objective.ID}, course.Ref{ID: q.See.ID}
	q.Options = bareOptions(q.Options)
	q.Gaps = each(q.Gaps, func(g course.Gap) course.Gap {
		g.Pos = diag.Pos{}
		g.Choices = bareOptions(g.Choices)
		g.Answers = each(g.Answers, func(a course.Answer) course.Answer {
			a.Text, a.Feedback = bareText(a.Text), bareProse(a.Feedback)
			return a
		})
		return g
	})
	q.Pairs = each(q.Pairs, func(p course.Pair) course.Pair {
		p.Pos, p.Text, p.Feedback = diag.Pos{}, bareProse(p.Text), bareProse(p.Feedback)
		return p
	})
	q.Hints = each(q.Hints, bareProse)
	if q.Number != nil {
		n := *q.Number
		n.Unit = bareText(n.Unit)
		q.Number = &n
	}
	return q
}

func bareOptions(options []course.Option) []course.Option {
	return each(options, func(o course.Option) course.Option {
		o.Pos = diag.Pos{}
		o.Text, o.Feedback, o.Unchosen = bareProse(o.Text), bareProse(o.Feedback), bareProse(o.Unchosen)
		return o
	})
}

func bareProse(p course.Prose) course.Prose { return course.Prose{Text: bareText(p.Text)} }

func bareText(t course.Text) course.Text { return course.Text{Source: t.Value, Value: t.Value} }

// each is a new list, nil for an empty one.
func each[T any](list []T, f func(T) T) []T {
	var out []T
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}
