package qti

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

// A system that follows the specification gives an answer the score that we give it.
func TestScoresAgree(t *testing.T) {
	scored := map[course.QuestionType]int{}
	for seed := range uint64(120) {
		g := generator{rand.New(rand.NewPCG(seed, 5))}
		q := g.question("q", course.QuestionTypes()[seed%uint64(len(course.QuestionTypes()))])
		for _, v := range versions {
			root := exported(t, v, q)
			for range 30 {
				given, values := g.response(q)
				want := q.Score(given)
				s := newSession(root, values)
				if got, ok := s.outcomes["SCORE"].(float64); ok != want.Scored || math.Abs(got-want.Fraction) > 1e-9 {
					t.Fatalf("%s %s: the answer %v scores %v, want %v", v, q.Type, values, s.outcomes["SCORE"], want.Fraction)
				}
				if want.Fraction > 0 {
					scored[q.Type]++
				}
				if shown, told := s.shown(root), told(q, given); !slices.Equal(shown, told) {
					t.Fatalf("%s %s: the answer %v is told %q, want %q", v, q.Type, values, shown, told)
				}
			}
		}
	}
	for _, kind := range course.QuestionTypes() {
		if scored[kind] == 0 && kind != course.Essay && kind != course.Likert {
			t.Errorf("no answer to a question of type %s had points", kind)
		}
	}
}

// exported is a question's item, in the names of version 2.1.
func exported(t *testing.T, v Version, q course.Question) *bank.Node {
	t.Helper()
	b := bank.Of("en", course.Quiz{ID: "quiz", Domain: "a/quizzes", Questions: []course.Question{q}})
	x := &exporter{Options: Options{Version: v, Images: images}, lang: "en", pictures: map[string]string{}}
	root, _ := x.item(b.Questions[0])
	read, bad := bank.ParseXML("item.xml", v.print(root))
	if bad != nil || x.err != nil {
		t.Fatal(bad, x.err)
	}
	canonical(read)
	return read
}

// response is an answer that somebody may give, and what QTI's responses hold then.
func (g generator) response(q course.Question) (course.Response, map[string][]string) {
	r, values := course.Response{Filled: map[string]string{}}, map[string][]string{}
	switch q.Type {
	case course.TrueFalse, course.Single:
		if g.IntN(5) > 0 {
			r.Chosen = []string{pick(g, q.Options...).ID}
		}
	case course.Multiple, course.MarkText, course.Hotspot:
		for _, o := range q.Options {
			if g.IntN(4) > 0 == o.Correct {
				r.Chosen = append(r.Chosen, o.ID)
			}
		}
	case course.Order:
		for _, o := range q.Options {
			r.Chosen = append(r.Chosen, o.ID)
		}
		for range g.IntN(3) {
			a, b := g.IntN(len(r.Chosen)), g.IntN(len(r.Chosen))
			r.Chosen[a], r.Chosen[b] = r.Chosen[b], r.Chosen[a]
		}
	case course.Match, course.Likert:
		for _, p := range q.Pairs {
			choice := pick(g, q.Options...).ID
			if g.coin() && p.Choice != "" {
				choice = p.Choice
			}
			if g.IntN(5) > 0 {
				r.Filled[p.ID] = choice
				values["RESPONSE"] = append(values["RESPONSE"], "pair."+p.ID+" "+identifier(choice))
			}
		}
	case course.Dropdowns:
		for _, gap := range q.Gaps {
			c := pick(g, gap.Choices...)
			r.Filled[gap.ID], values[response(gap)] = c.ID, []string{"gap." + gap.ID + "." + c.ID}
		}
	case course.ShortText:
		for _, gap := range q.Gaps {
			s := pick(g, "Palermo", "Palerme", "a \"b\" & <c>", "x", "nowhere near", "PALERMO")
			r.Filled[gap.ID], values[response(gap)] = s, []string{s}
		}
	case course.Numeric:
		n := float(pick(g, q.Number.Least, q.Number.Most, q.Number.Least-2, (q.Number.Least+q.Number.Most)/2))
		if strings.Contains(n, "e") {
			n = strconv.FormatFloat(q.Number.Least, 'f', -1, 64)
		}
		r.Filled[""], values["RESPONSE"] = n, []string{n}
	case course.Essay:
		r.Filled[""], values["RESPONSE"] = "words", []string{"words"}
	}
	if len(r.Chosen) > 0 {
		values["RESPONSE"] = identifiers(r.Chosen)
	}
	return r, values
}

// told is the feedback that an answer gets, sorted.
func told(q course.Question, r course.Response) []string {
	var out []string
	say := func(p course.Prose) {
		if p.Value != "" {
			out = append(out, plain(p))
		}
	}
	options := func(options []course.Option, chosen func(id string) bool) {
		for _, o := range options {
			if chosen(o.ID) {
				say(o.Feedback)
			} else {
				say(o.Unchosen)
			}
		}
	}
	say(q.Explanation)
	say(q.Model)
	switch q.Type {
	case course.TrueFalse, course.Single, course.Multiple, course.MarkText, course.Hotspot, course.Order:
		options(q.Options, func(id string) bool { return slices.Contains(r.Chosen, id) })
	}
	for _, g := range q.Gaps {
		options(g.Choices, func(id string) bool { return r.Filled[g.ID] == id })
		for _, a := range g.Answers {
			for _, text := range strings.Split(a.Text.Value, "|") {
				if text == r.Filled[g.ID] || !g.Case && strings.EqualFold(text, r.Filled[g.ID]) {
					say(a.Feedback)
					break
				}
			}
		}
	}
	for _, p := range q.Pairs {
		say(p.Feedback)
	}
	slices.Sort(out)
	return out
}

func plain(p course.Prose) string {
	i := &item{x: &exporter{pictures: map[string]string{"images/a.png": "a.png"}}}
	return content(i.prose(p, ""))
}

// session is an attempt at an item: a small processor of responses, written from the specification and not from the code that it tests.
type session struct {
	declared  map[string]*bank.Node
	responses map[string][]string
	outcomes  map[string]any
}

func newSession(item *bank.Node, responses map[string][]string) *session {
	s := &session{declared: map[string]*bank.Node{}, responses: responses, outcomes: map[string]any{}}
	for _, d := range item.All("responseDeclaration") {
		s.declared[d.Attr("identifier")] = d
	}
	for _, d := range item.All("outcomeDeclaration") {
		s.declared[d.Attr("identifier")] = d
		if v := d.First("defaultValue"); v != nil {
			s.outcomes[d.Attr("identifier")] = typed(d.Attr("baseType"), v.First("value").Content())
		}
	}
	s.rules(item.First("responseProcessing").All(""))
	return s
}

// shown lists the modal feedback after the attempt.
func (s *session) shown(item *bank.Node) []string {
	var out []string
	for _, m := range item.All("modalFeedback") {
		outcome := s.outcomes[m.Attr("outcomeIdentifier")]
		held, many := outcome.([]any)
		if !many {
			held = []any{outcome}
		}
		if slices.Contains(held, any(m.Attr("identifier"))) == (m.Attr("showHide") == "show") {
			out = append(out, content(body2(m)))
		}
	}
	slices.Sort(out)
	return out
}

func (s *session) rules(rules []*bank.Node) {
	for _, n := range rules {
		switch n.Name {
		case "setOutcomeValue":
			s.outcomes[n.Attr("identifier")] = s.value(n.All("")[0])
		case "responseCondition":
			for _, branch := range n.All("") {
				parts := branch.All("")
				if branch.Name == "responseElse" {
					s.rules(parts)
				} else if s.value(parts[0]) == true {
					s.rules(parts[1:])
					break
				}
			}
		default:
			panic("rule " + n.Name)
		}
	}
}

func typed(kind, s string) any {
	if kind == "float" {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			panic(err)
		}
		return v
	}
	return s
}

// value is nil for NULL, else a bool, a float64, a string, or a list of values.
func (s *session) value(n *bank.Node) any {
	var args []any
	for _, c := range n.All("") {
		args = append(args, s.value(c))
	}
	id := n.Attr("identifier")
	switch n.Name {
	case "baseValue":
		return typed(n.Attr("baseType"), n.Content())
	case "variable":
		return s.variable(id)
	case "correct":
		var out []string
		for _, v := range s.declared[id].First("correctResponse").All("value") {
			out = append(out, v.Content())
		}
		return s.shape(id, out)
	case "mapResponse":
		return s.mapped(id)
	case "match":
		return s.match(args[0], args[1])
	case "stringMatch":
		if args[0] == nil || args[1] == nil {
			return nil
		}
		if n.Attr("caseSensitive") == "false" {
			return strings.EqualFold(args[0].(string), args[1].(string))
		}
		return args[0] == args[1]
	case "multiple":
		var out []any
		for _, a := range args {
			if list, ok := a.([]any); ok {
				out = append(out, list...)
			} else if a != nil {
				out = append(out, a)
			}
		}
		return out
	case "index":
		list, _ := args[0].([]any)
		place, err := strconv.Atoi(n.Attr("n"))
		if err != nil || place > len(list) {
			return nil
		}
		return list[place-1]
	case "and", "or":
		for _, a := range args { // NULL is not true
			if (a == true) == (n.Name == "or") {
				return n.Name == "or"
			}
		}
		return n.Name == "and"
	}
	return arithmetic(n.Name, args)
}

func arithmetic(name string, args []any) any {
	var v []float64
	for _, a := range args {
		f, ok := a.(float64)
		if !ok {
			return nil
		}
		v = append(v, f)
	}
	switch name {
	case "sum":
		total := 0.0
		for _, f := range v {
			total += f
		}
		return total
	case "divide":
		return v[0] / v[1]
	case "gte":
		return v[0] >= v[1]
	case "lte":
		return v[0] <= v[1]
	}
	panic("expression " + name)
}

func (s *session) variable(id string) any {
	if v, ok := s.outcomes[id]; ok {
		return v
	}
	return s.shape(id, s.responses[id])
}

// shape gives values the cardinality and base type that were declared.
func (s *session) shape(id string, values []string) any {
	d := s.declared[id]
	if len(values) == 0 {
		return nil
	}
	if d.Attr("cardinality") == "single" {
		return typed(d.Attr("baseType"), values[0])
	}
	var out []any
	for _, v := range values {
		out = append(out, typed(d.Attr("baseType"), v))
	}
	if d.Attr("cardinality") == "multiple" { // without order
		slices.SortFunc(out, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	}
	return out
}

func (s *session) match(a, b any) any {
	x, many := a.([]any)
	y, _ := b.([]any)
	switch {
	case a == nil || b == nil:
		return nil
	case many:
		return slices.Equal(x, y)
	}
	return a == b
}

func (s *session) mapped(id string) any {
	d := s.declared[id]
	m := d.First("mapping")
	sum := 0.0
	for _, given := range s.responses[id] {
		worth := typed("float", m.Attr("defaultValue")).(float64)
		for _, e := range m.All("mapEntry") {
			if e.Attr("mapKey") == given || e.Attr("caseSensitive") == "false" && strings.EqualFold(e.Attr("mapKey"), given) {
				worth = typed("float", e.Attr("mappedValue")).(float64)
				break
			}
		}
		sum += worth
	}
	if low := m.Attr("lowerBound"); low != "" {
		sum = max(sum, typed("float", low).(float64))
	}
	if high := m.Attr("upperBound"); high != "" {
		sum = min(sum, typed("float", high).(float64))
	}
	return sum
}
