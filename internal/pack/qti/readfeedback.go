package qti

import (
	"strings"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

// settle gives feedback to what it is about.
func (r *reader) settle() {
	for i, s := range r.said {
		content := r.prose(course.KindFeedback, s.content)
		r.said[i].prose = content
		if content.Value != "" && !r.tell(s, content) {
			r.lose("the feedback %q", s.id)
		}
	}
	r.settleAnswers()
	if r.q.Type == course.Essay && r.q.Model.Value == "" {
		for _, n := range r.rubrics {
			r.q.Model = join(r.q.Model, r.prose(course.KindFeedback, body2(n)))
		}
		if r.q.Model.Value == "" {
			r.q.Model, r.q.Explanation = r.q.Explanation, course.Prose{}
		}
		return
	}
	for _, n := range r.rubrics {
		if r.q.Type != course.Essay {
			r.lose("the notes for %s", n.Attr("view"))
		}
	}
}

// tell finds what feedback is about.
func (r *reader) tell(s said, content course.Prose) bool {
	c := r.rules.cause(s.outcome, s.id)
	mirrored, option := false, r.owners[s.owner]
	for id := range r.rules.responses {
		if r.rules.mirrors[key(s.outcome, id)] {
			mirrored = true
			if o := r.options[key(id, s.id)]; o != nil && option == nil {
				option = o
			}
		}
	}
	switch {
	case option != nil:
		return r.say(option, s.hide, content)
	case c == nil:
		if s.hide && !mirrored { // nothing ever hides it
			r.q.Explanation = join(r.q.Explanation, content)
		}
		return s.hide && !mirrored
	case c.unknown:
		return false
	case c.always:
		return !s.hide && r.always(s.id, content)
	case len(c.texts) > 0:
		return !s.hide && r.answer(s.id, c.texts)
	case len(c.choices) > 0:
		for _, choice := range c.choices {
			if r.options[choice] == nil || !r.say(r.options[choice], s.hide, content) {
				return false
			}
		}
		return true
	}
	return r.verdict(c.right != s.hide, content)
}

// say gives feedback to an option.
func (r *reader) say(o *course.Option, hide bool, content course.Prose) bool {
	r.in.written += len(content.Value)
	switch {
	case r.q.Type == course.Match || r.q.Type == course.Likert:
		return false
	case !hide:
		o.Feedback = join(o.Feedback, content)
	case r.q.Type == course.TrueFalse || r.q.Type == course.Order:
		return false
	default:
		o.Unchosen = join(o.Unchosen, content)
	}
	return true
}

// always is said after every answer.
func (r *reader) always(id string, content course.Prose) bool {
	switch {
	case r.pairs[id] != nil:
		r.pairs[id].Feedback = join(r.pairs[id].Feedback, content)
	case r.q.Type == course.Order && r.ordered(id) != nil:
		r.ordered(id).Feedback = join(r.ordered(id).Feedback, content)
	case r.q.Type == course.Essay && id == "MODEL":
		r.q.Model = join(r.q.Model, content)
	default:
		r.q.Explanation = join(r.q.Explanation, content)
	}
	return true
}

// ordered is the option of an order question with an identifier.
func (r *reader) ordered(id string) *course.Option {
	for response := range r.rules.responses {
		if o := r.options[key(response, id)]; o != nil {
			return o
		}
	}
	return nil
}

// verdict is said to a right or to a wrong answer: of a single choice that is to the options.
func (r *reader) verdict(right bool, content course.Prose) bool {
	if r.q.Type != course.Single && r.q.Type != course.TrueFalse {
		return false
	}
	for i := range r.q.Options {
		if o := &r.q.Options[i]; o.Correct == right {
			o.Feedback = join(o.Feedback, content)
		}
	}
	return true
}

// answer notes which answers feedback is about.
func (r *reader) answer(id string, texts []string) bool {
	wanted := map[string]bool{}
	for _, t := range texts {
		wanted[strings.ToLower(t)] = true
	}
	found := false
	for i, a := range r.answers {
		if wanted[strings.ToLower(key(a.response, r.q.Gaps[a.gap].Answers[a.answer].Text.Value))] {
			r.answers[i].feedback, found = id, true
		}
	}
	return found
}

// settleAnswers gives answers their feedback, and joins those that share it.
func (r *reader) settleAnswers() {
	for g := range r.q.Gaps {
		var out []course.Answer
		last := ""
		for _, a := range r.answers {
			if a.gap != g {
				continue
			}
			answer := r.q.Gaps[g].Answers[a.answer]
			if a.feedback != "" {
				for _, s := range r.said {
					if s.id == a.feedback && !s.hide {
						answer.Feedback = s.prose
						r.in.written += len(s.prose.Value)
					}
				}
				if n := len(out) - 1; n >= 0 && last == a.feedback && out[n].Fraction == answer.Fraction {
					out[n].Text = bank.Text(course.KindAnswer, out[n].Text.Value+"|"+answer.Text.Value, answer.Text.Pos)
					continue
				}
			}
			last = a.feedback
			out = append(out, answer)
		}
		if r.q.Type == course.ShortText {
			r.q.Gaps[g].Answers = out
		}
	}
}
