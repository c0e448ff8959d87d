package qti

import (
	"math"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

func (r *reader) essay(body, n *bank.Node) {
	r.q.Type = course.Essay
	r.q.Prompt = r.prompt(body, n)
}

func (r *reader) numeric(body, n *bank.Node, d *declared) {
	r.q.Type = course.Numeric
	r.q.Number = &course.NumberRange{Unit: bank.Text(course.KindLabel, "", n.Pos)}
	b := r.rules.ranges[d.id]
	if b == nil {
		b = &bound{}
	}
	for _, s := range append(slices.Clone(d.correct), d.keys...) {
		if v, err := number(s); err == nil && d.right(s) && b.least == nil && b.most == nil {
			b.least, b.most = &v, &v
		}
	}
	switch {
	case b.least == nil && b.most == nil:
		r.warn(n.Pos, "import-answer", "write the number that is right", "the item %s does not say which number is right", r.name)
	case b.least == nil:
		r.lose("that the number has no lower end")
		b.least = b.most
	case b.most == nil:
		r.lose("that the number has no upper end")
		b.most = b.least
	}
	if b.least != nil {
		r.q.Number.Least, r.q.Number.Most = min(*b.least, *b.most), max(*b.least, *b.most)
	}
	if line := parent(body, n); line != nil {
		r.unit(line, n)
	}
	r.q.Prompt = r.prompt(body, n)
}

// unit takes the words after a field as its unit, when nothing but they stand on its line.
func (r *reader) unit(line, field *bank.Node) {
	at := slices.Index(line.Children, field)
	unit := content(line.Children[at+1:])
	if content(line.Children[:at]) == "" && unit != "" {
		r.q.Number.Unit = bank.Text(course.KindLabel, readable(unit), field.Pos)
		line.Children = []*bank.Node{field}
	}
}

// parent is the paragraph or block that holds a node directly, nil for the body itself.
func parent(n, child *bank.Node) *bank.Node {
	for _, c := range n.Children {
		if slices.Contains(c.Children, child) {
			return c
		}
		if p := parent(c, child); p != nil {
			return p
		}
	}
	return nil
}

func (r *reader) gaps(body *bank.Node, list []*bank.Node) {
	r.q.Type, r.q.Scoring = course.ShortText, course.ScoreParts
	if list[0].Name == "inlineChoiceInteraction" {
		r.q.Type = course.Dropdowns
	}
	if r.rules.whole {
		r.q.Scoring = course.ScoreAll
	}
	ids := bank.IDs{}
	choices, responses := make([][]*bank.Node, len(list)), make([]string, len(list))
	for i, n := range list {
		response := n.Attr("responseIdentifier")
		d := r.rules.responses[response]
		if d == nil {
			d = &declared{id: response}
		}
		g := course.Gap{ID: newID(ids, strings.TrimPrefix(response, "RESPONSE_"), "gap"), Pos: n.Pos}
		if r.q.Type == course.Dropdowns {
			r.shuffled = r.shuffled || n.Attr("shuffle") == "true"
			choices[i], responses[i] = n.All("inlineChoice"), d.id
			g.Choices = r.gapChoices(choices[i], d)
		} else {
			r.gapAnswers(&g, d)
		}
		r.q.Gaps = append(r.q.Gaps, g)
		*n = *mark("{{" + g.ID + "}}")
	}
	for g := range r.q.Gaps {
		r.point(choices[g], responses[g], r.q.Gaps[g].Choices)
	}
	if last := len(body.Children) - 1; r.q.Type == course.ShortText && len(list) == 1 {
		for last >= 0 && body.Children[last].Name == "" {
			last--
		}
		if last >= 0 && strings.TrimSpace(body.Children[last].Content()) == "{{"+r.q.Gaps[0].ID+"}}" {
			body.Children = body.Children[:last] // a gap after the prompt needs no mark
		}
	}
	r.q.Prompt = r.marked(body.Children)
}

func (r *reader) gapChoices(choices []*bank.Node, d *declared) []course.Option {
	ids := bank.IDs{}
	var out []course.Option
	for i, c := range choices {
		out = append(out, course.Option{
			ID: newID(ids, c.Attr("identifier"), bank.Letter(i)), Pos: c.Pos, Correct: d.right(c.Attr("identifier")),
			Text: r.prose(course.KindOption, c.Children),
		})
	}
	return out
}

func (r *reader) gapAnswers(g *course.Gap, d *declared) {
	g.Case = d.caseSensitive
	best := d.best()
	add := func(text string, fraction int) {
		text = readable(text)
		same := func(a course.Answer) bool { return a.Text.Value == text }
		if text == "" || slices.ContainsFunc(g.Answers, same) {
			return
		}
		if strings.Contains(text, "|") {
			r.lose("the answer %q: | stands between several", text)
			return
		}
		r.answers = append(r.answers, answered{gap: len(r.q.Gaps), answer: len(g.Answers), response: d.id})
		g.Answers = append(g.Answers, course.Answer{Text: bank.Text(course.KindAnswer, text, g.Pos), Fraction: fraction})
	}
	for _, k := range d.keys {
		fraction := 100
		if best > 0 {
			fraction = int(math.Round(100 * max(0, d.worth[k]) / best))
		}
		add(k, fraction)
	}
	for _, c := range d.correct {
		add(c, 100)
	}
}
