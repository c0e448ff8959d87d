package load

import (
	"fmt"
	"path"
	"slices"

	"lectern/internal/course"
	"lectern/internal/diag"
)

func (l *loader) quizzes(file string, m course.Module) ([]course.Quiz, error) {
	src, err := l.read(file)
	if err != nil {
		return nil, err
	}
	top := l.yaml(file, src, 0)
	seen := map[string]string{}
	var out []course.Quiz
	for _, v := range top.list("quizzes") {
		q := l.quiz(v.object(), file, m)
		l.unique(seen, q.ID, q.Pos, "quiz")
		out = append(out, q)
	}
	top.done()
	return out, nil
}

func (l *loader) quiz(o object, file string, m course.Module) course.Quiz {
	q := course.Quiz{ID: o.id(), Domain: m.Path + "/quizzes", File: file, From: path.Join(path.Dir(m.File), "quizzes"), Pos: o.pos()}
	q.Title = o.text("title", q.ID+".title", course.KindTitle)
	q.Intro = o.prose("intro", q.ID+".intro", course.KindPrompt)
	q.Mode = course.QuizMode(o.choice("mode", string(course.Practice), string(course.Practice), string(course.Graded)))
	q.Pass = o.int("pass", 0, 1, 100)
	q.Attempts = o.int("attempts", 0, 0, 100)
	q.Shuffle = o.bool("shuffle", false)
	q.Draw = o.int("draw", 0, 1, 1000)
	q.Feedback = course.FeedbackTiming(o.choice("feedback", string(course.FeedbackQuestion), string(course.FeedbackQuestion),
		string(course.FeedbackEnd), string(course.FeedbackLastAttempt), string(course.FeedbackNever)))
	q.Certainty = o.bool("certainty", false)
	q.Minutes = o.int("minutes", 0, 1, 600)
	if q.Mode == course.Graded && q.Pass == 0 {
		l.errorf(q.Pos, "field-missing", "add pass: 70, or make it a practice quiz", "a graded quiz needs a pass mark")
	}
	seen := map[string]string{}
	for _, v := range o.list("questions") {
		question := l.question(v.object(), q.ID)
		l.unique(seen, question.ID, question.Pos, "question")
		q.Questions = append(q.Questions, question)
	}
	o.done()
	return q
}

func (l *loader) question(o object, quiz string) course.Question {
	var types []string
	for _, t := range course.QuestionTypes() {
		types = append(types, string(t))
	}
	q := course.Question{ID: o.id(), Pos: o.pos()}
	prefix := quiz + "." + q.ID
	o.required("type")
	q.Type = course.QuestionType(o.choice("type", "", types...))
	q.Prompt = o.prose("prompt", prefix+".prompt", course.KindPrompt)
	if q.Prompt.Source == "" {
		o.missing("prompt")
	}
	switch q.Type {
	case course.TrueFalse:
		q.Options = trueFalse(o, prefix)
	case course.Single, course.Multiple:
		q.Options = options(o, "options", prefix)
		if q.Type == course.Multiple {
			q.Scoring = course.Scoring(o.choice("scoring", string(course.ScoreOptions), string(course.ScoreOptions), string(course.ScoreAll)))
		}
	case course.Order:
		q.Options = options(o, "items", prefix)
		q.Scoring = course.Scoring(o.choice("scoring", string(course.ScoreAdjacent), string(course.ScoreAdjacent), string(course.ScoreExact)))
	default:
		if q.Type != "" {
			l.errorf(q.Pos, "question-type", "use true-false, single, multiple or order", "questions of type %q cannot be shown yet", q.Type)
		}
		o.keys() // whatever fields such a question has, one finding is enough
	}
	for i, v := range o.list("hints") {
		q.Hints = append(q.Hints, o.markdown(course.NewText(fmt.Sprintf("%s.hint.%d", prefix, i+1), course.KindHint, v.string(), object(v).pos())))
	}
	q.Explanation = o.prose("explanation", prefix+".explanation", course.KindFeedback)
	q.Objective, q.See = o.ref("objective"), o.ref("see")
	q.Weight = o.number("weight", 1)
	if q.Weight < 0 || q.Weight > 100 {
		l.errorf(q.Pos, "field-type", "use a number from 0 to 100", "the weight of a question must be from 0 to 100")
		q.Weight = 1
	}
	o.done()
	return q
}

// trueFalse makes the two fixed options; their words are the interface's, only their feedback is the author's.
func trueFalse(o object, prefix string) []course.Option {
	o.required("answer")
	answer := o.bool("answer", false)
	feedback := o.sub("feedback")
	var out []course.Option
	for _, id := range []string{"true", "false"} {
		out = append(out, course.Option{
			ID: id, Correct: (id == "true") == answer, Pos: o.pos(),
			Feedback: feedback.prose(id, prefix+".feedback."+id, course.KindFeedback),
		})
	}
	feedback.done()
	return out
}

func options(o object, key, prefix string) []course.Option {
	seen := map[string]string{}
	var out []course.Option
	for _, v := range o.list(key) {
		v := v.object()
		option := course.Option{ID: v.id(), Pos: v.pos()}
		id := prefix + "." + option.ID
		option.Text = v.prose("text", id, course.KindOption)
		if option.Text.Source == "" {
			v.missing("text")
		}
		option.Feedback = v.prose("feedback", id+".feedback", course.KindFeedback)
		if key == "options" {
			option.Correct = v.bool("correct", false)
			option.Unchosen = v.prose("unchosen", id+".unchosen", course.KindFeedback)
		}
		o.l.unique(seen, option.ID, option.Pos, "option")
		v.done()
		out = append(out, option)
	}
	if len(out) < 2 {
		o.l.errorf(o.pos(), "question-options", "give at least two", "a question needs %s to choose from", key)
	}
	if key == "options" && !slices.ContainsFunc(out, func(o course.Option) bool { return o.Correct }) {
		o.l.add(diag.Errorf(o.pos(), "question-answer", "mark an option with correct: true", "no option is right"))
	}
	return out
}
