package qti

import (
	"slices"
	"strconv"

	"lectern/internal/pack/bank"
)

// Rules of response processing, which make a score and feedback of an answer (QTI 2.1 information model, sections 8 and 15). They are
// written out and not taken from the specification's templates, which cannot give feedback.

// float is a number in a form that XML Schema's double and QTI's float share.
func float(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func variable(id string) *bank.Node { return element("variable", "identifier", id) }

func baseValue(kind, v string) *bank.Node {
	return with(element("baseValue", "baseType", kind), words(v))
}

func set(outcome string, value *bank.Node) *bank.Node {
	return with(element("setOutcomeValue", "identifier", outcome), value)
}

// when sets rules for when a condition holds, and others for when it does not.
func when(condition *bank.Node, then []*bank.Node, otherwise ...*bank.Node) *bank.Node {
	n := with(element("responseCondition"), with(with(element("responseIf"), condition), then...))
	if len(otherwise) > 0 {
		with(n, with(element("responseElse"), otherwise...))
	}
	return n
}

func score(v string) *bank.Node { return set("SCORE", baseValue("float", v)) }

// matchCorrect is all or nothing.
func matchCorrect(response string) *bank.Node {
	condition := with(element("match"), variable(response), element("correct", "identifier", response))
	return when(condition, []*bank.Node{score("1")}, score("0"))
}

// entry is what one answer is worth.
type entry struct {
	key                 string
	value               float64
	text, caseSensitive bool
}

// mapping is what the answers of a response are worth together; floor keeps the sum between 0 and 1.
func mapping(floor bool, entries ...entry) *bank.Node {
	if len(entries) == 0 {
		return nil
	}
	m := element("mapping")
	if floor {
		m = element("mapping", "lowerBound", "0", "upperBound", "1")
	}
	m.Attrs = append(m.Attrs, element("", "defaultValue", "0").Attrs...)
	for _, e := range entries {
		n := element("mapEntry", "mapKey", e.key, "mappedValue", float(e.value))
		if e.text {
			n = element("mapEntry", "mapKey", e.key, "mappedValue", float(e.value), "caseSensitive", strconv.FormatBool(e.caseSensitive))
		}
		with(m, n)
	}
	return m
}

// average is the mean of several mapped responses; with all, everything or nothing.
func average(responses []string, all bool) *bank.Node {
	if !all {
		sum := element("sum")
		for _, r := range responses {
			with(sum, element("mapResponse", "identifier", r))
		}
		return set("SCORE", with(element("divide"), sum, baseValue("float", strconv.Itoa(len(responses)))))
	}
	and := element("and")
	for _, r := range responses {
		with(and, with(element("gte"), element("mapResponse", "identifier", r), baseValue("float", "1")))
	}
	return when(and, []*bank.Node{score("1")}, score("0"))
}

// between is right for a number from least to most.
func between(response string, least, most float64) *bank.Node {
	condition := with(element("and"),
		with(element("gte"), variable(response), baseValue("float", float(least))),
		with(element("lte"), variable(response), baseValue("float", float(most))))
	return when(condition, []*bank.Node{score("1")}, score("0"))
}

// neighbours is the share of neighbours in the right order that are neighbours in the answer: for each two, there is a place where the
// one stands and the other stands after it.
func neighbours(response string, right []string) []*bank.Node {
	n := len(right) - 1
	if n < 1 {
		return []*bank.Node{matchCorrect(response)}
	}
	rules := []*bank.Node{score("0")}
	at := func(place int, id string) *bank.Node {
		return with(element("match"), with(element("index", "n", strconv.Itoa(place)), variable(response)), baseValue("identifier", id))
	}
	for i := range n {
		or := element("or")
		for place := 1; place <= n; place++ {
			with(or, with(element("and"), at(place, right[i]), at(place+1, right[i+1])))
		}
		rules = append(rules, when(or, []*bank.Node{set("SCORE", with(element("sum"), variable("SCORE"), baseValue("float", "1")))}))
	}
	return append(rules, set("SCORE", with(element("divide"), variable("SCORE"), baseValue("float", strconv.Itoa(n)))))
}

// stringMatches holds when an answer is one of some texts.
func stringMatches(response string, texts []string, caseSensitive bool) *bank.Node {
	or := element("or")
	for _, text := range texts {
		with(or, with(element("stringMatch", "caseSensitive", strconv.FormatBool(caseSensitive)), variable(response), baseValue("string", text)))
	}
	if len(texts) == 1 {
		return or.Children[0]
	}
	return or
}

// feedback is what is said after an answer. The outcome FEEDBACK holds the identifiers of the options that were chosen and of what else
// is to be shown; a modalFeedback that hides by an identifier is shown when FEEDBACK does not hold it.
type feedback struct {
	shown     []shown
	responses []string     // whose options FEEDBACK holds
	ids       []string     // that it always holds
	rest      []*bank.Node // rules that add to it
}

type shown struct {
	id, showHide string
	content      []*bank.Node
}

func (f *feedback) add(id, showHide string, content []*bank.Node) {
	if len(content) > 0 {
		f.shown = append(f.shown, shown{id, showHide, content})
	}
}

// always shows something after every answer.
func (f *feedback) always(id string, content []*bank.Node) {
	if len(content) > 0 {
		f.add(id, "show", content)
		f.ids = append(f.ids, id)
	}
}

// mirror puts the options chosen in a response into FEEDBACK.
func (f *feedback) mirror(response string) {
	if !slices.Contains(f.responses, response) {
		f.responses = append(f.responses, response)
	}
}

// on puts an identifier into FEEDBACK when a condition holds.
func (f *feedback) on(id string, condition *bank.Node) {
	f.rest = append(f.rest, when(condition, []*bank.Node{set("FEEDBACK", with(element("multiple"), variable("FEEDBACK"), baseValue("identifier", id)))}))
}

func (f *feedback) rules() []*bank.Node {
	value := element("multiple")
	for _, r := range f.responses {
		with(value, variable(r))
	}
	for _, id := range f.ids {
		with(value, baseValue("identifier", id))
	}
	if len(value.Children) == 0 {
		return f.rest
	}
	return append([]*bank.Node{set("FEEDBACK", value)}, f.rest...)
}
